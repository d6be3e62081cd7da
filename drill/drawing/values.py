"""Draws: from a question's recipe and a seed to values for its names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.bank import Constant, Draw, Question, Size
from drill.drawing.stream import Stream
from drill.errors import DrawError, EvaluationError
from drill.language import Program, Value, charge, run

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_CELLS = 100_000
# A number in plain Python costs as much as this many cells in numpy.
WORK_OF_CELL = 100
WORK_OF_NAME = 2_000

Values = Mapping[str, Value]


def frozen(value: Value) -> Value:
    """Make an array read-only, so that nobody can change a shared instance."""
    if type(value) is np.ndarray:
        value.setflags(write=False)
    return value


def constant(value: Constant) -> Value:
    """Turn a bank's constant into a value: lists of numbers become arrays.

    Examples
    --------
    >>> constant((1, 2)).tolist()
    [1, 2]
    """
    if type(value) is not tuple:
        return value
    flat = [
        cell for row in value for cell in (row if isinstance(row, tuple) else [row])
    ]
    if any(isinstance(cell, str) for cell in flat):
        return value
    return frozen(np.array(value))


def sample(draw: Draw, values: Values, stream: Stream) -> Value:
    """Draw one name's value.

    Raises
    ------
    DrawError
        When its bounds or its shape make no sense on these values.
    """
    shape = _shape(draw, values)
    count = 1 if shape is None else math.prod(shape)
    population: Sequence[Constant] = draw.items
    work = WORK_OF_NAME + (0 if shape is None else WORK_OF_CELL * count)
    if not population:
        population = _range(draw, values)
        charge(work + WORK_OF_CELL * len(population), draw.name)
        if draw.exclude:
            population = [n for n in population if n not in draw.exclude]
            if not population:
                raise DrawError(f"'{draw.name}' has nothing left to draw from")
    else:
        charge(work, draw.name)
    if shape is None:
        return constant(stream.pick(population))
    if draw.distinct:
        if count > len(population):
            raise DrawError(
                f"'{draw.name}' needs {count} distinct values of {len(population)}"
            )
        cells = stream.sample(population, count)
    else:
        cells = stream.picks(population, count)
    if draw.items and any(isinstance(cell, str) for cell in cells):
        return tuple(cells)
    array = np.array(cells)
    return frozen(array.reshape(shape + array.shape[1:]))


def _range(draw: Draw, values: Values) -> range:
    assert draw.low is not None
    assert draw.high is not None
    low, high = _integer(draw, draw.low, values), _integer(draw, draw.high, values)
    if high < low or high - low >= MAX_CELLS:
        raise DrawError(f"'{draw.name}' cannot be drawn from {low} to {high}")
    return range(low, high + 1)


def _integer(draw: Draw, size: Size, values: Values) -> int:
    if type(size) is int:
        return size
    assert isinstance(size, Program)
    value = run(size, values)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise DrawError(
            f"'{draw.name}': '{size.source}' must be a whole number, got {value}"
        )
    return int(value)


def _shape(draw: Draw, values: Values) -> tuple[int, ...] | None:
    if draw.shape is None:
        return None
    first = draw.shape[0]
    if len(draw.shape) == 1 and isinstance(first, Program):
        whole = run(first, values)
        sizes = (
            tuple(int(size) for size in whole)
            if isinstance(whole, tuple | np.ndarray) and np.ndim(whole) == 1
            else (_integer(draw, first, values),)
        )
    else:
        sizes = tuple([_integer(draw, size, values) for size in draw.shape])
    if min(sizes) < 1 or math.prod(sizes) > MAX_CELLS:
        raise DrawError(f"'{draw.name}' cannot have the shape {sizes}")
    return sizes


def attempt(
    question: Question, key: tuple[object, ...], fixed: Mapping[str, Constant]
) -> dict[str, Value] | None:
    """Draw every name once; None when a constraint is not met.

    Parameters
    ----------
    question : Question
    key : tuple
        What the streams belong to, apart from the name.
    fixed : mapping
        Names that are given instead of drawn.
    """
    values: dict[str, Value] = {}
    cells = 0
    checks = question.checks
    try:
        if "" in checks and not _hold(checks[""], values):
            return None
        for draw in question.draws:
            name = draw.name
            if name in fixed:
                value = constant(fixed[name])
            else:
                value = sample(draw, values, Stream(question.id, *key, name))
            values[name] = value
            if type(value) is np.ndarray:
                cells = _counted(question, name, value, cells)
            if name in checks and not _hold(checks[name], values):
                return None
        for name, program in question.lets:
            values[name] = value = frozen(run(program, values))
            if type(value) is np.ndarray:
                cells = _counted(question, name, value, cells)
            if name in checks and not _hold(checks[name], values):
                return None
        return values
    except EvaluationError as error:
        raise DrawError(
            f"{question.id}: '{error.source}' fails on a draw of {key}: {error}"
        ) from None


def _counted(question: Question, name: str, value: NDArray[Any], cells: int) -> int:
    """Return the entries of all arrays up to this one, if there is room for them."""
    cells += value.size
    if cells > MAX_CELLS:
        raise DrawError(
            f"{question.id}: with '{name}' its arrays have {cells:,} entries:"
            f" {MAX_CELLS:,} are allowed"
        )
    return cells


def _hold(needs: Sequence[Program], values: Values) -> bool:
    """Tell whether every constraint holds."""
    for need in needs:
        truth = run(need, values)
        if isinstance(truth, np.ndarray) and truth.ndim:
            raise EvaluationError("a constraint must be one truth value", need.source)
        if not truth:
            return False
    return True
