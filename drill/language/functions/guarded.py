"""numpy's and Python's functions where they are careless: warn, hang or surprise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from drill.language.functions.costs import broken, room, shape_of, size_of
from drill.language.operators import power, power_of_arrays
from drill.language.values import NUMBERS, Complaint, kind_of, many

BORDERS = ("constant", "edge", "reflect", "symmetric", "wrap")


def absolute(a: Any) -> Any:
    """Return the absolute value; exact for whole numbers of any size."""
    return abs(a) if type(a) in NUMBERS else np.abs(a)


def raised(a: Any, b: Any) -> Any:
    """Return ``a ** b`` by the operator's rules."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return power_of_arrays(a, b)
    return power(a, b)


def reciprocal(x: Any) -> Any:
    """Return 1/x in floats; numpy's own drops the fraction of whole numbers."""
    return np.divide(1.0, x)


def floor(x: Any) -> Any:
    """Return the whole number below; a whole number is its own in every numpy."""
    return np.floor(x) if broken(x) else x


def ceil(x: Any) -> Any:
    """Return the whole number above; a whole number is its own in every numpy."""
    return np.ceil(x) if broken(x) else x


def kron(a: Any, b: Any) -> Any:
    """Return each entry of one times the whole other; numpy takes ten times as long."""
    a, b = np.asarray(a), np.asarray(b)
    axes = max(a.ndim, b.ndim)
    first, second = ((1,) * (axes - array.ndim) + array.shape for array in (a, b))
    outer = a.reshape([n for size in first for n in (size, 1)])
    inner = b.reshape([n for size in second for n in (1, size)])
    sizes = [m * n for m, n in zip(first, second, strict=True)]
    return (outer * inner).reshape(sizes)


def clip(a: Any, a_min: Any = None, a_max: Any = None) -> Any:
    """Keep entries between two bounds, either of which may be None."""
    if a_min is None and a_max is None:
        raise Complaint("give a lower or an upper bound")
    return np.clip(a, a_min, a_max)


def reshape(a: Any, *sizes: Any) -> Any:
    """Give the same entries another shape: sizes apart, or as one tuple."""
    if not sizes:
        raise Complaint("reshape needs the new sizes, as reshape(2, 3)")
    given = sizes[0] if len(sizes) == 1 else sizes
    shape = given if isinstance(given, tuple) else (given,)
    if any(isinstance(size, tuple) for size in shape):
        raise Complaint("the new shape is one size for each axis")
    if shape.count(-1) > 1 or any(size < -1 for size in shape):
        raise Complaint("one size may be -1, the others must not be negative")
    known = room(tuple(size for size in shape if size != -1))
    entries = size_of(a)
    if known != entries if -1 not in shape else not known or entries % known:
        raise Complaint(
            f"{many(entries, 'entry', 'entries')} cannot fill the shape {shape}"
        )
    return np.reshape(a, shape)


def transpose(a: Any, *axes: Any) -> Any:
    """Reverse the axes, or put them in the given order."""
    given = axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes
    return np.transpose(a, given or None)


def pad(a: Any, pad_width: Any, mode: str = "constant", **named: Any) -> Any:
    """Put a border round an array.

    numpy has a mode that leaves the border as the memory was.
    """
    if mode not in BORDERS:
        raise Complaint(f"the mode is one of {', '.join(BORDERS)}")
    return np.pad(a, pad_width, mode, **named)  # type: ignore[call-overload]


def diagonal_part(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take matrices only: of a vector numpy makes a square."""

    def call(a: Any, k: int = 0) -> Any:
        if len(shape_of(a)) < 2:
            raise Complaint("a triangle is taken of a matrix")
        return function(a, k)

    return call


def argsort(a: Any, axis: int = -1, kind: str = "stable") -> Any:
    """Return places in order; equal entries keep theirs on every machine."""
    return np.argsort(a, axis, kind="stable")


def unique(a: Any, return_inverse: bool = False, return_counts: bool = False) -> Any:
    """Return the different entries, by sorting: numpy's hashing is far slower."""
    found, inverse, counts = np.unique(a, return_inverse=True, return_counts=True)
    more = [inverse.ravel()] * return_inverse + [counts] * return_counts
    return (found, *more) if more else found


def isin(a: Any, b: Any) -> Any:
    """Look every entry of one up in the other, sorted once."""
    among = np.sort(np.ravel(b))
    if not among.size:
        return np.zeros(shape_of(a), dtype=np.bool_)
    place = np.searchsorted(among, a)
    return among[np.minimum(place, among.size - 1)] == a


def array(a: Any, dtype: str | None = None, *, copy: bool = True) -> Any:
    """Make an array, of an element type if one is named; always a new one."""
    return np.array(a, dtype=dtype)


def trunc(x: Any) -> Any:
    """Drop the fraction; a whole number is its own in every numpy."""
    return np.trunc(x) if broken(x) else x


def vdot(a: Any, b: Any) -> Any:
    """Sum the products of all entries, which must be as many."""
    if size_of(a) != size_of(b):
        raise Complaint(f"{size_of(a)} entries meet {size_of(b)}")
    return np.vdot(a, b)


def einsum(subscripts: str, *operands: Any) -> Any:
    """Sum products over indices, in the order in which they were priced."""
    return np.einsum(subscripts.replace(" ", ""), *operands, optimize=False)


def scalar(value: Any) -> int | float | bool:
    """Return the one number that `value` holds."""
    if type(value) in NUMBERS:
        return value  # type: ignore[no-any-return]
    if isinstance(value, np.ndarray) and value.size == 1:
        return value.item()  # type: ignore[no-any-return]
    raise Complaint(f"{kind_of(value)} is not one number")


def whole(value: Any) -> int:
    """Return a number without its fraction."""
    return int(scalar(value))


def fraction(value: Any) -> float:
    """Return a number as a float; ``float('inf')`` is how Python writes infinity."""
    if type(value) is str and len(value) < 40:
        try:
            return float(value)
        except ValueError:
            raise Complaint("this text is no number") from None
    return float(scalar(value))


def rounded(value: Any, ndigits: int | None = None) -> Any:
    """Round as Python does: to a whole number when no digits are asked for."""
    if isinstance(value, np.ndarray):
        return np.round(value, ndigits or 0)
    return round(scalar(value), ndigits)


def length(value: Any) -> int:
    """Return the size of the first axis."""
    if isinstance(value, np.ndarray | tuple | list | dict | set | range):
        return len(value)
    raise Complaint(f"{kind_of(value)} has no length")


def picked(
    python: Callable[..., Any], entries: Callable[..., Any], entrywise: str
) -> Callable[..., Any]:
    """Pick like numpy from one array, and like Python from several numbers."""

    def call(a: Any, *b: Any, **named: Any) -> Any:
        if not b:
            return entries(a, **named)
        if any(isinstance(value, np.ndarray) for value in (a, *b)):
            raise Complaint(
                f"{python.__name__}(…) of several values takes numbers: write"
                f" np.{entrywise}(…) for entries, or axis="
            )
        return python(a, *b)

    return call


def listed(a: Any) -> Any:
    """Return the entries as nested lists."""
    return a.tolist() if isinstance(a, np.ndarray) else a


def floats(a: Any) -> Any:
    """Return entries as floats."""
    return np.asarray(a, dtype=np.float64)


def integers(a: Any) -> Any:
    """Return entries as whole numbers, the fraction dropped."""
    return np.trunc(np.asarray(a)).astype(np.int64)


def _square(a: Any) -> Any:
    if len(shape_of(a)) != 2 or shape_of(a)[0] != shape_of(a)[1]:
        raise Complaint("only a square matrix has this")
    return np.asarray(a, dtype=np.float64)


def inverse(a: Any) -> Any:
    """Return the inverse of a square matrix."""
    return _solution(_square(a), np.eye(len(a)))


def determinant(a: Any) -> Any:
    """Return the determinant of a square matrix."""
    return np.linalg.det(_square(a))


def solved(a: Any, b: Any) -> Any:
    """Return x with ``a @ x = b``."""
    return _solution(_square(a), np.asarray(b, dtype=np.float64))


def _solution(a: Any, b: Any) -> Any:
    try:
        return np.linalg.solve(a, b)
    except np.linalg.LinAlgError:
        raise Complaint("the matrix has no inverse") from None


def counted(start: int, stop: int | None = None, step: int = 1) -> Any:
    """Return whole numbers as Python counts them."""
    numbers = range(start) if stop is None else range(start, stop, step)
    return np.array(numbers, dtype=np.int64)
