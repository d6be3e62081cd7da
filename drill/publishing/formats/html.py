"""One page: it needs nothing from the network, and hides what should be tried first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drill.publishing.page import page
from drill.typesetting import html

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.published import Published, PublishedPart, Variant

SUFFIX = ".html"
STYLE = """
article { border-top: 1px solid #bbb; padding: .8em 0; break-inside: avoid; }
h2 { font-size: 1.2em; margin: 1.6em 0 .2em; break-after: avoid; }
h3 { font-size: 1em; margin: 0 0 .4em; font-weight: normal; color: #555; }
summary { cursor: pointer; color: #0b57a4; }
details { margin: .4em 0; }
nav ul { columns: 18em; padding-left: 1.2em; }
"""


def carries(question: Question) -> str:
    """Hold every kind of question."""
    return ""


def refused(variant: Variant) -> str:
    """Refuse none: nobody grades on a page."""
    return ""


def without(variant: Variant) -> Iterator[str]:
    """Leave out nothing."""
    return iter(())


def write(found: Sequence[Published]) -> bytes:
    """Write the page."""
    body = ["<h1>Questions</h1>"]
    if len(found) > 1:
        links = "".join(
            f'<li><a href="#{html.safe(one.question.id)}">{html.safe(one.question.id)}'
            "</a></li>"
            for one in found
        )
        body.append(f"<nav><ul>{links}</ul></nav>")
    for one in found:
        name = html.safe(one.question.id)
        body.append(f'<section id="{name}"><h2>{name}</h2>')
        for variant in one.variants:
            body += _variant(variant)
        body.append("</section>")
    return page("Questions", body, STYLE).encode()


def _variant(variant: Variant) -> Iterator[str]:
    ticket = html.safe(str(variant.ticket))
    yield f'<article id="{ticket}"><h3>{ticket}</h3>'
    yield html.blocks(variant.stem)
    several = len(variant.parts) > 1
    for number, part in enumerate(variant.parts, 1):
        if several:
            yield f"<h4>Part {number} of {len(variant.parts)}</h4>"
        yield html.blocks(part.prompt)
        if part.options:
            options = "".join(f"<li>{html.runs(one.runs)}</li>" for one in part.options)
            yield f'<ol class="options">{options}</ol>'
        yield f'<p class="quiet">Answer: {html.safe(part.form)}.</p>'
        for place, hint in enumerate(part.hints, 1):
            yield f"<details><summary>Hint {place} of {len(part.hints)}</summary>"
            yield f"{html.blocks(hint)}</details>"
    yield "<details><summary>Solution</summary>"
    for part in variant.parts:
        name = f"{html.safe(part.name)}: " if part.name else ""
        yield f"<p><strong>Answer:</strong> {name}{answer(part)}</p>"
    yield html.blocks(variant.solution)
    yield from _wrong(variant)
    yield "</details></article>"


def answer(part: PublishedPart) -> str:
    """Write the right answer."""
    return html.runs(part.answer_runs)


def _wrong(variant: Variant) -> Iterator[str]:
    for part in variant.parts:
        rows = [
            f"<dt>{html.runs(answer)}</dt><dd>{html.runs(said)}</dd>"
            for answer, said in part.explained
        ]
        if rows:
            name = f" ({html.safe(part.name)})" if part.name else ""
            yield f"<details><summary>Known mistakes{name}</summary>"
            yield f"<dl>{''.join(rows)}</dl></details>"
