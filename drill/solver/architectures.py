"""Layers beside the plain convolution."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from drill.errors import SolverError
from drill.solver.checks import Array, flag, whole, wide
from drill.solver.sizes import conv_output_size


def conv_transpose2d(
    x: ArrayLike, w: ArrayLike, stride: int = 1, padding: int = 0
) -> Array:
    """Transposed convolution: every input cell lays the filter down, overlaps add.

    Parameters
    ----------
    x : array, shape (H, W) or (H, W, C_in)
    w : array, shape (f, f) or (f, f, C_in, C_out)
        It is not flipped.
    stride : int
        How far apart the copies lie.
    padding : int
        Cells cut off on every side.

    Returns
    -------
    ndarray, shape (H', W') or (H', W', C_out)
        A side is (n − 1) stride + f − 2 padding.

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    The gradient of a convolution; Dumoulin and Visin (2016).

    Examples
    --------
    >>> conv_transpose2d([[1, 2], [3, 4]], [[1, 0], [2, 1]]).tolist()
    [[1, 2, 0], [5, 9, 2], [6, 11, 4]]
    """
    image, filters = wide("x", x, 2, 3), wide("w", w, 2, 4)
    step, border = whole("stride", stride, 1), whole("padding", padding)
    flat = image.ndim == 2
    if flat != (filters.ndim == 2):
        raise SolverError("x and w are both of two axes, or of three and four")
    if flat:
        image, filters = image[:, :, None], filters[:, :, None, None]
    f = filters.shape[0]
    if filters.shape[1] != f or filters.shape[2] != image.shape[2]:
        raise SolverError(
            f"w of shape {filters.shape} does not fit x of shape {image.shape}"
        )
    rows, columns = ((side - 1) * step + f for side in image.shape[:2])
    if 2 * border >= min(rows, columns):
        raise SolverError(f"padding {border} leaves nothing of the output")
    kind = np.result_type(image, filters)
    out = np.zeros((rows, columns, filters.shape[3]), kind)
    for i in range(f):
        for j in range(f):
            part = image @ filters[i, j]
            out[i : i + rows - f + 1 : step, j : j + columns - f + 1 : step] += part
    out = out[border : rows - border, border : columns - border]
    return np.asarray(out[:, :, 0] if flat else out)


def grouped_conv_params(
    f: int, c_in: int, c_out: int, groups: int, bias: bool = True
) -> int:
    """Parameters of a grouped convolution: ``f f (C_in / g) C_out + C_out``.

    Parameters
    ----------
    f, c_in, c_out, groups : int
    bias : bool

    Returns
    -------
    int

    Raises
    ------
    SolverError
        When the groups do not divide the channels.

    Examples
    --------
    >>> grouped_conv_params(3, 8, 16, 4)
    304
    """
    side, into = whole("f", f, 1), whole("c_in", c_in, 1)
    out, parts = whole("c_out", c_out, 1), whole("groups", groups, 1)
    if into % parts or out % parts:
        raise SolverError(f"{parts} groups do not divide {into} and {out} channels")
    return side * side * (into // parts) * out + flag("bias", bias) * out


def concat_channels(*arrays: ArrayLike) -> Array:
    """Put layers together channel after channel.

    Parameters
    ----------
    arrays : array, shape (H, W, C) each

    Returns
    -------
    ndarray, shape (H, W, sum of all C)

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Examples
    --------
    >>> concat_channels(np.zeros((2, 3, 4)), np.ones((2, 3, 5))).shape
    (2, 3, 9)
    """
    layers = [wide("a layer", one, 3) for one in arrays]
    if not layers:
        raise SolverError("there is nothing to put together")
    for layer in layers[1:]:
        if layer.shape[:2] != layers[0].shape[:2]:
            raise SolverError(
                f"shapes {layers[0].shape} and {layer.shape} differ in their sides"
            )
    return np.concatenate(layers, axis=2)


def im2col_shape(
    h: int, w: int, c: int, f: int, stride: int = 1, padding: int = 0
) -> tuple[int, int]:
    """Shape of the matrix that has a window in each column.

    Parameters
    ----------
    h, w, c : int
        The input.
    f, stride, padding : int
        The filter.

    Returns
    -------
    tuple of int
        Cells of a window, windows.

    Raises
    ------
    SolverError
        When no window fits.

    Notes
    -----
    Chellapilla, Puri and Simard (2006).

    Examples
    --------
    >>> im2col_shape(227, 227, 3, 11, 4)
    (363, 3025)
    """
    channels, side = whole("c", c, 1), whole("f", f, 1)
    sides = [
        conv_output_size(whole(name, n, 1), side, padding, stride)
        for name, n in (("h", h), ("w", w))
    ]
    return side * side * channels, sides[0] * sides[1]
