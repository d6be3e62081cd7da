"""What a layout finds: a file, and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from drill.classroom.export import Entry


@dataclass(frozen=True, slots=True)
class Found:
    """A file that somebody handed in.

    Attributes
    ----------
    keys : tuple of str
        What the platform calls the student, the surest first.
    inside : tuple of str
        The file's folders and name within what the student handed in.
    submitted : datetime or None
        When, as the platform says it; else the file's own time.
    late : bool
        Whether the platform itself says so.
    attempt : int
        Of several files of the same name, the one with the highest counts.
    """

    keys: tuple[str, ...]
    inside: tuple[str, ...]
    entry: Entry
    submitted: datetime | None
    late: bool = False
    attempt: int = 0


_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(.*)")
_OFFSET = re.compile(r"([+-]\d\d):?(\d\d)")


def read_time(text: str) -> datetime | None:
    """Read a time with its zone, as Ruby, Python or a person writes it.

    Returns
    -------
    datetime or None
        Without a zone when none is written.

    Examples
    --------
    >>> read_time("2026-11-20 23:59:10.000000000 Z").isoformat()
    '2026-11-20T23:59:10+00:00'
    >>> read_time("2026-11-20 23:59 Europe/Berlin").isoformat()
    '2026-11-20T23:59:00+01:00'
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    try:
        when = datetime.fromisoformat(f"{found[1]}T{found[2]}")
        zone = found[3].strip()
        if not zone:
            return when
        if zone in ("Z", "UTC"):
            return when.replace(tzinfo=UTC)
        if offset := _OFFSET.fullmatch(zone):
            return datetime.fromisoformat(f"{when.isoformat()}{offset[1]}:{offset[2]}")
        return when.replace(tzinfo=ZoneInfo(zone))
    except (ValueError, KeyError, OSError):
        return None
