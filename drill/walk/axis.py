"""One side of an input as a row of cells: what a window covers, where it started."""

from __future__ import annotations

from collections.abc import Container, Iterable

from drill.walk.frame import Entry, Panel, Role
from drill.walk.panels import marks

LONGEST = 12
SKIPPED, OUTSIDE = "…", "."


def ruler(
    n: int, p: int | tuple[int, int], covered: Iterable[int], starts: Container[int]
) -> Panel:
    """Draw one side with its padding, the covered cells and the window's starts.

    Parameters
    ----------
    n : int
        Cells without padding.
    p : int or (int, int)
        Cells of padding on each side, or before and after.
    covered : iterable of int
    starts : container of int
        Both counted from the first cell of the padding.

    Examples
    --------
    >>> ruler(3, (0, 1), [], []).rows
    ((0, 1, 2, '.'),)
    """
    before, after = (p, p) if isinstance(p, int) else p
    length = n + before + after
    inside = [at for at in covered if at < length]
    keep = kept(length, inside)
    entries: list[Entry] = []
    roles: dict[tuple[int, int], Role] = {}
    for at in keep:
        column = len(entries)
        if at is None:
            entries.append(SKIPPED)
            continue
        padding = at < before or at >= n + before
        entries.append(OUTSIDE if padding else at - before)
        if padding:
            roles[0, column] = Role.PADDING
        if at in starts:
            roles[0, column] = Role.NOW
        if at in inside:
            roles |= marks([(0, column)], Role.WINDOW)
    return Panel("cells", (tuple(entries),), roles, f"{n} long")


def kept(length: int, inside: list[int]) -> list[int | None]:
    """Choose the cells of a long ruler that are drawn; None where some are left out.

    Examples
    --------
    >>> kept(40, [7, 8])
    [0, 1, None, 7, 8, None, 38, 39]
    """
    if length <= LONGEST:
        return list(range(length))
    seen = inside if len(inside) <= 6 else [*inside[:2], *inside[-2:]]
    wanted = sorted({0, 1, *seen, length - 2, length - 1})
    found: list[int | None] = []
    for number, at in enumerate(wanted):
        if number and at - wanted[number - 1] > 1:
            found.append(None)
        found.append(at)
    return found
