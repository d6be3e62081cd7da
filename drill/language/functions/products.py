"""What products cost, and the sentence for sizes that do not meet."""

from __future__ import annotations

import math
from typing import Any

from drill.language.functions.costs import (
    broadcast_shapes,
    each,
    room,
    shape_of,
    size_of,
    sizes,
)
from drill.language.limits import MAX_AXES
from drill.language.values import Complaint


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
    shape = first[-2:-1] + (second[-1:] if len(second) > 1 else ())
    if len(first) > 2 or len(second) > 2:
        shape = broadcast_shapes(first[:-2], second[:-2]) + shape
    return shape, math.prod(shape) * inner


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
    return size_of(a), 25 * total


def norm(x: Any, ord: Any = None, axis: Any = None, **_: Any) -> tuple[int, int]:
    """Price a norm; of a matrix it may need its singular values."""
    size = size_of(x)
    if len(shape_of(x)) > 1 and ord in (2, -2) and not isinstance(axis, int):
        return size, 20 * size * max(shape_of(x))
    return size, 4 * size


def gram(x: Any) -> tuple[int, int]:
    """Price every row times every other."""
    rows = shape_of(x)[0] if len(shape_of(x)) > 1 else 1
    cells = room((rows, rows))
    return cells, 4 * rows * size_of(x) + cells


def tensordot(a: Any, b: Any, axes: Any = 2) -> tuple[int, int]:
    """Price a sum over some axes of one and of the other.

    Raises
    ------
    Complaint
        When there are no such axes, or they differ in size.
    """
    first, second = shape_of(a), shape_of(b)
    if isinstance(axes, int):
        axes = (tuple(range(-axes, 0)), tuple(range(axes)))
    mine, yours = (k if isinstance(k, tuple) else (k,) for k in axes)
    if not all(-len(first) <= k < len(first) for k in mine) or not all(
        -len(second) <= k < len(second) for k in yours
    ):
        raise Complaint(f"the shapes {first} and {second} have no such axes")
    if [first[k] for k in mine] != [second[k] for k in yours]:
        raise Complaint(f"the axes summed over differ: {first} and {second}")
    summed = math.prod(first[k] for k in mine)
    cells = size_of(a) * size_of(b) // max(summed, 1) ** 2
    return room((cells,)), cells * summed + cells


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


def cubic(a: Any, *_: Any) -> tuple[int, int]:
    """Price what goes through a square matrix once for each of its rows."""
    side = max(shape_of(a), default=1)
    return size_of(a), 10 * side * size_of(a)
