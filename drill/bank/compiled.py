"""Bank files that were found to be right, kept so that they need not be read again.

What is kept is the file's content as the schema has it, and each question's digest: no
code, and nothing that a reader would have to trust beyond a sum over all of it.
"""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from drill import cache
from drill.bank import schema
from drill.bank.answers import given
from drill.bank.compose import compose_question
from drill.bank.document import Path, Problems
from drill.bank.formulas import Own, define_functions
from drill.bank.question import DeferredQuestion, DeferredTopic, Topic, Where
from drill.language import Program


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A claim of the file on a name, and where it stands."""

    what: str
    name: str
    line: int
    path: str


class Compiled(msgspec.Struct, frozen=True):
    """A checked file.

    Attributes
    ----------
    topic : schema.Topic
        Its content.
    digests : list of str
        One for each question, in order.
    lines : list of int
        The line that each starts at.
    claims : list of Line
    """

    topic: schema.Topic
    digests: list[str]
    lines: list[int]
    claims: list[Line]


def kept(data: bytes) -> Compiled | None:
    """Return a bank file with these bytes as it was checked before, else None."""
    found = cache.read(data, 2)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found[1], type=Compiled)
    except (msgspec.DecodeError, RecursionError):
        return None


def keep(data: bytes, content: Compiled) -> None:
    """Keep a checked file: first what a list of topics needs of it, then all."""
    topic = content.topic
    head = {
        "topic": topic.topic,
        "title": topic.title,
        "group": given(topic.group) or "",
        "count": len(topic.questions),
    }
    cache.write(data, [msgspec.json.encode(head), msgspec.json.encode(content)])


def compose_again(found: Compiled, file: str) -> Topic:
    """Make a topic of a file that was found to be right before, checking nothing."""
    problems = _Silent(file, {})
    topic = found.topic

    @functools.cache
    def own() -> Own:
        return define_functions(given(topic.functions), problems)

    programs: dict[str, Program] = {}

    def question(place: int) -> DeferredQuestion:
        entry, digest = topic.questions[place], found.digests[place]
        where = Where(file, found.lines[place])
        path = ("questions", place)

        def make() -> dict[str, Any]:
            made = compose_question(
                entry, topic.topic, path, problems, programs, own(), digest
            )
            return {**vars(made), "where": where}

        return DeferredQuestion(
            make,
            id=entry.id,
            topic=topic.topic,
            skill=entry.skill,
            level=entry.level,
            minutes=entry.minutes,
            was=tuple(entry.was),
            digest=digest,
            where=where,
        )

    return DeferredTopic(
        lambda: {"functions": tuple(own().functions.values())},
        id=topic.topic,
        title=topic.title,
        group=given(topic.group) or "",
        summary=given(topic.summary) or "",
        conventions=given(topic.conventions) or "",
        questions=tuple(map(question, range(len(topic.questions)))),
        file=file,
    )


class _Silent(Problems):
    """Takes no complaint: what was right is right."""

    def add(self, path: Path, message: str, *, line: int | None = None) -> None:
        """Drop it."""
