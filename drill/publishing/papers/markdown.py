"""Sheets as Markdown: for whoever sets papers with tools of their own."""

from __future__ import annotations

from collections.abc import Iterator

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
from drill.typesetting import markdown
from drill.visible import counted

LINE = "\\_" * 30


def write(sheet: Sheet | Table, page: str) -> bytes:
    """Write a sheet; the size of the page is for whoever prints it."""
    pieces = _table(sheet) if isinstance(sheet, Table) else _sheet(sheet)
    return ("\n\n".join(piece for piece in pieces if piece) + "\n").encode()


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"# {markdown.safe(sheet.title)}"
    yield f"{markdown.safe(sheet.facts)}. Paper {markdown.safe(sheet.code)}."
    if sheet.note:
        yield markdown.safe(sheet.note)
    else:
        yield f"Name: {LINE}"
    for one in sheet.questions:
        yield f"## {one.number}. ({counted(one.points, 'point')})"
        yield markdown.safe(one.ticket)
        for piece in one.pieces:
            yield _piece(piece)


def _piece(piece: Piece) -> str:
    match piece:
        case Prose():
            return markdown.blocks(piece.blocks)
        case PartHead():
            return f"**{piece.name}** ({counted(piece.points or 0, 'point')})"
        case Choices():
            return "\n".join(
                f"- [{'x' if right else ' '}] {letter}) {markdown.runs(runs)}"
                for letter, runs, right in piece.options
            )
        case Room():
            return _room(piece)
        case Right():
            head = markdown.safe(piece.head.rstrip())
            if piece.listing is not None:
                return f"**{head}**\n\n{markdown.block(piece.listing)}"
            return f"**{head}** {markdown.runs(piece.runs)}"
        case Wrong():
            rows = [
                f"- {markdown.runs(value)}, {points}: {markdown.runs(said)}"
                for value, points, said in piece.rows
            ]
            return "\n".join([piece.head, "", *rows])
        case Worked():
            return f"Solution:\n\n{markdown.blocks(piece.blocks)}"


def _room(room: Room) -> str:
    note = markdown.safe(room.note)
    if room.form == "none":
        return note
    if room.form == "lines":
        return f"{note}\n\n{LINE}"
    shape = f", {room.rows} × {room.columns}" if room.form == "cells" else ""
    return f"Answer{f', {note}' if note else ''}{shape}: {LINE}"


def _table(table: Table) -> Iterator[str]:
    yield f"# {markdown.safe(table.title)}"
    yield f"{markdown.safe(table.facts)}."
    for name, points, answers in table.rows:
        yield f"**{markdown.safe(name)}** ({points})"
        yield "\n".join(
            f"- Paper {markdown.safe(code)}: {markdown.runs(answer)}"
            for code, answer in zip(table.codes, answers, strict=True)
        )
