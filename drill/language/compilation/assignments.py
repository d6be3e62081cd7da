"""Assignments in programs: names, several at once, entries of what holds them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from drill.language.compilation.expressions import SYMBOLS, compile_expression
from drill.language.compilation.parts import compile_key
from drill.language.compilation.scope import FAULTS, NUMPY, Scope, Step
from drill.language.functions.containers import items
from drill.language.functions.indexing import put_in_place
from drill.language.operators import RUNTIME, Frame
from drill.language.syntax.position import Place
from drill.language.values import Complaint

Store: TypeAlias = Callable[[Frame, Any], None]
LAST = "<last>"


def kept(scope: Scope) -> int:
    """Return where the value of the last line is kept; functions keep none."""
    return scope.slot(LAST) if scope.outer is None else 0


def assign(scope: Scope, node: ast.Assign | ast.AnnAssign) -> Step:
    """Return the closure of ``a = b = value``."""
    if node.value is None:
        return lambda frame: None
    value = compile_expression(scope, node.value)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    stores = tuple(compile_target(scope, target) for target in targets)
    last = kept(scope)
    owner = _owner(scope, targets[0])
    slot = scope.certain(targets[0]) if len(targets) == 1 and not last else 0
    if slot:

        def put(frame: Frame) -> None:
            frame[slot] = value(frame)

        return put

    def step(frame: Frame) -> Any:
        result = value(frame)
        for store in stores:
            store(frame, result)
        if last:
            frame[last] = owner(frame) if owner else result

    return step


def _owner(scope: Scope, target: ast.expr) -> Step | None:
    """Return what reads the array whose entries are set: it is the line's value."""
    if not isinstance(target, ast.Subscript):
        return None
    while isinstance(target, ast.Subscript):
        target = target.value
    return compile_expression(scope, target)


def compile_target(scope: Scope, target: ast.expr) -> Store:
    """Return the closure that gives a value to a name, several, or an entry."""
    if isinstance(target, ast.Name):
        if target.id in NUMPY:
            raise scope.refuse(target, f"`{target.id}` is numpy: choose another name")
        slot = scope.slot(target.id)
        scope.sure.add(target.id)
        return lambda frame, value: frame.__setitem__(slot, value)
    if isinstance(target, ast.Tuple | ast.List):
        return _unpacked(scope, target)
    if isinstance(target, ast.Subscript):
        return _entries(scope, target)
    raise scope.refuse(target, "`=` gives a value to a name: write the name before it")


def _unpacked(scope: Scope, target: ast.Tuple | ast.List) -> Store:
    rest = [n for n, part in enumerate(target.elts) if isinstance(part, ast.Starred)]
    if len(rest) > 1:
        raise scope.refuse(target, "`*` stands before one of the names")
    stores = [
        compile_target(scope, part.value if isinstance(part, ast.Starred) else part)
        for part in target.elts
    ]
    place = Place(scope.text, target)

    def store(frame: Frame, value: Any) -> None:
        try:
            found = items(frame, value)
            if rest and len(found) >= len(stores) - 1:
                start = rest[0]
                end = start + len(found) - len(stores) + 1
                found[start:end] = [found[start:end]]
            if len(found) != len(stores):
                raise Complaint(f"{len(found)} values for {len(stores)} names")
        except FAULTS as error:
            raise place.failure(error) from None
        for each, item in zip(stores, found, strict=True):
            each(frame, item)

    return store


def _entries(scope: Scope, target: ast.Subscript) -> Store:
    name = target.value
    if isinstance(name, ast.Name) and name.id not in scope.known:
        raise scope.refuse(
            name, f"there is no `{name.id}` yet: make it first, as np.zeros(…)"
        )
    owner = compile_expression(scope, name)
    key = compile_key(scope, target.slice, compile_expression)
    place = Place(scope.text, target)
    told = name.id if scope.tracing and isinstance(name, ast.Name) else ""

    def store(frame: Frame, value: Any) -> None:
        holder = owner(frame)
        index = key(frame)
        if told:
            frame[RUNTIME].tracer.write(told, holder, index)
        try:
            put_in_place(frame, holder, index, value)
        except FAULTS as error:
            raise place.failure(error) from None

    return store


def augmented(scope: Scope, node: ast.AugAssign) -> Step:
    """Compile ``x += y``: an array or a list is changed in place, as in Python."""
    target = node.target
    if not isinstance(target, ast.Name | ast.Subscript):
        raise scope.refuse(target, "only a name or an entry can be changed")
    read: ast.expr = (
        ast.Name(target.id, ast.Load())
        if isinstance(target, ast.Name)
        else ast.Subscript(target.value, target.slice, ast.Load())
    )
    read = ast.copy_location(read, target)
    combined = ast.copy_location(ast.BinOp(read, node.op, node.value), node)
    before = compile_expression(scope, read)
    value = compile_expression(scope, combined)
    store = compile_target(scope, target)
    place = Place(scope.text, node)
    symbol = SYMBOLS[type(node.op)]
    last = kept(scope)
    owner = _owner(scope, target)

    slot = scope.certain(target)

    def step(frame: Frame) -> Any:
        old = frame[slot] if slot else before(frame)
        result = value(frame)
        if slot and not last and (type(result) is float or type(result) is int):
            frame[slot] = result
            return
        try:
            if isinstance(target, ast.Name) and _in_place(old, result, symbol):
                result = old
            else:
                store(frame, result)
        except FAULTS as error:
            raise place.failure(error) from None
        if last:
            frame[last] = owner(frame) if owner else result

    return step


def _in_place(old: Any, result: Any, symbol: str) -> bool:
    """Write a result into the value it comes from; False when it cannot hold it."""
    if isinstance(old, list) and isinstance(result, list):
        old[:] = result
        return True
    if not isinstance(old, np.ndarray):
        return False
    shape = result.shape if isinstance(result, np.ndarray) else ()
    if shape != old.shape:
        raise Complaint(f"{symbol}= cannot turn the shape {old.shape} into {shape}")
    if old.dtype.kind != "f" and result.dtype.kind == "f":
        # numpy refuses this for whole numbers, which the draw's may only be by chance.
        return False
    old[...] = result
    return True
