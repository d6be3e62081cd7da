"""Softmax, sigmoid and the cross-entropy that goes with them."""

from __future__ import annotations

from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Array, agree, floats, kept, short


def softmax(z: ArrayLike, axis: int) -> NDArray[np.float64]:
    """Exponentials divided by their sum along `axis`.

    Parameters
    ----------
    z : array, any shape but ()
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
    try:
        number = index(axis)
    except TypeError:
        number = logits.ndim
    if not -logits.ndim <= number < logits.ndim:
        raise SolverError(f"z of shape {logits.shape} has no axis {short(axis)}")
    powers = np.exp(logits - logits.max(axis=number, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=number, keepdims=True)
    return shares


def softmax_gradient(p: ArrayLike, k: ArrayLike) -> NDArray[np.float64]:
    """Gradient of the cross-entropy with respect to the logits: p minus one-hot.

    Parameters
    ----------
    p : array, shape (K,) or (K, m)
        Softmax output, an example per column.
    k : int or array of int, shape (m,)
        The true class of each example, counted from 0.

    Returns
    -------
    ndarray, shape of `p`
        One gradient per example; not divided by m.

    Raises
    ------
    SolverError
        When a class does not exist or the shapes disagree.

    Examples
    --------
    >>> softmax_gradient([0.25, 0.5, 0.25], 1).tolist()
    [0.25, -0.5, 0.25]
    """
    shares = floats("p", p, 1, 2)
    return np.asarray(shares - _one_hot(shares, k))


def cross_entropy(p: ArrayLike, y: ArrayLike) -> float:
    """Mean cross-entropy, with the natural logarithm: ``−Σ y ln p``.

    Parameters
    ----------
    p : array, shape (K,) or (K, m)
        Predicted probabilities, an example per column.
    y : array, shape of `p`; or int, or array of int of shape (m,)
        Target probabilities (one-hot as a rule), or the true classes from 0.

    Returns
    -------
    float
        In nats; the mean over the m examples.

    Raises
    ------
    SolverError
        When shapes disagree, a class does not exist, or a needed p is not above 0.

    Examples
    --------
    >>> round(cross_entropy([0.25, 0.5, 0.25], 1), 4)
    0.6931
    >>> round(cross_entropy([[0.5, 0.1], [0.5, 0.9]], [[1, 0], [0, 1]]), 4)
    0.3993
    """
    shares, target = floats("p", p, 1, 2), floats("y", y, 0, 1, 2)
    if target.ndim == shares.ndim:
        agree("y", target.shape, "p", shares.shape)
    else:
        target = _one_hot(shares, y)
    needed = target != 0
    if (shares[needed] <= 0).any():
        raise SolverError(
            f"the cross-entropy is infinite: a true class has p ="
            f" {shares[needed].min():g}"
        )
    examples = shares.shape[1] if shares.ndim == 2 else 1
    return -float((target[needed] * np.log(shares[needed])).sum()) / examples


def sigmoid(z: ArrayLike) -> Array:
    """``1 / (1 + e^−z)``, entry by entry, without overflow at either end.

    Parameters
    ----------
    z : number or array, any shape

    Returns
    -------
    ndarray, shape of `z`

    Raises
    ------
    SolverError
        When `z` holds no numbers.

    Examples
    --------
    >>> sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    logits = floats("z", z)
    small = np.exp(-np.abs(logits))
    return np.asarray(np.where(logits >= 0, 1.0, small) / (1 + small))


def _one_hot(shares: NDArray[np.float64], k: ArrayLike) -> NDArray[np.float64]:
    classes = kept("the true class", k, shares.ndim - 1)
    if classes.dtype.kind not in "iu":
        raise SolverError(f"the true class must be a whole number, not {short(k)}")
    agree("the true classes", classes.shape, "the examples of p", shares.shape[1:])
    count = shares.shape[0]
    if (classes < 0).any() or (classes >= count).any():
        raise SolverError(
            f"the true class must be 0 to {count - 1}, not {classes.tolist()}"
        )
    rows = np.arange(count).reshape(-1, *[1] * classes.ndim)
    return np.asarray(rows == classes, np.float64)
