"""Draws, checked: from the schema's entry to what `drill.draw` follows."""

from __future__ import annotations

import math

from drill.bank import schema
from drill.bank.document import Path
from drill.bank.formulas import Formulas, Names, nothing
from drill.bank.question import Constant, Draw, Size
from drill.language import Program

MAX_AXES = 8
MAX_CELLS = 100_000


def compose_draw(
    name: str, entry: schema.Draw, names: Names, path: Path, formulas: Formulas
) -> Draw:
    """Check one draw whose bounds and sizes may read `names`."""
    problems = formulas.problems
    bounds = entry.int if isinstance(entry.int, list) else None
    choices = entry.one_of if isinstance(entry.one_of, list) else None
    if (bounds is None) == (choices is None):
        problems.add(path, "a draw has either 'int: [low, high]' or 'one_of: [...]'")
    if entry.exclude and bounds is None:
        problems.add((*path, "exclude"), "'exclude' belongs to an 'int' draw")
    low = high = None
    count: int | None = None
    if bounds is not None:
        low, high, count = _integers(bounds, entry.exclude, names, path, formulas)
    items: tuple[Constant, ...] = ()
    if choices is not None:
        items = tuple(
            constant(item, (*path, "one_of", place), formulas)
            for place, item in enumerate(choices)
        )
        count = len(items)
    shape, cells = _shape(entry.shape, names, (*path, "shape"), formulas)
    if shape is not None and len({_extent(item) for item in items}) > 1:
        problems.add(
            (*path, "one_of"), "the items of a draw with a shape are of one shape"
        )
    if entry.distinct:
        if shape is None:
            problems.add((*path, "distinct"), "'distinct' needs a 'shape'")
        if len(set(items)) < len(items):
            problems.add(
                (*path, "one_of"), "a 'distinct' draw cannot have the same item twice"
            )
        if count is not None and cells is not None and cells > count:
            problems.add(
                (*path, "distinct"),
                f"{cells} distinct entries cannot be drawn from {count} values",
            )
    return Draw(
        name=name,
        low=low,
        high=high,
        items=items,
        shape=shape,
        exclude=frozenset(entry.exclude),
        distinct=entry.distinct,
    )


def _integers(
    bounds: list[schema.FormulaLike],
    exclude: list[int],
    names: Names,
    path: Path,
    formulas: Formulas,
) -> tuple[Size, Size, int | None]:
    """Check the bounds; return them and how many values they leave, if known."""
    sizes = []
    numbers = []
    for place, bound in enumerate(bounds):
        where = (*path, "int", place)
        sizes.append(_size(bound, names, where, formulas))
        numbers.append(_number(sizes[-1], where, formulas))
    low, high = numbers
    count = None
    if low is not None and high is not None:
        left = range(low, high + 1)
        count = len(left) - len({number for number in exclude if number in left})
        if low > high:
            problem = f"the low bound {low} is above the high bound {high}"
            formulas.problems.add((*path, "int"), problem)
        elif len(left) > MAX_CELLS:
            problem = (
                f"a draw is from {MAX_CELLS:,} integers at most, not {len(left):,}"
            )
            formulas.problems.add((*path, "int"), problem)
        elif not count:
            formulas.problems.add(
                (*path, "exclude"), "'exclude' leaves nothing to draw"
            )
    return sizes[0], sizes[1], count


def _size(
    value: schema.FormulaLike, names: Names, path: Path, formulas: Formulas
) -> Size:
    """Check a bound or a size; one that is a number needs no program."""
    return value if type(value) is int else formulas.formula(value, names, path)


def _number(program: Size, path: Path, formulas: Formulas) -> int | None:
    """Return what a bound or a size is, when it is constant."""
    if isinstance(program, int):
        return program
    if formulas.trusted or program.names or program is nothing():
        return None
    before = len(formulas.problems.found)
    number = formulas.constant(program, path)
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    if len(formulas.problems.found) == before:
        formulas.problems.add(path, f"'{program.source}' is not a whole number")
    return None


def _shape(
    value: object, names: Names, path: Path, formulas: Formulas
) -> tuple[tuple[Size, ...] | None, int | None]:
    """Check a shape; return it and its number of cells, if that is known."""
    sizes: list[object]
    programs: list[Size]
    if isinstance(value, list):
        if not value or len(value) > MAX_AXES:
            formulas.problems.add(
                path, f"a shape has 1 to {MAX_AXES} sizes, not {len(value)}"
            )
        places = [(*path, place) for place in range(len(value))]
        programs = [
            _size(size, names, place, formulas)
            for size, place in zip(value, places, strict=True)
        ]
        sizes = [
            _number(program, place, formulas)
            for program, place in zip(programs, places, strict=True)
        ]
    elif isinstance(value, str | int | float):
        programs = [_size(value, names, path, formulas)]
        # One formula may give all the sizes, as `(2, 3)` does.
        whole = (
            formulas.constant(programs[0], path)
            if isinstance(programs[0], Program)
            else None
        )
        sizes = (
            list(whole)
            if isinstance(whole, tuple)
            else [_number(programs[0], path, formulas)]
        )
    else:
        return None, None
    return tuple(programs), _cells(sizes, path, formulas)


def _cells(sizes: list[object], path: Path, formulas: Formulas) -> int | None:
    known = [size for size in sizes if isinstance(size, int)]
    if any(size < 1 for size in known):
        formulas.problems.add(path, "every size of a shape is at least 1")
        return None
    cells = math.prod(known)
    if cells > MAX_CELLS:
        formulas.problems.add(
            path, f"a draw has {MAX_CELLS:,} entries at most, not {cells:,}"
        )
    return cells if len(known) == len(sizes) else None


def constant(value: object, path: Path, formulas: Formulas) -> Constant:
    """Turn a constant of the file into tuples, refusing what is no array."""
    if not isinstance(value, list):
        assert isinstance(value, int | float | str)
        return value
    if not value:
        formulas.problems.add(path, "a list cannot be empty")
    items = tuple(
        constant(item, (*path, place), formulas) for place, item in enumerate(value)
    )
    if len({_extent(item) for item in items}) > 1:
        formulas.problems.add(path, "the rows of an array are of one length")
    if len({isinstance(item, str) for item in items}) > 1:
        formulas.problems.add(path, "a list is of numbers or of texts, not of both")
    return items


def _extent(value: Constant) -> tuple[int, ...]:
    """Return the shape of a constant."""
    if not isinstance(value, tuple) or not value:
        return ()
    return (len(value), *_extent(value[0]))
