"""Convolution and pooling with a loop for every index there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product

from drill.errors import SolverError
from drill.oracle.cells import (
    Array,
    ArrayLike,
    Cells,
    Exact,
    Index,
    assemble,
    cells,
    places,
)
from drill.oracle.places import count_pool_windows, count_windows


def loop_conv2d(
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    stride: int = 1,
    padding: int = 0,
) -> Array:
    """Multiply and add, one output, one tap and one channel at a time.

    Examples
    --------
    >>> loop_conv2d([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 2]]).tolist()
    [[11, 14]]
    """
    (x_shape, image), (w_shape, taps) = cells(x), cells(w)
    bias = {} if b is None else cells(b)[1]
    shape, out = _convolve(x_shape, image, w_shape, taps, bias, stride, padding)
    return assemble(shape, out)


def loop_max_pool(x: ArrayLike, f: int, s: int, p: int = 0) -> Array:
    """Take the last of every window's sorted cells; padding never wins.

    Examples
    --------
    >>> loop_max_pool([[1, 3, 2, 1], [4, 10, 5, 1]], 2, 2).tolist()
    [[10, 5]]
    """
    shape, image = cells(x)
    sides = _sides(shape, f, s, p)
    out = {
        place: sorted(image[source] for source in window)[-1]
        for place, window in _windows(shape, sides, f, s, p)
    }
    return assemble(sides, out)


def loop_average_pool(
    x: ArrayLike, f: int, s: int, p: int = 0, counted: bool = True
) -> Array:
    """Add up every window and divide by its cells, the padding's too if `counted`.

    Examples
    --------
    >>> loop_average_pool([[1, 3, 2, 1], [4, 10, 5, 1]], 2, 2).tolist()
    [[4.5, 2.25]]
    """
    shape, image = cells(x)
    sides = _sides(shape, f, s, p)
    out = {
        place: Fraction(
            sum(image[source] for source in window),
            f * f if counted else len(window),
        )
        for place, window in _windows(shape, sides, f, s, p)
    }
    return assemble(sides, out)


def loop_max_pool_mask(x: ArrayLike, f: int, s: int) -> Array:
    """Walk over every window and mark the first cell that nobody beats.

    Examples
    --------
    >>> loop_max_pool_mask([[1, 3, 2, 1], [4, 10, 5, 1]], 2, 2).tolist()
    [[0, 0, 0, 0], [0, 1, 1, 0]]
    """
    shape, image = cells(x)
    mask: Cells = dict.fromkeys(image, 0)
    for _, window in _windows(shape, _sides(shape, f, s), f, s):
        mask[_champion(image, window)] = 1
    return assemble(shape, mask)


def loop_max_pool_backward(x: ArrayLike, dout: ArrayLike, f: int, s: int) -> Array:
    """Walk over every window and add its gradient to the first cell nobody beats.

    Examples
    --------
    >>> loop_max_pool_backward([[1, 3, 2], [4, 9, 5]], [[3, 4]], 2, 1).tolist()
    [[0, 0, 0], [0, 7, 0]]
    """
    shape, image = cells(x)
    upstream = cells(dout)[1]
    total: Cells = dict.fromkeys(image, 0)
    for place, window in _windows(shape, _sides(shape, f, s), f, s):
        total[_champion(image, window)] += upstream[place]
    return assemble(shape, total)


def loop_average_pool_backward(
    shape: Sequence[int], dout: ArrayLike, f: int, s: int
) -> Array:
    """Ask every cell which windows hold it and what each of them pays.

    Examples
    --------
    >>> loop_average_pool_backward((2, 4), [[4, -8]], 2, 2).tolist()
    [[1.0, 1.0, -2.0, -2.0], [1.0, 1.0, -2.0, -2.0]]
    """
    full = tuple(int(size) for size in shape)
    upstream = cells(dout)[1]
    total: Cells = {}
    for cell in places(full):
        total[cell] = Fraction(0)
        for place, gradient in upstream.items():
            inside = all(
                start * s <= at < start * s + f
                for start, at in zip(place[:2], cell[:2], strict=True)
            )
            if inside and place[2:] == cell[2:]:
                total[cell] += Fraction(gradient) / (f * f)
    return assemble(full, total)


def difference_max_pool_backward(
    x: ArrayLike, dout: ArrayLike, f: int, s: int
) -> Array:
    """Nudge every cell up and down by less than any gap, and watch the output.

    Raises
    ------
    SolverError
        When cells tie for a maximum, where no derivative exists.

    Examples
    --------
    >>> difference_max_pool_backward([[1, 3], [4, 9]], [[5]], 2, 2).tolist()
    [[0.0, 0.0], [0.0, 5.0]]
    """
    shape, image = cells(x)
    upstream = cells(dout)[1]
    values = sorted(set(image.values()))
    gaps = [high - low for low, high in pairwise(values)]
    step = Fraction(min(gaps, default=1)) / 3
    windows = list(_windows(shape, _sides(shape, f, s), f, s))
    for _, window in windows:
        held = [image[source] for source in window]
        if held.count(max(held)) > 1:
            raise SolverError(
                f"the maximum {max(held)} of a window occurs twice; no derivative there"
            )

    def loss(changed: Cells) -> Exact:
        return sum(
            upstream[place] * max(changed[source] for source in window)
            for place, window in windows
        )

    slopes: Cells = {}
    for cell in image:
        up = loss({**image, cell: image[cell] + step})
        down = loss({**image, cell: image[cell] - step})
        slopes[cell] = Fraction(up - down) / (2 * step)
    return assemble(shape, slopes)


def difference_conv2d(
    x: ArrayLike,
    w: ArrayLike,
    dout: ArrayLike,
    stride: int = 1,
    padding: int = 0,
) -> tuple[Array, Array, Array]:
    """Add 1 to every input, tap and bias in turn and watch the output.

    A convolution is linear in each, so that the difference is exact.

    Examples
    --------
    >>> dx, dw, db = difference_conv2d([[1, 2], [3, 4]], [[5]], [[1, 0], [0, 2]])
    >>> dx.tolist(), dw.tolist(), db.tolist()
    ([[5, 0], [0, 10]], [[9]], 3)
    """
    (x_shape, image), (w_shape, taps) = cells(x), cells(w)
    upstream = cells(dout)[1]
    b_shape = w_shape[3:]
    bias: Cells = dict.fromkeys(places(b_shape), 0)

    def loss(image: Cells, taps: Cells, bias: Cells) -> Exact:
        _, out = _convolve(x_shape, image, w_shape, taps, bias, stride, padding)
        return sum(upstream[place] * value for place, value in out.items())

    base = loss(image, taps, bias)
    dx = {at: loss({**image, at: image[at] + 1}, taps, bias) - base for at in image}
    dw = {at: loss(image, {**taps, at: taps[at] + 1}, bias) - base for at in taps}
    db = {at: loss(image, taps, {**bias, at: bias[at] + 1}) - base for at in bias}
    return assemble(x_shape, dx), assemble(w_shape, dw), assemble(b_shape, db)


def _convolve(
    x_shape: Index,
    image: Cells,
    w_shape: Index,
    taps: Cells,
    bias: Cells,
    stride: int,
    padding: int,
) -> tuple[Index, Cells]:
    """Convolve cells, which may have been moved."""
    rows = count_windows(x_shape[0], w_shape[0], padding, stride)
    columns = count_windows(x_shape[1], w_shape[1], padding, stride)
    shape = (rows, columns, *w_shape[3:])
    out: Cells = {}
    for place in places(shape):
        row, column, *filters = place
        total: Exact = bias.get(tuple(filters), bias.get((), 0))
        for tap in places(w_shape[:3] if filters else w_shape):
            source = (
                row * stride + tap[0] - padding,
                column * stride + tap[1] - padding,
                *tap[2:],
            )
            total += image.get(source, 0) * taps[(*tap, *filters)]
        out[place] = total
    return shape, out


def _sides(shape: Index, f: int, s: int, p: int = 0) -> Index:
    rows, columns = (count_pool_windows(size, f, s, p) for size in shape[:2])
    return (rows, columns, *shape[2:])


def _windows(
    shape: Index, sides: Index, f: int, s: int, p: int = 0
) -> Iterator[tuple[Index, list[Index]]]:
    """Give every output place and the input cells it looks at, in reading order."""
    for place in places(sides):
        corner = (place[0] * s - p, place[1] * s - p)
        window = [
            (corner[0] + down, corner[1] + right, *place[2:])
            for down, right in product(range(f), range(f))
            if 0 <= corner[0] + down < shape[0] and 0 <= corner[1] + right < shape[1]
        ]
        yield place, window


def _champion(image: Cells, window: list[Index]) -> Index:
    best = window[0]
    for source in window[1:]:
        if image[source] > image[best]:
            best = source
    return best
