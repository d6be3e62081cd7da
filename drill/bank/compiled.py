"""Bank files that were found to be right, kept so that they need not be read again.

What is kept is the file's content as the schema has it, and each question's digest: no
code, and nothing that a reader would have to trust beyond a sum over all of it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

import msgspec
from msgspec import Struct

from drill import cache
from drill.bank import schema
from drill.bank.answers import given
from drill.bank.claims import Claim
from drill.bank.compose import compose_question
from drill.bank.document import Path, Problems
from drill.bank.formulas import Own, define_functions
from drill.bank.question import DeferredQuestion, DeferredTopic, Question, Topic, Where
from drill.language import Definition, Program


class Line(Struct, frozen=True, array_like=True):
    """A claim of the file on a name, and where it stands."""

    what: str
    name: str
    line: int
    path: str


class Entry(Struct, frozen=True, array_like=True):
    """A question: what lists and choices tell of it, and the rest of it unread.

    Attributes
    ----------
    whole : msgspec.Raw
        A `schema.Question`, which is read when the question is composed.
    """

    id: str
    skill: str
    level: int
    minutes: float
    was: tuple[str, ...]
    digest: str
    line: int
    whole: msgspec.Raw


class Defined(Struct, frozen=True, array_like=True):
    """A function that the file defines: its lines, and those that it comes to call."""

    name: str
    line: int
    lines: int
    calls: tuple[str, ...]


class Compiled(Struct, frozen=True):
    """A checked file.

    Attributes
    ----------
    functions : str
        The text that defines them.
    """

    topic: str
    title: str
    group: str
    summary: str
    conventions: str
    functions: str
    defined: list[Defined]
    questions: list[Entry]
    claims: list[Line]


def kept(data: bytes) -> Compiled | None:
    """Return a bank file with these bytes as it was checked before, else None."""
    found = cache.read(data, 2)
    if found is None:
        return None
    try:
        return _READER.decode(found[1])
    except (msgspec.DecodeError, RecursionError):
        return None


_READER = msgspec.json.Decoder(Compiled)


def keep(
    data: bytes, entry: schema.Topic, topic: Topic, claims: Iterable[Claim]
) -> None:
    """Keep a checked file: first what a list of topics needs of it, then all."""
    head = {
        "topic": topic.id,
        "title": topic.title,
        "group": topic.group,
        "count": len(topic.questions),
    }
    content = Compiled(
        topic.id,
        topic.title,
        topic.group,
        topic.summary,
        topic.conventions,
        given(entry.functions) or "",
        [_defined(one) for one in topic.functions],
        [_entry(*both) for both in zip(topic.questions, entry.questions, strict=True)],
        [Line(one.what, one.name, one.line, one.path) for one in claims],
    )
    cache.write(data, [msgspec.json.encode(head), msgspec.json.encode(content)])


def _entry(question: Question, whole: schema.Question) -> Entry:
    return Entry(
        question.id,
        question.skill,
        question.level,
        question.minutes,
        question.was,
        question.digest,
        question.where.line,
        msgspec.Raw(msgspec.json.encode(whole)),
    )


def _defined(one: Definition) -> Defined:
    lines = one.source.count("\n") + 1
    return Defined(one.name, one.line, lines, tuple(sorted(one.calls)))


def compose_again(found: Compiled, file: str) -> Topic:
    """Make a topic of a file that was found to be right before, checking nothing."""
    problems = _Silent(file, {})

    @functools.cache
    def own(names: frozenset[str]) -> Own:
        text = _only(found, names)
        return define_functions(text, problems) if names else Own()

    programs: dict[str, Program] = {}

    def question(place: int, entry: Entry) -> DeferredQuestion:
        where = Where(file, entry.line)
        path = ("questions", place)

        def make() -> dict[str, Any]:
            whole = msgspec.json.decode(entry.whole, type=schema.Question)
            functions = own(_needed(found, bytes(entry.whole).decode()))
            made = compose_question(
                whole, found.topic, path, problems, programs, functions, entry.digest
            )
            return {**vars(made), "where": where}

        return DeferredQuestion(
            make,
            id=entry.id,
            topic=found.topic,
            skill=entry.skill,
            level=entry.level,
            minutes=entry.minutes,
            was=entry.was,
            digest=entry.digest,
            where=where,
        )

    def functions() -> tuple[Definition, ...]:
        everything = frozenset(one.name for one in found.defined)
        return tuple(own(everything).functions.values())

    return DeferredTopic(
        lambda: {"functions": functions()},
        id=found.topic,
        title=found.title,
        group=found.group,
        summary=found.summary,
        conventions=found.conventions,
        questions=tuple(question(*entry) for entry in enumerate(found.questions)),
        file=file,
    )


def _needed(found: Compiled, text: str) -> frozenset[str]:
    """Return the file's functions that a text may call, and those that they call.

    To define them all takes longer than to draw a question that calls none.
    """
    plain = normalize("NFKC", text)  # as Python reads names
    called = [one for one in found.defined if one.name in plain]
    needed = {name for one in called for name in (one.name, *one.calls)}
    return frozenset(one.name for one in found.defined if one.name in needed)


def _only(found: Compiled, names: frozenset[str]) -> str:
    """Return the text that defines functions, the lines of the others left blank."""
    lines = found.functions.split("\n")
    for one in found.defined:
        if one.name not in names:
            first = one.line - 1
            lines[first : first + one.lines] = [""] * one.lines
    return "\n".join(lines)


class _Silent(Problems):
    """Takes no complaint: what was right is right."""

    def add(self, path: Path, message: str, *, line: int | None = None) -> None:
        """Drop it."""
