"""Answers that agree more than chance would have it: never a verdict, only a question.

Two things are looked for: the same wrong answer under one ticket, and an answer that
is right for somebody else's ticket.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from drill.analysis.marks import Marked


@dataclass(frozen=True)
class Alike:
    """Students whose answers to one question agree.

    Attributes
    ----------
    students : tuple of str
        The one who is first named is the one whose numbers they were, if anybody's.
    why : str
        ``same wrong answer`` or ``another's answer``.
    chance : float
        How likely this is by accident, from how often such answers occur here.
    """

    question: str
    part: str
    students: tuple[str, ...]
    why: str
    chance: float


def copies(marks: Iterable[Marked]) -> list[Alike]:
    """Find answers that agree, the least likely first.

    The chance that two wrong answers under one ticket agree is the sum of the squared
    shares of all wrong answers to the question; an answer that a known mistake gives
    is common, and weighs as much as it is.
    """
    # Nearly every wrong answer is the only one of its ticket: only the others have a
    # list.
    first: dict[tuple[str, str, str, str], str] = {}
    shared: dict[tuple[str, str, str, str], list[str]] = {}
    kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    # Whose right answer it is; nobody's in particular where several have it.
    right: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    answers: list[Marked] = []
    tries: Counter[tuple[str, str]] = Counter()
    for mark in marks:
        item = (mark.question, mark.part)
        if mark.expected:
            known = right[item].setdefault(mark.expected, mark.student)
            if known != mark.student:
                right[item][mark.expected] = ""
        if mark.answer:
            tries[item] += 1
        if mark.outcome == "wrong" and mark.answer:
            key = (mark.question, mark.part, mark.ticket, mark.answer)
            before = first.setdefault(key, mark.student)
            if before != mark.student:
                shared.setdefault(key, [before]).append(mark.student)
            kinds[item]["+".join(mark.mistakes) or mark.answer] += 1
            answers.append(mark)
    found = []
    for (question, part, _, _), who in shared.items():
        counts = kinds[(question, part)]
        whole = sum(counts.values())
        chance = sum((n / whole) ** 2 for n in counts.values())
        if whole > len(who):
            found.append(
                Alike(question, part, tuple(sorted(who)), "same wrong answer", chance)
            )
    for mark in answers:
        item = (mark.question, mark.part)
        owner = right[item].get(mark.answer, "")
        if owner and owner != mark.student:
            # Wrong answers that happen to be somebody's right one, of all wrong ones.
            chance = min(1.0, len(right[item]) / max(1, 10 * tries[item]))
            pair = (owner, mark.student)
            found.append(Alike(*item, pair, "another's answer", chance))
    return sorted(found, key=lambda one: (one.chance, one.question, one.students))
