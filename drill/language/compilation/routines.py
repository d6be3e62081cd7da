"""Programs with loops, branches and functions: statements, run one by one.

A statement's closure returns nothing, or the signal that ends what it stands in.
Arrays are changed in place, as in numpy; those that were given are copied first.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from drill.language.compilation.assignments import (
    LAST,
    assign,
    augmented,
    compile_target,
    kept,
)
from drill.language.compilation.closures import Closure, call_with_inputs
from drill.language.compilation.expressions import compile_expression
from drill.language.compilation.names import assigned, parameters
from drill.language.compilation.scope import FAULTS, Scope, Step
from drill.language.compilation.traced import traced
from drill.language.functions.containers import items
from drill.language.operators import UNSET, Frame, Unset, truth
from drill.language.syntax.position import Place
from drill.language.values import Complaint

STOPPED = "the program is stopped"
ROUND = 200
"""What a round of a loop costs at least: a hundred thousand are the budget of a run."""
PART = 4
_RETURNED = "<returned>"


class Signal:
    """What ends more than its own statement."""


BREAK, CONTINUE, RETURN = Signal(), Signal(), Signal()


def compile_routine(scope: Scope, body: Sequence[ast.stmt], result: str | None) -> Step:
    """Return the closure that runs a program with statements, and gives its value.

    The value is that of `result` where the program assigns it; else what the only
    function gives that it ends with, called with the given names; else the last
    line's.
    """
    scope.made |= assigned(body)
    scope.sure |= scope.given
    run = compile_statements(scope, body)
    named = scope.slot(result) if result in scope.made and result else 0
    last = scope.slot(LAST)
    final = body[-1]
    function = scope.slot(final.name) if isinstance(final, ast.FunctionDef) else 0
    place = Place(scope.text, final)
    inputs = [(name, scope.slot(name)) for name in sorted(scope.given)]
    if function or any(isinstance(node, ast.Lambda) for node in ast.walk(final)):
        scope.read |= scope.given
    # A given name that is assigned has its given value until then.
    scope.read |= scope.given & scope.made

    def step(frame: Frame) -> Any:
        for _, slot in inputs:
            if isinstance(frame[slot], np.ndarray):
                frame[slot] = frame[slot].copy()
        given = {name: frame[slot] for name, slot in inputs}
        run(frame)
        value = frame[function or last]
        if named and not isinstance(frame[named], Closure | Unset):
            value = frame[named]
        if not isinstance(value, Closure):
            return None if value is UNSET else value
        try:
            return call_with_inputs(frame, value, scope.order, given)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _statement(scope: Scope, node: ast.stmt) -> Step:
    step = _STATEMENTS[type(node)](scope, node)
    return traced(scope, node, step) if scope.tracing else step


def compile_statements(scope: Scope, body: Sequence[ast.stmt]) -> Step:
    """Return the closure that runs statements until one gives a signal."""
    steps = tuple(_statement(scope, node) for node in body)
    if len(steps) == 1:
        return steps[0]

    def step(frame: Frame) -> Any:
        for each in steps:
            signal = each(frame)
            if signal is not None:
                return signal
        return None

    return step


def _expression(scope: Scope, node: ast.Expr) -> Step:
    value = compile_expression(scope, node.value)
    last, called = kept(scope), getattr(node.value, "func", None)
    # What `out.append(x)` changes is the value of that line; `print(x)` has none.
    changed = (
        compile_expression(scope, called.value)
        if isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id in scope.known
        else None
    )

    def step(frame: Frame) -> Any:
        result = value(frame)
        if last and (result is not None or changed):
            frame[last] = changed(frame) if changed and result is None else result

    return step


def _weight(body: Sequence[ast.AST]) -> int:
    """Return the price of a round: the more it says, the longer it takes."""
    return ROUND + PART * sum(1 for node in body for _ in ast.walk(node))


def _for(scope: Scope, node: ast.For) -> Step:
    over = _counted(scope, node.iter) or compile_expression(scope, node.iter)
    scope.loops += 1
    with scope.perhaps():
        store = compile_target(scope, node.target)
        slot = scope.certain(node.target)
        before = list(scope.around)
        scope.around += [n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)]
        body = compile_statements(scope, node.body)
        scope.around = before
    scope.loops -= 1
    with scope.perhaps():
        other = compile_statements(scope, node.orelse) if node.orelse else None
    place, price = Place(scope.text, node), _weight(node.body)
    rounds = scope.slot(f"<rounds {node.lineno}>")

    def step(frame: Frame) -> Any:
        value = over(frame)
        try:
            found = value if type(value) is range else items(frame, value)
        except FAULTS as error:
            raise place.failure(error) from None
        before = 0 if frame[rounds] is UNSET else frame[rounds]
        signal = None
        for frame[rounds], item in enumerate(found, before + 1):
            frame[0] -= price
            if frame[0] < 0:
                raise _endless(place, frame[rounds])
            if slot:
                frame[slot] = item
            else:
                store(frame, item)
            signal = body(frame)
            if signal is not None and signal is not CONTINUE:
                return None if signal is BREAK else signal
        return other(frame) if other else None

    return step


def _counted(scope: Scope, node: ast.expr) -> Step | None:
    """Return the closure of ``range(n)``, which most loops begin with; else None."""
    if not (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "range"
        and "range" not in scope.known
        and len(node.args) == 1
        and not node.keywords
        and not isinstance(node.args[0], ast.Starred)
    ):
        return None
    end, whole = (
        compile_expression(scope, node.args[0]),
        compile_expression(scope, node),
    )

    def step(frame: Frame) -> Any:
        value = end(frame)
        return range(value) if type(value) is int else whole(frame)

    return step


def _while(scope: Scope, node: ast.While) -> Step:
    test = compile_expression(scope, node.test)
    scope.loops += 1
    with scope.perhaps():
        body = compile_statements(scope, node.body)
    scope.loops -= 1
    with scope.perhaps():
        other = compile_statements(scope, node.orelse) if node.orelse else None
    place, price = Place(scope.text, node), _weight([node.test, *node.body])
    rounds = scope.slot(f"<rounds {node.lineno}>")

    def step(frame: Frame) -> Any:
        while True:
            value = test(frame)
            try:
                if not truth(value):
                    break
            except FAULTS as error:
                raise place.failure(error) from None
            frame[0] -= price
            frame[rounds] = 1 if frame[rounds] is UNSET else frame[rounds] + 1
            if frame[0] < 0:
                raise _endless(place, frame[rounds])
            signal = body(frame)
            if signal is BREAK:
                return None
            if signal is RETURN:
                return signal
        return other(frame) if other else None

    return step


def _endless(place: Place, rounds: int) -> Exception:
    line, _ = place.position()
    return place.failure(Complaint(f"line {line} ran {rounds:,} times; {STOPPED}"))


def _if(scope: Scope, node: ast.If) -> Step:
    test = compile_expression(scope, node.test)
    with scope.perhaps():
        body = compile_statements(scope, node.body)
    with scope.perhaps():
        other = compile_statements(scope, node.orelse) if node.orelse else None
    place = Place(scope.text, node.test)

    def step(frame: Frame) -> Any:
        holds = test(frame)
        if holds is not True and holds is not False:
            try:
                holds = truth(holds)
            except FAULTS as error:
                raise place.failure(error) from None
        if holds:
            return body(frame)
        return other(frame) if other else None

    return step


def _assert(scope: Scope, node: ast.Assert) -> Step:
    test = compile_expression(scope, node.test)
    place = Place(scope.text, node)

    def step(frame: Frame) -> Any:
        value = test(frame)
        try:
            if not truth(value):
                raise Complaint("this assertion does not hold")
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _pass(scope: Scope, node: ast.stmt) -> Step:
    return lambda frame: None


def _jump(signal: Signal) -> Callable[[Scope, Any], Step]:
    def compile_jump(scope: Scope, node: ast.stmt) -> Step:
        if not scope.loops:
            word = "break" if signal is BREAK else "continue"
            raise scope.refuse(node, f"`{word}` stands in a loop")
        return lambda frame: signal

    return compile_jump


def _return(scope: Scope, node: ast.Return) -> Step:
    if scope.outer is None:
        raise scope.refuse(
            node, "`return` stands in a function: end with the result itself"
        )
    value = compile_expression(scope, node.value) if node.value else None
    slot = scope.slot(_RETURNED)

    def step(frame: Frame) -> Any:
        frame[slot] = value(frame) if value else None
        return RETURN

    return step


def _define(scope: Scope, node: ast.FunctionDef) -> Step:
    inner, names, defaults = parameters(scope, node.args, node)
    inner.made |= assigned(node.body)
    returned = inner.slot(_RETURNED)
    run = compile_statements(inner, node.body)
    slot = scope.slot(node.name)

    def body(frame: Frame) -> Any:
        return frame[returned] if run(frame) is RETURN else None

    def step(frame: Frame) -> Any:
        values = {name: default(frame) for name, default in defaults.items()}
        frame[slot] = Closure(node.name, names, values, body, inner.size, frame)

    return step


def compile_lambda(scope: Scope, node: ast.Lambda) -> Step:
    """Return the closure that makes a function of one expression."""
    inner, names, defaults = parameters(scope, node.args, node)
    body = compile_expression(inner, node.body)

    def step(frame: Frame) -> Any:
        values = {name: default(frame) for name, default in defaults.items()}
        return Closure("lambda", names, values, body, inner.size, frame)

    return step


_STATEMENTS: dict[type[ast.AST], Callable[[Scope, Any], Step]] = {
    ast.Expr: _expression,
    ast.Assign: assign,
    ast.AnnAssign: assign,
    ast.AugAssign: augmented,
    ast.For: _for,
    ast.While: _while,
    ast.If: _if,
    ast.Assert: _assert,
    ast.Pass: _pass,
    ast.Import: _pass,
    ast.ImportFrom: _pass,
    ast.Break: _jump(BREAK),
    ast.Continue: _jump(CONTINUE),
    ast.Return: _return,
    ast.FunctionDef: _define,
}
