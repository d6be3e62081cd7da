"""The history: every answer is in the file before the next question is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from drill.practice import database
from drill.practice.attempt import (
    Attempt,
)
from drill.practice.database import speaking
from drill.practice.memory import Memory, remember, replay
from drill.practice.records import (
    COLUMNS,
    IN_ORDER,
    attempt_of,
    memory_of,
    row_of,
    row_of_memory,
)

_SLOTS = ", ".join("?" * len(COLUMNS))
# The same attempt again, after one more reply, takes the place of what was kept of it.
_CHANGED = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "id")
_KEEP = (
    f"INSERT INTO attempt ({', '.join(COLUMNS)}) VALUES ({_SLOTS})"
    f" ON CONFLICT (id) DO UPDATE SET {_CHANGED}"
    " WHERE json_array_length(excluded.replies) >= json_array_length(replies)"
)
# By time: what was merged from elsewhere has the newest number.
_NEWEST = "SELECT * FROM attempt WHERE undone = 0 ORDER BY at DESC, seq DESC LIMIT 1"


def open_history(path: Path, now: datetime) -> History:
    """Open the history in `path`, making it when there is none.

    Parameters
    ----------
    path : Path
    now : datetime

    Raises
    ------
    HistoryError
        When it cannot be used; the sentence says why and what to do.
    """
    connection, notice = database.connect(path, now)
    return History(connection, path, notice)


class History:
    """One person's history, open; use it in a ``with`` block.

    Attributes
    ----------
    path : Path
    notice : str
        What the person must know about how it was opened; mostly empty.
    connection : sqlite3.Connection
        For the modules of this room that only read.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, notice: str = ""
    ) -> None:
        self.connection = connection
        self.path = path
        self.notice = notice

    def __enter__(self) -> History:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.connection.close()

    # Attempts

    @speaking
    def record(self, *attempts: Attempt) -> None:
        """Keep attempts and what they change in the memory: all, or none.

        An attempt is kept at its first reply; after one more reply it is recorded
        again under the same id, and takes its own place.
        """
        with database.writing(self.connection):
            for attempt in attempts:
                self.keep(attempt)
            for attempt in attempts:
                self._remember(attempt)

    @speaking
    def last(self) -> Attempt | None:
        """Return the answer that was given last."""
        row = self.connection.execute(_NEWEST).fetchone()
        return attempt_of(row) if row else None

    @speaking
    def undo(self, only: str | None = None) -> Attempt | None:
        """Take back the last answer and its effect on the schedule.

        Parameters
        ----------
        only : str, optional
            The id that the last answer must have, if it is to be taken back: another
            terminal may have gone on.

        Returns
        -------
        Attempt or None
            What was taken back; it stays in the log, marked.
        """
        with database.writing(self.connection) as into:
            row = into.execute(_NEWEST).fetchone()
            if row is None or only not in (None, row["id"]):
                return None
            into.execute("UPDATE attempt SET undone = 1 WHERE seq = ?", (row["seq"],))
            self.replay(row["question"])
        return attempt_of(row)

    @speaking
    def attempts(
        self, question: str | None = None, *, undone: bool | None = False
    ) -> Iterator[Attempt]:
        """Return attempts in their order.

        Parameters
        ----------
        question : str, optional
            Only those at this one.
        undone : bool, optional
            False for those that count, True for those that were taken back, None for
            both.
        """
        wanted = [
            ("question = ?", question),
            ("undone = ?", None if undone is None else int(undone)),
        ]
        used = [(sql, value) for sql, value in wanted if value is not None]
        where = " AND ".join(sql for sql, _ in used) or "1"
        rows = self.connection.execute(
            f"SELECT * FROM attempt WHERE {where} {IN_ORDER}",
            [value for _, value in used],
        )
        return map(attempt_of, rows.fetchall())

    @speaking
    def last_drawn(self, question: str, count: int = 5) -> set[str]:
        """Return the values of the last draws that were asked of a question."""
        rows = self.connection.execute(
            "SELECT drawn FROM attempt WHERE question = ? AND part = 0"
            " ORDER BY day DESC, at DESC LIMIT ?",
            (question, count),
        )
        return {row["drawn"] for row in rows}

    @speaking
    def first_seen(self) -> dict[str, date]:
        """Return the local day on which each question was first answered.

        What was only skipped is new still, or it would never come again.
        """
        rows = self.connection.execute(
            "SELECT question, min(day) AS day FROM attempt"
            " WHERE undone = 0 AND outcome <> 'skipped' GROUP BY question"
        )
        return {row["question"]: date.fromisoformat(row["day"]) for row in rows}

    @speaking
    def mistakes_of(self, question: str) -> dict[str, int]:
        """Return how often each mistake was named at a question."""
        rows = self.connection.execute(
            "SELECT mistake, count(*) AS times FROM attempt"
            " WHERE question = ? AND undone = 0 AND mistake IS NOT NULL"
            " GROUP BY mistake",
            (question,),
        )
        return {row["mistake"]: row["times"] for row in rows}

    # Memory

    @speaking
    def memories(self) -> dict[str, Memory]:
        """Return what is remembered, by question."""
        rows = self.connection.execute("SELECT * FROM memory ORDER BY question")
        return {row["question"]: memory_of(row) for row in rows}

    @speaking
    def rebuild(self) -> None:
        """Make the memory anew from the log."""
        with database.writing(self.connection) as into:
            names = into.execute(
                "SELECT question FROM memory UNION SELECT question FROM attempt"
            ).fetchall()
            for (name,) in names:
                self.replay(name)

    # Within a transaction

    def keep(self, attempt: Attempt) -> None:
        """Write an attempt, and leave the memory to be made; in a transaction."""
        self.connection.execute(_KEEP, row_of(attempt))

    def _remember(self, attempt: Attempt) -> None:
        row = self.connection.execute(
            "SELECT * FROM memory WHERE question = ?", (attempt.question,)
        ).fetchone()
        memory = memory_of(row) if row else None
        if memory is not None and attempt.day < memory.day:
            # A clock that was set back, or a record from elsewhere: the order matters.
            self.replay(attempt.question)
            return
        today = self._on_day(attempt.question, attempt.day)
        self._keep_memory(attempt.question, remember(memory, today))

    def _on_day(self, question: str, day: date) -> Sequence[Attempt]:
        rows = self.connection.execute(
            "SELECT * FROM attempt WHERE question = ? AND day = ? AND undone = 0"
            f" {IN_ORDER}",
            (question, day.isoformat()),
        )
        return [attempt_of(row) for row in rows]

    def replay(self, question: str) -> None:
        """Make one question's memory anew; within a transaction."""
        rows = self.connection.execute(
            f"SELECT * FROM attempt WHERE question = ? AND undone = 0 {IN_ORDER}",
            (question,),
        )
        self._keep_memory(question, replay(map(attempt_of, rows)))

    def _keep_memory(self, question: str, memory: Memory | None) -> None:
        if memory is None:
            self.connection.execute(
                "DELETE FROM memory WHERE question = ?", (question,)
            )
            return
        self.connection.execute(
            "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row_of_memory(memory),
        )
