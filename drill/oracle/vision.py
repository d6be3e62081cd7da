"""Boxes, styles and layers by counting: unit squares, pairs, cells laid down."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from drill.oracle.cells import (
    Array,
    ArrayLike,
    Cells,
    Exact,
    Index,
    assemble,
    cells,
    exact,
    places,
    vector,
)


def cut_iou(a: ArrayLike, b: ArrayLike) -> float:
    """Cut the plane along all edges, and add up the pieces in both and in either.

    Examples
    --------
    >>> cut_iou([0, 0, 2, 2], [1, 1, 3, 3]) == 1 / 7
    True
    """
    one, two = vector(a), vector(b)
    columns = sorted({one[0], one[2], two[0], two[2]})
    rows = sorted({one[1], one[3], two[1], two[3]})
    both = either = exact(0)
    for left, right in pairwise(columns):
        for top, bottom in pairwise(rows):
            inside = [
                box[0] <= left
                and right <= box[2]
                and box[1] <= top
                and bottom <= box[3]
                for box in (one, two)
            ]
            piece = (right - left) * (bottom - top)
            both += piece if all(inside) else 0
            either += piece if any(inside) else 0
    return float(both / either) if either else 0.0


def cross_out(boxes: ArrayLike, scores: ArrayLike, threshold: float) -> tuple[int, ...]:
    """Take the best that is left, and cross out what it covers, until none is left.

    Examples
    --------
    >>> cross_out([[0, 0, 2, 2], [0, 0, 2, 2]], [0.5, 0.6], 0.5)
    (1,)
    """
    corners, marks = np.asarray(boxes).tolist(), vector(scores)
    left, kept = list(range(len(marks))), []
    while left:
        best = max(left, key=lambda place: (marks[place], -place))
        kept.append(best)
        left = [
            place
            for place in left
            if place != best and cut_iou(corners[best], corners[place]) <= threshold
        ]
    return tuple(kept)


def angle_cosine(u: ArrayLike, v: ArrayLike) -> float:
    """Take the cosine from the three sides of the triangle.

    Examples
    --------
    >>> angle_cosine([1, 0], [0, 1])
    0.0
    """
    one, two = vector(u), vector(v)
    a, b = sum(x * x for x in one), sum(x * x for x in two)
    c = sum((x - y) ** 2 for x, y in zip(one, two, strict=True))
    return float(a + b - c) / (2 * math.sqrt(a) * math.sqrt(b))


def loop_triplet(
    anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike, margin: float
) -> float:
    """Go through the examples, and through the features of each.

    Examples
    --------
    >>> loop_triplet([0], [1], [2], 1)
    0.0
    """
    (_, a), (_, p), (_, n) = cells(anchor), cells(positive), cells(negative)
    gaps: dict[tuple[int, ...], float] = {}
    for place in a:
        gap = (a[place] - p[place]) ** 2 - (a[place] - n[place]) ** 2
        gaps[place[:-1]] = gaps.get(place[:-1], 0.0) + float(gap)
    return math.fsum(max(0.0, gap + margin) for gap in gaps.values())


def pair_channels(A: ArrayLike) -> Array:
    """Multiply every channel with every other, place by place.

    Examples
    --------
    >>> pair_channels([[1, 2], [3, 4]]).tolist()
    [[5, 11], [11, 25]]
    """
    shape, found = cells(A)
    last = len(shape) == 3
    channels: dict[int, dict[Index, Exact]] = {}
    for place, value in found.items():
        channel, where = (place[-1], place[:-1]) if last else (place[0], place[1:])
        channels.setdefault(channel, {})[where] = value
    size = len(channels)
    return assemble(
        (size, size),
        {
            (i, j): sum(one * channels[j][at] for at, one in channels[i].items())
            for i, j in places((size, size))
        },
    )


def step_by_sign(x: ArrayLike, gradient: ArrayLike, eps: float) -> Array:
    """Ask every entry of the gradient for its sign.

    Examples
    --------
    >>> step_by_sign([1.0, 1.0], [3, -2], 0.5).tolist()
    [1.5, 0.5]
    """
    (shape, image), (_, slope) = cells(x), cells(gradient)
    moved = {
        place: float(value) + eps * ((slope[place] > 0) - (slope[place] < 0))
        for place, value in image.items()
    }
    return assemble(shape, moved)


def lay_down(x: ArrayLike, w: ArrayLike, stride: int = 1, padding: int = 0) -> Array:
    """Lay the filter down for every input cell, and add up what lies on each output.

    Examples
    --------
    >>> lay_down([[2]], [[1, 3], [0, 1]]).tolist()
    [[2, 6], [0, 2]]
    """
    (shape, image), (window, filters) = cells(x), cells(w)
    flat = len(shape) == 2
    sides = [(n - 1) * stride + window[0] - 2 * padding for n in shape[:2]]
    full = (*sides, *([] if flat else [window[3]]))
    out = dict.fromkeys(places(full), exact(0))
    for at, value in image.items():
        for within, weight in filters.items():
            if not flat and within[2] != at[2]:
                continue
            place = tuple(
                p * stride + q - padding
                for p, q in zip(at[:2], within[:2], strict=True)
            ) + (() if flat else (within[3],))
            if place in out:
                out[place] += value * weight
    return assemble(full, out)


def enumerate_grouped_params(
    f: int, c_in: int, c_out: int, groups: int, bias: bool = True
) -> int:
    """Walk over the pairs of channels, and count those of one group.

    Examples
    --------
    >>> enumerate_grouped_params(1, 2, 2, 2, False)
    2
    """
    pairs = sum(
        i * groups // c_in == o * groups // c_out
        for i in range(c_in)
        for o in range(c_out)
    )
    return pairs * sum(1 for _ in range(f) for _ in range(f)) + (c_out if bias else 0)


def lay_side_by_side(*arrays: ArrayLike) -> Array:
    """Number the channels through, layer after layer.

    Examples
    --------
    >>> lay_side_by_side([[[1]]], [[[2, 3]]]).tolist()
    [[[1, 2, 3]]]
    """
    out: Cells = {}
    before = 0
    shape: Index = ()
    for array in arrays:
        shape, found = cells(array)
        out |= {(i, j, before + k): value for (i, j, k), value in found.items()}
        before += shape[2]
    return assemble((*shape[:2], before), out)


def count_columns(
    h: int, w: int, c: int, f: int, stride: int = 1, padding: int = 0
) -> tuple[int, int]:
    """Slide the window over the padded image and count its stops.

    Examples
    --------
    >>> count_columns(3, 3, 1, 2)
    (4, 4)
    """
    stops = [
        sum(
            1
            for start in range(0, n + 2 * padding, stride)
            if start + f <= n + 2 * padding
        )
        for n in (h, w)
    ]
    return sum(1 for _ in places((f, f, c))), stops[0] * stops[1]
