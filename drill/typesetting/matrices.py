"""Arrays as what a page shows: matrices, lists, and a matrix for each slice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drill.drawing import inline, number
from drill.typesetting.tree import Matrix, Node, Symbol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drill.typesetting.tokens import Token

MOST_COLUMNS, MOST_ROWS = 8, 6
"""Of a matrix in the middle of a sentence."""


def cells(array: NDArray[Any], spec: str = "") -> tuple[tuple[str, ...], ...]:
    """Write the entries of a matrix, with the sign that print has for a minus.

    Parameters
    ----------
    array : ndarray, shape (r, c)
    spec : str
        How each entry is formatted.
    """
    return tuple(
        tuple(number(entry, spec).replace("-", "−") for entry in row) for row in array
    )


def matrix_of(token: Token) -> Node:
    """Return an array in the middle of a sentence; a long one stays a list."""
    array = token.array
    assert array is not None
    small = array.ndim == 2 and 0 < array.shape[0] <= MOST_ROWS
    if small and 0 < array.shape[1] <= MOST_COLUMNS:
        return Matrix(cells(array, token.spec))
    return Symbol(inline(array, token.spec).replace("-", "−"), "number")
