"""What a person did, how well they remember it, and what is due."""

from drill.practice.attempt import (
    Attempt,
    Kind,
    Known,
    Named,
    Outcome,
    Plan,
    Reply,
    Report,
    Sitting,
    new_id,
)
from drill.practice.database import NAME, VARIABLE, has_history, home
from drill.practice.history import History, open_history
from drill.practice.memory import Memory, State, retrievability, review

__all__ = [
    "NAME",
    "VARIABLE",
    "Attempt",
    "History",
    "Kind",
    "Known",
    "Memory",
    "Named",
    "Outcome",
    "Plan",
    "Reply",
    "Report",
    "Sitting",
    "State",
    "has_history",
    "home",
    "new_id",
    "open_history",
    "retrievability",
    "review",
]
