"""Comparisons: of numbers at once, of arrays entry by entry, in a row, and `in`."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from drill.language.compilation.scope import FAULTS, Compile, Scope, Step
from drill.language.functions.containers import contains
from drill.language.operators import (
    COMPARISONS,
    Frame,
    truth,
)
from drill.language.syntax.position import Place
from drill.language.values import (
    Complaint,
)

SIGNS: Mapping[type[ast.AST], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def _membership(scope: Scope, node: ast.Compare, compile_expression: Compile) -> Step:
    """Compile ``in`` and ``is None``."""
    left = compile_expression(scope, node.left)
    right = compile_expression(scope, node.comparators[0])
    place = Place(scope.text, node)
    kind = type(node.ops[0])
    if len(node.ops) > 1:
        raise scope.refuse(node, "write one comparison at a time, joined with `and`")

    def step(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        try:
            if kind in (ast.In, ast.NotIn):
                return contains(frame, a, b) is (kind is ast.In)
            if a is not None and b is not None:
                raise Complaint("`is` asks for None: compare with ==")
            return (a is b) is (kind is ast.Is)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def compare(scope: Scope, node: ast.Compare, compile_expression: Compile) -> Step:
    """Return the closure of one comparison, or of several in a row."""
    if any(isinstance(op, ast.In | ast.NotIn | ast.Is | ast.IsNot) for op in node.ops):
        return _membership(scope, node, compile_expression)
    place = Place(scope.text, node)
    first, *rest = (
        compile_expression(scope, value) for value in (node.left, *node.comparators)
    )
    pairs = [COMPARISONS[SIGNS[type(op)]] for op in node.ops]
    if len(pairs) > 1:
        return _row_of_comparisons(first, list(zip(pairs, rest, strict=True)), place)
    left, right = first, rest[0]
    quick, whole = pairs[0]
    slot = scope.certain(node.comparators[0])

    def step(frame: Frame) -> Any:
        a = left(frame)
        b = frame[slot] if slot else right(frame)
        one = type(a)
        two = type(b)
        if (one is int or one is float) and (two is int or two is float):
            return quick(a, b)
        try:
            return whole(frame, a, b)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _row_of_comparisons(first: Step, rest: list[Any], place: Place) -> Step:
    def step(frame: Frame) -> Any:
        a = first(frame)
        holds: Any = True
        for (_, whole), inner in rest:
            b = inner(frame)
            try:
                holds = whole(frame, a, b)
                if isinstance(holds, np.ndarray) and holds.size != 1:
                    raise Complaint(
                        "comparisons in a row take single numbers: for arrays write"
                        " (a < b) & (b < c), each in parentheses"
                    )
                if not truth(holds):
                    return holds
            except FAULTS as error:
                raise place.failure(error) from None
            a = b
        return holds

    return step
