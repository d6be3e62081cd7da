"""What square brackets take out of a value, and put into one."""

from __future__ import annotations

from functools import partial
from operator import is_
from typing import Any

import numpy as np

from drill.language.functions.containers import key_of, limited
from drill.language.functions.costs import broadcast_shapes, room
from drill.language.limits import MAX_AXES
from drill.language.operators import Frame, spend
from drill.language.values import NUMBERS, Complaint, array_of, kind_of, native, operand
from drill.visible import shown

_INT = partial(is_, int)


def _of_one(key: tuple[Any, ...], axes: int) -> bool:
    """Tell whether an index takes one entry: a whole number for every axis."""
    return len(key) == axes and all(map(_INT, map(type, key)))


def _of_view(key: Any) -> bool:
    """Tell whether an index is of whole numbers and slices alone.

    What it takes is a part of the array as it lies in memory, and never larger: numpy
    may see it without a price.
    """
    for part in key if type(key) is tuple else (key,):
        if type(part) is slice:
            for end in (part.start, part.stop, part.step):
                if end is not None and type(end) is not int:
                    return False
        elif type(part) is not int and part is not None and part is not ...:
            return False
    return True


def take(frame: Frame, value: Any, key: Any) -> Any:
    """Return ``value[key]``.

    Raises
    ------
    Complaint
        When there is no such entry, or the index is none.
    """
    if type(value) is np.ndarray:
        # One entry is what a loop takes: numpy checks its place as it takes it.
        try:
            if type(key) is int:
                if value.ndim == 1:
                    frame[0] -= 1
                    return value.item(key)
            elif type(key) is tuple and _of_one(key, value.ndim):
                frame[0] -= 1
                return value.item(key)
            if _of_view(key):
                taken = value[key]
                if 0 < taken.ndim <= MAX_AXES:
                    spend(frame, taken.size)
                    return taken
        except (IndexError, ValueError):
            # Said again in the language's own words.
            pass
        key = index(key)
        spend(frame, priced(value.shape, key))
        taken = value[key]
        return native(taken) if isinstance(taken, np.ndarray) else taken.item()
    if isinstance(value, tuple | list | range):
        return _item(value, key)
    if isinstance(value, dict):
        if key_of(key) not in value:
            raise Complaint(f"the dict has no key {shown(repr(key), 40)}")
        return value[key]
    parts = key if isinstance(key, tuple) else (key,)
    if type(value) in NUMBERS and all(part is None or part is ... for part in parts):
        # A sum is a number here and an array without axes in numpy.
        return take(frame, np.array([value]), (0, *parts)) if None in parts else value
    raise Complaint(f"{kind_of(value)} has no entries: [ ] indexes an array")


def _item(value: Any, key: Any) -> Any:
    if isinstance(key, slice):
        return value[slice(*map(_end, (key.start, key.stop, key.step)))]
    if type(key) is not int:
        raise Complaint(f"{kind_of(value)} is indexed by one whole number")
    if not -len(value) <= key < len(value):
        raise _outside(key, len(value), None)
    return value[key]


def _end(value: Any) -> int | None:
    if value is None or type(value) is int:
        return value
    raise Complaint(f"the ends of a slice are whole numbers, not {kind_of(value)}")


def _outside(key: int, size: int, axis: int | None) -> Complaint:
    where = "" if axis is None else f" of axis {axis}"
    if not size:
        return Complaint(f"index {key} is outside: there are no entries{where}")
    return Complaint(f"index {key} is outside: the entries{where} are 0 to {size - 1}")


def index(key: Any) -> tuple[Any, ...]:
    """Return an index that numpy may see, as a tuple of its parts.

    Raises
    ------
    Complaint
        When a part is no whole number, slice, None, ``...`` or mask.
    """
    parts = key if isinstance(key, tuple) else (key,)
    return tuple(map(_part, parts))


def _part(key: Any) -> Any:
    if key is None or key is ... or type(key) is int:
        return key
    if isinstance(key, slice):
        return slice(*map(_end, (key.start, key.stop, key.step)))
    if isinstance(key, tuple | list):
        key = array_of(key) if key else np.zeros(0, dtype=np.int64)
    if isinstance(key, np.ndarray) and key.dtype.kind in "ib":
        return key
    if type(key) is float or isinstance(key, np.ndarray):
        raise Complaint("an index must be a whole number: write //, or .astype(int)")
    raise Complaint(f"{kind_of(key)} is no index")


def priced(shape: tuple[int, ...], key: tuple[Any, ...]) -> int:
    """Check an index against a shape, and return the cells it takes."""
    used = sum(
        part.ndim if isinstance(part, np.ndarray) and part.dtype.kind == "b" else 1
        for part in key
        if part is not None and part is not ...
    )
    if used > len(shape):
        raise Complaint(f"{used} indices are too many: the shape is {shape}")
    kept: list[int] = []
    met: tuple[int, ...] = ()
    axis = 0
    for part in key:
        if part is None:
            kept.append(1)
        elif part is ...:
            skipped = len(shape) - used
            kept += shape[axis : axis + skipped]
            axis += skipped
        elif isinstance(part, slice):
            if part.step == 0:
                raise Complaint("the step of a slice must not be 0")
            kept.append(len(range(*part.indices(shape[axis]))))
            axis += 1
        elif isinstance(part, int):
            if not -shape[axis] <= part < shape[axis]:
                raise _outside(part, shape[axis], axis)
            axis += 1
        elif part.dtype.kind == "b":
            covered = shape[axis : axis + part.ndim]
            if part.shape != covered:
                raise Complaint(f"a mask of shape {part.shape} over axes {covered}")
            met = broadcast_shapes(met, (int(np.count_nonzero(part)),))
            axis += part.ndim
        else:
            if part.size and not (
                -shape[axis] <= part.min() and part.max() < shape[axis]
            ):
                bad = part.max() if part.max() >= shape[axis] else part.min()
                raise _outside(int(bad), shape[axis], axis)
            met = broadcast_shapes(met, part.shape)
            axis += 1
    return room((*met, *kept, *shape[axis:]))


def put_in_place(frame: Frame, holder: Any, key: Any, content: Any) -> None:
    """Do ``holder[key] = content``: whoever else holds the array sees it.

    Raises
    ------
    Complaint
        When there is no such entry, or `content` does not fit.
    """
    if isinstance(holder, dict):
        holder[key_of(key)] = content
        limited(frame, holder)
        return
    if isinstance(holder, list):
        if isinstance(key, slice):
            if not isinstance(content, list | tuple | range):
                raise Complaint("a slice of a list is set to a list")
            ends = map(_end, (key.start, key.stop, key.step))
            holder[slice(*ends)] = list(content)
            limited(frame, holder)
            return
        if type(key) is not int:
            raise Complaint("an entry of a list is set by one whole number")
        if not -len(holder) <= key < len(holder):
            raise _outside(key, len(holder), None)
        holder[key] = content
        return
    if not isinstance(holder, np.ndarray):
        raise Complaint(f"{kind_of(holder)} has no entries to set")
    one = key if type(key) is tuple else (key,)
    if type(content) in NUMBERS and _of_one(one, holder.ndim):
        try:
            frame[0] -= 1
            holder[key] = content
            return
        except IndexError:
            pass
    key = index(key)
    spend(frame, priced(holder.shape, key))
    content = operand(content)
    try:
        holder[key] = content
    except ValueError:
        raise Complaint(
            f"{kind_of(content)} does not fit into the chosen entries"
        ) from None
