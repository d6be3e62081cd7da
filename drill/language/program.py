"""From text to a checked program, and from a program to its value."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from drill.errors import EvaluationError, LanguageError
from drill.language.budget import START, charge, current_budget
from drill.language.compilation.expressions import compile_expression
from drill.language.compilation.scope import FAULTS, Scope, Step
from drill.language.compilation.statements import compile_block
from drill.language.functions.function import Table
from drill.language.limits import MAX_CHARACTERS, MAX_LINES, MAX_WORK
from drill.language.notation.respell import spell
from drill.language.operators import Frame
from drill.language.syntax.allowed import check
from drill.language.syntax.position import Text, say
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
    reading = Reading(frozenset(names), table, statements, formula, result)
    text, tree = read(source, reading)
    scope = Scope(text, table, reading.names, formula=formula)
    if isinstance(tree, ast.Expression):
        step = compile_expression(scope, tree.body)
    else:
        step = compile_block(scope, tree.body, result)
    return made(source, reading, scope, step)


def read(source: str, reading: Reading) -> tuple[Text, ast.Expression | ast.Module]:
    """Respell a text and return its checked tree."""
    text = _respelled(
        source, reading.names, reading.table, reading.statements, reading.formula
    )
    tree = _tree(text, reading.statements)
    check(tree, text, formula=reading.formula)
    return text, tree


def made(source: str, reading: Reading, scope: Scope, step: Step) -> Program:
    """Return the program whose closure was compiled in `scope`."""
    return Program(
        source,
        frozenset(scope.read),
        frozenset(scope.called),
        reading,
        step,
        tuple((name, scope.slots[name]) for name in sorted(scope.read)),
        len(scope.slots),
        scope.quiet,
    )


def _respelled(
    source: str, known: frozenset[str], table: Table, statements: bool, formula: bool
) -> Text:
    if not isinstance(source, str):
        raise LanguageError(f"a formula is text, not {type(source).__name__}")
    if len(source) > MAX_CHARACTERS:
        # The rest is not kept: an error must not be as long as the text.
        raise LanguageError(
            f"{len(source):,} characters are too many: {MAX_CHARACTERS:,} are allowed",
            source[:80],
        )
    if source.count("\n") >= MAX_LINES:
        raise LanguageError(f"more than {MAX_LINES} lines: write less", source)
    return spell(source, known, table, statements=statements, formula=formula)


def _tree(text: Text, statements: bool) -> ast.Expression | ast.Module:
    """Read the respelled text as Python's grammar does, without compiling it."""
    code = text.code if statements else text.code.strip()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if statements:
                return ast.parse(code)
            return ast.parse(code, mode="eval")
    except SyntaxError as error:
        offset = text.offset(error.lineno or 1, max((error.offset or 1) - 1, 0))
        line, column = text.typed(min(offset, len(text.code)))
    except (ValueError, MemoryError, RecursionError):
        line, column = 1, 0
    raise LanguageError(
        "this cannot be read from here on"
        if column
        else "this is nested too deeply to be read",
        text.source,
        line=line,
        column=column,
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

    Examples
    --------
    >>> from drill.language import LEARNER
    >>> program = parse("M - M.mean(axis=1)", names=["M"], table=LEARNER)
    >>> run(program, {"M": np.ones((2, 3))})
    Traceback (most recent call last):
    drill.errors.EvaluationError: (2, 3) and (2,) do not broadcast: keepdims=True, or
    [:, None], keeps the axis
    """
    opened = current_budget()
    if opened is None:
        return _compute(program, values, [MAX_WORK, *[None] * program._slots])
    charge(START, program.source)
    work = min(MAX_WORK, opened.left)
    frame: Frame = [work, *[None] * program._slots]
    try:
        return _compute(program, values, frame)
    finally:
        opened.left -= work - frame[0]


def _compute(program: Program, values: Mapping[str, Value], frame: Frame) -> Value:
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
    if quiet:
        value = program._step(frame)
    else:
        with np.errstate(all="ignore"):
            value = program._step(frame)
    if type(value) in PLAIN:
        return value  # type: ignore[no-any-return]
    try:
        return settle(value)  # type: ignore[no-any-return]
    except FAULTS as error:
        raise EvaluationError(say(error), program.source) from None
