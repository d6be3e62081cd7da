"""Two layers: forwards product by product, then the gradient back from the loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.chain import Chain, Product
from drill.walk.frame import Frame, Panel, Walk
from drill.walk.panels import (
    added,
    equations,
    factor,
    fresh,
    listed,
    panel,
    say,
)

NAMES = ["X", "Z1", "A1", "Z2", "A2"]


def two_layer_forward(
    X: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    activation: str = "tanh",
    output: str = "sigmoid",
) -> Walk:
    """Show `drill.solver.two_layer_forward`.

    Examples
    --------
    >>> X, W1, b1 = [[1], [2]], [[1, -1], [3, 1]], [0, 4]
    >>> for frame in two_layer_forward(X, W1, b1, [[1, 0]], [0], "relu").frames:
    ...     print(frame.sentence)
    Z1 = W1 @ X + b1, row 0, column 0: 1·1 + (-1)·2 + 0 = -1.
    Z1, row 1, column 0: 3·1 + 1·2 + 4 = 9.
    A1 = relu(Z1), entry by entry: relu(-1) = 0, relu(9) = 9.
    Z2 = W2 @ A1 + b2: 1·0 + 0·9 + 0 = 0.
    A2 = sigmoid(Z2), entry by entry: sigmoid(0) = 0.5.
    The batch on its way: Z1 and A1 are 2×1, Z2 and A2 are 1×1.
    """
    made = solver.two_layer_forward(X, W1, b1, W2, b2, activation, output)
    frames = _forwards(X, W1, b1, W2, b2, activation, output, 24)
    hidden, out = ("×".join(map(str, one.shape)) for one in made[1::2])
    said = f"Z1 and A1 are {hidden}, Z2 and A2 are {out}"
    grids = tuple(panel(*one) for one in zip(NAMES[1:], made, strict=True))
    last = Frame(f"The batch on its way: {said}.", grids)
    return Walk("Forwards through two layers", (*frames, last))


def two_layer_backward(
    X: ArrayLike,
    Y: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    activation: str = "tanh",
    output: str = "sigmoid",
) -> Walk:
    """Show `drill.solver.two_layer_backward`: forwards, then back again.

    Examples
    --------
    >>> walk = two_layer_backward(
    ...     [[1, 2]], [[1, 0]], [[1]], [[0]], [[0]], [[0]], "relu")
    >>> walk.frames[6].sentence
    'At the output dZ2 = A2 - Y: 0.5 - 1 = -0.5, 0.5 - 0 = 0.5.'
    """
    solver.two_layer_backward(X, Y, W1, b1, W2, b2, activation, output)
    _, A1, _, A2 = solver.two_layer_forward(X, W1, b1, W2, b2, activation, output)
    frames = (
        *_forwards(X, W1, b1, W2, b2, activation, output, 9),
        *_backwards(X, A1, A2, Y, W2, activation, 9),
    )
    return Walk("Through two layers and back", frames)


def two_layer_gradients(
    X: ArrayLike,
    A1: ArrayLike,
    A2: ArrayLike,
    Y: ArrayLike,
    W2: ArrayLike,
    activation: str = "tanh",
) -> Walk:
    """Show `drill.solver.two_layer_gradients`, from the output back.

    Examples
    --------
    >>> walk = two_layer_gradients([[1, 2]], [[0.5, 0]], [[0.5, 0.5]], [[1, 0]], [[2]])
    >>> for frame in walk.frames:
    ...     print(frame.sentence)
    At the output dZ2 = A2 - Y: 0.5 - 1 = -0.5, 0.5 - 0 = 0.5.
    dW2 = dZ2 @ A1.T/2: ((-0.5)·0.5 + 0.5·0)/2 = -0.125.
    db2 = the row sums of dZ2 over 2: (-0.5 + 0.5)/2 = 0.
    dA1 = W2.T @ dZ2, row 0, column 0: 2·(-0.5) = -1.
    dA1, row 0, column 1: 2·0.5 = 1.
    Through tanh, dZ1 = dA1·(1 - A1·A1): -1·0.75 = -0.75, 1·1 = 1.
    dW1 = dZ1 @ X.T/2: ((-0.75)·1 + 1·2)/2 = 0.625.
    db1 = the row sums of dZ1 over 2: (-0.75 + 1)/2 = 0.125.
    Every gradient has the shape of its array: 1×1, 1×1, 1×1 and 1×1.
    """
    frames = tuple(_backwards(X, A1, A2, Y, W2, activation, 16))
    return Walk("Backwards through two layers", frames)


def _forwards(
    X: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    activation: str,
    output: str,
    most: int,
) -> Iterator[Frame]:
    made = solver.two_layer_forward(X, W1, b1, W2, b2, activation, output)
    Z1, A1, Z2, A2 = made
    inputs = np.asarray(X, float)
    boxes = Chain(NAMES, [inputs, *made])
    bias = "b1", np.asarray(b1, float).reshape(-1, 1)
    first = Product("Z1", ("W1", np.asarray(W1, float)), ("X", inputs), Z1, bias)
    yield from first.frames(boxes.forwards(1), most)
    yield _activated(boxes.forwards(2), activation, ("Z1", Z1), ("A1", A1))
    bias = "b2", np.asarray(b2, float).reshape(-1, 1)
    second = Product("Z2", ("W2", np.asarray(W2, float)), ("A1", A1), Z2, bias)
    yield from second.frames(boxes.forwards(3), most)
    yield _activated(boxes.forwards(4), output, ("Z2", Z2), ("A2", A2))


def _activated(
    chain: Panel, function: str, before: tuple[str, Any], after: tuple[str, Any]
) -> Frame:
    (old, z), (new, a) = before, after
    grids = (chain, panel(old, z), fresh(new, a))
    if function == "softmax":
        said = f"{new} = softmax of each column of {old}, exponentials over their sum"
        return Frame(f"{said}; column 0: {listed(a[:, 0])}.", grids)
    pairs = zip(z.flat, a.flat, strict=True)
    told = equations(f"{function}({say(x)}) = {say(y)}" for x, y in pairs)
    return Frame(f"{new} = {function}({old}), entry by entry: {told}.", grids)


def _backwards(
    X: ArrayLike,
    A1: ArrayLike,
    A2: ArrayLike,
    Y: ArrayLike,
    W2: ArrayLike,
    activation: str,
    most: int,
) -> Iterator[Frame]:
    grads = solver.two_layer_gradients(X, A1, A2, Y, W2, activation)
    dW1, db1, dW2, db2 = grads
    inputs, hidden, weights, predictions, labels = (
        np.asarray(one, float) for one in (X, A1, W2, A2, Y)
    )
    m = inputs.shape[1]
    dZ2 = predictions - labels
    boxes = Chain(NAMES, [inputs, hidden, hidden, dZ2, dZ2])
    told = _pairs(predictions, "-", labels, dZ2)
    grids = (panel("A2", predictions), panel("Y", labels), fresh("dZ2", dZ2))
    yield Frame(f"At the output dZ2 = A2 - Y: {told}.", (boxes.at(3), *grids))
    back = Product("dW2", ("dZ2", dZ2), ("A1.T", hidden.T), dW2, share=m)
    yield from back.frames(boxes.at(3), most)
    yield _summed(boxes.at(3), "db2", db2, ("dZ2", dZ2))
    dA1 = weights.T @ dZ2
    through = Product("dA1", ("W2.T", weights.T), ("dZ2", dZ2), dA1)
    yield from through.frames(boxes.at(2), most)
    name, slope = {
        "tanh": ("dA1·(1 - A1·A1)", 1 - hidden**2),
        "relu": ("dA1·1 where A1 > 0, else dA1·0", (hidden > 0).astype(float)),
        "sigmoid": ("dA1·A1·(1 - A1)", hidden * (1 - hidden)),
    }[activation]
    dZ1 = dA1 * slope + 0.0
    told = _pairs(dA1, "·", slope, dZ1)
    grids = (panel("dA1", dA1), panel("slope", slope), fresh("dZ1", dZ1))
    said = f"Through {activation}, dZ1 = {name}: {told}."
    yield Frame(said, (boxes.at(1), *grids))
    first = Product("dW1", ("dZ1", dZ1), ("X.T", inputs.T), dW1, share=m)
    yield from first.frames(boxes.at(0), most)
    yield _summed(boxes.at(0), "db1", db1, ("dZ1", dZ1))
    *shapes, last = ("×".join(map(str, one.shape)) for one in grads)
    said = f"Every gradient has the shape of its array: {', '.join(shapes)} and {last}."
    names = ("dW1", "db1", "dW2", "db2")
    yield Frame(said, tuple(panel(*one) for one in zip(names, grads, strict=True)))


def _pairs(
    left: NDArray[Any], sign: str, right: NDArray[Any], out: NDArray[Any]
) -> str:
    space = "" if sign == "·" else " "
    triples = zip(left.flat, right.flat, out.flat, strict=True)
    return equations(
        f"{say(x)}{space}{sign}{space}{factor(y)} = {say(z)}" for x, y, z in triples
    )


def _summed(
    chain: Panel, name: str, sums: NDArray[Any], of: tuple[str, NDArray[Any]]
) -> Frame:
    grids = (chain, panel(*of), fresh(name, sums))
    m = of[1].shape[1]
    if m == 1:
        return Frame(f"{name} = {of[0]}, a single example: {listed(sums)}.", grids)
    most = 9 if len(sums) == 1 else 4
    rows = zip(of[1], sums[:, 0], strict=True)
    each = (f"({added(row, most)})/{m} = {say(one)}" for row, one in rows)
    said = f"{name} = the row sums of {of[0]} over {m}: {equations(each, most=3)}."
    return Frame(said, grids)


WALKS: Mapping[str, Callable[..., Walk]] = {
    "two_layer_forward": two_layer_forward,
    "two_layer_backward": two_layer_backward,
    "two_layer_gradients": two_layer_gradients,
}
