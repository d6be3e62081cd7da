"""The self-test: every question, over many seeds, through the learner's path."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable

from drill.bank import Question
from drill.drawing import Instance, draw, issue
from drill.errors import DrillError
from drill.language import budget
from drill.selftest.finding import Finding, Record
from drill.selftest.observation import observe
from drill.selftest.patterns import patterns
from drill.selftest.rejection import refusals
from drill.selftest.route import route
from drill.selftest.rules import OF_QUESTIONS, fingerprint, judge
from drill.selftest.tally import Tally

# The same complaint on every seed is one complaint.
MOST_PER_RULE = 3
# A question that fails to draw fails slowly: this many failures in a row are enough.
MOST_FAILURES = 3
# How many instances a second process draws again.
SAMPLE = 5
# A draw may cost a hundred million steps: a thousand such draws would take hours.
MOST_WORK = 3_000_000_000
_MORE_THAN_ANY = 10**15


def certify(
    question: Question,
    seeds: Iterable[int],
    stopped: Callable[[], bool] = lambda: False,
) -> Record:
    """Examine one question over `seeds`.

    Parameters
    ----------
    question : Question
    seeds : iterable of int
    stopped : callable
        Asked before every seed: whether to stop and report what was done.

    Returns
    -------
    Record
        Its findings, at most a few for each rule, and what was counted.
    """
    start = time.perf_counter()
    tally = Tally(question)
    findings: list[Finding] = []
    counts: Counter[str] = Counter()
    failures = 0
    sample: list[str] = []
    way = route(question)
    wanted = list(seeds)
    cut = False

    def report(rule: str, ticket: str, message: str) -> None:
        counts[rule] += 1
        # Why nothing can be drawn is worth more than that it cannot.
        if counts[rule] <= MOST_PER_RULE or (rule == "draw" and not tally.instances):
            place = question.where
            findings.append(
                Finding(rule, question.id, ticket, message, place.file, place.line)
            )

    for rule, check in OF_QUESTIONS.items():
        for message in check(question):
            report(rule, "", message)
    for done, seed in enumerate(wanted):
        if stopped():
            cut = True
            break
        ticket = str(issue(question, seed))
        try:
            instance, work = _drawn(question, seed)
        except DrillError as error:
            report("draw", ticket, _without_place(question, str(error)))
            failures += 1
            if failures == MOST_FAILURES and not tally.instances:
                for rule, message in refusals(question, seed):
                    report(rule, ticket, message)
                break
            continue
        tally.work += work
        print_ = fingerprint(instance)
        if done < SAMPLE:
            sample.append(print_)
        observed = observe(instance, way, files=not tally.instances)
        with budget(_MORE_THAN_ANY):
            for rule, message in judge(observed):
                report(rule, ticket, message)
            try:
                tally.add(observed, print_)
            except DrillError:
                # A rule has said so already.
                continue
        if tally.work > MOST_WORK:
            report("budget", "", _too_slow(done + 1, len(wanted)))
            break
    if not cut:
        for rule, message in patterns(tally):
            report(rule, "", message)
    return Record(
        question=question.id,
        topic=question.topic,
        digest=question.digest,
        seeds=len(wanted),
        instances=tally.instances,
        tries=tally.tries,
        distinct=len(tally.prints),
        seconds=time.perf_counter() - start,
        findings=tuple(findings),
        answers=len(tally.answers),
        commonest=max(tally.answers.values(), default=0),
        work=tally.work,
        digits=tally.digits,
        width=tally.width,
        counts=dict(counts),
        mutants=tally.mutants,
        sample=digest_of(sample),
        stopped=cut,
    )


def digest_of(sample: Iterable[str]) -> str:
    """Return a short text that identifies the first instances of a question."""
    return hashlib.sha256("\n".join(sample).encode()).hexdigest()


def _drawn(question: Question, seed: int) -> tuple[Instance, int]:
    """Draw an instance; return it with the steps of work that it cost."""
    with budget(_MORE_THAN_ANY) as left:
        instance = draw(question, seed)
    return instance, left.size - left.left


def _without_place(question: Question, message: str) -> str:
    """Leave out the place and the question, which every finding has anyway."""
    place = f"{question.where.file}:{question.where.line}: "
    return message.removeprefix(place).removeprefix(f"{question.id}: ")


def _too_slow(done: int, wanted: int) -> str:
    return (
        f"{done} of {wanted} instances cost over {MOST_WORK:,} steps of work, so the"
        " others were not examined: draw smaller arrays, or let more draws meet"
        " 'require'"
    )
