"""Lists, tuples, dicts, sets and ranges: what goes through them, and their methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from drill.language.limits import MAX_ITEMS
from drill.language.operators import Frame, spend
from drill.language.values import NUMBERS, Complaint, count, kind_of, native, operand

Invoke: TypeAlias = Callable[..., Any]
ITEM = 10
SIZED = (list, tuple, dict, set, range, str)


def items(frame: Frame, value: Any) -> list[Any]:
    """Return what a loop over `value` meets, one after another.

    Raises
    ------
    Complaint
        When there is nothing to go through, or too much.
    """
    if isinstance(value, np.ndarray):
        if not value.ndim:
            raise Complaint("one number cannot be gone through")
        size = len(value)
    elif isinstance(value, SIZED):
        size = len(value)
    else:
        raise Complaint(f"{kind_of(value)} cannot be gone through: write range(…)")
    if size > MAX_ITEMS * 10:
        raise Complaint(f"{size:,} rounds are too many")
    spend(frame, ITEM * size)
    if isinstance(value, np.ndarray):
        return value.tolist() if value.ndim == 1 else [native(row) for row in value]
    return list(value)


def limited(frame: Frame, value: Any) -> Any:
    """Charge a container by its items, and refuse one that has grown too large."""
    if isinstance(value, list | tuple):
        spend(frame, ITEM * len(value))
    if len(value) > MAX_ITEMS:
        raise Complaint(f"a list may hold {MAX_ITEMS:,} items")
    return value


def key_of(value: Any) -> Any:
    """Take what may be a key of a dict or an item of a set."""
    if isinstance(value, tuple):
        count(value)
        return tuple(map(key_of, value))
    if type(value) in NUMBERS or isinstance(value, str) or value is None:
        return value
    raise Complaint(f"{kind_of(value)} cannot be a key: numbers, texts and tuples can")


def same(frame: Frame, a: Any, b: Any) -> bool:
    """Tell whether two values are equal, arrays entry by entry."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        raise Complaint("arrays are compared with np.array_equal(a, b)")
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        spend(frame, ITEM * (count(a) + count(b)))
    return bool(a == b)


def contains(frame: Frame, item: Any, value: Any) -> bool:
    """Return ``item in value``."""
    if isinstance(value, dict | set):
        return key_of(item) in value
    if isinstance(value, np.ndarray):
        spend(frame, value.size)
        return bool(np.any(value == item))
    if isinstance(value, range):
        return item in value
    return any(same(frame, item, other) for other in items(frame, value))


def keyed(frame: Frame, invoke: Invoke, key: Any) -> Callable[[Any], Any]:
    def of(value: Any) -> Any:
        spend(frame, ITEM)
        result = value if key is None else invoke(frame, key, [value])
        if isinstance(result, np.ndarray):
            raise Complaint("arrays have no order: sort by one number each")
        return result

    return of


def ordered(
    frame: Frame, invoke: Invoke, value: Any, *, key: Any = None, reverse: Any = False
) -> Any:
    found = items(frame, value)
    spend(frame, 2 * ITEM * len(found))
    return sorted(found, key=keyed(frame, invoke, key), reverse=bool(reverse))


def _append(frame: Frame, invoke: Invoke, owner: list[Any], item: Any) -> None:
    owner.append(item)


def _extend(frame: Frame, invoke: Invoke, owner: list[Any], value: Any) -> None:
    owner.extend(items(frame, value))


def _sort(
    frame: Frame,
    invoke: Invoke,
    owner: list[Any],
    *,
    key: Any = None,
    reverse: Any = False,
) -> None:
    owner[:] = ordered(frame, invoke, owner, key=key, reverse=reverse)


def _index(frame: Frame, invoke: Invoke, owner: Any, item: Any) -> int:
    for place, other in enumerate(items(frame, owner)):
        if same(frame, item, other):
            return place
    raise Complaint("the list has no such item")


def _remove(frame: Frame, invoke: Invoke, owner: list[Any], item: Any) -> None:
    del owner[_index(frame, invoke, owner, item)]


def _plain(method: Callable[..., Any]) -> Callable[..., Any]:
    """Make a method of Python's own one of the language: keys checked, lists back."""
    keyed = method.__name__ in ("get", "setdefault", "pop", "add", "discard")

    def call(frame: Frame, invoke: Invoke, owner: Any, *values: Any) -> Any:
        spend(frame, ITEM * (1 + len(owner)))
        if keyed and isinstance(owner, dict | set) and values:
            values = (key_of(values[0]), *values[1:])
        result = method(owner, *values)
        whole = isinstance(result, str | list | dict | set) or not hasattr(
            result, "__iter__"
        )
        return result if whole or isinstance(result, np.ndarray | tuple) else [*result]

    return call


def _methods(*methods: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    return {method.__name__: _plain(method) for method in methods}


def _count(frame: Frame, invoke: Invoke, owner: Any, item: Any) -> int:
    return sum(same(frame, item, other) for other in items(frame, owner))


def _update(
    frame: Frame, invoke: Invoke, owner: dict[Any, Any], more: Any = (), **named: Any
) -> None:
    pairs = more.items() if isinstance(more, dict) else items(frame, more)
    owner.update({key_of(key): value for key, value in pairs}, **named)
    spend(frame, ITEM * len(owner))
    limited(frame, owner)


def _fill(frame: Frame, invoke: Invoke, owner: np.ndarray, value: Any) -> None:
    spend(frame, owner.size)
    owner.fill(operand(value))


def _sort_array(
    frame: Frame, invoke: Invoke, owner: np.ndarray, axis: Any = -1
) -> None:
    spend(frame, ITEM * owner.size)
    owner.sort(axis)


METHODS: Mapping[type, Mapping[str, Callable[..., Any]]] = {
    list: {
        "append": _append,
        "extend": _extend,
        "sort": _sort,
        "index": _index,
        "count": _count,
        "remove": _remove,
        **_methods(list.insert, list.pop, list.reverse, list.copy, list.clear),
    },
    tuple: {"index": _index, "count": _count},
    dict: {"update": _update}
    | _methods(
        dict.get,
        dict.keys,
        dict.values,
        dict.items,
        dict.setdefault,
        dict.pop,
        dict.copy,
    ),
    np.ndarray: {"fill": _fill, "sort": _sort_array},
    set: _methods(
        set.add, set.discard, set.union, set.intersection, set.difference, set.copy
    ),
}
METHOD_NAMES = frozenset(name for methods in METHODS.values() for name in methods)
