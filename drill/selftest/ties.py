"""Ties and kinks: draws on which another convention gives another answer.

Two equal largest entries, a zero where a slope jumps, a score just at the threshold:
what is right there is a matter of convention.  They are found without a list of
functions that have such places: all names are moved by about a millionth one way and
the other way, and the two answers must not differ by more than that; where they do,
each name is moved by itself, to say which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import Case, Target, inline
from drill.errors import DrillError
from drill.language import Program, Value, run
from drill.selftest.observation import Observation
from drill.selftest.route import answers, stepped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Answers = list[NDArray[np.float64]]
    Directions = Mapping[str, NDArray[np.floating[Any]]]
    Moved = Callable[[Directions, float], Answers]

NUDGE = 1e-6
NUDGE_LESS = 1e-8
# What a smooth answer moves by shrinks a hundred times with the nudge, and ten times
# at the foot of a square root; a jump stays.
SHRINKS = 0.3
# Below this, rounding is all that is left.
DUST = 1e-7


def ties(observed: Observation) -> Iterator[str]:
    """No draw sits on a tie or a kink that the question does not declare."""
    values, steps = observed.instance.values, observed.route.steps
    yield from _jumps(values, steps, partial(_answers, observed))
    for _, target in observed.parts:
        # Every case may sit on the same kink; one of them says enough.
        yield from islice(_in_cases(observed, target), 1)


def _in_cases(observed: Observation, target: Target) -> Iterator[str]:
    program = target.part.answer.value
    names = [n for n in target.part.answer.names if n not in observed.route.fixed]
    for case in target.cases:
        assert program is not None
        steps = dict.fromkeys(names, stepped([program]))
        yield from _jumps(case.values, steps, partial(_of_case, program, case))


def _jumps(
    values: Mapping[str, Value], steps: Mapping[str, bool], answers: Moved
) -> Iterator[str]:
    """Say at which names the answers jump, if they do when all are moved together."""
    directions = _directions(values, steps)
    if directions and _may_jump(partial(answers, directions)):
        for name, rounds in steps.items():
            yield from _complaint(name, values[name], rounds, answers)


def _directions(
    values: Mapping[str, Value], steps: Mapping[str, bool]
) -> dict[str, NDArray[np.floating[Any]]]:
    """Return where to move each value, no two entries of all of them alike."""
    found = {}
    start = 0
    for name, rounds in steps.items():
        direction = _direction(values[name], rounds, start)
        if direction is not None:
            found[name] = direction
            start += direction.size
    return found


def _may_jump(at: Callable[[float], Answers]) -> bool:
    """Tell whether the answers jump, or end, when everything moves at once.

    Most draws are smooth in all names together, and need no look at each of them.
    """
    # What is smooth moves by less than dust: most need no second look.
    one, other = _sides(at, NUDGE_LESS)
    if one is None or other is None:
        return True
    near = _distance(one, other)
    if near <= DUST:
        return False
    one, other = _sides(at, NUDGE)
    return one is None or other is None or near > SHRINKS * _distance(one, other)


def _complaint(name: str, value: Value, steps: bool, answers: Moved) -> Iterator[str]:
    """Say what is wrong when the answers jump next to `value`."""
    direction = _direction(value, steps)
    if direction is None:
        return
    at = partial(answers, {name: direction})
    one, other = _sides(at, NUDGE)
    if one is None and other is None:
        # Two edges, and one of them on either side; or an index, which moves nowhere.
        at = partial(answers, {name: np.abs(direction)})
        one, other = _sides(at, NUDGE)
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
    left, right = _sides(at, NUDGE_LESS)
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


def _direction(
    value: Value, steps: bool, start: int = 0
) -> NDArray[np.floating[Any]] | None:
    """Return where to move `value`: every entry by another amount; None for nowhere.

    A single whole number is a size, a count or a place in a list, and stays.
    """
    if isinstance(value, float):
        array = np.array(value)
    elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and value.size:
        array = value.astype(np.float64)
    else:
        return None
    amounts = _amounts(start, array.size).reshape(array.shape)
    direction = amounts * max(1.0, float(np.abs(array).max()))
    if steps:
        direction = np.where(array == np.round(array), 0.0, direction)
    return direction if direction.any() else None


@lru_cache(maxsize=1024)
def _amounts(start: int, size: int) -> NDArray[np.floating[Any]]:
    """Return by how much each entry is moved, from one place of all of them on.

    Two irrational rotations: no two entries move alike, and no pattern of a matrix
    moves all one way.
    """
    count = np.arange(start + 1, start + size + 1)
    amounts = 0.5 + 0.5 * (count * 0.6180339887498949 % 1.0)
    amounts[count * 0.7548776662466927 % 1.0 < 0.5] *= -1
    amounts.setflags(write=False)
    return amounts


def _moved(value: Value, by: NDArray[np.floating[Any]]) -> Value:
    moved: Any = value + by  # type: ignore[operator]
    return moved if isinstance(value, np.ndarray) else float(moved)


def _sides(at: Callable[[float], Answers], step: float) -> list[Answers | None]:
    """Return the answers a step to either side; None where there is none."""
    found: list[Answers | None] = []
    for signed in (step, -step):
        try:
            got = at(signed)
        except (DrillError, ValueError):
            found.append(None)
            continue
        finite = all(bool(np.isfinite(array).all()) for array in got)
        found.append(got if finite else None)
    return found


def _answers(observed: Observation, directions: Directions, step: float) -> Answers:
    """Compute what is right with some values moved, and all that they lead to.

    Expressions are left out: they have cases of their own.
    """
    question = observed.instance.question
    values = dict(observed.instance.values)
    changed = set(directions)
    for draw in question.draws:
        if draw.name in directions:
            values[draw.name] = _moved(values[draw.name], step * directions[draw.name])
    for let, program in question.lets:
        if program.names & changed:
            changed.add(let)
            values[let] = run(program, values)
        if let in directions:
            values[let] = _moved(values[let], step * directions[let])
    found = []
    for part in question.parts:
        if part.answer.kind == "expression":
            continue
        results = [run(program, values) for program in answers(part)]
        if part.name and part.answer.value is not None:
            values[part.name] = results[0]
        found += [_numbers(result) for result in results]
    return found


def _of_case(
    program: Program, case: Case, directions: Directions, step: float
) -> Answers:
    moved = {
        name: _moved(case.values[name], step * direction)
        for name, direction in directions.items()
    }
    return [_numbers(run(program, {**case.values, **moved}))]


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
