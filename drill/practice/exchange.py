"""Histories as files: written out, and merged without doubling anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import chain
from sqlite3 import Row
from typing import Any, get_args

from drill.errors import HistoryError
from drill.practice import database
from drill.practice.attempt import Attempt, Kind, Named, Outcome, Reply, moment, stamp
from drill.practice.beside import Beside, beside_of, data_beside, merge_beside
from drill.practice.database import speaking
from drill.practice.history import History
from drill.practice.records import IN_ORDER, attempt_of, row_of
from drill.visible import shown

FORMAT = 1
NAME = "drill history"
LONGEST_LINE = 2_000_000
MOST = 2_000_000
LONGEST_NAME = 200
# Far outside of these years the calendar ends, and a due date with it.
YEARS = range(1970, 2200)
APART = timedelta(days=2)
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
    plan : mapping or None
        The plan that came along, as it is kept; one without an exam ended ours.
    """

    read: int
    new: int
    undone: int
    plan: Mapping[str, Any] | None = None


@speaking
def written(history: History) -> Iterator[str]:
    """Return a history as lines of JSON: a heading, then an attempt each.

    What was taken back goes along, so that it is taken back everywhere.  The plan and
    what was set aside stand in the heading, over which an older program reads on.
    """
    rows = history.connection.execute(f"SELECT * FROM attempt {IN_ORDER}")
    return lines_of(rows.fetchall(), data_beside(history))


def lines_of(rows: Sequence[Row], beside: Mapping[str, Any]) -> Iterator[str]:
    """Write rows of the log as the lines of an export; the heading tells the rest."""
    head = {"format": FORMAT, "name": NAME, "attempts": len(rows), **beside}
    lines = (_data(attempt_of(row), undone=bool(row["undone"])) for row in rows)
    return map(json.dumps, chain([head], lines))


def _data(attempt: Attempt, *, undone: bool) -> dict[str, object]:
    data: dict[str, object] = {name: getattr(attempt, name) for name in sorted(_ALL)}
    data |= {
        "replies": [[reply.typed, reply.read] for reply in attempt.replies],
        "mistakes": [[named.name, named.say] for named in attempt.mistakes],
        "at": stamp(attempt.at),
        "day": attempt.day.isoformat(),
    }
    return data | ({"undone": True} if undone else {})


def heading(line: str, name: str) -> Beside:
    """Read what the heading of an export carries besides the answers.

    Raises
    ------
    HistoryError
        When it is no heading.
    """
    data = _json(line.removeprefix("\ufeff"))
    _promised(data, name)
    try:
        return beside_of(data)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise HistoryError(f"{name}, line 1: {shown(str(error), 120)}") from None


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
    number, found, promised = 0, 0, None
    for number, line in enumerate(lines, 1):
        where = f"{name}, line {number}"
        if len(line) > LONGEST_LINE or number > MOST:
            raise HistoryError(f"{where}: this is too long for a history")
        data = _json(line.removeprefix("\ufeff") if number == 1 else line)
        if number == 1:
            promised = _promised(data, name)
        elif line.strip():
            found += 1
            yield _attempt(data, where)
    if number == 0:
        _promised(None, name)
    if promised is not None and promised != found:
        raise HistoryError(
            f"{name} begins with a promise of {promised} answers and holds {found}:"
            " copy it again, it was cut off"
        )


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _promised(head: object, name: str) -> int | None:
    """Check the heading; return how many attempts it says will follow."""
    if not isinstance(head, dict) or head.get("name") != NAME:
        raise HistoryError(
            f"{name} is no exported history; make one with 'drill export FILE'"
        )
    found = head.get("format")
    if type(found) is not int or found < 1:
        raise HistoryError(f"{name}, line 1: 'format' must be a whole number from 1")
    if found > FORMAT:
        raise HistoryError(
            f"{name} was written by a newer drill (its format is"
            f" {shown(str(found), 20)}, this program knows {FORMAT}); upgrade drill"
        )
    promised = head.get("attempts")
    return promised if type(promised) is int else None


def _attempt(data: object, where: str) -> tuple[Attempt, bool]:
    if not isinstance(data, dict) or not data.keys() >= _ALL:
        raise HistoryError(f"{where}: this is no attempt")
    try:
        values = {name: _value(name, data[name]) for name in _ALL}
        attempt = Attempt(**values)
        if abs(attempt.at.date() - attempt.day) > APART:
            raise ValueError("'day' is not the day of 'at'")
        if attempt.part >= attempt.parts:
            raise ValueError("'part' must be less than 'parts'")
    except (ValueError, TypeError, OverflowError) as error:
        raise HistoryError(f"{where}: {shown(str(error), 120)}") from None
    return attempt, data.get("undone") is True


def _value(name: str, value: Any) -> Any:
    """Check one field of an attempt."""
    if name in _TEXTS:
        allowed = {"outcome": get_args(Outcome), "kind": get_args(Kind)}.get(name)
        # A surrogate would be refused by the database, late.
        good = isinstance(value, str) and value.isprintable()
        short = good and (name == "drawn" or len(value) <= LONGEST_NAME)
        if not short or (allowed and value not in allowed):
            raise ValueError(f"'{name}' cannot be {str(value)[:40]!r}")
        return value
    if name in _WHOLE:
        if type(value) is not int or not 0 <= value < 2**53:
            raise ValueError(f"'{name}' must be a whole number")
        return value
    if name == "score":
        if type(value) not in (int, float) or not 0 <= value <= 1:
            raise ValueError("'score' must be from 0 to 1")
        return float(value)
    if name == "at":
        return _moment(value)
    if name == "day":
        return date.fromisoformat(value)
    kind = Reply if name == "replies" else Named
    return tuple(kind(*pair) for pair in _pairs(name, value))


def _moment(value: Any) -> datetime:
    """Read a moment as precisely as a history keeps it."""
    found = datetime.fromisoformat(value)
    if found.tzinfo is None or found.year not in YEARS:
        raise ValueError(f"'at' cannot be {value[:40]!r}")
    return moment(stamp(found))


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    """Check a list of pairs of texts."""
    if not isinstance(value, list):
        raise ValueError(f"'{name}' must be a list")
    for pair in value:
        texts = isinstance(pair, list) and all(isinstance(text, str) for text in pair)
        if not texts or len(pair) != 2:
            raise ValueError(f"'{name}' must hold pairs of texts")
        "".join(pair).encode()
    return [(first, second) for first, second in value]


@speaking
def merge(
    history: History,
    found: Iterable[tuple[Attempt, bool]],
    beside: Beside | None = None,
) -> Merged:
    """Take another machine's attempts in: all of them, or none.

    Of an attempt that both know the one with more replies counts, and of two with as
    many the one that was recorded later; what was taken back on one machine is taken
    back on both.

    Parameters
    ----------
    history : History
    found : iterable of (Attempt, bool)
        As `parsed` yields them.
    beside : Beside, optional
        As `heading` reads it.
    """
    read = new = undone = 0
    touched: set[str] = set()
    with database.writing(history.connection) as into:
        names = dict(into.execute("SELECT old, new FROM renamed").fetchall())
        for given, gone in found:
            read += 1
            attempt = replace(given, question=_today(names, given.question))
            row = into.execute(
                "SELECT * FROM attempt WHERE id = ?", (attempt.id,)
            ).fetchone()
            mine = attempt_of(row) if row else None
            better = mine is None or _rank(attempt) > _rank(mine)
            fell = gone and not (row and row["undone"])
            if better:
                history.keep(attempt)
            if better or fell:
                touched |= {one.question for one in (attempt, mine) if one}
            new += mine is None
            if fell:
                undone += mine is not None
                into.execute(
                    "UPDATE attempt SET undone = 1 WHERE id = ?", (attempt.id,)
                )
        for question in sorted(touched):
            history.replay(question)
        plan = None if beside is None else merge_beside(history, beside)
    return Merged(read, new, undone, plan)


def _today(names: Mapping[str, str], question: str) -> str:
    """Follow a question's renamings, which might go round in a circle."""
    for _ in names:
        question = names.get(question, question)
    return question


def _rank(attempt: Attempt) -> tuple[object, ...]:
    """Order the records of one attempt, the same way on every machine."""
    return len(attempt.replies), attempt.at, attempt.ms, repr(row_of(attempt))
