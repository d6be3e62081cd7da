"""A class in figures: each student's points, each question's difficulty, mistakes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from drill.analysis.marks import Marked

SHARE = 0.27
"""The part of a class that is called strong, or weak (Kelley, 1939)."""


@dataclass
class Student:
    """One student: what was earned, of how much, and what was noticed."""

    id: str
    name: str
    points: float = 0.0
    of: int = 0
    late: bool = False
    missing: int = 0
    unreadable: int = 0
    foreign: int = 0

    @property
    def share(self) -> float:
        """The points from 0 to 1."""
        return self.points / self.of if self.of else 0.0


@dataclass
class Item:
    """One question, or one part of one: how it went.

    Attributes
    ----------
    scores : dict
        By student.
    mistakes : Counter
        How many students made each.
    says : dict
        What is said to each.
    """

    question: str
    part: str
    topic: str
    scores: dict[str, float] = field(default_factory=dict)
    tried: int = 0
    right: int = 0
    mistakes: Counter[str] = field(default_factory=Counter)
    says: dict[str, str] = field(default_factory=dict)

    @property
    def difficulty(self) -> float:
        """The mean score: 1 is a question that everybody can do."""
        return sum(self.scores.values()) / len(self.scores) if self.scores else 0.0


@dataclass(frozen=True)
class Totals:
    """A class: its students and its questions, in the order of their names."""

    students: tuple[Student, ...]
    items: tuple[Item, ...]

    @cached_property
    def ranked(self) -> list[Student]:
        """The students, the weakest first."""
        return sorted(self.students, key=lambda one: (one.share, one.id))

    def discrimination(self, item: Item) -> float | None:
        """How much better the strongest 27 % do on a question than the weakest.

        Returns
        -------
        float or None
            From -1 to 1; None for fewer than ten students.
        """
        if len(self.students) < 10:
            return None
        ranked = self.ranked
        count = max(1, round(SHARE * len(ranked)))
        weak, strong = ranked[:count], ranked[-count:]
        means = [
            sum(item.scores.get(one.id, 0.0) for one in group) / count
            for group in (strong, weak)
        ]
        return means[0] - means[1]

    def point_biserial(self, item: Item) -> float | None:
        """Correlation of a question's score with the points of all the others."""
        pairs = [
            (item.scores[one.id], one.points - item.scores[one.id])
            for one in self.students
            if one.id in item.scores
        ]
        if len(pairs) < 3:
            return None
        xs, ys = zip(*pairs, strict=True)
        mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
        above = math.fsum((x - mx) * (y - my) for x, y in pairs)
        spread = math.fsum((x - mx) ** 2 for x in xs)
        others = math.fsum((y - my) ** 2 for y in ys)
        return above / math.sqrt(spread * others) if spread and others else None


def total(marks: Iterable[Marked]) -> Totals:
    """Add marks up.

    Examples
    --------
    >>> one = Marked(1, "s1", "Ada", "q@1", "q", "t", "", "right", 1.0)
    >>> found = total([one])
    >>> found.students[0].share, found.items[0].difficulty
    (1.0, 1.0)
    """
    students: dict[str, Student] = {}
    items: dict[tuple[str, str], Item] = {}
    for mark in marks:
        student = students.setdefault(mark.student, Student(mark.student, mark.name))
        student.points += mark.score
        student.of += 1
        student.late |= mark.late
        student.missing += mark.outcome == "missing"
        student.unreadable += mark.outcome == "unreadable"
        student.foreign += mark.outcome == "another ticket"
        key = (mark.question, mark.part)
        item = items.setdefault(key, Item(mark.question, mark.part, mark.topic))
        item.scores[mark.student] = mark.score
        item.tried += mark.outcome != "missing"
        item.right += mark.outcome == "right"
        for name in set(mark.mistakes) if mark.outcome == "wrong" else ():
            item.mistakes[name] += 1
            if len(mark.mistakes) == 1:
                item.says.setdefault(name, mark.says)
    return Totals(
        tuple(students[key] for key in sorted(students)),
        tuple(items[key] for key in sorted(items)),
    )
