"""Columns and rows: softmax, means, distances, and what broadcasting stretches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.draft import added, blank, factor, listed, marks, panel, say
from drill.walk.frame import Frame, Panel, Role, Walk


def softmax(z: ArrayLike, axis: int) -> Walk:
    """Show `drill.solver.softmax`, a line along `axis` at a time.

    Examples
    --------
    >>> for frame in softmax([0, 0, 0], 0).frames:
    ...     print(frame.sentence)
    The exponentials of 0, 0, 0 are 1, 1, 1.
    Their sum is 1 + 1 + 1 = 3.
    Divided by it: 0.3333, 0.3333, 0.3333. Together that is 1.
    """
    logits = np.asarray(z, dtype=float)
    shares = solver.softmax(z, axis)
    grid = np.atleast_2d(logits)
    along = axis % logits.ndim + grid.ndim - logits.ndim
    powers, sums = blank(grid.shape), blank(_without(grid.shape, along))
    out = blank(grid.shape)
    frames = []
    for at in np.ndindex(*_without(grid.shape, along)):
        line: Any = (*at[:along], slice(None), *at[along:])
        cells = _line(line, grid.shape)
        entries = grid[line]
        largest = float(np.max(np.abs(entries)))
        # Exponentials that no double holds are told as powers.
        exact = largest < 300
        where = _which(grid, along, at)
        looked = panel("z", grid, marks(cells, Role.WINDOW))
        shift = 0.0 if exact else float(np.max(entries))
        lead = (
            "" if exact else f"Less their largest, {say(shift)}, so that none is inf: "
        )
        powers[line] = np.exp(entries - shift)
        told = (
            f"the exponentials of {listed(entries - shift)} are {listed(powers[line])}."
        )
        said = f"{where}{lead}{told}"
        new = panel("exp(z)", powers, marks(cells, Role.NOW))
        frames.append(Frame(said[0].upper() + said[1:], (looked, new)))
        total = float(np.sum(np.exp(entries - shift)))
        sums[at] = total
        frames.append(
            Frame(
                f"Their sum is {added(powers[line])} = {say(total)}.",
                (
                    panel("exp(z)", powers, marks(cells, Role.WINDOW)),
                    _sums(sums, along, at),
                ),
            )
        )
        out[line] = np.atleast_2d(shares)[line]
        frames.append(
            Frame(
                f"Divided by it: {listed(out[line])}. Together that is 1.",
                (
                    panel("exp(z)", powers, marks(cells, Role.WINDOW)),
                    _sums(sums, along, at),
                    panel("softmax", out, marks(cells, Role.NOW)),
                ),
            )
        )
    way = "column" if logits.ndim > 1 and along == 0 else "row"
    whole = "Softmax" if logits.ndim == 1 else f"Softmax, a {way} at a time"
    return Walk(whole, tuple(frames))


def _without(shape: tuple[int, ...], axis: int) -> tuple[int, ...]:
    return shape[:axis] + shape[axis + 1 :]


def _line(line: tuple[Any, ...], shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """List the cells of one row or column."""
    inside = np.zeros(shape, bool)
    inside[line] = True
    return [(int(row), int(column)) for row, column in np.argwhere(inside)]


def _which(grid: NDArray[Any], along: int, at: tuple[int, ...]) -> str:
    if grid.shape[1 - along] == 1:
        return ""
    return f"{'Column' if along == 0 else 'Row'} {at[0]}: "


def _sums(sums: NDArray[Any], along: int, at: tuple[int, ...]) -> Panel:
    """Draw one sum per line, beside it or beneath."""
    row = sums.reshape(1, -1) if along == 0 else sums.reshape(-1, 1)
    cell = (0, at[0]) if along == 0 else (at[0], 0)
    return panel("sum", row, {cell: Role.NOW})


def row_means(m: ArrayLike) -> Walk:
    """Show `drill.solver.row_means`.

    Examples
    --------
    >>> row_means([[1, 3], [5, 5]]).frames[0].sentence
    'Row 0: (1 + 3)/2 = 2.'
    """
    return _means(np.asarray(m), 1)


def column_means(m: ArrayLike) -> Walk:
    """Show `drill.solver.column_means`.

    Examples
    --------
    >>> column_means([[1, 3], [5, 5]]).frames[-1].sentence
    'Column 1: (3 + 5)/2 = 4.'
    """
    return _means(np.asarray(m), 0)


def _means(grid: NDArray[Any], axis: int) -> Walk:
    name = "Row" if axis else "Column"
    count = grid.shape[1 - axis]
    means = blank((count,))
    frames = []
    for number in range(count):
        entries = grid[number] if axis else grid[:, number]
        means[number] = float(np.mean(entries))
        length = range(grid.shape[axis])
        cells = [(number, at) if axis else (at, number) for at in length]
        frames.append(
            Frame(
                f"{name} {number}: ({added(entries)})/{len(entries)} ="
                f" {say(means[number])}.",
                (
                    panel("M", grid, marks(cells, Role.WINDOW)),
                    panel("means", means, {(0, number): Role.NOW}),
                ),
            )
        )
    gone = "columns are" if axis else "rows are"
    return Walk(f"One mean per {name.lower()}: the {gone} collapsed", tuple(frames))


def squared_distances(X: ArrayLike, V: ArrayLike) -> Walk:
    """Show `drill.solver.squared_distances`.

    Examples
    --------
    >>> walk = squared_distances([[1, 4], [2, 6]], [[1], [1]])
    >>> walk.frames[-1].sentence
    'Column 1: 3 and 5 are the differences, so 3·3 + 5·5 = 34.'
    """
    return Walk("Squared distances", tuple(_distances(X, V)))


def nearest_column(X: ArrayLike, V: ArrayLike) -> Walk:
    """Show `drill.solver.nearest_column`.

    Examples
    --------
    >>> nearest_column([[1, 4], [2, 6]], [[1], [1]]).frames[-1].sentence
    'The smallest sum of squares is 1: column 0 is nearest.'
    """
    squares = solver.squared_distances(X, V)
    best = solver.nearest_column(X, V)
    grids = (
        panel("X", X, marks(((r, best) for r in range(len(np.asarray(X)))), Role.NOW)),
        panel("squares", squares, {(0, best): Role.WINNER}),
    )
    said = f"The smallest sum of squares is {say(squares[best])}: column {best} is"
    last = Frame(f"{said} nearest.", grids)
    return Walk("The nearest column", (*_distances(X, V), last))


def _distances(X: ArrayLike, V: ArrayLike) -> list[Frame]:
    grid, vector = np.asarray(X), np.asarray(V).reshape(-1, 1)
    squares = blank((grid.shape[1],))
    frames = [
        Frame(
            f"V is stretched over the {grid.shape[1]} columns of X: subtract it from"
            " each.",
            (panel("X", grid), panel("V", vector), panel("X - V", grid - vector)),
        )
    ]
    for column in range(grid.shape[1]):
        differences = grid[:, column] - vector[:, 0]
        squares[column] = (differences**2).sum().item()
        terms = " + ".join(f"{factor(d)}·{factor(d)}" for d in differences)
        cells = marks(((row, column) for row in range(len(grid))), Role.WINDOW)
        texts = [say(d) for d in differences]
        told = " and ".join([", ".join(texts[:-1]), texts[-1]] if texts[1:] else texts)
        plural = "are the differences" if texts[1:] else "is the difference"
        frames.append(
            Frame(
                f"Column {column}: {told} {plural}, so {terms} ="
                f" {say(squares[column])}.",
                (
                    panel("X - V", grid - vector, cells),
                    panel("squares", squares, {(0, column): Role.NOW}),
                ),
            )
        )
    return frames


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


WALKS: Mapping[str, Callable[..., Walk]] = {
    "softmax": softmax,
    "row_means": row_means,
    "column_means": column_means,
    "squared_distances": squared_distances,
    "nearest_column": nearest_column,
    "broadcast_shape": broadcast_shape,
}
