"""One instance as the rules look at it: what several of them need is computed once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.bank import Mistake
from drill.drawing import (
    Case,
    Filled,
    Instance,
    Target,
    inline,
    mistake_array,
    prompt,
    solution,
    stem,
)
from drill.drawing.filled_prose import fill as filled
from drill.drawing.target import MARGIN, as_array, same
from drill.errors import DrillError
from drill.grading import Verdict, grade, judge
from drill.language import run
from drill.sandbox import Outcome
from drill.selftest.route import Route, route

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMERIC = ("integer", "number", "shape", "array")


@dataclass(frozen=True, eq=False)
class Graded:
    """One known mistake, sent through the grader as a learner's answer.

    Attributes
    ----------
    margin : float
        By how many tolerances it misses; infinite where the shapes differ.
    on : bool
        Whether it is on: it misses by enough to be told from carelessness.
    right : bool
        Whether it scores.
    names : tuple of str
        The mistakes that the verdict names.
    """

    part: int
    mistake: Mistake
    margin: float
    on: bool
    right: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Observation:
    """An instance, and what became of everything that was tried on it.

    Attributes
    ----------
    files : bool
        Whether answers are saved to real files, or to memory; it is asked for once a
        question, and so are steps that nobody wrote, and what is no answer on any
        numbers.
    """

    instance: Instance
    route: Route
    files: bool = True

    @property
    def parts(self) -> Iterator[tuple[int, Target]]:
        """The parts with their places."""
        return enumerate(self.instance.targets)

    @cached_property
    def graded(self) -> tuple[Graded, ...]:
        """Every known mistake that exists on this instance, part by part."""
        return tuple(one for place, _ in self.parts for one in self._graded(place))

    @cached_property
    def texts(self) -> tuple[tuple[str, Filled | DrillError], ...]:
        """Every text of the question by its name, filled, or why it cannot be."""
        instance = self.instance
        many = len(instance.targets) > 1
        found: list[tuple[str, Filled | DrillError]] = []

        def fill(name: str, make: Callable[[], Filled]) -> None:
            try:
                found.append((name, make()))
            except DrillError as error:
                found.append((name, error))

        if instance.question.stem is not None:
            fill("stem", partial(stem, instance))
        for place, target in self.parts:
            of = f" of part '{target.part.name}'" if many else ""
            fill(f"prompt{of}", partial(prompt, instance, place))
            for count, hint in enumerate(target.part.hints, 1):
                fill(f"hint {count}{of}", partial(filled, hint, instance.values))
        fill("solution", partial(solution, instance))
        return tuple(found)

    @property
    def filled(self) -> Iterator[tuple[str, Filled]]:
        """The texts that can be filled."""
        for name, text in self.texts:
            if not isinstance(text, DrillError):
                yield name, text

    @cached_property
    def disagreements(self) -> dict[int, str]:
        """For each part whose cross-check disagrees with the answer, what it says."""
        found = {}
        for place, target in self.parts:
            check = target.part.cross_check
            if check is None:
                continue
            wanted = _wanted(self.instance, target)
            try:
                got = as_array(run(check, self.instance.values), "array")
            except DrillError as error:
                found[place] = f"the cross-check '{check.source}' fails: {error}"
                continue
            largest = float(np.max(np.abs(wanted), initial=1.0))
            if not same(got, wanted, target.tolerance / 2 or 1e-9 * largest):
                found[place] = (
                    f"the cross-check gives {inline(got)}, and the answer's own formula"
                    f" {inline(wanted)}: one of the two is wrong"
                )
        return found

    @cached_property
    def options(self) -> dict[int, tuple[Verdict, ...]]:
        """For each part that is a choice, what each option is graded as."""
        return {
            place: tuple(
                grade(self.instance, np.array(index), place)
                for index in range(len(target.options))
            )
            for place, target in self.parts
            if target.part.answer.kind == "choice"
        }

    def _graded(self, place: int) -> Iterator[Graded]:
        target = self.instance.targets[place]
        kind = target.part.answer.kind
        if kind == "choice":
            yield from self._dealt(place, target)
        elif kind == "expression":
            yield from self._programs(place, target)
        elif kind in NUMERIC:
            yield from self._arrays(place, target)

    def _dealt(self, place: int, target: Target) -> Iterator[Graded]:
        by_name = {mistake.name: mistake for mistake in target.part.mistakes}
        for option, verdict in zip(target.options, self.options[place], strict=True):
            mistake = by_name.get(option.mistake)
            if mistake is not None:
                yield Graded(
                    place, mistake, math.inf, True, verdict.right, _names(verdict)
                )

    def _programs(self, place: int, target: Target) -> Iterator[Graded]:
        made = self.instance.in_cases(place)
        for mistake, arrays in zip(target.part.mistakes, made, strict=True):
            if self.files:
                verdict = grade(self.instance, mistake.value, place)
            else:
                # What it gives on each case is known: that a run gives it, too, does
                # not depend on the numbers.
                outcomes = [Outcome(array) for array in arrays]
                verdict = judge(self.instance, place, outcomes)
            margin = max(
                _case_margin(array, case)
                for array, case in zip(arrays, target.cases, strict=True)
            )
            # Cases can be added until each shows: a wrong program is never let pass.
            yield Graded(place, mistake, margin, True, verdict.right, _names(verdict))

    def _arrays(self, place: int, target: Target) -> Iterator[Graded]:
        made = self.instance.mistakes(place)
        for mistake in target.part.mistakes:
            array = made.get(mistake.name)
            if array is None:
                # It is off: undefined, near, or too dear with the others.
                array = mistake_array(mistake, self.instance.values)
            if array is None:
                continue
            margin = in_tolerances(array, target.reference, target.tolerance)
            if margin <= MARGIN:
                yield Graded(place, mistake, margin, False, margin <= 1)
                continue
            verdict = grade(self.instance, array, place)
            yield Graded(place, mistake, margin, True, verdict.right, _names(verdict))


def observe(
    instance: Instance, way: Route | None = None, *, files: bool = True
) -> Observation:
    """Look at one instance.

    Parameters
    ----------
    instance : Instance
    way : Route, optional
        What its question's answers depend on; found when left out.
    files : bool
        Whether answers are saved to real files, or to memory.
    """
    return Observation(
        instance, route(instance.question) if way is None else way, files
    )


def in_tolerances(got: NDArray[Any], reference: NDArray[Any], allowed: float) -> float:
    """Return by how many tolerances `got` misses.

    Examples
    --------
    >>> in_tolerances(np.array(2.5), np.array(2.0), 0.1)
    5.0
    >>> in_tolerances(np.array([2]), np.array(2), 0.1)
    inf
    """
    if got.shape != reference.shape:
        return math.inf
    difference = np.abs(got.astype(np.float64) - reference.astype(np.float64))
    worst = float(difference.max(initial=0.0))
    if not worst:
        return 0.0
    return worst / allowed if allowed else math.inf


def _wanted(instance: Instance, target: Target) -> NDArray[Any]:
    answer = target.part.answer
    if answer.kind == "expression":
        return target.cases[0].reference
    if answer.kind == "choice" and answer.value is not None:
        return np.array(run(answer.value, instance.values))
    return target.reference


def _case_margin(array: NDArray[Any] | None, case: Case) -> float:
    if array is None:
        return math.inf
    return in_tolerances(array, case.reference, case.tolerance)


def _names(verdict: Verdict) -> tuple[str, ...]:
    return tuple(found.name for found in verdict.mistakes)
