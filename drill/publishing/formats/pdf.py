"""Questions on paper, and after them their solutions, by way of Typst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drill.publishing.papers.sheet import (
    Choices,
    PartHead,
    Piece,
    Prose,
    Worked,
    Wrong,
    right,
    room,
    wrong_rows,
)
from drill.publishing.papers.typst import question, start
from drill.publishing.print import pdf
from drill.typesetting import typst

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.published import Published, Variant

SUFFIX = ".pdf"


def carries(question: Question) -> str:
    """Hold every kind of question."""
    return ""


def refused(variant: Variant) -> str:
    """Refuse none: nobody grades on paper but a person."""
    return ""


def without(variant: Variant) -> Iterator[str]:
    """Yield what of a variant is not carried."""
    if variant.hinted:
        yield "hints"


def write(found: Sequence[Published]) -> bytes:
    """Write the document."""
    return pdf(source(found))


def source(found: Sequence[Published]) -> str:
    """Write it in the notation of Typst."""
    pieces = [start("a4", "Questions", "")]
    for heading, written in (("Questions", _asked), ("Solutions", _solved)):
        splits = written is _solved
        pieces.append(f"#section({typst.string(heading)})")
        for one in found:
            pieces.append(f"#topic({typst.string(one.question.id)})")
            for number, variant in enumerate(one.variants, 1):
                ticket = str(variant.ticket)
                pieces.append(
                    question(str(number), "", ticket, written(variant), splits=splits)
                )
    return "\n\n".join(pieces)


def _asked(variant: Variant) -> Iterator[Piece]:
    yield Prose(variant.stem)
    for number, part in enumerate(variant.parts, 1):
        if len(variant.parts) > 1:
            yield PartHead(f"Part {number}", None)
        yield Prose(part.prompt)
        if part.options:
            yield Choices(tuple((o.letter, o.runs, False) for o in part.options))
        yield room(part)


def _solved(variant: Variant) -> Iterator[Piece]:
    for number, part in enumerate(variant.parts, 1):
        name = f" {number}" if len(variant.parts) > 1 else ""
        yield right(part, f"Answer{name}: ")
        if rows := tuple(wrong_rows(part)):
            yield Wrong(rows)
    yield Worked(variant.solution)
