"""Markdown with formulas that MathJax sets: for repositories, wikis and notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drill.typesetting import markdown

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.published import Published, Variant

SUFFIX = ".md"


def carries(question: Question) -> str:
    """Hold every kind of question."""
    return ""


def refused(variant: Variant) -> str:
    """Refuse none: nobody grades on a page."""
    return ""


def without(variant: Variant) -> Iterator[str]:
    """Yield what of a variant is not carried."""
    if variant.hinted:
        yield "hints"


def write(found: Sequence[Published]) -> bytes:
    """Write the questions, and after them the solutions."""
    pieces = ["# Questions"]
    for one in found:
        pieces.append(f"## {one.question.id}")
        for variant in one.variants:
            pieces += _asked(variant)
    pieces.append("# Solutions")
    for one in found:
        for variant in one.variants:
            pieces += _solved(variant)
    return ("\n\n".join(piece for piece in pieces if piece) + "\n").encode()


def _asked(variant: Variant) -> Iterator[str]:
    yield f"### {variant.ticket}"
    yield markdown.blocks(variant.stem)
    for number, part in enumerate(variant.parts, 1):
        if len(variant.parts) > 1:
            yield f"**Part {number} of {len(variant.parts)}**"
        yield markdown.blocks(part.prompt)
        yield "\n".join(
            f"- {one.letter}\\) {markdown.runs(one.runs)}" for one in part.options
        )
        yield f"*Answer: {markdown.safe(part.form)}.*"


def _solved(variant: Variant) -> Iterator[str]:
    yield f"### {variant.ticket}"
    for part in variant.parts:
        name = f"{markdown.safe(part.name)}: " if part.name else ""
        yield f"**Answer:** {name}{markdown.runs(part.answer_runs)}"
    yield markdown.blocks(variant.solution)
    for part in variant.parts:
        wrong = [
            f"- {markdown.runs(answer)}: {markdown.runs(said)}"
            for answer, said in part.explained
        ]
        if wrong:
            yield "Known wrong answers:"
            yield "\n".join(wrong)
