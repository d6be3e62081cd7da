"""Why plain values do not fit the schema: every reason, in plain words.

Whether they fit is msgspec's decision; it stops at the first misfit and speaks of
types.  Here the values are walked again, only after it refused.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Meta, Struct

from drill.bank.document import BROKEN, Path, Problems, nearest
from drill.bank.form import fields, form, wanted
from drill.visible import shown

_ONLY_TEXT = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "true": "true",
    "no": "false",
    "off": "false",
    "n": "false",
    "false": "false",
}


def convert(value: object, kind: Any, path: Path, problems: Problems) -> Any:
    """Turn plain values into the schema's classes.

    Returns
    -------
    object
        BROKEN when they do not fit; then every reason is among `problems`.
    """
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        before = len(problems.found)
        explain(value, kind, path, problems)
        if len(problems.found) == before and not _holds_broken(value):
            problems.add(path, shown(str(error)))
        return BROKEN


def explain(value: object, kind: Any, path: Path, problems: Problems) -> None:
    """Note every reason why `value` is no `kind`."""
    shape = form(kind)
    if value is BROKEN or problems.flooded:
        return
    if isinstance(value, dict) and shape.structs:
        _explain_struct(value, shape.structs, path, problems)
    elif isinstance(value, dict) and shape.entry is not None:
        _explain_count(value, kind, path, problems)
        for name, entry in value.items():
            explain(entry, shape.entry, (*path, name), problems)
    elif isinstance(value, list) and shape.item is not None:
        _explain_count(value, kind, path, problems)
        for place, item in enumerate(value):
            explain(item, shape.item, (*path, place), problems)
    else:
        _explain_leaf(value, kind, path, problems)


def _explain_count(
    value: list[object] | dict[str, object], kind: Any, path: Path, problems: Problems
) -> None:
    """Complain of a list or a mapping that is too short or too long."""
    shape = form(kind)
    few = shape.least is not None and len(value) < shape.least
    many = shape.most is not None and len(value) > shape.most
    if few or many:
        problems.add(path, f"must be {wanted(kind)}, got {len(value)}")


def _explain_struct(
    value: dict[str, object],
    structs: tuple[tuple[str, type[Struct]], ...],
    path: Path,
    problems: Problems,
) -> None:
    known = dict(structs)
    tag = ""
    if "" not in known:
        kinds = ", ".join(known)
        given = value.get("kind")
        if given is BROKEN:
            return
        if "kind" not in value:
            _explain_kindless(value, known, path, problems)
            return
        if not isinstance(given, str) or given not in known:
            near = nearest(given, known) if isinstance(given, str) else ""
            problems.add(
                (*path, "kind"),
                f"unknown kind {got(given)}{near or f'; the kinds are {kinds}'}",
            )
            return
        tag = given
    names = fields(known[tag])
    meant = set()
    for key, item in value.items():
        if problems.flooded:
            return
        if key in names:
            explain(item, names[key].type, (*path, key), problems)
        elif key != "kind" or not tag:
            free = [name for name in names if name not in value]
            near = nearest(key, free) or nearest(key, names)
            meant.add(near)
            what = f"unknown key '{shown(key, 40)}'"
            here = ", ".join(["kind", *names] if tag else names)
            problems.add((*path, key), f"{what}{near or f'; the keys here are {here}'}")
    for name, field in names.items():
        # A misspelt key is one mistake, not a second one for what it left out.
        if field.required and name not in value and nearest(name, [name]) not in meant:
            problems.add(path, f"missing key '{name}'")


def _explain_kindless(
    value: dict[str, object],
    known: dict[str, type[Struct]],
    path: Path,
    problems: Problems,
) -> None:
    """Find what stands where 'kind' should, and what belongs to no kind at all."""
    names = {name for struct in known.values() for name in fields(struct)}
    meant = False
    for key in value:
        if key not in names and not problems.flooded:
            near = nearest(key, {*names, "kind"})
            meant = meant or near == nearest("kind", ["kind"])
            problems.add((*path, key), f"unknown key '{shown(key, 40)}'{near}")
    if not meant:
        problems.add(path, f"missing key 'kind': one of {', '.join(known)}")


def _explain_leaf(value: object, kind: Any, path: Path, problems: Problems) -> None:
    leaf = form(kind).leaf
    if leaf is not None:
        try:
            msgspec.convert(value, leaf, strict=True)
            return
        except msgspec.ValidationError:
            pass
    if isinstance(value, str):
        length = _length(value, leaf)
        if length:
            problems.add(path, length)
            return
    hint = ""
    if isinstance(value, str):
        word = value.lower()
        if "true or false" in wanted(kind) and word in _ONLY_TEXT:
            hint = f"; '{value}' is text here, write {_ONLY_TEXT[word]}"
        elif word in _ONLY_TEXT:
            hint = f"; '{value}' is text here"
    problems.add(path, f"must be {wanted(kind)}, got {got(value)}{hint}")


def _length(value: str, leaf: Any) -> str:
    """Say that a text is too short or too long, if that is what is wrong."""
    for member in (leaf, *typing.get_args(leaf)):
        if typing.get_origin(member) is typing.Annotated:
            base, meta = typing.get_args(member)[:2]
            if base is str and isinstance(meta, Meta):
                if not value and (meta.min_length or meta.pattern):
                    return "must not be empty"
                if meta.max_length is not None and len(value) > meta.max_length:
                    return f"has {len(value):,} characters; {meta.max_length:,} at most"
    return ""


def got(value: object) -> str:
    """Name a foreign value in a message.

    Examples
    --------
    >>> got(None), got(True), got("two"), got(2.5), got([1])
    ('nothing', 'true', "'two'", '2.5', 'a list')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{shown(value, 40)}'"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    return str(value)


def _holds_broken(value: object) -> bool:
    """Tell whether a value was refused somewhere inside already."""
    if isinstance(value, dict):
        return any(_holds_broken(item) for item in value.values())
    if isinstance(value, list):
        return any(_holds_broken(item) for item in value)
    return value is BROKEN


def leaves(value: object, kind: Any, path: Path) -> Iterator[tuple[Path, str, Any]]:
    """Yield every text of `value` with its path and the type that it should have.

    What stands where nothing is known to belong is left out.
    """
    shape = form(kind)
    if isinstance(value, dict):
        known = dict(shape.structs)
        struct = known.get("") or known.get(str(value.get("kind")))
        for key, item in value.items():
            if struct is not None and key in fields(struct):
                yield from leaves(item, fields(struct)[key].type, (*path, key))
            elif struct is None and shape.entry is not None:
                yield from leaves(item, shape.entry, (*path, key))
    elif isinstance(value, list) and shape.item is not None:
        for place, item in enumerate(value):
            yield from leaves(item, shape.item, (*path, place))
    elif isinstance(value, str) and shape.leaf is not None:
        yield path, value, shape.leaf
