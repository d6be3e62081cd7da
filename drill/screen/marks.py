"""Marks: one in full, several as rows, all as data."""

from __future__ import annotations

import os
from collections import Counter

from rich.table import Table
from rich.text import Text

from drill.classroom import Mark
from drill.screen import question, theme, words
from drill.screen.data import VERSION, verdict_data
from drill.screen.question import Lines
from drill.visible import shown

FEW, MOST = 20, 200


def name(mark: Mark) -> str:
    """Name what was marked: its path, or its ticket."""
    if mark.path is None:
        return str(mark.ticket)
    return shown(os.fsdecode(mark.path), 120)


def problem(mark: Mark) -> str:
    """Say why a mark could not be given; else nothing."""
    if mark.verdict is not None:
        return ""
    return f"{name(mark)} could not be graded: {shown(mark.problem, 400)}"


def full(mark: Mark, *, solution: bool) -> Lines:
    """Show one mark as a typed answer's would be."""
    verdict, instance = mark.verdict, mark.instance
    if verdict is None or instance is None:
        return []
    target = instance.targets[mark.part]
    part = f"  ({target.part.name})" if target.part.name else ""
    lines: Lines = [Text(f"{instance.ticket}{part}", theme.STRONG)]
    lines += question.judged(verdict, target, final=solution)
    return lines + (question.solved(instance) if solution else [])


def rows(marks: list[Mark]) -> Lines:
    """Show several marks, a row each; of many, those that are not right."""
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("answer", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    table.add_column("what", overflow="fold")
    many = len(marks) > FEW
    listed = [one for one in marks if not (many and one.exit_code == 0)]
    for mark in listed[:MOST]:
        part = ""
        if mark.instance is not None and mark.instance.targets[mark.part].part.name:
            part = f" ({mark.instance.targets[mark.part].part.name})"
        table.add_row(Text(name(mark) + part), _word(mark), Text(_what(mark)))
    if not many:
        return [table]
    counts = Counter(mark.exit_code for mark in marks)
    told = f"{counts[0]} right, {counts[1]} wrong, {counts[2]} not graded"
    rest = len(listed) - MOST
    more = f" ({rest} more than are listed: --json has all)" if rest > 0 else ""
    return [*([table] if listed else []), Text(f"{told}{more}", theme.STRONG)]


def github_lines(marks: list[Mark]) -> list[str]:
    """Write what GitHub shows at a file: one for each answer that is not right."""
    lines = []
    for mark in marks:
        if mark.exit_code:
            level = "error" if mark.exit_code == 1 else "warning"
            place = f" file={_escaped(name(mark), ',:')}" if mark.path else ""
            said = f"{_word(mark).plain}: {_what(mark)}" if _what(mark) else ""
            lines.append(f"::{level}{place}::{_escaped(said or _word(mark).plain)}")
    return lines


def _escaped(text: str, signs: str = "") -> str:
    for sign in f"%\r\n{signs}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _word(mark: Mark) -> Text:
    if mark.verdict is None:
        return Text("not graded", theme.HINT)
    if mark.verdict.right:
        return Text("right", theme.GOOD)
    return Text("wrong", theme.BAD)


def _what(mark: Mark) -> str:
    if mark.verdict is None or mark.instance is None:
        return shown(mark.problem, 300)
    if mark.verdict.right:
        notes = (mark.verdict.assumed, mark.verdict.note)
        return "; ".join(note for note in notes if note)
    target = mark.instance.targets[mark.part]
    said = words.diagnosis(mark.verdict) or words.details(
        mark.verdict, target, final=False
    )
    return " ".join(said)


def marks_data(marks: list[Mark]) -> dict[str, object]:
    """Describe marks for ``--json``."""
    return {
        "version": VERSION,
        "marks": [
            {
                "path": None if mark.path is None else os.fsdecode(mark.path),
                "ticket": None if mark.ticket is None else str(mark.ticket),
                "part": _part_name(mark),
                "outcome": ("right", "wrong", "not graded")[mark.exit_code],
                "problem": mark.problem or None,
                "verdict": verdict_data(mark.verdict) if mark.verdict else None,
            }
            for mark in marks
        ],
    }


def _part_name(mark: Mark) -> str:
    return mark.instance.targets[mark.part].part.name if mark.instance else ""
