"""Convolution: the filter slides over the input, a sum of products at each place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.filters import Layer, layer_of
from drill.walk.frame import Frame, Role, Walk
from drill.walk.panels import (
    Cell,
    added,
    blank,
    factor,
    listed,
    marks,
    panel,
    products,
    say,
)
from drill.walk.windows import bounded, named, opened

SINGLE = 9
"""A window of at most so many products is first shown product by product."""


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
    'Row 0, column 1 of the output: 2·1 + 0·0 + 4·0 + 0·(-1) = 2; with the bias 5 \
it is 7.'
    """
    layer = layer_of(x, w, stride, padding)
    windows, count = layer.windows, layer.filters.shape[3]
    out = np.asarray(solver.conv2d(x, w, b, stride, padding))
    out = out.reshape(*windows.shape, count)
    bias = np.broadcast_to(np.asarray(b), (count,)) if np.any(b) else None
    filled = blank(out.shape)
    first = layer.inputs() + layer.kernels(0) + [panel("output", filled[:, :, 0])]
    frames = [Frame(windows.stand(), tuple(first))]
    for number in range(count):
        done, result = filled[:, :, number], out[:, :, number]
        note = layer.note("filter", number)
        if not number:
            frames += _product_by_product(layer, done, note)
        for group in windows.groups(count):
            for cell in group:
                done[cell] = result[cell]
            after = panel("output", done, marks(group, Role.NOW), note)
            looked: list[Cell] = []
            if len(group) > 1:
                told = f"{listed([result[cell] for cell in group])}."
            else:
                looked = windows.at(group[0])
                more = None if bias is None else bias[number]
                told = _sum(layer, group[0], number, more)
            frames.append(
                Frame(
                    opened(note, f"{named(group)} of the output: {told}"),
                    (*layer.inputs(looked), *layer.kernels(number), after),
                )
            )
    if count > 1:
        said = f"That is the output, a channel for each of the {count} filters."
        ends = [
            panel("output", out[:, :, n], None, f"filter {n}") for n in range(count)
        ]
        frames.append(Frame(said, tuple(ends)))
    high, wide = windows.sides
    padded = f", padding {padding}" if padding else ""
    title = f"Convolution with {high}×{wide}, stride {stride}{padded}"
    return Walk(title, bounded(frames))


def _sum(layer: Layer, cell: Cell, number: int, bias: Any) -> str:
    """Write out what one window sums up to."""
    patch, kernel = layer.patch(cell), layer.filters[:, :, :, number]
    depth = patch.shape[2]
    sums = [np.sum(patch[:, :, c] * kernel[:, :, c]) for c in range(depth)]
    total = sum(sums)
    each = [
        products(
            patch[:, :, c].ravel(), kernel[:, :, c].ravel(), max(SINGLE // depth, 1)
        )
        for c in range(depth)
    ]
    if depth == 1:
        told = f"{each[0]} = {say(total)}"
    else:
        parts = zip(each, sums, strict=True)
        whole = [f"channel {c}: {e} = {say(v)}" for c, (e, v) in enumerate(parts)]
        told = f"{'; '.join(whole)}; together {added(sums)} = {say(total)}"
    if bias is None:
        return f"{told}."
    return f"{told}; with the bias {say(bias)} it is {say(total + bias)}."


def _product_by_product(layer: Layer, done: NDArray[Any], note: str) -> Iterator[Frame]:
    """Yield the first window's products with their running sum."""
    looked = layer.windows.at((0, 0))
    if len(looked) > SINGLE or layer.image.shape[2] > 1:
        return
    patch, kernel = layer.patch((0, 0))[:, :, 0], layer.filters[:, :, 0, 0]
    total = 0
    pairs = zip(patch.ravel().tolist(), kernel.ravel().tolist(), strict=True)
    for at, (entry, weight) in enumerate(pairs):
        total += entry * weight
        product = f"{factor(entry)}·{factor(weight)} = {say(entry * weight)}"
        here = (at // kernel.shape[1], at % kernel.shape[1])
        yield Frame(
            f"{product}; so far {say(total)}."
            if at
            else opened(note, f"row 0, column 0 of the output starts with {product}."),
            (
                *layer.inputs(looked, [looked[at]]),
                *layer.kernels(0, [here]),
                panel("output", done, None, note),
            ),
        )


WALKS: Mapping[str, Callable[..., Walk]] = {"conv2d": conv2d}
