"""Rows, columns and shapes, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import zip_longest

from drill.errors import SolverError
from drill.oracle.cells import (
    Array,
    ArrayLike,
    Cells,
    Exact,
    Index,
    assemble,
    axes_of,
    cells,
    places,
    vector,
)


def loop_row_means(m: ArrayLike) -> Array:
    """Walk along every row, add it up exactly, and divide by the steps taken.

    Examples
    --------
    >>> loop_row_means([[13, 9, 29], [5, 11, 2]]).tolist()
    [17.0, 6.0]
    """
    return _means(m, 0)


def loop_column_means(m: ArrayLike) -> Array:
    """Walk down every column, add it up exactly, and divide by the steps taken.

    Examples
    --------
    >>> loop_column_means([[13, 9, 29], [5, 11, 1]]).tolist()
    [9.0, 10.0, 15.0]
    """
    return _means(m, 1)


def loop_squared_distances(X: ArrayLike, V: ArrayLike) -> Array:
    """Expand ``(a − b)²`` as ``a a − 2 a b + b b`` in every row of every column.

    Examples
    --------
    >>> loop_squared_distances([[3, 15], [12, 34]], [6, 11]).tolist()
    [10, 610]
    """
    return _distances(X, V, lambda a, b: a * a - 2 * a * b + b * b)


def loop_absolute_distances(X: ArrayLike, V: ArrayLike) -> Array:
    """Add up, for every column, how far each entry is from V's.

    Examples
    --------
    >>> loop_absolute_distances([[3, 15], [12, 34]], [6, 11]).tolist()
    [4, 32]
    """
    return _distances(X, V, lambda a, b: max(a, b) - min(a, b))


def loop_nearest_column(X: ArrayLike, V: ArrayLike) -> int:
    """Keep the best column so far; a later one must be nearer to replace it.

    Examples
    --------
    >>> loop_nearest_column([[3, 15], [12, 34]], [6, 11])
    0
    """
    best, least = 0, None
    for column, distance in enumerate(vector(loop_squared_distances(X, V))):
        if least is None or distance < least:
            best, least = column, distance
    return best


def loop_broadcast_shape(a: Sequence[int], b: Sequence[int]) -> Index:
    """Line two shapes up at the right end and settle every pair of sizes.

    Raises
    ------
    SolverError
        When a pair differs and neither is 1.

    Examples
    --------
    >>> loop_broadcast_shape((4, 1), (3,))
    (4, 3)
    """
    settled: list[int] = []
    for one, two in zip_longest(reversed(tuple(a)), reversed(tuple(b)), fillvalue=1):
        if one != two and 1 not in (one, two):
            raise SolverError(f"sizes {one} and {two} do not broadcast")
        settled.insert(0, int(two if one == 1 else one))
    return tuple(settled)


def loop_broadcasts(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether every pair of sizes, from the right, is equal or has a 1.

    Examples
    --------
    >>> loop_broadcasts((4, 3), (3,)), loop_broadcasts((4, 3), (4,))
    (True, False)
    """
    pairs = zip(reversed(tuple(a)), reversed(tuple(b)), strict=False)
    return not [1 for one, two in pairs if len({one, two} - {1}) > 1]


def loop_sum_shape(
    shape: Sequence[int], axis: int | Sequence[int], keepdims: bool = False
) -> Index:
    """Count the sums that the entries go into, along each axis.

    Examples
    --------
    >>> loop_sum_shape((2, 3), 0), loop_sum_shape((2, 3), 1, keepdims=True)
    ((3,), (2, 1))
    """
    gone = axes_of(axis, len(shape))
    sums = [
        {0 if at in gone else here for here in range(int(size))}
        for at, size in enumerate(shape)
        if keepdims or at not in gone
    ]
    return tuple(map(len, sums))


def loop_matmul(A: ArrayLike, B: ArrayLike) -> Array:
    """Multiply two matrices as a sum of products for each pair of row and column.

    Raises
    ------
    SolverError
        When the inner sizes differ.

    Examples
    --------
    >>> loop_matmul([[1, 2]], [[3], [4]]).tolist()
    [[11]]
    """
    ((rows, inner), left), ((other, columns), right) = cells(A), cells(B)
    if inner != other:
        raise SolverError(f"inner sizes {inner} and {other} differ")
    out: Cells = {
        (row, column): sum(left[row, k] * right[k, column] for k in range(inner))
        for row, column in places((rows, columns))
    }
    return assemble((rows, columns), out)


def loop_transpose(m: ArrayLike) -> Array:
    """Move every cell (i, j) to (j, i).

    Examples
    --------
    >>> loop_transpose([[1, 2, 3]]).tolist()
    [[1], [2], [3]]
    """
    (rows, columns), table = cells(m)
    return assemble((columns, rows), {(j, i): value for (i, j), value in table.items()})


def _means(m: ArrayLike, axis: int) -> Array:
    shape, table = cells(m)
    sums: Cells = dict.fromkeys(places((shape[axis],)), 0)
    steps = dict.fromkeys(sums, 0)
    for place, value in table.items():
        sums[place[axis],] += value
        steps[place[axis],] += 1
    means: Cells = {key: Fraction(sums[key]) / steps[key] for key in sums}
    return assemble((shape[axis],), means)


def _distances(
    X: ArrayLike, V: ArrayLike, apart: Callable[[Exact, Exact], Exact]
) -> Array:
    (_, columns), table = cells(X)
    target = vector(V)
    sums: Cells = dict.fromkeys(places((columns,)), 0)
    for (row, column), value in table.items():
        sums[column,] += apart(value, target[row])
    return assemble((columns,), sums)
