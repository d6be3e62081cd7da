"""Windows that move over a grid: where they stand, and what is shown of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drill.walk.frame import Frame, Panel, Role
from drill.walk.panels import Cell, cells, marks, panel

EACH, FEW, PADDED = 25, 3, "."
MOST, ROOM = 60, 44
"""Frames of a walk at most, and how many of them windows may take."""


@dataclass(frozen=True)
class Windows:
    """Windows that move over a grid.

    Attributes
    ----------
    height, width : int
        Of the grid without its padding.
    sides : (int, int)
        Rows and columns of a window.
    s, p : int
        Stride, and padding on each side.
    """

    height: int
    width: int
    sides: tuple[int, int]
    s: int
    p: int = 0

    @property
    def shape(self) -> tuple[int, int]:
        """How many windows fit down and across."""
        down, across = (
            (size + 2 * self.p - side) // self.s + 1
            for size, side in zip((self.height, self.width), self.sides, strict=True)
        )
        return down, across

    def at(self, cell: Cell) -> list[Cell]:
        """List a window's cells, counted on the padded grid."""
        row, column = cell[0] * self.s, cell[1] * self.s
        high, wide = self.sides
        return cells(range(row, row + high), range(column, column + wide))

    def inside(self, cell: Cell) -> list[Cell]:
        """List a window's cells that are no padding, counted on the grid itself."""
        moved = [(row - self.p, column - self.p) for row, column in self.at(cell)]
        return [
            (row, column)
            for row, column in moved
            if 0 <= row < self.height and 0 <= column < self.width
        ]

    def padded(self, inside: list[Cell]) -> list[Cell]:
        """Count cells of the grid itself on the padded one."""
        return [(row + self.p, column + self.p) for row, column in inside]

    def groups(self, passes: int = 1) -> Iterator[list[Cell]]:
        """Yield the windows of each frame, every window once.

        One at a time while there is room; else those of the first row, or its first
        ones, and then a row or several rows at a time.

        Parameters
        ----------
        passes : int
            How often all windows are gone through, such as once per channel.
        """
        down, across = self.shape
        most = max(ROOM // passes, 1)
        if down * across <= min(EACH, most):
            yield from ([cell] for cell in cells(range(down), range(across)))
            return
        fits = across <= EACH and across + down - 1 <= most
        single = across if fits else min(FEW, across, most - 1)
        yield from ([(0, column)] for column in range(single))
        rest = cells([0], range(single, across)) if single else []
        if rest:
            yield rest
        first = 1 if single else 0
        room = max(most - single - bool(rest), 1)
        step = max(-(-(down - first) // room), 1)
        for row in range(first, down, step):
            yield cells(range(row, min(row + step, down)), range(across))

    def panel(
        self,
        name: str,
        grid: NDArray[Any],
        looked: list[Cell] | None = None,
        chosen: list[Cell] | None = None,
        note: str = "",
        new: list[Cell] | None = None,
    ) -> Panel:
        """Draw the grid with its padding, the window and what was chosen in it.

        Parameters
        ----------
        name : str
        grid : ndarray, shape (height, width)
        looked, chosen, new : list of cell
            On the padded grid.
        """
        whole = np.full(
            (self.height + 2 * self.p, self.width + 2 * self.p), PADDED, "O"
        )
        middle = (slice(self.p, self.p + size) for size in (self.height, self.width))
        whole[tuple(middle)] = grid
        roles: dict[Cell, Role] = {}
        if self.p:
            edge = np.argwhere(whole == PADDED).tolist()
            roles |= marks(((row, column) for row, column in edge), Role.PADDING)
        roles |= marks(looked or [], Role.WINDOW)
        roles |= marks(chosen or [], Role.WINNER)
        roles |= marks(new or [], Role.NOW)
        return panel(name, whole, roles, note)

    def stand(self) -> str:
        """Say how many windows there are, and what no window covers."""
        said = "" if not self.p else f" with {self.p} padding on each side"
        down, across = self.shape
        window = "×".join(map(str, self.sides))
        told = (
            f"The {window} window moves by {self.s} over the {self.height}×{self.width}"
            f" input{said}: {down}×{across} places"
        )
        rest = [
            (what, (length + 2 * self.p - side) % self.s)
            for what, length, side in zip(
                ("row", "column"), (self.height, self.width), self.sides, strict=True
            )
        ]
        left = [f"{n} {what}{'s' if n > 1 else ''}" for what, n in rest if n]
        return told + (f"; {' and '.join(left)} left over, unused." if left else ".")


def named(group: list[Cell]) -> str:
    """Name windows that are shown together by their places in the output.

    Examples
    --------
    >>> named([(0, 2)]), named([(1, 0), (1, 1)]), named([(1, 0), (2, 0)])
    ('row 0, column 2', 'row 1', 'rows 1 to 2')
    """
    (first, column), (last, _) = group[0], group[-1]
    if len(group) == 1:
        return f"row {first}, column {column}"
    if first != last:
        return f"rows {first} to {last}"
    return f"row {first}" + (f" from column {column}" if column else "")


def opened(note: str, text: str) -> str:
    """Begin a sentence, with what the grid is where there are several.

    Examples
    --------
    >>> opened("", "row 0: 1."), opened("channel 1", "row 0: 1.")
    ('Row 0: 1.', 'Channel 1, row 0: 1.')
    """
    whole = f"{note}, {text}" if note else text
    return whole[0].upper() + whole[1:].replace("….", "…")


def bounded(frames: list[Frame]) -> tuple[Frame, ...]:
    """Leave frames out before the last one where there are too many."""
    more = len(frames) - MOST
    if more <= 0:
        return tuple(frames)
    said = f"{more + 1} more steps like these are left out here."
    return (*frames[: MOST - 2], Frame(said), frames[-1])


def channels(
    array: NDArray[Any],
) -> Iterator[tuple[str, NDArray[Any], tuple[Any, ...]]]:
    """Yield the channels of an array: a note, the grid, and where it is.

    Examples
    --------
    >>> [(note, grid.shape, at) for note, grid, at in channels(np.zeros((2, 3, 2)))]
    [('channel 0', (2, 3), (Ellipsis, 0)), ('channel 1', (2, 3), (Ellipsis, 1))]
    """
    if array.ndim == 2:
        yield "", array, (...,)
        return
    for channel in range(array.shape[2]):
        yield f"channel {channel}", array[:, :, channel], (..., channel)
