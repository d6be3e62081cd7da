"""What every solver asks of its arguments before it computes."""

from __future__ import annotations

from operator import index
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError

Array: TypeAlias = NDArray[Any]
Shape: TypeAlias = tuple[int, ...]

MOST = 10**9


def whole(name: str, value: object, least: int = 0) -> int:
    """Return `value` as an int of at least `least`, or say what it is instead.

    Raises
    ------
    SolverError
        When it is no whole number, or too small.

    Examples
    --------
    >>> whole("stride", np.int64(2), 1)
    2
    """
    try:
        number = index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise SolverError(f"{name} must be a whole number, not {short(value)}")
    if number < least:
        raise SolverError(f"{name} must be at least {least}, not {number}")
    if number > MOST:
        raise SolverError(f"{name} must be at most {MOST}, not {short(number)}")
    return number


def flag(name: str, value: object) -> bool:
    """Return `value` as a bool; 0 and 1 will do.

    Raises
    ------
    SolverError
        When it is anything else.

    Examples
    --------
    >>> flag("bias", 1)
    True
    """
    if isinstance(value, (bool, int, np.bool_, np.integer)) and value in (0, 1):
        return bool(value)
    raise SolverError(f"{name} must be True or False, not {short(value)}")


def real(name: str, value: object) -> float:
    """Return `value` as a float.

    Raises
    ------
    SolverError
        When it is not one finite real number.

    Examples
    --------
    >>> real("eps", 3)
    3.0
    """
    array = _numeric(name, value)
    if array.ndim:
        raise SolverError(f"{name} must be one number, not an array {array.shape}")
    if not np.isfinite(array):
        raise SolverError(f"{name} must be finite, not {float(array)}")
    return float(array)


def kept(name: str, value: object, *dims: int) -> Array:
    """Return `value` as an array of numbers whose type stays what it was.

    Parameters
    ----------
    name : str
        What a message calls it.
    dims : int
        The numbers of axes it may have; any number when none is given.

    Raises
    ------
    SolverError
        When it is empty, ragged, not numeric, or has another number of axes.

    Examples
    --------
    >>> kept("x", [[1, 2]], 2).shape
    (1, 2)
    """
    array = _numeric(name, value)
    if dims and array.ndim not in dims:
        wanted = " or ".join(f"{count}-d" for count in dims)
        raise SolverError(f"{name} must be {wanted}, not of shape {array.shape}")
    if not array.size:
        raise SolverError(f"{name} is empty: its shape is {array.shape}")
    return array


def wide(name: str, value: object, *dims: int) -> Array:
    """Return `value` as int64 or float64, so that small types cannot overflow.

    Raises
    ------
    SolverError
        As `kept`.

    Examples
    --------
    >>> wide("x", np.array([200], np.uint8)).dtype
    dtype('int64')
    """
    array = kept(name, value, *dims)
    return array.astype(np.int64 if array.dtype.kind in "biu" else np.float64)


def floats(name: str, value: object, *dims: int) -> NDArray[np.float64]:
    """Return `value` as float64.

    Raises
    ------
    SolverError
        As `kept`.

    Examples
    --------
    >>> floats("z", 1).dtype
    dtype('float64')
    """
    return kept(name, value, *dims).astype(np.float64)


def series(name: str, value: object, of: str) -> list[Any]:
    """Return the members of a sequence, whatever they are.

    Raises
    ------
    SolverError
        When it has no members, being a single thing or text.

    Examples
    --------
    >>> series("shape", (2, 3), "sizes")
    [2, 3]
    """
    if isinstance(value, (str, bytes)) or not np.iterable(value):
        raise SolverError(f"{name} must be a sequence of {of}, not {short(value)}")
    return list(value)


def agree(first: str, a: Shape, second: str, b: Shape) -> None:
    """Refuse two shapes that are not the same.

    Raises
    ------
    SolverError
        With both names and both shapes.

    Examples
    --------
    >>> agree("dout", (2, 2), "the output", (2, 2))
    """
    if a != b:
        raise SolverError(f"{first} has shape {a}, but {second} has shape {b}")


def every(start: int, count: int, step: int) -> slice:
    """Slice `count` cells, `step` apart: one per window, at one place of the window.

    Examples
    --------
    >>> every(1, 3, 2)
    slice(1, 6, 2)
    """
    return slice(start, start + (count - 1) * step + 1, step)


def short(value: object) -> str:
    """Write a value on one line, at most 40 characters long, for a message.

    Examples
    --------
    >>> short(np.eye(2))
    'array([[1., 0.], [0., 1.]])'
    """
    text = " ".join(repr(value).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def _numeric(name: str, value: object) -> Array:
    try:
        array: Array = np.asarray(value)
    except ValueError:
        raise SolverError(f"{name} has rows of different lengths") from None
    if array.dtype.kind not in "biuf":
        raise SolverError(f"{name} must hold real numbers, not {short(value)}")
    return array


__all__ = [
    "Array",
    "ArrayLike",
    "Shape",
    "agree",
    "every",
    "flag",
    "floats",
    "kept",
    "real",
    "series",
    "short",
    "whole",
    "wide",
]
