"""From text to a checked program."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterable

from drill.errors import LanguageError
from drill.language.compilation.expressions import compile_expression
from drill.language.compilation.routines import compile_routine
from drill.language.compilation.scope import Scope, Step
from drill.language.compilation.statements import compile_block
from drill.language.functions.builtins import FUNCTIONS, ON_ARRAYS_TOO
from drill.language.functions.containers import METHOD_NAMES
from drill.language.functions.function import Table
from drill.language.limits import MAX_CHARACTERS, MAX_LINES, MAX_PROGRAM
from drill.language.messages.grammar import explained
from drill.language.notation.respell import spell
from drill.language.notation.transcribe import transcribe
from drill.language.program import Program, Reading
from drill.language.syntax.allowed import ROUTINES, check
from drill.language.syntax.position import Text

_BLOCKS = re.compile(r"^\s*(for|while|if|elif|else|def)\b", re.MULTILINE)


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
    >>> from drill.language import LEARNER, run
    >>> program = parse("(n + 2*p - f)//s + 1", names="nfps", table=LEARNER)
    >>> run(program, {"n": 7, "f": 3, "p": 0, "s": 2})
    3
    """
    reading = Reading(frozenset(names), table, statements, formula, result)
    if not statements or formula or not isinstance(source, str):
        return _parsed(source, reading)
    try:
        return _parsed(source, reading)
    except LanguageError as refusal:
        routine = _routine(source, reading, tuple(names))
        if routine is None:
            raise refusal from None
        return routine


def _parsed(source: str, reading: Reading) -> Program:
    """Check lines that are assignments and values, or one formula."""
    text, tree = read(source, reading)
    result = reading.result
    scope = Scope(text, reading.table, reading.names, formula=reading.formula)
    if isinstance(tree, ast.Expression):
        step = compile_expression(scope, tree.body)
    else:
        step = compile_block(scope, tree.body, result)
    return made(source, reading, scope, step)


def traceable(source: str, reading: Reading, order: tuple[str, ...]) -> Program:
    """Check a program so that its run can be traced.

    Raises
    ------
    LanguageError
        When it is refused.
    """
    found = _routine(source, reading, order, tracing=True)
    if found is None:
        raise LanguageError("this program has no steps to follow", source)
    return found


def _routine(
    source: str, reading: Reading, order: tuple[str, ...], *, tracing: bool = False
) -> Program | None:
    """Check a program with loops, branches or functions; None when it has none."""
    _limited(source, MAX_PROGRAM)
    try:
        text, tree = read_statements(source, reading.names)
    except LanguageError:
        if _BLOCKS.search(source):
            raise
        return None
    if not (tracing or _has_statements(tree)):
        return None
    body = executed(tree.body)
    if not body:
        return None
    tree.body = body
    check(tree, text, formula=False, routine=True)
    scope = Scope(text, reading.table, reading.names, formula=False, routine=True)
    scope.order, scope.tracing = order, tracing
    step = compile_routine(scope, body, reading.result)
    return made(source, reading, scope, step)


def read_statements(source: str, known: Collection[str]) -> tuple[Text, ast.Module]:
    """Read a text by Python's grammar, without compiling it; nothing is checked yet."""
    text = transcribe(source, known)
    line, column, problem = 1, 0, "this is nested too deeply to be read"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return text, ast.parse(text.code)
    except SyntaxError as error:
        offset = text.offset(error.lineno or 1, max((error.offset or 1) - 1, 0))
        line, column = text.typed(min(offset, len(text.code)))
        problem = explained(str(error.msg))
    except (ValueError, MemoryError, RecursionError):
        pass
    raise LanguageError(problem, source, line=line, column=column)


def executed(body: Iterable[ast.stmt]) -> list[ast.stmt]:
    """Leave out what is only for the reader: docstrings, annotations."""
    return list(filter(None, map(_told, body)))


def _has_statements(tree: ast.Module) -> bool:
    """Tell whether anything in it is more than values, assignments and numpy."""
    for node in ast.walk(tree):
        if type(node) in ROUTINES - {ast.JoinedStr, ast.FormattedValue}:
            return True
        if isinstance(node, ast.Assign | ast.AugAssign):
            changed = getattr(node, "targets", [getattr(node, "target", None)])
            if isinstance(node, ast.AugAssign) or not all(map(_plain, changed)):
                return True
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name | ast.Attribute):
                if ast.unparse(called) in FUNCTIONS.keys() - ON_ARRAYS_TOO - {"range"}:
                    return True
                if isinstance(called, ast.Attribute) and called.attr in METHOD_NAMES:
                    return True
    return False


def _plain(target: ast.expr) -> bool:
    """Tell whether a target is a name, or names in a row."""
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return all(isinstance(part, ast.Name) for part in parts)


def _told(node: ast.stmt) -> ast.stmt | None:
    """Take annotations and docstrings out of a statement: nothing comes of them."""
    for each in ast.walk(node):
        if isinstance(each, ast.FunctionDef):
            each.returns = None
            kept = [part for part in each.body if not _is_text(part)]
            each.body = kept or [ast.copy_location(ast.Pass(), each)]
        elif isinstance(each, ast.arg):
            each.annotation = None
        elif isinstance(each, ast.AnnAssign):
            each.annotation = ast.copy_location(ast.Constant(None), each)
    return None if _is_text(node) else node


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


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
        scope.size() - 1,
        scope.quiet,
        scope.routine,
    )


def _respelled(
    source: str, known: frozenset[str], table: Table, statements: bool, formula: bool
) -> Text:
    if not isinstance(source, str):
        raise LanguageError(f"a formula is text, not {type(source).__name__}")
    _limited(source, MAX_PROGRAM if statements else MAX_CHARACTERS)
    return spell(source, known, table, statements=statements, formula=formula)


def _limited(source: str, most: int) -> None:
    """Refuse a text that is too long before anything looks at it."""
    if len(source) > most:
        # The rest is not kept: an error must not be as long as the text.
        raise LanguageError(
            f"{len(source):,} characters are too many: {most:,} are allowed",
            source[:80],
        )
    if source.count("\n") >= MAX_LINES:
        raise LanguageError(f"more than {MAX_LINES} lines: write less", source)


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
