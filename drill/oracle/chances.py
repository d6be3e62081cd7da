"""Probabilities, losses and dropout from their definitions."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

from drill.errors import SolverError
from drill.oracle.cells import (
    Array,
    ArrayLike,
    Cells,
    assemble,
    axes_of,
    cells,
    exact,
    places,
    vector,
)

MOST_UNITS = 16


def loop_softmax(z: ArrayLike, axis: int) -> Array:
    """Weigh every entry against its rivals: ``1 / Σ e^(z_j − z_i)``.

    Examples
    --------
    >>> loop_softmax([1000, 1000], 0).tolist()
    [0.5, 0.5]
    """
    shape, logits = cells(z)
    (gone,) = axes_of(axis, len(shape))
    shares: dict[tuple[int, ...], float] = {}
    for place, own in logits.items():
        rivals = [
            logits[(*place[:gone], rival, *place[gone + 1 :])]
            for rival in range(shape[gone])
        ]
        leads = [float(rival - own) for rival in rivals]
        # e^709 is the last that a float holds; such a rival leaves nothing.
        shares[place] = (
            0.0 if max(leads) > 700 else 1 / math.fsum(math.exp(one) for one in leads)
        )
    return assemble(shape, shares)


def loop_cross_entropy(p: ArrayLike, y: ArrayLike) -> float:
    """Add ``y ln(1/p)`` over classes and examples, divided by the examples.

    Examples
    --------
    >>> round(loop_cross_entropy([0.25, 0.5, 0.25], 1), 4)
    0.6931
    """
    (shape, chances), (y_shape, target) = cells(p), cells(y)
    if len(y_shape) < len(shape):
        target = {place: int(target[place[1:]] == place[0]) for place in places(shape)}
    surprises = [
        float(target[place]) * math.log(1 / chances[place])
        for place in chances
        if target[place]
    ]
    return math.fsum(surprises) / (shape[1] if len(shape) == 2 else 1)


def loop_uniform_loss(k: int) -> float:
    """Cross-entropy of a guess that gives all `k` classes the same chance.

    Examples
    --------
    >>> round(loop_uniform_loss(10), 4)
    2.3026
    """
    return loop_cross_entropy([1 / k] * k, 0)


def loop_sigmoid(z: ArrayLike) -> Array:
    """Half of ``1 + tanh(z / 2)``.

    Examples
    --------
    >>> loop_sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    shape, logits = cells(z)
    halves = {at: (1 + math.tanh(float(one) / 2)) / 2 for at, one in logits.items()}
    return assemble(shape, halves)


def loop_relu(z: ArrayLike) -> Array:
    """Keep every entry above 0 and multiply the others by 0.

    Examples
    --------
    >>> loop_relu([-2, 0, 3]).tolist()
    [0, 0, 3]
    """
    shape, table = cells(z)
    kept: Cells = {at: one if one > 0 else one * 0 for at, one in table.items()}
    return assemble(shape, kept)


def loop_logistic_loss(y: ArrayLike, yhat: ArrayLike) -> float:
    """Mean of ``ln(1 + e^z) − y z`` with z the log-odds of the prediction.

    Examples
    --------
    >>> round(loop_logistic_loss(1, 0.75), 4)
    0.2877
    """
    losses = []
    for label, guess in zip(vector(y), vector(yhat), strict=True):
        odds = Fraction(guess) / (1 - Fraction(guess))
        losses.append(math.log(1 + odds) - float(label) * math.log(odds))
    return math.fsum(losses) / len(losses)


def loop_l2_penalty(w: ArrayLike, lam: float) -> float:
    """Half of λ for every weight, times the weight, times the weight.

    Examples
    --------
    >>> loop_l2_penalty([2, -4], 0.5)
    5.0
    """
    return float(sum(Fraction(lam) / 2 * weight * weight for weight in vector(w)))


def loop_l1_penalty(w: ArrayLike, lam: float) -> float:
    """λ for every weight, times how far the weight is from 0.

    Examples
    --------
    >>> loop_l1_penalty([2, -4], 0.5)
    3.0
    """
    return float(sum(Fraction(lam) * max(one, -one) for one in vector(w)))


def loop_l2_logistic_loss(
    y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> float:
    """Logistic loss by log-odds plus the L2 penalty weight by weight.

    Examples
    --------
    >>> round(loop_l2_logistic_loss(1, 0.75, [2, -4], 0.1), 4)
    1.2877
    """
    return loop_logistic_loss(y, yhat) + loop_l2_penalty(w, lam)


def loop_l1_logistic_loss(
    y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> float:
    """Logistic loss by log-odds plus the L1 penalty weight by weight.

    Examples
    --------
    >>> round(loop_l1_logistic_loss(1, 0.75, [2, -4], 0.1), 4)
    0.8877
    """
    return loop_logistic_loss(y, yhat) + loop_l1_penalty(w, lam)


def loop_margin_loss(w: ArrayLike, x: ArrayLike, y: ArrayLike) -> float:
    """Mean logistic loss of weights `w` on points `x`, one per column, labels 0 or 1.

    Examples
    --------
    >>> round(loop_margin_loss([1], [[1.0986122886681098, -1.0986122886681098]],
    ...                        [1, 0]), 4)
    0.2877
    """
    weights = vector(w)
    (features, examples), inputs = cells(x)
    losses = []
    for example, label in enumerate(vector(y)):
        score = sum(weights[k] * inputs[k, example] for k in range(features))
        margin = float(score if label else -score)
        losses.append(math.log1p(math.exp(-margin)))
    return math.fsum(losses) / examples


def search_soft_threshold(w: ArrayLike, t: float) -> Array:
    """Of w − t, 0 and w + t, take the one that makes ``(u − w)²/2 + t|u|`` least.

    Examples
    --------
    >>> search_soft_threshold([3, -0.5, -2], 1).tolist()
    [2.0, 0.0, -1.0]
    """
    shape, weights = cells(w)
    limit = Fraction(exact(t))
    out: Cells = {}
    for at, weight in weights.items():
        options = [Fraction(0), weight - limit, weight + limit]
        out[at] = min(options, key=lambda u: (u - weight) ** 2 / 2 + limit * abs(u))
    return assemble(shape, out)


def loop_dropout(a: ArrayLike, mask: ArrayLike, keep_prob: float) -> Array:
    """Divide what is kept by the chance of keeping it, and put 0 for the rest.

    Examples
    --------
    >>> loop_dropout([2, 4, 6], [1, 0, 1], 0.5).tolist()
    [4.0, 0.0, 12.0]
    """
    (shape, units), kept = cells(a), cells(mask)[1]
    share = Fraction(keep_prob)
    return assemble(
        shape,
        {at: Fraction(units[at]) / share if kept[at] else Fraction(0) for at in units},
    )


def expect_dropout(a: ArrayLike, keep_prob: float, scaled: bool = True) -> Array:
    """Average the dropped-out vector over every mask there is, by its chance.

    Examples
    --------
    >>> expect_dropout([2, 4], 0.25), expect_dropout([2, 4], 0.25, scaled=False)
    (array([2., 4.]), array([0.5, 1. ]))
    """
    return _moments(a, keep_prob, scaled)[0]


def spread_dropout(a: ArrayLike, keep_prob: float, scaled: bool = True) -> Array:
    """Variance of the dropped-out vector over every mask there is.

    Examples
    --------
    >>> spread_dropout([2, 4], 0.5)
    array([ 4., 16.])
    """
    return _moments(a, keep_prob, scaled)[1]


def count_subnetworks(units: int) -> int:
    """Count the masks of a layer by doubling once for every unit.

    Examples
    --------
    >>> count_subnetworks(10)
    1024
    """
    masks = 1
    for _ in range(units):
        masks += masks
    return masks


def _moments(a: ArrayLike, keep_prob: float, scaled: bool) -> tuple[Array, Array]:
    units = vector(a)
    if len(units) > MOST_UNITS:
        raise SolverError(
            f"{len(units)} units have too many masks to try; give at most {MOST_UNITS}"
        )
    share = Fraction(keep_prob)
    mean = [Fraction(0)] * len(units)
    square = [Fraction(0)] * len(units)
    for mask in product((0, 1), repeat=len(units)):
        chance = math.prod(share if kept else 1 - share for kept in mask)
        for place, kept in enumerate(mask):
            value = Fraction(units[place]) * kept / (share if scaled else 1)
            mean[place] += chance * value
            square[place] += chance * value * value
    size = (len(units),)
    return (
        assemble(size, {(i,): one for i, one in enumerate(mean)}),
        assemble(size, {(i,): square[i] - mean[i] ** 2 for i in range(len(units))}),
    )
