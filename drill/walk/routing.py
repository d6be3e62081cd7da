"""Pooling backwards: where each gradient goes, and what adds up in overlaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.walk.draft import Cell, factor, marks, panel, place, say
from drill.walk.frame import Frame, Role, Walk
from drill.walk.windows import Windows, channels


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
    frames: list[Frame] = []
    for note, grid, at in channels(array):
        if not frames:
            grids = (windows.panel("input", grid, note=note), panel("mask", out[at]))
            frames.append(Frame(windows.stand(), grids))
        for group in windows.groups():
            best = [_best(grid, windows.at(cell)) for cell in group]
            for cell in best:
                out[at][cell] = 1
            if len(group) > 1:
                said = f"Row {group[0][0]} of windows: a 1 at each largest entry."
                looked: list[Cell] = []
            else:
                looked = windows.at(group[0])
                entries = ", ".join(say(grid[cell]) for cell in looked)
                said = (
                    f"The largest of {entries} is {say(grid[best[0]])}: a 1 at"
                    f" {place(best[0])}."
                )
            before = windows.panel("input", grid, looked, best, note)
            after = panel("mask", out[at], marks(best, Role.NOW), note)
            frames.append(Frame(said, (before, after)))
    return Walk(f"The mask of max pooling, {f}×{f} windows, stride {s}", tuple(frames))


def max_pool_backward(x: ArrayLike, dout: ArrayLike, f: int, s: int) -> Walk:
    """Show `drill.solver.max_pool_backward`.

    Examples
    --------
    >>> walk = max_pool_backward([[1, 3], [4, 9]], [[5]], 2, 2)
    >>> walk.frames[1].sentence
    '9 at row 1, column 1 won its window, so it gets all of 5.'
    """
    array = np.asarray(x)

    def share(
        grid: NDArray[Any], looked: list[Cell], gradient: float
    ) -> tuple[str, dict[Cell, float]]:
        best = _best(grid, looked)
        said = (
            f"{say(grid[best])} at {place(best)} won its window, so it gets all of"
            f" {say(gradient)}"
        )
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
    'Each of the 4 cells gets 8/4 = 2.'
    """
    size = tuple(int(length) for length in shape)

    def share(
        _: NDArray[Any], looked: list[Cell], gradient: float
    ) -> tuple[str, dict[Cell, float]]:
        each = gradient / len(looked)
        said = f"Each of the {len(looked)} cells gets {say(gradient)}/{len(looked)}"
        return f"{said} = {say(each)}", dict.fromkeys(looked, each)

    title = f"Average pooling backwards, {f}×{f} windows, stride {s}"
    return _walk(title, None, size, dout, (f, s), share)


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
    out = np.zeros(shape)
    frames = [Frame(f"{windows.stand()} Each place sends one gradient back.")]
    for note, arriving, at in channels(upstream):
        grid = np.zeros(shape[:2]) if x is None else x[at]
        for group in windows.groups():
            told, now, looked = [], set[Cell](), list[Cell]()
            for cell in group:
                looked = windows.at(cell)
                said, parts = share(grid, looked, arriving[cell])
                told.append(said + _overlap(out[at], parts))
                for target, gradient in parts.items():
                    out[at][target] += gradient
                    now.add(target)
            if len(group) > 1:
                row = ", ".join(say(arriving[cell]) for cell in group)
                said = f"Row {group[0][0]} of the gradients, {row}, is routed likewise."
                looked = []
            else:
                said = f"{told[0]}."
            before = windows.panel("input", grid, looked, sorted(now), note)
            frames.append(
                Frame(
                    said,
                    (
                        *([] if x is None else [before]),
                        panel("gradient", arriving, marks(group, Role.WINDOW), note),
                        panel("routed", out[at], marks(sorted(now), Role.NOW), note),
                    ),
                )
            )
    if len(frames) == 1:
        raise ValueError("there is no window")
    return Walk(title, tuple(frames))


def _overlap(out: NDArray[Any], parts: dict[Cell, float]) -> str:
    """Say what adds up where an earlier window has sent something already."""
    over = [(cell, gradient) for cell, gradient in parts.items() if out[cell]]
    if not over:
        return ""
    cell, gradient = over[0]
    before, after = out[cell], out[cell] + gradient
    where = "" if len(parts) == 1 else f" at {place(cell)}"
    more = f", and so in {len(over) - 1} more" if len(over) > 1 else ""
    total = f"{say(before)} + {factor(gradient)} = {say(after)}"
    return f"; with what is there already{where} {total}{more}"


def _best(grid: NDArray[Any], inside: list[Cell]) -> Cell:
    return max(inside, key=lambda cell: grid[cell])


WALKS: Mapping[str, Callable[..., Walk]] = {
    "max_pool_mask": max_pool_mask,
    "max_pool_backward": max_pool_backward,
    "average_pool_backward": average_pool_backward,
}
