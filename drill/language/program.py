"""A checked program: how it was read, and how its value is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from drill.errors import EvaluationError
from drill.language.budget import START, current_budget
from drill.language.compilation.closures import Runtime
from drill.language.compilation.scope import FAULTS, Step
from drill.language.functions.function import Table
from drill.language.limits import MAX_WORK
from drill.language.operators import RUNTIME, UNSET, Frame
from drill.language.syntax.position import say
from drill.language.tracing import Tracer
from drill.language.values import PLAIN, Complaint, Value, admit, settle


@dataclass(frozen=True)
class Reading:
    """How a text was read: with which names and functions, and in which dialect."""

    names: frozenset[str]
    table: Table
    statements: bool = False
    formula: bool = False
    result: str | None = None


@dataclass(frozen=True)
class Program:
    """A formula or a program that was checked and may be run.

    Attributes
    ----------
    source : str
        As it was written.
    names : frozenset of str
        The names it reads and does not assign first.
    functions : frozenset of str
        The canonical names of the functions it calls.
    reading : Reading
    """

    source: str
    names: frozenset[str]
    functions: frozenset[str]
    reading: Reading = field(repr=False, compare=False)
    _step: Step = field(repr=False, compare=False)
    _inputs: tuple[tuple[str, int], ...] = field(repr=False, compare=False)
    _slots: int = field(repr=False, compare=False)
    _quiet: bool = field(repr=False, compare=False)
    _routine: bool = field(repr=False, compare=False)


class Deferred(Program):
    """A program that is known to be right, and compiled when it is first used."""

    def __init__(self, source: str, make: Callable[[], Program]) -> None:
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "_make", make)

    def __getattr__(self, name: str) -> Any:
        """Compile, and have what the program has."""
        if name.startswith("__"):
            raise AttributeError(name)
        made = self.__dict__["_make"]()
        self.__dict__.update(made.__dict__, source=self.__dict__["source"])
        return self.__dict__[name]

    def __eq__(self, other: object) -> bool:
        """Compare as programs: when each was compiled makes no difference."""
        if not isinstance(other, Program):
            return NotImplemented
        mine, theirs = ((one.source, one.names, one.functions) for one in (self, other))
        return mine == theirs

    def __hash__(self) -> int:
        """Equal programs have one hash."""
        return hash((self.source, self.names, self.functions))


def run(program: Program, values: Mapping[str, Value]) -> Value:
    """Compute a program's value.

    Parameters
    ----------
    program : Program
    values : mapping
        A value for each of the program's names; further names are ignored.  No
        value is changed.

    Returns
    -------
    Value
        A number, a truth value, a tuple, or an array of its own.

    Raises
    ------
    EvaluationError
        With the place, in the learner's terms.

    Examples
    --------
    >>> from drill.language import LEARNER, parse
    >>> program = parse("M - M.mean(axis=1)", names=["M"], table=LEARNER)
    >>> run(program, {"M": np.ones((2, 3))})
    Traceback (most recent call last):
    drill.errors.EvaluationError: (2, 3) and (2,) do not broadcast: keepdims=True, or
    [:, None], keeps the axis
    """
    return execute(program, values, [])


def execute(
    program: Program,
    values: Mapping[str, Value],
    printed: list[str],
    tracer: Tracer | None = None,
) -> Value:
    """Compute a program's value, and keep what it prints: also when it fails.

    Parameters
    ----------
    program : Program
    values : mapping
    printed : list of str
        Gets the lines, as many and as long as a verdict shows.
    tracer : Tracer, optional
        Gets the events of a program that was made to be traced.
    """
    opened = current_budget()
    work = MAX_WORK
    if opened is not None:
        opened.spend(START, program.source)
        work = min(work, opened.left)
    frame: Frame = [work, *[UNSET] * program._slots]
    if program._routine:
        frame[RUNTIME] = Runtime(printed, tracer=tracer)
    quiet = _filled(program, values, frame)
    try:
        if quiet or opened is not None:
            value = program._step(frame)
        else:
            with np.errstate(all="ignore"):
                value = program._step(frame)
    finally:
        if opened is not None:
            opened.left -= work - frame[0]
    if type(value) in PLAIN:
        return value  # type: ignore[no-any-return]
    try:
        return settle(value)  # type: ignore[no-any-return]
    except FAULTS as error:
        raise EvaluationError(say(error), program.source) from None


def _filled(program: Program, values: Mapping[str, Value], frame: Frame) -> bool:
    """Put the given values into a frame; tell whether numpy will have no say."""
    quiet = program._quiet
    try:
        for name, slot in program._inputs:
            value = values[name]
            if type(value) not in PLAIN:
                value = admit(name, value)
                quiet = quiet and type(value) in PLAIN
            frame[slot] = value
    except KeyError:
        raise EvaluationError(f"'{name}' has no value", program.source) from None
    except Complaint as error:
        raise EvaluationError(str(error), program.source) from None
    return quiet


def trace(program: Program, values: Mapping[str, Value]) -> tuple[Value, Tracer]:
    """Run a program that was made to be traced.

    Returns
    -------
    value : Value
        None when it fails; the last event then has the problem.
    tracer : Tracer
    """
    tracer = Tracer()
    try:
        value = execute(program, values, [], tracer)
    except EvaluationError:
        value = None
    return value, tracer
