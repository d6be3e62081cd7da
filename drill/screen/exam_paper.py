"""Exam papers and their keys on paper: Markdown, or one page of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from drill.drawing import Block, Filled, inline, prompt, say, solution, stem
from drill.exam.report import earned
from drill.grading import grade
from drill.screen import words
from drill.screen.exam import count
from drill.screen.sheet import rows_of
from drill.visible import shown

if TYPE_CHECKING:
    from drill.exam import Item, Paper, Place

Kind = Literal["title", "head", "text", "block", "option", "quiet", "room", "break"]
LONGEST = 20_000
# What Markdown would take for markup where it stands; prose is full of * and _.
_MARKUP = re.compile(
    r"[`\\]|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|\](?=[(:\[])|(?<=\S)\*|\*(?=\S)"
    r"|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)"
    r"|(?m:^(?:[#>+-](?=[\s#])|[=-](?=[=-]*[ ]*$)))"
)
# Lines to write on; one is enough for the other kinds.
LINES = {"array": 3, "expression": 4}

STYLE = """
body { font: 11pt/1.45 Georgia, 'Times New Roman', serif; margin: 2.5em auto;
  max-width: 44em; padding: 0 1em; color: #111; background: #fff; }
h1 { font-size: 1.5em; margin: 0 0 .2em; }
h2 { font-size: 1.1em; margin: 0 0 .4em; }
section { border-top: 1px solid #999; margin-top: 1.4em; padding-top: 1em;
  break-inside: avoid; }
p { margin: .5em 0; white-space: pre-wrap; }
pre { font: 10pt/1.35 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace;
  margin: .5em 0; overflow-x: auto; white-space: pre-wrap; }
ol { list-style: none; margin: .5em 0; padding: 0; }
.quiet { color: #555; font-size: .9em; }
.room { border-bottom: 1px dotted #777; height: 2.2em; }
@page { margin: 2cm; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


@dataclass(frozen=True)
class Piece:
    """A piece of a document: its kind, and its text."""

    kind: Kind
    text: str = ""


def paper_pieces(paper: Paper, minutes: int) -> Iterator[Piece]:
    """Yield what stands on the paper."""
    yield Piece("title", "Exam")
    points = count(paper.points, "point")
    asked = count(len(paper.items), "question")
    yield Piece("text", f"{asked}, {points}, {minutes} minutes. Name:")
    yield Piece("room")
    for item in paper.items:
        yield from _head(item)
        yield from _asked(paper, item, room=True)


def key_pieces(paper: Paper, minutes: int) -> Iterator[Piece]:
    """Yield what stands on the key: answers, what else earns something, solutions."""
    yield Piece("title", "Exam: key")
    points = count(paper.points, "point")
    yield Piece(
        "text",
        f"{count(len(paper.items), 'question')}, {points}, {minutes} minutes, seed"
        f" {paper.seed}.\n"
        "A right answer earns the points of its part; an answer that is right given a"
        " wrong earlier one, too. A wrong array earns its share of right entries, in"
        " halves of a point, when at least half of them are right and it is no known"
        " mistake. Every other wrong answer earns nothing.",
    )
    for item in paper.items:
        yield from _head(item)
        yield from _asked(paper, item, room=False)
        for place in _places(paper, item):
            yield from _scheme(place)
        yield Piece("quiet", "Solution:")
        yield from _prose(solution(item.instance))


def markdown(pieces: Iterator[Piece]) -> str:
    """Write a document as Markdown."""
    lines: list[str] = []
    for piece in pieces:
        text = shown(piece.text, LONGEST, block=True)
        if piece.kind not in ("block", "head"):
            text = _MARKUP.sub(r"\\\g<0>", text)
        match piece.kind:
            case "title":
                lines += [f"# {text}", ""]
            case "head":
                lines += [f"## {text}", ""]
            case "block":
                lines += [*(f"    {row}" for row in text.split("\n")), ""]
            case "option":
                lines += [f"- {text}"]
            case "room":
                lines += ["_" * 40, ""]
            case "break":
                lines += [] if lines and not lines[-1] else [""]
            case _:
                lines += [text, ""]
    return "\n".join(lines).rstrip() + "\n"


def html(pieces: Iterator[Piece]) -> str:
    """Write a document as one page that needs nothing else, and prints well.

    Nothing in a question is markup here: a bank's ``<`` is a smaller-than sign.
    """
    body: list[str] = []
    title, inside, listed = "Exam", False, False
    for piece in pieces:
        text = escape(shown(piece.text, LONGEST, block=True))
        if listed and piece.kind != "option":
            body.append("</ol>")
            listed = False
        match piece.kind:
            case "title":
                title = text
                body.append(f"<h1>{text}</h1>")
            case "head":
                body += ["</section>"] * inside + ["<section>", f"<h2>{text}</h2>"]
                inside = True
            case "block":
                body.append(f"<pre>{text}</pre>")
            case "option":
                body += [] if listed else ["<ol>"]
                listed = True
                body.append(f"<li>{text}</li>")
            case "room":
                body.append('<div class="room"></div>')
            case "quiet":
                body.append(f'<p class="quiet">{text}</p>')
            case "break":
                pass
            case _:
                body.append(f"<p>{text}</p>")
    body += ["</ol>"] * listed + ["</section>"] * inside
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _head(item: Item) -> Iterator[Piece]:
    yield Piece("head", f"{item.number}. ({count(item.points, 'point')})")
    yield Piece("quiet", str(item.instance.ticket))


def _places(paper: Paper, item: Item) -> list[Place]:
    return [place for place in paper.places if place.item is item]


def _asked(paper: Paper, item: Item, *, room: bool) -> Iterator[Piece]:
    yield from _prose(stem(item.instance))
    for place in _places(paper, item):
        target = place.target
        if len(item.instance.targets) > 1:
            points = count(place.points, "point")
            yield Piece("text", f"{place.name}. ({points})")
        yield from _prose(prompt(item.instance, place.part))
        for letter, option in zip(words.LETTERS, target.options, strict=False):
            yield Piece("option", f"{letter}) {option.text}")
        yield Piece("break")
        if room:
            yield Piece("quiet", f"Answer: {words.form(target)}.")
            yield from [Piece("room")] * LINES.get(target.part.answer.kind, 1)


def _scheme(place: Place) -> Iterator[Piece]:
    """Yield the right answer of a part, and what its known mistakes earn."""
    target = place.target
    points = count(place.points, "point")
    yield Piece("text", f"Answer {place.name}, {points} ({words.form(target)}):")
    yield Piece("block", words.answer_text(target))
    if wrong := list(_wrong(place)):
        yield Piece("quiet", "Known wrong answers:")
        yield from (Piece("option", text) for text in wrong)
        yield Piece("break")


def _wrong(place: Place) -> Iterator[str]:
    """List the known wrong answers, each with its points and what is wrong with it."""
    instance, target = place.item.instance, place.target
    if target.options:
        # What a choice of several earns is told for all of them at the top.
        for letter, option in zip(words.LETTERS, target.options, strict=False):
            if not option.right and option.why:
                yield f"{letter}), 0 points: {option.why}"
        return
    if target.part.answer.kind == "expression":
        for mistake in target.part.mistakes:
            told = say(mistake, instance.values)
            yield f"{mistake.value.source.strip()}, 0 points: {told}"
        return
    mistakes = {mistake.name: mistake for mistake in target.part.mistakes}
    for name, array in instance.mistakes(place.part).items():
        verdict = grade(instance, array, place.part)
        points = count(earned(place, verdict), "point")
        told = say(mistakes[name], instance.values)
        yield f"{inline(array)}, {points}: {told}"


def _prose(prose: Filled) -> Iterator[Piece]:
    for piece in prose:
        if isinstance(piece, Block):
            yield Piece("block", "\n".join(rows_of(piece)))
        elif piece.strip():
            yield Piece("text", piece.strip("\n"))
