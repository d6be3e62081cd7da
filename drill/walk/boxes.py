"""Boxes: what two of them share, and which of many stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.panels import cells, marks, panel, say

MOST_SQUARES = 16
MOST_ROUNDS = 28


def iou(a: ArrayLike, b: ArrayLike) -> Walk:
    """Show `drill.solver.iou`.

    Examples
    --------
    >>> for frame in iou([0, 0, 2, 2], [1, 1, 3, 3]).frames:
    ...     print(frame.sentence)
    Along x both have what lies from max(0, 1) = 1 to min(2, 3) = 2: 1.
    Along y both have what lies from max(0, 1) = 1 to min(2, 3) = 2: 1.
    The intersection is 1·1 = 1.
    The areas are 2·2 = 4 and 2·2 = 4, so the union is 4 + 4 - 1 = 7.
    IoU = 1/7 = 0.1429.
    """
    one, two = np.asarray(a, float), np.asarray(b, float)
    share = solver.iou(one, two)
    grids = _squares(one, two)
    frames, sides = [], []
    for at, axis in enumerate("xy"):
        low, high = max(one[at], two[at]), min(one[at + 2], two[at + 2])
        sides.append(max(high - low, 0))
        start = f"max({say(one[at])}, {say(two[at])}) = {say(low)}"
        end = f"min({say(one[at + 2])}, {say(two[at + 2])}) = {say(high)}"
        if high > low:
            said = f"both have what lies from {start} to {end}: {say(high - low)}"
        else:
            said = f"they share nothing, for {start} is not below {end}: 0"
        frames.append(Frame(f"Along {axis} {said}.", grids))
    both = sides[0] * sides[1]
    product = f"{say(sides[0])}·{say(sides[1])} = {say(both)}"
    frames.append(Frame(f"The intersection is {product}.", grids))
    spans = [(box[2] - box[0], box[3] - box[1]) for box in (one, two)]
    first, second = (w * h for w, h in spans)
    areas = " and ".join(f"{say(w)}·{say(h)} = {say(w * h)}" for w, h in spans)
    union = first + second - both
    total = f"{say(first)} + {say(second)} - {say(both)} = {say(union)}"
    frames.append(Frame(f"The areas are {areas}, so the union is {total}.", grids))
    said = f"{say(both)}/{say(union)} = {say(share)}" if union else "0, for nothing is"
    frames.append(Frame(f"IoU = {said}.", grids))
    return Walk("Intersection over union", tuple(frames))


def non_max_suppression(boxes: ArrayLike, scores: ArrayLike, threshold: float) -> Walk:
    """Show `drill.solver.non_max_suppression`, one kept box at a time.

    Examples
    --------
    >>> for frame in non_max_suppression(
    ...     [[0, 0, 2, 2], [0, 0, 2, 3], [5, 5, 6, 6]], [0.9, 0.8, 0.7], 0.5).frames:
    ...     print(frame.sentence)
    Box 0 has the best score of those left, 0.9: it is kept.
    IoU with it: box 1: 0.6667 > 0.5, it goes; box 2: 0 ≤ 0.5, it stays.
    Box 2 has the best score of those left, 0.7: it is kept.
    Nothing is left. Kept, the best first: 0, 2.
    """
    corners, marked = np.asarray(boxes, float), np.asarray(scores, float)
    kept = solver.non_max_suppression(corners, marked, threshold)
    left = np.argsort(-marked, kind="stable").tolist()
    gone: list[int] = []
    frames = []
    for best in kept[:MOST_ROUNDS]:
        left.remove(best)
        done = kept[: kept.index(best)]
        grid = _table(corners, marked, done, best, gone)
        said = f"Box {best} has the best score of those left, {say(marked[best])}"
        frames.append(Frame(f"{said}: it is kept.", grid))
        told = []
        for other in sorted(left):
            share = solver.iou(corners[best], corners[other])
            drops = share > threshold
            fate = "> {}, it goes" if drops else "≤ {}, it stays"
            told.append(f"box {other}: {say(share)} {fate.format(say(threshold))}")
            if drops:
                left.remove(other)
                gone.append(other)
        if told:
            grid = _table(corners, marked, done, best, gone)
            frames.append(Frame(f"IoU with it: {'; '.join(told)}.", grid))
    end = ", ".join(map(str, kept))
    grid = _table(corners, marked, kept, None, gone)
    frames.append(Frame(f"Nothing is left. Kept, the best first: {end}.", grid))
    return Walk("Non-maximum suppression", tuple(frames))


def _squares(one: NDArray[np.float64], two: NDArray[np.float64]) -> tuple[Panel, ...]:
    """Draw both boxes on the unit squares that they cover, where that is possible."""
    both = np.array([one, two])
    low = both.min(axis=0)[:2]
    wide, high = (both.max(axis=0)[2:] - low).tolist()
    if np.any(both % 1) or not (0 < wide <= MOST_SQUARES and 0 < high <= MOST_SQUARES):
        return (panel("A", one), panel("B", two))
    names = np.full((int(high), int(wide)), ".", dtype=object)
    shared = np.zeros(names.shape, int)
    for box, name in ((one, "A"), (two, "B")):
        left, top, right, bottom = (box - np.tile(low, 2)).astype(int)
        inside = np.zeros(names.shape, bool)
        inside[top:bottom, left:right] = True
        names[inside & (shared == 0)] = name
        shared += inside
    names[shared > 1] = "AB"
    where = [(int(row), int(column)) for row, column in np.argwhere(shared > 1)]
    return (panel("unit squares", names, marks(where, Role.NOW)),)


def _table(
    corners: NDArray[np.float64],
    scores: NDArray[np.float64],
    kept: tuple[int, ...],
    best: int | None,
    gone: list[int],
) -> tuple[Panel, ...]:
    """Mark the box that is looked at and those that stay; cross out what went."""
    across = range(5)
    roles = marks(cells(kept, across), Role.WINNER)
    if best is not None:
        roles |= marks(cells([best], across), Role.NOW)
    grid = np.column_stack([corners, scores]).astype(object)
    grid[gone] = "x"
    return (panel("boxes", grid, roles, "x1 y1 x2 y2 score, a box a row"),)


WALKS: Mapping[str, Callable[..., Walk]] = {
    "iou": iou,
    "non_max_suppression": non_max_suppression,
}
