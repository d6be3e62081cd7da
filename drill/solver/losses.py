"""Losses of regression and margins, and their stable relatives."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Array, agree, floats, real, short, whole


def mse(y: ArrayLike, yhat: ArrayLike) -> float:
    """Mean squared error, without a half.

    Parameters
    ----------
    y : array
        What is true.
    yhat : array, shape of `y`
        What was predicted.

    Returns
    -------
    float

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Examples
    --------
    >>> mse([0, 2], [0.5, 5])
    4.625
    """
    true, guess = _pair(y, yhat)
    return float(np.mean((true - guess) ** 2))


def mae(y: ArrayLike, yhat: ArrayLike) -> float:
    """Mean absolute error.

    Parameters
    ----------
    y : array
        What is true.
    yhat : array, shape of `y`
        What was predicted.

    Returns
    -------
    float

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Examples
    --------
    >>> mae([0, 2], [0.5, 5])
    1.75
    """
    true, guess = _pair(y, yhat)
    return float(np.mean(np.abs(true - guess)))


def huber(y: ArrayLike, yhat: ArrayLike, delta: float = 1.0) -> float:
    """Mean Huber loss: half the square up to `delta`, a line from there on.

    Parameters
    ----------
    y : array
        What is true.
    yhat : array, shape of `y`
        What was predicted.
    delta : float
        Above 0.

    Returns
    -------
    float

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Huber (1964); PyTorch's `HuberLoss`.

    Examples
    --------
    >>> huber([0, 2], [0.5, 5])
    1.3125
    """
    true, guess = _pair(y, yhat)
    edge = _positive("delta", delta)
    gap = np.abs(true - guess)
    return float(np.mean(np.where(gap <= edge, gap**2 / 2, edge * (gap - edge / 2))))


def hinge(y: ArrayLike, yhat: ArrayLike, margin: float = 1.0) -> float:
    """Mean hinge loss: of signs, or over the wrong classes of each example.

    Parameters
    ----------
    y : array
        -1 or 1, of the shape of `yhat`; or a class from 0 for each example.
    yhat : array
        A score for each example; or one for each class, an example a row.
    margin : float

    Returns
    -------
    float

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Weston and Watkins (1999) for several classes: a sum over the wrong ones.

    Examples
    --------
    >>> hinge([1, -1], [0.5, 0.5])
    1.0
    >>> hinge(0, [2, 3, 1])
    2.0
    """
    labels, scores = floats("y", y), floats("yhat", yhat)
    edge = real("margin", margin)
    if labels.shape == scores.shape:
        if not np.isin(labels, (-1, 1)).all():
            raise SolverError("y must be -1 or 1 where yhat has its shape")
        return float(np.mean(np.maximum(0, edge - labels * scores)))
    if labels.shape != scores.shape[:-1]:
        raise SolverError(
            f"y of shape {labels.shape} does not fit yhat of shape {scores.shape}"
        )
    classes = scores.shape[-1]
    if not np.isfinite(labels).all():
        raise SolverError("y must be finite")
    places = labels.astype(np.int64).reshape(-1)
    if (places != labels.reshape(-1)).any() or not (
        (places >= 0) & (places < classes)
    ).all():
        raise SolverError(f"y must be classes from 0 to {classes - 1}")
    table = scores.reshape(-1, classes)
    true = table[np.arange(len(table)), places][:, None]
    gaps = np.maximum(0, table - true + edge)
    gaps[np.arange(len(table)), places] = 0
    return float(gaps.sum(axis=1).mean())


def log_softmax(z: ArrayLike, axis: int) -> NDArray[np.float64]:
    """Logarithm of the softmax, without overflow: ``z − max − ln Σ exp(z − max)``.

    Parameters
    ----------
    z : array, any shape but ()
    axis : int

    Returns
    -------
    ndarray, shape of `z`

    Raises
    ------
    SolverError
        When `z` has no such axis.

    Examples
    --------
    >>> log_softmax([1000, 1000], 0).round(6).tolist()
    [-0.693147, -0.693147]
    """
    logits = floats("z", z)
    if not logits.ndim or not -logits.ndim <= whole("axis", axis, -8) < logits.ndim:
        raise SolverError(f"z of shape {logits.shape} has no axis {short(axis)}")
    shifted = logits - logits.max(axis=axis, keepdims=True)
    total: NDArray[np.float64] = np.exp(shifted).sum(axis=axis, keepdims=True)
    return np.asarray(shifted - np.log(total))


def leaky_relu(z: ArrayLike, slope: float) -> NDArray[np.float64]:
    """Keep what is positive, multiply the rest by `slope`.

    Parameters
    ----------
    z : array
    slope : float

    Returns
    -------
    ndarray, shape of `z`

    Raises
    ------
    SolverError
        When an argument is not numeric.

    Examples
    --------
    >>> leaky_relu([-2, 3], 0.1).tolist()
    [-0.2, 3.0]
    """
    logits = floats("z", z)
    return np.asarray(np.where(logits > 0, logits, real("slope", slope) * logits))


def _pair(y: ArrayLike, yhat: ArrayLike) -> tuple[Array, Array]:
    true, guess = floats("y", y), floats("yhat", yhat)
    agree("y", true.shape, "yhat", guess.shape)
    return true, guess


def _positive(name: str, value: float) -> float:
    number = real(name, value)
    if number <= 0:
        raise SolverError(f"{name} must be above 0, not {number:g}")
    return number
