"""Operators: exact for whole numbers, priced for arrays."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from drill.language.functions.costs import SHARE, broken, cells_together, room
from drill.language.functions.products import product_shape
from drill.language.limits import MAX_BITS, MAX_ITEMS, MAX_WORK
from drill.language.values import (
    LARGE,
    NUMBERS,
    TOO_LARGE,
    Complaint,
    array_of,
    count,
    kind_of,
    many,
    native,
    normal,
    operand,
)

Frame: TypeAlias = list[Any]
"""The work that is left, then the values of the program's names."""
RUNTIME, OUTER, FIRST = 1, 2, 3
"""In a frame of a program with functions: what the run shares, the frame around it,
and where its own names begin."""


class Unset:
    """Stands where a name has no value yet."""


UNSET = Unset()
Operation: TypeAlias = Callable[[Frame, Any, Any], Any]


def spend(frame: Frame, work: int) -> None:
    """Take `work` off what is left.

    Raises
    ------
    Complaint
        When less is left.
    """
    frame[0] -= work
    if frame[0] < 0:
        raise Complaint(f"more than {MAX_WORK:,} steps of work: write less of it")


def power(base: int | float, exponent: int | float) -> int | float:
    """Raise one number to the power of another, exactly for whole numbers.

    Raises
    ------
    Complaint
        When the result is too large or not real.
    """
    if type(base) is int and type(exponent) is int and exponent >= 0:
        if abs(base) > 1 and base.bit_length() * exponent > MAX_BITS + exponent:
            raise Complaint(TOO_LARGE)
        whole: int = base**exponent
        if -LARGE < whole < LARGE:
            return whole
        raise Complaint(TOO_LARGE)
    result: Any = float(base) ** float(exponent)
    if isinstance(result, complex):
        raise Complaint("a negative number to a broken power is not real")
    return float(result)


def _meet(
    frame: Frame, function: Callable[[Any, Any], Any], weight: int, a: Any, b: Any
) -> Any:
    """Apply `function` to two operands of which at least one is an array."""
    if type(a) is not np.ndarray:
        a = operand(a)
    if type(b) is not np.ndarray:
        b = operand(b)
    frame[0] -= weight * cells_together(a, b)
    if frame[0] < 0:
        spend(frame, 0)
    return native(function(a, b))


def power_of_arrays(base: Any, exponent: Any) -> Any:
    """Raise arrays to a power: whole where that fits 64 bits, else in floats."""
    if not (broken(base) or broken(exponent)):
        low = np.min(exponent, initial=0)
        high = int(np.max(exponent, initial=0))
        largest = int(np.max(np.abs(base), initial=0))
        if low >= 0 and (largest < 2 or largest.bit_length() * high < 63):
            return np.power(base, exponent)
        base = np.asarray(base, dtype=np.float64)
    return np.power(base, exponent)


def _sequence(frame: Frame, symbol: str, a: Any, b: Any) -> Any:
    """Join two lists or tuples, or repeat one."""
    if symbol == "+" and type(a) is type(b):
        spend(frame, 10 * (len(a) + len(b)))
        joined = a + b
        spend(frame, 10 * count(joined))
        return joined
    if symbol == "*":
        times, items = (a, b) if type(a) is int else (b, a)
        if type(times) is int:
            if max(times, 0) * max(len(items), 1) > MAX_ITEMS:
                raise Complaint(f"a list may hold {MAX_ITEMS:,} items")
            repeated = items * times
            spend(frame, 10 * count(repeated))
            return repeated
    raise Complaint(
        f"{kind_of(a)} {symbol} {kind_of(b)} has no meaning: write np.array([…])"
    )


def arithmetic(
    symbol: str,
    quick: Callable[[Any, Any], Any],
    whole: Any,
    weight: int,
    weight_of_floats: int,
) -> Operation:
    """Make an arithmetic operator for whatever is not two plain numbers."""

    def operation(frame: Frame, a: Any, b: Any) -> Any:
        first, second = type(a), type(b)
        if first is np.ndarray or second is np.ndarray:
            if weight != weight_of_floats and (broken(a) or broken(b)):
                return _meet(frame, whole, weight_of_floats, a, b)
            return _meet(frame, whole, weight, a, b)
        if first in NUMBERS and second in NUMBERS:
            a = int(a) if first is bool else a
            b = int(b) if second is bool else b
            return normal(quick(a, b))
        if first in (tuple, list) or second in (tuple, list):
            return _sequence(frame, symbol, a, b)
        if first is set and second is set and symbol == "-":
            spend(frame, 10 * (len(a) + len(b)))
            return a - b
        if first is str and second is str and symbol == "+":
            spend(frame, len(a) + len(b))
            if len(a) + len(b) > MAX_ITEMS:
                raise Complaint(f"a text may have {MAX_ITEMS:,} characters")
            return a + b
        wrong = b if first in NUMBERS else a
        raise Complaint(f"{kind_of(wrong)} cannot be used with {symbol}")

    return operation


def _product(frame: Frame, a: Any, b: Any) -> Any:
    a = array_of(a) if isinstance(a, tuple | list) else a
    b = array_of(b) if isinstance(b, tuple | list) else b
    shape, work = product_shape(a, b)
    spend(frame, work + room(shape))
    return native(np.matmul(a, b))


def comparison(symbol: str, quick: Callable[[Any, Any], Any], whole: Any) -> Operation:
    """Make a comparison for whatever is not two plain numbers."""

    def operation(frame: Frame, a: Any, b: Any) -> Any:
        first, second = type(a), type(b)
        if first in NUMBERS and second in NUMBERS:
            return quick(a, b)
        if first is np.ndarray or second is np.ndarray:
            return _meet(frame, whole, 1, a, b)
        if symbol in ("==", "!="):
            if first in (tuple, list) and second in (tuple, list):
                spend(frame, 10 * (count(a) + count(b)))
                if _holds_array(a) or _holds_array(b):
                    raise Complaint("lists of arrays cannot be compared")
            return bool(quick(a, b))
        raise Complaint(f"{kind_of(a)} {symbol} {kind_of(b)} cannot be compared")

    return operation


def _holds_array(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return any(map(_holds_array, value))
    return isinstance(value, np.ndarray)


def logic(symbol: str, quick: Callable[[Any, Any], Any], whole: Any) -> Operation:
    """Make an entrywise logical operator."""

    def operation(frame: Frame, a: Any, b: Any) -> Any:
        for value in (a, b):
            fraction = type(value) is float or (
                isinstance(value, np.ndarray) and value.dtype.kind == "f"
            )
            if fraction:
                raise Complaint(
                    f"{symbol} joins conditions: put each comparison in parentheses,"
                    f" as (a > 0) {symbol} (b > 0)"
                )
        if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
            return _meet(frame, whole, 1, a, b)
        if type(a) in NUMBERS and type(b) in NUMBERS:
            return quick(a, b)
        if type(a) is set and type(b) is set:
            spend(frame, 10 * (len(a) + len(b)))
            return quick(a, b)
        raise Complaint(f"{kind_of(a)} {symbol} {kind_of(b)} has no meaning")

    return operation


ARITHMETIC: Mapping[str, tuple[Callable[[Any, Any], Any], Operation]] = {
    symbol: (quick, arithmetic(symbol, quick, whole, *weights))
    for symbol, quick, whole, *weights in (
        ("+", operator.add, np.add, 1, 1),
        ("-", operator.sub, np.subtract, 1, 1),
        ("*", operator.mul, np.multiply, 1, 1),
        ("/", operator.truediv, np.true_divide, 1, 1),
        ("//", operator.floordiv, np.floor_divide, *SHARE),
        ("%", operator.mod, np.remainder, *SHARE),
        ("**", power, power_of_arrays, 10, 10),
    )
}
OTHERS: Mapping[str, Operation] = {
    "@": _product,
    "&": logic("&", operator.and_, np.bitwise_and),
    "|": logic("|", operator.or_, np.bitwise_or),
}
COMPARISONS: Mapping[str, tuple[Callable[[Any, Any], Any], Operation]] = {
    symbol: (quick, comparison(symbol, quick, whole))
    for symbol, quick, whole in (
        ("==", operator.eq, np.equal),
        ("!=", operator.ne, np.not_equal),
        ("<", operator.lt, np.less),
        ("<=", operator.le, np.less_equal),
        (">", operator.gt, np.greater),
        (">=", operator.ge, np.greater_equal),
    )
}


def negative(frame: Frame, value: Any) -> Any:
    """Return ``-value``."""
    if type(value) in NUMBERS:
        return -value
    if not isinstance(value, np.ndarray):
        raise Complaint(f"- {kind_of(value)} has no meaning: write np.array([…])")
    if value.dtype.kind == "b":
        raise Complaint("- on truth values has no meaning: write ~ for not")
    spend(frame, value.size)
    return np.negative(value)


def positive(frame: Frame, value: Any) -> Any:
    """Return ``+value``."""
    return +value if type(value) in NUMBERS else negative(frame, negative(frame, value))


def inverted(frame: Frame, value: Any) -> Any:
    """Return ``~value``: not, for truth values."""
    if type(value) is bool:
        return not value
    if type(value) is int:
        return ~value
    if not isinstance(value, np.ndarray) or value.dtype.kind == "f":
        raise Complaint("~ turns conditions round, as ~(a > 0)")
    spend(frame, value.size)
    return np.invert(value)


def truth(value: Any) -> bool:
    """Return whether `value` counts as true.

    Raises
    ------
    Complaint
        When it is an array of several entries.
    """
    if isinstance(value, np.ndarray):
        if value.size != 1:
            raise Complaint(
                f"{many(value.size, 'truth value', 'truth values')} at once: write"
                " np.where(…), np.all(…) or np.any(…); join with & | ~ and parentheses"
            )
        return bool(value.reshape(())[()])
    return bool(value)
