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
from drill.language.value import Complaint, array_of, count

Price: TypeAlias = Callable[..., tuple[int, int]]


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
    if any(size < 0 for size in shape):
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
        other = shape_of(value)
        if other == shape or not other:
            continue
        if not shape:
            shape = other
        elif _fits(shape, other):
            shape = np.broadcast_shapes(shape, other)
        else:
            raise clash(shape, other)
    return shape


def entrywise(weight: int) -> Price:
    """Price a function that works entry by entry on arguments that broadcast."""

    def price(*values: Any, **named: Any) -> tuple[int, int]:
        if len(values) == 1 and not named:
            cells = size_of(values[0])
        else:
            cells = room(broadcast(*values, *named.values()))
        return cells, weight * cells

    return price


def visit(weight: int) -> Price:
    """Price a function that visits every cell of its first argument."""

    def price(a: Any, *_: Any, **__: Any) -> tuple[int, int]:
        return size_of(a), weight * size_of(a)

    return price


each = entrywise(1)
slow = entrywise(4)
once = visit(1)
thrice = visit(3)
sorting = visit(10)


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


def product_shape(a: Any, b: Any) -> tuple[tuple[int, ...], int]:
    """Return the shape of ``a @ b`` and its number of multiplications.

    Raises
    ------
    Complaint
        When the inner sizes differ or one of the two is a number.
    """
    first, second = shape_of(a), shape_of(b)
    if not first or not second:
        raise Complaint("@ multiplies arrays: write * for a number")
    inner = first[-1]
    outer = second[0] if len(second) == 1 else second[-2]
    if inner != outer:
        text = f"{first} @ {second}: the inner sizes {inner} and {outer} differ"
        flip = second[0] if len(second) == 1 else second[-1]
        turn = first[0] if len(first) == 1 else first[-2]
        missing = inner == flip or turn == outer
        raise Complaint(text + "; a transpose, .T, may be missing" * missing)
    stacks = broadcast_shapes(first[:-2], second[:-2])
    shape = stacks + first[-2:-1] + (second[-1:] if len(second) > 1 else ())
    return shape, math.prod(shape) * inner


def broadcast_shapes(
    first: tuple[int, ...], second: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the shape that two shapes have together."""
    if not _fits(first, second):
        raise clash(first, second)
    return np.broadcast_shapes(first, second)


def matmul(a: Any, b: Any) -> tuple[int, int]:
    """Price a matrix product: every multiplication counts."""
    shape, work = product_shape(a, b)
    cells = room(shape)
    return cells, work + cells


def dot(a: Any, b: Any) -> tuple[int, int]:
    """Price a dot product, which takes numbers too."""
    if not shape_of(a) or not shape_of(b):
        return each(a, b)
    if a.ndim > 2 or b.ndim > 2:
        raise Complaint("np.dot takes up to two axes here: write @")
    return matmul(a, b)


def inner(a: Any, b: Any) -> tuple[int, int]:
    """Price an inner product of two vectors."""
    if len(shape_of(a)) != 1 or shape_of(a) != shape_of(b):
        raise Complaint("np.inner takes two vectors of one length here: write @")
    return 1, size_of(a)


def outer(a: Any, b: Any) -> tuple[int, int]:
    """Price every entry of one times every entry of the other."""
    return sizes((size_of(a), size_of(b)))


def kron(a: Any, b: Any) -> tuple[int, int]:
    """Price a Kronecker product."""
    axes = max(len(shape_of(a)), len(shape_of(b)))
    if axes > MAX_AXES // 2:
        raise Complaint(f"np.kron takes up to {MAX_AXES // 2} axes here")
    cells, _ = outer(a, b)
    return cells, 4 * cells


def member(a: Any, b: Any) -> tuple[int, int]:
    """Price looking every entry of one up in the other."""
    total = size_of(a) + size_of(b)
    return size_of(a), 10 * total


def norm(x: Any, ord: Any = None, axis: Any = None, **_: Any) -> tuple[int, int]:
    """Price a norm; of a matrix it may need its singular values."""
    size = size_of(x)
    if len(shape_of(x)) > 1 and ord in (2, -2) and not isinstance(axis, int):
        return size, 20 * size * max(shape_of(x))
    return size, 4 * size


def joined(arrays: Any, *_: Any, **__: Any) -> tuple[int, int]:
    """Price arrays put together."""
    cells = count(arrays)
    return cells, 2 * cells


def stacked(arrays: Any, *_: Any, **__: Any) -> tuple[int, int]:
    """Price arrays put together along a new axis."""
    for value in arrays:
        grown(value)
    return joined(arrays)


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
        raise clash(shape_of(a), shape)
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


def indices(subscripts: str, *operands: Any) -> tuple[int, int]:
    """Price an Einstein sum: the product of the sizes of all its indices.

    Raises
    ------
    Complaint
        When the subscripts are not plain letters, or do not fit the operands.
    """
    text = subscripts.replace(" ", "")
    left, arrow, right = text.partition("->")
    parts = left.split(",")
    if not text.isascii() or not (left.replace(",", "") + right + "a").isalpha():
        raise Complaint("the subscripts must be letters, as 'ij,jk->ik'")
    if len(parts) != len(operands):
        raise Complaint(f"{len(parts)} subscripts for {len(operands)} arrays")
    found: dict[str, int] = {}
    for part, value in zip(parts, operands, strict=True):
        if len(part) != len(shape_of(value)):
            raise Complaint(f"'{part}' does not fit the shape {shape_of(value)}")
        for letter, size in zip(part, shape_of(value), strict=True):
            if found.setdefault(letter, size) not in (size, 1) and size != 1:
                raise Complaint(
                    f"'{letter}' is {found[letter]} in one place and {size} in another"
                )
            found[letter] = max(found[letter], size)
    if any(letter not in found for letter in right):
        raise Complaint(f"'{right}' has a letter that the arrays do not have")
    singles = [letter for letter in found if left.count(letter) == 1]
    kept = right if arrow else singles
    cells = room(tuple(found[letter] for letter in kept))
    return cells, (len(operands) + 1) * math.prod(found.values()) + cells


def everything(*values: Any, **named: Any) -> tuple[int, int]:
    """Price a function of somebody else's by the cells it is given."""
    cells = sum(map(size_of, values)) + sum(map(size_of, named.values()))
    return 1, cells
