"""Boxes: how they overlap, and which stay."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import floats, real


def iou(a: ArrayLike, b: ArrayLike) -> float:
    """Intersection over union of two boxes.

    Parameters
    ----------
    a, b : array, shape (4,)
        x1, y1, x2, y2, with x1 ≤ x2 and y1 ≤ y2.

    Returns
    -------
    float
        0 for boxes that only touch.

    Raises
    ------
    SolverError
        When a box has no four numbers, or its corners are swapped.

    Examples
    --------
    >>> iou([0, 0, 4, 2], [2, 0, 6, 2])
    0.3333333333333333
    """
    one, two = _box("a", a), _box("b", b)
    sides = np.minimum(one[2:], two[2:]) - np.maximum(one[:2], two[:2])
    both = float(np.prod(np.maximum(sides, 0)))
    areas = [float(np.prod(box[2:] - box[:2])) for box in (one, two)]
    together = sum(areas) - both
    return both / together if together else 0.0


def non_max_suppression(
    boxes: ArrayLike, scores: ArrayLike, threshold: float
) -> tuple[int, ...]:
    """Boxes that stay when each is dropped that overlaps a better one too much.

    Parameters
    ----------
    boxes : array, shape (n, 4)
    scores : array, shape (n,)
    threshold : float
        A box goes when its intersection over union with a kept one is above it.

    Returns
    -------
    tuple of int
        The places of the kept boxes, the best first; of equals the earlier.

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Examples
    --------
    >>> non_max_suppression([[0, 0, 2, 2], [0, 0, 2, 3], [5, 5, 6, 6]],
    ...                     [0.9, 0.8, 0.7], 0.5)
    (0, 2)
    """
    corners, marks = floats("boxes", boxes, 2), floats("scores", scores, 1)
    limit = real("threshold", threshold)
    if len(corners) != len(marks):
        raise SolverError(f"{len(corners)} boxes have {len(marks)} scores")
    kept: list[int] = []
    for place in np.argsort(-marks, kind="stable").tolist():
        if all(iou(corners[place], corners[other]) <= limit for other in kept):
            kept.append(place)
    return tuple(kept)


def _box(name: str, value: ArrayLike) -> NDArray[np.float64]:
    box = floats(name, value, 1)
    if box.size != 4:
        raise SolverError(f"{name} must be x1, y1, x2, y2, not {box.size} numbers")
    if (box[2:] < box[:2]).any():
        raise SolverError(f"the corners of {name} are swapped: x1 ≤ x2 and y1 ≤ y2")
    return box
