"""Asking as a value: tries, hints, what is carried forward, what is kept and when."""

from drill.asking.answered import Answered, Outcome, Try
from drill.asking.turns import (
    TRIES,
    Asking,
    Event,
    HintGiven,
    Judged,
    Reply,
    Step,
    Unread,
    begin,
    pause,
    take,
)

__all__ = [
    "TRIES",
    "Answered",
    "Asking",
    "Event",
    "HintGiven",
    "Judged",
    "Outcome",
    "Reply",
    "Step",
    "Try",
    "Unread",
    "begin",
    "pause",
    "take",
]
