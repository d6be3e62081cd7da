"""Comparing an answer with its reference: shape first, never broadcast."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import inline

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Comparison:
    """How an answer compares: what was compared, and where it is wrong.

    Attributes
    ----------
    got : ndarray
        The answer, in the reference's shape where it could be taken so.
    same_shape : bool
    wrong : tuple of index
        Empty when the shapes differ.
    note : str
        What was assumed about the shape.
    """

    got: NDArray[Any]
    same_shape: bool
    wrong: tuple[tuple[int, ...], ...]
    note: str

    @property
    def equal(self) -> bool:
        """Whether the answer is right."""
        return self.same_shape and not self.wrong


def align(
    got: NDArray[Any], shape: tuple[int, ...], *, strict: bool
) -> tuple[NDArray[Any], str]:
    """Take a row or a column for a vector, and say so.

    Only axes of length 1 are added or removed; a column is never taken for a row
    where the reference has two axes.

    Examples
    --------
    >>> align(np.array([[1], [2]]), (2,), strict=False)[1]
    'your (2, 1) array was taken as the vector (2,)'
    """
    if got.shape == shape or strict or got.size != math.prod(shape):
        return got, ""
    one_line = all(max(axes, default=1) == got.size for axes in (got.shape, shape))
    both_matrices = got.ndim == len(shape) == 2
    if both_matrices or not one_line:
        return got, ""
    what = "number" if not shape else "vector" if len(shape) == 1 else "array"
    note = f"your {got.shape} array was taken as the {what} {shape}"
    return got.reshape(shape), note if shape else note.removesuffix(" ()")


def compare(
    got: NDArray[Any],
    reference: NDArray[Any],
    allowed: float,
    *,
    strict: bool = False,
) -> Comparison:
    """Compare entry by entry, after the shapes agree.

    Parameters
    ----------
    got, reference : ndarray
        Numbers; entries of `got` may be infinite or not a number.
    allowed : float
        How far an entry may be away; 0 compares integers exactly.
    strict : bool
        Whether a row or a column is refused for a vector.

    Examples
    --------
    >>> compare(np.array([1, 5]), np.array([1, 2]), 0).wrong
    ((1,),)
    >>> compare(np.array(1), np.array([1, 1]), 0).equal
    False
    """
    taken, note = align(got, reference.shape, strict=strict)
    if taken.shape != reference.shape:
        return Comparison(taken, False, (), "")
    fine = _fine(taken, reference, allowed)
    if fine.all():
        return Comparison(taken, True, (), note)
    if not fine.ndim:
        return Comparison(taken, True, ((),), note)
    # As argwhere, which takes three times as long.
    axes = (axis.tolist() for axis in (~fine).nonzero())
    return Comparison(taken, True, tuple(zip(*axes, strict=True)), note)


def equal(
    got: NDArray[Any],
    reference: NDArray[Any],
    allowed: float,
    *,
    strict: bool = False,
) -> bool:
    """Tell whether `compare` finds nothing wrong, without listing what is.

    Examples
    --------
    >>> equal(np.array([2.0]), np.array(2), 0), equal(np.array(2.5), np.array(2), 0.1)
    (True, False)
    """
    taken, _ = align(got, reference.shape, strict=strict)
    if taken.shape != reference.shape:
        return False
    if taken.size and not near(taken.item(0), reference.item(0), allowed):
        # Most arrays that differ do so at once, and numpy takes longer to say so.
        return False
    return taken.size == 1 or bool(_fine(taken, reference, allowed).all())


def near(got: float, reference: float, allowed: float) -> bool:
    """Tell whether one number is within `allowed` of another; nan never is."""
    return abs(got - reference) <= allowed * (1 + 1e-9)


def _fine(
    got: NDArray[Any], reference: NDArray[Any], allowed: float
) -> NDArray[np.bool_]:
    if got.dtype.kind in "iub" and reference.dtype.kind in "iub" and not allowed:
        return np.asarray(got == reference)
    if not got.shape:
        # Plain numbers give the same, and numpy takes ten times as long for one.
        return np.asarray(near(float(got), float(reference), allowed), dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        difference = np.abs(
            got.astype(np.float64, copy=False)
            - reference.astype(np.float64, copy=False)
        )
    # Written so that nan, which compares as neither, counts as wrong.
    return np.asarray(difference <= allowed * (1 + 1e-9))


def not_finite(got: NDArray[Any]) -> str:
    """Name the first entry that is not a finite number; else nothing.

    Examples
    --------
    >>> not_finite(np.array([1.0, np.nan]))
    'entry 1 is nan'
    """
    if got.dtype.kind != "f" or np.isfinite(got).all():
        return ""
    places = np.argwhere(~np.isfinite(got))
    place = tuple(int(i) for i in places[0])
    value = inline(float(got[place]))
    return f"entry {where(place)} is {value}" if place else f"it is {value}"


def where(place: tuple[int, ...]) -> str:
    """Write an index as in numpy: ``2`` or ``(1, 0)``."""
    return str(place[0]) if len(place) == 1 else str(place)
