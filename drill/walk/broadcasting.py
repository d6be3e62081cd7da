"""What broadcasting stretches: sums of two shapes, and means taken off their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.errors import SolverError
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.panels import (
    added,
    blank,
    cells,
    equations,
    factor,
    listed,
    marks,
    panel,
    say,
    turns,
)


def broadcast_shape(a: Sequence[int], b: Sequence[int]) -> Walk:
    """Show `drill.solver.broadcast_shape`, from the last axis to the first.

    Examples
    --------
    >>> for frame in broadcast_shape((4, 1), (3,)).frames:
    ...     print(frame.sentence)
    Write the shapes one above the other, the last axes aligned.
    From the right, axis 1: 1 and 3; the 1 is stretched to 3.
    From the right, axis 2: 4 and nothing, which counts as 1: 4.
    """
    out = solver.broadcast_shape(a, b)
    count = len(out)
    rows: list[list[int | str]] = [
        [*[""] * (count - len(shape)), *map(int, shape)] for shape in (a, b)
    ]
    result: list[int | str | None] = [None] * count

    def grids(column: int | None) -> tuple[Panel, ...]:
        looked = [] if column is None else [(0, column), (1, column)]
        new = {} if column is None else {(0, column): Role.NOW}
        return (
            Panel("shapes", tuple(map(tuple, rows)), marks(looked, Role.WINDOW)),
            Panel("result", (tuple(result),), new),
        )

    frames = [
        Frame(
            "Write the shapes one above the other, the last axes aligned.", grids(None)
        )
    ]
    for number in range(1, count + 1):
        column = count - number
        first, second = rows[0][column], rows[1][column]
        result[column] = out[column]
        said = f"From the right, axis {number}: "
        if "" in (first, second):
            there = first if second == "" else second
            said += f"{there} and nothing, which counts as 1: {out[column]}."
        elif first == second:
            said += f"{first} and {second} agree."
        else:
            said += f"{first} and {second}; the 1 is stretched to {out[column]}."
        frames.append(Frame(said, grids(column)))
    return Walk("The shapes meet", tuple(frames))


def broadcast_add(a: ArrayLike, b: ArrayLike) -> Walk:
    """Show which of two arrays is stretched, then their sum, a row at a time.

    Parameters
    ----------
    a, b : numbers, or arrays with one or two axes

    Raises
    ------
    SolverError
        When the shapes do not meet, or an array has more than two axes.

    Examples
    --------
    >>> for frame in broadcast_add([[1], [2]], [3, 4]).frames:
    ...     print(frame.sentence)
    a is (2, 1) and b is (2,): from the right, the sum is (2, 2).
    a: its column is repeated 2 times, so that (2, 1) becomes (2, 2).
    b: its row is repeated 2 times, so that (2,) becomes (2, 2).
    Row 0 of the sum: 1 + 3 = 4, 1 + 4 = 5.
    Row 1 of the sum: 2 + 3 = 5, 2 + 4 = 6.
    """
    given = {"a": _kept("a", a), "b": _kept("b", b)}
    whole = solver.broadcast_shape(given["a"].shape, given["b"].shape)
    shapes = " and ".join(f"{name} is {one.shape}" for name, one in given.items())
    met = f"{shapes}: from the right, the sum is {whole}."
    frames = [Frame(met, tuple(panel(*one) for one in given.items()))]
    for name, one in given.items():
        if one.shape != whole:
            full = np.broadcast_to(one, whole)
            new = marks(cells(*map(range, np.atleast_2d(full).shape)), Role.NOW)
            said = f"{name}: {_stretched(one.shape, whole)}."
            after = panel(f"{name} stretched", full, new)
            frames.append(Frame(said, (panel(name, one), after)))
    left, right = (np.atleast_2d(np.broadcast_to(one, whole)) for one in given.values())
    total, sums = left + right, blank(left.shape)
    for rows in turns(len(total), 57):
        here = cells(rows, range(total.shape[1]))
        sums[rows] = total[rows]
        pairs = zip(left[rows].flat, right[rows].flat, total[rows].flat, strict=True)
        told = equations(f"{say(x)} + {factor(y)} = {say(z)}" for x, y, z in pairs)
        lead = f"{_rows(rows)} of the sum" if len(total) > 1 else "The sum"
        grids = (
            panel("a stretched", left, marks(here, Role.WINDOW)),
            panel("b stretched", right, marks(here, Role.WINDOW)),
            panel("a + b", sums, marks(here, Role.NOW)),
        )
        frames.append(Frame(f"{lead}: {told}.", grids))
    return Walk("Stretched, then added", tuple(frames))


def subtract_means(m: ArrayLike) -> Walk:
    """Show how the mean of its row is taken off every entry.

    Parameters
    ----------
    m : array, shape (r, c)

    Raises
    ------
    SolverError
        When `m` is no matrix.

    Examples
    --------
    >>> for frame in subtract_means([[1, 3], [5, -5]]).frames:
    ...     print(frame.sentence)
    The mean of row 0 is (1 + 3)/2 = 2.
    The mean of row 1 is (5 + (-5))/2 = 0.
    The means stand in a column (2, 1), which is stretched to (2, 2).
    Row 0 less its mean: 1 - 2 = -1, 3 - 2 = 1.
    Row 1 less its mean: 5 - 0 = 5, -5 - 0 = -5.
    """
    means = solver.row_means(m).reshape(-1, 1)
    grid = np.asarray(m)
    said = f"The means stand in a column {means.shape}, which is stretched to"
    stretched = Frame(f"{said} {grid.shape}.", (panel("M", grid), panel("mu", means)))
    frames = (*_averaged(grid, means), stretched, *_centred(grid, means))
    return Walk("Every row less its mean", frames)


def _averaged(grid: NDArray[Any], means: NDArray[Any]) -> Iterator[Frame]:
    found = blank(means.shape)
    width = grid.shape[1]
    for rows in turns(len(grid), 29):
        found[rows] = means[rows]
        if len(rows) == 1:
            told = f"({added(grid[rows.start])})/{width} = {say(means[rows.start, 0])}"
            said = f"The mean of row {rows.start} is {told}."
        else:
            said = f"The means of {_rows(rows).lower()}: {listed(means[rows])}."
        looked = marks(cells(rows, range(width)), Role.WINDOW)
        mu = panel("mu", found, marks(cells(rows, [0]), Role.NOW))
        yield Frame(said, (panel("M", grid, looked), mu))


def _centred(grid: NDArray[Any], means: NDArray[Any]) -> Iterator[Frame]:
    out = grid - means
    centred = blank(grid.shape)
    for rows in turns(len(grid), 29):
        here = cells(rows, range(grid.shape[1]))
        centred[rows] = out[rows]
        told = equations(
            f"{say(grid[cell])} - {factor(means[cell[0], 0])} = {say(out[cell])}"
            for cell in here
        )
        whose = "its mean" if len(rows) == 1 else "their means"
        grids = (
            panel("M", grid, marks(here, Role.WINDOW)),
            panel("mu", means, marks(cells(rows, [0]), Role.WINDOW)),
            panel("M - mu", centred, marks(here, Role.NOW)),
        )
        yield Frame(f"{_rows(rows)} less {whose}: {told}.", grids)


def _kept(name: str, value: ArrayLike) -> NDArray[Any]:
    array = np.asarray(value)
    if array.ndim > 2 or not array.size or array.dtype.kind not in "biuf":
        raise SolverError(
            f"{name} must be a number, a vector or a matrix of numbers, not of shape"
            f" {array.shape}"
        )
    return array.astype(np.int64 if array.dtype.kind in "biu" else np.float64)


def _stretched(shape: tuple[int, ...], whole: tuple[int, ...]) -> str:
    rows, columns = (1, 1, *shape)[-2:]
    down, across = (1, *whole)[-2:]
    if rows == columns == 1:
        said = "its one number is put everywhere"
    elif columns == 1 < across:
        said = f"its column is repeated {across} times"
    elif rows == 1 < down:
        said = f"its row is repeated {down} times"
    else:
        said = "it gets an axis of 1 in front"
    return f"{said}, so that {shape} becomes {whole}"


def _rows(rows: range) -> str:
    if len(rows) == 1:
        return f"Row {rows.start}"
    return f"Rows {rows.start} to {rows.stop - 1}"


WALKS: Mapping[str, Callable[..., Walk]] = {
    "broadcast_shape": broadcast_shape,
    "broadcast_add": broadcast_add,
    "subtract_means": subtract_means,
}
