"""Whether a history is sound; nothing is changed, and nothing is made."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from drill.practice.attempt import Attempt
from drill.practice.database import (
    APPLICATION,
    FORMAT,
    OLDEST_SQLITE,
    VARIABLE,
    explained,
    is_broken,
)
from drill.practice.memory import Memory, replay
from drill.practice.records import IN_ORDER, attempt_of, memory_of

TABLES = {"attempt", "draft", "memory", "question", "renamed", "setting", "sitting"}
SINCE = {"report": 2}
"""The format with which a table came.  A file is brought up to date when it is used."""
# What reading a row raises whose texts are not those that were written.
_UNREAD = (ValueError, KeyError, TypeError, OverflowError)


@dataclass(frozen=True)
class Health:
    """What was found.

    Attributes
    ----------
    attempts : int or None
        None when they cannot be counted.
    format : int or None
    troubles : tuple of str
        Sentences: what is wrong, and what to do.
    """

    attempts: int | None = None
    format: int | None = None
    troubles: tuple[str, ...] = ()


def examine(path: Path) -> Health:
    """Look at the history in `path`, which need not be there.

    Returns
    -------
    Health
        Whatever is wrong with the file: this never raises.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        return Health(troubles=(f"SQLite is too old: {wanted} is needed",))
    try:
        if not path.exists():
            lost = path.is_symlink()
            said = f"{path} is a link to what is not there: remove the link"
            return Health(troubles=(said,) if lost else ())
        # Read-only: SQLite would make a file that is not there, or roll one back.
        place = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(place, uri=True, timeout=1)
    except (OSError, sqlite3.Error) as error:
        return Health(
            troubles=(
                f"{path} cannot be opened ({error}): name another folder with"
                f" {VARIABLE}",
            )
        )
    try:
        connection.row_factory = sqlite3.Row
        return _examine(connection, path)
    except sqlite3.Error as error:
        return Health(troubles=(_said(error, path),))
    finally:
        connection.close()


def _said(error: sqlite3.Error, path: Path) -> str:
    """Say why a file cannot be read, and what becomes of it."""
    if is_broken(error):
        return (
            f"{path} cannot be read: {error}; drill moves it aside at the next start,"
            " and keeps it"
        )
    # Opened for reading only, SQLite may not roll back what a killed program left.
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
        return f"a write to {path} was cut off: 'drill due' puts it right"
    return str(explained(error, path))


def _examine(connection: sqlite3.Connection, path: Path) -> Health:
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    if ours and found > FORMAT:
        said = f"{path} was written by a newer drill (format {found}): upgrade drill"
        return Health(None, found, (said,))
    check = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if check != "ok":
        said = f"{path} is damaged ({check}): export what can be read, and move it away"
        return Health(None, found, (said,))
    there = {
        row["name"] for row in connection.execute("SELECT name FROM sqlite_master")
    }
    if not there:
        return Health(0, found)
    wanted = TABLES | {name for name, since in SINCE.items() if since <= found}
    if not there >= wanted:
        lacks = ", ".join(sorted(wanted - there))
        said = (
            f"{path} lacks the tables {lacks}: it is damaged"
            if ours
            else (f"{path} is another program's")
        )
        return Health(
            None,
            found,
            (f"{said}; move it away, or name another folder with {VARIABLE}",),
        )
    return _read(connection, path, found)


def _read(connection: sqlite3.Connection, path: Path, found: int) -> Health:
    """Read all rows, and compare the schedule with a replay of the log."""
    logs: dict[str, list[Attempt]] = {}
    count, unread = 0, 0
    for row in connection.execute(f"SELECT * FROM attempt {IN_ORDER}"):
        count += 1
        try:
            attempt = attempt_of(row)
        except _UNREAD:
            unread += 1
            continue
        logs.setdefault(attempt.question, []).extend([] if row["undone"] else [attempt])
    troubles = []
    if unread:
        troubles = [
            f"{unread} of {count} answers in {path} cannot be read: move it away, and"
            " import what you exported last"
        ]
    else:
        wrong = _unlike(logs, connection)
        if wrong:
            what = "a question" if wrong == 1 else f"{wrong} questions"
            troubles = [
                f"the schedule of {what} is not what the log makes of it:"
                " 'drill doctor --mend' makes it anew"
            ]
    return Health(count, found, tuple(troubles))


def _unlike(logs: dict[str, list[Attempt]], connection: sqlite3.Connection) -> int:
    """Count the questions whose memory is not the replay of their attempts."""
    kept: dict[str, Memory] = {}
    odd: set[str] = set()
    for row in connection.execute("SELECT * FROM memory"):
        try:
            kept[row["question"]] = memory_of(row)
        except _UNREAD:
            odd.add(row["question"])
    for name in kept.keys() | logs.keys():
        if kept.get(name) != replay(logs.get(name, [])):
            odd.add(name)
    return len(odd)
