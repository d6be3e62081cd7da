"""Chains of arrays that come from each other, and the products between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drill.walk.frame import Frame, Panel, Role
from drill.walk.panels import (
    blank,
    cells,
    factor,
    fresh,
    listed,
    marks,
    panel,
    place,
    products,
    say,
    turns,
)

Named = tuple[str, NDArray[Any]]


class Chain:
    """Boxes in a row, each with its shape; one is where the work is.

    Parameters
    ----------
    names : list of str
    values : list of ndarray
        What the boxes hold, for its shape.
    """

    def __init__(self, names: list[str], values: list[NDArray[Any]]) -> None:
        shapes = ["×".join(map(str, np.shape(value))) or "1" for value in values]
        self.boxes = tuple(names), tuple(shapes)

    def at(self, box: int) -> Panel:
        """Return the chain with the gradient in one box."""
        here = marks(cells((0, 1), [box]), Role.NOW)
        return Panel("chain", self.boxes, here, "rows×columns, gradient from the right")

    def forwards(self, box: int) -> Panel:
        """Return the chain on the way from left to right."""
        here = marks(cells((0, 1), [box]), Role.WINDOW)
        return Panel("chain", self.boxes, here, "rows×columns")


@dataclass(frozen=True)
class Product:
    """A matrix product to be shown.

    Attributes
    ----------
    name : str
        What the result is called.
    left, right : (str, ndarray)
        The factors with what they are called.
    result : ndarray
        With the bias, and divided.
    bias : (str, ndarray), optional
        A column that is added to every column.
    share : int
        What every sum is divided by.
    """

    name: str
    left: Named
    right: Named
    result: NDArray[Any]
    bias: Named | None = None
    share: int = 1

    def frames(self, chain: Panel, most: int) -> Iterator[Frame]:
        """Yield at most so many steps: entries while there are few, then rows."""
        rows, columns = self.result.shape
        alone = cells(range(rows), range(columns))
        if len(alone) > most:
            alone = alone[: min(columns, most // 2)]
        done = blank(self.result.shape)
        for cell in alone:
            done[cell] = self.result[cell]
            said = f"{self._lead(cell)}: {self._sum(cell)}."
            yield Frame(said, (chain, *self._grids([cell], done)))
        if len(alone) == self.result.size:
            return
        for group in turns(rows, most - len(alone)):
            done[group] = self.result[group]
            one = len(group) == 1
            which = f"Row {group.start}" if one else f"Rows {group.start} to {rows - 1}"
            said = f"{which} of {self.name}: {listed(self.result[group])}."
            new = cells(group, range(columns))
            yield Frame(said, (chain, *self._grids(new, done)))

    def _lead(self, cell: tuple[int, int]) -> str:
        if cell == (0, 0):
            added = f" + {self.bias[0]}" if self.bias else ""
            over = f"/{self.share}" if self.share > 1 else ""
            head = f"{self.name} = {self.left[0]} @ {self.right[0]}{over}{added}"
            return f"{head}, {place(cell)}" if self.result.size > 1 else head
        return f"{self.name}, {place(cell)}"

    def _sum(self, cell: tuple[int, int]) -> str:
        row, column = cell
        left, right = self.left[1][row], self.right[1][:, column]
        total = products(left, right)
        if self.share > 1:
            total = f"({total})/{self.share}"
        if self.bias:
            total += f" + {factor(self.bias[1][row, 0])}"
        return f"{total} = {say(self.result[cell])}"

    def _grids(
        self, new: list[tuple[int, int]], done: NDArray[Any]
    ) -> tuple[Panel, ...]:
        rows, columns = sorted({r for r, _ in new}), sorted({c for _, c in new})
        length = range(self.left[1].shape[1])
        return (
            panel(*self.left, marks(cells(rows, length), Role.WINDOW)),
            panel(*self.right, marks(cells(length, columns), Role.WINDOW)),
            *(
                [panel(*self.bias, marks(cells(rows, [0]), Role.WINDOW))]
                if self.bias
                else []
            ),
            fresh(self.name, done, new),
        )
