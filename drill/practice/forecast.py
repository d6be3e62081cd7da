"""What an exam would bring on a day to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from drill.practice.attempt import Known
from drill.practice.memory import Memory, retrievability

# Two made-up first meetings, one right and one wrong: nobody knows nothing, or all,
# of a topic after one question.
PRIOR = (1, 2)


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
    """The expected scores on the day."""

    score: float
    topics: tuple[Expected, ...]


def forecast(
    known: Iterable[Known], memories: Mapping[str, Memory], exam: datetime
) -> Forecast:
    """Expect an exam's score.

    A question that was met is answered right with the probability that the memory
    model gives for the moment of the exam.  One that was not met is answered like this
    person's first meetings in the same topic.  Each question of a topic is as likely
    to come up as the others, and each topic counts the same.

    Parameters
    ----------
    known : iterable of Known
        The questions that the exam may ask.
    memories : mapping of str to Memory
    exam : datetime
    """
    by_topic: dict[str, list[Known]] = {}
    for question in known:
        by_topic.setdefault(question.topic, []).append(question)
    found = []
    for topic, questions in sorted(by_topic.items()):
        fresh = first_meetings(memories, questions)
        chances = [
            retrievability(memories[q.id].state, exam) if q.id in memories else fresh
            for q in questions
        ]
        met = sum(question.id in memories for question in questions)
        score = sum(chances) / len(chances)
        found.append(Expected(topic, score, met, len(questions)))
    total = sum(one.score for one in found) / len(found) if found else 0.0
    return Forecast(total, tuple(found))


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
