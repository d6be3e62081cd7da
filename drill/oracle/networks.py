"""Gradients of small networks by complex steps through a plain-loop forward pass."""

from __future__ import annotations

from collections.abc import Sequence

from drill.oracle.cells import Array, ArrayLike, Exact, assemble, cells, vector
from drill.oracle.forward import (
    Matrix,
    blocks,
    cost,
    dot,
    finish,
    folded,
    forward,
    function_called,
    matrix,
    undone,
)
from drill.oracle.moves import slopes

Four = tuple[Array, Array, Array, Array]


def difference_power_loss(
    x: ArrayLike,
    W: ArrayLike,
    y: ArrayLike,
    power: float = 1.5,
    activation: str = "tanh",
) -> Array:
    """Gradient in x of ``Σ (g(x) W − y)^power``, shape (1, m).

    Examples
    --------
    >>> difference_power_loss([0.0, 1.0], [[2], [3]], [-5], 2).round(4).tolist()
    [[29.1391, 18.3565]]
    """
    row, weights, target = vector(x), matrix(W), vector(y)
    found = slopes(
        lambda v: sum(_powers(v, weights, target, power, activation), 0j), row
    )
    return blocks(found, [(1, len(row))])[0]


def difference_power_loss_weights(
    x: ArrayLike,
    W: ArrayLike,
    y: ArrayLike,
    power: float = 1.5,
    activation: str = "tanh",
) -> Array:
    """Gradient in W of ``Σ (g(x) W − y)^power``, shape of W.

    Examples
    --------
    >>> difference_power_loss_weights([0, 1], [[2], [3]], [-5], 2).round(4).tolist()
    [[0.0], [11.0961]]
    """
    row, target = [complex(one) for one in vector(x)], vector(y)
    (rows, columns), table = cells(W)
    found = slopes(
        lambda v: sum(_powers(row, folded(v, columns), target, power, activation), 0j),
        list(table.values()),
    )
    return blocks(found, [(rows, columns)])[0]


def difference_power_jacobian(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float = 1.5
) -> Array:
    """Jacobian in x of the vector ``(tanh(x) W − y)^power``, shape (n, m).

    Examples
    --------
    >>> difference_power_jacobian([0, 1], [[2], [3]], [-5], 2).shape
    (1, 2)
    """
    row, weights, target = vector(x), matrix(W), vector(y)
    out: dict[tuple[int, ...], float] = {}
    for k in range(len(target)):

        def one_loss(v: list[complex], k: int = k) -> complex:
            return _powers(v, weights, target, power, "tanh")[k]

        out.update({(k, i): one for i, one in enumerate(slopes(one_loss, row))})
    return assemble((len(target), len(row)), out)


def loop_two_layer(
    X: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    activation: str = "tanh",
    output: str = "sigmoid",
) -> Four:
    """Run every example through the network unit by unit: Z1, A1, Z2, A2.

    Examples
    --------
    >>> Z1, A1, Z2, A2 = loop_two_layer([[1, 2]], [[1], [-1]], [0, 0], [[1, 1]], [0],
    ...                                 "relu")
    >>> A1.tolist(), Z2.tolist()
    ([[1.0, 2.0], [0.0, 0.0]], [[1.0, 2.0]])
    """
    parameters = [matrix(one) for one in (W1, b1, W2, b2)]
    steps = forward(matrix(X), parameters, activation, output)
    z1, a1, z2, a2 = (_real(step) for step in steps)
    return z1, a1, z2, a2


def difference_two_layer(
    X: ArrayLike,
    Y: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    activation: str = "tanh",
    output: str = "sigmoid",
) -> Four:
    """Gradients of the mean cross-entropy in W1, b1, W2 and b2.

    Examples
    --------
    >>> dW1, db1, dW2, db2 = difference_two_layer(
    ...     [[1, 2]], [[1, 0]], [[1]], [[0]], [[0]], [[0]], "relu")
    >>> dW2.tolist(), db2.tolist(), dW1.shape
    ([[0.25]], [[0.0]], (1, 1))
    """
    inputs, labels = matrix(X), matrix(Y)
    parameters = [matrix(one) for one in (W1, b1, W2, b2)]
    shapes = [(len(one), len(one[0])) for one in parameters]

    def loss(v: list[complex]) -> complex:
        moved = _cut(v, shapes)
        return cost(forward(inputs, moved, activation, output)[3], labels, output)

    flat = [one.real for table in parameters for row in table for one in row]
    dw1, db1, dw2, db2 = blocks(slopes(loss, flat), shapes)
    return dw1, db1, dw2, db2


def difference_two_layer_given(
    X: ArrayLike,
    A1: ArrayLike,
    A2: ArrayLike,
    Y: ArrayLike,
    W2: ArrayLike,
    activation: str = "tanh",
    output: str = "sigmoid",
) -> Four:
    """Gradients in W1, b1, W2, b2 from activations, by undoing them first.

    The pre-activations are recovered (atanh, log-odds, logarithm) and then moved;
    a ReLU unit that gave 0 is taken to be off.

    Examples
    --------
    >>> found = difference_two_layer_given(
    ...     [[1, 2]], [[0.5, 0]], [[0.5, 0.5]], [[1, 0]], [[2]])
    >>> [one.round(9).tolist() for one in found]
    [[[0.625]], [[0.125]], [[-0.125]], [[0.0]]]
    """
    inputs, hidden, guesses = matrix(X), matrix(A1), matrix(A2)
    labels, weights = matrix(Y), matrix(W2)
    function = function_called(activation)
    z1 = [[undone(activation, one) for one in row] for row in hidden]
    z2 = [[undone(output, one) for one in row] for row in guesses]
    units, outputs, examples = range(len(z1)), range(len(z2)), range(len(inputs[0]))
    shapes = [(len(z1), len(inputs)), (len(z1), 1), (len(z2), len(z1)), (len(z2), 1)]

    def loss(v: list[complex]) -> complex:
        dw1, db1, dw2, db2 = _cut(v, shapes)
        new = [
            [function(z1[i][e] + dot(dw1[i], inputs, e) + db1[i][0]) for e in examples]
            for i in units
        ]
        risen = [[new[i][e] - function(z1[i][e]) for e in examples] for i in units]
        moved = [
            [
                z2[k][e] + dot(weights[k], risen, e) + dot(dw2[k], new, e) + db2[k][0]
                for e in examples
            ]
            for k in outputs
        ]
        return cost(finish(moved, output), labels, output)

    nothing = [0] * sum(rows * columns for rows, columns in shapes)
    dw1, db1, dw2, db2 = blocks(slopes(loss, nothing), shapes)
    return dw1, db1, dw2, db2


def _powers(
    row: Sequence[complex],
    weights: Matrix,
    target: Sequence[Exact],
    power: float,
    activation: str,
) -> list[complex]:
    function = function_called(activation)
    hidden = [[function(one)] for one in row]
    # complex ** float takes the principal branch, which is wrong below 0 for 2.0.
    exponent = int(power) if float(power).is_integer() else float(power)
    return [
        (dot([line[k] for line in weights], hidden, 0) - complex(one)) ** exponent
        for k, one in enumerate(target)
    ]


def _cut(flat: list[complex], shapes: Sequence[tuple[int, int]]) -> list[Matrix]:
    out, start = [], 0
    for rows, columns in shapes:
        out.append(folded(flat[start : start + rows * columns], columns))
        start += rows * columns
    return out


def _real(table: Matrix) -> Array:
    flat = [one.real for row in table for one in row]
    return blocks(flat, [(len(table), len(table[0]))])[0]
