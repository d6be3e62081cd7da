"""What a call costs, from its arguments alone and before numpy sees them.

A rule takes the arguments of the call it prices and returns two numbers: the cells
of the result, and the work, in cells that are touched.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from drill.language.limits import MAX_AXES, MAX_CELLS
from drill.language.values import Complaint, array_of, count

Price: TypeAlias = Callable[..., tuple[int, int]]
SHARE = (4, 60)
"""What an entry of a whole quotient costs: of whole numbers, and of floats."""


def shape_of(value: Any) -> tuple[int, ...]:
    """Return an array's shape, and () for a number."""
    return value.shape if isinstance(value, np.ndarray) else ()


def size_of(value: Any) -> int:
    """Return the number of cells; a number has one."""
    return value.size if isinstance(value, np.ndarray) else 1


def room(shape: tuple[int, ...]) -> int:
    """Return the cells of `shape`.

    Raises
    ------
    Complaint
        When no array may be that large.
    """
    if len(shape) > MAX_AXES:
        raise Complaint(f"{len(shape)} axes are too many: {MAX_AXES} are allowed")
    if shape and min(shape) < 0:
        raise Complaint(f"the shape {brief(shape)} has a negative size")
    cells = math.prod(shape)
    if cells > MAX_CELLS:
        raise Complaint(
            f"an array of shape {brief(shape)} is too large:"
            f" {MAX_CELLS:,} cells are allowed"
        )
    return cells


def brief(shape: tuple[int, ...]) -> str:
    """Write a shape, giant sizes as such."""
    sizes = [str(n) if abs(n) < 10**12 else "huge" for n in shape]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def clash(first: tuple[int, ...], second: tuple[int, ...]) -> Complaint:
    """Say why two shapes do not broadcast, and which step is probably missing."""
    text = f"{first} and {second} do not broadcast: "
    small, big = sorted((first, second), key=len)
    if len(small) < len(big) and _fits((*small, 1), big):
        return Complaint(f"{text}keepdims=True, or [:, None], keeps the axis")
    if _fits(small[::-1], big) or _fits(big[::-1], small):
        return Complaint(f"{text}a transpose, .T, may be missing")
    meets = next(
        f"{m} meets {n}"
        for m, n in zip(first[::-1], second[::-1], strict=False)
        if m != n and 1 not in (m, n)
    )
    return Complaint(f"{text}lined up at the right, {meets}")


def _fits(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    pairs = zip(first[::-1], second[::-1], strict=False)
    return all(m == n or 1 in (m, n) for m, n in pairs)


def broadcast(*values: Any) -> tuple[int, ...]:
    """Return the shape that `values` have together.

    Raises
    ------
    Complaint
        When they do not broadcast.
    """
    shape: tuple[int, ...] = ()
    for value in values:
        shape = broadcast_shapes(shape, shape_of(value))
    return shape


def cells_together(a: Any, b: Any) -> int:
    """Return the cells of two values that meet.

    Raises
    ------
    Complaint
        When they do not broadcast, or to too many cells.
    """
    if type(a) is not np.ndarray:
        return size_of(b)
    if type(b) is not np.ndarray or a.shape == b.shape:
        return a.size
    return room(broadcast(a, b))


def entrywise(weight: int) -> Price:
    """Price a function that works entry by entry on arguments that broadcast."""

    def price(*values: Any, **named: Any) -> tuple[int, int]:
        if len(values) == 1 and not named:
            cells = size_of(values[0])
        elif len(values) == 2 and not named:
            cells = cells_together(*values)
        else:
            cells = room(broadcast(*values, *named.values()))
        return cells, weight * cells

    return price


def share(a: Any, b: Any) -> tuple[int, int]:
    """Price a whole quotient or its remainder.

    Of floats it takes a step for every binary digit that the two are apart.
    """
    cells = cells_together(a, b)
    return cells, SHARE[broken(a) or broken(b)] * cells


def broken(value: Any) -> bool:
    """Tell whether a value is made of floats."""
    if isinstance(value, np.ndarray):
        return bool(value.dtype.kind == "f")
    return type(value) is float


def visit(weight: int) -> Price:
    """Price a function that visits every cell of its first argument."""

    def price(a: Any, *_: Any, **__: Any) -> tuple[int, int]:
        cells = size_of(a)
        return cells, weight * cells

    return price


each = entrywise(1)
slow = entrywise(4)
steep = entrywise(10)
once = visit(1)
thrice = visit(3)
sorting = visit(10)
placing = visit(20)


def free(*_: Any, **__: Any) -> tuple[int, int]:
    """Price what costs nothing worth counting."""
    return 1, 1


def sizes(shape: tuple[int, ...], *_: Any, **__: Any) -> tuple[int, int]:
    """Price an array made from its shape."""
    cells = room(shape)
    return cells, cells


def square(N: int, M: int | None = None, k: int = 0, **_: Any) -> tuple[int, int]:
    """Price an identity matrix."""
    return sizes((N, N if M is None else M))


def steps(start: Any, stop: Any = None, step: Any = 1, **_: Any) -> tuple[int, int]:
    """Price numbers counted from a start to a stop."""
    low, high = (0, start) if stop is None else (start, stop)
    if not step:
        raise Complaint("the step must not be 0")
    span = (high - low) / step
    if not math.isfinite(span):
        raise Complaint("the range has no end")
    return sizes((max(0, math.ceil(span)),))


def points(start: Any, stop: Any, num: int = 50, **_: Any) -> tuple[int, int]:
    """Price evenly spaced numbers."""
    return sizes((num,))


def broadcast_shapes(
    first: tuple[int, ...], second: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the shape that two shapes have together.

    numpy's own function takes ten times as long.

    Raises
    ------
    Complaint
        When they do not broadcast.

    Examples
    --------
    >>> broadcast_shapes((3, 1), (4,)), broadcast_shapes((1,), (0,))
    ((3, 4), (0,))
    """
    if first == second or not second:
        return first
    if not first:
        return second
    short, long = sorted((first, second), key=len)
    met = list(long)
    for place, size in enumerate(short, len(long) - len(short)):
        if met[place] == 1:
            met[place] = size
        elif size not in (1, met[place]):
            raise clash(first, second)
    return tuple(met)


def joined(arrays: Any, *_: Any, **__: Any) -> tuple[int, int]:
    """Price arrays put together."""
    cells = count(arrays)
    return cells, 2 * cells


def stacked(arrays: Any, *_: Any, **__: Any) -> tuple[int, int]:
    """Price arrays put together along a new axis."""
    for value in arrays:
        grown(value)
    return joined(arrays)


def both(a: Any, b: Any, axis: Any = None) -> tuple[int, int]:
    """Price two arrays put together."""
    cells = room((size_of(a) + size_of(b),))
    return cells, 2 * cells


def counted(places: Any, *_: Any, **__: Any) -> tuple[int, int]:
    """Price what is done with each of the places given."""
    cells = count(places) if isinstance(places, tuple | list) else size_of(places)
    return cells, 4 * cells


def places(a: Any) -> tuple[int, int]:
    """Price the places of an array's entries: one index for each axis."""
    cells = room((size_of(a), max(1, len(shape_of(a)))))
    return cells, 4 * cells


def tiled(a: Any, reps: Any) -> tuple[int, int]:
    """Price an array laid side by side."""
    times = reps if isinstance(reps, tuple) else (reps,)
    room((1,) * max(len(times), len(shape_of(a))))
    if min(times, default=0) < 0:
        raise Complaint("repetitions cannot be negative")
    cells = room((size_of(a), math.prod(times)))
    return cells, 2 * cells


def repeated(a: Any, repeats: Any, axis: Any = None) -> tuple[int, int]:
    """Price every entry repeated."""
    times = repeats if isinstance(repeats, tuple) else (repeats,)
    if min(times, default=0) < 0:
        raise Complaint("repetitions cannot be negative")
    cells = room((size_of(a), max(times, default=0)))
    return cells, 2 * cells


def padded(a: Any, pad_width: Any, *_: Any, **__: Any) -> tuple[int, int]:
    """Price an array with a border."""
    widths = array_of(pad_width) if isinstance(pad_width, tuple) else pad_width
    if np.min(widths, initial=0) < 0:
        raise Complaint("a border cannot have a negative width")
    # Both sides of every axis get at most the widest border.
    widest = int(np.max(widths, initial=0))
    cells = room(tuple(n + 2 * widest for n in shape_of(a)))
    return cells, 4 * cells


def spread(a: Any, shape: tuple[int, ...]) -> tuple[int, int]:
    """Price an array broadcast to a shape."""
    cells = room(shape)
    if broadcast_shapes(shape_of(a), shape) != shape:
        raise Complaint(f"{shape_of(a)} cannot be stretched to {shape}")
    return cells, 1


def grown(a: Any, *_: Any, **__: Any) -> tuple[int, int]:
    """Price one more axis."""
    room((*shape_of(a), 1))
    return size_of(a), 1


def diagonal(a: Any, k: int = 0) -> tuple[int, int]:
    """Price a diagonal, or the matrix that has it."""
    if len(shape_of(a)) == 1:
        side = size_of(a) + abs(k)
        return sizes((side, side))
    return size_of(a), size_of(a)


def everything(*values: Any, **named: Any) -> tuple[int, int]:
    """Price a function of somebody else's by the cells it is given."""
    cells = sum(map(size_of, values)) + sum(map(size_of, named.values()))
    return 1, cells
