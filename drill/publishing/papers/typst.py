"""Sheets in the notation of Typst, and so as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

from drill.publishing.papers.sheet import (
    Choices,
    PartHead,
    Piece,
    Prose,
    Right,
    Room,
    Sheet,
    Table,
    Worked,
    Wrong,
)
from drill.publishing.print import pdf
from drill.typesetting import Code, Run, typst
from drill.visible import counted

WIDEST = 24
"""Of a program that has room beside what is said of it."""

# A question that is taller than a page must break, or its end would be lost.
STYLE = """
#let grey(body) = text(size: 0.85em, fill: luma(90), body)
#let quiet(body) = block(above: 0.9em, below: 0.7em, sticky: true, grey(body))
#let worth(body) = text(size: 0.9em, body)
#let mark(number) = context [#metadata((number, here().page())) <question-page>]
#let question(number, points, ticket, splits, body) = {
  v(2em, weak: true)
  layout(size => {
    let wide = calc.max(1.7, 0.6 * number.len() + 0.7) * 1em
    let whole = grid(columns: (wide, 1fr), strong(number + "."), {
      block(below: 0.8em, sticky: true,
        text(size: 0.75em, fill: luma(110), ticket) + h(1fr) + worth(points))
      mark(number)
      body
      mark(number)
    })
    let room = page.height - 4.6cm
    let tall = measure(whole, width: size.width).height > room
    block(width: 100%, breakable: splits or tall, whole)
  })
}
#let part(name, points) = block(above: 1.2em, below: 0.6em, sticky: true,
  strong(name) + h(1fr) + worth(points))
#let tick(right) = box(width: 0.8em, height: 0.8em, stroke: 0.6pt, baseline: 0.1em,
  if right { align(center + horizon, text(size: 0.9em)[×]) })
#let choice(right, letter, place, body) = block(above: 0.75em, below: 0.75em, grid(
  columns: (1.4em, 1.5em, 1fr), align: place, tick(right), letter + ")", body))
#let answer(note, place) = block(above: 1em, below: 0.4em, grid(
  columns: 2, column-gutter: 0.8em, align: horizon, text(size: 0.9em, note), place))
#let answer-box = rect(width: 5cm, height: 0.95cm, stroke: 0.6pt)
#let answer-field = rect(width: 100%, height: 2.8cm, stroke: 0.6pt)
#let answer-cells(rows, columns) = grid(
  columns: (1.45cm,) * columns, rows: (0.85cm,) * rows, stroke: 0.6pt,
  ..range(rows * columns).map(_ => []))
#let answer-lines(rows) = block(above: 0.4em, range(rows).map(_ =>
  block(above: 0.95cm, below: 0pt,
    line(length: 100%, stroke: (paint: luma(110), thickness: 0.5pt, dash: "dotted")))
).join())
#let wrong(place, gap, ..cells) = block(inset: (left: 0.4em), text(size: 0.9em, grid(
  columns: (auto, auto, 1fr), align: place, column-gutter: 1em, row-gutter: gap,
  ..cells)))
#let wrong-wide(..cells) = block(inset: (left: 0.4em), text(size: 0.9em, grid(
  columns: 1fr, row-gutter: 1.1em, ..cells)))
#let worked(body) = block(above: 1em, inset: (left: 0.8em),
  stroke: (left: 1.2pt + luma(190)), body)
#let section(title) = { pagebreak(weak: true)
  text(size: 1.6em, weight: "bold", title) }
#let topic(name) = block(above: 2.4em, below: 0.6em, sticky: true,
  text(size: 1.15em, weight: "bold", name))
#let head(title, facts, code) = grid(
  columns: (1fr, auto), align: (left, right + bottom),
  text(size: 1.6em, weight: "bold", title), [#facts \\ Paper #code])
"""


def write(sheet: Sheet | Table, page: str) -> bytes:
    """Write a sheet as PDF."""
    return pdf(source(sheet, page))


def source(sheet: Sheet | Table, page: str) -> str:
    """Write a sheet in the notation of Typst, without the preamble.

    Parameters
    ----------
    sheet : Sheet or Table
    page : str
        ``A4`` or ``Letter``.
    """
    paper = {"A4": "a4", "Letter": "us-letter"}[page]
    if isinstance(sheet, Table):
        return start(paper, sheet.title, "", flipped=True) + "\n\n".join(_table(sheet))
    written = [start(paper, sheet.title, sheet.code), *_header(sheet)]
    for one in sheet.questions:
        texts = (str(one.number), worth(one.points), one.ticket)
        written.append(question(*texts, one.pieces, splits=sheet.is_key))
    return "\n\n".join(written)


def start(paper: str, title: str, code: str, *, flipped: bool = False) -> str:
    named = f"{title}, paper {code}" if code else title
    """Write what stands before everything else: styles, the page and its foot."""
    return f"""
{STYLE}
#set document(title: {typst.string(named)})
#set page(paper: "{paper}", flipped: {str(flipped).lower()},
  margin: (x: 2.1cm, top: 2cm, bottom: 2.2cm),
  footer: context grey({typst.string(named)} + h(1fr) + "page " +
    counter(page).display("1 of 1", both: true)))
#set text(font: "New Computer Modern", size: 11pt, lang: "en")
#set par(leading: 0.7em, spacing: 0.95em)
#show raw: set text(font: "DejaVu Sans Mono", size: 0.95em)
"""


def worth(points: int | None) -> str:
    """Write points; nothing where none are given."""
    return "" if points is None else counted(points, "point")


def _header(sheet: Sheet) -> Iterator[str]:
    texts = (sheet.title, sheet.facts, sheet.code)
    yield f"#head({', '.join(map(typst.string, texts))})"
    if not sheet.is_key:
        numbers = ", ".join(f'"{one.number}"' for one in sheet.questions)
        count_ = len(sheet.questions)
        yield (
            "#block(above: 1.4em, grid(columns: (auto, 1fr), column-gutter: 0.6em,"
            ' "Name:", align(bottom, line(length: 100%, stroke: 0.6pt))))'
        )
        yield (
            f"#align(right, table(columns: (auto, ..(2.1em,) * {count_}, auto),"
            f" align: center, stroke: 0.6pt, inset: 0.4em,"
            f' "Question", {numbers}, "Total", "Points", ..([],) * {count_ + 1}))'
        )
    yield "#line(length: 100%, stroke: 1pt)"
    if sheet.note:
        yield f"#quiet({typst.string(sheet.note)})"


def question(
    number: str,
    points: str,
    ticket: str,
    pieces: Iterable[Piece],
    *,
    splits: bool = False,
) -> str:
    """Write one question: on one page, unless it splits or no page is high enough."""
    body = "\n\n".join(map(piece, pieces))
    texts = ", ".join(map(typst.string, (number, points, ticket)))
    return f"#question({texts}, {str(splits).lower()})[\n{body}\n]"


def piece(found: Piece) -> str:
    """Write one piece of a question."""
    match found:
        case Prose():
            return typst.blocks(found.blocks)
        case PartHead():
            points = typst.string(worth(found.points))
            return f"#part({typst.string(found.name)}, {points})"
        case Choices():
            return "\n".join(starmap(_choice, found.options))
        case Room():
            return _room(found)
        case Right():
            head = f"#strong({typst.string(found.head)})"
            if found.listing is not None:
                return f"{head}\n\n{typst.block(found.listing)}"
            return head + typst.runs(found.runs)
        case Wrong():
            return _wrong(found)
        case Worked():
            return f'#worked[#quiet("Solution:")\n{typst.blocks(found.blocks)}]'


def _choice(letter: str, runs: Sequence[Run], right: bool) -> str:
    place = "horizon" if typst.is_tall(runs) else "top"
    ticked = str(right).lower()
    return f"#choice({ticked}, {typst.string(letter)}, {place}, {_cell(runs)})"


def _wrong(wrong: Wrong) -> str:
    cells = []
    wide = any(
        isinstance(run, Code) and len(run.text) > WIDEST
        for value, _, _ in wrong.rows
        for run in value
    )
    if wide:
        for value, points, said in wrong.rows:
            head = f"{typst.runs(value)}#h(1fr)#{typst.string(points)}"
            cells.append(f"[{head}\n\n{typst.runs(said)}]")
        return f'#quiet("{wrong.head}")\n#wrong-wide({", ".join(cells)})'
    for value, points, said in wrong.rows:
        cells.append(f"{_cell(value)}, {typst.string(points)}, {_cell(said)}")
    tall = any(typst.is_tall(value) for value, _, _ in wrong.rows)
    place, gap = ("horizon", "1.2em") if tall else ("top", "0.75em")
    return f'#quiet("{wrong.head}")\n#wrong({place}, {gap}, {", ".join(cells)})'


def _cell(runs: Sequence[Run]) -> str:
    return f"[{typst.runs(runs)}]"


def _room(room: Room) -> str:
    note = typst.string(f"Answer{f', {room.note}' if room.note else ''}:")
    match room.form:
        case "none":
            return f"#quiet({typst.string(room.note)})"
        case "lines":
            return f"#quiet({typst.string(room.note)})\n#answer-lines({room.rows})"
        case "field":
            return f"#quiet({note})\n#answer-field"
        case "cells":
            return f"#answer({note}, answer-cells({room.rows}, {room.columns}))"
        case "box":
            return f"#answer({note}, answer-box)"


def _table(table: Table) -> Iterator[str]:
    texts = (table.title, table.facts, ", ".join(table.codes))
    yield f"#head({', '.join(map(typst.string, texts))})"
    heads = ", ".join(typst.string(f"Paper {code}") for code in table.codes)
    rows = []
    for name, points, answers in table.rows:
        cells = ", ".join(map(_cell, answers))
        rows.append(f"{typst.string(name)}, {typst.string(points)}, {cells}")
    yield (
        f"#text(size: 0.85em, table(stroke: 0.5pt, columns: (auto, auto,"
        f" ..(1fr,) * {len(table.codes)}), table.header("
        f'"Question", "Points", {heads}), {", ".join(rows)}))'
    )
