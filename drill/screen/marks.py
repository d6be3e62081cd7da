"""Marks: one in full, several as rows, all as data."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.table import Table
from rich.text import Text

from drill.classroom import Mark
from drill.screen import question, theme, words
from drill.screen.data import VERSION, dumps, verdict_data
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


class Tally:
    """Marks as they come: all are counted, and kept are those that will be shown.

    Attributes
    ----------
    counts : Counter
        By exit code.
    first, off : list of Mark
        The first ones, and the first of those that are not right.
    """

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        self.first: list[Mark] = []
        self.off: list[Mark] = []

    def add(self, mark: Mark) -> None:
        """Count one more."""
        self.counts[mark.exit_code] += 1
        if len(self.first) < FEW:
            self.first.append(mark)
        if mark.exit_code and len(self.off) < MOST:
            self.off.append(mark)

    @property
    def exit_code(self) -> int:
        """The worst of all."""
        return max(self.counts)


def rows(tally: Tally) -> Lines:
    """Show several marks, a row each; of many, those that are not right."""
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("answer", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    table.add_column("what", overflow="fold")
    counts = tally.counts
    many = counts.total() > FEW
    listed = tally.off if many else tally.first
    for mark in listed:
        part = ""
        if mark.instance is not None and mark.instance.targets[mark.part].part.name:
            part = f" ({mark.instance.targets[mark.part].part.name})"
        table.add_row(Text(name(mark) + part), _word(mark), Text(_what(mark)))
    if not many:
        return [table]
    told = f"{counts[0]} right, {counts[1]} wrong, {counts[2]} not graded"
    rest = counts[1] + counts[2] - len(listed)
    more = f" ({rest} more than are listed: --json has all)" if rest > 0 else ""
    return [*([table] if listed else []), Text(f"{told}{more}", theme.STRONG)]


def github_line(mark: Mark) -> str:
    """Write what GitHub shows at a file; empty for an answer that is right."""
    if not mark.exit_code:
        return ""
    level = "error" if mark.exit_code == 1 else "warning"
    place = f" file={_escaped(name(mark), ',:')}" if mark.path else ""
    said = f"{_word(mark).plain}: {_what(mark)}" if _what(mark) else ""
    return f"::{level}{place}::{_escaped(said or _word(mark).plain)}"


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


def marks_json(marks: Iterable[Mark]) -> Iterator[str]:
    """Write marks for ``--json``, piece by piece."""
    yield f'{{"version": {VERSION}, "marks": ['
    for place, mark in enumerate(marks):
        yield (", " if place else "") + dumps(mark_data(mark))
    yield "]}\n"


def mark_data(mark: Mark) -> dict[str, object]:
    """Describe one mark for ``--json``."""
    return {
        "path": None if mark.path is None else os.fsdecode(mark.path),
        "ticket": None if mark.ticket is None else str(mark.ticket),
        "part": _part_name(mark),
        "outcome": ("right", "wrong", "not graded")[mark.exit_code],
        "problem": mark.problem or None,
        "verdict": verdict_data(mark.verdict) if mark.verdict else None,
    }


def _part_name(mark: Mark) -> str:
    return mark.instance.targets[mark.part].part.name if mark.instance else ""
