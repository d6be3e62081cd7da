"""Sheets: what stands on a paper, on its key, and on the marking sheet of several."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from drill.drawing import prompt, solution, stem
from drill.exam import Item, Paper, Place
from drill.exam.report import earned
from drill.grading import grade
from drill.publishing.published import PublishedPart, typed
from drill.typesetting import Blocks, Listing, Run, Text, typeset
from drill.visible import counted

KEY = (
    "A right answer earns the points of its part; an answer that is right given a"
    " wrong earlier one, too. A wrong array earns its share of right entries, in"
    " halves of a point, when at least half of them are right and it is no known"
    " mistake. Every other wrong answer earns nothing."
)
WrongRow: TypeAlias = tuple[tuple[Run, ...], str, tuple[Run, ...]]
MOST_CELLS, MOST_COLUMNS = 64, 12
"""Of a grid to write in; larger arrays get an open field."""
LINES = 5


@dataclass(frozen=True)
class Prose:
    """Paragraphs and matrices."""

    blocks: Blocks


@dataclass(frozen=True)
class PartHead:
    """The name of a part, as ``3a``, and its points, if there are any."""

    name: str
    points: int | None


@dataclass(frozen=True, eq=False)
class Choices:
    """The options of a choice, each with a box to tick; on a key the right ones are."""

    options: tuple[tuple[str, tuple[Run, ...], bool], ...]


@dataclass(frozen=True)
class Room:
    """Where an answer is written.

    Attributes
    ----------
    form : str
        ``box`` for one value, ``cells`` for an array, ``field`` for an array whose
        shape is part of the question, ``lines`` for a program, ``none`` where boxes
        to tick are.
    note : str
        What must be known of the answer, as ``to 3 decimals``.
    """

    form: Literal["box", "cells", "field", "lines", "none"]
    note: str = ""
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, eq=False)
class Right:
    """The right answer of a part; a program of several lines is a listing."""

    head: str
    runs: tuple[Run, ...]
    listing: Listing | None = None


@dataclass(frozen=True, eq=False)
class Wrong:
    """Known wrong answers: each value, what it earns, and what is wrong with it."""

    rows: tuple[WrongRow, ...]

    @property
    def head(self) -> str:
        """What they are called: of options the right ones have reasons, too."""
        right = any(points == "right" for _, points, _ in self.rows)
        return "Reasons:" if right else "Known wrong answers:"


@dataclass(frozen=True)
class Worked:
    """The worked solution."""

    blocks: Blocks


Piece = Prose | PartHead | Choices | Room | Right | Wrong | Worked


@dataclass(frozen=True, eq=False)
class Asked:
    """One question of a sheet: it stands on one page."""

    number: int
    points: int
    ticket: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A paper or its key.

    Attributes
    ----------
    title, facts : str
    note : str
        How is marked; empty on a paper.
    code : str
        Tells papers apart, as ``A7``.
    """

    title: str
    facts: str
    code: str
    questions: tuple[Asked, ...]
    note: str = ""

    @property
    def is_key(self) -> bool:
        """Whether answers stand on it, rather than room for them."""
        return bool(self.note)


@dataclass(frozen=True, eq=False)
class Table:
    """The right answers of several papers beside each other."""

    title: str
    facts: str
    codes: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[tuple[Run, ...], ...]], ...]


def paper_sheet(paper: Paper, minutes: int, code: str = "") -> Sheet:
    """Return what is handed out."""
    questions = tuple(
        _question(item, tuple(_asked(paper, item))) for item in paper.items
    )
    return Sheet("Exam", facts(paper, minutes), code or _code(paper), questions)


def key_sheet(paper: Paper, minutes: int, code: str = "") -> Sheet:
    """Return what is kept: answers, what else earns something, solutions."""
    questions = tuple(
        _question(item, tuple(_solved(paper, item))) for item in paper.items
    )
    known = f"{facts(paper, minutes)}, seed {paper.seed}"
    return Sheet("Exam: key", known, code or _code(paper), questions, KEY)


def marking_table(papers: Sequence[tuple[str, Paper]]) -> Table:
    """Return the right answers of papers that ask the same with other numbers."""
    _, first = papers[0]
    rows = []
    for place in first.places:
        answers = tuple(_brief(_part(paper.places[place.index])) for _, paper in papers)
        rows.append((place.name, counted(place.points, "point"), answers))
    total = f"{counted(len(first.items), 'question')}, {counted(first.points, 'point')}"
    return Table("Marking sheet", total, tuple(code for code, _ in papers), tuple(rows))


def _brief(part: PublishedPart) -> tuple[Run, ...]:
    """Return the right answer; of a choice the letters will do."""
    if not part.options:
        return part.answer_runs
    right = [option.letter for option in part.options if option.right]
    return (Text(", ".join(right) or "none"),)


def facts(paper: Paper, minutes: int) -> str:
    """Say how much there is to do, and how long it takes."""
    asked = counted(len(paper.items), "question")
    return f"{asked}, {counted(paper.points, 'point')}, {minutes} minutes"


def _code(paper: Paper) -> str:
    return str(paper.seed)


def _question(item: Item, pieces: tuple[Piece, ...]) -> Asked:
    return Asked(item.number, item.points, str(item.instance.ticket), pieces)


def _part(place: Place) -> PublishedPart:
    return PublishedPart(place.item.instance, place.part)


def _places(paper: Paper, item: Item) -> list[Place]:
    return [place for place in paper.places if place.item is item]


def _asked(paper: Paper, item: Item, *, marked: bool = False) -> Iterator[Piece]:
    instance = item.instance
    if before := stem(instance):
        yield Prose(typeset(before, typed(instance)))
    for place in _places(paper, item):
        part = _part(place)
        if len(instance.targets) > 1:
            yield PartHead(place.name, place.points)
        yield Prose(typeset(prompt(instance, place.part), typed(instance)))
        if part.options:
            options = [(o.letter, o.runs, marked and o.right) for o in part.options]
            yield Choices(tuple(options))
        if not marked:
            yield room(part)


def room(part: PublishedPart) -> Room:
    """Return where an answer is written, giving nothing of it away."""
    answer, reference = part.target.part.answer, part.target.reference
    match answer.kind:
        case "choice":
            return Room("none", "Tick one.")
        case "choices":
            return Room("none", "Tick every right one; there may be none.")
        case "expression":
            what = "A formula" if answer.form == "formula" else "Lines of numpy"
            given = f"{what} in {', '.join(answer.names)}"
            result = f"; the result is {answer.result}" if answer.result else ""
            lines = 2 if answer.form == "formula" else LINES
            return Room("lines", f"{given}{result}.", lines)
        case "array":
            rows, columns = (1, *reference.shape)[-2:] if reference.ndim else (1, 1)
            told = reference.ndim in (1, 2) and not _asks_shape(part)
            if told and rows * columns <= MOST_CELLS and columns <= MOST_COLUMNS:
                return Room("cells", exactness(part), rows, columns)
            return Room("field", exactness(part))
    return Room("box", exactness(part))


def _asks_shape(part: PublishedPart) -> bool:
    """Tell whether the number of rows and columns is something to be found.

    It is when a known mistake has another shape: empty cells would refuse it.
    """
    reference = part.target.reference
    return any(
        known.array is not None and known.array.shape != reference.shape
        for known in part.known
    )


def exactness(part: PublishedPart) -> str:
    """Say how exact an answer is to be written, as a person on paper needs it.

    A tolerance is for programs; what rounds to the digits that are named is within it.
    """
    answer = part.target.part.answer
    if answer.decimals is not None:
        return f"to {counted(answer.decimals, 'decimal')}"
    if answer.relative is not None:
        digits = math.ceil(1 + math.log10(0.5 / answer.relative))
        return f"to {digits} significant digits" if digits < 6 else ""
    return ""


def _solved(paper: Paper, item: Item) -> Iterator[Piece]:
    yield from _asked(paper, item, marked=True)
    for place in _places(paper, item):
        part = _part(place)
        note = exactness(part)
        points = counted(place.points, "point")
        head = f"Answer {place.name}, {points}{f' ({note})' if note else ''}: "
        yield right(part, head)
        if rows := tuple(wrong_rows(part, place)):
            yield Wrong(rows)
    instance = item.instance
    yield Worked(typeset(solution(instance), typed(instance)))


def right(part: PublishedPart, head: str) -> Right:
    """Return the right answer of a part."""
    several = part.kind == "expression" and "\n" in part.answer
    listing = Listing(part.answer) if several else None
    return Right(head, () if several else part.answer_runs, listing)


def wrong_rows(part: PublishedPart, place: Place | None = None) -> Iterator[WrongRow]:
    """List what is known of answers: each wrong one's points, and its fault.

    Where a right option has its reason, that is told as well.
    """
    for option in part.options:
        # What a choice of several earns is told for all of them at the top.
        if option.why:
            points = "right" if option.right else counted(0, "point") if place else ""
            yield (Text(f"{option.letter})"),), points, option.why_runs
    for known in part.known:
        gained = 0.0
        if place is not None and known.array is not None:
            gained = earned(place, grade(part.instance, known.array, place.part))
        yield (
            known.text_runs,
            counted(gained, "point") if place else "",
            known.said_runs,
        )
