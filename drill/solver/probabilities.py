"""Softmax, sigmoid and the losses that go with them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import agree, floats, kept, whole


def softmax(z: ArrayLike, axis: int) -> NDArray[np.float64]:
    """Exponentials divided by their sum along `axis`.

    Parameters
    ----------
    z : array, shape (...,)
        Logits.
    axis : int
        The axis along which the result sums to 1: 0 for every column of a matrix.

    Returns
    -------
    ndarray, shape of `z`

    Raises
    ------
    SolverError
        When `z` has no such axis.

    Notes
    -----
    The slide exponentiates at once, which overflows from 710 on; here the maximum
    is subtracted first, which changes nothing else.

    Examples
    --------
    >>> softmax([[20, 1], [3, 24], [31, 13]], 0).round(6).tolist()
    [[1.7e-05, 0.0], [0.0, 0.999983], [0.999983, 1.7e-05]]
    >>> softmax([1000, 1000], 0).tolist()
    [0.5, 0.5]
    """
    logits = floats("z", z)
    if (
        not isinstance(axis, (int, np.integer))
        or not -logits.ndim <= axis < logits.ndim
    ):
        raise SolverError(f"z of shape {logits.shape} has no axis {axis!r}")
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=axis, keepdims=True)
    return shares
