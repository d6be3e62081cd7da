"""What a notebook hands in as an answer: arrays of any library, text, functions."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

from drill.errors import UsageError
from drill.visible import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_NUMBERS = 1_000_000


def given(value: object) -> str | NDArray[Any]:
    """Return an answer as it is graded: text as it was written, or an array.

    Parameters
    ----------
    value : object
        Text, numbers, lists of numbers or of letters, an array or a tensor of any
        library, or a function, whose lines are taken.

    Raises
    ------
    UsageError
        When it is nothing of these.

    Examples
    --------
    >>> given([[1, 2], [3, 4]]).shape, given(["a", "c"]), given(" 1/3 ")
    ((2, 2), 'a, c', ' 1/3 ')
    >>> given(...)
    Traceback (most recent call last):
    drill.errors.UsageError: there is no answer yet: hand in an array, a number or text
    """
    if isinstance(value, str):
        return value
    if value is None or value is ...:
        raise UsageError("there is no answer yet: hand in an array, a number or text")
    if isinstance(value, list | tuple | set) and _are_letters(value):
        return ", ".join(sorted(value)) or "none"
    if inspect.isroutine(value):
        return _source(value)
    return _array(value)


def _are_letters(value: list[Any] | tuple[Any, ...] | set[Any]) -> TypeGuard[list[str]]:
    return all(isinstance(item, str) for item in value) and (
        bool(value) or isinstance(value, set)
    )


def _source(function: Callable[..., Any]) -> str:
    """Return the lines of a function that was defined in a cell."""
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        raise UsageError(
            "this function's lines cannot be found: hand in the program as text"
        ) from None


def _array(value: Any) -> NDArray[Any]:
    """Return the numbers of an array or a tensor, wherever it lives."""
    # A tensor may hold a gradient, live on another device, or have a type that numpy
    # has no name for.
    for name in ("detach", "cpu"):
        method = getattr(value, name, None)
        value = method() if callable(method) else value
    if "bfloat16" in str(getattr(value, "dtype", "")):
        value = value.float() if hasattr(value, "float") else value.astype("float32")
    if np.ma.is_masked(value):
        raise UsageError("this array has masked entries: fill them in")
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":
            array = array.astype(np.float64)
    except (ValueError, TypeError, RuntimeError, OverflowError):
        raise UsageError(_refusal(value)) from None
    if array.dtype.kind in "US":
        return np.asarray(_numbers(array))
    if array.dtype.kind not in "biuf":
        raise UsageError(_refusal(value))
    if array.size > MAX_NUMBERS:
        raise UsageError(
            f"this array has {array.size:,} entries; {MAX_NUMBERS:,} are read"
        )
    return array


def _numbers(array: NDArray[Any]) -> NDArray[Any]:
    try:
        return array.astype(np.float64)
    except ValueError:
        raise UsageError("this array holds text: hand in its numbers") from None


def _refusal(value: object) -> str:
    name = shown(type(value).__name__, 60)
    rows = " with rows of one length" if isinstance(value, list | tuple) else ""
    return (
        f"{name} is no answer here: hand in an array of real numbers{rows}, a"
        " number, or text"
    )
