"""Columns and rows: softmax, means and distances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.panels import (
    added,
    blank,
    cells,
    listed,
    marks,
    pace,
    panel,
    products,
    say,
    turns,
)

MOST_TERMS = 6


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
    count = grid.shape[1 - along]
    full, others = pace(count, 3, 57)
    for at in ((number,) for number in range(full)):
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
    for group in others:
        line = (slice(None), group) if along == 0 else (group, slice(None))
        out[line] = np.atleast_2d(shares)[line]
        cells = _line(line, grid.shape)
        told = listed(np.ravel(out[line]), 6)
        if len(group) == 1:
            said = f"{_which(grid, along, (group.start,))}likewise {told}."
        else:
            kind = "Columns" if along == 0 else "Rows"
            said = f"{kind} {group.start} to {group.stop - 1} likewise."
        grids = (
            panel("z", grid, marks(cells, Role.WINDOW)),
            panel("softmax", out, marks(cells, Role.NOW)),
        )
        frames.append(Frame(said, grids))
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
    for group in turns(count, 58):
        means[group] = grid.mean(axis=axis)[group]
        length = range(grid.shape[axis])
        cells = [(at, to) if axis else (to, at) for at in group for to in length]
        if len(group) == 1:
            number = group.start
            entries = grid[number] if axis else grid[:, number]
            said = f"{name} {number}: ({added(entries)})/{len(entries)} ="
            said += f" {say(means[number])}."
        else:
            said = f"{name}s {group.start} to {group.stop - 1} likewise:"
            said += f" {listed(means[group])}."
        grids = (
            panel("M", grid, marks(cells, Role.WINDOW)),
            panel("means", means, marks(((0, at) for at in group), Role.NOW)),
        )
        frames.append(Frame(said, grids))
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
    for group in turns(grid.shape[1], 58):
        differences = (grid - vector)[:, group]
        squares[group] = (differences**2).sum(axis=0).tolist()
        if len(group) == 1:
            said = f"Column {group.start}: {_squared(differences[:, 0])} ="
            said += f" {say(squares[group.start])}."
        else:
            said = f"Columns {group.start} to {group.stop - 1} likewise:"
            said += f" {listed(squares[group])}."
        looked = marks(cells(range(len(grid)), group), Role.WINDOW)
        new = marks(cells([0], group), Role.NOW)
        grids = (panel("X - V", grid - vector, looked), panel("squares", squares, new))
        frames.append(Frame(said, grids))
    return frames


def _squared(differences: NDArray[Any]) -> str:
    texts = [say(one) for one in differences]
    if len(texts) > MOST_TERMS:
        texts = [*texts[:MOST_TERMS], "…"]
    told = " and ".join([", ".join(texts[:-1]), texts[-1]] if texts[1:] else texts)
    plural = "are the differences" if texts[1:] else "is the difference"
    return f"{told} {plural}, so {products(differences, differences, MOST_TERMS)}"


WALKS: Mapping[str, Callable[..., Walk]] = {
    "softmax": softmax,
    "row_means": row_means,
    "column_means": column_means,
    "squared_distances": squared_distances,
    "nearest_column": nearest_column,
}
