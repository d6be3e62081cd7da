"""Exam papers and their keys on paper: Markdown, or one page of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from drill.drawing import Block, Filled, Instance, inline, prompt, say, solution, stem
from drill.exam.paper import worth
from drill.screen import words
from drill.screen.exam import count
from drill.screen.sheet import rows_of
from drill.visible import shown

if TYPE_CHECKING:
    from drill.exam import Item, Paper

Kind = Literal["title", "head", "text", "block", "option", "quiet", "room", "break"]
LONGEST = 20_000
# Lines to write on; one is enough for the other kinds.
LINES = {"array": 3, "expression": 4}

STYLE = """
body { font: 11pt/1.45 Georgia, 'Times New Roman', serif; margin: 2.5em auto;
  max-width: 44em; padding: 0 1em; color: #111; background: #fff; }
h1 { font-size: 1.5em; margin: 0 0 .2em; }
h2 { font-size: 1.1em; margin: 0 0 .4em; }
section { border-top: 1px solid #999; margin-top: 1.4em; padding-top: 1em;
  break-inside: avoid; }
p { margin: .5em 0; white-space: pre-line; }
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
        yield from _asked(item.instance, room=True)


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
        " halves of a point, when at least half of them are right. Every other wrong"
        " answer earns nothing.",
    )
    for item in paper.items:
        yield from _head(item)
        yield from _asked(item.instance, room=False)
        for part in range(len(item.instance.targets)):
            yield from _scheme(item.instance, part)
        yield Piece("quiet", "Solution:")
        yield from _prose(solution(item.instance))


def markdown(pieces: Iterator[Piece]) -> str:
    """Write a document as Markdown."""
    lines: list[str] = []
    for piece in pieces:
        text = shown(piece.text, LONGEST, block=True)
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


def _asked(instance: Instance, *, room: bool) -> Iterator[Piece]:
    yield from _prose(stem(instance))
    for part, target in enumerate(instance.targets):
        if len(instance.targets) > 1:
            points = count(worth(instance), "point")
            yield Piece("text", f"{'abcdef'[part]}) ({points})")
        yield from _prose(prompt(instance, part))
        for letter, option in zip(words.LETTERS, target.options, strict=False):
            yield Piece("option", f"{letter}) {option.text}")
        yield Piece("break")
        if room:
            yield Piece("quiet", f"Answer: {words.form(target)}.")
            yield from [Piece("room")] * LINES.get(target.part.answer.kind, 1)


def _scheme(instance: Instance, part: int) -> Iterator[Piece]:
    """Yield the right answer of a part, and its known mistakes."""
    target = instance.targets[part]
    of = f" {'abcdef'[part]})" if len(instance.targets) > 1 else ""
    points = count(worth(instance), "point")
    yield Piece("text", f"Answer{of}, {points} ({words.form(target)}):")
    yield Piece("block", words.answer_text(target))
    wrong = [
        f"{letter}) {option.why}"
        for letter, option in zip(words.LETTERS, target.options, strict=False)
        if not option.right and option.why
    ]
    if not target.options and target.part.answer.kind != "expression":
        sentences = {m.name: m for m in target.part.mistakes}
        wrong = [
            f"{inline(array)}: {say(sentences[name], instance.values)}"
            for name, array in instance.mistakes(part).items()
        ]
    if wrong:
        yield Piece("quiet", "Known wrong answers:")
        yield from (Piece("option", text) for text in wrong)
        yield Piece("break")


def _prose(prose: Filled) -> Iterator[Piece]:
    for piece in prose:
        if isinstance(piece, Block):
            yield Piece("block", "\n".join(rows_of(piece)))
        elif piece.strip():
            yield Piece("text", piece.strip("\n"))
