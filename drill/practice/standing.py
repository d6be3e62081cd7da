"""Where a person stands: what was answered, what is remembered, what goes wrong."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from drill.practice.attempt import FIRST
from drill.practice.database import speaking
from drill.practice.history import History
from drill.practice.known_questions import known
from drill.practice.memory import Memory, retrievability
from drill.practice.picking import missed
from drill.practice.queue import due

DAYS = 14
DAY = timedelta(days=1)
MOST_MISTAKES = 5


@dataclass(frozen=True)
class Group:
    """How one topic, one skill, or all of it stands.

    Attributes
    ----------
    questions, met : int
        How many the bank has, and how many of these have a rated answer.
    answered, first : int
        Parts that were answered, and those that were right at the first try.
    memory : float or None
        How likely a question that was met is answered right now, or the day after it
        was answered, from 0 to 1, on average; None when none was met.
    due : int
    seconds : float
        Spent on answers.
    """

    name: str
    questions: int
    met: int
    answered: int
    first: int
    memory: float | None
    due: int
    seconds: float
    skills: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Repeated:
    """A mistake that is made again and again.

    Attributes
    ----------
    say : str
        What was said of it the last time.
    ticket : str
        Of the last time.
    """

    name: str
    question: str
    topic: str
    times: int
    say: str
    ticket: str
    day: date


@dataclass(frozen=True)
class Day:
    """How much was answered on a local day."""

    day: date
    answered: int
    first: int


@dataclass(frozen=True)
class Standing:
    """All that `drill stats` tells."""

    all: Group
    topics: tuple[Group, ...]
    mistakes: tuple[Repeated, ...]
    days: tuple[Day, ...]


@dataclass
class _Count:
    answered: int = 0
    first: int = 0
    ms: int = 0


@speaking
def standing(
    history: History, now: datetime, topics: Collection[str] | None = None
) -> Standing:
    """Count what a history holds.

    Parameters
    ----------
    history : History
    now : datetime
        With the learner's time zone.
    topics : collection of str, optional
        Only these.

    Returns
    -------
    Standing
        Topics that were begun, in the order of their names.
    """
    counts = _counts(history)
    questions = known(history)
    memories = history.memories()
    owed = due(memories.values(), questions, now, missed(history))
    waiting = {card.question for card in owed}
    where = {q.id: (q.topic, q.skill) for q in questions}
    for question, memory in memories.items():
        where.setdefault(question, (memory.topic, memory.skill))
    for topic, question in counts:
        where.setdefault(question, (topic, question))
    by_topic: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for question, (topic, skill) in where.items():
        by_topic[topic][skill].append(question)
    per_question = {question: count for (_, question), count in counts.items()}
    there = {q.id for q in questions}

    def group(
        name: str, members: Collection[str], skills: tuple[Group, ...] = ()
    ) -> Group:
        found = [per_question[m] for m in members if m in per_question]
        met = [memories[m] for m in members if m in memories]
        return Group(
            name,
            len(there & set(members)),
            len(met),
            sum(count.answered for count in found),
            sum(count.first for count in found),
            _mean(met, now),
            len(waiting & set(members)),
            sum(count.ms for count in found) / 1000,
            skills,
        )

    begun = {topic for topic, _ in counts}
    wanted = sorted(begun if topics is None else begun & set(topics))
    groups = [
        group(
            topic,
            [m for members in by_topic[topic].values() for m in members],
            tuple(group(skill, m) for skill, m in sorted(by_topic[topic].items())),
        )
        for topic in wanted
    ]
    members = [m for topic in wanted for ms in by_topic[topic].values() for m in ms]
    return Standing(
        group("all", members),
        tuple(groups),
        _mistakes(history, None if topics is None else set(members), where),
        _days(history, now.date()),
    )


def _counts(history: History) -> dict[tuple[str, str], _Count]:
    found: dict[tuple[str, str], _Count] = {}
    # The grouping runs along an index that holds all of it, so a long log costs little.
    for topic, question, outcome, times, ms in history.connection.execute(
        "SELECT topic, question, outcome, count(*), sum(ms) FROM attempt"
        " WHERE undone = 0 GROUP BY topic, question, outcome"
    ):
        count = found.setdefault((topic, question), _Count())
        count.ms += ms
        if outcome != "skipped":
            count.answered += times
        if outcome == FIRST:
            count.first += times
    return found


def _mean(memories: Iterable[Memory], now: datetime) -> float | None:
    # The model is sure of what was just shown, missed or not: a day later tells more.
    found = [
        retrievability(memory.state, max(now, memory.state.reviewed + DAY))
        for memory in memories
    ]
    return sum(found) / len(found) if found else None


def _mistakes(
    history: History,
    members: Collection[str] | None,
    where: dict[str, tuple[str, str]],
) -> tuple[Repeated, ...]:
    rows = history.connection.execute(
        "SELECT question, mistake, count(*) AS times, max(at) AS last, ticket"
        " FROM attempt WHERE undone = 0 AND mistake IS NOT NULL"
        " GROUP BY question, mistake ORDER BY times DESC, last DESC, question"
    )
    found: list[Repeated] = []
    for question, mistake, times, last, ticket in rows:
        if members is not None and question not in members:
            continue
        row = history.connection.execute(
            "SELECT mistakes, day FROM attempt WHERE question = ? AND mistake = ?"
            " AND at = ? AND undone = 0 LIMIT 1",
            (question, mistake, last),
        ).fetchone()
        say = dict(json.loads(row["mistakes"])).get(mistake, "")
        day = date.fromisoformat(row["day"])
        topic = where[question][0]
        found.append(Repeated(mistake, question, topic, times, say, ticket, day))
        if len(found) == MOST_MISTAKES:
            break
    rows.close()
    return tuple(found)


def _days(history: History, today: date) -> tuple[Day, ...]:
    first = today - timedelta(days=DAYS - 1)
    counts: dict[str, _Count] = defaultdict(_Count)
    for day, outcome, times in history.connection.execute(
        "SELECT day, outcome, count(*) FROM attempt"
        " WHERE undone = 0 AND day >= ? AND outcome <> 'skipped' GROUP BY day, outcome",
        (first.isoformat(),),
    ):
        counts[day].answered += times
        counts[day].first += times if outcome == FIRST else 0
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return tuple(
        Day(day, counts[text].answered, counts[text].first)
        for day, text in ((day, day.isoformat()) for day in days)
    )
