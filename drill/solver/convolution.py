"""The convolution layer, forwards and backwards.

As courses mean it, "convolution" is cross-correlation: the filter is not flipped.
Inputs are (H, W) with a filter (f, f), or (H, W, C_in) with filters
(f, f, C_in, C_out), channels last.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from drill.errors import SolverError
from drill.solver.checks import Array, agree, every, whole, wide
from drill.solver.sizes import conv_output_size


def conv2d(
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    stride: int = 1,
    padding: int = 0,
) -> Array:
    """Slide the filters over the input and add the bias once to every sum.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C_in)
    w : array, shape (f, f) or (f, f, C_in, C_out)
    b : number or array, shape (C_out,), optional
        One bias per filter.
    stride : int
        Cells from one window to the next.
    padding : int
        Zeros on each side.

    Returns
    -------
    ndarray, shape (H', W') or (H', W', C_out)
        ``H' = floor((H + 2 padding − f) / stride) + 1``.  Integers when all
        arguments are.

    Raises
    ------
    SolverError
        When the filter does not fit, or channels disagree.

    Notes
    -----
    The numbers of the review's window animation are lost; Dumoulin and Visin
    (2016), figure 1.1, is the example here.

    Examples
    --------
    >>> x = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3],
    ...      [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
    >>> conv2d(x, [[0, 1, 2], [2, 2, 0], [0, 1, 2]]).tolist()
    [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    """
    windows, filters, shape = _layer(x, w, stride, padding)
    out = np.tensordot(windows, filters, axes=3)
    if b is not None:
        bias = wide("the bias b", b, 0, 1)
        if bias.ndim and bias.shape != out.shape[2:]:
            raise SolverError(
                f"the bias b has shape {bias.shape}; give one number per filter,"
                f" {out.shape[2]} in all"
            )
        out = out + bias
    return out.reshape(shape)


def conv2d_backward(
    x: ArrayLike,
    w: ArrayLike,
    dout: ArrayLike,
    stride: int = 1,
    padding: int = 0,
) -> tuple[Array, Array, Array]:
    """Gradients of a convolution layer with respect to input, filters and bias.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C_in)
    w : array, shape (f, f) or (f, f, C_in, C_out)
    dout : array, shape (H', W') or (H', W', C_out)
        Gradient with respect to the layer's output.
    stride, padding : int
        As in the forward pass.

    Returns
    -------
    dx : ndarray, shape of `x`
        At stride 1: `dout` in full correlation with the flipped filters.
    dw : ndarray, shape of `w`
        At stride 1: the padded input in valid correlation with `dout`.
    db : ndarray, shape () or (C_out,)
        The sum of `dout` over all positions.

    Raises
    ------
    SolverError
        When shapes disagree.

    Notes
    -----
    The second assignment of Stanford's CS231n asks for the same three.

    Examples
    --------
    >>> x, w = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, 2]]
    >>> dx, dw, db = conv2d_backward(x, w, [[1, 0], [0, 1]])
    >>> dx.tolist(), dw.tolist(), db.tolist()
    ([[1, 0, 0], [0, 3, 0], [0, 0, 2]], [[6, 8], [12, 14]], 2)
    """
    windows, filters, shape = _layer(x, w, stride, padding)
    gradient = wide("dout", dout, 2, 3)
    agree("dout", gradient.shape, "the layer's output", shape)
    x_shape, w_shape = np.shape(x), np.shape(w)
    gradient = gradient.reshape(*windows.shape[:2], -1)
    dw = np.tensordot(windows, gradient, axes=((0, 1), (0, 1)))
    height, width = windows.shape[:2]
    padded = np.zeros(
        (x_shape[0] + 2 * padding, x_shape[1] + 2 * padding, filters.shape[2]),
        np.result_type(gradient, filters),
    )
    for row in range(filters.shape[0]):
        for column in range(filters.shape[1]):
            # A strided slice touches each cell once, so += loses nothing; the
            # overlaps of neighbouring windows meet in different rounds.
            cells = every(row, height, stride), every(column, width, stride)
            padded[cells] += gradient @ filters[row, column].T
    inside = slice(padding, -padding or None)
    return (
        padded[inside, inside].reshape(x_shape),
        dw.reshape(w_shape),
        gradient.sum(axis=(0, 1)).reshape(shape[2:]),
    )


def _layer(
    x: ArrayLike, w: ArrayLike, stride: int, padding: int
) -> tuple[Array, Array, tuple[int, ...]]:
    """Return windows (H', W', f, f, C_in), filters with four axes, output shape.

    Channels stay last in the windows too: numpy then copies them a third faster than
    in its own order (C_in, f, f).
    """
    image, filters = wide("x", x, 2, 3), wide("w", w, 2, 4)
    stride, padding = whole("stride", stride, 1), whole("padding", padding)
    if (image.ndim, filters.ndim) not in {(2, 2), (3, 4)}:
        raise SolverError(
            f"x has shape {image.shape} and w {filters.shape}; give (H, W) with"
            " (f, f), or (H, W, C_in) with (f, f, C_in, C_out)"
        )
    flat = image.ndim == 2
    if flat:
        image, filters = image[:, :, None], filters[:, :, None, None]
    if image.shape[2] != filters.shape[2]:
        raise SolverError(
            f"x has {image.shape[2]} channels, but every filter of w has"
            f" {filters.shape[2]}"
        )
    sides = tuple(
        conv_output_size(image.shape[axis], filters.shape[axis], padding, stride)
        for axis in (0, 1)
    )
    around = ((padding, padding), (padding, padding), (0, 0))
    windows = sliding_window_view(
        np.pad(image, around), filters.shape[:2], axis=(0, 1)
    )[::stride, ::stride]
    windows = windows.transpose(0, 1, 3, 4, 2)
    return windows, filters, sides if flat else (*sides, filters.shape[3])
