"""Sittings: a quiz, a review or an exam from its plan to its end."""

from __future__ import annotations

import json
from datetime import datetime

from drill.practice import database
from drill.practice.attempt import Kind, Sitting, new_id, stamp
from drill.practice.database import speaking
from drill.practice.history import History
from drill.practice.records import sitting_of


@speaking
def begin(history: History, kind: Kind, plan: dict[str, object], at: datetime) -> str:
    """Open a sitting and return its id."""
    name = new_id()
    with database.writing(history.connection) as into:
        into.execute(
            "INSERT INTO sitting (id, kind, plan, started_at) VALUES (?, ?, ?, ?)",
            (name, kind, json.dumps(plan), stamp(at)),
        )
    return name


@speaking
def replan(history: History, sitting: str, plan: dict[str, object]) -> None:
    """Change what a sitting still has to ask."""
    with database.writing(history.connection) as into:
        into.execute(
            "UPDATE sitting SET plan = ? WHERE id = ?", (json.dumps(plan), sitting)
        )


@speaking
def finish(history: History, sitting: str, at: datetime) -> None:
    """Close a sitting: it is not offered again."""
    with database.writing(history.connection) as into:
        into.execute(
            "UPDATE sitting SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
            (stamp(at), sitting),
        )


@speaking
def unfinished(history: History, *kinds: Kind) -> Sitting | None:
    """Return the newest sitting of these kinds that was not finished."""
    slots = ", ".join("?" * len(kinds))
    row = history.connection.execute(
        f"SELECT * FROM sitting WHERE ended_at IS NULL AND kind IN ({slots})"
        " ORDER BY started_at DESC LIMIT 1",
        kinds,
    ).fetchone()
    return sitting_of(row) if row else None


@speaking
def handed_in(history: History, since: datetime) -> bool:
    """Tell whether an exam was handed in since a moment."""
    row = history.connection.execute(
        "SELECT 1 FROM sitting WHERE kind = 'exam' AND ended_at >= ? LIMIT 1",
        (stamp(since),),
    ).fetchone()
    return row is not None


@speaking
def keep_draft(
    history: History, sitting: str, place: int, reply: str, at: datetime
) -> None:
    """Keep an answer of an exam that is not handed in yet."""
    with database.writing(history.connection) as into:
        into.execute(
            "INSERT INTO draft (sitting, place, reply, at) VALUES (?, ?, ?, ?)",
            (sitting, place, reply, stamp(at)),
        )


@speaking
def drafts(history: History, sitting: str) -> dict[int, str]:
    """Return the last answer of each place of an exam."""
    rows = history.connection.execute(
        "SELECT place, reply FROM draft WHERE sitting = ? ORDER BY seq", (sitting,)
    )
    return {row["place"]: row["reply"] for row in rows}


@speaking
def asked_in(history: History, sitting: str) -> dict[str, set[int]]:
    """Return which parts of which tickets a sitting has answers to."""
    found: dict[str, set[int]] = {}
    for row in history.connection.execute(
        "SELECT ticket, part FROM attempt WHERE sitting = ? AND undone = 0",
        (sitting,),
    ):
        found.setdefault(row["ticket"], set()).add(row["part"])
    return found
