"""Gradients: a chain of boxes, and two terms that add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.draft import fresh, listed, marks, panel, say
from drill.walk.frame import Frame, Panel, Role, Walk


def power_loss_gradient(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float = 1.5
) -> Walk:
    """Show `drill.solver.power_loss_gradient`, from the loss back to x.

    Examples
    --------
    >>> walk = power_loss_gradient([[0, np.log(3)]], [[1], [1]], [[-3.2]])
    >>> walk.frames[-1].sentence
    'Through tanh: times 1 - t·t, entry by entry: 3, 1.08.'
    """
    out = solver.power_loss_gradient(x, W, y, power)
    forward, slope, t = _power_loss(x, W, y, power)
    weights = np.asarray(W, float)
    back = slope @ weights.T
    boxes = _Chain(["x", "t = tanh(x)", "v = t @ W", "u = v - y", "L"], forward)
    return Walk(
        "Backwards through a power loss",
        (
            *boxes.forwards(),
            _raised(boxes, slope, power),
            Frame(
                f"Through the product: times W transposed: {listed(back)}.",
                (boxes.at(1), panel("W", weights), fresh("dL/dt", back)),
            ),
            Frame(
                f"Through tanh: times 1 - t·t, entry by entry: {listed(out)}.",
                (boxes.at(0), panel("1 - t·t", 1 - t**2), fresh("dL/dx", out)),
            ),
        ),
    )


def power_loss_weight_gradient(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float = 1.5
) -> Walk:
    """Show `drill.solver.power_loss_weight_gradient`.

    Examples
    --------
    >>> walk = power_loss_weight_gradient([0, np.log(3)], [[1], [0]], [-4])
    >>> walk.frames[-1].sentence
    'Every entry of t meets every entry of dL/dv: t transposed times dL/dv: 0, 2.4.'
    """
    out = solver.power_loss_weight_gradient(x, W, y, power)
    forward, slope, t = _power_loss(x, W, y, power)
    boxes = _Chain(["x", "t = tanh(x)", "v = t @ W", "u = v - y", "L"], forward)
    said = "Every entry of t meets every entry of dL/dv: t transposed times dL/dv"
    grids = (boxes.at(2), panel("t", t), panel("dL/dv", slope), fresh("dL/dW", out))
    return Walk(
        "Back to the weights of a power loss",
        (
            *boxes.forwards(),
            _raised(boxes, slope, power),
            Frame(f"{said}: {listed(out)}.", grids),
        ),
    )


def _power_loss(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float
) -> tuple[list[NDArray[Any]], NDArray[Any], NDArray[Any]]:
    row = np.atleast_2d(np.asarray(x, float))
    t = np.tanh(row)
    v = t @ np.asarray(W, float)
    u = v - np.atleast_2d(np.asarray(y, float))
    return [row, t, v, u, np.sum(u**power)], power * u ** (power - 1), t


def _raised(boxes: _Chain, slope: NDArray[Any], power: float) -> Frame:
    said = f"Back from the loss: {say(power)}·u to the power {say(power - 1)}"
    return Frame(f"{said}: {listed(slope)}.", (boxes.at(2), fresh("dL/dv", slope)))


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
    >>> walk.frames[1].sentence
    'At the output dZ2 = A2 - Y: -0.5, 0.5.'
    """
    dW1, db1, dW2, db2 = solver.two_layer_gradients(X, A1, A2, Y, W2, activation)
    inputs, hidden = np.asarray(X, float), np.asarray(A1, float)
    m = inputs.shape[1]
    dZ2 = np.asarray(A2, float) - np.asarray(Y, float)
    dA1 = np.asarray(W2, float).T @ dZ2
    slopes = {
        "tanh": ("1 - A1·A1", 1 - hidden**2),
        "relu": ("1 where A1 > 0", (hidden > 0).astype(float)),
        "sigmoid": ("A1·(1 - A1)", hidden * (1 - hidden)),
    }
    name, slope = slopes[activation]
    dZ1 = dA1 * slope
    names = ["X", "Z1", "A1", "Z2", "A2"]
    boxes = _Chain(names, [inputs, hidden, hidden, dZ2, dZ2])
    return Walk(
        "Backwards through two layers",
        (
            Frame("The gradient flows from right to left.", (boxes.at(4),)),
            Frame(
                f"At the output dZ2 = A2 - Y: {listed(dZ2)}.",
                (boxes.at(3), panel("A2", A2), panel("Y", Y), fresh("dZ2", dZ2)),
            ),
            Frame(
                f"dW2 = dZ2 @ A1.T/{m} and db2 = the row sums of dZ2/{m}:"
                f" {listed(dW2)} and {listed(db2)}.",
                (boxes.at(3), fresh("dW2", dW2), fresh("db2", db2)),
            ),
            Frame(
                f"Back through W2: dA1 = W2.T @ dZ2: {listed(dA1)}.",
                (boxes.at(2), panel("W2", W2), fresh("dA1", dA1)),
            ),
            Frame(
                f"Through {activation}: dZ1 = dA1 times {name}: {listed(dZ1)}.",
                (boxes.at(1), panel("slope", slope), fresh("dZ1", dZ1)),
            ),
            Frame(
                f"dW1 = dZ1 @ X.T/{m} and db1 = the row sums of dZ1/{m}:"
                f" {listed(dW1)} and {listed(db1)}.",
                (boxes.at(0), fresh("dW1", dW1), fresh("db1", db1)),
            ),
        ),
    )


class _Chain:
    """Boxes in a row, each with its shape; one is where the gradient is."""

    def __init__(self, names: list[str], values: list[NDArray[Any]]) -> None:
        self.names = names
        self.values = values
        shapes = ["×".join(map(str, np.shape(value))) or "1" for value in values]
        self.boxes = tuple(names), tuple(shapes)

    def at(self, place: int) -> Panel:
        """Return the chain with the gradient in one box."""
        here = {(row, place): Role.NOW for row in (0, 1)}
        return Panel("chain", self.boxes, here, "gradients come from the right")

    def forwards(self) -> list[Frame]:
        """Return a frame for each box after the first, from left to right."""
        frames = []
        for place in range(1, len(self.names)):
            name = self.names[place].split(" = ")[0]
            value = self.values[place]
            here = {(row, place): Role.WINDOW for row in (0, 1)}
            grids = (Panel("chain", self.boxes, here), fresh(name, value))
            frames.append(Frame(f"{self.names[place]}: {listed(value)}.", grids))
        return frames


def l2_logistic_gradient(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> Walk:
    """Show `drill.solver.l2_logistic_gradient`: two terms that add.

    Examples
    --------
    >>> for frame in l2_logistic_gradient([2, 1], 1, 0.5, [3, -4], 0.5).frames:
    ...     print(frame.sentence)
    The data term (yhat - y)·x is -1, -0.5.
    The penalty's term lambda·w is 1.5, -2.
    They add: 0.5, -2.5.
    """
    out = solver.l2_logistic_gradient(x, y, yhat, w, lam)
    penalty = lam * np.asarray(w, float)
    return _two_terms("L2", "lambda·w", penalty, w, out)


def l1_logistic_gradient(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> Walk:
    """Show `drill.solver.l1_logistic_gradient`: two terms that add.

    Examples
    --------
    >>> l1_logistic_gradient([2, 1], 1, 0.5, [3, -4], 0.5).frames[1].sentence
    "The penalty's term lambda·sign(w) is 0.5, -0.5."
    """
    out = solver.l1_logistic_gradient(x, y, yhat, w, lam)
    penalty = lam * np.sign(np.asarray(w, float))
    return _two_terms("L1", "lambda·sign(w)", penalty, w, out)


def _two_terms(
    kind: str, name: str, penalty: NDArray[Any], w: ArrayLike, out: NDArray[Any]
) -> Walk:
    data = np.asarray(out) - penalty
    new = marks(((0, column) for column in range(np.size(out))), Role.NOW)
    total = panel("gradient", out, new)
    return Walk(
        f"Two terms of the gradient, {kind}",
        (
            Frame(
                f"The data term (yhat - y)·x is {listed(data)}.",
                (panel("data term", data, new),),
            ),
            Frame(
                f"The penalty's term {name} is {listed(penalty)}.",
                (panel("w", w), panel("penalty's term", penalty, new)),
            ),
            Frame(
                f"They add: {listed(out)}.",
                (panel("data term", data), panel("penalty's term", penalty), total),
            ),
        ),
    )


def soft_threshold(w: ArrayLike, t: float) -> Walk:
    """Show `drill.solver.soft_threshold`.

    Examples
    --------
    >>> soft_threshold([3, -0.5], 1).frames[-1].sentence
    'Weights between -1 and 1 stop at 0, the others move by 1 towards it: 2, 0.'
    """
    weights, out = np.asarray(w), solver.soft_threshold(w, t) + 0.0
    gone = [(int(r), int(c)) for r, c in np.argwhere(np.atleast_2d(out) == 0)]
    said = f"Weights between -{say(t)} and {say(t)} stop at 0, the others move by"
    return Walk(
        "Shrinking the weights",
        (
            Frame(
                f"{said} {say(t)} towards it: {listed(out)}.",
                (panel("w", weights, marks(gone, Role.WINDOW)), fresh("shrunk", out)),
            ),
        ),
    )


WALKS: Mapping[str, Callable[..., Walk]] = {
    "power_loss_gradient": power_loss_gradient,
    "power_loss_weight_gradient": power_loss_weight_gradient,
    "two_layer_gradients": two_layer_gradients,
    "l2_logistic_gradient": l2_logistic_gradient,
    "l1_logistic_gradient": l1_logistic_gradient,
    "soft_threshold": soft_threshold,
}
