"""Logistic regression's loss, its two penalties and their gradients.

The penalty is (λ/2) Σ w² or λ Σ |w|, it leaves the bias alone, and it is not
divided by the number of examples.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Array, agree, floats, real


def logistic_loss(y: ArrayLike, yhat: ArrayLike) -> float:
    """Binary cross-entropy ``−y ln ŷ − (1 − y) ln(1 − ŷ)``, the mean over examples.

    Parameters
    ----------
    y, yhat : numbers or arrays of one shape
        Labels in [0, 1], and predictions strictly between 0 and 1.

    Returns
    -------
    float
        In nats.

    Raises
    ------
    SolverError
        When the shapes differ or a value is out of range.

    Examples
    --------
    >>> round(logistic_loss(1, 0.75), 4)
    0.2877
    """
    labels, predictions = _predictions(y, yhat)
    losses = -labels * np.log(predictions) - (1 - labels) * np.log1p(-predictions)
    return float(losses.mean())


def l2_logistic_loss(y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float) -> float:
    """Logistic loss plus ``(λ/2) Σ w²``.

    Parameters
    ----------
    y, yhat : numbers or arrays of one shape
        Labels and predictions.
    w : array
        Weights, without the bias.
    lam : float
        λ, at least 0.

    Raises
    ------
    SolverError
        As `logistic_loss`, and when λ is negative.

    Notes
    -----
    The slide "Add L2 Regularization".

    Examples
    --------
    >>> round(l2_logistic_loss(1, 0.75, [2, -4], 0.1), 4)
    1.2877
    """
    penalty = _lambda(lam) / 2 * float(np.square(floats("w", w)).sum())
    return logistic_loss(y, yhat) + penalty


def l1_logistic_loss(y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float) -> float:
    """Logistic loss plus ``λ Σ |w|``.

    Parameters
    ----------
    y, yhat : numbers or arrays of one shape
        Labels and predictions.
    w : array
        Weights, without the bias.
    lam : float
        λ, at least 0.

    Raises
    ------
    SolverError
        As `logistic_loss`, and when λ is negative.

    Notes
    -----
    The slide on L1 leaves λ out, here and in the gradient.

    Examples
    --------
    >>> round(l1_logistic_loss(1, 0.75, [2, -4], 0.1), 4)
    0.8877
    """
    penalty = _lambda(lam) * float(np.abs(floats("w", w)).sum())
    return logistic_loss(y, yhat) + penalty


def l2_logistic_gradient(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> NDArray[np.float64]:
    """Gradient of `l2_logistic_loss` in w: ``(ŷ − y) x + λ w``.

    Parameters
    ----------
    x : array, shape (n,) for one example, or (n, m) with an example per column
    y, yhat : numbers, or arrays of shape (m,)
        With m examples, the data term is their mean.
    w : array, shape (n,)
    lam : float
        λ, at least 0.

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    SolverError
        When shapes disagree or a value is out of range.

    Examples
    --------
    >>> l2_logistic_gradient([2, -1], 1, 0.75, [2, -4], 0.5).tolist()
    [0.5, -1.75]
    """
    weights = floats("w", w, 1)
    return _data_gradient(x, y, yhat, weights) + _lambda(lam) * weights


def l1_logistic_gradient(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> NDArray[np.float64]:
    """Gradient of `l1_logistic_loss` in w: ``(ŷ − y) x + λ sign(w)``.

    Parameters
    ----------
    x, y, yhat, w, lam
        As in `l2_logistic_gradient`.

    Returns
    -------
    ndarray, shape (n,)
        Where a weight is 0 any slope from −λ to λ is a subgradient; this takes 0.

    Raises
    ------
    SolverError
        When shapes disagree or a value is out of range.

    Examples
    --------
    >>> l1_logistic_gradient([2, -1], 1, 0.75, [2, -4], 0.5).tolist()
    [0.0, -0.25]
    """
    weights = floats("w", w, 1)
    return _data_gradient(x, y, yhat, weights) + _lambda(lam) * np.sign(weights)


def soft_threshold(w: ArrayLike, t: float) -> Array:
    """Shrink every weight by `t` towards 0 and stop there.

    Parameters
    ----------
    w : array, any shape
        Weights after the data term's gradient step.
    t : float
        Threshold, at least 0: learning rate times λ in a proximal L1 step.

    Returns
    -------
    ndarray, shape of `w`

    Raises
    ------
    SolverError
        When `t` is negative.

    Examples
    --------
    >>> soft_threshold([3, -0.5, -2], 1).tolist()
    [2.0, 0.0, -1.0]
    """
    weights, threshold = floats("w", w), real("the threshold t", t)
    if threshold < 0:
        raise SolverError(f"the threshold t must be at least 0, not {threshold:g}")
    # Adding 0.0 turns the −0.0 of a vanished negative weight into 0.0.
    return np.asarray(
        np.sign(weights) * np.maximum(np.abs(weights) - threshold, 0) + 0.0
    )


def _data_gradient(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: NDArray[np.float64]
) -> NDArray[np.float64]:
    inputs = floats("x", x, 1, 2)
    labels, predictions = _predictions(y, yhat)
    agree("the examples of x", inputs.shape[1:], "y", labels.shape)
    agree("one example of x", inputs.shape[:1], "w", w.shape)
    errors = predictions - labels
    if inputs.ndim == 1:
        return np.asarray(inputs * errors)
    return np.asarray(inputs @ errors / errors.size)


def _predictions(
    y: ArrayLike, yhat: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    labels, predictions = floats("y", y), floats("yhat", yhat)
    agree("y", labels.shape, "yhat", predictions.shape)
    if (labels < 0).any() or (labels > 1).any():
        raise SolverError("every label y must be from 0 to 1")
    if (predictions <= 0).any() or (predictions >= 1).any():
        raise SolverError(
            "every prediction yhat must be strictly between 0 and 1, or the loss is"
            " infinite"
        )
    return labels, predictions


def _lambda(lam: float) -> float:
    strength = real("lam", lam)
    if strength < 0:
        raise SolverError(f"lam must be at least 0, not {strength:g}")
    return strength
