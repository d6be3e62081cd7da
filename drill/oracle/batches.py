"""Batch statistics from pairs of examples, and what is done with them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from drill.oracle.cells import (
    Array,
    ArrayLike,
    Exact,
    Index,
    assemble,
    axes_of,
    cells,
    group,
    spread_out,
    vector,
)


def loop_mean(values: ArrayLike) -> float:
    """Add the values up exactly and divide by how many there were.

    Examples
    --------
    >>> loop_mean([1, 3, 5, 7])
    4.0
    """
    return float(_mean(vector(values)))


def loop_variance(values: ArrayLike) -> float:
    """Biased variance: squared difference of every pair, divided by m².

    Examples
    --------
    >>> loop_variance([1, 3, 5, 7])
    5.0
    """
    return float(_variance(vector(values)))


def loop_batch_norm(
    z: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    eps: float = 0.0,
    axis: int | Iterable[int] = 0,
) -> Array:
    """Normalise feature by feature, with the variance from pairs.

    Examples
    --------
    >>> loop_batch_norm([1, 7, 9, 15], 5, 1).tolist()
    [-6.0, 0.0, 2.0, 8.0]
    """
    shape, batch = cells(z)
    gone = axes_of(axis, len(shape))
    groups = group(batch, gone)
    scale, shift = spread_out(gamma, groups), spread_out(beta, groups)
    out: dict[Index, float] = {}
    for feature, members in groups.items():
        held = [batch[place] for place in members]
        middle = _mean(held)
        sigma = math.sqrt(_variance(held) + Fraction(eps))
        for place in members:
            score = float(Fraction(batch[place]) - middle) / sigma
            out[place] = float(scale[feature]) * score + float(shift[feature])
    return assemble(shape, out)


def loop_batch_norm_inference(
    z: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    eps: float = 0.0,
) -> Array:
    """Normalise as one line, slope times z plus offset, with running statistics.

    Examples
    --------
    >>> loop_batch_norm_inference([10, 2], 4, 9, 3, 1).tolist()
    [7.0, -1.0]
    """
    shape, batch = cells(z)
    tables = [cells(one)[1] for one in (mean, variance, gamma, beta)]
    out: dict[Index, float] = {}
    for place, value in batch.items():
        middle, spread, scale, shift = (
            Fraction(table[()] if () in table else table[place[-1:]])
            for table in tables
        )
        slope = float(scale) / math.sqrt(spread + Fraction(eps))
        out[place] = slope * float(value) + (float(shift) - slope * float(middle))
    return assemble(shape, out)


def loop_running_average(old: ArrayLike, new: ArrayLike, momentum: float) -> Array:
    """Go from the old value the rest of the way, 1 − momentum, to the new one.

    Examples
    --------
    >>> loop_running_average(10, 20, 0.75).item()
    12.5
    """
    (shape, before), now = cells(old), cells(new)[1]
    step = 1 - Fraction(momentum)
    return assemble(
        shape, {at: before[at] + step * (now[at] - before[at]) for at in before}
    )


def enumerate_batch_norm_params(channels: int, running: bool = False) -> int:
    """Count each channel's γ and β, with `running` also its mean and variance.

    Examples
    --------
    >>> enumerate_batch_norm_params(64), enumerate_batch_norm_params(64, running=True)
    (128, 256)
    """
    names = ["gamma", "beta"] + ["mean", "variance"] * running
    return len([(channel, name) for channel in range(channels) for name in names])


def _mean(values: list[Exact]) -> Fraction:
    return Fraction(sum(values)) / len(values)


def _variance(values: list[Exact]) -> Fraction:
    pairs = sum((one - other) ** 2 for one, other in combinations(values, 2))
    return Fraction(pairs) / len(values) ** 2
