"""ReLU, dropout and their backward passes: one entry at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Array, agree, floats, kept, real, wide


def relu(z: ArrayLike) -> Array:
    """Keep what is positive, replace the rest by 0.

    Parameters
    ----------
    z : array, any shape

    Returns
    -------
    ndarray, shape and type of `z`

    Raises
    ------
    SolverError
        When `z` holds no numbers.

    Examples
    --------
    >>> relu([-2, 0, 3]).tolist()
    [0, 0, 3]
    """
    array = kept("z", z)
    return np.asarray(np.maximum(array, array.dtype.type(0)))


def relu_backward(dout: ArrayLike, z: ArrayLike) -> Array:
    """Gradient through ReLU: `dout` where z > 0, and 0 elsewhere.

    Parameters
    ----------
    dout, z : arrays of one shape
        Gradient with respect to the output, and what went in.

    Returns
    -------
    ndarray, the same shape

    Raises
    ------
    SolverError
        When the shapes differ.

    Notes
    -----
    At z = 0 the derivative does not exist.  The review's slide takes 1; PyTorch
    and this function take 0.

    Examples
    --------
    >>> relu_backward([5, -6, 7], [-2, 1, 0]).tolist()
    [0, -6, 0]
    """
    gradient, array = wide("dout", dout), kept("z", z)
    agree("dout", gradient.shape, "z", array.shape)
    return np.asarray(np.where(array > 0, gradient, gradient.dtype.type(0)))


def dropout(a: ArrayLike, mask: ArrayLike, keep_prob: float) -> NDArray[np.float64]:
    """Inverted dropout in training: ``a · mask / keep_prob``.

    Parameters
    ----------
    a, mask : arrays of one shape
        Activations, and 1 for each unit that is kept, 0 for the others.
    keep_prob : float
        Probability of KEEPING a unit, above 0 and at most 1.

    Returns
    -------
    ndarray, the same shape

    Raises
    ------
    SolverError
        When the shapes differ, the mask is not of 0 and 1, or `keep_prob` is no
        probability.

    Notes
    -----
    The dropout slide: dividing by p makes the expected activation `a` again.

    Examples
    --------
    >>> dropout([2, 4, 6], [1, 0, 1], 0.5).tolist()
    [4.0, 0.0, 12.0]
    """
    return _masked("a", a, mask, keep_prob)


def dropout_backward(
    dout: ArrayLike, mask: ArrayLike, keep_prob: float
) -> NDArray[np.float64]:
    """Gradient through inverted dropout: the forward pass's mask and scale again.

    Parameters
    ----------
    dout, mask : arrays of one shape
        Gradient with respect to the output, and the mask of the forward pass.
    keep_prob : float
        Probability of keeping a unit.

    Raises
    ------
    SolverError
        As `dropout`.

    Examples
    --------
    >>> dropout_backward([1, 1], [1, 0], 0.25).tolist()
    [4.0, 0.0]
    """
    return _masked("dout", dout, mask, keep_prob)


def _masked(
    name: str, value: ArrayLike, mask: ArrayLike, keep_prob: float
) -> NDArray[np.float64]:
    array, kept_units = floats(name, value), floats("mask", mask)
    agree(name, array.shape, "mask", kept_units.shape)
    if not np.isin(kept_units, (0, 1)).all():
        raise SolverError("mask must hold only 0 and 1")
    probability = real("keep_prob", keep_prob)
    if not 0 < probability <= 1:
        raise SolverError(
            f"keep_prob must be above 0 and at most 1, not {probability:g}"
        )
    return np.asarray(array * kept_units / probability)
