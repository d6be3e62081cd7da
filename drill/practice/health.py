"""Whether a history is sound; nothing is changed, and nothing is made."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from drill.practice.database import FORMAT, OLDEST_SQLITE
from drill.practice.history import History
from drill.practice.memory import replay


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
            return Health()
        # Read-only: SQLite would make a file that is not there, or roll one back.
        place = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(place, uri=True, timeout=1)
    except (OSError, sqlite3.Error) as error:
        return Health(troubles=(f"{path} cannot be opened: {error}",))
    try:
        connection.row_factory = sqlite3.Row
        return _examine(connection, path)
    except sqlite3.Error as error:
        return Health(
            troubles=(
                f"{path} cannot be read: {error}; drill moves it aside at the next"
                " start, and keeps it",
            )
        )
    finally:
        connection.close()


def _examine(connection: sqlite3.Connection, path: Path) -> Health:
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > FORMAT:
        said = f"{path} was written by a newer drill (format {found}): upgrade drill"
        return Health(None, found, (said,))
    check = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if check != "ok":
        said = f"{path} is damaged ({check}): export what can be read, and move it away"
        return Health(None, found, (said,))
    if not found:
        return Health(0, found)
    history = History(connection, path)
    memories = history.memories()
    count, wrong = 0, 0
    log = sorted(history.attempts(undone=None), key=lambda one: one.question)
    count = len(log)
    undone = {one.id for one in history.attempts(undone=True)}
    replayed = {}
    for question, attempts in groupby(log, key=lambda one: one.question):
        made = replay(one for one in attempts if one.id not in undone)
        if made is not None:
            replayed[question] = made
    wrong = sum(
        memories.get(name) != replayed.get(name)
        for name in memories.keys() | replayed.keys()
    )
    troubles: tuple[str, ...] = ()
    if wrong:
        said = f"the schedule of {wrong} questions is not what the log makes of it"
        troubles = (f"{said}: 'drill doctor --mend' makes it anew",)
    return Health(count, found, troubles)
