"""What one part of an instance wants: the reference and how exactly."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from drill.bank import Answer, Part
from drill.drawing.filled_prose import DUST, inline
from drill.drawing.values import Values, frozen
from drill.errors import DrawError
from drill.language import Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A mistake that misses by less than this many tolerances would be accepted from
# whoever also rounds carelessly.
MARGIN = 3.0
MAX_ANSWER = 10_000


class Dealt(Struct, frozen=True):
    """An option as it was dealt: its text, whether it is right, and why."""

    text: str
    right: bool
    why: str = ""
    mistake: str = ""


class Case(Struct, frozen=True, eq=False):
    """One draw on which an expression answer is run.

    Attributes
    ----------
    values : mapping
        The names the learner may use, with their values here.
    reference : ndarray
        What a right answer gives.
    tolerance : float
        How far each entry may be away; 0 is exact.
    """

    values: Values
    reference: NDArray[Any]
    tolerance: float


class Target(Struct, frozen=True, eq=False):
    """What one part wants on this instance.

    Attributes
    ----------
    reference : ndarray
        The right answer; for a choice the 0-d index of the right option, for
        choices the sorted indices of them all.
    tolerance : float
        How far each entry may be away; 0 is exact.
    options : tuple of Dealt
        What a choice was dealt, in order.
    cases : tuple of Case
        What an expression is run on: first the draw that is shown.
    stable : Case or None
        Large numbers on which a careful program does not overflow.
    """

    part: Part
    reference: NDArray[Any]
    tolerance: float = 0.0
    options: tuple[Dealt, ...] = ()
    cases: tuple[Case, ...] = ()
    stable: Case | None = None


def tolerance(answer: Answer, reference: NDArray[Any]) -> float:
    """Return how far every entry may be from `reference`.

    It belongs to the whole array, so that an entry that happens to be 0 is no
    special case.  `decimals` allows one unit of the last place: rounding and
    cutting off are both accepted.

    Examples
    --------
    >>> tolerance(Answer("array", relative=0.01), np.array([0.0, -50.0]))
    0.5
    """
    if answer.decimals is not None:
        return float(10.0**-answer.decimals)
    largest = _largest(reference)
    if largest < DUST:
        # What is left where everything cancels is no scale.
        largest = 1.0
    if answer.relative is not None:
        return answer.relative * largest
    # A number that was computed in floats misses a whole one in the last bits; a count
    # or a size is typed, and exact.
    return 0.0 if answer.kind in ("integer", "shape") else 1e-9 * max(1.0, largest)


def _largest(reference: NDArray[Any]) -> float:
    """Return the largest absolute value, 0 where there is no entry."""
    if not reference.shape:
        # Plain numbers give the same, and numpy takes ten times as long for one.
        return abs(float(reference))
    return float(np.abs(reference).max(initial=0.0))


def numbers(value: object) -> NDArray[Any] | None:
    """Return a value as an array of finite numbers; None where it is none.

    Raises
    ------
    ValueError
        When the rows of a list differ in length.
    """
    if type(value) is float:
        return np.array(value) if math.isfinite(value) else None
    array = np.array(value)
    kind = array.dtype.kind
    if kind == "f":
        return array if np.isfinite(array).all() else None
    if kind == "b":
        return array.astype(np.int64)
    return array if kind in "iu" else None


def as_array(value: Value, kind: str) -> NDArray[Any]:
    """Turn a formula's value into the array that an answer of `kind` is.

    Raises
    ------
    DrawError
        When the value cannot be such an answer.
    """
    if isinstance(value, str) or value is None:
        raise DrawError(f"an answer must be numbers, got {value!r}")
    array = numbers(value)
    if array is None:
        raise DrawError(f"an answer must be finite numbers, got {inline(value)}")
    dimensions = {"integer": 0, "number": 0, "shape": 1}.get(kind)
    if dimensions is not None and array.ndim != dimensions:
        raise DrawError(f"an answer of kind {kind} cannot be {inline(value)}")
    if kind in ("integer", "shape") and array.dtype != np.int64:
        if (array != np.floor(array)).any():
            raise DrawError(f"an answer of kind {kind} cannot be {inline(value)}")
        array = array.astype(np.int64)
    if array.size > MAX_ANSWER:
        raise DrawError(
            f"an answer of {array.size:,} entries is too long: {MAX_ANSWER:,} are"
            " allowed"
        )
    frozen(array)
    return array


def same(got: NDArray[Any], reference: NDArray[Any], allowed: float) -> bool:
    """Tell whether two arrays agree in shape and within `allowed` everywhere."""
    if got.shape != reference.shape:
        return False
    if not got.shape:
        # Plain numbers give the same, and numpy takes ten times as long for one.
        return abs(float(got) - float(reference)) <= allowed
    if got.size and not abs(got.item(0) - reference.item(0)) <= allowed:
        # Most arrays that differ do so at once.
        return False
    difference = np.abs(got.astype(np.float64) - reference.astype(np.float64))
    return bool((difference <= allowed).all())


def coincides(got: NDArray[Any] | None, target: Target) -> bool:
    """Tell whether a mistake gives the right answer, or nearly: nobody told it."""
    return got is not None and same(got, target.reference, MARGIN * target.tolerance)


def agrees(got: NDArray[Any] | None, case: Case) -> bool:
    """Tell whether `got` is right on one case of an expression answer."""
    return got is not None and same(got, case.reference, case.tolerance)
