"""Max and average pooling.

Arrays are (H, W) or (H, W, C), channels last; each channel is pooled by itself, and a
partial window is dropped.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.solver.checks import Array, every, flag, kept, wide
from drill.solver.sizes import pool_output_size


def max_pool(x: ArrayLike, f: int, s: int) -> Array:
    """Largest entry of every window.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C)
    f, s : int
        Side of the window and stride.

    Returns
    -------
    ndarray, shape (H', W') or (H', W', C)
        ``H' = floor((H − f) / s) + 1``; the type of `x`.

    Raises
    ------
    SolverError
        When the window does not fit.

    Notes
    -----
    The pooling slides' example:

    Examples
    --------
    >>> x = [[1, 3, 2, 1], [4, 10, 5, 1], [1, 6, 6, 5], [2, 4, 2, 9]]
    >>> max_pool(x, 2, 2).tolist()
    [[10, 5], [6, 9]]
    """
    first, *others = _cells(kept("x", x, 2, 3), f, s)
    out = first.copy()
    for cell in others:
        np.maximum(out, cell, out=out)
    return out


def average_pool(x: ArrayLike, f: int, s: int) -> NDArray[np.float64]:
    """Mean of every window.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C)
    f, s : int
        Side of the window and stride.

    Returns
    -------
    ndarray, shape (H', W') or (H', W', C)

    Raises
    ------
    SolverError
        When the window does not fit.

    Examples
    --------
    >>> average_pool([[1, 3, 2, 1], [4, 10, 5, 1]], 2, 2).tolist()
    [[4.5, 2.25]]
    """
    means: NDArray[np.float64] = _sums(wide("x", x, 2, 3), f, s) / (f * f)
    return means


def max_pool_padded(x: ArrayLike, f: int, s: int, p: int) -> Array:
    """Largest entry of every window over padding that never wins (minus infinity).

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C)
    f, s, p : int
        Side of the window, stride, and padding on each side, below `f`.

    Returns
    -------
    ndarray, shape (H', W') or (H', W', C)
        ``H' = floor((H + 2p − f) / s) + 1``; the type of `x`.

    Raises
    ------
    SolverError
        When the window does not fit or would see only padding.

    Notes
    -----
    PyTorch, Keras and ONNX pad so; zeros would win over negative entries.

    Examples
    --------
    >>> max_pool_padded([[-3, -5], [-2, -4]], 2, 2, 1).tolist()
    [[-3, -5], [-2, -4]]
    """
    array = kept("x", x, 2, 3)
    return max_pool(_framed(array, f, s, p, _lowest(array.dtype)), f, s)


def average_pool_padded(
    x: ArrayLike, f: int, s: int, p: int, counted: bool = True
) -> NDArray[np.float64]:
    """Mean of every window over zero padding.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C)
    f, s, p : int
        Side of the window, stride, and padding on each side, below `f`.
    counted : bool
        Divide by all f·f cells (PyTorch); else by those on the input only (Keras,
        ONNX).

    Returns
    -------
    ndarray, shape (H', W') or (H', W', C)

    Raises
    ------
    SolverError
        When the window does not fit or would see only padding.

    Examples
    --------
    >>> average_pool_padded([[4, 8]], 2, 2, 1).tolist()
    [[1.0, 2.0]]
    >>> average_pool_padded([[4, 8]], 2, 2, 1, counted=False).tolist()
    [[4.0, 8.0]]
    """
    array = wide("x", x, 2, 3)
    sums = _sums(_framed(array, f, s, p, 0), f, s)
    if flag("counted", counted):
        return np.asarray(sums / (f * f))
    return np.asarray(sums / _sums(_framed(np.ones_like(array), f, s, p, 0), f, s))


def _sums(x: Array, f: int, s: int) -> Array:
    first, *others = _cells(x, f, s)
    total = first.copy()
    for cell in others:
        total += cell
    return total


def _framed(x: Array, f: int, s: int, p: int, value: float) -> Array:
    for size in x.shape[:2]:
        pool_output_size(size, f, s, p)
    around = [(p, p), (p, p), (0, 0)][: x.ndim]
    return np.pad(x, around, constant_values=value)


def _cells(x: Array, f: int, s: int) -> list[Array]:
    """Return, for each of the f·f places in a window, that cell of all windows.

    A reduction over the two short axes of a window view is several times slower:
    numpy restarts its inner loop at every window.
    """
    height, width = (pool_output_size(size, f, s) for size in x.shape[:2])
    return [
        x[every(row, height, s), every(column, width, s)]
        for row in range(f)
        for column in range(f)
    ]


def _lowest(dtype: np.dtype[Any]) -> float:
    if dtype.kind == "f":
        return -np.inf
    return 0 if dtype.kind == "b" else int(np.iinfo(dtype).min)
