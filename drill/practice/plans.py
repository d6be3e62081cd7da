"""The plan for an exam as it is kept, and how much of today it has had."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from drill.practice.attempt import Plan, stamp
from drill.practice.database import speaking
from drill.practice.history import History
from drill.practice.known_questions import remember_setting, setting

NAME = "plan"
# Before much was answered a minute of the bank is taken for a minute.
PRIOR = 10.0
LATELY = 60
PACES = (0.5, 3.0)
# A second try and the solution take time that is not measured: a share of the question.
AFTER_A_MISS = 0.5


def keep(history: History, plan: Plan | None, at: datetime) -> None:
    """Keep a plan in place of the last one; None ends it."""
    data: dict[str, Any] = {"at": stamp(at)}
    if plan is not None:
        data |= {"exam": plan.exam.isoformat(), "minutes": plan.minutes}
        data |= {"topics": list(plan.topics)}
    remember_setting(history, NAME, json.dumps(data))


def kept(history: History) -> dict[str, Any] | None:
    """Return what was kept last, as it is written: an ended plan has only ``at``."""
    text = setting(history, NAME)
    return json.loads(text) if text else None


def plan_of(data: dict[str, Any] | None) -> Plan | None:
    """Return the plan that was kept; None when there is none, or none any more."""
    if not data or "exam" not in data:
        return None
    exam = date.fromisoformat(data["exam"])
    return Plan(exam, data["minutes"], tuple(data["topics"]))


def current(history: History, today: date) -> Plan | None:
    """Return the plan that is followed today; after its exam there is none."""
    plan = plan_of(kept(history))
    return plan if plan and plan.days_left(today) >= 0 else None


@speaking
def pace(history: History, today: date) -> float:
    """Return how many minutes a minute of the bank took this learner lately.

    A question that was asked again on the same day counts once, with all of its time.
    Today is left out, so that what is planned for it stays.
    """
    rows = history.connection.execute(
        "SELECT sum(a.ms) AS ms, max(a.outcome <> 'right') AS missed, q.minutes"
        " FROM attempt a"
        " JOIN question q ON q.id = a.question"
        " WHERE a.undone = 0 AND a.outcome <> 'skipped' AND a.day < ?"
        " GROUP BY a.day, a.question ORDER BY a.day DESC LIMIT ?",
        (today.isoformat(), LATELY),
    ).fetchall()
    took = PRIOR + sum(
        row["ms"] / 60_000 + AFTER_A_MISS * row["missed"] * row["minutes"]
        for row in rows
    )
    planned = PRIOR + sum(row["minutes"] for row in rows)
    return float(min(PACES[1], max(PACES[0], took / planned)))


@speaking
def spent(history: History, plan: Plan, today: date, speed: float) -> float:
    """Return the minutes that today's questions have taken, by what they are planned.

    Parameters
    ----------
    history : History
    plan : Plan
    today : date
    speed : float
        See `pace`.
    """
    rows = history.connection.execute(
        "SELECT DISTINCT q.id, q.topic, q.minutes FROM attempt a"
        " JOIN question q ON q.id = a.question"
        " WHERE a.undone = 0 AND a.outcome <> 'skipped' AND a.day = ?",
        (today.isoformat(),),
    )
    topics = set(plan.topics)
    minutes = sum(row["minutes"] for row in rows if row["topic"] in topics)
    return float(speed * minutes)
