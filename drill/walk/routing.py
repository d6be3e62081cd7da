"""Pooling backwards: where each gradient goes, and what adds up in overlaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.walk.frame import Frame, Role, Walk
from drill.walk.panels import Cell, listed, marks, matrix, panel, place, say
from drill.walk.windows import Windows, bounded, channels, named, opened


def max_pool_mask(x: ArrayLike, f: int, s: int) -> Walk:
    """Show `drill.solver.max_pool_mask`.

    Examples
    --------
    >>> max_pool_mask([[1, 3], [4, 9]], 2, 2).frames[1].sentence
    'The largest of 1, 3, 4, 9 is 9: a 1 at row 1, column 1.'
    """
    array = np.asarray(x)
    out = np.zeros(array.shape, int)
    windows = Windows(array.shape[0], array.shape[1], (f, f), s)
    slices = list(channels(array))
    note, grid, at = slices[0]
    grids = (windows.panel("input", grid, note=note), panel("mask", out[at]))
    frames = [Frame(windows.stand(), grids)]
    for note, grid, at in slices:
        for group in windows.groups(len(slices)):
            best = [_best(grid, windows.at(cell)) for cell in group]
            for cell in best:
                out[at][cell] = 1
            if len(group) > 1:
                said = f"{named(group)} of windows: a 1 at each largest entry."
                looked: list[Cell] = []
            else:
                looked = windows.at(group[0])
                said = (
                    f"the largest of {listed([grid[cell] for cell in looked])} is"
                    f" {say(grid[best[0]])}: a 1 at {place(best[0])}."
                )
            before = windows.panel("input", grid, looked, best, note)
            after = panel("mask", out[at], marks(best, Role.NOW), note)
            frames.append(Frame(opened(note, said), (before, after)))
    if len(slices) > 1:
        frames.append(_whole("mask", out))
    return Walk(
        f"The mask of max pooling, {f}×{f} windows, stride {s}", bounded(frames)
    )


def max_pool_backward(x: ArrayLike, dout: ArrayLike, f: int, s: int) -> Walk:
    """Show `drill.solver.max_pool_backward`.

    Examples
    --------
    >>> walk = max_pool_backward([[1, 3], [4, 9]], [[5]], 2, 2)
    >>> walk.frames[1].sentence
    'The gradient 5 of row 0, column 0 goes to the largest of 1, 3, 4, 9: 9 at \
row 1, column 1.'
    """
    array = np.asarray(x)

    def share(
        grid: NDArray[Any], looked: list[Cell], gradient: float
    ) -> tuple[str, dict[Cell, float]]:
        best = _best(grid, looked)
        entries = listed([grid[cell] for cell in looked])
        said = f"goes to the largest of {entries}: {say(grid[best])} at {place(best)}"
        return said, {best: gradient}

    title = f"Max pooling backwards, {f}×{f} windows, stride {s}"
    return _walk(title, array, array.shape, dout, (f, s), share)


def average_pool_backward(
    shape: Sequence[int], dout: ArrayLike, f: int, s: int
) -> Walk:
    """Show `drill.solver.average_pool_backward`.

    Examples
    --------
    >>> average_pool_backward((2, 2), [[8]], 2, 2).frames[1].sentence
    'The gradient 8 of row 0, column 0 is shared out: rows 0 to 1, columns 0 to 1 \
get 8/4 = 2 each.'
    """
    size = tuple(int(length) for length in shape)

    def share(
        _: NDArray[Any], looked: list[Cell], gradient: float
    ) -> tuple[str, dict[Cell, float]]:
        each = gradient / len(looked)
        (top, left), (bottom, right) = looked[0], looked[-1]
        said = (
            f"is shared out: rows {top} to {bottom}, columns {left} to {right} get"
            f" {say(gradient)}/{len(looked)} = {say(each)} each"
        )
        return said, dict.fromkeys(looked, each)

    title = f"Average pooling backwards, {f}×{f} windows, stride {s}"
    return _walk(title, None, size, dout, (f, s), share)


WRITTEN = 24
"""Entries of a result that is written out at most."""

Share = Callable[[NDArray[Any], list[Cell], float], tuple[str, dict[Cell, float]]]


def _walk(
    title: str,
    x: NDArray[Any] | None,
    shape: tuple[int, ...],
    dout: ArrayLike,
    window: tuple[int, int],
    share: Share,
) -> Walk:
    """Send each gradient to cells of its window, and add up what arrives."""
    upstream = np.asarray(dout)
    f, s = window
    windows = Windows(shape[0], shape[1], (f, f), s)
    slices = list(channels(upstream))
    out = np.zeros(shape)
    frames = [Frame(f"{windows.stand()} Each place sends one gradient back.")]
    for note, arriving, at in slices:
        grid = np.zeros(shape[:2]) if x is None else x[at]
        for group in windows.groups(len(slices)):
            told, now, looked = "", set[Cell](), list[Cell]()
            for cell in group:
                looked = windows.at(cell)
                said, parts = share(grid, looked, arriving[cell])
                told = f"the gradient {say(arriving[cell])} of {place(cell)} {said}"
                told += _overlap(out[at], parts)
                for target, gradient in parts.items():
                    out[at][target] += gradient
                    now.add(target)
            if len(group) > 1:
                row = listed([arriving[cell] for cell in group])
                told = f"{named(group)} of the gradients, {row}, go the same way"
                looked = []
            before = windows.panel("input", grid, looked, sorted(now), note)
            frames.append(
                Frame(
                    opened(note, f"{told}."),
                    (
                        *([] if x is None else [before]),
                        panel("gradient", arriving, marks(group, Role.WINDOW), note),
                        panel("routed", out[at], marks(sorted(now), Role.NOW), note),
                    ),
                )
            )
    frames.append(_whole("routed", out))
    return Walk(title, bounded(frames))


def _overlap(out: NDArray[Any], parts: dict[Cell, float]) -> str:
    """Say what adds up where an earlier window has sent something already."""
    over = [(cell, gradient) for cell, gradient in parts.items() if out[cell]]
    if not over:
        return ""
    cell, gradient = over[0]
    before, after = out[cell], out[cell] + gradient
    where = "there" if len(parts) == 1 else f"at {place(cell)}"
    more = f", and so in {len(over) - 1} more" if len(over) > 1 else ""
    added = f"{say(gradient)} is added to the {say(before)} {where}: {say(after)}"
    return f"; {added}{more}"


def _whole(name: str, out: NDArray[Any]) -> Frame:
    """Show all of the result, in words too while it is small."""
    slices = list(channels(out))
    told = [
        f"{note} is {matrix(grid)}" if note else matrix(grid)
        for note, grid, _ in slices
    ]
    small = out.size <= WRITTEN
    said = f"All together: {'; '.join(told)}." if small else "That is all of it."
    return Frame(said, tuple(panel(name, grid, None, note) for note, grid, _ in slices))


def _best(grid: NDArray[Any], inside: list[Cell]) -> Cell:
    return max(inside, key=lambda cell: grid[cell])


WALKS: Mapping[str, Callable[..., Walk]] = {
    "max_pool_mask": max_pool_mask,
    "max_pool_backward": max_pool_backward,
    "average_pool_backward": average_pool_backward,
}
