"""What is remembered of an answer, and of the sitting it was given in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Literal

Kind = Literal["quiz", "review", "exam"]
Outcome = Literal["right", "right later", "wrong", "gave up", "skipped"]
FIRST: Outcome = "right"


def new_id() -> str:
    """Return a name that no other machine gives."""
    return uuid.uuid4().hex


def stamp(moment: datetime) -> str:
    """Write a moment in UTC, so that the order of texts is the order in time.

    Examples
    --------
    >>> stamp(datetime(2026, 5, 1, 12, tzinfo=timezone.utc))
    '2026-05-01T12:00:00.000Z'
    """
    utc = moment.astimezone(timezone.utc)  # noqa: UP017 - fsrs wants this very object
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def moment(text: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.fromisoformat(text).astimezone(timezone.utc)  # noqa: UP017


@dataclass(frozen=True)
class Named:
    """A mistake as it was named to the learner."""

    name: str
    say: str


@dataclass(frozen=True)
class Reply:
    """What was typed, and what it was read as."""

    typed: str
    read: str


@dataclass(frozen=True)
class Attempt:
    """One part of a question, answered.

    Attributes
    ----------
    id : str
        Unique over machines.
    asking : str
        Shared by the parts of one instance, asked once.
    part, parts : int
        Which part, from 0, of how many.
    drawn : str
        JSON of the drawn values.
    replies : tuple of Reply
        Every graded reply, in turn; the first one decides the score.
    outcome : str
        ``right`` is at the first try.
    score : float
        Of the first graded reply, from 0 to 1.
    hints, hints_of : int
        How many hints were taken, of how many.
    ms : int
        From the prompt to the last reply, in milliseconds.
    at : datetime
        When it was answered, in UTC.
    day : date
        The learner's local day then.
    """

    id: str
    sitting: str
    asking: str
    kind: Kind
    question: str
    topic: str
    skill: str
    level: int
    part: int
    parts: int
    ticket: str
    drawn: str
    replies: tuple[Reply, ...]
    outcome: Outcome
    score: float
    mistakes: tuple[Named, ...]
    hints: int
    hints_of: int
    ms: int
    at: datetime
    day: date
    version: str


@dataclass(frozen=True)
class Sitting:
    """A quiz, a review or an exam: what was planned, and when.

    Attributes
    ----------
    plan : mapping
        What is needed to go on: at least ``tickets``, in order.
    """

    id: str
    kind: Kind
    plan: dict[str, object]
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Known:
    """A question of the bank, as far as counting needs it."""

    id: str
    topic: str
    skill: str
    level: int
    minutes: float
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What somebody wants to know, by when, and what a day may cost.

    Attributes
    ----------
    exam : date
    minutes : float
        A day.
    topics : tuple of str
    """

    exam: date
    minutes: float
    topics: tuple[str, ...]

    def days_left(self, today: date) -> int:
        """Return how often one sleeps until the exam; negative when it is over.

        Examples
        --------
        >>> Plan(date(2026, 12, 10), 30, ("relu",)).days_left(date(2026, 12, 1))
        9
        """
        return (self.exam - today).days

    def asks(self, questions: Iterable[Known]) -> list[Known]:
        """Return the questions that the exam may ask."""
        return [question for question in questions if question.topic in self.topics]


@dataclass(frozen=True)
class Report:
    """A question that was set aside, because something seemed wrong with it.

    Attributes
    ----------
    note : str
        What seemed wrong; it may be empty.
    typed : str
        The last answer before it was set aside; it may be empty.
    settled : bool
        Whether the question is asked again.
    """

    id: str
    question: str
    topic: str
    ticket: str
    part: int
    note: str
    typed: str
    at: datetime
    version: str
    settled: bool = False
