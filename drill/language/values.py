"""Values of the language: what goes in, what comes out, and lists as arrays."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from drill.language.limits import MAX_AXES, MAX_BITS, MAX_CELLS, MAX_ITEMS

Value: TypeAlias = "int | float | bool | str | tuple[Any, ...] | np.ndarray | None"

# A larger whole number cannot meet an array of floats without being rounded.
EXACT = 2**53
LARGE = 2**MAX_BITS
NUMBERS = frozenset({int, float, bool})
PLAIN = frozenset({int, float, bool, str, type(None)})
NATIVE = frozenset({np.dtype(np.int64), np.dtype(np.float64), np.dtype(np.bool_)})
TOO_LARGE = f"a whole number has more than {MAX_BITS} bits: it is too large"


class Complaint(ValueError):  # noqa: N818
    """A sentence for the learner, raised where its place is not known."""


def kind_of(value: object) -> str:
    """Name a value's kind as a learner would."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    names = {bool: "a truth value", str: "a text", tuple: "a tuple", list: "a list"}
    names |= {dict: "a dict", set: "a set", range: "a range", int: "a number"}
    return names.get(type(value), "a number" if type(value) is float else "a function")


def many(number: int, one: str, several: str) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> many(1, "entry", "entries"), many(0, "entry", "entries")
    ('1 entry', '0 entries')
    """
    return f"{number} {one if number == 1 else several}"


def native(array: np.ndarray) -> Any:
    """Give an array one of the three element types; 0-d arrays become numbers.

    Raises
    ------
    Complaint
        When its entries are not real numbers.
    """
    if array.ndim == 0:
        return normal(array.item())
    if array.dtype in NATIVE:
        return array
    kind = array.dtype.kind
    if kind == "f" or (kind == "u" and array.size and array.max() >= 2**63):
        return array.astype(np.float64)
    if kind in "iu":
        return array.astype(np.int64)
    raise Complaint("the entries are not real numbers")


def normal(value: Any) -> Any:
    """Turn what a function gave into a value of the language.

    Raises
    ------
    Complaint
        When it is none: a complex number, an object.
    """
    kind = type(value)
    if kind is np.ndarray:
        return native(value)
    if kind is int:
        if -LARGE < value < LARGE:
            return value
        raise Complaint(TOO_LARGE)
    if kind in PLAIN:
        return value
    if isinstance(value, np.generic):
        return normal(value.item())
    if isinstance(value, tuple | list):
        # A named tuple is a tuple here: its fields cannot be asked for.
        return (list if isinstance(value, list) else tuple)(map(normal, value))
    if kind is complex:
        raise Complaint("the result is not a real number")
    raise Complaint(f"a {kind.__name__} is no value of this language")


def count(value: Any) -> int:
    """Count the cells of a nested list or tuple, arrays included.

    Raises
    ------
    Complaint
        When it holds more than the limits allow; the walk stops there.
    """
    cells = items = 0
    stack: list[tuple[Any, int]] = [((value,), -1)]
    while stack:
        holder, depth = stack.pop()
        if depth >= MAX_AXES:
            raise Complaint(f"a list is nested more than {MAX_AXES} deep")
        items += len(holder) if depth >= 0 else 0
        if items > MAX_ITEMS:
            raise Complaint(f"a list may hold {MAX_ITEMS:,} items")
        for item in holder:
            kind = type(item)
            if kind is tuple or kind is list:
                stack.append((item, depth + 1))
            else:
                cells += item.size if kind is np.ndarray else 1
    if cells > MAX_CELLS:
        raise Complaint(f"more than {MAX_CELLS:,} cells")
    return cells


def array_of(value: Any) -> np.ndarray:
    """Turn a list or tuple of numbers into an array.

    Raises
    ------
    Complaint
        When its rows differ in length or it holds anything but numbers.
    """
    if type(value) is range and len(value) > MAX_CELLS:
        raise Complaint(f"more than {MAX_CELLS:,} cells")
    count(value)
    try:
        array = np.array(value)
    except (ValueError, OverflowError):
        raise Complaint("the rows of a list differ in length") from None
    if array.dtype.kind == "O":
        # Whole numbers beyond 64 bits arrive as objects.
        try:
            array = np.array(value, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            raise Complaint("a list must hold numbers only") from None
    if array.dtype.kind not in "biuf":
        raise Complaint("a list must hold numbers only")
    if array.ndim > MAX_AXES:
        raise Complaint(f"{array.ndim} axes are too many: {MAX_AXES} are allowed")
    if array.dtype not in NATIVE:
        array = array.astype(np.int64 if array.dtype.kind == "i" else np.float64)
    return array


def operand(value: Any) -> Any:
    """Make a value fit to meet an array.

    Raises
    ------
    Complaint
        When it is None or text.
    """
    kind = type(value)
    if kind is np.ndarray or kind is float or kind is bool:
        return value
    if kind is int:
        return value if -EXACT <= value <= EXACT else float(value)
    if kind is tuple or kind is list or kind is range:
        return array_of(value)
    raise Complaint(f"{kind_of(value)} is no number")


def admit(name: str, value: Any) -> Any:
    """Take a value from outside.

    Raises
    ------
    Complaint
        When it is no value of the language.
    """
    try:
        return array_of(value) if type(value) is list else normal(value)
    except Complaint as error:
        raise Complaint(f"'{name}': {error}") from None


def settle(value: Any) -> Any:
    """Turn the last value into the result: lists become arrays, views copies."""
    kind = type(value)
    if kind is np.ndarray:
        return value.copy()
    if kind is range:
        return array_of(value)
    if kind is list:
        count(value)
        return _settled_list(value)
    if kind is tuple:
        count(value)
        return tuple(map(settle, value))
    if kind in PLAIN or kind is tuple:
        return value
    raise Complaint(f"the result is {kind_of(value)}: end with an array or a number")


def _settled_list(value: list[Any]) -> Any:
    try:
        return native(array_of(value))
    except Complaint:
        return tuple(map(settle, value))
