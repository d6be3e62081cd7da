"""Arguments: each parameter name says what it takes, and what a list becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from drill.language.limits import MAX_AXES, MAX_ITEMS, MAX_JOINED
from drill.language.values import NUMBERS, Complaint, array_of, count, kind_of, operand

Convert: TypeAlias = Callable[[Any], Any]


def whole(value: Any) -> int:
    """Take a whole number."""
    if type(value) is int or type(value) is bool:
        return int(value)
    if type(value) is float and value.is_integer():
        raise Complaint(f"{value} is not a whole number: write int(…), or // for /")
    if type(value) is float:
        raise Complaint(f"{value} is not a whole number")
    raise Complaint(f"{kind_of(value)} is not a whole number")


def wholes(value: Any, most: int = MAX_AXES) -> Any:
    """Take a whole number, or a tuple of at most `most` of them."""
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.size <= most:
        value = tuple(value.tolist())
    if not isinstance(value, tuple | list):
        return whole(value)
    if len(value) > most:
        raise Complaint(f"{len(value)} numbers are too many here: {most} at most")
    return tuple(map(whole, value))


def many_wholes(value: Any) -> Any:
    """Take a whole number, or one for each of many entries."""
    return wholes(value, MAX_ITEMS)


def shape(value: Any) -> tuple[int, ...]:
    """Take a shape: a size, or a tuple of sizes that are not negative."""
    sizes = wholes(value)
    sizes = sizes if isinstance(sizes, tuple) else (sizes,)
    if any(size < 0 for size in sizes):
        raise Complaint(f"the shape {sizes} has a negative size")
    return sizes


def new_shape(value: Any) -> tuple[int, ...]:
    """Take a shape in which one size may be -1."""
    sizes = wholes(value)
    return sizes if isinstance(sizes, tuple) else (sizes,)


def axis(value: Any) -> Any:
    """Take None, an axis or a tuple of axes."""
    return None if value is None else wholes(value)


def axes(value: Any) -> Any:
    """Take None, axes, or for a product those of the one and of the other."""
    return None if value is None else widths(value)


def widths(value: Any) -> Any:
    """Take the widths of a border: a number, a pair, or a pair for each axis."""
    if isinstance(value, tuple | list) and len(value) <= MAX_AXES:
        return tuple(map(wholes, value))
    return wholes(value)


def paddings(value: Any) -> Any:
    """Take what a border is filled with: a number, a pair, or a pair for each axis."""
    if isinstance(value, tuple | list) and len(value) <= MAX_AXES:
        return tuple(map(paddings, value))
    return number(value)


def array(value: Any) -> Any:
    """Take a number, an array, or a list that becomes one."""
    return operand(value)


def real(value: Any) -> Any:
    """Take an array for a function of real numbers.

    numpy would compute the exponential of truth values with three digits.
    """
    value = operand(value)
    if isinstance(value, np.ndarray):
        return value.astype(np.float64) if value.dtype.kind == "b" else value
    return float(value) if type(value) is bool else value


def digits(value: Any) -> int:
    """Take a number of digits that a float can have."""
    if abs(whole(value)) > 300:
        raise Complaint("a float has no more than 300 digits")
    return whole(value)


def digits_or_none(value: Any) -> int | None:
    """Take a number of digits, or None."""
    return None if value is None else digits(value)


def optional(value: Any) -> int | None:
    """Take a whole number or None."""
    return None if value is None else whole(value)


def owner(value: Any) -> Any:
    """Take what stands before a method's dot."""
    if isinstance(value, tuple | list):
        raise Complaint(f"{kind_of(value)} has no methods: write np.array([…])")
    return operand(value)


def bound(value: Any) -> Any:
    """Take an array, or None for no bound."""
    return None if value is None else operand(value)


def number(value: Any) -> Any:
    """Take one number."""
    if type(value) not in NUMBERS:
        raise Complaint(f"{kind_of(value)} is not one number")
    return operand(value)


def limit(value: Any) -> Any:
    """Take one number, or None."""
    return None if value is None else number(value)


def arrays(value: Any) -> Any:
    """Take a list or tuple of arrays, or an array for its rows."""
    if isinstance(value, np.ndarray) and value.ndim and len(value) <= MAX_JOINED:
        return value
    if not isinstance(value, tuple | list) or len(value) > MAX_JOINED:
        raise Complaint(
            f"write the arrays, {MAX_JOINED:,} at most, as one tuple: ((a, b))"
        )
    count(value)
    return tuple(map(operand, value))


def flag(value: Any) -> bool:
    """Take True or False."""
    if type(value) is bool or (type(value) is int and value in (0, 1)):
        return bool(value)
    raise Complaint("write True or False")


def text(value: Any) -> str:
    """Take a text."""
    if type(value) is not str:
        raise Complaint(f"{kind_of(value)} is not text")
    return value


def order(value: Any) -> Any:
    """Take the order of a norm."""
    if value is None or type(value) in NUMBERS:
        return value
    raise Complaint("the order of a norm is 1, 2 or np.inf")


def anything(value: Any) -> Any:
    """Take any value; a list of numbers becomes an array."""
    return array_of(value) if type(value) is list else value


def either(value: Any) -> Any:
    """Take any value as it is."""
    return value


KINDS: Mapping[str, Convert] = {
    "a": array,
    "b": array,
    "x": real,
    "y": real,
    "condition": array,
    "fill_value": array,
    "constant_values": paddings,
    "a_min": bound,
    "a_max": bound,
    "arrays": arrays,
    "axis": axis,
    "axis1": whole,
    "axis2": whole,
    "source": wholes,
    "destination": wholes,
    "axes": axes,
    "shape": shape,
    "new_shape": new_shape,
    "sizes": wholes,
    "reps": wholes,
    "repeats": many_wholes,
    "shift": wholes,
    "pad_width": widths,
    "N": whole,
    "M": optional,
    "k": whole,
    "num": whole,
    "ddof": whole,
    "decimals": digits,
    "ndigits": digits_or_none,
    "start": number,
    "stop": limit,
    "step": number,
    "endpoint": flag,
    "keepdims": flag,
    "ord": order,
    "obj": many_wholes,
    "indices_or_sections": many_wholes,
    "indices": either,
    "multi_index": either,
    "weights": bound,
    "window_shape": shape,
    "dims": shape,
    "q": array,
    "copy": flag,
    "return_counts": flag,
    "return_inverse": flag,
    "rtol": number,
    "atol": number,
    "value": either,
}
PLACED = frozenset({"a", "b", "x", "y", "condition", "arrays", "value", "new_shape"})
"""Parameters that are given by their place: numpy calls them otherwise."""
TEXTS = frozenset({"subscripts", "mode", "kind"})
"""Parameters that take a text constant, in every table."""
TYPES = frozenset({"dtype"})
"""Parameters that take one of the names of an element type."""
