"""The convolution layer: its input, filters and windows, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.walk.frame import Panel, Role
from drill.walk.panels import Cell, marks, panel
from drill.walk.windows import Windows


@dataclass(frozen=True)
class Layer:
    """A convolution with all four axes.

    Attributes
    ----------
    image : ndarray, shape (H, W, C)
    filters : ndarray, shape (f, f, C, K)
    windows : Windows
    """

    image: NDArray[Any]
    filters: NDArray[Any]
    windows: Windows

    @property
    def flat(self) -> bool:
        """Tell whether there are one channel and one filter."""
        return self.filters.shape[2:] == (1, 1)

    def note(self, what: str, number: int) -> str:
        """Name a channel or filter where there are several."""
        count = self.filters.shape[2 if what == "channel" else 3]
        return f"{what} {number}" if count > 1 else ""

    def notes(self, channel: int, number: int | None = None) -> str:
        """Name a channel of a filter."""
        of = "" if number is None else self.note("filter", number)
        return ", ".join(filter(None, (of, self.note("channel", channel))))

    def patch(self, cell: Cell) -> NDArray[Any]:
        """Return what one window sees, zeros for padding."""
        p = self.windows.p
        padded = np.pad(self.image, ((p, p), (p, p), (0, 0)))
        rows, columns = zip(*self.windows.at(cell), strict=True)
        return padded[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

    def inputs(
        self, looked: list[Cell] | None = None, chosen: list[Cell] | None = None
    ) -> list[Panel]:
        """Draw the padded input, a grid for each channel."""
        return [
            self.windows.panel(
                "input",
                self.image[:, :, channel],
                looked,
                chosen,
                self.note("channel", channel),
            )
            for channel in range(self.image.shape[2])
        ]

    def kernels(self, number: int, chosen: list[Cell] | None = None) -> list[Panel]:
        """Draw one filter, a grid for each channel."""
        roles = marks(chosen or [], Role.WINNER)
        return [
            panel(
                "filter",
                self.filters[:, :, channel, number],
                roles,
                self.notes(channel, number),
            )
            for channel in range(self.image.shape[2])
        ]

    def slices(
        self, name: str, array: NDArray[Any], only: int | None = None
    ) -> list[Panel]:
        """Draw an array (h, w, C) or (h, w, C, K) as its matrices, or one filter's."""
        found = []
        for rest in np.ndindex(*array.shape[2:]):
            if only is not None and rest[1] != only:
                continue
            found.append(panel(name, array[(..., *rest)], None, self.notes(*rest)))
        return found


def layer_of(x: ArrayLike, w: ArrayLike, stride: int, padding: int) -> Layer:
    """Give a solver's arguments all their axes."""
    image, filters = np.asarray(x), np.asarray(w)
    if image.ndim == 2:
        image, filters = image[:, :, None], filters[:, :, None, None]
    high, wide = image.shape[:2]
    sides = (filters.shape[0], filters.shape[1])
    return Layer(image, filters, Windows(high, wide, sides, stride, padding))
