"""What the schema's types accept, in plain words and one level at a time."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import Meta, Struct, UnsetType
from msgspec.structs import FieldInfo

from drill.bank import schema


class Form(Struct, frozen=True):
    """One type of the schema, taken apart by what a YAML value can be.

    Attributes
    ----------
    leaf
        The type of a single value; None when only lists or mappings fit.
    item, entry
        What a list holds, and what a mapping of free names holds.
    structs : mapping
        The classes with named fields, by their tag; by '' when there is no tag.
    least, most : int or None
        How long a list or a mapping of free names may be.
    """

    leaf: Any = None
    item: Any = None
    entry: Any = None
    structs: tuple[tuple[str, type[Struct]], ...] = ()
    least: int | None = None
    most: int | None = None


@cache
def form(kind: Any) -> Form:
    """Take a type of the schema apart."""
    leaves: list[Any] = []
    structs: list[tuple[str, type[Struct]]] = []
    found: dict[str, Any] = {}
    for member, meta in _members(kind):
        origin, arguments = typing.get_origin(member), typing.get_args(member)
        if origin in (list, dict):
            found["item" if origin is list else "entry"] = arguments[-1]
            if meta is not None:
                found |= {"least": meta.min_length, "most": meta.max_length}
        elif isinstance(member, type) and issubclass(member, Struct):
            structs.append((str(member.__struct_config__.tag or ""), member))
        elif member is not UnsetType:
            leaves.append(member if meta is None else typing.Annotated[member, meta])
    leaf = typing.Union[tuple(leaves)] if leaves else None  # noqa: UP007
    return Form(leaf=leaf, structs=tuple(structs), **found)


@cache
def fields(kind: type[Struct]) -> dict[str, FieldInfo]:
    """Return the fields of a class of the schema by name."""
    return {field.name: field for field in msgspec.structs.fields(kind)}


def is_formula(leaf: Any) -> bool:
    """Tell whether texts of this type are formulas."""
    return bool(leaf == schema.Formula or schema.Formula in typing.get_args(leaf))


def _members(kind: Any) -> list[tuple[Any, Meta | None]]:
    """Return the members of a union, each with its constraints."""
    if typing.get_origin(kind) is typing.Annotated:
        member, meta = typing.get_args(kind)[:2]
        return [(member, meta)]
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return [pair for member in typing.get_args(kind) for pair in _members(member)]
    return [(kind, None)]


@cache
def wanted(kind: Any) -> str:
    """Say what a type accepts.

    Examples
    --------
    >>> from typing import Annotated
    >>> wanted(Annotated[int, Meta(ge=1, le=3)])
    'a whole number from 1 to 3'
    """
    shape = form(kind)
    words = [_leaf(member, meta) for member, meta in _members(shape.leaf)]
    if is_formula(shape.leaf):
        words = ["a formula"]
    words = list(dict.fromkeys(word for word in words if word))
    if shape.item is not None:
        words.append(f"a list{_count(shape)}")
    if shape.structs:
        named = fields(shape.structs[0][1])
        tagged = ["kind"] if shape.structs[0][0] else []
        required = tagged + [name for name, field in named.items() if field.required]
        keys = ", ".join(required or named)
        words.append(f"a mapping ({keys}{', …' * (required != list(named))})")
    elif shape.entry is not None:
        words.append(f"a mapping{_count(shape)} (name: value)")
    return " or ".join(words)


def _count(shape: Form) -> str:
    """Say how long a list or a mapping may be."""
    least, most = shape.least, shape.most
    if least is None:
        return "" if most is None else f" of at most {most}"
    if most is None:
        return f" of at least {least}"
    return f" of {least}" if least == most else f" of {least} to {most}"


def _leaf(member: Any, meta: Meta | None) -> str:
    if typing.get_origin(member) is Literal:
        return " or ".join(f"'{choice}'" for choice in typing.get_args(member))
    if meta is not None and meta.description is not None:
        return meta.description
    words = {bool: "true or false", str: "text", int: "a whole number"}
    return words.get(member, "a number" if member is float else "") + _range(meta)


def _range(meta: Meta | None) -> str:
    if meta is None:
        return ""
    if meta.ge is not None and meta.le is not None:
        return f" from {meta.ge} to {meta.le}"
    above = f"above {meta.gt}" if meta.gt is not None else ""
    below = f"below {meta.lt}" if meta.lt is not None else ""
    at_most = f"at most {meta.le}" if meta.le is not None else ""
    said = " and ".join(word for word in (above, below, at_most) if word)
    return f" {said}" if said else ""
