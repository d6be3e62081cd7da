"""Attempts for tests: what a learner did, in one line."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from drill.practice import Attempt, Named, Reply, new_id

NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)  # noqa: UP017


def attempt(
    outcome: Any = "right", days: float = 0, question: str = "q-one", **fields: Any
) -> Attempt:
    """Return an attempt, made `days` after noon of the first of May 2026."""
    at = NOON + timedelta(days=days)
    named = fields.pop("mistakes", ())
    values: dict[str, Any] = {
        "id": new_id(),
        "sitting": "s",
        "asking": new_id(),
        "kind": "quiz",
        "question": question,
        "topic": "topic-a",
        "skill": "skill-a",
        "level": 1,
        "part": 0,
        "parts": 1,
        "ticket": f"{question}@7-abcd",
        "drawn": '{"n": 1}',
        "replies": (Reply("1", "1"),),
        "outcome": outcome,
        "score": 1.0 if outcome == "right" else 0.0,
        "hints": 0,
        "hints_of": 3,
        "ms": 20_000,
        "at": at,
        "day": date(at.year, at.month, at.day),
        "version": "0.1.0",
    }
    pairs = tuple(Named(name, f"It is {name}.") for name in named)
    return Attempt(**{**values, "mistakes": pairs, **fields})
