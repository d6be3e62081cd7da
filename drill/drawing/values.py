"""Draws: from a question's recipe and a seed to values for its names."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from drill.bank import Constant, Draw, Question
from drill.drawing.stream import Stream
from drill.errors import DrawError, EvaluationError
from drill.language import Program, Value, charge, run

MAX_CELLS = 100_000
# A number in plain Python costs as much as this many cells in numpy.
WORK_OF_CELL = 100
WORK_OF_NAME = 2_000

Values = Mapping[str, Value]


def frozen(value: Value) -> Value:
    """Make an array read-only, so that nobody can change a shared instance."""
    if isinstance(value, np.ndarray):
        value.setflags(write=False)
    return value


def constant(value: Constant) -> Value:
    """Turn a bank's constant into a value: lists of numbers become arrays.

    Examples
    --------
    >>> constant((1, 2)).tolist()
    [1, 2]
    """
    if not isinstance(value, tuple):
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
    charge(WORK_OF_NAME, draw.name)
    if draw.items:
        population: Sequence[Constant] = draw.items
    else:
        assert draw.low is not None
        assert draw.high is not None
        low, high = (_integer(draw, bound, values) for bound in (draw.low, draw.high))
        if high < low or high - low >= MAX_CELLS:
            raise DrawError(f"'{draw.name}' cannot be drawn from {low} to {high}")
        charge(WORK_OF_CELL * (high - low), draw.name)
        population = range(low, high + 1)
        if draw.exclude:
            population = [n for n in population if n not in draw.exclude]
        if not population:
            raise DrawError(f"'{draw.name}' has nothing left to draw from")
    if draw.shape is None:
        return constant(stream.pick(population))
    shape = _shape(draw, values)
    count = math.prod(shape)
    charge(WORK_OF_CELL * count, draw.name)
    if draw.distinct:
        if count > len(population):
            raise DrawError(
                f"'{draw.name}' needs {count} distinct values of {len(population)}"
            )
        cells = stream.sample(population, count)
    else:
        cells = [stream.pick(population) for _ in range(count)]
    if any(isinstance(cell, str) for cell in cells):
        return tuple(cells)
    array = np.array(cells).reshape(shape + np.shape(cells)[1:])
    return frozen(array)


def _integer(draw: Draw, program: Program, values: Values) -> int:
    value = run(program, values)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise DrawError(
            f"'{draw.name}': '{program.source}' must be a whole number, got {value}"
        )
    return int(value)


def _shape(draw: Draw, values: Values) -> tuple[int, ...]:
    assert draw.shape is not None
    if len(draw.shape) == 1:
        whole = run(draw.shape[0], values)
        sizes = (
            tuple(int(size) for size in whole)
            if isinstance(whole, tuple | np.ndarray) and np.ndim(whole) == 1
            else (_integer(draw, draw.shape[0], values),)
        )
    else:
        sizes = tuple(_integer(draw, size, values) for size in draw.shape)
    if any(size < 1 for size in sizes) or math.prod(sizes) > MAX_CELLS:
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
    drawn = {draw.name for draw in question.draws}
    # A constraint may protect those after it, so that they are checked in this order.
    needs = deque(sorted(question.require, key=lambda need: not need.names <= drawn))

    def refused() -> bool:
        """Tell whether a constraint does not hold, of those whose names are known."""
        while needs and needs[0].names <= values.keys():
            if not _holds(needs.popleft(), values):
                return True
        return False

    try:
        for draw in question.draws:
            if draw.name in fixed:
                value = constant(fixed[draw.name])
            else:
                stream = Stream(question.id, *key, draw.name)
                value = sample(draw, values, stream)
            values[draw.name] = value
            cells = _counted(question, draw.name, value, cells)
            if refused():
                return None
        for name, program in question.lets:
            values[name] = frozen(run(program, values))
            cells = _counted(question, name, values[name], cells)
            if refused():
                return None
        return values if all(_holds(need, values) for need in needs) else None
    except EvaluationError as error:
        raise DrawError(
            f"{question.id}: '{error.source}' fails on a draw of {key}: {error}"
        ) from None


def _counted(question: Question, name: str, value: Value, cells: int) -> int:
    """Return the entries of all arrays up to this one, if there is room for them."""
    if isinstance(value, np.ndarray):
        cells += value.size
        if cells > MAX_CELLS:
            raise DrawError(
                f"{question.id}: with '{name}' its arrays have {cells:,} entries:"
                f" {MAX_CELLS:,} are allowed"
            )
    return cells


def _holds(need: Program, values: Values) -> bool:
    truth = run(need, values)
    if isinstance(truth, np.ndarray) and truth.ndim:
        raise EvaluationError("a constraint must be one truth value", need.source)
    return bool(truth)
