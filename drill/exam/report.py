"""Reports: what the answers of a paper are worth, and which mistakes they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from drill.asking import Answered
from drill.asking.grading import answer_once
from drill.exam.paper import Paper, Place
from drill.grading import Verdict

HALF = 0.5


@dataclass(frozen=True, eq=False)
class Graded:
    """What became of one place of a paper."""

    place: Place
    answered: Answered

    @property
    def typed(self) -> str | None:
        """What was typed; None when it was not answered."""
        return self.answered.text if self.answered.tries else None

    @property
    def verdict(self) -> Verdict | None:
        """None when it was not answered, or cannot be read; `problem` then says why."""
        return self.answered.verdict

    @property
    def problem(self) -> str:
        """Why it could not be read; mostly empty."""
        return self.answered.problem

    @property
    def earned(self) -> float:
        """The points."""
        return 0.0 if self.verdict is None else earned(self.place, self.verdict)

    @property
    def outcome(self) -> str:
        """What it counts as: right, wrong, or not answered."""
        if self.typed is None:
            return "not answered"
        return "right" if self.verdict and self.verdict.right else "wrong"


@dataclass(frozen=True)
class Score:
    """Points of one topic, or of all."""

    name: str
    earned: float
    points: int
    right: int
    asked: int

    @property
    def share(self) -> float:
        """The share of the points, from 0 to 1."""
        return self.earned / self.points if self.points else 0.0


def earned(place: Place, verdict: Verdict) -> float:
    """Return the points: all of them for a right answer.

    A wrong array earns its share of right entries, in halves of a point, when at
    least half of them are right and it is no known mistake: a slip is not a
    misunderstanding. Every other wrong answer earns nothing.
    """
    if verdict.right:
        return float(place.points)
    array = place.target.part.answer.kind == "array"
    if not array or verdict.mistakes or verdict.score < HALF:
        return 0.0
    return int(2 * place.points * verdict.score) / 2


def grade_paper(paper: Paper, answers: Mapping[int, str]) -> tuple[Graded, ...]:
    """Grade the last answer of each place.

    A wrong answer to an earlier part is carried forward, as everywhere.

    Parameters
    ----------
    paper : Paper
    answers : mapping of int to str
        What was typed, by the place's index.
    """
    found: list[Graded] = []
    for item, group in groupby(paper.places, lambda place: place.item):
        places = list(group)
        texts = [answers.get(place.index) for place in places]
        found += map(Graded, places, answer_once(item.instance, texts))
    return tuple(found)


def scores(graded: Iterable[Graded]) -> tuple[Score, tuple[Score, ...]]:
    """Add up: all of it, and each topic in the order in which it first comes up."""
    by_topic: dict[str, list[Graded]] = {}
    for one in graded:
        topic = one.place.item.instance.question.topic
        by_topic.setdefault(topic, []).append(one)
    topics = tuple(_score(topic, found) for topic, found in by_topic.items())
    return _score("all", [one for found in by_topic.values() for one in found]), topics


def _score(name: str, graded: list[Graded]) -> Score:
    return Score(
        name,
        sum(one.earned for one in graded),
        sum(one.place.points for one in graded),
        sum(one.outcome == "right" for one in graded),
        len(graded),
    )
