"""One step of an optimiser, moving averages, and the variance of a fresh weight."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import agree, flag, floats, real, whole

Floats = NDArray[np.float64]


def momentum_step(
    w: ArrayLike, v: ArrayLike, g: ArrayLike, lr: float, beta: float = 0.9
) -> tuple[Floats, Floats]:
    """``v ← β v + (1 − β) g``, then ``w ← w − lr v``.

    Parameters
    ----------
    w, v, g : numbers or arrays of one shape
        Weights, velocity and gradient.
    lr, beta : float
        Learning rate, and the weight of the old velocity, in [0, 1).

    Returns
    -------
    w, v : ndarrays, the same shape

    Raises
    ------
    SolverError
        When shapes differ or a rate is out of range.

    Notes
    -----
    The second course of the Deep Learning Specialization; CS231n puts the
    learning rate inside v and drops the factor 1 − β.

    Examples
    --------
    >>> w, v = momentum_step(1.0, 2.0, 4.0, 0.5, 0.75)
    >>> w.item(), v.item()
    (-0.25, 2.5)
    """
    (weights, velocity, gradient), rate = _state(lr, w=w, v=v, g=g)
    moved = _blend("beta", beta, velocity, gradient)
    return weights - rate * moved, moved


def rmsprop_step(
    w: ArrayLike,
    s: ArrayLike,
    g: ArrayLike,
    lr: float,
    beta: float = 0.9,
    eps: float = 1e-8,
) -> tuple[Floats, Floats]:
    """``s ← β s + (1 − β) g²``, then ``w ← w − lr g / (√s + ε)``.

    Parameters
    ----------
    w, s, g : numbers or arrays of one shape
        Weights, mean square and gradient.
    lr, beta, eps : float
        Learning rate, weight of the old mean square in [0, 1), and what is added
        to the root.

    Returns
    -------
    w, s : ndarrays, the same shape

    Raises
    ------
    SolverError
        When shapes differ or a rate is out of range.

    Examples
    --------
    >>> w, s = rmsprop_step(1.0, 8.0, 4.0, 0.75, 0.875, eps=0)
    >>> w.item(), s.item()
    (0.0, 9.0)
    """
    (weights, square, gradient), rate = _state(lr, w=w, s=s, g=g)
    moved = _blend("beta", beta, square, np.square(gradient))
    return weights - rate * gradient / _root(moved, eps), moved


def adam_step(
    w: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    g: ArrayLike,
    t: int,
    lr: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Floats, Floats, Floats]:
    """One Adam step with bias correction.

    ``m ← β1 m + (1 − β1) g``, ``v ← β2 v + (1 − β2) g²``, then
    ``w ← w − lr (m / (1 − β1^t)) / (√(v / (1 − β2^t)) + ε)``

    Parameters
    ----------
    w, m, v, g : numbers or arrays of one shape
        Weights, first and second moment before the step, and gradient.
    t : int
        Number of this step, counted from 1.
    lr, beta1, beta2, eps : float
        Learning rate, the two decay rates in [0, 1), and what is added to the
        root.

    Returns
    -------
    w, m, v : ndarrays, the same shape
        The moments are returned uncorrected, as the next step needs them.

    Raises
    ------
    SolverError
        When shapes differ, `t` is below 1 or a rate is out of range.

    Notes
    -----
    Kingma and Ba (2015), algorithm 1.

    Examples
    --------
    >>> w, m, v = adam_step(1.0, 0.0, 0.0, 4.0, 1, lr=0.5, eps=0)
    >>> round(w.item(), 9), round(m.item(), 9), round(v.item(), 9)
    (0.5, 0.4, 0.016)
    """
    (weights, first, second, gradient), rate = _state(lr, w=w, m=m, v=v, g=g)
    step = whole("the step t", t, 1)
    mean = _blend("beta1", beta1, first, gradient)
    square = _blend("beta2", beta2, second, np.square(gradient))
    corrected = square / (1 - float(beta2) ** step)
    moved = rate * mean / (1 - float(beta1) ** step) / _root(corrected, eps)
    return weights - moved, mean, square


def weighted_average(values: ArrayLike, beta: float, corrected: bool = False) -> Floats:
    """Exponentially weighted averages ``v_t = β v_(t−1) + (1 − β) θ_t`` from v_0 = 0.

    Parameters
    ----------
    values : array, shape (T,)
        θ_1 to θ_T.
    beta : float
        Weight of the past, in [0, 1).
    corrected : bool
        Divide each v_t by ``1 − β^t``.

    Returns
    -------
    ndarray, shape (T,)
        v_1 to v_T.

    Raises
    ------
    SolverError
        When `values` is no vector or `beta` is out of range.

    Examples
    --------
    >>> weighted_average([8, 16], 0.5).tolist()
    [4.0, 10.0]
    >>> weighted_average([8, 16], 0.5, corrected=True).round(4).tolist()
    [8.0, 13.3333]
    """
    series, decay = floats("values", values, 1), _decay("beta", beta)
    averages = np.empty_like(series)
    average = 0.0
    for place, value in enumerate(series):
        average = decay * average + (1 - decay) * value
        averages[place] = average
    if flag("corrected", corrected):
        averages /= 1 - decay ** np.arange(1, series.size + 1)
    return averages


def xavier_variance(n_in: int, n_out: int | None = None) -> float:
    """Variance of a fresh weight before tanh: ``1 / n_in``, or ``2 / (n_in + n_out)``.

    Parameters
    ----------
    n_in, n_out : int
        Units that feed a unit and, for the second form, that it feeds.

    Raises
    ------
    SolverError
        When a number of units is below 1.

    Notes
    -----
    Glorot and Bengio (2010), equation 12, is the second form.

    Examples
    --------
    >>> xavier_variance(4), xavier_variance(6, 2)
    (0.25, 0.25)
    """
    inputs = whole("n_in", n_in, 1)
    return 1 / inputs if n_out is None else 2 / (inputs + whole("n_out", n_out, 1))


def he_variance(n_in: int) -> float:
    """Variance of a fresh weight before ReLU: ``2 / n_in``.

    Raises
    ------
    SolverError
        When `n_in` is below 1.

    Notes
    -----
    He et al. (2015), equation 10.

    Examples
    --------
    >>> he_variance(8)
    0.25
    """
    return 2 / whole("n_in", n_in, 1)


def _state(lr: float, **named: ArrayLike) -> tuple[list[Floats], float]:
    arrays = {name: floats(name, value) for name, value in named.items()}
    weights = arrays["w"]
    for name, array in arrays.items():
        agree(name, array.shape, "w", weights.shape)
    rate = real("lr", lr)
    if rate <= 0:
        raise SolverError(f"lr must be above 0, not {rate:g}")
    return list(arrays.values()), rate


def _blend(name: str, beta: float, old: Floats, new: Floats) -> Floats:
    decay = _decay(name, beta)
    return np.asarray(decay * old + (1 - decay) * new)


def _decay(name: str, beta: float) -> float:
    decay = real(name, beta)
    if not 0 <= decay < 1:
        raise SolverError(f"{name} must be at least 0 and below 1, not {decay:g}")
    return decay


def _root(square: Floats, eps: float) -> Floats:
    root = np.sqrt(square) + real("eps", eps)
    if not (root > 0).all():
        raise SolverError("the root of the mean square plus eps must be above 0")
    return np.asarray(root)
