"""Gradients: back through a power loss, and two terms that add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.chain import Chain, Product
from drill.walk.frame import Frame, Role, Walk
from drill.walk.panels import (
    added,
    blank,
    cells,
    equations,
    factor,
    fresh,
    listed,
    marks,
    panel,
    products,
    say,
    turns,
)


def power_loss_gradient(
    x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float = 1.5
) -> Walk:
    """Show `drill.solver.power_loss_gradient`, from the loss back to x.

    Examples
    --------
    >>> walk = power_loss_gradient([[0, np.log(3)]], [[1], [1]], [[-3.2]])
    >>> walk.frames[-1].sentence
    'Through tanh: times 1 - t·t, entry by entry: 3·(1 - 0) = 3, 3·(1 - 0.64) = 1.08.'
    """
    out = solver.power_loss_gradient(x, W, y, power)
    given = _PowerLoss(x, W, y, power)
    t, weights = given.t, given.W
    slope, boxes = given.slope(), given.boxes()
    back = slope @ weights.T
    product = Product("dL/dt", ("dL/dv", slope), ("W.T", weights.T), back)
    pairs = zip(back.flat, t.flat, out.flat, strict=True)
    told = equations(f"{say(a)}·(1 - {say(b * b)}) = {say(c)}" for a, b, c in pairs)
    grids = (boxes.at(0), panel("1 - t·t", 1 - t**2), fresh("dL/dx", out))
    return Walk(
        "Backwards through a power loss",
        (
            *given.forwards(),
            given.raised(),
            *product.frames(boxes.at(1), 16),
            Frame(f"Through tanh: times 1 - t·t, entry by entry: {told}.", grids),
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
    'dL/dW, row 1, column 0: 0.8·3 = 2.4.'
    """
    out = solver.power_loss_weight_gradient(x, W, y, power)
    given = _PowerLoss(x, W, y, power)
    factors = ("t.T", given.t.T), ("dL/dv", given.slope())
    frames = Product("dL/dW", *factors, out).frames(given.boxes().at(2), 30)
    return Walk(
        "Back to the weights of a power loss",
        (*given.forwards(), given.raised(), *frames),
    )


class _PowerLoss:
    """The loss of tanh(x) @ W - y, forwards."""

    def __init__(self, x: ArrayLike, W: ArrayLike, y: ArrayLike, power: float) -> None:
        self.x, self.y = (np.atleast_2d(np.asarray(one, float)) for one in (x, y))
        self.W, self.power = np.asarray(W, float), float(power)
        self.t = np.tanh(self.x)
        self.v = self.t @ self.W
        self.u = self.v - self.y

    def slope(self) -> NDArray[Any]:
        return np.asarray(self.power * self.u ** (self.power - 1))

    def boxes(self) -> Chain:
        loss = np.array(0.0)
        return Chain(["x", "t", "v", "u", "L"], [self.x, self.t, self.v, self.u, loss])

    def forwards(self) -> Iterator[Frame]:
        """Yield the steps from x to the loss."""
        boxes = self.boxes()
        told = equations(
            f"tanh({say(a)}) = {say(b)}"
            for a, b in zip(self.x.flat, self.t.flat, strict=True)
        )
        grids = (boxes.forwards(1), panel("x", self.x), fresh("t", self.t))
        yield Frame(f"t = tanh(x): {told}.", grids)
        product = Product("v", ("t", self.t), ("W", self.W), self.v)
        yield from product.frames(boxes.forwards(2), 16)
        told = equations(
            f"{say(a)} - {factor(b)} = {say(c)}"
            for a, b, c in zip(self.v.flat, self.y.flat, self.u.flat, strict=True)
        )
        last = (panel("v", self.v), panel("y", self.y), fresh("u", self.u))
        yield Frame(f"u = v - y: {told}.", (boxes.forwards(3), *last))
        powers = self.u**self.power
        said = f"L = the sum of u to the power {say(self.power)}: {added(powers.flat)}"
        if powers.size > 1:
            said += f" = {say(powers.sum())}"
        grids = (boxes.forwards(4), panel("u", self.u), fresh("powers", powers))
        yield Frame(f"{said}.", grids)

    def raised(self) -> Frame:
        """Return the step from the loss back to v."""
        told = equations(
            f"{say(self.power)}·{factor(a)}^{say(self.power - 1)} = {say(b)}"
            for a, b in zip(self.u.flat, self.slope().flat, strict=True)
        )
        grids = (self.boxes().at(2), panel("u", self.u), fresh("dL/dv", self.slope()))
        return Frame(f"Back from the loss, dL/du = dL/dv: {told}.", grids)


def l2_logistic_gradient(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> Walk:
    """Show `drill.solver.l2_logistic_gradient`: two terms that add.

    Examples
    --------
    >>> for frame in l2_logistic_gradient([2, 1], 1, 0.5, [3, -4], 0.5).frames:
    ...     print(frame.sentence)
    The error yhat - y: 0.5 - 1 = -0.5.
    The data term, entry 0: (-0.5)·2 = -1.
    The data term, entry 1: (-0.5)·1 = -0.5.
    The penalty's term lambda·w: 0.5·3 = 1.5, 0.5·(-4) = -2.
    They add: -1 + 1.5 = 0.5, -0.5 + (-2) = -2.5.
    """
    out = solver.l2_logistic_gradient(x, y, yhat, w, lam)
    penalty = lam * np.asarray(w, float)
    return Walk(
        "Two terms of the gradient, L2",
        (*_data_term(x, y, yhat), *_penalty("w", lam, w, w, penalty, out)),
    )


def l1_logistic_gradient(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> Walk:
    """Show `drill.solver.l1_logistic_gradient`: two terms that add.

    Examples
    --------
    >>> l1_logistic_gradient([2, 1], 1, 0.5, [3, -4], 0.5).frames[-2].sentence
    "The penalty's term lambda·sign(w): 0.5·1 = 0.5, 0.5·(-1) = -0.5."
    """
    out = solver.l1_logistic_gradient(x, y, yhat, w, lam)
    penalty = lam * np.sign(np.asarray(w, float))
    signs = np.sign(np.asarray(w, float))
    return Walk(
        "Two terms of the gradient, L1",
        (*_data_term(x, y, yhat), *_penalty("sign(w)", lam, w, signs, penalty, out)),
    )


def _data_term(x: ArrayLike, y: ArrayLike, yhat: ArrayLike) -> Iterator[Frame]:
    inputs = np.asarray(x, float)
    labels, given = np.asarray(y, float), np.asarray(yhat, float)
    errors = given - labels
    pairs = zip(given.flat, labels.flat, errors.flat, strict=True)
    told = equations(f"{say(a)} - {factor(b)} = {say(c)}" for a, b, c in pairs)
    grids = (panel("yhat", given), panel("y", labels), fresh("errors", errors))
    many = errors.ndim > 0
    yield Frame(f"The {'errors' if many else 'error'} yhat - y: {told}.", grids)
    data = solver.l2_logistic_gradient(x, y, yhat, np.zeros(len(inputs)), 0)
    out = blank(data.shape)
    for rows in turns(len(data), 50):
        out[rows] = data[rows]
        if len(rows) > 1:
            said = f"The data term from {rows.start} on: {listed(data[rows])}"
        else:
            row = np.atleast_1d(inputs[rows.start])
            sums = products(np.atleast_1d(errors), row)
            total = f"({sums})/{errors.size}" if many else sums
            said = f"The data term, entry {rows.start}: {total}"
            said += f" = {say(data[rows.start])}"
        looked = cells(rows, range(errors.size)) if many else cells([0], rows)
        grids = (
            panel("x", inputs, marks(looked, Role.WINDOW)),
            panel("errors", errors),
            fresh("data term", out, cells([0], rows)),
        )
        yield Frame(f"{said}.", grids)


def _penalty(
    name: str,
    lam: float,
    w: ArrayLike,
    pulls: ArrayLike,
    penalty: NDArray[Any],
    out: NDArray[Any],
) -> Iterator[Frame]:
    data = np.asarray(out) - penalty
    pairs = zip(np.ravel(pulls), penalty, strict=True)
    told = equations(f"{say(lam)}·{factor(a)} = {say(b)}" for a, b in pairs)
    said = f"The penalty's term lambda·{name}: {told}."
    yield Frame(said, (panel("w", w), fresh("penalty's term", penalty)))
    triples = zip(data, penalty, out, strict=True)
    told = equations(f"{say(a)} + {factor(b)} = {say(c)}" for a, b, c in triples)
    grids = (panel("data term", data), panel("penalty's term", penalty))
    yield Frame(f"They add: {told}.", (*grids, fresh("gradient", out)))


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
    "l2_logistic_gradient": l2_logistic_gradient,
    "l1_logistic_gradient": l1_logistic_gradient,
    "soft_threshold": soft_threshold,
}
