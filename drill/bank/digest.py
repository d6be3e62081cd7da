"""The digest of a question: everything that decides what is asked and what is right.

A ticket carries its first digits, so an edited question no longer opens an old
ticket.  What only explains (hints, solution, what is said to a mistake) may be
improved without making anybody's ticket worthless.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from drill.bank import schema
from drill.bank.form import fields

NONE: Mapping[str, str] = MappingProxyType({})
_EXPLAINS = frozenset({"why"})


def digest(question: schema.Question, functions: Mapping[str, str] = NONE) -> str:
    """Return the question's digest: SHA-256 of canonical JSON, in hexadecimal.

    Parameters
    ----------
    question : schema.Question
    functions : mapping of str to str
        The source of each function of the file that its formulas come to call.

    Fields that have their default are left out, so that a field added to the format
    later leaves every digest as it is.
    """
    content: dict[str, Any] = {
        "id": question.id,
        "draw": _plain(question.draw),
        "let": _plain(question.let),
        "require": _plain(question.require),
        "ask": question.ask,
    }
    if isinstance(question.parts, list):
        content["parts"] = [
            {
                "name": part.name,
                "ask": part.ask,
                **_answer(part.answer, part.mistakes),
            }
            for part in question.parts
        ]
    elif isinstance(question.answer, schema.Answer):
        content |= _answer(question.answer, question.mistakes)
    if functions:
        content["functions"] = dict(functions)
    text = json.dumps(
        content,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
        allow_nan=False,
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _answer(
    answer: schema.Answer, mistakes: dict[str, schema.Mistake]
) -> dict[str, Any]:
    """Return an answer, and the mistakes that decide which draws and options are."""
    content: dict[str, Any] = {
        "answer": {"kind": answer.__struct_config__.tag, **_plain(answer)},
        "mistakes": {
            name: mistake.value
            for name, mistake in mistakes.items()
            if mistake.must_differ
        },
    }
    if isinstance(answer, schema.Choice) and answer.distractors:
        # Options are dealt from the mistakes in their order in the file.
        content["options"] = [
            [name, mistake.value]
            for name, mistake in mistakes.items()
            if name in answer.distractors
        ]
    return content


def _plain(value: Any) -> Any:
    """Return plain values: no defaults, and nothing that only explains."""
    if isinstance(value, msgspec.Struct):
        return {
            field.name: _plain(item)
            for field in fields(type(value)).values()
            if field.name not in _EXPLAINS
            and (item := getattr(value, field.name)) is not msgspec.UNSET
            and (field.required or item != _default(field))
        }
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default
