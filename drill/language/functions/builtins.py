"""Python's own functions over lists and functions, as a program calls them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from drill.language.functions.containers import (
    ITEM,
    Invoke,
    items,
    key_of,
    keyed,
    limited,
    ordered,
)
from drill.language.functions.costs import room
from drill.language.functions.indexing import index, priced, put_in_place
from drill.language.operators import RUNTIME, Frame, spend
from drill.language.values import NUMBERS, Complaint, kind_of, native, operand

MOST_PRINTED, LONGEST_LINE = 20, 400


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


def _extreme(pick: Callable[..., Any]) -> Callable[..., Any]:
    def call(frame: Frame, invoke: Invoke, *values: Any, key: Any = None) -> Any:
        found = items(frame, values[0]) if len(values) == 1 else values
        if not found:
            raise Complaint("there is nothing to choose from")
        if key is None and all(type(value) in NUMBERS for value in found):
            spend(frame, ITEM * len(found))
            return pick(found)
        return pick(found, key=keyed(frame, invoke, key))

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


def _product(frame: Frame, invoke: Invoke, *values: Any, repeat: Any = 1) -> Any:
    lists = [items(frame, value) for value in values] * int(repeat)
    spend(frame, ITEM * math.prod(map(len, lists)))
    return limited(frame, list(product(*lists)))


def _vectorize(frame: Frame, invoke: Invoke, function: Any, otypes: Any = 0) -> Any:
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
    frame: Frame, invoke: Invoke, func1d: Any, axis: Any, arr: Any, *args: Any
) -> Any:
    function, array, more = func1d, arr, args
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


def _print(
    frame: Frame, invoke: Invoke, *values: Any, sep: Any = " ", end: Any = "\n"
) -> None:
    """Keep what is printed: it is shown with the verdict, and never the answer."""
    spend(frame, 20 * ITEM * (1 + len(values)))
    printed = frame[RUNTIME].printed
    if len(printed) <= MOST_PRINTED:
        said = str(sep)[:9].join(map(written, values))
        printed += [line[:LONGEST_LINE] for line in said.split("\n")]


def written(value: Any) -> str:
    """Write a value as `print` would, and no longer than a line may be."""
    if isinstance(value, np.ndarray):
        return np.array2string(value[(slice(12),) * value.ndim], threshold=200)
    if isinstance(value, list | tuple | set | dict) and len(value) > 40:
        return f"{kind_of(value)} of {len(value)} items"
    if isinstance(value, str | bool | int | float | list | tuple | set | dict | range):
        return str(value)[:LONGEST_LINE]
    return kind_of(value)


def _tuples(frame: Frame, shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return every index of a shape, the last axis first."""
    cells = room(shape)
    spend(frame, ITEM * cells)
    return limited(frame, [*np.ndindex(*shape)])  # type: ignore[no-any-return]


def _ndindex(frame: Frame, invoke: Invoke, *sizes: Any) -> Any:
    given = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple) else sizes
    if not all(type(size) is int for size in given):
        raise Complaint("np.ndindex takes the sizes of a shape: np.ndindex(A.shape)")
    return _tuples(frame, given)


def _ndenumerate(frame: Frame, invoke: Invoke, array: Any) -> Any:
    array = np.asarray(array)
    return [(place, array[place].item()) for place in _tuples(frame, array.shape)]


def _at(combine: Callable[..., Any]) -> Callable[..., Any]:
    """Change entries at places, each as often as it is named."""

    def call(
        frame: Frame, invoke: Invoke, array: Any, places: Any, values: Any
    ) -> None:
        if not isinstance(array, np.ndarray):
            raise Complaint(f"{kind_of(array)} has no entries to set")
        key = index(places)
        spend(frame, 4 * priced(array.shape, key))
        combine.at(array, key, operand(values))  # type: ignore[attr-defined]

    return call


def _fill_diagonal(frame: Frame, invoke: Invoke, a: Any, value: Any) -> None:
    spend(frame, np.size(a))
    np.fill_diagonal(a, operand(value))


def _copyto(frame: Frame, invoke: Invoke, target: Any, source: Any) -> None:
    put_in_place(frame, target, ..., source)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "enumerate": _enumerate,
    "zip": _zip,
    "map": _map,
    "filter": _filter,
    "sorted": ordered,
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
    "itertools.product": _product,
    "product": _product,
    "divmod": lambda frame, invoke, a, b: divmod(a, b),
    "str": lambda frame, invoke, value="": written(value),
    "np.vectorize": _vectorize,
    "np.apply_along_axis": _along,
    "np.add.at": _at(np.add),
    "np.subtract.at": _at(np.subtract),
    "np.maximum.at": _at(np.maximum),
    "np.fill_diagonal": _fill_diagonal,
    "np.copyto": _copyto,
    "np.ndindex": _ndindex,
    "np.ndenumerate": _ndenumerate,
}
"""By name, Python's functions where their arguments are no arrays alone."""
ON_ARRAYS_TOO = frozenset({"max", "min", "sum", "any", "all"})
"""Those that the table computes when the one argument is an array."""
