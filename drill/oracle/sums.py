"""Optimisers and schedules written out as sums, without a recursion to trust."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from drill.oracle.cells import Array, ArrayLike, Cells, Index, assemble, cells, vector


def sum_momentum(
    w: ArrayLike,
    v: ArrayLike,
    gradients: ArrayLike,
    lr: float,
    beta: float = 0.9,
) -> tuple[Array, Array]:
    """Weights and velocity after a step for each gradient, or for the one given.

    ``v_t = β^t v_0 + Σ (1 − β) β^(t − k) g_k`` and ``w_T = w_0 − lr Σ v_t``.

    Examples
    --------
    >>> w, v = sum_momentum(1.0, 2.0, 4.0, 0.5, 0.75)
    >>> w.item(), v.item()
    (-0.25, 2.5)
    """
    (shape, weights), velocity = cells(w), cells(v)[1]
    history = _history(shape, gradients)
    rate = Fraction(lr)
    new_w, new_v = {}, {}
    for at in weights:
        steps = _moments([one[at] for one in history], Fraction(velocity[at]), beta)
        new_w[at] = weights[at] - rate * sum(steps)
        new_v[at] = steps[-1]
    return assemble(shape, new_w), assemble(shape, new_v)


def sum_rmsprop(
    w: ArrayLike,
    s: ArrayLike,
    gradients: ArrayLike,
    lr: float,
    beta: float = 0.9,
    eps: float = 1e-8,
) -> tuple[Array, Array]:
    """Weights and mean square after a step for each gradient, or for the one given.

    Examples
    --------
    >>> w, s = sum_rmsprop(1.0, 8.0, [4.0], 0.75, 0.875, eps=0)
    >>> w.item(), s.item()
    (0.0, 9.0)
    """
    (shape, weights), square = cells(w), cells(s)[1]
    history = _history(shape, gradients)
    new_w, new_s = {}, {}
    for at in weights:
        past = [Fraction(one[at]) for one in history]
        means = _moments([one * one for one in past], Fraction(square[at]), beta)
        moves = [
            float(lr) * float(g) / (math.sqrt(mean) + float(eps))
            for g, mean in zip(past, means, strict=True)
        ]
        new_w[at] = float(weights[at]) - math.fsum(moves)
        new_s[at] = means[-1]
    return assemble(shape, new_w), assemble(shape, new_s)


def sum_adam(
    w: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    gradients: ArrayLike,
    t: int = 1,
    lr: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Array, Array, Array]:
    """Weights and moments after a step for each gradient, the first step being `t`.

    One gradient, of the shape of `w`, need not be put in a list.

    The correction is the total weight that the sum gave to gradients so far.

    Examples
    --------
    >>> w, m, v = sum_adam(1.0, 0.0, 0.0, [4.0], 1, lr=0.5, eps=0)
    >>> round(w.item(), 9), round(m.item(), 9), round(v.item(), 9)
    (0.5, 0.4, 0.016)
    """
    (shape, weights), first, second = cells(w), cells(m)[1], cells(v)[1]
    history = _history(shape, gradients)
    new_w, new_m, new_v = {}, {}, {}
    for at in weights:
        past = [Fraction(one[at]) for one in history]
        means = _moments(past, Fraction(first[at]), beta1)
        squares = _moments([one * one for one in past], Fraction(second[at]), beta2)
        moves = []
        for step, (mean, square) in enumerate(zip(means, squares, strict=True), t):
            mean_hat = mean / _weight(beta1, step)
            square_hat = square / _weight(beta2, step)
            moves.append(
                float(lr) * float(mean_hat) / (math.sqrt(square_hat) + float(eps))
            )
        new_w[at] = float(weights[at]) - math.fsum(moves)
        new_m[at], new_v[at] = means[-1], squares[-1]
    return assemble(shape, new_w), assemble(shape, new_m), assemble(shape, new_v)


def sum_weighted_average(
    values: ArrayLike, beta: float, corrected: bool = False
) -> Array:
    """Each average as a weighted sum of all values so far.

    `corrected` divides by the sum of the weights.

    Examples
    --------
    >>> sum_weighted_average([8, 16], 0.5).tolist()
    [4.0, 10.0]
    """
    series = vector(values)
    decay = Fraction(beta)
    out: dict[tuple[int, ...], Fraction] = {}
    for t in range(1, len(series) + 1):
        weights = [(1 - decay) * decay ** (t - k) for k in range(1, t + 1)]
        total = sum(
            weight * value for weight, value in zip(weights, series, strict=False)
        )
        out[t - 1,] = Fraction(total / sum(weights) if corrected else total)
    return assemble((len(series),), out)


def sum_xavier_variance(n_in: int, n_out: int | None = None) -> float:
    """The weight variance at which the terms of one sum add up to variance 1.

    With `n_out`, the mean of both directions' numbers of terms is used.

    Examples
    --------
    >>> sum_xavier_variance(4), sum_xavier_variance(6, 2)
    (0.25, 0.25)
    """
    forwards = sum(Fraction(1) for _ in range(n_in))
    if n_out is None:
        return float(1 / forwards)
    backwards = sum(Fraction(1) for _ in range(n_out))
    return float(1 / ((forwards + backwards) / 2))


def sum_he_variance(n_in: int) -> float:
    """The same when ReLU silences half of each term's variance.

    Examples
    --------
    >>> sum_he_variance(8)
    0.25
    """
    return float(1 / sum(Fraction(1, 2) for _ in range(n_in)))


def unroll_inverse_decay(lr0: float, rate: float, epoch: int) -> float:
    """``lr0 / (1 + rate · epoch)``, with the denominator grown epoch by epoch.

    Examples
    --------
    >>> unroll_inverse_decay(0.5, 1, 4)
    0.1
    """
    denominator = Fraction(1)
    for _ in range(epoch):
        denominator += Fraction(rate)
    return float(Fraction(lr0) / denominator)


def unroll_power_decay(lr0: float, factor: float, epoch: int, every: int = 1) -> float:
    """Multiply by `factor` at the end of every `every` epochs.

    Examples
    --------
    >>> unroll_power_decay(1.0, 0.5, 3), unroll_power_decay(1.0, 0.5, 7, every=3)
    (0.125, 0.25)
    """
    rate = Fraction(lr0)
    for done in range(1, epoch + 1):
        if done % every == 0:
            rate *= Fraction(factor)
    return float(rate)


def multiply_layers(factor: float, layers: int) -> float:
    """Pass a gradient of 1 back through layers that each multiply it.

    Examples
    --------
    >>> multiply_layers(0.25, 3)
    0.015625
    """
    gradient = Fraction(1)
    for _ in range(layers):
        gradient *= Fraction(factor)
    return float(gradient)


def _history(shape: Index, gradients: ArrayLike) -> list[Cells]:
    """Return the gradients' cells; one of the weights' own shape stands alone."""
    full, table = cells(gradients)
    if full == shape:
        return [table]
    return [
        {at[1:]: value for at, value in table.items() if at[0] == step}
        for step in range(full[0])
    ]


def _moments(
    past: Sequence[Fraction | int], start: Fraction, beta: float
) -> list[Fraction]:
    """Return every moving average so far as its own weighted sum."""
    decay = Fraction(beta)
    return [
        decay**t * start
        + sum((1 - decay) * decay ** (t - k) * past[k - 1] for k in range(1, t + 1))
        for t in range(1, len(past) + 1)
    ]


def _weight(beta: float, t: int) -> Fraction:
    decay = Fraction(beta)
    return Fraction(sum((1 - decay) * decay**k for k in range(t)))
