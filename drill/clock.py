"""The only place that reads the clock."""

from __future__ import annotations

from datetime import datetime


def now() -> datetime:
    """Return the moment, in the person's own time zone."""
    return datetime.now().astimezone()
