"""The road to an exam: a plan, and the days until then as they are expected to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from drill.practice.attempt import Known, Plan
from drill.practice.forecast import Forecast, forecast
from drill.practice.memory import AGAIN, GOOD, Memory, retrievability, review
from drill.practice.planning import choose, first_chances

DAY = timedelta(days=1)
LONGEST = 366


@dataclass(frozen=True)
class RoadDay:
    """One day of the road to an exam.

    Attributes
    ----------
    questions, new : int
    minutes : float
    begun : tuple of str
        The topics that are met for the first time.
    """

    day: date
    questions: int
    new: int
    minutes: float
    begun: tuple[str, ...]


@dataclass(frozen=True)
class Road:
    """The days until an exam, as they will be when all goes as expected.

    Attributes
    ----------
    days : tuple of RoadDay
        From today to the day before the exam, at most a year.
    without, planned : Forecast
        For the day of the exam: without any practice from now on, and with the plan.
    """

    days: tuple[RoadDay, ...]
    without: Forecast
    planned: Forecast

    @property
    def all_met(self) -> date | None:
        """The day on which the last topic is begun; None when none is to come."""
        return max((day.day for day in self.days if day.begun), default=None)


def road(
    plan: Plan,
    questions: Sequence[Known],
    memories: Mapping[str, Memory],
    now: datetime,
    spent: float = 0.0,
    missed: Collection[str] = (),
    pace: float = 1.0,
) -> Road:
    """Go the road to an exam in thought: each day what is chosen, as expected.

    Parameters
    ----------
    plan : Plan
    questions : sequence of Known
        What the exam may ask.
    memories : mapping of str to Memory
    now : datetime
        With the learner's time zone.
    spent : float
        Minutes of today that are over.
    missed : collection of str
        What was not right when it was last asked.
    pace : float
        How many minutes a minute of the bank takes this learner.
    """
    left = plan.days_left(now.date())
    exam = now + left * DAY
    known = {question.id: question for question in questions}
    there, days = dict(memories), []
    owed: dict[str, float] = defaultdict(float)
    for number in range(min(left, LONGEST)):
        at = now + number * DAY
        met = {known[name].topic for name in there if name in known}
        fresh = first_chances(questions, there)
        minutes = plan.minutes - (0 if number else spent)
        cards = choose(
            questions, there, at, exam, minutes, () if number else missed, pace
        )
        for card in cards:
            question, memory = known[card.question], there.get(card.question)
            owed[card.topic] += (
                retrievability(memory.state, at) if memory else fresh[card.topic]
            )
            # Of a topic's answers as many are right as are expected: a mean of what is
            # remembered after a right and a wrong one would be nobody's, and too good.
            right = owed[card.topic] >= 0.5
            owed[card.topic] -= right
            rating = GOOD if right else AGAIN
            there[question.id] = _answered(question, memory, rating, at)
        days.append(
            RoadDay(
                at.date(),
                len(cards),
                sum(card.new for card in cards),
                sum(card.minutes for card in cards),
                tuple(sorted({card.topic for card in cards} - met)),
            )
        )
    without = forecast(questions, memories, exam)
    planned = forecast(questions, there, exam)
    return Road(tuple(days), without, _no_less(planned, without))


def _no_less(planned: Forecast, without: Forecast) -> Forecast:
    """Expect of no topic less with practice than without.

    What is known before a first meeting is not forgotten for being asked, but the
    memory model begins with that meeting, and forgets from it.
    """
    topics = tuple(
        replace(one, score=max(one.score, other.score))
        for one, other in zip(planned.topics, without.topics, strict=True)
    )
    score = sum(one.score for one in topics) / len(topics) if topics else 0.0
    return Forecast(score, topics)


def _answered(known: Known, memory: Memory | None, rating: int, at: datetime) -> Memory:
    before = memory.state if memory else None
    after = review(before, rating, at)
    day = at.date()
    return Memory(
        known.id, known.topic, known.skill, known.level, day, rating, after, before
    )
