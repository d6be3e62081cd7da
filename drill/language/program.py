"""From text to a checked program, and from a program to its value."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from drill.errors import EvaluationError, LanguageError
from drill.language.check import check
from drill.language.function import Table
from drill.language.limits import MAX_WORK
from drill.language.place import Text, say
from drill.language.value import PLAIN, Complaint, Value, admit, settle
from drill.language.weave import FAULTS, Loom, Step


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
    """

    source: str
    names: frozenset[str]
    functions: frozenset[str]
    _step: Step = field(repr=False, compare=False)
    _inputs: tuple[tuple[str, int], ...] = field(repr=False, compare=False)
    _slots: int = field(repr=False, compare=False)


def parse(
    source: str,
    *,
    names: Collection[str],
    table: Table,
    statements: bool = False,
    formula: bool = False,
    result: str | None = None,
) -> Program:
    """Check a formula or a program.

    Parameters
    ----------
    source : str
        What was written.
    names : collection of str
        The names it may read.
    table : Table
        The functions it may call.
    statements : bool
        Whether several lines with assignments are allowed, or one formula.
    formula : bool
        Whether it is written as on paper: ``2p``, ``λ w``, ``x^2``.
    result : str, optional
        The name whose value is the program's, if the program assigns it; else the
        last line's value is.

    Returns
    -------
    Program

    Raises
    ------
    LanguageError
        With the place, and what to write instead.

    Examples
    --------
    >>> from drill.language import LEARNER
    >>> program = parse("(n + 2*p - f)//s + 1", names="nfps", table=LEARNER)
    >>> run(program, {"n": 7, "f": 3, "p": 0, "s": 2})
    3
    """
    text = Text(source, source.strip())
    mode = "exec" if statements else "eval"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text.code, mode=mode)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise LanguageError("this cannot be read as a formula", source) from None
    check(tree, text, table)
    loom = Loom(text, table, frozenset(names))
    assert isinstance(tree, ast.Expression)
    step = loom.weave(tree.body)
    inputs = tuple((name, loom.slots[name]) for name in sorted(loom.read))
    return Program(
        source,
        frozenset(loom.read),
        frozenset(loom.called),
        step,
        inputs,
        len(loom.slots),
    )


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
    """
    frame: list[Any] = [MAX_WORK] + [None] * program._slots
    try:
        for name, slot in program._inputs:
            value = values[name]
            frame[slot] = value if type(value) in PLAIN else admit(name, value)
    except KeyError:
        raise EvaluationError(f"'{name}' has no value", program.source) from None
    except Complaint as error:
        raise EvaluationError(str(error), program.source) from None
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = program._step(frame)
    if type(value) in PLAIN:
        return value  # type: ignore[no-any-return]
    try:
        return settle(value)  # type: ignore[no-any-return]
    except FAULTS as error:
        raise EvaluationError(say(error), program.source) from None
