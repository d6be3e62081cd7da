"""Backpropagation through tanh, a matrix and a power: the course's own example."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import agree, floats, real

Floats = NDArray[np.float64]


def power_loss_gradient(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float = 1.5
) -> Floats:
    """Gradient in x of ``L = Σ (tanh(x) W − y)^power``.

    ``dL/dx = (power (tanh(x) W − y)^(power − 1) Wᵀ) · (1 − tanh² x)``

    Parameters
    ----------
    x : array, shape (1, m) or (m,)
    W : array, shape (m, n)
    y : array, shape (1, n) or (n,)
    power : float
        The loss's exponent.

    Returns
    -------
    ndarray, shape (1, m)

    Raises
    ------
    SolverError
        When shapes disagree, or a difference is negative where its power is not
        real, or 0 where the derivative is infinite.

    Notes
    -----
    The backprop slides print the factors in an order whose shapes do not fit, and
    call a vector the loss; this is the gradient of its sum.

    Examples
    --------
    >>> x = [[0, np.log(2), np.log(3)]]
    >>> power_loss_gradient(x, [[1, 0], [0, 1], [1, -1]], [[-3.2, -1.2]]).round(6)
    array([[3.  , 0.96, 0.54]])
    """
    hidden, weights, slope = _power_loss(x, W, y, power)
    return np.asarray((slope @ weights.T) * (1 - hidden**2))


def power_loss_weight_gradient(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float = 1.5
) -> Floats:
    """Gradient in W of the same loss: ``tanh(x)ᵀ (power (tanh(x) W − y)^(power − 1))``.

    Parameters
    ----------
    x, W, y, power
        As in `power_loss_gradient`.

    Returns
    -------
    ndarray, shape (m, n)

    Raises
    ------
    SolverError
        As `power_loss_gradient`.

    Examples
    --------
    >>> power_loss_weight_gradient([0, np.log(3)], [[1], [0]], [-4]).round(6).tolist()
    [[0.0], [2.4]]
    """
    hidden, _, slope = _power_loss(x, W, y, power)
    return np.asarray(hidden.T @ slope)


def _power_loss(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float
) -> tuple[Floats, Floats, Floats]:
    """Return tanh(x) as a row, W, and the derivative with respect to tanh(x) W."""
    row, weights, target = _row("x", x), floats("W", W, 2), _row("y", y)
    agree("(x, y)", (row.shape[1], target.shape[1]), "W", weights.shape)
    exponent = real("power", power)
    hidden = np.tanh(row)
    difference = hidden @ weights - target
    if (difference < 0).any() and not exponent.is_integer():
        raise SolverError(
            f"tanh(x) W − y is {difference.min():g} somewhere, and a negative number"
            f" to the power {exponent:g} is not real"
        )
    if exponent < 1 and (difference == 0).any():
        raise SolverError(
            f"tanh(x) W − y is 0 somewhere, where the power {exponent:g} has no"
            " derivative"
        )
    return hidden, weights, np.asarray(exponent * difference ** (exponent - 1))


def _row(name: str, value: ArrayLike) -> Floats:
    array = floats(name, value, 1, 2)
    if array.ndim == 2 and array.shape[0] != 1:
        raise SolverError(f"{name} must be one row, not of shape {array.shape}")
    return array.reshape(1, -1)
