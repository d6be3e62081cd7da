"""nbgrader: ``user/assignment/``, often below ``submitted`` and with a timestamp."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from drill.classroom.export import Export
from drill.classroom.layouts.found import Found, read_time
from drill.drawing import find_ticket
from drill.errors import UnreadableError

NAME = "nbgrader's submitted folder"
TIMESTAMP = "timestamp.txt"
SUBMITTED = "submitted"
_LONGEST = 200


def fits(export: Export, known: Callable[[str], bool] | None) -> bool:
    """Tell it by time stamps, or by one assignment's name below every student."""
    entries = export.entries
    if set(export.tops) == {SUBMITTED}:
        # The folder around the students is nbgrader's own.
        return False
    if any(len(one.parts) == 3 and one.name == TIMESTAMP for one in entries):
        return True
    second = {one.parts[1] for one in entries if len(one.parts) > 2}
    deep = all(len(one.parts) > 2 for one in entries)
    plain = not any(find_ticket(name) for name in second)
    return deep and plain and len(second) == 1 and len(export.tops) > 1


def read(export: Export) -> Iterator[Found]:
    """Take the student from the first folder; the second names the assignment."""
    times: dict[tuple[str, ...], datetime | None] = {}
    for one in export.entries:
        if len(one.parts) == 3 and one.name == TIMESTAMP:
            try:
                text = one.read(_LONGEST).decode("utf-8", "replace")
            except UnreadableError:
                continue
            times[one.parts[:2]] = read_time(text)
    for one in export.entries:
        if len(one.parts) > 2 and one.name != TIMESTAMP:
            when = times.get(one.parts[:2]) or one.modified
            yield Found((one.parts[0],), one.parts[2:], one, when)
