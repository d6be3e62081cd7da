"""Parts of a value: its attributes and its entries."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from drill.language import advice, sentences
from drill.language.loom import FAULTS, NUMPY, Loom, Step, Weave
from drill.language.operators import Frame
from drill.language.place import Place
from drill.language.price import shape_of, size_of
from drill.language.subscript import take
from drill.language.value import Complaint, kind_of


def attribute(loom: Loom, node: ast.Attribute, weave: Weave) -> Step:
    """Return the closure that reads an attribute, or a constant of numpy's."""
    path = loom.path(node)
    if path and path[0] in NUMPY:
        dotted = ".".join(path[1:])
        if dotted not in loom.table.constants:
            problem = advice.no_constant(dotted, loom.table)
            raise loom.refuse(node, problem)
        value = loom.table.constants[dotted]
        return lambda frame: value
    if path and path[0] in sentences.MODULES:
        raise loom.refuse(node, advice.module(path))
    read = _ATTRIBUTES.get(node.attr)
    if read is None:
        raise loom.refuse(node, advice.no_attribute(node.attr, loom.table))
    inner = weave(loom, node.value)
    place = Place(loom.text, node)

    def step(frame: Frame) -> Any:
        value = inner(frame)
        try:
            return read(value)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def subscript(loom: Loom, node: ast.Subscript, weave: Weave) -> Step:
    """Return the closure that takes entries out of a value."""
    inner = weave(loom, node.value)
    key = weave_key(loom, node.slice, weave)
    place = Place(loom.text, node)
    # A new axis makes an array even of a number.
    loom.quiet = False

    def step(frame: Frame) -> Any:
        value = inner(frame)
        index = key(frame)
        try:
            return take(frame, value, index)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def weave_key(loom: Loom, node: ast.expr, weave: Weave) -> Step:
    """Return the closure that computes what stands between square brackets."""
    if isinstance(node, ast.Slice):
        ends = (node.lower, node.upper, node.step)
        lower, upper, step = (weave(loom, end) if end else _nothing for end in ends)
        return lambda frame: slice(lower(frame), upper(frame), step(frame))
    if isinstance(node, ast.Constant) and node.value is ...:
        return lambda frame: ...
    if isinstance(node, ast.Tuple):
        keys = [weave_key(loom, item, weave) for item in node.elts]
        return lambda frame: tuple([key(frame) for key in keys])
    return weave(loom, node)


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
    "size": lambda value: size_of(_array_only(value, "size")),
    "ndim": lambda value: len(shape_of(_array_only(value, "ndim"))),
}
