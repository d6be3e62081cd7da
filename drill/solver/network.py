"""A network with one hidden layer, forwards and backwards.

A batch holds an example per column, so that weights are (units, inputs).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import agree, floats, short
from drill.solver.probabilities import sigmoid, softmax

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

ACTIVATIONS: dict[str, Function] = {
    "tanh": np.tanh,
    "relu": lambda Z: np.maximum(Z, 0),
    "sigmoid": sigmoid,
}
SLOPES: dict[str, Function] = {
    "tanh": lambda A: 1 - A**2,
    "relu": lambda A: (A > 0).astype(np.float64),
    "sigmoid": lambda A: A * (1 - A),
}
OUTPUTS: dict[str, Function] = {"sigmoid": sigmoid, "softmax": lambda Z: softmax(Z, 0)}


def two_layer_forward(
    X: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    activation: str = "tanh",
    output: str = "sigmoid",
) -> tuple[Floats, Floats, Floats, Floats]:
    """Run a batch through a network with one hidden layer.

    ``Z1 = W1 X + b1``, ``A1 = g(Z1)``, ``Z2 = W2 A1 + b2``, ``A2 = output(Z2)``

    Parameters
    ----------
    X : array, shape (n_x, m)
        An example per column.
    W1, b1 : arrays, shapes (n_h, n_x) and (n_h, 1) or (n_h,)
    W2, b2 : arrays, shapes (n_y, n_h) and (n_y, 1) or (n_y,)
    activation : {'tanh', 'relu', 'sigmoid'}
        g of the hidden layer.
    output : {'sigmoid', 'softmax'}
        Of the last layer; softmax over each column.

    Returns
    -------
    Z1, A1, Z2, A2 : ndarrays, shapes (n_h, m) twice and (n_y, m) twice

    Raises
    ------
    SolverError
        When shapes disagree or a function has another name.

    Examples
    --------
    >>> X, W1, b1 = [[1, 2]], [[1], [-1]], [[0], [0]]
    >>> Z1, A1, Z2, A2 = two_layer_forward(X, W1, b1, [[1, 1]], [[0]], "relu")
    >>> A1.tolist(), Z2.tolist()
    ([[1.0, 2.0], [0.0, 0.0]], [[1.0, 2.0]])
    """
    Z1 = _affine("W1", W1, "X", floats("X", X, 2), "b1", b1)
    A1 = _activate(activation, Z1)
    Z2 = _affine("W2", W2, "A1", A1, "b2", b2)
    return Z1, A1, Z2, np.asarray(_look_up("output", OUTPUTS, output)(Z2))


def two_layer_backward(
    X: ArrayLike,
    Y: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    activation: str = "tanh",
    output: str = "sigmoid",
) -> tuple[Floats, Floats, Floats, Floats]:
    """Gradients of the mean cross-entropy of `two_layer_forward`.

    Parameters
    ----------
    X, W1, b1, W2, b2, activation, output
        As in `two_layer_forward`.
    Y : array, shape (n_y, m)
        Labels 0 or 1; one-hot columns under softmax.

    Returns
    -------
    dW1, db1, dW2, db2 : ndarrays, shapes (n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1)

    Raises
    ------
    SolverError
        When shapes disagree or a function has another name.

    Examples
    --------
    >>> dW1, db1, dW2, db2 = two_layer_backward(
    ...     [[1, 2]], [[1, 0]], [[1]], [[0]], [[0]], [[0]], "relu")
    >>> dW2.tolist(), db2.tolist(), dW1.shape
    ([[0.25]], [[0.0]], (1, 1))
    """
    _, A1, _, A2 = two_layer_forward(X, W1, b1, W2, b2, activation, output)
    return two_layer_gradients(X, A1, A2, Y, W2, activation)


def two_layer_gradients(
    X: ArrayLike,
    A1: ArrayLike,
    A2: ArrayLike,
    Y: ArrayLike,
    W2: ArrayLike,
    activation: str = "tanh",
) -> tuple[Floats, Floats, Floats, Floats]:
    """Gradients of a two-layer network from its cached activations.

    ``dZ2 = A2 − Y``, ``dW2 = dZ2 A1ᵀ / m``, ``db2 = Σ dZ2 / m``,
    ``dZ1 = W2ᵀ dZ2 · g'(Z1)``, and likewise ``dW1 = dZ1 Xᵀ / m``, ``db1``.

    Parameters
    ----------
    X, A1, A2, Y : arrays, shapes (n_x, m), (n_h, m), (n_y, m) and (n_y, m)
        An example per column.
    W2 : array, shape (n_y, n_h)
    activation : {'tanh', 'relu', 'sigmoid'}
        What made A1.

    Returns
    -------
    dW1, db1, dW2, db2 : ndarrays, shapes (n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1)

    Raises
    ------
    SolverError
        When shapes disagree or the activation has another name.

    Examples
    --------
    >>> grads = two_layer_gradients([[1, 2]], [[0.5, 0]], [[0.5, 0.5]], [[1, 0]], [[2]])
    >>> [g.tolist() for g in grads]
    [[[0.625]], [[0.125]], [[-0.125]], [[0.0]]]
    """
    inputs, hidden = floats("X", X, 2), floats("A1", A1, 2)
    predictions, labels = floats("A2", A2, 2), floats("Y", Y, 2)
    weights = floats("W2", W2, 2)
    agree("A2", predictions.shape, "Y", labels.shape)
    agree("W2", weights.shape, "(A2, A1)", (predictions.shape[0], hidden.shape[0]))
    m = inputs.shape[1]
    if not m == hidden.shape[1] == labels.shape[1]:
        raise SolverError(
            f"X has {m} examples, A1 {hidden.shape[1]} and Y {labels.shape[1]}; an"
            " example is a column"
        )
    dZ2 = predictions - labels
    dZ1 = (weights.T @ dZ2) * _slope(activation, hidden)
    return (
        dZ1 @ inputs.T / m,
        dZ1.sum(axis=1, keepdims=True) / m,
        dZ2 @ hidden.T / m,
        dZ2.sum(axis=1, keepdims=True) / m,
    )


def _affine(
    w_name: str,
    W: ArrayLike,
    x_name: str,
    X: Floats,
    b_name: str,
    b: ArrayLike,
) -> Floats:
    weights, bias = floats(w_name, W, 2), floats(b_name, b, 1, 2)
    if weights.shape[1] != X.shape[0]:
        raise SolverError(
            f"{w_name} of shape {weights.shape} cannot multiply {x_name} of shape"
            f" {X.shape}: {weights.shape[1]} is not {X.shape[0]}"
        )
    units = weights.shape[0]
    if bias.shape not in {(units,), (units, 1)}:
        raise SolverError(
            f"{b_name} has shape {bias.shape}, but must be ({units}, 1): one entry"
            f" for each row of {w_name}"
        )
    return np.asarray(weights @ X + bias.reshape(units, 1))


def _activate(activation: str, Z: Floats) -> Floats:
    return np.asarray(_look_up("activation", ACTIVATIONS, activation)(Z))


def _slope(activation: str, A: Floats) -> Floats:
    """Return g'(Z) from A = g(Z)."""
    return np.asarray(_look_up("activation", SLOPES, activation)(A))


def _look_up(what: str, table: dict[str, Function], name: object) -> Function:
    if not isinstance(name, str) or name not in table:
        known = ", ".join(f"'{one}'" for one in table)
        raise SolverError(f"{what} must be one of {known}, not {short(name)}")
    return table[name]
