"""Matrices as aligned lines with brackets, never cropped in silence."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from rich.text import Text

from drill.drawing import Block, number
from drill.screen import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 12
"""Rows or columns shown before the middle is left out."""


def cells(array: NDArray[Any], spec: str = "") -> list[list[str]]:
    """Write the entries of a matrix so that each column has one format.

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
) -> list[Text]:
    """Draw a matrix, a line a row; wrong cells are marked ``!`` and coloured.

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
    >>> print(*matrix(np.array([[1, 10], [4, 2]]), wrong=[(1, 0)]), sep="\\n")
    ⎡ 1  10 ⎤
    ⎣ 4!  2 ⎦
    """
    rows, columns = array.shape
    texts = cells(array, spec)
    keep_rows, keep_columns = _kept(rows), _kept(columns)
    width = [
        max(len(texts[r][c]) for r in range(rows) if r in keep_rows)
        for c in range(columns)
    ]
    mark = {c for _, c in wrong}
    lines = []
    for place, r in enumerate(keep_rows):
        if place and r - keep_rows[place - 1] > 1:
            lines.append(Text(f"⎢ … {r - keep_rows[place - 1] - 1} rows left out … ⎥"))
        line = Text(_side(r, rows, "⎡⎢⎣["))
        for where, c in enumerate(keep_columns):
            if where and c - keep_columns[where - 1] > 1:
                line.append(" …")
            bad = (r, c) in wrong
            line.append(" " + texts[r][c].rjust(width[c]), theme.BAD if bad else "")
            if c in mark:
                line.append("!" if bad else " ", theme.BAD if bad else "")
        line.append(" " + _side(r, rows, "⎤⎥⎦]"))
        lines.append(line)
    return lines


def _kept(count: int) -> list[int]:
    if count <= MOST:
        return list(range(count))
    half = MOST // 2
    return [*range(half), *range(count - half, count)]


def _side(row: int, rows: int, signs: str) -> str:
    if rows == 1:
        return signs[3]
    return signs[0 if row == 0 else 2 if row == rows - 1 else 1]


def block(piece: Block) -> list[Text]:
    """Draw a matrix with its name; deeper arrays slice by slice."""
    array = piece.array
    head = f"{piece.label} =" if piece.label else ""
    if array.ndim > 2:
        lines = []
        for index in range(array.shape[-1]):
            name = f"{piece.label}[..., {index}]".lstrip()
            lines += block(Block(name, array[..., index], piece.spec))
        return lines
    lines = [Text(head)] if head else []
    return lines + [Text("  ") + line for line in matrix(array, piece.spec)]
