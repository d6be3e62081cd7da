"""Sheets as pages of HTML that print well and need nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from drill.publishing.page import page as whole
from drill.publishing.papers.sheet import (
    Asked,
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
from drill.typesetting import html
from drill.visible import counted

STYLE = """
@page { size: %s; margin: 2cm; }
header { border-bottom: 1.5px solid; padding-bottom: .6em; margin-bottom: 1em; }
header h1 { margin: 0; }
header .code { float: right; font-size: .9em; }
.name { display: flex; gap: .6em; margin-top: 1.2em; }
.name span { flex: 1; border-bottom: 1px solid; }
table.points { border-collapse: collapse; margin: .8em 0 0 auto; font-size: .85em; }
table.points th, table.points td { border: 1px solid #555; min-width: 2.2em;
  padding: .15em .4em; text-align: center; font-weight: normal; height: 1.4em; }
section { break-inside: avoid; margin: 0 0 1.6em; padding-left: 2em;
  position: relative; }
section > h2 { font-size: 1em; margin: 0 0 .3em; break-after: avoid; }
section > h2 strong { position: absolute; left: 0; }
section > h2 .ticket { font-weight: normal; color: #777; font-size: .75em; }
section > h2 .worth { float: right; font-weight: normal; font-size: .9em; }
.part { margin-top: .9em; font-weight: bold; }
.part span { float: right; font-weight: normal; font-size: .9em; }
ul.ticks { list-style: none; padding: 0; margin: .5em 0; }
ul.ticks li { margin: .35em 0 .35em 3.2em; text-indent: -3.2em; }
ul.ticks li > * { text-indent: 0; }
.tick { display: inline-block; width: .85em; height: .85em; border: 1px solid;
  vertical-align: middle; margin: -.15em .7em 0 0; text-align: center;
  line-height: .8em; }
.room { display: flex; align-items: center; gap: .7em; margin: .7em 0; }
.room .label { font-size: .9em; color: #333; }
.box { border: 1px solid; height: 2.1em; width: 11em; }
.field { border: 1px solid; height: 8em; margin: .4em 0; }
.line { border-bottom: 1px dotted #555; height: 2em; }
.cells { display: table; border-collapse: collapse; }
.cells > span { display: table-row; }
.cells > span > span { display: table-cell; border: 1px solid; width: 3.6em;
  height: 2.1em; }
.wrong { border-collapse: collapse; font-size: .9em; margin: .4em 0; }
.wrong td { vertical-align: top; padding: .2em .7em .2em 0; }
.wrong td:nth-child(2) { white-space: nowrap; }
.solution { border-left: 2px solid #bbb; padding-left: .8em; margin-top: .6em; }
.marking { border-collapse: collapse; width: 100%%; }
.marking th, .marking td { border: 1px solid #888; padding: .3em .5em;
  text-align: left; break-inside: avoid; }
"""


def write(sheet: Sheet | Table, page: str) -> bytes:
    """Write a sheet as one page."""
    style = STYLE % page
    if isinstance(sheet, Table):
        style = STYLE % f"{page} landscape"
        return whole(sheet.title, _table(sheet), style).encode()
    body = [*_header(sheet)]
    for one in sheet.questions:
        body += _question(one)
    return whole(sheet.title, body, style).encode()


def _header(sheet: Sheet) -> Iterator[str]:
    yield f'<header><span class="code">Paper {html.safe(sheet.code)}</span>'
    yield f"<h1>{html.safe(sheet.title)}</h1><div>{html.safe(sheet.facts)}</div>"
    if not sheet.is_key:
        yield '<div class="name">Name: <span></span></div>'
        heads = "".join(f"<th>{one.number}</th>" for one in sheet.questions)
        cells = "<td></td>" * len(sheet.questions)
        yield (
            f'<table class="points"><tr><th>Question</th>{heads}<th>Total</th></tr>'
            f"<tr><th>Points</th>{cells}<td></td></tr></table>"
        )
    yield "</header>"
    if sheet.note:
        yield f'<p class="quiet">{html.safe(sheet.note)}</p>'


def _question(one: Asked) -> Iterator[str]:
    points = counted(one.points, "point")
    yield (
        f'<section><h2><span class="worth">{points}</span>'
        f"<strong>{one.number}.</strong>"
        f'<span class="ticket">{html.safe(one.ticket)}</span></h2>'
    )
    for piece in one.pieces:
        yield _piece(piece)
    yield "</section>"


def _piece(piece: Piece) -> str:
    match piece:
        case Prose():
            return html.blocks(piece.blocks)
        case PartHead():
            points = counted(piece.points or 0, "point")
            return f'<div class="part"><span>{points}</span>{piece.name}</div>'
        case Choices():
            rows = "".join(
                f'<li><span class="tick">{"×" if right else ""}</span>{letter})&ensp;'
                f"{html.runs(runs)}</li>"
                for letter, runs, right in piece.options
            )
            return f'<ul class="ticks">{rows}</ul>'
        case Room():
            return _room(piece)
        case Right():
            head = f"<strong>{html.safe(piece.head)}</strong>"
            if piece.listing is not None:
                return f"<p>{head}</p>{html.block(piece.listing)}"
            return f"<p>{head}{html.runs(piece.runs)}</p>"
        case Wrong():
            rows = "".join(
                f"<tr><td>{html.runs(value)}</td><td>{points}</td>"
                f"<td>{html.runs(said)}</td></tr>"
                for value, points, said in piece.rows
            )
            return (
                f'<p class="quiet">{piece.head}</p><table class="wrong">{rows}</table>'
            )
        case Worked():
            return (
                '<div class="solution"><p class="quiet">Solution:</p>'
                f"{html.blocks(piece.blocks)}</div>"
            )


def _room(room: Room) -> str:
    note = html.safe(room.note)
    match room.form:
        case "none":
            return f'<p class="quiet">{note}</p>'
        case "lines":
            lines = '<div class="line"></div>' * room.rows
            return f'<p class="quiet">{note}</p>{lines}'
        case "field":
            return (
                f'<p class="quiet">Answer{_after(note)}:</p><div class="field"></div>'
            )
        case "cells":
            rows = f"<span>{'<span></span>' * room.columns}</span>" * room.rows
            place = f'<span class="cells">{rows}</span>'
        case "box":
            place = '<span class="box"></span>'
    label = f'<span class="label">Answer{_after(note)}:</span>'
    return f'<div class="room">{label}{place}</div>'


def _after(note: str) -> str:
    return f", {note}" if note else ""


def _table(table: Table) -> Iterator[str]:
    yield f"<h1>{html.safe(table.title)}</h1><p>{html.safe(table.facts)}</p>"
    heads = "".join(f"<th>Paper {html.safe(code)}</th>" for code in table.codes)
    yield f'<table class="marking"><tr><th>Question</th><th>Points</th>{heads}</tr>'
    for name, points, answers in table.rows:
        cells = "".join(f"<td>{html.runs(answer)}</td>" for answer in answers)
        yield f"<tr><td>{html.safe(name)}</td><td>{points}</td>{cells}</tr>"
    yield "</table>"
