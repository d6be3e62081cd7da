"""What an exam would bring on a day to come, and what helps most today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from drill.practice.attempt import Known
from drill.practice.memory import AGAIN, GOOD, Memory, State, retrievability, review

# Two made-up first meetings, one right and one wrong: nobody knows nothing, or all,
# of a topic after one question.
PRIOR = (1, 2)


@dataclass(frozen=True)
class Step:
    """Something to do today.

    Attributes
    ----------
    questions : int
        How many are worth asking.
    minutes : float
    gain : float
        By how much that raises the expected score of all topics, from 0 to 1.
    """

    topic: str
    questions: int
    new: int
    minutes: float
    gain: float


@dataclass(frozen=True)
class Expected:
    """What is expected of one topic.

    Attributes
    ----------
    score : float
        The share of its questions that would be answered right, from 0 to 1.
    met, questions : int
    """

    topic: str
    score: float
    met: int
    questions: int


@dataclass(frozen=True)
class Forecast:
    """The expected scores on the day, and today's best steps."""

    score: float
    topics: tuple[Expected, ...]
    steps: tuple[Step, ...]


def forecast(
    known: Iterable[Known],
    memories: Mapping[str, Memory],
    now: datetime,
    exam: datetime,
    minutes: float = 30,
) -> Forecast:
    """Expect an exam's score, and find what raises it most.

    A question that was met is answered right with the probability that the memory
    model gives for the moment of the exam.  One that was not met is answered like this
    person's first meetings in the same topic.  Each question of a topic is as likely
    to come up as the others, and each topic counts the same.

    Parameters
    ----------
    known : iterable of Known
        The questions that the exam may ask.
    memories : mapping of str to Memory
    now, exam : datetime
    minutes : float
        How much time there is today.

    Returns
    -------
    Forecast
        Steps by gain a minute; those worth less than a tenth of a point are left out.
    """
    by_topic: dict[str, list[Known]] = {}
    for question in known:
        by_topic.setdefault(question.topic, []).append(question)
    found, gains = [], []
    for topic, questions in sorted(by_topic.items()):
        fresh = first_meetings(memories, questions)
        chances = []
        for question in questions:
            memory = memories.get(question.id)
            state = memory.state if memory else None
            chance = retrievability(state, exam) if state else fresh
            chances.append(chance)
            if memory is not None and memory.day == now.date():
                # Only the first answer of a day moves the schedule.
                continue
            right = retrievability(state, now) if state else fresh
            gain = _after(state, right, now, exam) - chance
            share = gain / len(questions) / len(by_topic)
            gains.append((share / question.minutes, share, question, state is None))
        met = sum(question.id in memories for question in questions)
        score = sum(chances) / len(chances)
        found.append(Expected(topic, score, met, len(questions)))
    total = sum(one.score for one in found) / len(found) if found else 0.0
    return Forecast(total, tuple(found), _steps(gains, minutes))


def first_meetings(memories: Mapping[str, Memory], questions: Iterable[Known]) -> float:
    """Return how likely a question of these is answered right that was never met.

    Examples
    --------
    >>> first_meetings({}, [])
    0.5
    """
    right, count = PRIOR
    for question in questions:
        memory = memories.get(question.id)
        if memory is not None:
            count += 1
            # Never failed stands for right at once: the log is not read for this.
            right += memory.state.lapses == 0
    return right / count


def _after(state: State | None, right: float, now: datetime, exam: datetime) -> float:
    """Return the chance at the exam when the question is asked once today."""
    good = retrievability(review(state, GOOD, now), exam)
    again = retrievability(review(state, AGAIN, now), exam)
    return right * good + (1 - right) * again


def _steps(
    gains: list[tuple[float, float, Known, bool]], minutes: float
) -> tuple[Step, ...]:
    steps: dict[str, Step] = {}
    for _, gain, question, new in sorted(gains, key=lambda g: (-g[0], g[2].id)):
        if minutes < question.minutes or gain <= 0:
            continue
        minutes -= question.minutes
        was = steps.get(question.topic, Step(question.topic, 0, 0, 0.0, 0.0))
        steps[question.topic] = Step(
            question.topic,
            was.questions + 1,
            was.new + new,
            was.minutes + question.minutes,
            was.gain + gain,
        )
    worth = [step for step in steps.values() if step.gain >= 0.001]
    return tuple(sorted(worth, key=lambda step: (-step.gain, step.topic)))
