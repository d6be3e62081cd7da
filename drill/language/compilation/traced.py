"""Statements that tell what they did: compiled in place of those that do not."""

from __future__ import annotations

import ast
from typing import Any

from drill.errors import EvaluationError
from drill.language.compilation.scope import Scope, Step
from drill.language.operators import RUNTIME, UNSET, Frame

_PLAIN = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Assert)


def traced(scope: Scope, node: ast.stmt, step: Step) -> Step:
    """Return a closure that runs a statement between two calls of the tracer.

    Loops and branches are told by the statements inside them.
    """
    if not isinstance(node, _PLAIN):
        return step
    line = scope.text.typed(scope.text.offset(node.lineno, node.col_offset))[0]
    names = [
        each.id
        for target in _targets(node)
        for each in ast.walk(target)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    ]
    made = [(name, scope.slot(name)) for name in dict.fromkeys(names)]
    if isinstance(node, ast.Return):
        made = [("return", scope.slot("<returned>"))]
    around = [(name, scope.slot(name)) for name in scope.around]

    def values(frame: Frame, places: list[tuple[str, int]]) -> dict[str, Any]:
        return {name: frame[slot] for name, slot in places if frame[slot] is not UNSET}

    def run(frame: Frame) -> Any:
        tracer = frame[RUNTIME].tracer
        tracer.start(line)
        try:
            signal = step(frame)
        except EvaluationError as error:
            tracer.finish(values(frame, around), {}, error.problem)
            raise
        tracer.finish(values(frame, around), values(frame, made))
        return signal

    return run


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return [node.target]
    return []
