"""Running the self-test over a bank, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from drill.bank import Bank, load_bank
from drill.selftest.certify import certify
from drill.selftest.finding import Record


def jobs_default() -> int:
    """Return how many processes this machine has room for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def certify_bank(
    bank: Bank, directories: tuple[Path, ...], seeds: int, jobs: int
) -> Iterator[Record]:
    """Examine every question of `bank`; records come as they are done.

    Parameters
    ----------
    bank : Bank
    directories : tuple of Path
        Where it was loaded from: each process loads its own.
    seeds : int
        Seeds 0 to `seeds` - 1 of every question.
    jobs : int
        How many processes.
    """
    questions = bank.questions
    if jobs < 2 or len(questions) < 2:
        for question in questions:
            yield certify(question, range(seeds))
        return
    # A forked process may hold a lock of numpy's threads for ever; spawn does not.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            pending = [
                pool.submit(_certify_one, directories, question.topic, place, seeds)
                for topic in bank.topics.values()
                for place, question in enumerate(topic.questions)
            ]
            for done in as_completed(pending):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@cache
def _topic(directories: tuple[Path, ...], topic: str) -> Bank:
    return load_bank(directories, (topic,))


def _certify_one(
    directories: tuple[Path, ...], topic: str, place: int, seeds: int
) -> Record:
    question = _topic(directories, topic).topics[topic].questions[place]
    return certify(question, range(seeds))
