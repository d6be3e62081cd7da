"""Losses example by example, with nothing but `math`."""

from __future__ import annotations

import math

from drill.oracle.cells import Array, ArrayLike, Exact, Index, assemble, cells, vector


def loop_mse(y: ArrayLike, yhat: ArrayLike) -> float:
    """Square every gap and average.

    Examples
    --------
    >>> loop_mse([0, 2], [1, 2])
    0.5
    """
    gaps = _gaps(y, yhat)
    return math.fsum(gap * gap for gap in gaps) / len(gaps)


def loop_mae(y: ArrayLike, yhat: ArrayLike) -> float:
    """Average the gaps without their signs.

    Examples
    --------
    >>> loop_mae([0, 2], [1, 2])
    0.5
    """
    gaps = _gaps(y, yhat)
    return math.fsum(map(abs, gaps)) / len(gaps)


def loop_huber(y: ArrayLike, yhat: ArrayLike, delta: float = 1.0) -> float:
    """Add up the slopes of the loss: the gap, and no more than `delta`.

    Examples
    --------
    >>> loop_huber([0, 2], [0.5, 5])
    1.3125
    """
    total = []
    for gap in map(abs, _gaps(y, yhat)):
        inside = min(gap, delta)
        # The area below a slope that rises with the gap and then stays.
        total.append(inside * inside / 2 + (gap - inside) * delta)
    return math.fsum(total) / len(total)


def loop_hinge(y: ArrayLike, yhat: ArrayLike, margin: float = 1.0) -> float:
    """Go through the examples, and through the wrong classes of each.

    Examples
    --------
    >>> loop_hinge(0, [2, 3, 1])
    2.0
    """
    (_, scores), (_, labels) = cells(yhat), cells(y)
    total: dict[Index, float] = {}
    for place, score in scores.items():
        if scores.keys() == labels.keys():
            total[place] = max(0.0, margin - float(labels[place] * score))
            continue
        *example, column = place
        where = tuple(example)
        true = int(labels[where])
        loss = 0.0
        if column != true:
            loss = max(0.0, float(score - scores[(*example, true)]) + margin)
        total[where] = total.get(where, 0.0) + loss
    return math.fsum(total.values()) / len(total)


def loop_log_softmax(z: ArrayLike, axis: int) -> Array:
    """Take off each entry the logarithm of its line's sum.

    Examples
    --------
    >>> loop_log_softmax([0.0, 0.0], 0).round(6).tolist()
    [-0.693147, -0.693147]
    """
    shape, found = cells(z)
    line = axis % len(shape)
    lines: dict[Index, list[Exact]] = {}
    for place, value in found.items():
        lines.setdefault(place[:line] + place[line + 1 :], []).append(value)
    return assemble(
        shape,
        {
            place: -math.log(
                math.fsum(
                    math.exp(other - value)
                    for other in lines[place[:line] + place[line + 1 :]]
                )
            )
            for place, value in found.items()
        },
    )


def loop_leaky_relu(z: ArrayLike, slope: float) -> Array:
    """Ask every entry for its sign.

    Examples
    --------
    >>> loop_leaky_relu([-2.0, 3.0], 0.5).tolist()
    [-1.0, 3.0]
    """
    shape, found = cells(z)
    return assemble(
        shape,
        {
            place: float(value if value >= 0 else slope * float(value))
            for place, value in found.items()
        },
    )


def pair_auc(y: ArrayLike, scores: ArrayLike) -> float:
    """Rank all scores, ties in the middle, and add up the positives' ranks.

    Examples
    --------
    >>> pair_auc([1, 0], [0.9, 0.1])
    1.0
    """
    marks = [float(mark) for mark in vector(scores)]
    labels = [int(label) for label in vector(y)]
    ranks = [
        sum(other < mark for other in marks)
        + (sum(other == mark for other in marks) + 1) / 2
        for mark in marks
    ]
    positives = sum(labels)
    total = math.fsum(rank for rank, one in zip(ranks, labels, strict=True) if one)
    pairs = positives * (len(labels) - positives)
    return (total - positives * (positives + 1) / 2) / pairs


def loop_macro_f1(y: ArrayLike, yhat: ArrayLike) -> float:
    """Count hits, misses and false alarms of every class.

    Examples
    --------
    >>> loop_macro_f1([0, 1], [0, 1])
    1.0
    """
    pairs = list(zip(vector(y), vector(yhat), strict=True))
    classes = {label for pair in pairs for label in pair}
    shares = []
    for label in classes:
        tp = sum(true == label == guess for true, guess in pairs)
        fp = sum(guess == label != true for true, guess in pairs)
        fn = sum(true == label != guess for true, guess in pairs)
        shares.append(2 * tp / (2 * tp + fp + fn))
    return math.fsum(shares) / len(shares)


def _gaps(y: ArrayLike, yhat: ArrayLike) -> list[float]:
    (_, true), (_, guess) = cells(y), cells(yhat)
    return [float(true[place] - guess[place]) for place in true]
