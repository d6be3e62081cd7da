"""Layouts: how each platform packs what a class handed in, a module for each.

A layout has a `NAME`, a function `fits` that tells it from the names alone, and a
function `read` that says for each file whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import ModuleType

from drill.classroom.export import Export
from drill.classroom.layouts import (
    canvas,
    folders,
    github,
    gradescope,
    moodle,
    named_files,
    nbgrader,
)
from drill.classroom.layouts.found import Found
from drill.errors import UsageError

__all__ = ["LAYOUTS", "Found", "recognise"]

# In the order in which they are tried: the most telling names first.
LAYOUTS: dict[str, ModuleType] = {
    "gradescope": gradescope,
    "moodle": moodle,
    "canvas": canvas,
    "nbgrader": nbgrader,
    "github": github,
    "folders": folders,
    "files": named_files,
}
_WRAPPERS = 3


def recognise(
    export: Export, known: Callable[[str], bool] | None, wanted: str = ""
) -> tuple[str, Iterable[Found]]:
    """Tell an export's layout, and read it.

    Parameters
    ----------
    export : Export
    known : callable or None
        Whether a text names a student of the deal; None without a deal.
    wanted : str
        The layout, when somebody says which it is.

    Returns
    -------
    str, iterable of Found
        What it was taken for.

    Raises
    ------
    UsageError
        When no layout fits.
    """
    tried: Export | None = export
    for _ in range(_WRAPPERS + 1):
        if tried is None:
            break
        for name, layout in LAYOUTS.items():
            if wanted in ("", name) and layout.fits(tried, known):
                return layout.NAME, layout.read(tried)
        tried = tried.unwrapped()
    raise UsageError(
        f"'{export.root.name}' holds nothing that a student is named by: expected an"
        f" export of {', '.join(LAYOUTS)}, or a folder for each student"
    )
