"""Calls: what is called, which argument goes where, and what it costs."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from drill.errors import EvaluationError
from drill.language.compilation.scope import FAULTS, NUMPY, Compile, Scope, Step
from drill.language.functions.arguments import TEXTS, TYPES, Convert, owner
from drill.language.functions.costs import free
from drill.language.functions.function import Function, Parameter
from drill.language.functions.guarded import fraction
from drill.language.limits import MAX_CELLS
from drill.language.messages import advice, sentences
from drill.language.operators import Frame, spend
from drill.language.syntax.position import Place
from drill.language.values import Complaint, normal

ELEMENT_TYPES = {
    "float": "f8",
    "float64": "f8",
    "float32": "f8",
    "int32": "i8",
    "int": "i8",
    "int64": "i8",
    "bool": "?",
    "bool_": "?",
}
# Another room's functions may be given what they never thought of.
FOREIGN_FAULTS = (*FAULTS, AttributeError, LookupError, AssertionError)
# Python's own, where they differ from numpy's: whole numbers come out.
MATH: dict[str, Function | None] = dict.fromkeys(
    ("exp", "log", "log2", "log10", "log1p", "sqrt", "sin", "cos", "tanh", "pow"), None
) | {
    "floor": Function("floor", "value", lambda x: math.floor(fraction(x)), free),
    "ceil": Function("ceil", "value", lambda x: math.ceil(fraction(x)), free),
    "prod": None,
}
# On paper the larger of two is meant entry by entry.
ON_PAPER = {"max": "maximum", "min": "minimum"}


def call(scope: Scope, node: ast.Call, compile_expression: Compile) -> Step:
    """Return the closure that computes a call.

    Raises
    ------
    LanguageError
        When the function is not in the table, or does not take the arguments.
    """
    function, array = callee(scope, node)
    scope.called |= {function.name, *function.calls}
    scope.quiet = False
    arguments = ([array] if array else []) + node.args
    placed, named = _bind(scope, node, function, arguments, compile_expression)
    if array:
        placed[0] = (owner, placed[0][1])
    place = Place(scope.text, node, function.name)
    if function.runs is not None:
        return _defined(function.runs, placed, named, place)
    compute, price = function.call, function.price
    faults = FOREIGN_FAULTS if function.foreign else FAULTS
    written = _written_out(node, named)

    def step(frame: Frame) -> Any:
        try:
            values = [convert(inner(frame)) for convert, inner in placed]
            keys = written
            if keys is None:
                keys = {name: convert(inner(frame)) for name, convert, inner in named}
            cells, work = price(*values, **keys)
            frame[0] -= work
            if frame[0] < 0 or cells > MAX_CELLS:
                _overspent(frame)
            return normal(compute(*values, **keys))
        except faults as error:
            raise place.failure(error) from None

    return step


def _written_out(
    node: ast.Call, named: list[tuple[str, Convert, Step]]
) -> dict[str, Any] | None:
    """Return what is given by name, where that is written out and fits; else None."""
    found = {}
    for keyword, (name, convert, step) in zip(node.keywords, named, strict=True):
        value = keyword.value
        if isinstance(value, ast.UnaryOp):
            value = value.operand
        if not isinstance(value, ast.Constant):
            return None
        try:
            found[name] = convert(step([0]))
        except (EvaluationError, *FAULTS):
            # It is said where it is: when the program runs.
            return None
    return found


def _defined(
    runs: Callable[..., Any],
    placed: list[tuple[Convert, Step]],
    named: list[tuple[str, Convert, Step]],
    place: Place,
) -> Step:
    """Return the closure of a call to what the bank defines: paid as it runs."""

    def step(frame: Frame) -> Any:
        values = [inner(frame) for _, inner in placed]
        keys = {name: inner(frame) for name, _, inner in named}
        try:
            return runs(frame, values, keys)
        except EvaluationError as error:
            where = f"`{place.name}`, line {error.line}: "
            raise place.failure(Complaint(where + error.problem)) from None
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _overspent(frame: Frame) -> None:
    spend(frame, 0)
    raise Complaint(f"the result has more than {MAX_CELLS:,} cells")


def callee(scope: Scope, node: ast.Call) -> tuple[Function, ast.expr | None]:
    """Find what is called, and the array whose method it is."""
    called, table = node.func, scope.table
    if isinstance(called, ast.Name):
        name = called.id
        if scope.formula and name in ON_PAPER and len(node.args) == 2:
            return table.functions[ON_PAPER[name]], None
        found = table.functions.get(name) if scope.formula else None
        found = found or table.builtins.get(name) or table.functions.get(name)
        if found is None:
            raise scope.refuse(called, advice.no_function(name, table, scope.known))
        return found, None
    if not isinstance(called, ast.Attribute):
        raise scope.refuse(called, sentences.NO_CALL)
    path = scope.path(called)
    if path and path[0] in NUMPY:
        dotted = ".".join(path[1:])
        found = table.functions.get(dotted)
        if found is None:
            raise scope.refuse(called, advice.no_function(dotted, table, dotted=True))
        return found, None
    if path and path[0] == "math" and scope.routine and path[-1] in MATH:
        return MATH[path[-1]] or table.functions[path[-1]], None
    if path and path[0] in sentences.MODULES:
        raise scope.refuse(called, advice.module(path))
    method = table.methods.get(called.attr)
    if method is None:
        raise scope.refuse(called, advice.no_method(called.attr, table))
    return method, called.value


def _bind(
    scope: Scope,
    node: ast.Call,
    function: Function,
    arguments: list[ast.expr],
    compile_expression: Compile,
) -> tuple[list[tuple[Convert, Step]], list[tuple[str, Convert, Step]]]:
    """Give each argument to a parameter, or say why none takes it."""
    parameters = function.parameters
    rest = next((p for p in parameters if p.rest), None)
    singles = [p for p in parameters if not p.by_name and not p.rest]
    if rest is None and len(arguments) > len(singles):
        extra = arguments[len(singles)]
        raise scope.refuse(extra, advice.too_many(function, len(singles)))
    placed = []
    for number, argument in enumerate(arguments):
        parameter = singles[number] if number < len(singles) else rest
        assert parameter is not None
        step = _argument(scope, argument, parameter, compile_expression)
        placed.append((parameter.convert, step))
    taken = {p.name for p in singles[: len(arguments)]}
    by_name = {p.name: p for p in parameters if not p.rest}
    named = []
    for keyword in node.keywords:
        # numpy takes both spellings of clip's bounds.
        written = keyword.arg or ""
        spelling = f"a_{written}" if function.name == "clip" else written
        found = by_name.get(spelling) or by_name.get(written)
        if found is None or found.name in taken or found.by_place:
            raise scope.refuse(keyword, advice.keyword(keyword.arg, function))
        taken.add(found.name)
        step = _argument(scope, keyword.value, found, compile_expression)
        named.append((found.name, found.convert, step))
    missing = [p.name for p in parameters if p.required and p.name not in taken]
    if missing:
        raise scope.refuse(node, advice.missing(function, missing[0]))
    return placed, named


def _type_of(value: Any) -> str:
    """Return the element type of a value, as for ``dtype=X.dtype``."""
    if isinstance(value, np.ndarray):
        return {"f": "f8", "b": "?"}.get(value.dtype.kind, "i8")
    return "?" if type(value) is bool else "i8" if type(value) is int else "f8"


def _argument(
    scope: Scope, node: ast.expr, parameter: Parameter, compile_expression: Compile
) -> Step:
    """Compile an argument; some parameters take a word of a closed set."""
    constant = node.value if isinstance(node, ast.Constant) else None
    if parameter.name in TYPES:
        path = scope.path(node)
        if isinstance(node, ast.Attribute) and node.attr == "dtype" and not path:
            array = compile_expression(scope, node.value)
            return lambda frame: _type_of(array(frame))
        word = path[-1] if len(path) == 1 or (path and path[0] in NUMPY) else constant
        if word not in ELEMENT_TYPES:
            raise scope.refuse(node, "an element type is float, int or bool")
        code = ELEMENT_TYPES[str(word)]
        return lambda frame: code
    if parameter.name in TEXTS and type(constant) is str:
        return lambda frame: constant
    return compile_expression(scope, node)
