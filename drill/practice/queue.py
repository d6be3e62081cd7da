"""What is due, what is new, and in which order to ask it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from drill.practice.attempt import Known
from drill.practice.memory import Memory

NEW_A_DAY = 5
APART = 3
LATER = 4
TO_UNLOCK = 2
MINUTES = 1.5
PAUSE = timedelta(minutes=10)
"""How long a missed question rests before it comes again the same day."""


@dataclass(frozen=True)
class Card:
    """A question that is to be asked."""

    question: str
    topic: str
    skill: str
    minutes: float = MINUTES
    new: bool = False


def is_due(memory: Memory, now: datetime, missed: Collection[str] = ()) -> bool:
    """Tell whether a question is due on the local day of `now`.

    A review that lies in the future was made by a clock that ran ahead: it is due, or
    it might not come again for years.  What was missed today is due again after a
    pause, until it was right once.

    Parameters
    ----------
    memory : Memory
    now : datetime
        With the learner's time zone.
    missed : collection of str
        The questions that were not right when they were last asked.
    """
    since = now - memory.state.reviewed
    if memory.question in missed and memory.day == now.date() and since >= PAUSE:
        return True
    return -since > timedelta(days=1) or memory.due_day <= now.date()


def due(
    memories: Iterable[Memory],
    known: Iterable[Known],
    now: datetime,
    missed: Collection[str] = (),
) -> list[Card]:
    """Return the questions that are due, the most faded first.

    Parameters
    ----------
    memories : iterable of Memory
    known : iterable of Known
        What the bank holds; a question that it no longer holds is left out.
    now : datetime
    missed : collection of str
        What was not right the last time: it may be due again the same day.
    """
    there = {known.id: known for known in known}
    found = [m for m in memories if is_due(m, now, missed) and m.question in there]
    # Days since the review over the stability: the order of the model's forgetting,
    # without importing the model.
    found.sort(key=lambda m: (-_faded(m, now), m.question))
    return [_card(there[m.question]) for m in found]


def _faded(memory: Memory, now: datetime) -> float:
    days = (now - memory.state.reviewed).total_seconds() / 86_400
    return days / memory.state.stability


def _card(known: Known, *, new: bool = False) -> Card:
    return Card(known.id, known.topic, known.skill, known.minutes, new)


def unlocked(questions: Sequence[Known], passed: Collection[str]) -> list[Known]:
    """Return one topic's questions whose level is open.

    The lowest level is; the next one opens when two questions of the level below (or
    all, when there are fewer) were answered right at the first try.

    Parameters
    ----------
    questions : sequence of Known
        All of one topic.
    passed : collection of str
        The questions that were answered right at the first try at least once.

    Examples
    --------
    >>> easy = [Known(f"e{k}", "t", "s", 1, 1.0) for k in range(3)]
    >>> hard = [Known("h", "t", "s", 3, 1.0)]
    >>> [q.id for q in unlocked(easy + hard, {"e0"})]
    ['e0', 'e1', 'e2']
    >>> [q.id for q in unlocked(easy + hard, {"e0", "e2"})]
    ['e0', 'e1', 'e2', 'h']
    """
    found: list[Known] = []
    for level in sorted({q.level for q in questions}):
        here = [q for q in questions if q.level == level]
        found += here
        if sum(q.id in passed for q in here) < min(TO_UNLOCK, len(here)):
            break
    return found


def fresh(
    known: Sequence[Known],
    begun: Collection[str],
    first_seen: Mapping[str, date],
    passed: Collection[str],
    today: date,
    a_day: int = NEW_A_DAY,
) -> list[Card]:
    """Return new questions for today, from each topic that was begun in turn.

    Parameters
    ----------
    known : sequence of Known
    begun : collection of str
        The topics that were begun.
    first_seen : mapping of str to date
        The day on which each question was first answered.
    passed : collection of str
    today : date
    a_day : int
        How many new questions a day brings.
    """
    left = a_day - sum(day == today for day in first_seen.values())
    by_topic: dict[str, list[Known]] = {}
    for question in known:
        if question.topic in begun:
            by_topic.setdefault(question.topic, []).append(question)
    waiting = [
        [q for q in unlocked(here, passed) if q.id not in first_seen]
        for here in by_topic.values()
    ]
    found: list[Card] = []
    while any(waiting) and len(found) < left:
        for questions in waiting:
            if questions and len(found) < left:
                found.append(_card(questions.pop(0), new=True))
    return found


def arrange(cards: Sequence[Card]) -> list[Card]:
    """Mix topics, and keep questions of one skill at least three apart.

    The order given is kept as far as that allows.

    Examples
    --------
    >>> cards = [Card("a1", "a", "x"), Card("a2", "a", "x"), Card("b", "b", "y")]
    >>> [card.question for card in arrange(cards)]
    ['a1', 'b', 'a2']
    """
    left, found = list(cards), list[Card]()
    while left:
        best = min(left, key=partial(_unfit, found=found, left=left))
        left.remove(best)
        found.append(best)
    return found


def _unfit(card: Card, found: list[Card], left: list[Card]) -> tuple[int, bool]:
    """Say how badly a card follows what was arranged; the least unfit comes next."""
    recent = [other.skill for other in found[: -APART - 1 : -1]]
    near = recent.index(card.skill) if card.skill in recent else APART
    same_topic = bool(found) and card.topic == found[-1].topic
    # Of a skill that fills its share of what is left, one must come now, or the last
    # ones would stand together.
    many = sum(other.skill == card.skill for other in left)
    spare = many * (APART + 1) < len(left) + 1
    return 2 * (APART - near) + same_topic, spare


def again(rest: Sequence[Card], card: Card) -> list[Card]:
    """Put a missed question back, four questions later, or last when fewer are left.

    Examples
    --------
    >>> rest = [Card(name, "t", name) for name in "abcdef"]
    >>> "".join(card.question for card in again(rest, Card("z", "t", "z")))
    'abcdzef'
    """
    return [*rest[:LATER], card, *rest[LATER:]]


def minutes(cards: Iterable[Card]) -> int:
    """Return how long the cards take, in whole minutes, at least one."""
    return max(1, round(sum(card.minutes for card in cards)))
