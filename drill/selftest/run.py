"""Running the self-test over a bank, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

from drill.bank import Bank, Question, Topic, load_bank
from drill.processes import in_processes
from drill.selftest.certify import certify
from drill.selftest.finding import Finding, Record
from drill.selftest.second_process import SecondProcess


@dataclass(frozen=True)
class Plan:
    """What is to be examined, and how.

    Attributes
    ----------
    directories : tuple of Path
        Where the bank was loaded from: each process loads its own.
    seeds : int
        Seeds 0 to `seeds` - 1 of every question.
    jobs : int
        How many processes.
    only : collection of str, optional
        The ids of the questions to examine; all when left out.
    """

    directories: tuple[Path, ...]
    seeds: int
    jobs: int = 1
    only: Collection[str] | None = None


def jobs_default() -> int:
    """Return how many processes this machine has room for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def chosen(bank: Bank, plan: Plan) -> list[Question]:
    """Return the questions that will be examined, in the order of their records."""
    return [
        question
        for question in bank.questions
        if plan.only is None or question.id in plan.only
    ]


def certify_bank(
    bank: Bank, plan: Plan, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Record]:
    """Examine the questions of `bank`.

    Parameters
    ----------
    bank : Bank
    plan : Plan
    stopped : callable
        Asked again and again: whether to stop, and report what was done.

    Yields
    ------
    Record
        In the order of the bank, whichever process was quicker: the same seeds make
        the same report.

    Raises
    ------
    UsageError
        When a process dies, as when the machine has no memory left.
    """
    questions = chosen(bank, plan)
    if not questions:
        return
    with SecondProcess(plan.directories, questions, plan.seeds) as second:
        if plan.jobs < 2 or len(questions) < 2:
            records = _here(questions, plan.seeds, stopped)
        else:
            records = _in_processes(bank, questions, plan, stopped)
        for record in records:
            yield _compared(record, second, bank)


def _here(
    questions: Sequence[Question], seeds: int, stopped: Callable[[], bool]
) -> Iterator[Record]:
    for question in questions:
        if stopped():
            return
        yield certify(question, range(seeds), stopped)


def _in_processes(
    bank: Bank, questions: Sequence[Question], plan: Plan, stopped: Callable[[], bool]
) -> Iterator[Record]:
    places = {
        question.id: (topic.id, place)
        for topic in bank.topics.values()
        for place, question in enumerate(topic.questions)
    }
    stop = get_context("spawn").Event()

    def watch() -> None:
        if stopped():
            stop.set()

    wanted = ([places[question.id]] for question in questions if not stopped())
    work = partial(_certify_one, plan.directories, plan.seeds, stop)
    jobs = min(plan.jobs, len(questions))
    for _, record in in_processes(work, wanted, jobs, in_order=True, watch=watch):
        yield record


@cache
def _topic(directories: tuple[Path, ...], topic: str) -> Topic:
    return load_bank(directories, (topic,)).topics[topic]


def _certify_one(
    directories: tuple[Path, ...],
    seeds: int,
    stop: Event,
    wanted: Sequence[tuple[str, int]],
) -> Record:
    ((topic, place),) = wanted
    question = _topic(directories, topic).questions[place]
    return certify(question, range(seeds), stop.is_set)


def _compared(record: Record, second: SecondProcess, bank: Bank) -> Record:
    """Add what a second process found, if it drew other instances."""
    if record.stopped or not record.instances:
        return record
    if second.sample(record.question) in (None, record.sample):
        return record
    rule = "other process"
    place = bank[record.question].where
    found = Finding(
        rule,
        record.question,
        "",
        "another process, with another hash seed, draws other instances from the same"
        " tickets: something depends on the order of a set, or on what ran before",
        place.file,
        place.line,
    )
    return replace(
        record,
        findings=(*record.findings, found),
        counts={**record.counts, rule: 1},
    )
