"""Marks: one in full, several as rows, all as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from drill.classroom import Mark
from drill.drawing import Target
from drill.grading import Verdict
from drill.screen import question, theme, words
from drill.screen.data import VERSION, dumps, verdict_data
from drill.screen.question import Lines
from drill.visible import shown

FEW, MOST = 20, 200
SMALL = 4096
"""Bytes of an answer whose words are kept for the next one."""
OUTCOMES = ("right", "wrong", "not graded")
_STYLES = (theme.GOOD, theme.BAD, theme.HINT)
"""By exit code."""


def problem(mark: Mark) -> str:
    """Say why a mark could not be given; else nothing."""
    if mark.verdict is not None:
        return ""
    return f"{_name(mark)} could not be graded: {shown(mark.problem, 400)}"


def _name(mark: Mark) -> str:
    return str(mark.ticket) if mark.path is None else shown(str(mark.path), 120)


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


class Written(NamedTuple):
    """A mark in words: what is kept of it when its instance is forgotten.

    Attributes
    ----------
    exit_code : int
        0 right, 1 wrong, 2 not graded.
    name, part : str
        The path, or the ticket of what lies in no file, and the part that it answers.
    what : str
        What there is to say of it.
    saved : bool
        Whether it lies in a file.
    json : str
        All of it, as `marks_json` writes it; empty where nobody wants it.
    """

    exit_code: int
    name: str
    part: str
    what: str
    saved: bool
    json: str

    @property
    def word(self) -> str:
        """What became of it."""
        return OUTCOMES[self.exit_code]


def written(mark: Mark, *, data: bool = True) -> Written:
    """Put a mark into words, and into JSON if its data are wanted."""
    code, verdict, instance = mark.exit_code, mark.verdict, mark.instance
    target = instance.targets[mark.part] if instance is not None else None
    part = target.part.name if target is not None else ""
    if verdict is None or target is None:
        what, inside = shown(mark.problem, 300), "null"
    else:
        what, inside = _said(verdict, target, data)
    path = None if mark.path is None else str(mark.path)
    if not data:
        return Written(code, _name(mark), part, what, path is not None, "")
    about = {
        "path": path,
        "ticket": None if mark.ticket is None else str(mark.ticket),
        "part": part,
        "outcome": OUTCOMES[code],
        "problem": mark.problem or None,
    }
    text = f'{dumps(about)[:-1]}, "verdict": {inside}}}'
    return Written(code, _name(mark), part, what, path is not None, text)


def _said(verdict: Verdict, target: Target, data: bool) -> tuple[str, str]:
    """Return what a table says of a verdict, and if wanted all of it as JSON."""
    # The same small answer of a class has one verdict; a large one is not kept.
    small = verdict.read is None or verdict.read.nbytes <= SMALL
    return (_said_before if small else _said_now)(verdict, target, data)


def _said_now(verdict: Verdict, target: Target, data: bool) -> tuple[str, str]:
    inside = dumps(verdict_data(verdict)) if data else ""
    if verdict.right:
        said = [note for note in (verdict.assumed, verdict.note) if note]
        return "; ".join(said), inside
    said = words.diagnosis(verdict) or words.details(verdict, target, final=False)
    return " ".join(said), inside


_said_before = lru_cache(maxsize=256)(_said_now)


class Tally:
    """Marks as they come: all are counted, and kept are those that will be shown.

    Attributes
    ----------
    counts : Counter
        By exit code.
    first, off : list of Written
        The first ones, and the first of those that are not right.
    """

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        self.first: list[Written] = []
        self.off: list[Written] = []

    def add(self, mark: Written) -> None:
        """Count one more."""
        self.counts[mark.exit_code] += 1
        # What is shown needs no JSON, which may be long.
        if len(self.first) < FEW:
            self.first.append(mark._replace(json=""))
        if mark.exit_code and len(self.off) < MOST:
            self.off.append(mark._replace(json=""))

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
        part = f" ({mark.part})" if mark.part else ""
        word = Text(mark.word, _STYLES[mark.exit_code])
        table.add_row(Text(mark.name + part), word, Text(mark.what))
    if not many:
        return [table]
    told = f"{counts[0]} right, {counts[1]} wrong, {counts[2]} not graded"
    rest = counts[1] + counts[2] - len(listed)
    more = f" ({rest} more than are listed: --json has all)" if rest > 0 else ""
    return [*([table] if listed else []), Text(f"{told}{more}", theme.STRONG)]


def github_line(mark: Written) -> str:
    """Write what GitHub shows at a file; empty for an answer that is right."""
    if not mark.exit_code:
        return ""
    level = "error" if mark.exit_code == 1 else "warning"
    place = f" file={_escaped(mark.name, ',:')}" if mark.saved else ""
    said = f"{mark.word}: {mark.what}" if mark.what else mark.word
    return f"::{level}{place}::{_escaped(said)}"


def _escaped(text: str, signs: str = "") -> str:
    for sign in f"%\r\n{signs}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def marks_json(marks: Iterable[Written]) -> Iterator[str]:
    """Write marks for ``--json``, piece by piece."""
    yield f'{{"version": {VERSION}, "marks": ['
    between = ""
    for mark in marks:
        yield between + mark.json
        between = ", "
    yield "]}\n"
