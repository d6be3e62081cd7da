"""The self-test: every question, over many seeds, through the learner's path."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

from drill.bank import Question
from drill.drawing import Instance, draw
from drill.errors import DrillError
from drill.selftest.finding import Finding, Record
from drill.selftest.rules import RULES, diagnosed, fingerprint

# The same complaint on every seed is one complaint.
MOST_PER_RULE = 3


def certify(question: Question, seeds: Iterable[int]) -> Record:
    """Examine one question over `seeds`.

    Returns
    -------
    Record
        Its findings, at most a few for each rule, and what was counted.
    """
    start = time.perf_counter()
    findings: list[Finding] = []
    shown: Counter[str] = Counter()
    prints: set[str] = set()
    met: Counter[str] = Counter()
    named: Counter[str] = Counter()
    instances = tries = 0

    def report(rule: str, ticket: str, message: str) -> None:
        shown[rule] += 1
        if shown[rule] <= MOST_PER_RULE:
            place = question.where
            findings.append(
                Finding(rule, question.id, ticket, message, place.file, place.line)
            )

    for seed in seeds:
        try:
            instance = draw(question, seed)
        except DrillError as error:
            report("draw", f"{question.id}@{seed}", str(error))
            continue
        instances += 1
        tries += instance.tries
        prints.add(fingerprint(instance))
        for rule, message in examine(instance):
            report(rule, str(instance.ticket), message)
        _count(instance, met, named)
    for part in question.parts:
        for mistake in part.mistakes:
            if part.answer.kind in ("choice", "choices") or not instances:
                continue
            if not met[_key(part.name, mistake.name)]:
                report("mistake never met", "", f"mistake '{mistake.name}' is never on")
    if instances >= 20 and len(prints) < min(10, instances // 4):
        report("variety", "", f"only {len(prints)} of {instances} instances differ")
    return Record(
        question.id,
        question.topic,
        instances,
        tries,
        len(prints),
        time.perf_counter() - start,
        tuple(findings),
        dict(met),
        dict(named),
    )


def examine(instance: Instance) -> list[tuple[str, str]]:
    """Return what each rule finds wrong with one instance."""
    found = []
    for name, rule in RULES.items():
        try:
            found += [(name, message) for message in rule(instance)]
        except DrillError as error:
            found.append((name, f"fails: {error}"))
    return found


def _count(instance: Instance, met: Counter[str], named: Counter[str]) -> None:
    for part, target in enumerate(instance.targets):
        try:
            for name, names, right in diagnosed(instance, part, target):
                key = _key(target.part.name, name)
                met[key] += not right
                named[key] += names == (name,)
        except DrillError:
            continue


def _key(part: str, mistake: str) -> str:
    return f"{part}.{mistake}" if part else mistake
