"""Questions that were set aside, until somebody has looked at them."""

from __future__ import annotations

from collections.abc import Collection
from sqlite3 import Row

from drill.practice import database
from drill.practice.attempt import Report, moment, stamp
from drill.practice.database import speaking
from drill.practice.history import History


@speaking
def set_aside(history: History, report: Report, asking: str | None = None) -> None:
    """Keep a report; the question is not asked again until it is settled.

    Parameters
    ----------
    history : History
    report : Report
    asking : str, optional
        The one whose answers are not to count.
    """
    with database.writing(history.connection) as into:
        keep(history, report)
        into.execute("UPDATE attempt SET undone = 1 WHERE asking = ?", (asking,))
        history.replay(report.question)


def keep(history: History, report: Report) -> None:
    """Write a report; within a transaction.  What is settled once stays settled."""
    history.connection.execute(
        "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET settled = max(settled, excluded.settled)",
        (
            report.id,
            report.question,
            report.topic,
            report.ticket,
            report.part,
            report.note,
            report.typed,
            stamp(report.at),
            report.version,
            report.settled,
        ),
    )


@speaking
def reports(history: History, *, settled: bool | None = False) -> tuple[Report, ...]:
    """Return what was set aside, the oldest first.

    Parameters
    ----------
    history : History
    settled : bool, optional
        False for what waits, True for what is asked again, None for both.
    """
    rows = history.connection.execute("SELECT * FROM report ORDER BY at, id")
    found = map(_report, rows.fetchall())
    return tuple(one for one in found if settled in (None, one.settled))


@speaking
def settle(history: History, ids: Collection[str]) -> None:
    """Ask the questions of some reports again."""
    with database.writing(history.connection) as into:
        into.executemany(
            "UPDATE report SET settled = 1 WHERE id = ?", [(one,) for one in ids]
        )


def _report(row: Row) -> Report:
    values = dict(row)
    return Report(
        **{**values, "at": moment(row["at"]), "settled": bool(row["settled"])}
    )
