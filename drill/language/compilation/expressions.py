"""From a checked tree to closures: each takes the frame and gives a value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from drill.language.compilation.arithmetic import (
    arithmetic,
    of_constant,
    of_names,
    with_constant,
    with_name,
)
from drill.language.compilation.calls import call
from drill.language.compilation.comparisons import SIGNS as COMPARISON_SIGNS
from drill.language.compilation.comparisons import compare
from drill.language.compilation.comprehensions import (
    compile_items,
    comprehension,
    dictionary,
    joined_text,
    written_set,
)
from drill.language.compilation.invocations import invocation
from drill.language.compilation.parts import as_value, attribute, subscript
from drill.language.compilation.scope import FAULTS, Scope, Step
from drill.language.messages import advice, sentences
from drill.language.operators import (
    ARITHMETIC,
    OTHERS,
    Frame,
    inverted,
    negative,
    positive,
    spend,
    truth,
)
from drill.language.syntax.position import Place
from drill.language.values import (
    NUMBERS,
    Complaint,
    count,
)

SYMBOLS: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    **COMPARISON_SIGNS,
}
SIGNS: Mapping[type[ast.AST], Callable[[Frame, Any], Any]] = {
    ast.USub: negative,
    ast.UAdd: positive,
    ast.Invert: inverted,
    ast.Not: lambda frame, value: not truth(value),
}


def compile_expression(scope: Scope, node: ast.expr) -> Step:
    """Return the closure that computes `node`.

    Raises
    ------
    LanguageError
        When it names or calls what is not there.
    """
    return _COMPILERS[type(node)](scope, node)


def _constant(scope: Scope, node: ast.Constant) -> Step:
    value = node.value
    if value is ...:
        raise scope.refuse(node, "`...` stands between square brackets only")
    if type(value) is str and not (scope.table.text or scope.routine):
        raise scope.refuse(node, sentences.TEXT)
    return lambda frame: value


def _name(scope: Scope, node: ast.Name) -> Step:
    slot = scope.certain(node)
    if slot:
        return itemgetter(slot)
    step = scope.reader(node.id)
    if step is not None:
        return _placed(step, Place(scope.text, node)) if scope.routine else step
    value = scope.table.constants.get(node.id)
    if value is None and scope.routine:
        value = as_value(scope, node.id)
    if value is None:
        raise scope.refuse(node, advice.no_name(node.id, scope.known, scope.table))
    return lambda frame: value


def _placed(inner: Step, place: Place) -> Step:
    def step(frame: Frame) -> Any:
        try:
            return inner(frame)
        except Complaint as error:
            raise place.failure(error) from None

    return step


def _binary(scope: Scope, node: ast.BinOp) -> Step:
    left, right = (
        compile_expression(scope, node.left),
        compile_expression(scope, node.right),
    )
    place = Place(scope.text, node)
    symbol = SYMBOLS[type(node.op)]
    if symbol in OTHERS:
        scope.quiet = False
        return _other(OTHERS[symbol], left, right, place)
    quick, whole = ARITHMETIC[symbol]
    if (constant := _number(node.right)) is not None:
        return with_constant(quick, whole, place, left, constant)
    if (constant := _number(node.left)) is not None:
        return of_constant(quick, whole, place, constant, right)
    names = scope.certain(node.left), scope.certain(node.right)
    if names[0] and names[1]:
        return of_names(quick, whole, place, *names)
    if names[1]:
        return with_name(quick, whole, place, left, names[1])
    return arithmetic(quick, whole, place, left, right)


def _number(node: ast.expr) -> int | float | None:
    """Return the number that is written out here, if one is."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if type(value) is int or type(value) is float else None


def _other(
    operation: Callable[[Frame, Any, Any], Any], left: Step, right: Step, place: Place
) -> Step:
    def step(frame: Frame) -> Any:
        a = left(frame)
        b = right(frame)
        try:
            return operation(frame, a, b)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _unary(scope: Scope, node: ast.UnaryOp) -> Step:
    inner = compile_expression(scope, node.operand)
    place = Place(scope.text, node)
    operation = SIGNS[type(node.op)]

    def step(frame: Frame) -> Any:
        value = inner(frame)
        try:
            return operation(frame, value)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _boolean(scope: Scope, node: ast.BoolOp) -> Step:
    *early, last = (compile_expression(scope, value) for value in node.values)
    stop = isinstance(node.op, ast.Or)
    place = Place(scope.text, node)

    def step(frame: Frame) -> Any:
        for inner in early:
            value = inner(frame)
            try:
                if truth(value) is stop:
                    return value
            except FAULTS as error:
                raise place.failure(error) from None
        return last(frame)

    return step


def _conditional(scope: Scope, node: ast.IfExp) -> Step:
    test, then, other = (
        compile_expression(scope, part) for part in (node.test, node.body, node.orelse)
    )
    place = Place(scope.text, node.test)

    def step(frame: Frame) -> Any:
        value = test(frame)
        try:
            holds = truth(value)
        except FAULTS as error:
            raise place.failure(error) from None
        return then(frame) if holds else other(frame)

    return step


def _sequence(scope: Scope, node: ast.Tuple | ast.List) -> Step:
    steps = compile_items(scope, node.elts, compile_expression)
    place = Place(scope.text, node)
    make: Callable[..., Any] = tuple if isinstance(node, ast.Tuple) else list
    # Numbers in a tuple stay numbers; a list may become an array.
    scope.quiet = scope.quiet and make is tuple

    def step(frame: Frame) -> Any:
        value = make(steps(frame))
        if all(type(item) in NUMBERS for item in value):
            return value
        try:
            spend(frame, count(value))
        except FAULTS as error:
            raise place.failure(error) from None
        return value

    return step


def _slice(scope: Scope, node: ast.Slice) -> Step:
    raise scope.refuse(node, sentences.COLON)


def _starred(scope: Scope, node: ast.Starred) -> Step:
    raise scope.refuse(node, "something is missing before `*`")


def called(scope: Scope, node: ast.Call) -> Step:
    """Compile a call; in a program its callee may be any value."""
    step = invocation(scope, node, compile_expression) if scope.routine else None
    return step or call(scope, node, compile_expression)


def assignments() -> Any:
    """Return the compiler of assignments, which needs this one."""
    from drill.language.compilation import assignments

    return assignments


def routines() -> Any:
    """Return the compiler of statements, which needs this one."""
    from drill.language.compilation import routines

    return routines


_COMPILERS: Mapping[type[ast.AST], Callable[[Scope, Any], Step]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Compare: lambda scope, node: compare(scope, node, compile_expression),
    ast.IfExp: _conditional,
    ast.Tuple: _sequence,
    ast.List: _sequence,
    ast.Attribute: lambda scope, node: attribute(scope, node, compile_expression),
    ast.Subscript: lambda scope, node: subscript(scope, node, compile_expression),
    ast.Slice: _slice,
    ast.Starred: _starred,
    ast.JoinedStr: lambda scope, node: joined_text(scope, node, compile_expression),
    ast.Call: called,
    ast.Lambda: lambda scope, node: routines().compile_lambda(scope, node),
    ast.Dict: lambda scope, node: dictionary(scope, node, compile_expression),
    ast.Set: lambda scope, node: written_set(scope, node, compile_expression),
    **dict.fromkeys(
        (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
        lambda scope, node: comprehension(
            scope, node, compile_expression, assignments().compile_target
        ),
    ),
}
