"""What the bank held when it was last opened, so that counting needs no bank."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from drill.practice import database
from drill.practice.attempt import Known
from drill.practice.database import speaking
from drill.practice.history import History


@speaking
def know(history: History, questions: Iterable[Known]) -> None:
    """Note what the bank holds, and carry histories over renamings.

    Parameters
    ----------
    history : History
    questions : iterable of Known
        All questions of each topic that was loaded.
    """
    listed = tuple(questions)
    connection = history.connection
    topics = {known.topic for known in listed}
    wanted = {(k.id, k.topic, k.skill, k.level, k.minutes) for k in listed}
    have = {
        tuple(row)
        for row in connection.execute("SELECT * FROM question")
        if row["topic"] in topics
    }
    names = {(old, known.id) for known in listed for old in known.was}
    there = {tuple(row) for row in connection.execute("SELECT * FROM renamed")}
    if wanted == have and names <= there and not _waiting(connection):
        return
    with database.writing(connection) as into:
        into.executemany(
            "DELETE FROM question WHERE id = ?", [row[:1] for row in have - wanted]
        )
        into.executemany(
            "INSERT OR REPLACE INTO question VALUES (?, ?, ?, ?, ?)", wanted
        )
        into.executemany("INSERT OR REPLACE INTO renamed VALUES (?, ?)", names)
        for old, new in _waiting(into):
            # The ticket keeps the old name; what was learnt goes on under the new.
            into.execute(
                "UPDATE attempt SET question = ? WHERE question = ?", (new, old)
            )
            history.replay(old)
            history.replay(new)


def _waiting(connection: Connection) -> list[tuple[str, str]]:
    """Return the renamings under whose old names there still are attempts."""
    rows = connection.execute(
        "SELECT old, new FROM renamed"
        " WHERE old IN (SELECT question FROM attempt WHERE question = old)"
    )
    return [(row["old"], row["new"]) for row in rows]


@speaking
def known(history: History) -> tuple[Known, ...]:
    """Return what the bank held when it was last opened, by topic and name.

    What was set aside is left out: see `reports`.
    """
    rows = history.connection.execute(
        "SELECT * FROM question WHERE id NOT IN"
        " (SELECT coalesce(new, question) FROM report"
        "  LEFT JOIN renamed ON old = question WHERE settled = 0)"
        " ORDER BY topic, id"
    )
    return tuple(Known(*row) for row in rows)


@speaking
def setting(history: History, name: str) -> str | None:
    """Return a remembered setting."""
    row = history.connection.execute(
        "SELECT value FROM setting WHERE name = ?", (name,)
    ).fetchone()
    return row["value"] if row else None


@speaking
def remember_setting(history: History, name: str, value: str) -> None:
    """Remember a setting."""
    with database.writing(history.connection) as into:
        into.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
