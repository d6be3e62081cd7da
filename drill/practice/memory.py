"""How well a question is remembered: from the log of attempts to a due date.

A card is a question, never one draw of it.  The first asking of a local day that was
finished or failed is rated; later ones are practice and leave the schedule alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timezone
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from drill.practice.attempt import Attempt, moment, stamp

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

AGAIN, HARD, GOOD = 1, 2, 3
RETENTION = 0.9
LONGEST = 365
SLOW = 3.0
SAMPLES, KEPT = 5, 20
REVEALING = 2


@dataclass(frozen=True)
class State:
    """What the scheduler knows of one question.

    Attributes
    ----------
    stability, difficulty : float
        Of the FSRS model: days, and 1 to 10.
    due, reviewed : datetime
        In UTC.
    passes, lapses : int
        Days rated right, and wrong.
    times : tuple of int
        Milliseconds of the last right answers.
    """

    stability: float
    difficulty: float
    due: datetime
    reviewed: datetime
    passes: int = 0
    lapses: int = 0
    times: tuple[int, ...] = ()

    def to_json(self) -> str:
        """Write it so that `from_json` gives back the very same numbers."""
        times = {"due": stamp(self.due), "reviewed": stamp(self.reviewed)}
        return json.dumps({**asdict(self), **times})

    @staticmethod
    def from_json(text: str) -> State:
        """Read what `to_json` wrote."""
        data = json.loads(text)
        data["due"], data["reviewed"] = moment(data["due"]), moment(data["reviewed"])
        return State(**{**data, "times": tuple(data["times"])})


@dataclass(frozen=True)
class Memory:
    """A question's state after its last rated day, and before it."""

    question: str
    topic: str
    skill: str
    level: int
    day: date
    rating: int
    state: State
    before: State | None

    @property
    def due_day(self) -> date:
        """The local day on which it is due, counted from the day it was answered."""
        return self.day + (self.state.due - self.state.reviewed)


@lru_cache(maxsize=1)
def _scheduler() -> Scheduler:
    """Make the scheduler for one sitting a day: no steps of minutes, no fuzz."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def _card(state: State | None) -> Card:
    from fsrs import Card
    from fsrs import State as Phase

    if state is None:
        # Without an id the package sleeps to find one; ours is the question's name.
        return Card(card_id=0)
    return Card(
        card_id=0,
        state=Phase.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=state.due,
        last_review=state.reviewed,
    )


def _usual(times: Sequence[int]) -> float:
    # Whoever only reads what is due need not wait for it.
    from statistics import median

    return median(times)


def rate(asking: Sequence[Attempt], times: Sequence[int] = ()) -> int | None:
    """Rate one asking of a question.

    Parameters
    ----------
    asking : sequence of Attempt
        The parts of one instance, as far as they were answered.
    times : sequence of int
        Milliseconds of this learner's earlier right answers to the question.

    Returns
    -------
    int or None
        1 again, 2 hard, 3 good; None when it was neither finished nor failed.
    """
    graded = [a for a in asking if a.outcome != "skipped"]
    if any(a.outcome != "right" for a in graded):
        return AGAIN
    if any(a.hints == a.hints_of >= REVEALING for a in graded):
        return AGAIN
    if not graded or len({a.part for a in graded}) < graded[0].parts:
        return None
    slow = len(times) >= SAMPLES and _spent(graded) > SLOW * _usual(times)
    return HARD if slow or any(a.hints for a in graded) else GOOD


def _spent(asking: Iterable[Attempt]) -> int:
    return sum(a.ms for a in asking)


def remember(memory: Memory | None, today: Sequence[Attempt]) -> Memory | None:
    """Take one local day's attempts at a question into its memory.

    Parameters
    ----------
    memory : Memory or None
        After an earlier day, or after a part of this same day.
    today : sequence of Attempt
        All of that day's, in the order of their times.

    Returns
    -------
    Memory or None
        The memory as it was when nothing of the day is rated.
    """
    if not today:
        return memory
    first, day = today[0], today[0].day
    same_day = memory is not None and memory.day == day
    before = (memory.before if same_day else memory.state) if memory else None
    askings: dict[str, list[Attempt]] = {}
    for attempt in today:
        askings.setdefault(attempt.asking, []).append(attempt)
    for asking in askings.values():
        rating = rate(asking, before.times if before else ())
        if rating is not None:
            after = review(before, rating, asking[-1].at, _spent(asking))
            return Memory(
                first.question,
                first.topic,
                first.skill,
                first.level,
                day,
                rating,
                after,
                before,
            )
    return memory


def review(state: State | None, rating: int, at: datetime, ms: int = 0) -> State:
    """Return the state after one rated review.

    Parameters
    ----------
    state : State or None
        None before the first review.
    rating : int
    at : datetime
        In any zone; a clock that was set back counts as no time passed.
    ms : int
        How long the answer took.
    """
    from fsrs import Rating

    at = (max(at, state.reviewed) if state else at).astimezone(timezone.utc)  # noqa: UP017
    card, _ = _scheduler().review_card(_card(state), Rating(rating), at)
    assert card.stability is not None
    assert card.difficulty is not None
    passed = rating > AGAIN
    times = state.times if state else ()
    return State(
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        reviewed=at,
        passes=(state.passes if state else 0) + passed,
        lapses=(state.lapses if state else 0) + (not passed),
        times=(*times, ms)[-KEPT:] if passed else times,
    )


def retrievability(state: State, at: datetime) -> float:
    """Return how likely the question is answered right at `at`, from 0 to 1."""
    at = max(at, state.reviewed).astimezone(timezone.utc)  # noqa: UP017
    return float(_scheduler().get_card_retrievability(_card(state), at))


def replay(attempts: Iterable[Attempt]) -> Memory | None:
    """Rebuild one question's memory from all of its attempts, in their order."""
    memory: Memory | None = None
    for _, today in groupby(attempts, key=lambda attempt: attempt.day):
        memory = remember(memory, list(today))
    return memory
