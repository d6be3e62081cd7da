"""Matrices as aligned lines with brackets, split by columns where they are wide."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from drill.drawing import Block, number, slices
from drill.screen import theme
from drill.screen.grid import FEW, GAP, MOST, Grid, Layout, beside, draw
from drill.walk import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

INDENT = "  "


class Matrix(Struct, frozen=True):
    """A matrix with what stands above it, drawn as wide as there is room."""

    name: str
    grid: Grid
    layout: Layout | None = None
    few: tuple[int, ...] = (MOST,)

    def lines(self, width: int) -> list[Text]:
        """Draw it in lines of at most `width`; where its columns allow that."""
        head = [Text(self.name, theme.STRONG)] if self.name else []
        return head + draw(self.grid, width, self.layout, self.few)

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw it, indented."""
        for line in self.lines(options.max_width - len(INDENT)):
            yield Text(INDENT, no_wrap=True, overflow="ignore") + line


class Pair(Struct, frozen=True):
    """Two matrices whose columns stand alike: side by side, or one above the other."""

    left: Matrix
    right: Matrix

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw both, indented."""
        width = options.max_width - len(INDENT)
        both = [self.left.lines(width), self.right.lines(width)]
        if sum(max(map(len, lines)) for lines in both) + GAP > width:
            both = [[*both[0], *both[1]]]
        for line in beside(both):
            yield Text(INDENT, no_wrap=True, overflow="ignore") + line


def cells(array: NDArray[Any], spec: str = "") -> list[list[str]]:
    """Write the entries of a matrix.

    Examples
    --------
    >>> import numpy as np
    >>> cells(np.array([[1.0, 0.25], [-3.0, 10.0]]))
    [['1', '0.25'], ['-3', '10']]
    """
    return [[number(cell, spec) for cell in row] for row in array]


def matrix(
    array: NDArray[Any],
    spec: str = "",
    wrong: Collection[tuple[int, ...]] = (),
) -> Matrix:
    """Make a matrix to be drawn; wrong cells are marked ``!`` and coloured.

    Parameters
    ----------
    array : ndarray, shape (r, c)
    spec : str
        How each entry is formatted.
    wrong : collection of index
        The cells to mark.

    Examples
    --------
    >>> import numpy as np
    >>> drawn = matrix(np.array([[1, 10], [4, 2]]), wrong=[(1, 0)])
    >>> print(*drawn.lines(80), sep="\\n")
    ⎡ 1  10  ⎤
    ⎣ 4!  2  ⎦
    """
    return Matrix("", Grid(cells(array, spec), _marks(wrong, Role.WRONG)))


def compared(
    yours: NDArray[Any],
    expected: NDArray[Any],
    spec: str,
    wrong: Collection[tuple[int, ...]],
) -> Pair:
    """Make two matrices of one shape to be drawn beside each other.

    Parameters
    ----------
    yours, expected : ndarray, shape (r, c)
    spec : str
        How the expected entries are formatted.
    wrong : collection of index
        The cells to mark in both, ``!`` where they are wrong and ``>`` what is right.

    Examples
    --------
    >>> import numpy as np
    >>> pair = compared(np.array([[3, 7]]), np.array([[3, 9]]), "", [(0, 1)])
    >>> Console(width=60).print(pair)
      yours          expected
      [  3   7! ]   [  3  >9  ]
    """
    left = Grid(cells(yours), _marks(wrong, Role.WRONG))
    right = Grid(cells(expected, spec), _marks(wrong, Role.NOW))
    layout = left.layout.joined(right.layout)
    return Pair(
        Matrix("yours", left, layout, FEW), Matrix("expected", right, layout, FEW)
    )


def _marks(places: Collection[tuple[int, ...]], role: Role) -> dict[Any, Role]:
    return dict.fromkeys(places, role)


def block(piece: Block) -> list[Text | Matrix]:
    """Draw a matrix with its name; deeper arrays slice by slice."""
    lines: list[Text | Matrix] = []
    for place, array in slices(piece.array):
        label = piece.label
        if place:
            label = f"{label}[..., {', '.join(map(str, place))}]"
        lines += [Text(f"{label} =")] if label else []
        lines.append(matrix(array, piece.spec))
    return lines
