"""Ties and kinks: draws on which another convention gives another answer.

Two equal largest entries, a zero where a slope jumps, a score just at the threshold:
what is right there is a matter of convention.  They are found without a list of
functions that have such places: each name is moved by about a millionth one way and
the other way, and the two answers must not differ by more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import Case, Target, inline
from drill.errors import DrillError
from drill.language import Program, Value, run
from drill.selftest.observation import Observation
from drill.selftest.route import Way, answers, stepped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Answers = list[NDArray[np.float64]]

NUDGE = 1e-6
NUDGE_LESS = 1e-8
# What a smooth answer moves by shrinks a hundred times with the nudge, and ten times
# at the foot of a square root; a jump stays.
SHRINKS = 0.3
# Below this, rounding is all that is left.
DUST = 1e-7


def ties(observed: Observation) -> Iterator[str]:
    """No draw sits on a tie or a kink that the question does not declare."""
    instance = observed.instance
    for name, way in observed.route.ways.items():
        value = instance.values[name]
        again = partial(_again, observed, name, way)
        yield from _complaint(name, value, way.stepped, again)
    for _, target in observed.parts:
        # Every case may sit on the same kink; one of them says enough.
        yield from islice(_in_cases(observed, target), 1)


def _in_cases(observed: Observation, target: Target) -> Iterator[str]:
    value = target.part.answer.value
    for case in target.cases:
        assert value is not None
        for name in target.part.answer.names:
            if name not in observed.route.fixed:
                again = partial(_program, value, case, name)
                yield from _complaint(name, case.values[name], stepped([value]), again)


def _complaint(
    name: str, value: Value, steps: bool, answer: Callable[[Value], Answers]
) -> Iterator[str]:
    """Say what is wrong when `answer` jumps next to `value`."""
    direction = _direction(value, steps)
    if direction is None:
        return
    one, other = _sides(answer, value, direction, NUDGE)
    if one is None and other is None:
        # Two edges, and one of them on either side; or an index, which moves nowhere.
        direction = np.abs(direction)
        one, other = _sides(answer, value, direction, NUDGE)
    if one is None and other is None:
        return
    if one is None or other is None:
        # A label or a mask of 0 and 1 has no numbers on its other side.
        if not np.isin(np.asarray(value), (0, 1)).all():
            yield (
                f"'{name}' = {inline(value)} lies at the edge of where the answer"
                " exists: moved by a millionth, there is none. Draw other numbers with"
                f" 'require', or declare 'ties: [{name}]'"
            )
        return
    far = _distance(one, other)
    if far <= DUST:
        return
    left, right = _sides(answer, value, direction, NUDGE_LESS)
    if left is None or right is None:
        return
    if _distance(left, right) > max(DUST, SHRINKS * far):
        a, b = _differing(one, other)
        yield (
            f"'{name}' = {inline(value)} sits on a tie or a kink: moved by a millionth"
            f" one way and the other way, the answer is {a} and {b}. Draw other numbers"
            " with 'require', or say in the prompt what holds there and declare"
            f" 'ties: [{name}]'"
        )


def _direction(value: Value, steps: bool) -> NDArray[np.floating[Any]] | None:
    """Return where to move `value`: every entry by another amount; None for nowhere.

    A single whole number is a size, a count or a place in a list, and stays.
    """
    if isinstance(value, float):
        array = np.array(value)
    elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and value.size:
        array = value.astype(np.float64)
    else:
        return None
    amounts = _amounts(array.size).reshape(array.shape)
    direction = amounts * max(1.0, float(np.abs(array).max()))
    if steps:
        direction = np.where(array == np.round(array), 0.0, direction)
    return direction if direction.any() else None


@lru_cache(maxsize=256)
def _amounts(size: int) -> NDArray[np.floating[Any]]:
    """Return by how much each of so many entries is moved.

    Two irrational rotations: no two entries move alike, and no pattern of a matrix
    moves all one way.
    """
    count = np.arange(1, size + 1)
    amounts = 0.5 + 0.5 * (count * 0.6180339887498949 % 1.0)
    amounts[count * 0.7548776662466927 % 1.0 < 0.5] *= -1
    amounts.setflags(write=False)
    return amounts


def _sides(
    answer: Callable[[Value], Answers],
    value: Value,
    direction: NDArray[np.floating[Any]],
    step: float,
) -> list[Answers | None]:
    """Return the answers on either side of `value`; None where there is none."""
    found: list[Answers | None] = []
    for sign in (1, -1):
        moved: Any = value + sign * step * direction  # type: ignore[operator]
        try:
            got = answer(moved if isinstance(value, np.ndarray) else float(moved))
        except (DrillError, ValueError):
            found.append(None)
            continue
        finite = all(bool(np.isfinite(array).all()) for array in got)
        found.append(got if finite else None)
    return found


def _again(observed: Observation, name: str, way: Way, value: Value) -> Answers:
    """Compute the answers again with another value of `name`."""
    values = {**observed.instance.values, name: value}
    for let, program in way.lets:
        values[let] = run(program, values)
    found = []
    for place in way.parts:
        part = observed.instance.question.parts[place]
        results = [run(program, values) for program in answers(part)]
        if part.name and part.answer.value is not None:
            values[part.name] = results[0]
        found += [_numbers(result) for result in results]
    return found


def _program(program: Program, case: Case, name: str, value: Value) -> Answers:
    return [_numbers(run(program, {**case.values, name: value}))]


def _numbers(value: Value) -> NDArray[np.float64]:
    if isinstance(value, str) or value is None:
        # The letters of a text are numbers as good as any to see whether it changes.
        value = tuple(map(ord, str(value)))
    return np.array(value, dtype=np.float64)


def _distance(one: Answers, other: Answers) -> float:
    worst = 0.0
    for a, b in zip(one, other, strict=True):
        if a.shape != b.shape:
            return np.inf
        difference = np.abs(a - b)
        worst = max(worst, float(difference.max(initial=0.0)))
    return worst


def _differing(one: Answers, other: Answers) -> tuple[str, str]:
    for a, b in zip(one, other, strict=True):
        if _distance([a], [b]) > DUST:
            return inline(a), inline(b)
    return "one thing", "another"
