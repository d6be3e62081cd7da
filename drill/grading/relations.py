"""General relations between a wrong answer and the right one.

They are tried after the question's own mistakes, most telling first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import inline
from drill.grading.comparison import where
from drill.grading.verdict import Diagnosis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Close = Callable[[Array, Array], bool]

FACTORS = (2.0, 3.0, 4.0, 10.0, 100.0, 1000.0)


def relate(
    got: NDArray[Any], reference: NDArray[Any], allowed: float
) -> Diagnosis | None:
    """Say how `got` relates to `reference`; None when no relation is seen.

    Parameters
    ----------
    got, reference : ndarray
        Finite numbers, of any shapes.
    allowed : float
        How far each entry may be away.

    Examples
    --------
    >>> relate(np.array([[1, 3], [2, 4]]), np.array([[1, 2], [3, 4]]), 0).name
    'transposed'
    >>> relate(np.array([6.0, 9.0]), np.array([2.0, 3.0]), 1e-3).say
    'Every entry is 3 times too large: is a division by 3 missing?'
    """
    a, b = got.astype(np.float64), reference.astype(np.float64)
    slack = allowed if allowed else 1e-9 * max(1.0, float(np.max(np.abs(b), initial=0)))

    def close(x: Array, y: Array) -> bool:
        return x.shape == y.shape and bool((np.abs(x - y) <= slack).all())

    rules = _SHAPES if a.shape != b.shape else _VALUES
    whole = bool((b == np.round(b)).all())
    for rule in rules:
        say = rule(a, b, close, whole)
        if say:
            return Diagnosis(rule.__name__.strip("_").replace("_", " "), say)
    return None


def _transposed(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.ndim == 2 and close(a.T, b):
        return "Your rows are the columns of the answer: it is transposed."
    return ""


def _another_shape(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.size == b.size > 1 and close(a.ravel(), b.ravel()):
        return "The numbers are right and in order; the shape of the array is not."
    return ""


def _reversed_sizes(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.ndim == b.ndim == 2 and a.shape == b.shape[::-1]:
        return "Your array has the numbers of rows and columns swapped."
    return ""


def _one_size_off(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.ndim == b.ndim > 0:
        steps = {x - y for x, y in zip(a.shape, b.shape, strict=True)} - {0}
        if steps in ({1}, {-1}):
            more = "more" if steps == {1} else "fewer"
            return f"Your array has one {more} along an axis than it should."
    return ""


def _sign(a: Array, b: Array, close: Close, whole: bool) -> str:
    if b.any() and close(-a, b):
        return "The sign is reversed."
    return ""


def _off_by_one(a: Array, b: Array, close: Close, whole: bool) -> str:
    if whole and a.size and (close(a, b + 1) or close(a, b - 1)):
        than = "large" if a.flat[0] > b.flat[0] else "small"
        every = "Every entry is" if a.size > 1 else "It is"
        return f"{every} too {than} by exactly one."
    return ""


def _factor(a: Array, b: Array, close: Close, whole: bool) -> str:
    if not b.any() or not a.any():
        return ""
    place = np.unravel_index(np.argmax(np.abs(b)), b.shape)
    ratio = float(a[place] / b[place]) if a.size else 0.0
    if ratio <= 0 or not close(a, b * ratio) or abs(ratio - 1) < 1e-3:
        return ""
    if a.size == 1 and not any(
        abs(r - k) < 1e-6 * k for k in FACTORS for r in (ratio, 1 / ratio)
    ):
        return ""
    every = "Every entry" if a.size > 1 else "It"
    larger = ratio > 1
    times = inline(float(f"{ratio if larger else 1 / ratio:.4g}"))
    size, cure = ("large", "division") if larger else ("small", "multiplication")
    return f"{every} is {times} times too {size}: is a {cure} by {times} missing?"


def _offset(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.size < 2:
        return ""
    step = float(np.mean(a - b))
    if step and close(a, b + step):
        than = "large" if step > 0 else "small"
        by = inline(float(f"{abs(step):.4g}"))
        return f"Every entry is too {than} by the same amount, {by}."
    return ""


def _signs_lost(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.size > 1 and close(np.abs(a), np.abs(b)):
        return "The sizes of all entries are right; some signs are not."
    return ""


def _rows_in_another_order(a: Array, b: Array, close: Close, whole: bool) -> str:
    for axis, name in ((0, "rows"), (1, "columns")):
        if a.ndim == 2 and a.shape[axis] > 1:
            x, y = np.moveaxis(a, axis, 0), np.moveaxis(b, axis, 0)
            left = list(range(len(y)))
            for row in x:
                found = next((i for i in left if close(row, y[i])), None)
                if found is None:
                    break
                left.remove(found)
            if not left:
                return f"The {name} are right but in another order."
    return ""


def _another_order(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.size > 2 and close(np.sort(a, axis=None), np.sort(b, axis=None)):
        return "These are the right numbers in another order."
    return ""


def _one_entry(a: Array, b: Array, close: Close, whole: bool) -> str:
    if a.size < 3:
        return ""
    bad = [place for place in np.ndindex(a.shape) if not close(a[place], b[place])]
    if len(bad) == 1:
        return f"Everything is right but one entry, at {where(bad[0])}."
    return ""


def _integer_for_a_fraction(a: Array, b: Array, close: Close, whole: bool) -> str:
    made = (np.floor(b), np.round(b), np.ceil(b), np.trunc(b))
    if not whole and any(close(a, m) for m in made):
        return "The fraction was lost: whole numbers are not exact enough here."
    return ""


def _fraction_for_an_integer(a: Array, b: Array, close: Close, whole: bool) -> str:
    if whole and (a != np.round(a)).any() and (np.abs(a - b) < 1).all():
        return "A whole number was due: which way does this count round?"
    return ""


def _rounded_too_early(a: Array, b: Array, close: Close, whole: bool) -> str:
    scale = float(np.max(np.abs(b), initial=0.0))
    if not whole and scale and (np.abs(a - b) <= 0.02 * scale).all():
        return "Close, but rounded too early: keep more digits on the way."
    return ""


_SHAPES = (_transposed, _another_shape, _reversed_sizes, _one_size_off)
_VALUES = (
    _transposed,
    _sign,
    _off_by_one,
    _factor,
    _offset,
    _one_entry,
    _signs_lost,
    _rows_in_another_order,
    _another_order,
    _integer_for_a_fraction,
    _fraction_for_an_integer,
    _rounded_too_early,
)
