"""Pooling: a window, what is taken of it, and the output as it fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.frame import Frame, Role, Walk
from drill.walk.panels import Cell, added, blank, listed, marks, panel, say
from drill.walk.windows import Windows, bounded, channels, named, opened

# Says what is taken of the cells of one window, and which of them are chosen.
Manner = Callable[[NDArray[Any], list[Cell]], tuple[str, list[Cell]]]


def max_pool(x: ArrayLike, f: int, s: int) -> Walk:
    """Show `drill.solver.max_pool`.

    Examples
    --------
    >>> walk = max_pool([[1, 3, 2, 1], [4, 9, 5, 1]], 2, 2)
    >>> [frame.sentence for frame in walk.frames[1:]]
    ['Row 0, column 0 of the output: the largest of 1, 3, 4, 9 is 9.', \
'Row 0, column 1 of the output: the largest of 2, 1, 5, 1 is 5.']
    """
    return _walk("Max pooling", x, (f, s, 0), _largest, solver.max_pool(x, f, s))


def max_pool_padded(x: ArrayLike, f: int, s: int, p: int) -> Walk:
    """Show `drill.solver.max_pool_padded`.

    Examples
    --------
    >>> for frame in max_pool_padded([[-3, -5], [-2, -4]], 2, 2, 1).frames[:2]:
    ...     print(frame.sentence)
    The 2×2 window moves by 2 over the 2×2 input with 1 padding on each side: \
2×2 places. The padding never wins.
    Row 0, column 0 of the output: the largest of -3 is -3.
    """
    out = solver.max_pool_padded(x, f, s, p)
    said = "The padding never wins."
    return _walk("Max pooling", x, (f, s, p), _largest, out, said)


def average_pool(x: ArrayLike, f: int, s: int) -> Walk:
    """Show `drill.solver.average_pool`.

    Examples
    --------
    >>> average_pool([[1, 3], [4, 9]], 2, 2).frames[1].sentence
    'Row 0, column 0 of the output: (1 + 3 + 4 + 9)/4 = 4.25.'
    """
    out = solver.average_pool(x, f, s)
    return _walk("Average pooling", x, (f, s, 0), _mean_of(f * f), out)


def average_pool_padded(
    x: ArrayLike, f: int, s: int, p: int, counted: bool = True
) -> Walk:
    """Show `drill.solver.average_pool_padded`.

    Examples
    --------
    >>> average_pool_padded([[4, 8]], 2, 2, 1, False).frames[1].sentence
    'Row 0, column 0 of the output: 4/1 = 4.'
    """
    out = solver.average_pool_padded(x, f, s, p, counted)
    manner = _mean_of(f * f if counted else None)
    said = "is 0 and its cells count too" if counted else "does not count"
    return _walk("Average pooling", x, (f, s, p), manner, out, f"The padding {said}.")


def _largest(grid: NDArray[Any], inside: list[Cell]) -> tuple[str, list[Cell]]:
    best = max(inside, key=lambda cell: grid[cell])
    entries = listed([grid[cell] for cell in inside])
    return f"the largest of {entries} is {say(grid[best])}.", [best]


def _mean_of(count: int | None) -> Manner:
    """Divide by a fixed count, or by the cells that are no padding."""

    def manner(grid: NDArray[Any], inside: list[Cell]) -> tuple[str, list[Cell]]:
        entries = [grid[cell] for cell in inside]
        divisor = count or len(inside)
        mean = say(np.sum(entries) / divisor)
        total = f"({added(entries)})" if len(entries) > 1 else say(entries[0])
        return f"{total}/{divisor} = {mean}.", []

    return manner


def _walk(
    name: str,
    x: ArrayLike,
    window: tuple[int, int, int],
    manner: Manner,
    out: NDArray[Any],
    padding: str = "",
) -> Walk:
    array = np.asarray(x)
    f, s, p = window
    windows = Windows(array.shape[0], array.shape[1], (f, f), s, p)
    slices = list(channels(array))
    filled = blank(out.shape)
    note, grid, at = slices[0]
    grids = (windows.panel("input", grid, note=note), panel("output", filled[at]))
    frames = [Frame(windows.stand() + (f" {padding}" if p else ""), grids)]
    for note, grid, at in slices:
        result, done = out[at], filled[at]
        for group in windows.groups(len(slices)):
            for cell in group:
                done[cell] = result[cell]
            after = panel("output", done, marks(group, Role.NOW), note)
            if len(group) > 1:
                told = f"{listed([result[cell] for cell in group])}."
                before = windows.panel("input", grid, note=note)
            else:
                told, chosen = manner(grid, windows.inside(group[0]))
                moved = windows.padded(chosen)
                looked = windows.at(group[0])
                before = windows.panel("input", grid, looked, moved, note)
            said = opened(note, f"{named(group)} of the output: {told}")
            frames.append(Frame(said, (before, after)))
    if len(slices) > 1:
        ends = tuple(panel("output", out[at], None, note) for note, _, at in slices)
        frames.append(Frame(f"That is the output, {len(slices)} channels of it.", ends))
    return Walk(f"{name}, {f}×{f} windows, stride {s}", bounded(frames))


WALKS: Mapping[str, Callable[..., Walk]] = {
    "max_pool": max_pool,
    "max_pool_padded": max_pool_padded,
    "average_pool": average_pool,
    "average_pool_padded": average_pool_padded,
}
