"""Files named by student and ticket, such as ``ada conv-output-size@7-3673.npy``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drill.classroom.export import Export
from drill.classroom.layouts.found import Found
from drill.drawing import find_ticket

NAME = "files named by student and ticket"


def fits(export: Export, known: Callable[[str], bool] | None) -> bool:
    """Tell it by a ticket, and something before it, in a name."""
    return any(_student(one.name) for one in export.entries if len(one.parts) == 1)


def read(export: Export) -> Iterator[Found]:
    """Take the student from before the ticket."""
    for one in export.entries:
        student = _student(one.name) if len(one.parts) == 1 else ""
        if student:
            yield Found((student,), (one.name,), one, one.modified)


def _student(name: str) -> str:
    ticket = find_ticket(name)
    return name.partition(str(ticket))[0].strip(" _-") if ticket else ""
