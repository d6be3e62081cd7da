"""Batches as batch normalisation sees them: a feature a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.walk.panels import Cell, cells, say

Axis = int | Sequence[int]
MOST = 57
"""Steps that all features may take together."""


class Batch:
    """A batch with its features in rows, whatever its layout is.

    Parameters
    ----------
    z : array, any shape but ()
    eps : float
    axis : int or sequence of int
        As `drill.solver.batch_norm` has them.

    Examples
    --------
    >>> batch = Batch([[1, 2, 3], [3, 6, 3]], 0.5, 0)
    >>> batch.rows.tolist(), batch.means.ravel().tolist()
    ([[1.0, 3.0], [2.0, 6.0], [3.0, 3.0]], [2.0, 4.0, 3.0])
    """

    def __init__(self, z: ArrayLike, eps: float, axis: Axis) -> None:
        self.z = np.asarray(z, dtype=float)
        axes = (axis,) if isinstance(axis, int | np.integer) else tuple(axis)
        gone = sorted({int(one) % self.z.ndim for one in axes})
        stay = [at for at in range(self.z.ndim) if at not in gone]
        self.order = [*stay, *gone]
        self.count = int(np.prod([self.z.shape[at] for at in stay]))
        self.rows = self.in_rows(self.z)
        self.means = self.rows.mean(axis=1, keepdims=True)
        self.centred = self.rows - self.means
        self.variances = np.square(self.centred).mean(axis=1, keepdims=True)
        self.eps = float(eps)
        self.roots = np.sqrt(self.variances + self.eps)
        self.hats = self.centred / self.roots

    def in_rows(self, array: ArrayLike) -> NDArray[Any]:
        """Turn an array of the batch's layout so that each row is a feature."""
        turned = np.asarray(array, float).transpose(self.order)
        return turned.reshape(self.count, -1)

    def each(self, value: ArrayLike) -> NDArray[Any]:
        """Return one parameter for each feature."""
        return np.broadcast_to(np.asarray(value, float).ravel(), (self.count,))

    def root(self, row: int) -> str:
        """Say how the root of a feature's variance comes about."""
        plus = f" + {say(self.eps)}" if self.eps else ""
        return f"sqrt({say(self.variances[row, 0])}{plus}) = {say(self.roots[row, 0])}"

    def is_turned(self) -> bool:
        """Tell whether the rows of a matrix are not the features."""
        return self.z.ndim == 2 and self.order != [0, 1]

    def where(self, row: int) -> str:
        """Say which feature a sentence is about, when there are several."""
        return f"Feature {row}: the" if self.count > 1 else "The"

    def row(self, row: int) -> list[Cell]:
        """List the cells of a feature."""
        return cells([row], range(self.rows.shape[1]))
