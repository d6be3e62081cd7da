"""The file that holds a person's history: opened, checked, and brought up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from drill.errors import HistoryError

NAME = "history.db"
VARIABLE = "DRILL_HOME"
FORMAT = 2
APPLICATION = 0x6472696C  # "dril"
PATIENCE = 5.0
SMALL = 8_000_000
OLDEST_SQLITE = (3, 37)
# Of SQLite's primary result codes, those that say that the file itself is bad.
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Placed")


def home() -> Path:
    """Return the folder of the history: ``DRILL_HOME``, else the platform's own."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("drill", appauthor=False)


def has_history() -> bool:
    """Tell whether anything was ever kept, and make no file."""
    return (home() / NAME).exists()


def connect(path: Path, now: datetime) -> tuple[sqlite3.Connection, str]:
    """Open the history, making it when there is none.

    Parameters
    ----------
    path : Path
    now : datetime
        Names the copy when an unreadable file is moved aside.

    Returns
    -------
    connection : sqlite3.Connection
        Without implicit transactions; see `writing`.
    notice : str
        What the person must know: that a broken file was moved aside, and where.

    Raises
    ------
    HistoryError
        When it cannot be opened, or a newer program wrote it.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise HistoryError(
            f"SQLite {sqlite3.sqlite_version} is too old to keep a history;"
            f" {'.'.join(map(str, OLDEST_SQLITE))} or newer is needed"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _opened(path), ""
    except sqlite3.DatabaseError as error:
        if not is_broken(error):
            raise explained(error, path) from None
    except OSError as error:
        raise HistoryError(
            f"the folder of your history, {path.parent}, cannot be made"
            f" ({error.strerror}); name another with {VARIABLE}"
        ) from None
    try:
        aside = _move_aside(path, now)
        return _opened(path), (
            f"your history could not be read; it was moved to {aside}, and a new one"
            " is begun"
        )
    except (sqlite3.DatabaseError, OSError) as error:
        raise explained(error, path) from None


def is_broken(error: sqlite3.Error) -> bool:
    """Tell whether the file itself is bad, not the disk, the lock or the rights."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN


def explained(error: Exception, path: Path) -> HistoryError:
    """Turn a failure of SQLite into a sentence: what, where, what next."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    what, advice = {
        sqlite3.SQLITE_FULL: ("the disk is full", "make room and go on"),
        sqlite3.SQLITE_READONLY: ("it may not be written", "give it write permission"),
        sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "look at its folder's rights"),
        sqlite3.SQLITE_PERM: ("it may not be opened", "look at its rights"),
        sqlite3.SQLITE_BUSY: (
            "another program has held it for too long",
            "close that one and try again",
        ),
        sqlite3.SQLITE_LOCKED: ("it is locked", "try again"),
        sqlite3.SQLITE_IOERR: ("the disk fails", "look at the disk"),
        sqlite3.SQLITE_CORRUPT: ("it is damaged", "start drill again"),
        sqlite3.SQLITE_NOTADB: ("it is no history", "start drill again"),
    }.get(code, (str(error), "try 'drill doctor'"))
    return HistoryError(
        f"your history {path}: {what}; {advice}, or name another folder with {VARIABLE}"
    )


class Placed(Protocol):
    """What lives in a file."""

    @property
    def path(self) -> Path:
        """Where the file is."""


def speaking(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Turn what SQLite raises in a method into a sentence."""

    @wraps(method)
    def spoken(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except sqlite3.Error as error:
            raise explained(error, self.path) from None

    return spoken


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Run one transaction: all of it is kept, or nothing.

    It takes the lock at once: a transaction that reads first and writes later fails
    immediately when another terminal has written in between.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)
    try:
        connection.row_factory = sqlite3.Row
        # The rollback journal works on every file system and leaves one file; emptied
        # and synced, it outlives a power cut.
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        _bring_up_to_date(connection, path)
        if path.stat().st_size <= SMALL:
            _check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    if _format(connection) == FORMAT:
        return
    with writing(connection):
        found = _format(connection)
        if found > FORMAT:
            raise HistoryError(
                f"your history {path} was written by a newer drill (its format is"
                f" {found}, this program knows {FORMAT}); upgrade drill, or name"
                f" another folder with {VARIABLE}"
            )
        for number in range(found, FORMAT):
            for statement in _migration(number):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _check(connection: sqlite3.Connection) -> None:
    """Look for damaged pages; a large file is left to `drill doctor`."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        error = sqlite3.DatabaseError(found)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migration(number: int) -> list[str]:
    """Return the statements that lead from one format to the next.

    They run one by one: `executescript` would commit in the middle.
    """
    from importlib.resources import files

    names = ["schema.sql", "reports.sql"]
    text = files("drill.practice").joinpath(names[number]).read_text("utf-8")
    statements, current = [], ""
    for line in text.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements


def _move_aside(path: Path, now: datetime) -> Path:
    """Rename an unreadable history, and its journal with it; nothing is deleted."""
    name = f"{path.stem}.broken-{now:%Y%m%d-%H%M%S}"
    aside = path.with_name(f"{name}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{name}-{number}{path.suffix}")
    path.rename(aside)
    journal = Path(f"{path}-journal")
    if journal.exists():
        journal.rename(f"{aside}-journal")
    return aside
