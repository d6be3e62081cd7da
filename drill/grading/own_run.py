"""A learner's own program as a walk: what it read and wrote, where it went astray."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer import read_program
from drill.drawing import Case, Instance, Target, more_cases
from drill.errors import LanguageError
from drill.grading.comparison import equal
from drill.grading.programs import cells, example_place, inputs, right_on
from drill.grading.run_frames import (
    closing,
    given,
    is_result,
    panels_of,
    sentence,
    where_of,
)
from drill.language import (
    LEARNER,
    Event,
    Program,
    Reading,
    trace,
    traceable,
)
from drill.sandbox import run_here
from drill.walk import Frame, Walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_FRAMES = 198
"""Two more may say what was given and what came out."""
ENDS = 40
MORE = 40
MOST_LOST = 3


@dataclass(frozen=True, eq=False)
class OwnRun:
    """A program's run in steps, and the step at which to open it.

    Attributes
    ----------
    walk : Walk
    opens : int
        The first write of a wrong entry, else where it fails, else the end.
    where : str
        That line, with the variables of its loops; empty at the end.
    """

    walk: Walk
    opens: int
    where: str = ""


def own_run(
    instance: Instance, part: int, source: str, *, smallest: bool = False
) -> OwnRun:
    """Follow a program on the first case on which it is wrong, the shown numbers first.

    Parameters
    ----------
    instance : Instance
    part : int
    source : str
        The program.
    smallest : bool
        Look for a case with fewer and smaller numbers on which it is wrong.

    Raises
    ------
    LanguageError
        When the program is refused.
    """
    target = instance.targets[part]
    answer = target.part.answer
    reading = Reading(
        frozenset(answer.names), LEARNER, statements=True, result=answer.result
    )
    program = traceable(source, reading, answer.names)
    plain = read_program(
        source, names=answer.names, form=answer.form, result=answer.result
    )
    case = _failing(target, plain)
    if smallest and case is not None:
        case = _smaller(case, more_cases(instance, part, MORE), target, plain)
    case = case or target.cases[0]
    value, tracer = trace(program, case.values)
    got = _array(value)
    events = tracer.events
    wrong = _wrong(case, got)
    place = _astray(events, got, wrong)
    lines = source.split("\n")
    told = [
        (event, sentence(event, lines, case, wrong if n == place else None))
        for n, event in enumerate(events)
    ]
    kept = _kept(len(told), place)
    frames = [
        Frame(said, panels_of(event, case, got, wrong))
        for event, said in (told[n] for n in kept)
    ]
    frames.append(closing(case, got, tracer, len(told) - len(kept)))
    opens = kept.index(place) if place in kept else len(frames) - 1
    title = "Your program, step by step"
    if case is not target.cases[0]:
        # It opens further on: there, too, nobody looks for the prompt's numbers.
        title = "Your program on other numbers, step by step"
        frames, opens = [given(case), *frames], opens + 1
    where = where_of(events[place]) if place < len(events) else ""
    return OwnRun(Walk(title, tuple(frames)), opens, where)


def _failing(target: Target, program: Program) -> Case | None:
    """Return the case that the verdict tells of; None when none fails."""
    outcomes = run_here(program, inputs(target))[: len(target.cases)]
    right = [right_on(*pair) for pair in zip(target.cases, outcomes, strict=True)]
    return None if all(right) else target.cases[example_place(target, right)]


def _smaller(
    case: Case, others: Iterable[Case], target: Target, program: Program
) -> Case:
    """Return the smallest of several cases on which a program is wrong."""
    best, lost = case, 0
    for other in (*target.cases, *others):
        if lost == MOST_LOST:
            break
        if _size(other) >= _size(best):
            continue
        (outcome,) = run_here(program, [other.values])
        # One that does not end is not waited for again and again.
        lost += outcome.got is None
        if not right_on(other, outcome):
            best = other
    return best


def _size(case: Case) -> tuple[int, float]:
    """Count the numbers of a case, and how large they are."""
    sums = (np.abs(np.asarray(value, float)).sum() for value in case.values.values())
    return cells(case), float(sum(sums))


def _array(value: Any) -> NDArray[Any] | None:
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError):
        return None
    return None if value is None else array


def _wrong(case: Case, got: NDArray[Any] | None) -> NDArray[np.bool_] | None:
    """Mark the entries that are wrong, where there is one for each."""
    if got is None or got.shape != case.reference.shape:
        return None
    found: NDArray[np.bool_] = np.array(
        [
            not equal(np.array(mine), np.array(right), case.tolerance, strict=True)
            for mine, right in zip(got.flat, case.reference.flat, strict=True)
        ],
        dtype=bool,
    ).reshape(got.shape)
    return found


def _astray(
    events: list[Event], got: NDArray[Any] | None, wrong: NDArray[np.bool_] | None
) -> int:
    """Return the step at which a wrong entry got its last value, or the failure."""
    for n, event in enumerate(events):
        if event.problem:
            return n
    if wrong is None or not wrong.any() or got is None:
        return len(events)
    last: dict[tuple[int, ...], int] = {}
    for n, event in enumerate(events):
        if event.wrote is not None and is_result(event.wrote.array, got):
            last |= {cell: n for cell in event.wrote.cells if wrong[cell]}
            continue
        for value in event.made.values():
            if isinstance(value, np.ndarray) and value.shape == got.shape:
                same = np.isclose(value, got, equal_nan=True) & wrong
                for cell in map(tuple, np.argwhere(same).tolist()):
                    last.setdefault(cell, n)
    return min(last.values(), default=len(events))


def _kept(count: int, place: int) -> list[int]:
    """Choose the steps that are shown: the first, the last, those around `place`."""
    if count <= MOST_FRAMES:
        return list(range(count))
    around = range(place - ENDS, place + ENDS)
    kept = {*range(ENDS), *range(count - ENDS, count), *around}
    return sorted(n for n in kept if 0 <= n < count)


def can_follow(
    instance: Instance, part: int, source: str, *, smallest: bool = False
) -> OwnRun | None:
    """Follow a program where that is possible."""
    if instance.targets[part].part.answer.form != "numpy":
        return None
    try:
        return own_run(instance, part, source, smallest=smallest)
    except LanguageError:
        return None
