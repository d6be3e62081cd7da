"""Gradients by moving each argument a little.

Where the function is analytic the move is imaginary (see `drill.oracle.moves`);
elsewhere differences are taken in exact fractions.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from drill.oracle.cells import (
    Array,
    ArrayLike,
    Cells,
    Exact,
    Index,
    assemble,
    axes_of,
    cells,
    group,
    places,
    spread_out,
    vector,
)
from drill.oracle.moves import slopes


def difference_softmax(p: ArrayLike, k: ArrayLike) -> Array:
    """Gradient of −ln softmax in the logits, found by moving ``z = ln p``.

    Examples
    --------
    >>> difference_softmax([0.25, 0.5, 0.25], 1).round(12).tolist()
    [0.25, -0.5, 0.25]
    """
    shape, chances = cells(p)
    classes = vector(k)
    out: dict[Index, float] = {}
    columns = group(chances, {0}).values()
    for column, true in zip(columns, classes, strict=True):
        logits = [math.log(chances[place]) for place in column]
        kept = int(true)

        def loss(z: list[complex], kept: int = kept) -> complex:
            return cmath.log(sum(cmath.exp(one) for one in z)) - z[kept]

        out.update(zip(column, slopes(loss, logits), strict=True))
    return assemble(shape, out)


def difference_cross_entropy(p: ArrayLike, y: ArrayLike) -> Array:
    """Gradient of ``−Σ y ln p`` in the probabilities themselves; y of p's shape.

    Examples
    --------
    >>> difference_cross_entropy([0.25, 0.75], [0.5, 0.5]).round(4).tolist()
    [-2.0, -0.6667]
    """
    shape, chances = cells(p)
    target = vector(y)
    found = slopes(
        lambda q: (
            -sum(
                float(one) * cmath.log(guess)
                for one, guess in zip(target, q, strict=True)
            )
        ),
        list(chances.values()),
    )
    return assemble(shape, dict(zip(chances, found, strict=True)))


def difference_l2_logistic(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> Array:
    """Gradient in w of the L2-regularised loss, through ``z = logit(ŷ) + Δw·x``.

    Examples
    --------
    >>> difference_l2_logistic([2, -1], 1, 0.75, [2, -4], 0.5).round(12).tolist()
    [0.5, -1.75]
    """
    weights = vector(w)
    found = slopes(
        lambda v: (
            _data_loss(x, y, yhat, weights, v) + lam / 2 * sum(one * one for one in v)
        ),
        weights,
    )
    return assemble((len(weights),), {(i,): one for i, one in enumerate(found)})


def difference_l1_logistic(
    x: ArrayLike, y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float
) -> Array:
    """Gradient in w of the L1-regularised loss; the penalty by an exact difference.

    At a weight of 0 the central difference gives 0, one of the subgradients.

    Examples
    --------
    >>> difference_l1_logistic([2, -1], 1, 0.75, [2, -4], 0.5).round(12).tolist()
    [0.0, -0.25]
    """
    weights = vector(w)
    data = slopes(lambda v: _data_loss(x, y, yhat, weights, v), weights)
    step = min((abs(Fraction(one)) for one in weights if one), default=Fraction(1)) / 2
    out: dict[Index, float] = {}
    for place, weight in enumerate(weights):
        rise = abs(weight + step) - abs(weight - step)
        out[place,] = data[place] + float(Fraction(lam) * rise / (2 * step))
    return assemble((len(weights),), out)


def difference_relu(dout: ArrayLike, z: ArrayLike) -> Array:
    """Slope of ``Σ dout · max(0, z)`` from the left, so that it is 0 at 0.

    Examples
    --------
    >>> difference_relu([5, -6, 7], [-2, 1, 0]).tolist()
    [0.0, -6.0, 0.0]
    """
    (shape, table), upstream = cells(z), cells(dout)[1]
    step = min((abs(Fraction(one)) for one in table.values() if one), default=1) / 2
    step = Fraction(step)
    out: Cells = {}
    for place, value in table.items():
        rise = max(Fraction(0), Fraction(value)) - max(Fraction(0), value - step)
        out[place] = upstream[place] * rise / step
    return assemble(shape, out)


def difference_tanh(z: ArrayLike) -> Array:
    """Slope of tanh at every entry.

    Examples
    --------
    >>> difference_tanh([0]).tolist()
    [1.0]
    """
    return _each(cmath.tanh, z)


def difference_sigmoid(z: ArrayLike) -> Array:
    """Slope of the sigmoid at every entry.

    Examples
    --------
    >>> difference_sigmoid([0]).tolist()
    [0.25]
    """
    return _each(lambda one: 1 / (1 + cmath.exp(-one)), z)


def difference_batch_norm(
    dout: ArrayLike,
    z: ArrayLike,
    gamma: ArrayLike,
    eps: float = 0.0,
    axis: int | Iterable[int] = 0,
) -> tuple[Array, Array, Array]:
    """Gradients of batch norm in z, gamma and beta, feature by feature.

    Examples
    --------
    >>> dz, dgamma, dbeta = difference_batch_norm([1, 0, 0, 0], [1, 7, 9, 15], 5)
    >>> dz.round(4).tolist(), dgamma.round(4).tolist(), dbeta.tolist()
    ([0.26, -0.32, -0.18, 0.24], -1.4, 1.0)
    """
    (shape, batch), upstream = cells(z), cells(dout)[1]
    gone = axes_of(axis, len(shape))
    groups = group(batch, gone)
    scale = spread_out(gamma, groups)
    dz: dict[Index, float] = {}
    dgamma: dict[Index, float] = {}
    dbeta: dict[Index, float] = {}
    for feature, members in groups.items():
        weights = [float(upstream[place]) for place in members]

        def loss(v: list[complex], weights: list[float] = weights) -> complex:
            *values, stretch, shift = v
            middle = sum(values) / len(values)
            spread = sum((one - middle) ** 2 for one in values) / len(values)
            root = cmath.sqrt(spread + eps)
            return sum(
                weight * (stretch * (one - middle) / root + shift)
                for weight, one in zip(weights, values, strict=True)
            )

        found = slopes(loss, [*(batch[one] for one in members), scale[feature], 0])
        dgamma[feature], dbeta[feature] = found[-2:]
        dz.update(zip(members, found, strict=False))
    short = tuple(size for at, size in enumerate(shape) if at not in gone)
    return assemble(shape, dz), assemble(short, dgamma), assemble(short, dbeta)


def _each(function: Callable[[complex], complex], z: ArrayLike) -> Array:
    shape, table = cells(z)
    found: Mapping[Index, float] = {
        at: slopes(lambda v: function(v[0]), [one])[0] for at, one in table.items()
    }
    return assemble(shape, found)


def _data_loss(
    x: ArrayLike,
    y: ArrayLike,
    yhat: ArrayLike,
    old: Sequence[Exact],
    new: Sequence[complex],
) -> complex:
    """Mean cross-entropy when the weights that gave `yhat` become `new`."""
    shape, inputs = cells(x)
    total = 0j
    labels, guesses = vector(y), vector(yhat)
    for example, (label, guess) in enumerate(zip(labels, guesses, strict=True)):
        z = complex(math.log(Fraction(guess) / (1 - Fraction(guess))))
        for (feature,) in places(shape[:1]):
            at = (feature, example) if len(shape) == 2 else (feature,)
            z += (new[feature] - complex(old[feature])) * float(inputs[at])
        total += cmath.log(1 + cmath.exp(z)) - float(label) * z
    return total / len(labels)
