"""Pooling backwards.

Arrays are (H, W) or (H, W, C), channels last.  When several cells of a window share
its maximum, the first one in reading order (row by row) wins, as in PyTorch's
``max_pool2d``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Array, agree, every, kept, series, whole, wide
from drill.solver.sizes import pool_output_size


def max_pool_mask(x: ArrayLike, f: int, s: int) -> NDArray[np.int64]:
    """Mark the cells that win a window with 1, all others with 0.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C)
    f, s : int
        Side of the window and stride.  Where windows overlap, a cell that wins
        several of them is still marked 1.

    Returns
    -------
    ndarray of int, shape of `x`

    Raises
    ------
    SolverError
        When the window does not fit.

    Examples
    --------
    >>> max_pool_mask([[1, 3, 2, 1], [4, 10, 5, 1]], 2, 2).tolist()
    [[0, 0, 0, 0], [0, 1, 1, 0]]
    """
    array = kept("x", x, 2, 3)
    mask: NDArray[np.int64] = np.zeros(array.shape, np.int64)
    mask[_winners(array, f, s)] = 1
    return mask


def max_pool_backward(x: ArrayLike, dout: ArrayLike, f: int, s: int) -> Array:
    """Send every upstream gradient to the cell that won its window.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C)
        What went into the pooling layer.
    dout : array, shape (H', W') or (H', W', C)
        Gradient with respect to what came out.
    f, s : int
        Side of the window and stride.

    Returns
    -------
    ndarray, shape of `x`
        A cell that wins several windows gets the sum of their gradients, so the
        entries add up to those of `dout`.  Integers when `dout` is.

    Raises
    ------
    SolverError
        When the window does not fit or `dout` has another shape than the output.

    Notes
    -----
    The last slide on this prints 5 in cell (1, 2); its own mask and gradient
    give 7.

    Examples
    --------
    >>> x = [[1, 3, 2, 1], [4, 10, 5, 1], [1, 6, 6, 5], [2, 4, 2, 9]]
    >>> max_pool_backward(x, [[-4, 7], [5, -6]], 2, 2).tolist()
    [[0, 0, 0, 0], [0, -4, 7, 0], [0, 5, 0, 0], [0, 0, 0, -6]]
    """
    array, gradient = kept("x", x, 2, 3), wide("dout", dout, 2, 3)
    winners = _winners(array, f, s)
    agree("dout", gradient.shape, "the pooled output", winners[0].shape)
    dx = np.zeros(array.shape, gradient.dtype)
    np.add.at(dx, winners, gradient)
    return dx


def average_pool_backward(
    shape: Sequence[int], dout: ArrayLike, f: int, s: int
) -> NDArray[np.float64]:
    """Share every upstream gradient equally among the cells of its window.

    Parameters
    ----------
    shape : (H, W) or (H, W, C)
        Shape of what went into the pooling layer.
    dout : array, shape (H', W') or (H', W', C)
        Gradient with respect to what came out.
    f, s : int
        Side of the window and stride.

    Returns
    -------
    ndarray of that shape

    Raises
    ------
    SolverError
        When the window does not fit or `dout` has another shape than the output.

    Examples
    --------
    >>> average_pool_backward((2, 4), [[4, -8]], 2, 2).tolist()
    [[1.0, 1.0, -2.0, -2.0], [1.0, 1.0, -2.0, -2.0]]
    """
    members = series("shape", shape, "sizes")
    sizes = tuple(whole("each size of shape", size, 1) for size in members)
    if len(sizes) not in {2, 3}:
        raise SolverError(f"shape must be (H, W) or (H, W, C), not {sizes}")
    gradient = wide("dout", dout, 2, 3)
    height, width = (pool_output_size(size, f, s) for size in sizes[:2])
    agree("dout", gradient.shape, "the pooled output", (height, width, *sizes[2:]))
    dx = np.zeros(sizes)
    for row in range(f):
        for column in range(f):
            dx[every(row, height, s), every(column, width, s)] += gradient
    dx /= f * f
    return dx


def _winners(x: Array, f: int, s: int) -> tuple[Array, ...]:
    """Index arrays, each of the output's shape, of the first maximum per window."""
    for size in x.shape[:2]:
        pool_output_size(size, f, s)
    windows = sliding_window_view(x, (f, f), axis=(0, 1))[::s, ::s]
    best = windows.reshape(*windows.shape[:-2], f * f).argmax(axis=-1)
    rows, columns, *channels = np.indices(best.shape, sparse=True)
    return rows * s + best // f, columns * s + best % f, *channels
