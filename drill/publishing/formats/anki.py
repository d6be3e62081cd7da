"""Anki packages: a note for each variant, which a new edition of it updates.

A note's guid comes from the question and the seed, not from the digest: whoever imports
a later edition keeps the schedule of each card.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drill import clock
from drill.extras import needed
from drill.publishing import embedded

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.published import Published, PublishedPart, Variant

SUFFIX = ".apkg"
# Written once: with another number every card would be a new one to Anki.
MODEL = 1_753_090_511
DECKS = 1_700_000_000
FIELDS = ("Ticket", "Question", "Hints", "Answer", "Mistakes", "Solution")
STYLE = """
.card { font: 18px/1.5 Georgia, serif; text-align: left; max-width: 40em;
  margin: 0 auto; }
.quiet { opacity: .7; font-size: .85em; }
ol.options { list-style: lower-alpha; }
code { white-space: pre-wrap; }
"""
FRONT = (
    '{{Question}}{{#Hints}}<details><summary class="quiet">Hints</summary>{{Hints}}'
    "</details>{{/Hints}}"
)
BACK = (
    "{{FrontSide}}<hr id=answer>{{Answer}}{{Solution}}"
    "{{#Mistakes}}<details><summary>Was it one of these?</summary>{{Mistakes}}"
    '</details>{{/Mistakes}}<p class="quiet">{{Ticket}}</p>'
)


def carries(question: Question) -> str:
    """Hold every kind of question."""
    return ""


def refused(variant: Variant) -> str:
    """Refuse none: whoever turns a card grades it."""
    return ""


def without(variant: Variant) -> Iterator[str]:
    """Yield what of a variant is not carried."""
    yield "grading: whoever turns the card compares the answer"


def write(found: Sequence[Published]) -> bytes:
    """Write the package."""
    genanki = needed("genanki", "anki", "a deck for Anki")
    model = genanki.Model(
        MODEL,
        "drill question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    decks: dict[str, Any] = {}
    for one in found:
        topic = one.question.topic
        if topic not in decks:
            decks[topic] = genanki.Deck(_number(topic), f"drill::{topic}")
        for variant in one.variants:
            decks[topic].add_note(_note(genanki, model, variant))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drill.apkg"
        # Anki takes a note's new text only when it is the newer one.
        package = genanki.Package(list(decks.values()))
        package.write_to_file(path, timestamp=clock.now().timestamp())
        return path.read_bytes()


def guid(variant: Variant) -> str:
    """Return the name by which Anki knows a note again."""
    ticket = variant.ticket
    text = f"drill {ticket.question}@{ticket.seed}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _number(topic: str) -> int:
    """Return a deck's id, the same each time."""
    digest = hashlib.sha256(f"drill deck {topic}".encode()).digest()
    return DECKS + int.from_bytes(digest[:3], "big")


def _note(genanki: Any, model: Any, variant: Variant) -> Any:
    question = variant.instance.question
    tags = ["drill", question.topic, question.skill, f"level-{question.level}"]
    return genanki.Note(
        model=model, fields=list(_fields(variant)), guid=guid(variant), tags=tags
    )


def _fields(variant: Variant) -> Iterator[str]:
    parts = variant.parts
    yield embedded.safe(str(variant.ticket))
    yield embedded.blocks(variant.stem) + "".join(
        _named(variant, place, _asked(part)) for place, part in enumerate(parts)
    )
    yield "".join(embedded.blocks(hint) for part in parts for hint in part.hints)
    yield "".join(
        _named(variant, place, _answer(part)) for place, part in enumerate(parts)
    )
    yield "".join(map(_mistakes, parts))
    yield embedded.blocks(variant.solution)


def _named(variant: Variant, place: int, inside: str) -> str:
    if len(variant.parts) == 1:
        return inside
    return f"<p><b>Part {place + 1} of {len(variant.parts)}</b></p>{inside}"


def _asked(part: PublishedPart) -> str:
    options = "".join(f"<li>{embedded.runs(one.runs)}</li>" for one in part.options)
    listed = f'<ol class="options">{options}</ol>' if options else ""
    told = f'<p class="quiet">Answer: {embedded.safe(part.form)}.</p>'
    return embedded.blocks(part.prompt) + listed + told


def _answer(part: PublishedPart) -> str:
    if part.kind == "expression":
        return embedded.listing(part.answer)
    return f"<p><b>{embedded.runs(part.answer_runs)}</b></p>"


def _mistakes(part: PublishedPart) -> str:
    rows = [
        f"<li>{embedded.runs(answer)}: {embedded.runs(said)}</li>"
        for answer, said in part.explained
    ]
    return f"<ul>{''.join(rows)}</ul>" if rows else ""
