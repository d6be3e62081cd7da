"""Several lines: assignments, one after another, and the value of them all."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from drill.language.loom import FAULTS, NUMPY, Loom, Step
from drill.language.operators import Frame
from drill.language.parts import weave_key
from drill.language.place import Place
from drill.language.subscript import put
from drill.language.value import Complaint, kind_of, many
from drill.language.weave import weave

Store: TypeAlias = Callable[[Frame, Any], None]


def weave_block(loom: Loom, body: Sequence[ast.stmt], result: str | None) -> Step:
    """Return the closure that runs `body` and gives its value.

    The value is that of `result` when the lines assign it, else the last line's.

    Raises
    ------
    LanguageError
        When a line is neither a value nor an assignment.
    """
    lines = tuple(_line(loom, node) for node in body)
    place = loom.slot(result) if result in loom.made and result else 0

    def step(frame: Frame) -> Any:
        value: Any = None
        for line in lines:
            value = line(frame)
        return frame[place] if place else value

    return step


def _line(loom: Loom, node: ast.stmt) -> Step:
    if isinstance(node, ast.Expr):
        return weave(loom, node.value)
    if isinstance(node, ast.AugAssign):
        return _augmented(loom, node)
    assert isinstance(node, ast.Assign)
    value = weave(loom, node.value)
    stores = tuple(_store(loom, target) for target in node.targets)

    def step(frame: Frame) -> Any:
        result = value(frame)
        for store in stores:
            store(frame, result)
        return result

    return step


def _store(loom: Loom, target: ast.expr) -> Store:
    if isinstance(target, ast.Name):
        slot = _made(loom, target)
        return lambda frame, value: frame.__setitem__(slot, value)
    if isinstance(target, ast.Tuple | ast.List):
        return _unpacked(loom, target)
    if isinstance(target, ast.Subscript):
        return _entries(loom, target)
    raise loom.refuse(target, "`=` gives a value to a name: write the name before it")


def _made(loom: Loom, target: ast.Name) -> int:
    if target.id in NUMPY:
        raise loom.refuse(target, f"`{target.id}` is numpy: choose another name")
    loom.made.add(target.id)
    return loom.slot(target.id)


def _unpacked(loom: Loom, target: ast.Tuple | ast.List) -> Store:
    if not all(isinstance(name, ast.Name) for name in target.elts):
        raise loom.refuse(target, "only names can stand here, as a, b = …")
    slots = tuple(
        _made(loom, name) for name in target.elts if isinstance(name, ast.Name)
    )
    place = Place(loom.text, target)

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


def _entries(loom: Loom, target: ast.Subscript) -> Store:
    """Set entries of an array that the lines themselves have made."""
    name = target.value
    if not isinstance(name, ast.Name):
        raise loom.refuse(target, "only entries of a name can be set, as A[0] = 1")
    if name.id not in loom.made:
        known = name.id in loom.given
        raise loom.refuse(
            name,
            f"`{name.id}` was given and must stay: write {name.id} = {name.id}.copy()"
            " before"
            if known
            else f"there is no `{name.id}` yet: make it first, as np.zeros(…)",
        )
    slot = loom.slot(name.id)
    key = weave_key(loom, target.slice, weave)
    place = Place(loom.text, target)

    def store(frame: Frame, value: Any) -> None:
        index = key(frame)
        try:
            _alone(loom, frame, slot, name.id)
            frame[slot] = put(frame, frame[slot], index, value)
        except FAULTS as error:
            raise place.failure(error) from None

    return store


def _augmented(loom: Loom, node: ast.AugAssign) -> Step:
    """Weave ``x += y`` as ``x = x + y``, which changes no array in place."""
    target = node.target
    if not isinstance(target, ast.Name | ast.Subscript):
        raise loom.refuse(target, "only a name can be changed, as x += 1")
    combined = ast.BinOp(_read(target), node.op, node.value)
    value = weave(loom, ast.copy_location(combined, node))
    store = _store(loom, target)
    place = Place(loom.text, node)

    def step(frame: Frame) -> Any:
        result = value(frame)
        if isinstance(target, ast.Name):
            try:
                _alone(loom, frame, loom.slots[target.id], target.id)
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


def _alone(loom: Loom, frame: Frame, slot: int, name: str) -> None:
    """Refuse to change an array that, in numpy, another name would see change."""
    array = frame[slot]
    if not isinstance(array, np.ndarray):
        return
    for other, place in loom.slots.items():
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
