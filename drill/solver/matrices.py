"""Rows, columns and broadcasting: the numpy part of the course."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Array, Shape, series, whole, wide


def row_means(m: ArrayLike) -> NDArray[np.float64]:
    """One mean per row of a matrix.

    Parameters
    ----------
    m : array, shape (r, c)

    Returns
    -------
    ndarray, shape (r,)

    Raises
    ------
    SolverError
        When `m` is no matrix.

    Notes
    -----
    First slide of the review, "means across the rows".

    Examples
    --------
    >>> row_means([[13, 9, 29], [5, 11, 1]]).round(3).tolist()
    [17.0, 5.667]
    """
    matrix = wide("m", m, 2)
    means: NDArray[np.float64] = matrix.sum(axis=1) / matrix.shape[1]
    return means


def column_means(m: ArrayLike) -> NDArray[np.float64]:
    """One mean per column of a matrix.

    Parameters
    ----------
    m : array, shape (r, c)

    Returns
    -------
    ndarray, shape (c,)

    Raises
    ------
    SolverError
        When `m` is no matrix.

    Examples
    --------
    >>> column_means([[13, 9, 29], [5, 11, 1]]).tolist()
    [9.0, 10.0, 15.0]
    """
    matrix = wide("m", m, 2)
    means: NDArray[np.float64] = matrix.sum(axis=0) / matrix.shape[0]
    return means


def squared_distances(X: ArrayLike, V: ArrayLike) -> Array:
    """Squared Euclidean distance of every column of X to V.

    Parameters
    ----------
    X : array, shape (r, c)
    V : array, shape (r, 1) or (r,)

    Returns
    -------
    ndarray, shape (c,)
        Integers when both are.

    Raises
    ------
    SolverError
        When V has not one entry per row of X.

    Notes
    -----
    The review takes the root before the argmin; the argmin does not need it.

    Examples
    --------
    >>> X = [[3, 15, 9], [12, 34, 20], [22, 1, 18]]
    >>> squared_distances(X, [[6], [11], [20]]).tolist()
    [14, 971, 94]
    """
    matrix, vector = wide("X", X, 2), wide("V", V, 1, 2)
    rows = matrix.shape[0]
    if vector.shape not in {(rows,), (rows, 1)}:
        raise SolverError(
            f"V has shape {vector.shape}, but the columns of X have {rows} entries;"
            f" V must be ({rows}, 1)"
        )
    distances: Array = np.square(matrix - vector.reshape(rows, 1)).sum(axis=0)
    return distances


def nearest_column(X: ArrayLike, V: ArrayLike) -> int:
    """Index, from 0, of the column of X nearest to V; the first one of a tie.

    Parameters
    ----------
    X : array, shape (r, c)
    V : array, shape (r, 1) or (r,)

    Raises
    ------
    SolverError
        When V has not one entry per row of X.

    Examples
    --------
    >>> nearest_column([[3, 15, 9], [12, 34, 20], [22, 1, 18]], [6, 11, 20])
    0
    """
    return int(squared_distances(X, V).argmin())


def broadcast_shape(a: Sequence[int], b: Sequence[int]) -> Shape:
    """Shape of the sum of two arrays of shapes `a` and `b`.

    Parameters
    ----------
    a, b : sequence of int
        Two shapes; ``()`` is a scalar.

    Raises
    ------
    SolverError
        When they do not broadcast.

    Examples
    --------
    >>> broadcast_shape((4, 1), (3,))
    (4, 3)
    """
    one, two = _shape("a", a), _shape("b", b)
    try:
        return np.broadcast_shapes(one, two)
    except ValueError:
        raise SolverError(f"shapes {one} and {two} do not broadcast") from None


def broadcasts(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether arrays of shapes `a` and `b` can be added.

    Raises
    ------
    SolverError
        When one of them is no shape.

    Examples
    --------
    >>> broadcasts((4, 3), (3,)), broadcasts((4, 3), (4,))
    (True, False)
    """
    one, two = _shape("a", a), _shape("b", b)
    try:
        np.broadcast_shapes(one, two)
    except ValueError:
        return False
    return True


def _shape(name: str, shape: Sequence[int]) -> Shape:
    sizes = series(f"the shape {name}", shape, "sizes")
    return tuple(whole(f"each size of {name}", size) for size in sizes)
