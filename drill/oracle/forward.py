"""Small networks forwards, in complex numbers, so that their arguments can be moved."""

from __future__ import annotations

import cmath
from collections.abc import Callable, Sequence
from typing import TypeAlias

from drill.errors import SolverError
from drill.oracle.cells import Array, ArrayLike, Index, assemble, cells

Matrix: TypeAlias = list[list[complex]]
Function: TypeAlias = Callable[[complex], complex]

__all__ = [
    "Matrix",
    "blocks",
    "cost",
    "dot",
    "finish",
    "folded",
    "forward",
    "function_called",
    "matrix",
    "undone",
]


def _relu(z: complex) -> complex:
    return z if z.real > 0 else 0j


def _sigmoid(z: complex) -> complex:
    return 1 / (1 + cmath.exp(-z))


_FUNCTIONS: dict[str, Function] = {
    "relu": _relu,
    "sigmoid": _sigmoid,
    "square": lambda z: z * z,
    "tanh": cmath.tanh,
}

_INVERSES: dict[str, Function] = {
    "relu": lambda a: a if a.real > 0 else -1 + 0j,
    "sigmoid": lambda a: cmath.log(a / (1 - a)),
    "softmax": cmath.log,
    "tanh": cmath.atanh,
}


def function_called(name: str) -> Function:
    """Return an activation by its name.

    Raises
    ------
    SolverError
        When there is none of that name.

    Examples
    --------
    >>> function_called("relu")(-3)
    0j
    """
    return _look_up(_FUNCTIONS, name)


def undone(name: str, a: complex) -> complex:
    """Return a z that the named function turns into `a`; −1 for a ReLU that is off.

    Examples
    --------
    >>> undone("sigmoid", 0.5)
    0j
    """
    return _look_up(_INVERSES, name)(complex(a))


def forward(
    inputs: Matrix,
    parameters: Sequence[Matrix],
    activation: str,
    output: str,
) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Run examples, one per column, through W1, b1, W2, b2; biases are columns.

    Examples
    --------
    >>> forward([[1, 2]], ([[1]], [[0]], [[3]], [[1]]), "relu", "sigmoid")[2]
    [[4, 7]]
    """
    w1, b1, w2, b2 = parameters
    function = function_called(activation)
    z1 = _layer(w1, b1, inputs)
    a1 = [[function(one) for one in row] for row in z1]
    z2 = _layer(w2, b2, a1)
    return z1, a1, z2, finish(z2, output)


def finish(z2: Matrix, output: str) -> Matrix:
    """Apply the last layer's function: sigmoid, or softmax over each column.

    Examples
    --------
    >>> finish([[0], [0]], "softmax")
    [[(0.5+0j)], [(0.5+0j)]]
    """
    if output == "sigmoid":
        return [[_sigmoid(one) for one in row] for row in z2]
    totals = [sum(cmath.exp(one) for one in column) for column in zip(*z2, strict=True)]
    return [[cmath.exp(one) / totals[e] for e, one in enumerate(row)] for row in z2]


def cost(guesses: Matrix, labels: Matrix, output: str) -> complex:
    """Mean cross-entropy over the columns; under sigmoid also of what is not.

    Examples
    --------
    >>> round(cost([[0.25]], [[0]], "sigmoid").real, 4)
    0.2877
    """
    total = 0j
    for guess_row, label_row in zip(guesses, labels, strict=True):
        for guess, label in zip(guess_row, label_row, strict=True):
            total -= label * cmath.log(guess)
            if output == "sigmoid":
                total -= (1 - label) * cmath.log(1 - guess)
    return total / len(labels[0])


def dot(row: Sequence[complex], table: Matrix, column: int) -> complex:
    """Multiply a row with one column of a table.

    Examples
    --------
    >>> dot([1, 2], [[3, 0], [4, 0]], 0)
    11
    """
    return sum(one * table[i][column] for i, one in enumerate(row))


def matrix(value: ArrayLike) -> Matrix:
    """Return an array's rows; a vector becomes a column.

    Examples
    --------
    >>> matrix([1, 2])
    [[(1+0j)], [(2+0j)]]
    """
    shape, table = cells(value)
    flat = [complex(one) for one in table.values()]
    return folded(flat, shape[1] if len(shape) == 2 else 1)


def folded(flat: Sequence[complex], columns: int) -> Matrix:
    """Cut a list into rows.

    Examples
    --------
    >>> folded([1, 2, 3, 4], 2)
    [[1, 2], [3, 4]]
    """
    return [
        list(flat[start : start + columns]) for start in range(0, len(flat), columns)
    ]


def blocks(flat: Sequence[float], shapes: Sequence[tuple[int, int]]) -> list[Array]:
    """Cut a list into matrices of these shapes.

    Examples
    --------
    >>> [one.tolist() for one in blocks([1.0, 2.0, 3.0], [(1, 2), (1, 1)])]
    [[[1.0, 2.0]], [[3.0]]]
    """
    out, start = [], 0
    for rows, columns in shapes:
        part = enumerate(flat[start : start + rows * columns])
        table: dict[Index, float] = {divmod(at, columns): one for at, one in part}
        out.append(assemble((rows, columns), table))
        start += rows * columns
    return out


def _layer(weights: Matrix, biases: Matrix, inputs: Matrix) -> Matrix:
    return [
        [dot(row, inputs, example) + bias[0] for example in range(len(inputs[0]))]
        for row, bias in zip(weights, biases, strict=True)
    ]


def _look_up(table: dict[str, Function], name: str) -> Function:
    if name not in table:
        known = ", ".join(sorted(table))
        raise SolverError(f"no function is called {name!r} here; there are {known}")
    return table[name]
