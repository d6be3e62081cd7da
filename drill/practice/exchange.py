"""Histories as files: written out, and merged without doubling anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args

from drill.errors import HistoryError
from drill.practice import database
from drill.practice.attempt import Attempt, Kind, Named, Outcome, Reply, moment, stamp
from drill.practice.database import speaking
from drill.practice.history import History

FORMAT = 1
NAME = "drill history"
LONGEST_LINE = 2_000_000
MOST = 2_000_000
_TEXTS = {
    "id", "sitting", "asking", "kind", "question", "topic", "skill", "ticket", "drawn",
    "outcome", "version",
}  # fmt: skip
_WHOLE = {"level", "part", "parts", "hints", "hints_of", "ms"}
_ALL = {field.name for field in fields(Attempt)}


@dataclass(frozen=True)
class Merged:
    """What an import did.

    Attributes
    ----------
    read, new : int
        Attempts in the file, and those of them that were not known.
    undone : int
        Of the known ones, those that were taken back on the other machine.
    """

    read: int
    new: int
    undone: int


@speaking
def written(history: History) -> Iterator[str]:
    """Yield a history as lines of JSON: a heading, then an attempt each.

    What was taken back goes along, so that it is taken back everywhere.
    """
    head = {"format": FORMAT, "name": NAME}
    undone = {
        row["id"]
        for row in history.connection.execute("SELECT id FROM attempt WHERE undone = 1")
    }
    yield json.dumps(head)
    for attempt in history.attempts(undone=None):
        yield json.dumps(_data(attempt, undone=attempt.id in undone))


def _data(attempt: Attempt, *, undone: bool) -> dict[str, object]:
    data: dict[str, object] = {name: getattr(attempt, name) for name in sorted(_ALL)}
    data |= {
        "replies": [[reply.typed, reply.read] for reply in attempt.replies],
        "mistakes": [[named.name, named.say] for named in attempt.mistakes],
        "at": stamp(attempt.at),
        "day": attempt.day.isoformat(),
    }
    return data | ({"undone": True} if undone else {})


def parsed(lines: Iterable[str], name: str) -> Iterator[tuple[Attempt, bool]]:
    """Read what `written` yielded: attempts, and whether each was taken back.

    Parameters
    ----------
    lines : iterable of str
    name : str
        What the file is called in errors.

    Raises
    ------
    HistoryError
        Names the first line that is none of a history.
    """
    for number, line in enumerate(lines, 1):
        where = f"{name}, line {number}"
        if len(line) > LONGEST_LINE or number > MOST:
            raise HistoryError(f"{where}: this is too long for a history")
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            data = None
        if number == 1:
            _check_head(data, name)
        elif line.strip():
            yield _attempt(data, where)


def _check_head(data: object, name: str) -> None:
    if not isinstance(data, dict) or data.get("name") != NAME:
        raise HistoryError(
            f"{name} is no exported history; make one with 'drill export FILE'"
        )
    found = data.get("format")
    if type(found) is not int or found > FORMAT:
        raise HistoryError(
            f"{name} has the format {found!r}, and this drill reads format {FORMAT}:"
            " upgrade it"
        )


def _attempt(data: object, where: str) -> tuple[Attempt, bool]:
    if not isinstance(data, dict) or not data.keys() >= _ALL:
        raise HistoryError(f"{where}: this is no attempt")
    try:
        values = {name: _value(name, data[name]) for name in _ALL}
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise HistoryError(f"{where}: {error}") from None
    return Attempt(**values), data.get("undone") is True


def _value(name: str, value: Any) -> Any:
    """Check one field of an attempt."""
    if name in _TEXTS:
        allowed = {"outcome": get_args(Outcome), "kind": get_args(Kind)}.get(name)
        # A surrogate would be refused by the database, late.
        good = isinstance(value, str) and value.isprintable() and "\0" not in value
        if not good or (allowed and value not in allowed):
            raise ValueError(f"'{name}' cannot be {str(value)[:40]!r}")
        return value
    if name in _WHOLE:
        if type(value) is not int or not 0 <= value < 2**53:
            raise ValueError(f"'{name}' must be a whole number")
        return value
    if name == "score":
        if isinstance(value, bool) or not 0 <= float(value) <= 1:
            raise ValueError("'score' must be from 0 to 1")
        return float(value)
    if name == "at":
        return moment(str(value))
    if name == "day":
        return date.fromisoformat(value)
    pairs = [(str(first), str(second)) for first, second in value]
    for pair in pairs:
        "".join(pair).encode()
    kind = Reply if name == "replies" else Named
    return tuple(kind(*pair) for pair in pairs)


@speaking
def merge(history: History, found: Iterable[tuple[Attempt, bool]]) -> Merged:
    """Take another machine's attempts in: all of them, or none.

    Of an attempt that both know the one with more replies counts; what was taken back
    on one of them is taken back.

    Parameters
    ----------
    history : History
    found : iterable of (Attempt, bool)
        As `parsed` yields them.
    """
    read = new = undone = 0
    touched: set[str] = set()
    with database.writing(history.connection) as into:
        renamed = dict(into.execute("SELECT old, new FROM renamed").fetchall())
        for attempt, gone in found:
            read += 1
            row = into.execute(
                "SELECT undone FROM attempt WHERE id = ?", (attempt.id,)
            ).fetchone()
            new += row is None
            history.keep(attempt)
            if gone and (row is None or not row["undone"]):
                undone += row is not None
                into.execute(
                    "UPDATE attempt SET undone = 1 WHERE id = ?", (attempt.id,)
                )
            touched.add(attempt.question)
        for old, name in renamed.items():
            if old in touched:
                into.execute(
                    "UPDATE attempt SET question = ? WHERE question = ?", (name, old)
                )
                touched.add(name)
        for question in sorted(touched):
            history.replay(question)
    return Merged(read, new, undone)
