"""Entries by their places: numpy's functions that give or take indices."""

from __future__ import annotations

from typing import Any

import numpy as np

from drill.language.functions.costs import room, shape_of, size_of
from drill.language.limits import MAX_JOINED
from drill.language.values import Complaint, kind_of, operand


def where(condition: Any, a: Any = None, b: Any = None) -> Any:
    """Choose entry by entry; of a condition alone, return the places."""
    if (a is None) != (b is None):
        raise Complaint("np.where takes both values, or neither: where(c, a, b)")
    return nonzero(condition) if a is None else np.where(condition, a, b)


def nonzero(a: Any) -> tuple[Any, ...]:
    """Return the places of entries that are not 0, one array for each axis."""
    return np.nonzero(np.atleast_1d(a))


def _whole(index: Any) -> Any:
    """Take whole numbers as an index: one, an array, or a tuple of such."""
    if isinstance(index, tuple):
        return tuple(map(_whole, index))
    index = operand(index)
    if type(index) is int or getattr(index, "dtype", None) == np.int64:
        return index
    raise Complaint(f"{kind_of(index)} is no index: write whole numbers")


def unravel_index(indices: Any, shape: tuple[int, ...]) -> Any:
    """Return the indices of a place in the flattened array."""
    return np.unravel_index(_whole(indices), shape)


def ravel_multi_index(multi_index: Any, dims: tuple[int, ...]) -> Any:
    """Return the place in the flattened array."""
    return np.ravel_multi_index(_whole(multi_index), dims)


def taken(a: Any, indices: Any, axis: Any = None) -> tuple[int, int]:
    """Price entries taken at places."""
    shape = shape_of(a) if axis is not None else (size_of(a),)
    if not -len(shape) <= (axis or 0) < len(shape):
        raise Complaint(f"the shape {shape} has no axis {axis}")
    kept = size_of(a) // max(shape[axis or 0], 1)
    cells = room((size_of(_whole(indices)), kept))
    return cells, cells


def take(a: Any, indices: Any, axis: Any = None) -> Any:
    """Return entries at places."""
    return np.take(a, _whole(indices), axis)


def take_along_axis(a: Any, indices: Any, axis: int | None) -> Any:
    """Return entries at one place for each row."""
    return np.take_along_axis(a, _whole(indices), axis)


def inserted(a: Any, obj: Any, b: Any, axis: Any = None) -> tuple[int, int]:
    """Price entries put in between: a row may be spread over all the others."""
    times = len(obj) if isinstance(obj, tuple) else 1
    cells = room((size_of(a) + max(times, size_of(b)) * size_of(a) + size_of(b),))
    return cells, cells


def _parts(places: Any) -> Any:
    if isinstance(places, int) and not 0 < places <= MAX_JOINED:
        raise Complaint(f"an array is split into 1 to {MAX_JOINED:,} parts")
    return places


def split(a: Any, places: Any, axis: int = 0) -> list[Any]:
    """Cut into parts of one size, or at places."""
    return np.split(a, _parts(places), axis)


def array_split(a: Any, places: Any, axis: int = 0) -> list[Any]:
    """Cut into parts that may differ by one."""
    return np.array_split(a, _parts(places), axis)


def meshgrid(a: Any, b: Any) -> list[Any]:
    """Return the grids of two vectors."""
    return list(np.meshgrid(a, b))


def ix_(a: Any, b: Any) -> tuple[Any, ...]:
    """Return rows and columns that together index a block."""
    return np.ix_(a, b)


def window_cells(
    a: Any, window_shape: tuple[int, ...], axis: Any = None
) -> tuple[int, int]:
    """Price every window of a size."""
    shape = list(shape_of(a))
    axes = range(len(shape)) if axis is None else np.atleast_1d(axis).tolist()
    if len(window_shape) != len(axes) or any(k >= len(shape) for k in axes):
        raise Complaint(
            f"a window {window_shape} does not fit the shape {tuple(shape)}"
        )
    for k, size in zip(axes, window_shape, strict=True):
        if not 0 < size <= shape[k]:
            raise Complaint(f"a window of {size} does not fit an axis of {shape[k]}")
        shape[k] -= size - 1
    cells = room((*shape, *window_shape))
    return cells, cells


def windows(a: Any, window_shape: tuple[int, ...], axis: Any = None) -> Any:
    """Return every window of a size, each a copy."""
    found = np.lib.stride_tricks.sliding_window_view(a, window_shape, axis)
    return found.copy()
