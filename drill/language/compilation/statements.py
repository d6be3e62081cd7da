"""Several lines: assignments, one after another, and the value of them all."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from drill.language.compilation.expressions import compile_expression
from drill.language.compilation.scope import FAULTS, NUMPY, Scope, Step
from drill.language.operators import Frame
from drill.language.syntax.position import Place
from drill.language.values import Complaint, kind_of, many

Store: TypeAlias = Callable[[Frame, Any], None]


def compile_block(scope: Scope, body: Sequence[ast.stmt], result: str | None) -> Step:
    """Return the closure that runs `body` and gives its value.

    The value is that of `result` when the lines assign it, else the last line's.

    Raises
    ------
    LanguageError
        When a line is neither a value nor an assignment.
    """
    lines = tuple(_line(scope, node) for node in body)
    place = scope.slot(result) if result in scope.made and result else 0

    def step(frame: Frame) -> Any:
        value: Any = None
        for line in lines:
            value = line(frame)
        return frame[place] if place else value

    return step


def _line(scope: Scope, node: ast.stmt) -> Step:
    if isinstance(node, ast.Expr):
        return compile_expression(scope, node.value)
    if not isinstance(node, ast.Assign):
        raise scope.refuse(node, "only a name can be given a value, as x = …")
    value = compile_expression(scope, node.value)
    stores = tuple(_store(scope, target) for target in node.targets)

    def step(frame: Frame) -> Any:
        result = value(frame)
        for store in stores:
            store(frame, result)
        return result

    return step


def _store(scope: Scope, target: ast.expr) -> Store:
    if isinstance(target, ast.Name):
        slot = _made(scope, target)
        return lambda frame, value: frame.__setitem__(slot, value)
    if isinstance(target, ast.Tuple | ast.List):
        return _unpacked(scope, target)
    raise scope.refuse(target, "`=` gives a value to a name: write the name before it")


def _made(scope: Scope, target: ast.Name) -> int:
    if target.id in NUMPY:
        raise scope.refuse(target, f"`{target.id}` is numpy: choose another name")
    scope.made.add(target.id)
    return scope.slot(target.id)


def _unpacked(scope: Scope, target: ast.Tuple | ast.List) -> Store:
    if not all(isinstance(name, ast.Name) for name in target.elts):
        raise scope.refuse(target, "only names can stand here, as a, b = …")
    slots = tuple(
        _made(scope, name) for name in target.elts if isinstance(name, ast.Name)
    )
    place = Place(scope.text, target)

    def store(frame: Frame, value: Any) -> None:
        try:
            if not isinstance(value, tuple | list | np.ndarray):
                raise Complaint(f"{kind_of(value)} cannot be shared among names")
            if len(value) != len(slots):
                raise Complaint(
                    f"{many(len(value), 'value', 'values')} for {len(slots)} names"
                )
        except FAULTS as error:
            raise place.failure(error) from None
        for slot, item in zip(slots, value, strict=True):
            frame[slot] = item.item() if isinstance(item, np.generic) else item

    return store
