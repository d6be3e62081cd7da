"""Recurrent networks: a simple one, and gates."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import floats, real
from drill.solver.probabilities import sigmoid


def rnn_forward(
    x: ArrayLike, h0: ArrayLike, Wx: ArrayLike, Wh: ArrayLike, b: ArrayLike
) -> NDArray[np.float64]:
    """States of a simple recurrent network: ``tanh(Wx x_t + Wh h_(t−1) + b)``.

    Parameters
    ----------
    x : array, shape (T, d)
        A step a row.
    h0 : array, shape (h,)
        The state before the first step.
    Wx : array, shape (h, d)
    Wh : array, shape (h, h)
    b : array, shape (h,)

    Returns
    -------
    ndarray, shape (T, h)

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Elman (1990).

    Examples
    --------
    >>> rnn_forward([[1, 0]], [0, 0], [[1, 0], [0.5, -1]], [[0.5, 0], [1, 0.5]],
    ...             [0, 0.1]).round(5).tolist()
    [[0.76159, 0.53705]]
    """
    inputs, state = floats("x", x, 2), floats("h0", h0, 1)
    size = state.size
    weights = _fitting("Wx", Wx, size, inputs.shape[1])
    again = _fitting("Wh", Wh, size, size)
    bias = _fitting("b", b, size)
    states = []
    for step in inputs:
        state = np.tanh(weights @ step + again @ state + bias)
        states.append(state)
    return np.array(states)


def lstm_step(
    x: ArrayLike, h: ArrayLike, c: ArrayLike, Wx: ArrayLike, Wh: ArrayLike, b: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One step of a long short-term memory.

    Parameters
    ----------
    x : array, shape (d,)
    h, c : array, shape (n,)
        The state and the cell before.
    Wx : array, shape (4 n, d)
        Rows in PyTorch's order: input gate, forget gate, candidate, output gate.
    Wh : array, shape (4 n, n)
    b : array, shape (4 n,)
        PyTorch adds two such vectors.

    Returns
    -------
    tuple of ndarray, shape (n,)
        The new state and the new cell.

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Hochreiter and Schmidhuber (1997), with Gers's forget gate; PyTorch's `LSTMCell`.

    Examples
    --------
    >>> h, c = lstm_step([1], [0.5], [2], [[1], [2], [0.5], [-1]],
    ...                  [[0.5], [0], [1], [1]], [0, 1, 0, 0.5])
    >>> float(h[0].round(6)), float(c[0].round(6))
    (0.493269, 2.497135)
    """
    step, state = floats("x", x, 1), floats("h", h, 1)
    size = state.size
    cell = _fitting("c", c, size)
    z = (
        _fitting("Wx", Wx, 4 * size, step.size) @ step
        + _fitting("Wh", Wh, 4 * size, size) @ state
        + _fitting("b", b, 4 * size)
    )
    i, f, g, o = z.reshape(4, size)
    cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(g)
    return np.asarray(sigmoid(o) * np.tanh(cell)), np.asarray(cell)


def gru_step(
    x: ArrayLike, h: ArrayLike, Wx: ArrayLike, Wh: ArrayLike, b: ArrayLike
) -> NDArray[np.float64]:
    """One step of a gated recurrent unit: ``(1 − z) n + z h``.

    Parameters
    ----------
    x : array, shape (d,)
    h : array, shape (n,)
    Wx : array, shape (3 n, d)
        Rows in PyTorch's order: reset gate, update gate, candidate.
    Wh : array, shape (3 n, n)
        The reset gate multiplies after this product.
    b : array, shape (3 n,)

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Cho et al. (2014); PyTorch's `GRUCell` with one bias.

    Examples
    --------
    >>> gru_step([1], [0.5], [[1], [2], [0.5]], [[0.5], [0], [1]],
    ...          [0, 0, 0]).round(6).tolist()
    [0.525119]
    """
    step, state = floats("x", x, 1), floats("h", h, 1)
    size = state.size
    into = (
        _fitting("Wx", Wx, 3 * size, step.size) @ step + _fitting("b", b, 3 * size)
    ).reshape(3, size)
    back = (_fitting("Wh", Wh, 3 * size, size) @ state).reshape(3, size)
    reset, update = sigmoid(into[0] + back[0]), sigmoid(into[1] + back[1])
    candidate = np.tanh(into[2] + reset * back[2])
    return np.asarray((1 - update) * candidate + update * state)


def clip_by_norm(g: ArrayLike, limit: float) -> NDArray[np.float64]:
    """Shorten a gradient to the length `limit`; a shorter one stays as it is.

    Parameters
    ----------
    g : array, any shape
    limit : float

    Returns
    -------
    ndarray, shape of `g`

    Raises
    ------
    SolverError
        When `limit` is negative.

    Notes
    -----
    Pascanu, Mikolov and Bengio (2013).

    Examples
    --------
    >>> clip_by_norm([3, 4], 1).round(12).tolist(), clip_by_norm([3, 4], 10).tolist()
    ([0.6, 0.8], [3.0, 4.0])
    """
    gradient, most = floats("g", g), real("limit", limit)
    if most < 0:
        raise SolverError(f"limit must not be negative, not {most:g}")
    if not np.isfinite(gradient).all():
        raise SolverError("g must be finite")
    length = float(np.sqrt((gradient**2).sum()))
    return np.asarray(gradient if length <= most else gradient * (most / length))


def _fitting(name: str, value: ArrayLike, *shape: int) -> NDArray[np.float64]:
    array = floats(name, value, len(shape))
    if array.shape != shape:
        raise SolverError(f"{name} must be of shape {shape}, not {array.shape}")
    return array
