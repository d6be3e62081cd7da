"""Parts of a value: its attributes and its entries."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from drill.language.compilation.closures import Wrapped, invoke, wrapped
from drill.language.compilation.scope import FAULTS, NUMPY, Compile, Scope, Step
from drill.language.functions.builtins import FUNCTIONS
from drill.language.functions.containers import METHOD_NAMES, METHODS
from drill.language.functions.costs import shape_of, size_of
from drill.language.functions.indexing import take
from drill.language.messages import advice, sentences
from drill.language.operators import RUNTIME, Frame
from drill.language.syntax.position import Place
from drill.language.values import Complaint, kind_of


def attribute(scope: Scope, node: ast.Attribute, compile_expression: Compile) -> Step:
    """Return the closure that reads an attribute, or a constant of numpy's."""
    path = scope.path(node)
    if path and path[0] in NUMPY:
        dotted = ".".join(path[1:])
        if scope.routine and (function := as_value(scope, dotted)):
            return lambda frame: function
        if dotted not in scope.table.constants:
            problem = advice.no_constant(dotted, scope.table)
            raise scope.refuse(node, problem)
        value = scope.table.constants[dotted]
        return lambda frame: value
    if scope.routine and path[:1] == ("math",) and path[1] in scope.table.constants:
        number = scope.table.constants[path[1]]
        return lambda frame: number
    if path and path[0] in sentences.MODULES:
        raise scope.refuse(node, advice.module(path))
    read = _ATTRIBUTES.get(node.attr)
    if read is None and scope.routine and node.attr in METHOD_NAMES:
        read = partial(_method, node.attr)
    if read is None:
        raise scope.refuse(node, advice.no_attribute(node.attr, scope.table))
    inner = compile_expression(scope, node.value)
    place = Place(scope.text, node)

    def step(frame: Frame) -> Any:
        value = inner(frame)
        try:
            return read(value)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _method(name: str, owner: Any) -> Wrapped:
    """Return a method of a container as a value, as for ``key=counts.get``."""
    method = METHODS.get(type(owner), {}).get(name)
    if method is None:
        raise Complaint(f"{kind_of(owner)} has no `.{name}`")
    return Wrapped(
        name,
        lambda frame, given, named: method(frame, invoke, owner, *given, **named),
    )


def as_value(scope: Scope, name: str) -> Wrapped | None:
    """Return a function of the table as a value, as for ``key=`` or ``map``."""
    found = scope.table.builtins.get(name) or scope.table.functions.get(name)
    if found is not None:
        return wrapped(found)
    function = FUNCTIONS.get(name)
    if function is None:
        return None
    return Wrapped(
        name, lambda frame, given, named: function(frame, invoke, *given, **named)
    )


def subscript(scope: Scope, node: ast.Subscript, compile_expression: Compile) -> Step:
    """Return the closure that takes entries out of a value."""
    inner = compile_expression(scope, node.value)
    place = Place(scope.text, node)
    # A new axis makes an array even of a number.
    scope.quiet = False
    told = node.value.id if scope.tracing and isinstance(node.value, ast.Name) else ""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
    if len(parts) == 2 and not told:
        row, column = (compile_key(scope, part, compile_expression) for part in parts)
        return _of_two(inner, row, column, place)
    key = compile_key(scope, node.slice, compile_expression)

    def step(frame: Frame) -> Any:
        value = inner(frame)
        index = key(frame)
        if told:
            frame[RUNTIME].tracer.read(told, value, index)
        try:
            return take(frame, value, index)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _of_two(inner: Step, row: Step, column: Step, place: Place) -> Step:
    """Return the closure of ``X[i, j]``, which loops over matrices are made of."""

    def step(frame: Frame) -> Any:
        value = inner(frame)
        i = row(frame)
        j = column(frame)
        try:
            if type(i) is int and type(j) is int and type(value) is np.ndarray:
                frame[0] -= 1
                return value.item(i, j)
        except (IndexError, ValueError):
            # Outside, or not of two axes: said by what takes anything.
            pass
        try:
            return take(frame, value, (i, j))
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def compile_key(scope: Scope, node: ast.expr, compile_expression: Compile) -> Step:
    """Return the closure that computes what stands between square brackets."""
    if isinstance(node, ast.Slice):
        ends = (node.lower, node.upper, node.step)
        lower, upper, step = (
            compile_expression(scope, end) if end else _nothing for end in ends
        )
        return lambda frame: slice(lower(frame), upper(frame), step(frame))
    if isinstance(node, ast.Constant) and node.value is ...:
        return lambda frame: ...
    if isinstance(node, ast.Tuple):
        keys = [compile_key(scope, item, compile_expression) for item in node.elts]
        if len(keys) == 2:
            row, column = keys
            return lambda frame: (row(frame), column(frame))
        if len(keys) == 3:
            one, two, three = keys
            return lambda frame: (one(frame), two(frame), three(frame))
        return lambda frame: tuple([key(frame) for key in keys])
    return compile_expression(scope, node)


def _nothing(frame: Frame) -> None:
    return None


def _array_only(value: Any, what: str) -> Any:
    if isinstance(value, tuple | list) or value is None or isinstance(value, str):
        raise Complaint(f"{kind_of(value)} has no .{what}: write np.array([…])")
    return value


def _turned(value: Any) -> Any:
    value = _array_only(value, "T")
    return value.T if isinstance(value, np.ndarray) else value


_ATTRIBUTES: Mapping[str, Callable[[Any], Any]] = {
    "T": _turned,
    "shape": lambda value: shape_of(_array_only(value, "shape")),
    "flat": lambda value: np.ravel(_array_only(value, "flat")),
    "size": lambda value: size_of(_array_only(value, "size")),
    "ndim": lambda value: len(shape_of(_array_only(value, "ndim"))),
}
