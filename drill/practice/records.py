"""Between the values of this room and the rows of its tables."""

from __future__ import annotations

import json
from datetime import date
from sqlite3 import Row
from typing import Any

from drill.practice.attempt import Attempt, Named, Reply, Sitting, moment, stamp
from drill.practice.memory import Memory, State

COLUMNS = (
    "id", "sitting", "asking", "kind", "question", "topic", "skill", "level", "part",
    "parts", "ticket", "drawn", "replies", "outcome", "score", "mistake", "mistakes",
    "hints", "hints_of", "ms", "at", "day", "version",
)  # fmt: skip
# One order on every machine, whatever the order in which records arrived.
IN_ORDER = "ORDER BY day, at, id"


def row_of(attempt: Attempt) -> tuple[object, ...]:
    """Return an attempt as a row with the columns `COLUMNS`."""
    first = attempt.mistakes[0].name if attempt.mistakes else None
    named = json.dumps([[m.name, m.say] for m in attempt.mistakes])
    special = {
        "replies": json.dumps([[r.typed, r.read] for r in attempt.replies]),
        "mistake": first,
        "mistakes": named,
        "at": stamp(attempt.at),
        "day": attempt.day.isoformat(),
    }
    return tuple(special.get(c, getattr(attempt, c, None)) for c in COLUMNS)


def attempt_of(row: Row) -> Attempt:
    """Return the attempt that a row holds."""
    values: dict[str, Any] = {c: row[c] for c in COLUMNS if c != "mistake"}
    values["mistakes"] = tuple(Named(*pair) for pair in json.loads(row["mistakes"]))
    values["replies"] = tuple(Reply(*pair) for pair in json.loads(row["replies"]))
    values["at"] = moment(row["at"])
    values["day"] = date.fromisoformat(row["day"])
    return Attempt(**values)


def row_of_memory(memory: Memory) -> tuple[object, ...]:
    """Return a memory as a row of its table."""
    return (
        memory.question,
        memory.topic,
        memory.skill,
        memory.level,
        memory.day.isoformat(),
        memory.rating,
        memory.state.to_json(),
        memory.before.to_json() if memory.before else None,
        memory.due_day.isoformat(),
    )


def memory_of(row: Row) -> Memory:
    """Return the memory that a row holds."""
    return Memory(
        row["question"],
        row["topic"],
        row["skill"],
        row["level"],
        date.fromisoformat(row["day"]),
        row["rating"],
        State.from_json(row["state"]),
        State.from_json(row["before"]) if row["before"] else None,
    )


def sitting_of(row: Row) -> Sitting:
    """Return the sitting that a row holds."""
    ended = row["ended_at"]
    return Sitting(
        row["id"],
        row["kind"],
        json.loads(row["plan"]),
        moment(row["started_at"]),
        moment(ended) if ended else None,
    )
