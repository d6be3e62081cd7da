"""Whether a line separates two kinds of points, by turning one all the way round."""

from __future__ import annotations

import math
from fractions import Fraction

from drill.oracle.cells import ArrayLike, Exact, cells, vector


def search_separation(points: ArrayLike, labels: ArrayLike) -> bool:
    """Whether some direction puts all points of one label strictly before the rest.

    The order of points along a direction changes only where two of them are level,
    so one direction between any two such is enough.

    Parameters
    ----------
    points : array, shape (m, 2)
    labels : array of 0 and 1, shape (m,)

    Examples
    --------
    >>> search_separation([[0, 0], [1, 1], [3, 3]], [0, 0, 1])
    True
    >>> search_separation([[0, 0], [1, 1], [0, 1], [1, 0]], [0, 0, 1, 1])
    False
    """
    (count, _), table = cells(points)
    spots = [(table[i, 0], table[i, 1]) for i in range(count)]
    kinds = vector(labels)
    level: set[tuple[Exact, Exact]] = {
        _shortest(sign * (a[1] - b[1]), sign * (b[0] - a[0]))
        for a in spots
        for b in spots
        if a != b
        for sign in (1, -1)
    }
    around = sorted(level, key=lambda one: math.atan2(one[1], one[0]))
    if not around:
        return len(set(kinds)) < 2
    if len(around) == 2:
        # All points lie on one line: the two halves of the circle's only middles.
        x, y = around[0]
        around = [around[0], (-y, x), around[1], (y, -x)]
    for one, two in zip(around, [*around[1:], around[0]], strict=True):
        direction = (one[0] + two[0], one[1] + two[1])
        along = [direction[0] * x + direction[1] * y for x, y in spots]
        low = [at for at, kind in zip(along, kinds, strict=True) if not kind]
        high = [at for at, kind in zip(along, kinds, strict=True) if kind]
        if not low or not high or max(low) < min(high):
            return True
    return False


def _shortest(x: Exact, y: Exact) -> tuple[Exact, Exact]:
    """Give all vectors of one direction the same name."""
    across, up = Fraction(x), Fraction(y)
    largest = max(abs(across), abs(up))
    return across / largest, up / largest
