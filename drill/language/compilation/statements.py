"""Several lines: assignments, one after another, and the value of them all."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from drill.language.compilation.expressions import compile_expression
from drill.language.compilation.indexing import put
from drill.language.compilation.parts import compile_key
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
    if isinstance(node, ast.AugAssign):
        return _augmented(scope, node)
    assert isinstance(node, ast.Assign)
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
    if isinstance(target, ast.Subscript):
        return _entries(scope, target)
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


def _entries(scope: Scope, target: ast.Subscript) -> Store:
    """Set entries of an array that the lines themselves have made."""
    name = target.value
    if not isinstance(name, ast.Name):
        raise scope.refuse(target, "only entries of a name can be set, as A[0] = 1")
    if name.id not in scope.made:
        known = name.id in scope.given
        raise scope.refuse(
            name,
            f"`{name.id}` was given and must stay: write {name.id} = {name.id}.copy()"
            " before"
            if known
            else f"there is no `{name.id}` yet: make it first, as np.zeros(…)",
        )
    slot = scope.slot(name.id)
    key = compile_key(scope, target.slice, compile_expression)
    place = Place(scope.text, target)

    def store(frame: Frame, value: Any) -> None:
        index = key(frame)
        try:
            _alone(scope, frame, slot, name.id)
            frame[slot] = put(frame, frame[slot], index, value)
        except FAULTS as error:
            raise place.failure(error) from None

    return store


def _augmented(scope: Scope, node: ast.AugAssign) -> Step:
    """Compile ``x += y`` as ``x = x + y``, which changes no array in place."""
    target = node.target
    if not isinstance(target, ast.Name | ast.Subscript):
        raise scope.refuse(target, "only a name can be changed, as x += 1")
    combined = ast.BinOp(_read(target), node.op, node.value)
    value = compile_expression(scope, ast.copy_location(combined, node))
    store = _store(scope, target)
    place = Place(scope.text, node)

    def step(frame: Frame) -> Any:
        result = value(frame)
        if isinstance(target, ast.Name):
            try:
                _alone(scope, frame, scope.slots[target.id], target.id)
            except FAULTS as error:
                raise place.failure(error) from None
        store(frame, result)
        return result

    return step


def _read(target: ast.Name | ast.Subscript) -> ast.expr:
    """Return the expression that reads what `target` writes."""
    read: ast.expr
    if isinstance(target, ast.Name):
        read = ast.Name(target.id, ast.Load())
    else:
        read = ast.Subscript(target.value, target.slice, ast.Load())
    return ast.copy_location(read, target)


def _alone(scope: Scope, frame: Frame, slot: int, name: str) -> None:
    """Refuse to change an array that, in numpy, another name would see change."""
    array = frame[slot]
    if not isinstance(array, np.ndarray):
        return
    for other, place in scope.slots.items():
        if place == slot:
            continue
        stack = [frame[place]]
        while stack:
            value = stack.pop()
            if isinstance(value, tuple | list):
                stack.extend(value)
            elif isinstance(value, np.ndarray) and np.may_share_memory(array, value):
                raise Complaint(
                    f"`{other}` would change with `{name}`, they are one array: write"
                    f" {name} = {name}.copy() before"
                )
