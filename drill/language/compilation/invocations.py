"""Calls in programs whose callee is known only as they run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from drill.language.compilation.closures import invoke, wrapped
from drill.language.compilation.comprehensions import compile_items
from drill.language.compilation.scope import FAULTS, NUMPY, Compile, Scope, Step
from drill.language.functions.arguments import owner as array_owner
from drill.language.functions.builtins import FUNCTIONS, ON_ARRAYS_TOO
from drill.language.functions.containers import METHOD_NAMES, METHODS
from drill.language.operators import Frame
from drill.language.syntax.position import Place
from drill.language.values import Complaint, kind_of

KINDS: Mapping[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "str": (str,),
    "list": (list,),
    "tuple": (tuple,),
    "dict": (dict,),
    "set": (set,),
    "range": (range,),
    "np.ndarray": (np.ndarray,),
    "np.integer": (int,),
    "np.floating": (float,),
    "np.number": (int, float),
}
"""What `isinstance` may ask for; a number here is what a numpy scalar is there."""


def _isinstance(scope: Scope, node: ast.Call, compile_expression: Compile) -> Step:
    asked = node.args[1] if len(node.args) == 2 else node
    parts = asked.elts if isinstance(asked, ast.Tuple) else [asked]
    names = [ast.unparse(part).replace("numpy.", "np.") for part in parts]
    if node.keywords or any(name not in KINDS for name in names):
        known = ", ".join(KINDS)
        raise scope.refuse(asked, f"isinstance asks for one of {known}")
    value = compile_expression(scope, node.args[0])
    kinds = tuple(kind for name in names for kind in KINDS[name])
    return lambda frame: isinstance(value(frame), kinds)


def invocation(
    scope: Scope, node: ast.Call, compile_expression: Compile
) -> Step | None:
    """Return the closure of a call that the table alone cannot answer; else None."""
    called = node.func
    spread = any(isinstance(argument, ast.Starred) for argument in node.args)
    if isinstance(called, ast.Name):
        if called.id in scope.known or (spread and called.id not in FUNCTIONS):
            return _of_value(scope, node, compile_expression)
        name = called.id
        if name == "isinstance":
            return _isinstance(scope, node, compile_expression)
    elif not isinstance(called, ast.Attribute):
        return _of_value(scope, node, compile_expression)
    else:
        path = scope.path(called)
        if not path:
            if called.attr in METHOD_NAMES or spread:
                return _of_method(scope, node, called, compile_expression)
            return None
        first = "np" if path[0] in NUMPY else path[0]
        name = ".".join((first, *path[1:]))
    if name not in FUNCTIONS:
        return _of_value(scope, node, compile_expression) if spread else None
    function = FUNCTIONS[name]
    scope.called.add(name.removeprefix("np."))
    table = scope.table.builtins.get(name) if name in ON_ARRAYS_TOO else None
    on_arrays = wrapped(table) if table else None
    by_axis = any(word.arg != "key" for word in node.keywords)
    place, arguments = (
        Place(scope.text, node, name),
        _arguments(scope, node, compile_expression),
    )

    def step(frame: Frame) -> Any:
        given, named = arguments(frame)
        try:
            whole = len(given) == 1 and isinstance(given[0], np.ndarray)
            if on_arrays and "key" not in named and (whole or by_axis):
                return on_arrays(frame, given, named)
            return function(frame, invoke, *given, **named)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _arguments(scope: Scope, node: ast.Call, compile_expression: Compile) -> Any:
    placed = compile_items(scope, node.args, compile_expression)
    if any(word.arg is None for word in node.keywords):
        raise scope.refuse(node, "`**` before an argument is not understood here")
    named = {
        str(word.arg): compile_expression(scope, word.value) for word in node.keywords
    }
    if not named:
        return lambda frame: (placed(frame), named)

    def arguments(frame: Frame) -> tuple[list[Any], dict[str, Any]]:
        given = placed(frame)
        return given, {name: step(frame) for name, step in named.items()}

    return arguments


def _of_value(scope: Scope, node: ast.Call, compile_expression: Compile) -> Step:
    function = compile_expression(scope, node.func)
    place, arguments = (
        Place(scope.text, node),
        _arguments(scope, node, compile_expression),
    )

    def step(frame: Frame) -> Any:
        value = function(frame)
        given, named = arguments(frame)
        try:
            return invoke(frame, value, given, named)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _of_method(
    scope: Scope, node: ast.Call, called: ast.Attribute, compile_expression: Compile
) -> Step:
    owner, name = compile_expression(scope, called.value), called.attr
    table = scope.table.methods.get(name)
    of_array = wrapped(table) if table else None
    place, arguments = (
        Place(scope.text, node, name),
        _arguments(scope, node, compile_expression),
    )

    def step(frame: Frame) -> Any:
        value = owner(frame)
        given, named = arguments(frame)
        try:
            method = METHODS.get(type(value), {}).get(name)
            if method is not None:
                return method(frame, invoke, value, *given, **named)
            if of_array is None:
                raise Complaint(f"{kind_of(value)} has no `.{name}(…)`")
            return of_array(frame, [array_owner(value), *given], named)
        except FAULTS as error:
            raise place.failure(error) from None

    return step
