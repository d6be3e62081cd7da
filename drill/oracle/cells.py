"""Arrays taken apart into numbered cells, and put together again.

numpy only carries the numbers in and out here: what happens to them in between is
Python arithmetic, so that no numpy function is asked to confirm itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Exact: TypeAlias = int | Fraction
Index: TypeAlias = tuple[int, ...]
Cells: TypeAlias = dict[Index, Exact]
Array: TypeAlias = NDArray[Any]

__all__ = [
    "Array",
    "ArrayLike",
    "Cells",
    "Exact",
    "Index",
    "assemble",
    "axes_of",
    "cells",
    "exact",
    "group",
    "places",
    "spread_out",
    "vector",
]


def exact(number: float | int | Fraction) -> Exact:
    """Return a number without any rounding: an int or a Fraction.

    Examples
    --------
    >>> exact(0.25), exact(3)
    (Fraction(1, 4), 3)
    """
    return int(number) if isinstance(number, int) else Fraction(number)


def places(shape: Iterable[int]) -> Iterable[Index]:
    """Return every index of an array of that shape, in reading order.

    Examples
    --------
    >>> list(places((2, 2)))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    return product(*(range(size) for size in shape))


def cells(value: ArrayLike) -> tuple[Index, Cells]:
    """Return an array's shape and its exact numbers by index.

    Examples
    --------
    >>> cells([[1, 0.5]])
    ((1, 2), {(0, 0): Fraction(1, 1), (0, 1): Fraction(1, 2)})
    """
    array: Array = np.asarray(value)
    flat = array.ravel().tolist()
    numbers = [exact(number) for number in flat]
    return array.shape, dict(zip(places(array.shape), numbers, strict=True))


def vector(value: ArrayLike) -> list[Exact]:
    """Return an array's exact numbers in reading order.

    Examples
    --------
    >>> vector([[1], [2]])
    [1, 2]
    """
    return list(cells(value)[1].values())


def assemble(shape: Index, numbers: Mapping[Index, float | Fraction]) -> Array:
    """Return the array of that shape; Fractions become floats, ints stay.

    Examples
    --------
    >>> assemble((2,), {(0,): Fraction(1, 2), (1,): Fraction(3)}).tolist()
    [0.5, 3.0]
    """
    flat = [numbers[place] for place in places(shape)]
    rounded = [float(one) if isinstance(one, Fraction) else one for one in flat]
    return np.array(rounded).reshape(shape)


def axes_of(axis: int | Iterable[int], count: int) -> set[int]:
    """Return axis numbers counted from 0, of an array with `count` axes.

    Examples
    --------
    >>> axes_of(-1, 2), axes_of((0, 1), 3)
    ({1}, {0, 1})
    """
    asked = axis if isinstance(axis, Iterable) else (axis,)
    return {int(one) % count for one in asked}


def group(table: Iterable[Index], gone: set[int]) -> dict[Index, list[Index]]:
    """Sort indices by what is left of them without some axes.

    Examples
    --------
    >>> group([(0, 0), (0, 1), (1, 0)], {0})
    {(0,): [(0, 0), (1, 0)], (1,): [(0, 1)]}
    """
    groups: dict[Index, list[Index]] = {}
    for place in table:
        key = tuple(at for axis, at in enumerate(place) if axis not in gone)
        groups.setdefault(key, []).append(place)
    return groups


def spread_out(value: ArrayLike, keys: Iterable[Index]) -> dict[Index, Exact]:
    """Give every feature its entry of a parameter, or all of them the one number.

    Examples
    --------
    >>> spread_out([3, 4], [(0,), (1,)]), spread_out(5, [()])
    ({(0,): 3, (1,): 4}, {(): 5})
    """
    features, numbers = list(keys), vector(value)
    if len(numbers) == 1:
        return dict.fromkeys(features, numbers[0])
    return dict(zip(sorted(features), numbers, strict=True))
