"""Pooling: a window, what is taken of it, and the output as it fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.draft import Cell, added, blank, marks, panel, say
from drill.walk.frame import Frame, Role, Walk
from drill.walk.windows import Windows, channels

# Says what is taken of the cells of one window, and which of them are chosen.
Manner = Callable[[NDArray[Any], list[Cell]], tuple[str, list[Cell]]]


def max_pool(x: ArrayLike, f: int, s: int) -> Walk:
    """Show `drill.solver.max_pool`.

    Examples
    --------
    >>> walk = max_pool([[1, 3, 2, 1], [4, 9, 5, 1]], 2, 2)
    >>> [frame.sentence for frame in walk.frames[1:]]
    ['The largest of 1, 3, 4, 9 is 9.', 'The largest of 2, 1, 5, 1 is 5.']
    """
    return _walk("Max pooling", x, (f, s, 0), _largest, solver.max_pool(x, f, s))


def max_pool_padded(x: ArrayLike, f: int, s: int, p: int) -> Walk:
    """Show `drill.solver.max_pool_padded`."""
    out = solver.max_pool_padded(x, f, s, p)
    return _walk("Max pooling", x, (f, s, p), _largest, out)


def average_pool(x: ArrayLike, f: int, s: int) -> Walk:
    """Show `drill.solver.average_pool`.

    Examples
    --------
    >>> average_pool([[1, 3], [4, 9]], 2, 2).frames[1].sentence
    '(1 + 3 + 4 + 9)/4 = 4.25.'
    """
    out = solver.average_pool(x, f, s)
    return _walk("Average pooling", x, (f, s, 0), _mean_of(f * f), out)


def average_pool_padded(
    x: ArrayLike, f: int, s: int, p: int, counted: bool = True
) -> Walk:
    """Show `drill.solver.average_pool_padded`."""
    out = solver.average_pool_padded(x, f, s, p, counted)
    manner = _mean_of(f * f if counted else None)
    return _walk("Average pooling", x, (f, s, p), manner, out)


def _largest(grid: NDArray[Any], inside: list[Cell]) -> tuple[str, list[Cell]]:
    best = max(inside, key=lambda cell: grid[cell])
    entries = ", ".join(say(grid[cell]) for cell in inside)
    return f"The largest of {entries} is {say(grid[best])}.", [best]


def _mean_of(count: int | None) -> Manner:
    """Divide by a fixed count, or by the cells that are no padding."""

    def manner(grid: NDArray[Any], inside: list[Cell]) -> tuple[str, list[Cell]]:
        entries = [grid[cell] for cell in inside]
        divisor = count or len(inside)
        mean = say(np.sum(entries) / divisor)
        return f"({added(entries)})/{divisor} = {mean}.", []

    return manner


def _walk(
    name: str,
    x: ArrayLike,
    window: tuple[int, int, int],
    manner: Manner,
    out: NDArray[Any],
) -> Walk:
    array = np.asarray(x)
    f, s, p = window
    windows = Windows(array.shape[0], array.shape[1], (f, f), s, p)
    filled = blank(out.shape)
    frames: list[Frame] = []
    for note, grid, at in channels(array):
        result, done = out[at], filled[at]
        if not frames:
            grids = (windows.panel("input", grid, note=note), panel("output", done))
            frames.append(Frame(windows.stand(), grids))
        for group in windows.groups():
            for cell in group:
                done[cell] = result[cell]
            after = panel("output", done, marks(group, Role.NOW), note)
            if len(group) > 1:
                row = ", ".join(say(result[cell]) for cell in group)
                before = windows.panel("input", grid, note=note)
                said = f"Row {group[0][0]} of the output: {row}."
            else:
                said, chosen = manner(grid, windows.inside(group[0]))
                moved = windows.padded(chosen)
                looked = windows.at(group[0])
                before = windows.panel("input", grid, looked, moved, note)
            frames.append(Frame(said, (before, after)))
    return Walk(f"{name}, {f}×{f} windows, stride {s}", tuple(frames))


WALKS: Mapping[str, Callable[..., Walk]] = {
    "max_pool": max_pool,
    "max_pool_padded": max_pool_padded,
    "average_pool": average_pool,
    "average_pool_padded": average_pool_padded,
}
