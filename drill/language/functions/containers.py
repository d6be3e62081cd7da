"""Python's own functions and methods over lists, tuples, dicts, sets and ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from drill.language.limits import MAX_ITEMS
from drill.language.operators import Frame, spend
from drill.language.values import NUMBERS, Complaint, count, kind_of, native

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


def _keyed(frame: Frame, invoke: Invoke, key: Any) -> Callable[[Any], Any]:
    def of(value: Any) -> Any:
        spend(frame, ITEM)
        result = value if key is None else invoke(frame, key, [value])
        if isinstance(result, np.ndarray):
            raise Complaint("arrays have no order: sort by one number each")
        return result

    return of


def _enumerate(frame: Frame, invoke: Invoke, value: Any, start: Any = 0) -> Any:
    return [(number, item) for number, item in enumerate(items(frame, value), start)]


def _zip(frame: Frame, invoke: Invoke, *values: Any) -> Any:
    return list(zip(*(items(frame, value) for value in values), strict=False))


def _map(frame: Frame, invoke: Invoke, function: Any, *values: Any) -> Any:
    rows = zip(*(items(frame, value) for value in values), strict=False)
    return [invoke(frame, function, list(row)) for row in rows]


def _filter(frame: Frame, invoke: Invoke, function: Any, value: Any) -> Any:
    return [
        item
        for item in items(frame, value)
        if (item if function is None else invoke(frame, function, [item]))
    ]


def _sorted(
    frame: Frame, invoke: Invoke, value: Any, *, key: Any = None, reverse: Any = False
) -> Any:
    found = items(frame, value)
    spend(frame, 2 * ITEM * len(found))
    return sorted(found, key=_keyed(frame, invoke, key), reverse=bool(reverse))


def _extreme(pick: Callable[..., Any]) -> Callable[..., Any]:
    def call(frame: Frame, invoke: Invoke, *values: Any, key: Any = None) -> Any:
        found = items(frame, values[0]) if len(values) == 1 else list(values)
        if not found:
            raise Complaint("there is nothing to choose from")
        return pick(found, key=_keyed(frame, invoke, key))

    return call


def _sum(frame: Frame, invoke: Invoke, value: Any, start: Any = 0) -> Any:
    total = start
    for item in items(frame, value):
        if not isinstance(item, np.ndarray) and type(item) not in NUMBERS:
            raise Complaint(f"{kind_of(item)} cannot be added up")
        spend(frame, item.size if isinstance(item, np.ndarray) else 1)
        total = total + item
    return total


def _range(frame: Frame, invoke: Invoke, *ends: Any) -> Any:
    for end in ends:
        if type(end) is not int:
            raise Complaint(
                f"range counts in whole numbers, not {kind_of(end)}: write // or int(…)"
            )
    return range(*ends)


def _set(frame: Frame, invoke: Invoke, value: Any = ()) -> Any:
    return {key_of(item) for item in items(frame, value)}


def _dict(frame: Frame, invoke: Invoke, value: Any = (), **named: Any) -> Any:
    pairs = list(value.items()) if isinstance(value, dict) else items(frame, value)
    return {**{key_of(key): item for key, item in pairs}, **named}


def _isinstance(frame: Frame, invoke: Invoke, *_: Any) -> Any:
    raise Complaint("kinds of values are not asked for here: leave isinstance out")


def _vectorize(frame: Frame, invoke: Invoke, function: Any) -> Any:
    from drill.language.compilation.closures import Wrapped

    def call(frame: Frame, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        arrays = np.broadcast_arrays(*given)
        spend(frame, 10 * arrays[0].size)
        entries = [
            invoke(frame, function, [v.item() for v in row])
            for row in zip(*(a.flat for a in arrays), strict=True)
        ]
        return native(np.array(entries).reshape(arrays[0].shape))

    return Wrapped("vectorize", call)


def _along(
    frame: Frame, invoke: Invoke, function: Any, axis: Any, array: Any, *more: Any
) -> Any:
    if not isinstance(array, np.ndarray) or type(axis) is not int:
        raise Complaint("np.apply_along_axis(function, axis, array)")
    moved = np.moveaxis(array, axis, -1)
    results = [
        invoke(frame, function, [native(row), *more])
        for row in moved.reshape(-1, moved.shape[-1])
    ]
    made = np.array(results)
    made = made.reshape(moved.shape[:-1] + made.shape[1:])
    return native(np.moveaxis(made, -1, axis) if made.ndim == array.ndim else made)


def _print(frame: Frame, invoke: Invoke, *values: Any, **named: Any) -> Any:
    spend(frame, ITEM * (1 + len(values)))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "enumerate": _enumerate,
    "zip": _zip,
    "map": _map,
    "filter": _filter,
    "sorted": _sorted,
    "reversed": lambda frame, invoke, value: items(frame, value)[::-1],
    "list": lambda frame, invoke, value=(): items(frame, value),
    "tuple": lambda frame, invoke, value=(): tuple(items(frame, value)),
    "set": _set,
    "dict": _dict,
    "max": _extreme(max),
    "min": _extreme(min),
    "sum": _sum,
    "any": lambda frame, invoke, value: any(items(frame, value)),
    "all": lambda frame, invoke, value: all(items(frame, value)),
    "range": _range,
    "print": _print,
    "isinstance": _isinstance,
    "divmod": lambda frame, invoke, a, b: divmod(a, b),
    "np.vectorize": _vectorize,
    "np.apply_along_axis": _along,
}
"""By name, Python's functions where their arguments are no arrays alone."""
ON_ARRAYS_TOO = frozenset({"max", "min", "sum", "any", "all"})
"""Those that the table computes when the one argument is an array."""


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
    owner[:] = _sorted(frame, invoke, owner, key=key, reverse=reverse)


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
    dict: _methods(
        dict.get,
        dict.keys,
        dict.values,
        dict.items,
        dict.setdefault,
        dict.pop,
        dict.copy,
    ),
    set: _methods(
        set.add, set.discard, set.union, set.intersection, set.difference, set.copy
    ),
}
METHOD_NAMES = frozenset(name for methods in METHODS.values() for name in methods)
