"""Convolution: the filter slides over the input, and back with the gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.draft import Cell, blank, factor, marks, panel, place, products, say
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.windows import Windows

SINGLE = 9
"""A window of at most so many products is first shown product by product."""


@dataclass(frozen=True)
class _Layer:
    """A convolution with all four axes: images (H, W, C), filters (f, f, C, K)."""

    image: NDArray[Any]
    filters: NDArray[Any]
    windows: Windows

    @property
    def flat(self) -> bool:
        return self.filters.shape[2:] == (1, 1)

    def note(self, what: str, number: int) -> str:
        return "" if self.flat else f"{what} {number}"

    def patch(self, cell: Cell) -> NDArray[Any]:
        """Return what one window sees, zeros for padding."""
        p = self.windows.p
        padded = np.pad(self.image, ((p, p), (p, p), (0, 0)))
        rows, columns = zip(*self.windows.at(cell), strict=True)
        return padded[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

    def inputs(
        self, looked: list[Cell] | None = None, chosen: list[Cell] | None = None
    ) -> list[Panel]:
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
        roles = marks(chosen or [], Role.WINNER)
        of = "" if self.filters.shape[3] == 1 else f"filter {number}, "
        return [
            panel(
                "filter",
                self.filters[:, :, channel, number],
                roles,
                "" if self.flat else f"{of}channel {channel}",
            )
            for channel in range(self.image.shape[2])
        ]


def _layer(x: ArrayLike, w: ArrayLike, stride: int, padding: int) -> _Layer:
    image, filters = np.asarray(x), np.asarray(w)
    if image.ndim == 2:
        image, filters = image[:, :, None], filters[:, :, None, None]
    high, wide = image.shape[:2]
    sides = (filters.shape[0], filters.shape[1])
    return _Layer(image, filters, Windows(high, wide, sides, stride, padding))


def conv2d(
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    stride: int = 1,
    padding: int = 0,
) -> Walk:
    """Show `drill.solver.conv2d`.

    Examples
    --------
    >>> walk = conv2d([[1, 2, 0], [3, 4, 0]], [[1, 0], [0, -1]], 5)
    >>> walk.frames[-1].sentence
    '2·1 + 0·0 + 4·0 + 0·(-1) = 2; with the bias 5 it is 7.'
    """
    layer = _layer(x, w, stride, padding)
    down, across = layer.windows.shape
    out = np.asarray(solver.conv2d(x, w, b, stride, padding))
    out = out.reshape(down, across, -1)
    bias = np.broadcast_to(np.asarray(b), out.shape[2:]) if np.any(b) else None
    filled = blank(out.shape)
    first = layer.inputs() + layer.kernels(0) + [panel("output", filled[:, :, 0])]
    frames = [Frame(layer.windows.stand(), tuple(first))]
    for number in range(out.shape[2]):
        added = None if bias is None else bias[number]
        done, result = filled[:, :, number], out[:, :, number]
        note = "" if out.shape[2] == 1 else f"filter {number}"
        if not number:
            frames += _product_by_product(layer, done)
        for group in layer.windows.groups():
            for cell in group:
                done[cell] = result[cell]
            after = panel("output", done, marks(group, Role.NOW), note)
            if len(group) > 1:
                row = ", ".join(say(result[cell]) for cell in group)
                frames.append(
                    Frame(
                        f"Row {group[0][0]} of the output: {row}.",
                        (*layer.inputs(), *layer.kernels(number), after),
                    )
                )
                continue
            looked = layer.windows.at(group[0])
            frames.append(
                Frame(
                    _sum(layer, group[0], number, added),
                    (*layer.inputs(looked), *layer.kernels(number), after),
                )
            )
    high, wide = layer.windows.sides
    padded = f", padding {padding}" if padding else ""
    title = f"Convolution with {high}×{wide}, stride {stride}{padded}"
    return Walk(title, tuple(frames))


def _sum(layer: _Layer, cell: Cell, number: int, bias: Any) -> str:
    """Write out what one window sums up to."""
    patch, kernel = layer.patch(cell), layer.filters[:, :, :, number]
    sums = [
        (
            products(patch[:, :, c].ravel(), kernel[:, :, c].ravel()),
            np.sum(patch[:, :, c] * kernel[:, :, c]),
        )
        for c in range(patch.shape[2])
    ]
    total = sum(value for _, value in sums)
    if len(sums) == 1:
        told = f"{sums[0][0]} = {say(total)}"
    else:
        each = "; ".join(f"channel {c}: {say(v)}" for c, (_, v) in enumerate(sums))
        told = f"{each}; together {say(total)}"
    if bias is None:
        return f"{told}."
    return f"{told}; with the bias {say(bias)} it is {say(total + bias)}."


def _product_by_product(layer: _Layer, done: NDArray[Any]) -> Iterator[Frame]:
    """Yield the first window's products with their running sum."""
    looked = layer.windows.at((0, 0))
    if len(looked) > SINGLE or layer.image.shape[2] > 1:
        return
    patch, kernel = layer.patch((0, 0))[:, :, 0], layer.filters[:, :, 0, 0]
    total = 0
    pairs = zip(patch.ravel().tolist(), kernel.ravel().tolist(), strict=True)
    for at, (entry, weight) in enumerate(pairs):
        total += entry * weight
        so_far = f"; so far {say(total)}" if at else ""
        here = (at // kernel.shape[1], at % kernel.shape[1])
        yield Frame(
            f"{factor(entry)}·{factor(weight)} = {say(entry * weight)}{so_far}.",
            (
                *layer.inputs(looked, [looked[at]]),
                *layer.kernels(0, [here]),
                panel("output", done),
            ),
        )


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
    'The gradient 2 at row 0, column 0 adds 2 times its window to dw.'
    """
    layer = _layer(x, w, stride, padding)
    gradient = np.asarray(dout).reshape(*layer.windows.shape, -1)
    dx, dw, db = solver.conv2d_backward(x, w, dout, stride, padding)
    start = (*layer.inputs(), *layer.kernels(0), panel("dout", gradient[:, :, 0]))
    frames = [Frame(f"{layer.windows.stand()} Each has a gradient.", start)]
    for number in range(gradient.shape[2]):
        note = "" if gradient.shape[2] == 1 else f"filter {number}"
        if np.any(layer.image):
            frames += _to_filters(layer, gradient, number, note)
        if np.any(layer.filters):
            frames += _to_input(layer, gradient, number, note)
    total = f"The bias is added everywhere, so db is the sum of dout: {_listed(db)}."
    ends = [] if layer.flat else [panel("db", db)]
    if np.any(layer.image):
        ends += _slices("dw", np.asarray(dw).reshape(layer.filters.shape), layer)
    if np.any(layer.filters):
        ends += _slices("dx", np.asarray(dx).reshape(layer.image.shape), layer)
    frames.append(Frame(total, tuple(ends)))
    return Walk("Convolution backwards", tuple(frames))


def _listed(values: ArrayLike) -> str:
    return ", ".join(say(value) for value in np.atleast_1d(np.asarray(values)))


def _slices(name: str, array: NDArray[Any], layer: _Layer) -> list[Panel]:
    """Draw an array as its matrices."""
    found = []
    for rest in np.ndindex(*array.shape[2:]):
        note = ", ".join(
            f"{what} {at}"
            for what, at in zip(("channel", "filter"), rest, strict=False)
        )
        found.append(panel(name, array[(..., *rest)], None, "" if layer.flat else note))
    return found


def _to_filters(
    layer: _Layer, gradient: NDArray[Any], number: int, note: str
) -> Iterator[Frame]:
    dw = np.zeros(layer.filters.shape[:3])
    for group in layer.windows.groups():
        for cell in group:
            dw = dw + gradient[cell][number] * layer.patch(cell)
        said = _said(gradient, group, number, "its window to dw")
        looked = layer.windows.at(group[0]) if len(group) == 1 else []
        yield Frame(
            said,
            (
                *layer.inputs(looked),
                panel("dout", gradient[:, :, number], marks(group, Role.WINDOW), note),
                *_slices("dw", dw, layer),
            ),
        )


def _to_input(
    layer: _Layer, gradient: NDArray[Any], number: int, note: str
) -> Iterator[Frame]:
    windows, p = layer.windows, layer.windows.p
    high, wide, count = layer.image.shape
    dx = np.zeros((high + 2 * p, wide + 2 * p, count))
    for group in windows.groups():
        for cell in group:
            rows, columns = zip(*windows.at(cell), strict=True)
            part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
            dx[part] += gradient[cell][number] * layer.filters[:, :, :, number]
        inner = dx[p : high + p, p : wide + p]
        now = windows.at(group[0]) if len(group) == 1 else []
        yield Frame(
            _said(gradient, group, number, "the filter to dx, in its window"),
            (
                *layer.kernels(number),
                panel("dout", gradient[:, :, number], marks(group, Role.WINDOW), note),
                *(
                    windows.panel(
                        "dx", inner[:, :, c], now, None, layer.note("channel", c)
                    )
                    for c in range(count)
                ),
            ),
        )


def _said(gradient: NDArray[Any], group: list[Cell], number: int, what: str) -> str:
    if len(group) > 1:
        return f"Row {group[0][0]} of dout: each gradient adds {what}."
    value = say(gradient[group[0]][number])
    return f"The gradient {value} at {place(group[0])} adds {value} times {what}."


WALKS: Mapping[str, Callable[..., Walk]] = {
    "conv2d": conv2d,
    "conv2d_backward": conv2d_backward,
}
