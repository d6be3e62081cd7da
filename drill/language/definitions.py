"""Functions that a text defines: checked once, then called like those of the table."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from drill.errors import LanguageError
from drill.language.compilation.closures import Closure, Runtime
from drill.language.compilation.names import assigned
from drill.language.compilation.routines import compile_statements
from drill.language.compilation.scope import Scope
from drill.language.functions.costs import free
from drill.language.functions.function import Function, OnDemand, Table
from drill.language.operators import RUNTIME, UNSET, Frame
from drill.language.parsing import executed, read_statements
from drill.language.syntax.allowed import check
from drill.language.syntax.position import Place, Text

MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Definition:
    """One function that a text defines.

    Attributes
    ----------
    name, signature : str
    note : str
        The first line of its docstring.
    source : str
        Its lines.
    line : int
        Where it starts, from 1.
    calls : frozenset of str
        The names of all functions that it comes to call.
    """

    name: str
    signature: str
    note: str
    source: str
    line: int
    calls: frozenset[str]

    def __str__(self) -> str:
        return f"{self.name}({self.signature})"


def define(
    source: str, table: Table, reserved: Table | None = None
) -> tuple[Table, tuple[Definition, ...]]:
    """Check a text of function definitions, and add them to a table.

    Parameters
    ----------
    source : str
        Lines of ``def``; the functions may call each other, themselves, and `table`.
    table : Table
    reserved : Table, optional
        Whose functions none may be called like; `table` when left out.  Others of
        `table` are hidden: a function that is added there later breaks no text.

    Returns
    -------
    table : Table
        With the functions among its builtins.  Each call is paid as it runs.
    definitions : tuple of Definition

    Raises
    ------
    LanguageError
        With the place.

    Examples
    --------
    >>> from drill.language import BANK, parse, run
    >>> text = "def total(n):\\n    return sum([k for k in range(n)])"
    >>> table, (total,) = define(text, BANK)
    >>> run(parse("total(n) + 1", names=["n"], table=table), {"n": 4}), str(total)
    (7, 'total(n)')
    """
    if len(source) > MOST_CHARACTERS:
        raise LanguageError(
            f"{len(source):,} characters are too many: {MOST_CHARACTERS:,} are allowed",
            source[:80],
        )
    text, tree = read_statements(source, ())
    _refuse_others(text, tree.body, reserved or table)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    notes = {node.name: ast.get_docstring(node) or "" for node in functions}
    for node in executed(functions):
        check(node, text, formula=False, routine=True)
    scope = Scope(text, table, frozenset(), formula=False, routine=True)
    scope.made |= assigned(functions)
    calls: dict[str, set[str]] = {}
    for node in functions:
        scope.called = calls[node.name] = set()
        compile_statements(scope, [node])
        words = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        calls[node.name] |= words & scope.made
    scope.called = set()
    run = compile_statements(scope, functions)
    slots = {node.name: scope.slot(node.name) for node in functions}
    reached = {name: _reached(name, calls, slots) for name in slots}
    definitions = tuple(
        _definition(text, node, notes[node.name], reached[node.name])
        for node in functions
    )
    forgetful = _forgetful(functions)
    added = {
        one.name: Function(
            one.name,
            one.signature,
            _unreachable,
            free,
            one.note,
            foreign=True,
            runs=_caller(run, scope.size(), slots[one.name], forgetful),
            calls=one.calls,
        )
        for one in definitions
    }
    # Over a table that is made on demand: a copy would make all of it.
    known = OnDemand(
        {name: partial(added.__getitem__, name) for name in added}, table.builtins
    )
    return replace(table, builtins=known), definitions


def _refuse_others(text: Text, body: Sequence[ast.stmt], table: Table) -> None:
    seen: set[str] = set()
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom):
            raise Place(text, node).refusal("only functions stand here: def name(…):")
        if not isinstance(node, ast.FunctionDef):
            continue
        if node.name in table.builtins or node.name in table.functions:
            problem = f"`{node.name}` is a function already: take another name"
            raise Place(text, node).refusal(problem)
        if node.name in seen:
            raise Place(text, node).refusal(f"`{node.name}` is defined twice")
        seen.add(node.name)
    if not seen:
        raise LanguageError("there is no function here: def name(…):", text.source)


def _reached(
    name: str, calls: Mapping[str, set[str]], slots: Mapping[str, int]
) -> frozenset[str]:
    """Return what a function calls, and what those call that are defined beside it."""
    found, waiting = set[str](), [name]
    while waiting:
        for called in calls[waiting.pop()] - found:
            found.add(called)
            waiting += [called] if called in slots else []
    return frozenset(found - {name})


def _definition(
    text: Text, node: ast.FunctionDef, note: str, calls: frozenset[str]
) -> Definition:
    line, _ = Place(text, node).position()
    last, _ = text.typed(text.offset(node.end_lineno or line, 0))
    lines = text.source.split("\n")[line - 1 : last]
    signature = ast.unparse(node.args)
    brief = note.partition("\n")[0]
    return Definition(node.name, signature, brief, "\n".join(lines), line, calls)


def _caller(
    run: Callable[[Frame], Any], size: int, slot: int, forgetful: bool
) -> Callable[[Frame, Sequence[Any], Mapping[str, Any]], Any]:
    """Return what calls the function, in a module frame that no other call is in."""
    # Used again: no function assigns a name of the module.
    idle: list[Frame] = []

    def call(frame: Frame, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        try:
            module = idle.pop()
        except IndexError:
            module = [frame[0], None, *[UNSET] * (size - 2)]
            run(module)
        module[0], module[RUNTIME] = frame[0], Runtime([])
        try:
            function: Closure = module[slot]
            return function(module, given, named)
        finally:
            frame[0] = module[0]
            if forgetful:
                idle.append(module)

    return call


def _forgetful(functions: Sequence[ast.FunctionDef]) -> bool:
    """Tell whether no call can leave anything behind, as in ``def f(found=[])``."""
    return all(
        isinstance(default, ast.Constant)
        for node in functions
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults))
    )


def _unreachable(*_: Any, **__: Any) -> Any:
    raise AssertionError("a defined function is run in a frame")
