"""Convolution backwards: each gradient times its window, and times the filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.filters import Layer, layer_of
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.panels import Cell, listed, marks, matrix, panel, place, say
from drill.walk.windows import bounded, named, opened

WRITTEN, LONGEST = 24, 200
"""Entries of a result, and signs of a sentence, that are written out at most."""


def conv2d_backward(
    x: ArrayLike,
    w: ArrayLike,
    dout: ArrayLike,
    stride: int = 1,
    padding: int = 0,
) -> Walk:
    """Show `drill.solver.conv2d_backward`.

    What is 0 throughout has no frames: a question may ask for one gradient only.

    Examples
    --------
    >>> walk = conv2d_backward([[1, 2], [3, 4]], [[0, 0], [0, 0]], [[2]])
    >>> walk.frames[1].sentence
    'The gradient 2 at row 0, column 0 times its window [[1, 2], [3, 4]] adds \
[[2, 4], [6, 8]] to dw.'
    """
    layer = layer_of(x, w, stride, padding)
    gradient = np.asarray(dout).reshape(*layer.windows.shape, -1)
    dx, dw, db = solver.conv2d_backward(x, w, dout, stride, padding)
    start = (*layer.inputs(), *layer.kernels(0), _arriving(layer, gradient, 0))
    frames = [Frame(f"{layer.windows.stand()} Each has a gradient.", start)]
    to_filters, to_input = bool(np.any(layer.image)), bool(np.any(layer.filters))
    passes = gradient.shape[2] * (to_filters + to_input)
    ends = [] if layer.flat else [panel("db", db)]
    if to_filters:
        frames += _to_filters(layer, gradient, passes)
        grids = layer.slices("dw", np.asarray(dw).reshape(layer.filters.shape))
        frames.append(Frame(_whole("dw", grids), tuple(grids)))
        ends += grids
    if to_input:
        frames += _to_input(layer, gradient, passes)
        grids = layer.slices("dx", np.asarray(dx).reshape(layer.image.shape))
        frames.append(Frame(_whole("dx", grids), tuple(grids)))
        ends += grids
    total = f"The bias is added everywhere, so db is the sum of dout: {listed(db)}."
    frames.append(Frame(total, tuple(ends)))
    return Walk("Convolution backwards", bounded(frames))


def _to_filters(layer: Layer, gradient: NDArray[Any], passes: int) -> Iterator[Frame]:
    dw = np.zeros(layer.filters.shape)
    for group, number in _turns(layer, gradient, passes):
        for cell in group:
            dw[..., number] += gradient[cell][number] * layer.patch(cell)
        patch = layer.patch(group[0])
        yield Frame(
            _said(layer, gradient, (group, number), ("its window", patch, "dw")),
            (
                *layer.inputs(layer.windows.at(group[0]) if len(group) == 1 else []),
                _arriving(layer, gradient, number, group),
                *layer.slices("dw", dw, number),
            ),
        )


def _to_input(layer: Layer, gradient: NDArray[Any], passes: int) -> Iterator[Frame]:
    windows, p = layer.windows, layer.windows.p
    high, wide, count = layer.image.shape
    dx = np.zeros((high + 2 * p, wide + 2 * p, count))
    for group, number in _turns(layer, gradient, passes):
        kernel = layer.filters[:, :, :, number]
        now: list[Cell] = []
        for cell in group:
            rows, columns = zip(*windows.at(cell), strict=True)
            part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
            dx[part] += gradient[cell][number] * kernel
            now += windows.padded(windows.inside(cell))
        inner = dx[p : high + p, p : wide + p]
        where = f"dx{_at(windows.inside(group[0]))}"
        yield Frame(
            _said(layer, gradient, (group, number), ("the filter", kernel, where)),
            (
                *layer.kernels(number),
                _arriving(layer, gradient, number, group),
                *(
                    windows.panel(
                        "dx", inner[:, :, c], note=layer.note("channel", c), new=now
                    )
                    for c in range(count)
                ),
            ),
        )


def _turns(
    layer: Layer, gradient: NDArray[Any], passes: int
) -> Iterator[tuple[list[Cell], int]]:
    for number in range(gradient.shape[2]):
        for group in layer.windows.groups(passes):
            yield group, number


def _arriving(
    layer: Layer, gradient: NDArray[Any], number: int, group: list[Cell] | None = None
) -> Panel:
    note = layer.note("filter", number)
    roles = marks(group or [], Role.WINDOW)
    return panel("dout", gradient[:, :, number], roles, note)


def _said(
    layer: Layer,
    gradient: NDArray[Any],
    turn: tuple[list[Cell], int],
    what: tuple[str, NDArray[Any], str],
) -> str:
    """Say what the gradients of one turn add, with the numbers while they are few."""
    (group, number), (name, numbers, target) = turn, what
    note = layer.note("filter", number)
    if len(group) > 1:
        told = f"{named(group)} of dout: each gradient adds {name} times it to"
        return opened(note, f"{told} {target[:2]}.")
    arriving = gradient[group[0]][number]
    value = f"the gradient {say(arriving)} at {place(group[0])}"
    if not arriving:
        return opened(note, f"{value} adds nothing to {target[:2]}.")
    if numbers.shape[2] == 1:
        entries = numbers[:, :, 0]
        told = f"{name} {matrix(entries)} adds {matrix(arriving * entries)}"
        told = opened(note, f"{value} times {told} to {target}.")
        if len(told) <= LONGEST:
            return told
    return opened(note, f"{value} adds {say(arriving)} times {name} to {target}.")


def _at(inside: list[Cell]) -> str:
    """Name the part of the input that a window stands on."""
    if not inside:
        return ", but only in the padding"
    spans = []
    for what, numbers in zip(("row", "column"), zip(*inside, strict=True), strict=True):
        first, last = min(numbers), max(numbers)
        spans.append(
            f"{what}s {first} to {last}" if last > first else f"{what} {first}"
        )
    return f" at {', '.join(spans)}"


def _whole(name: str, grids: list[Panel]) -> str:
    """Say all of a result while it is small."""
    arrays = [np.array(grid.rows, float) for grid in grids]
    if sum(array.size for array in arrays) > WRITTEN:
        return f"That is all of {name}."
    told = [
        f"{grid.note}: {matrix(array)}" if grid.note else matrix(array)
        for grid, array in zip(grids, arrays, strict=True)
    ]
    return f"All together, {name} is {'; '.join(told)}."


WALKS: Mapping[str, Callable[..., Walk]] = {"conv2d_backward": conv2d_backward}
