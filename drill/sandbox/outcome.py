"""Running a learner's program on inputs: what it gives, or how it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.errors import EvaluationError
from drill.language import STOPPED, Program, Value, execute

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a program gives on one set of inputs: an array, or how it fails.

    Attributes
    ----------
    got : ndarray or None
    error : str
    printed : tuple of str
        The lines that it printed on the way.
    """

    got: NDArray[Any] | None
    error: str = ""
    printed: tuple[str, ...] = ()


def run_here(program: Program, inputs: Sequence[Mapping[str, Value]]) -> list[Outcome]:
    """Run a program in this process, once for each set of inputs.

    A result that is no array of numbers is an error in the learner's terms.

    Examples
    --------
    >>> from drill.language import LEARNER, parse
    >>> program = parse("M.sum()", names=["M"], table=LEARNER)
    >>> run_here(program, [{"M": np.array([1, 2])}])[0].got
    array(3)
    """
    outcomes: list[Outcome] = []
    for values in inputs:
        # A program that does not end is not waited for again on the next draw.
        endless = outcomes and outcomes[-1].error.endswith(STOPPED)
        outcomes.append(outcomes[-1] if endless else _run(program, values))
    return outcomes


def _run(program: Program, values: Mapping[str, Value]) -> Outcome:
    printed: list[str] = []
    outcome = _outcome(program, values, printed)
    return replace(outcome, printed=tuple(printed)) if printed else outcome


def _outcome(
    program: Program, values: Mapping[str, Value], printed: list[str]
) -> Outcome:
    try:
        value = execute(program, values, printed)
    except EvaluationError as error:
        lines = "\n" in program.source and STOPPED not in error.problem
        where = f"line {error.line}: " if lines and error.column else ""
        return Outcome(None, where + error.problem)
    if value is None or isinstance(value, str):
        return Outcome(None, "the last line has no value: end with the result")
    try:
        array = np.array(value)
    except (ValueError, OverflowError):
        return Outcome(None, "the result is no array of numbers")
    if array.dtype.kind == "b":
        array = array.astype(np.int64)
    if array.dtype.kind not in "iuf":
        return Outcome(None, "the result is no array of real numbers")
    return Outcome(array)
