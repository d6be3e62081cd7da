"""Who claims which question id: every id belongs to one question of the bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from drill.bank.document import Document, spelled
from drill.errors import Problem
from drill.visible import shown


class Claim(Struct, frozen=True):
    """A name that a place in a bank file takes for itself.

    Attributes
    ----------
    what : str
        ``topic``, ``id``, or ``was`` for an id that a question had before.
    """

    what: str
    name: str
    file: str
    line: int
    path: str


def claimed(document: Document, stem: str) -> Iterator[Claim]:
    """Yield what a file claims, also when other things in it are wrong."""
    problems = document.problems
    yield Claim("topic", stem, problems.file, problems.line(("topic",)), "topic")
    value = document.value
    questions = value.get("questions") if isinstance(value, dict) else None
    for place, question in enumerate(questions if isinstance(questions, list) else ()):
        if not isinstance(question, dict):
            continue
        path = ("questions", place)
        was = question.get("was")
        for what, names, steps in (
            ("id", [question.get("id")], ("id",)),
            ("was", was if isinstance(was, list) else [], ("was",)),
        ):
            for name in names:
                if isinstance(name, str):
                    line = problems.line((*path, *steps))
                    where = spelled((*path, *steps))
                    yield Claim(what, name, problems.file, line, where)


def clashes(claims: Iterable[Claim]) -> Iterator[Problem]:
    """Yield a problem for every claim on what is taken already."""
    taken: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        room = "topic" if claim.what == "topic" else "question"
        first = taken.setdefault((room, claim.name), claim)
        if first is claim:
            continue
        if first.file == claim.file:
            place = f"on line {first.line}"
        else:
            place = f"in {first.file}:{first.line}"
        before = " as the former id of a question" if first.what == "was" else ""
        yield Problem(
            claim.file,
            claim.line,
            claim.path,
            f"'{shown(claim.name, 64)}' is taken already{before}, {place}; rename one",
        )
