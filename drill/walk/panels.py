"""What walks are put together from: arrays as grids, numbers and places as words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.walk.frame import Entry, Panel, Role

Cell = tuple[int, int]


def say(value: float | np.generic) -> str:
    """Write one number for a sentence: four digits at most, no minus before zero.

    Examples
    --------
    >>> say(3.0), say(-2), say(2 / 3), say(-0.0), say(12345.678)
    ('3', '-2', '0.6667', '0', '12350')
    """
    if isinstance(value, bool | np.bool_ | int | np.integer):
        return str(int(value))
    text = f"{float(value):.4g}"
    if "e+" in text:
        text = f"{float(text):.0f}"
    return "0" if text == "-0" else text


def factor(value: float | np.generic) -> str:
    """Write one number after a sign of operation: a negative one in parentheses.

    Examples
    --------
    >>> factor(3), factor(-3)
    ('3', '(-3)')
    """
    text = say(value)
    return f"({text})" if text.startswith("-") else text


def listed(values: ArrayLike, most: int = 12) -> str:
    """Write some numbers in turn; of many the first.

    Examples
    --------
    >>> listed([[1, -2], [3, 4]]), listed(range(9), most=2)
    ('1, -2, 3, 4', '0, 1, …')
    """
    texts = [say(value) for value in np.ravel(np.asarray(values))]
    return ", ".join([*texts[:most], "…"] if len(texts) > most else texts)


def added(terms: Iterable[float | np.generic], most: int = 9) -> str:
    """Write a sum; of a long one the first terms.

    Examples
    --------
    >>> added([2, -3, 0.5]), added(range(5), most=3)
    ('2 + (-3) + 0.5', '0 + 1 + 2 + …')
    """
    first, *others = list(terms)
    texts = [say(first), *map(factor, others)]
    return " + ".join([*texts[:most], "…"] if len(texts) > most else texts)


def products(
    left: Iterable[float | np.generic],
    right: Iterable[float | np.generic],
    most: int = 9,
) -> str:
    """Write a sum of products; of a long one the first.

    Examples
    --------
    >>> products([2, -3], [1, -1])
    '2·1 + (-3)·(-1)'
    """
    texts = [f"{factor(a)}·{factor(b)}" for a, b in zip(left, right, strict=True)]
    return " + ".join([*texts[:most], "…"] if len(texts) > most else texts)


def equations(texts: Iterable[str], most: int = 9) -> str:
    """Put some equations in a row; of many the first and the last.

    Examples
    --------
    >>> equations(["1 + 1 = 2", "1 + 2 = 3", "1 + 3 = 4"], most=2)
    '1 + 1 = 2, …, 1 + 3 = 4'
    """
    found = list(texts)
    if len(found) > most:
        found[most - 1 : -1] = ["…"]
    return ", ".join(found)


def matrix(values: ArrayLike) -> str:
    """Write a matrix row by row.

    Examples
    --------
    >>> matrix([[1, -2], [0.5, 4]])
    '[[1, -2], [0.5, 4]]'
    """
    rows = np.atleast_2d(np.asarray(values))
    return f"[{', '.join(f'[{listed(row, row.size)}]' for row in rows)}]"


def place(cell: Iterable[int]) -> str:
    """Name a cell, counted from 0.

    Examples
    --------
    >>> place((0, 2)), place((1, 0, 3))
    ('row 0, column 2', 'row 1, column 0, channel 3')
    """
    names = ("row", "column", "channel", "filter")
    return ", ".join(f"{name} {at}" for name, at in zip(names, cell, strict=False))


def turns(count: int, most: int) -> list[range]:
    """Take lines one at a time; of more than `most` the others at once, at the end.

    Examples
    --------
    >>> turns(2, 3), turns(9, 3)
    ([range(0, 1), range(1, 2)], [range(0, 1), range(1, 2), range(2, 9)])
    """
    alone = count if count <= most else most - 1
    single = [range(at, at + 1) for at in range(alone)]
    return [*single, range(alone, count)] if alone < count else single


def pace(count: int, steps: int, most: int) -> tuple[int, list[range]]:
    """Choose how many lines are shown in all their steps, and how the others are.

    Examples
    --------
    >>> pace(2, 4, 10), pace(9, 4, 6)
    ((2, []), (1, [range(1, 2), range(2, 9)]))
    """
    if count * steps <= most:
        return count, []
    rest = turns(count - 1, most - steps)
    return 1, [range(group.start + 1, group.stop + 1) for group in rest]


def blank(shape: tuple[int, ...]) -> NDArray[np.object_]:
    """Return an array in which nothing is computed yet."""
    return np.full(shape, None, dtype=object)


def panel(
    name: str,
    array: ArrayLike | NDArray[Any],
    roles: Mapping[Cell, Role] | None = None,
    note: str = "",
) -> Panel:
    """Make a grid of an array; a vector is one row, a number one cell.

    Parameters
    ----------
    name : str
    array : array_like, shape (), (c,) or (r, c)
        Numbers, labels, or None for what is not computed yet.
    roles : mapping, optional
    note : str

    Examples
    --------
    >>> panel("z", [1.0, 2.5]).rows
    ((1, 2.5),)
    """
    rows = np.atleast_2d(np.asarray(array))
    entries = tuple(tuple(_entry(entry) for entry in row) for row in rows.tolist())
    return Panel(name, entries, dict(roles or {}), note)


def fresh(name: str, array: ArrayLike, where: Iterable[Cell] | None = None) -> Panel:
    """Draw an array that has just been computed: all of it, or these cells."""
    shape = np.atleast_2d(np.asarray(array, dtype=object)).shape
    new = np.ndindex(*shape) if where is None else where
    return panel(name, array, {(int(r), int(c)): Role.NOW for r, c in new})


def cells(rows: Iterable[int], columns: Iterable[int]) -> list[Cell]:
    """List the cells where these rows and columns meet."""
    across = list(columns)
    return [(row, column) for row in rows for column in across]


def marks(where: Iterable[Cell], role: Role) -> dict[Cell, Role]:
    """Give all these cells one role."""
    return dict.fromkeys(where, role)


def _entry(entry: Any) -> Entry:
    entry = entry.item() if isinstance(entry, np.generic) else entry
    if isinstance(entry, float) and entry.is_integer():
        return int(entry)
    return int(entry) if isinstance(entry, bool) else entry
