"""Whether a straight line separates two kinds of points."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from drill.errors import SolverError
from drill.solver.checks import agree, kept, wide


def linearly_separable(points: ArrayLike, labels: ArrayLike) -> bool:
    """Whether a line has all points of one label strictly on one side of it.

    Two convex polygons that do not meet are separated by a line along one of their
    edges; for points on one line, by one across it.  So it is enough to look along
    and across every difference of two points.

    Parameters
    ----------
    points : array, shape (m, 2)
        A point per row.
    labels : array of 0 and 1, shape (m,)

    Returns
    -------
    bool
        True, too, when all labels are the same.

    Raises
    ------
    SolverError
        When the points are not in the plane or a label is not 0 or 1.

    Notes
    -----
    On such data unregularised logistic regression drives its weights to infinity.

    Examples
    --------
    >>> linearly_separable([[0, 0], [1, 1], [3, 3]], [0, 0, 1])
    True
    >>> linearly_separable([[0, 0], [1, 1], [0, 1], [1, 0]], [0, 0, 1, 1])
    False
    """
    spots, kinds = wide("points", points, 2), kept("labels", labels, 1)
    if spots.shape[1] != 2:
        raise SolverError(f"points must have shape (m, 2), not {spots.shape}")
    agree("labels", kinds.shape, "the points", spots.shape[:1])
    if not np.isin(kinds, (0, 1)).all():
        raise SolverError("labels must hold only 0 and 1")
    high = kinds.astype(bool)
    if high.all() or not high.any():
        return True
    apart = (spots[:, None] - spots[None, :]).reshape(-1, 2)
    directions = np.concatenate([apart, apart[:, ::-1] * (1, -1)])
    along = directions @ spots.T
    gap = along[:, high].min(axis=1) - along[:, ~high].max(axis=1)
    return bool((gap > 0).any())
