"""A folder for each student, named by the id: what `drill class deal` makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drill.classroom.export import Export
from drill.classroom.layouts.found import Found
from drill.drawing import find_ticket

NAME = "a folder for each student"


def fits(export: Export, known: Callable[[str], bool] | None) -> bool:
    """Tell it by folders that students could be named by."""
    folders = [top for top, folder in export.tops.items() if folder]
    if known is not None:
        return any(known(top) for top in folders)
    inner = export.unwrapped()
    wrapper = inner is not None and any(
        folder and not find_ticket(top) for top, folder in inner.tops.items()
    )
    return not wrapper and any(not find_ticket(top) for top in folders)


def read(export: Export) -> Iterator[Found]:
    """Take the student from the first folder."""
    for one in export.entries:
        if len(one.parts) > 1:
            yield Found((one.parts[0],), one.parts[1:], one, one.modified)
