"""Prose, set once: text, formulas and matrices instead of characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from drill.drawing import Block as Shown
from drill.drawing import Filled, Sentence, inline, slices
from drill.typesetting.formulas import Reader
from drill.typesetting.matrices import cells
from drill.typesetting.reading import SPACE, Read, row
from drill.typesetting.tokens import Token, tokens
from drill.typesetting.tree import (
    Block,
    Blocks,
    Code,
    Display,
    Formula,
    Listing,
    Matrix,
    Node,
    Paragraph,
    Row,
    Run,
    Symbol,
    Text,
)

if TYPE_CHECKING:
    pass

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_LINE = 4_000
"""Longer lines are no prose that anybody set formulas in."""
_NEGATIVE = re.compile(r"(?<![^\s(\[,:=])-(?=[\d.]+(?![\w-]))")
_ASSIGNED = re.compile(r"[A-Za-z_]\w*(?:\[[^\]\n]*\])? [-+*/]?= $")


NONE: frozenset[str] = frozenset()
Arrays = dict[int, tuple[int, Any, str]]


def typeset(prose: Filled, literal: frozenset[str] = NONE) -> Blocks:
    """Set filled prose.

    Parameters
    ----------
    prose : Filled
    literal : frozenset of str
        Names that a person types, in a program: alone they are set as code.

    Returns
    -------
    tuple of Block
        A `Paragraph` for each line, a `Display` for each matrix on lines of its own.

    Examples
    --------
    >>> [block] = typeset(("The slope is (n + 2p)/s here.",))
    >>> [type(run).__name__ for run in block.runs], block.runs[1].source
    (['Text', 'Formula', 'Text'], '(n + 2p)/s')
    """
    blocks: list[Block] = []
    for piece in prose:
        if isinstance(piece, Shown):
            blocks += _displays(piece, literal)
        else:
            blocks += lines(piece, literal)
    return tuple(blocks)


def lines(text: str, literal: frozenset[str] = NONE) -> list[Paragraph]:
    """Set each line of a text as a paragraph."""
    arrays = arrays_of(text)
    found: list[Paragraph] = []
    start = 0
    for line in str(text).split("\n"):
        inside = {
            at - start: (stop - start, array, spec)
            for at, (stop, array, spec) in arrays.items()
            if start <= at < start + len(line)
        }
        if line.strip():
            found.append(Paragraph(runs(line, inside, literal)))
        start += len(line) + 1
    return found


def arrays_of(text: str) -> Arrays:
    """Return where the arrays of a text begin and end."""
    found: Arrays = {}
    place = 0
    for part in text.parts if isinstance(text, Sentence) else ():
        stop = place + len(part if isinstance(part, str) else part.text)
        if not isinstance(part, str):
            found[place] = (stop, part.array, part.spec)
        place = stop
    return found


def value(array: NDArray[Any], spec: str = "") -> tuple[Run, ...]:
    """Set an array: a matrix, or one for each slice of a deeper one.

    Examples
    --------
    >>> import numpy as np
    >>> [run] = value(np.eye(2, dtype=int))
    >>> run.inside
    Matrix(rows=(('1', '0'), ('0', '1')))
    """
    if array.ndim < 2 or not array.size:
        return (Text(inline(array, spec).replace("-", "−")),)
    made: list[Run] = []
    for place, part in slices(array):
        named = f"[..., {', '.join(map(str, place))}] = " if place else ""
        made += [Text("; ")] if made else []
        made += [Text(named)] if named else []
        made.append(Formula("", Matrix(cells(part, spec))))
    return tuple(made)


def code(text: str) -> tuple[Run, ...]:
    """Set a program in the middle of a sentence, its lines after each other."""
    lines = [line.strip() for line in text.strip().split("\n")]
    made: list[Run] = []
    for line in lines:
        made += [Text("; ")] if made else []
        made.append(Code(line))
    return tuple(made)


def listing(text: str) -> Listing:
    """Set lines of a program."""
    return Listing(text.strip("\n"))


def sentence(text: str, literal: frozenset[str] = NONE) -> tuple[Run, ...]:
    """Set a text in which nothing begins a new line."""
    arrays = arrays_of(text)
    return runs(" ".join(str(text).split("\n")), arrays, literal)


def runs(
    line: str, arrays: Arrays | None = None, literal: frozenset[str] = NONE
) -> tuple[Run, ...]:
    """Split a line into text, formulas and code."""
    if not arrays:
        return _plain_runs(line, literal)
    return _runs(line, arrays, literal)


@lru_cache(maxsize=4096)
def _plain_runs(line: str, literal: frozenset[str]) -> tuple[Run, ...]:
    """Split a line without arrays: many variants say the same."""
    return _runs(line, {}, literal)


def _runs(line: str, arrays: Arrays, literal: frozenset[str]) -> tuple[Run, ...]:
    if len(line) > MAX_LINE:
        return (Text(line),)
    found = tokens(line, arrays)
    made: list[Run] = []
    text_from = place = 0
    while place < len(found):
        token = found[place]
        read = _identifier(found, place, literal)
        begins = token.kind not in ("space", "closing") and (
            token.kind != "word" or _is_odd(found, place, literal)
        )
        if begins and _may_begin(found, place):
            read = Reader(found, literal=literal).terms(place)
        if read is None or not (read.sure or read.code) or _is_stem(found, place, read):
            place = _after(found, place, read)
            continue
        start, stop = token.start, found[read.stop - 1].stop
        before = line[text_from:start]
        if read.code and (given := _ASSIGNED.search(before)):
            start -= len(given[0])
            before = before[: given.start()]
        if before:
            made.append(Text(_negated(before)))
        source = line[start:stop]
        named = read.code or source in literal
        made.append(Code(source) if named else Formula(source, row(read.nodes)))
        text_from, place = stop, read.stop
    if text_from < len(line):
        made.append(Text(_negated(line[text_from:])))
    return tuple(made)


def formula(text: str, literal: frozenset[str] = NONE) -> Node:
    """Set what is one formula; where it is none, its characters."""
    found = runs(text, None, literal)
    if len(found) == 1 and isinstance(found[0], Formula):
        return found[0].inside
    return Symbol(text, "word")


def _negated(text: str) -> str:
    """Give negative numbers the sign that print has for them."""
    return _NEGATIVE.sub("−", text)


def _may_begin(found: list[Token], place: int) -> bool:
    """Tell whether a formula may begin here, and not in the middle of a word."""
    before = found[place - 1] if place else None
    if before is None or before.kind in ("space", "opening"):
        return True
    joined = (
        before.text in ("-", "'", "’", ".", "_", "/", "\\") or before.kind == "word"
    )
    return not (joined and before.text[-1:] not in ',;:–—"“„(')


def _is_odd(found: list[Token], place: int, literal: frozenset[str]) -> bool:
    """Tell whether a word is a name after all: typed, or raised to a power."""
    after = found[place + 1] if place + 1 < len(found) else None
    word = found[place].text
    power = after is not None and after.text == "^"
    return power or (word in literal and not word.islower())


def _identifier(found: list[Token], place: int, literal: frozenset[str]) -> Read | None:
    """Read a word that only a program has: with a low line, or a call in a program."""
    token = found[place]
    if token.kind != "word" or not token.text.isidentifier():
        return None
    after = found[place + 1] if place + 1 < len(found) else None
    if literal and after is not None and after.text == "(":
        call = Reader(found, literal=literal).bracketed(place + 1)
        if call is not None:
            return Read((), call.stop, code=True)
    if "_" in token.text.strip("_"):
        return Read((), place + 1, code=True)
    return None


def _is_stem(found: list[Token], place: int, read: Read) -> bool:
    """Tell whether one letter begins a word, as in X-ray."""
    stop = read.stop
    rest = found[stop : stop + 2]
    if stop > place + 1 or len(rest) < 2 or rest[0].text != "-":
        return False
    return rest[1].kind in ("word", "name", "function")


def _after(found: list[Token], place: int, read: Read | None) -> int:
    """Return where to look next: behind what is no formula, or one further."""
    if read is not None and found[place].kind in ("number", "array"):
        return max(read.stop, place + 1)
    return place + 1


def _displays(shown: Shown, literal: frozenset[str]) -> list[Display]:
    made = []
    for place, array in slices(shown.array):
        label = shown.label
        if place:
            label = f"{label}[..., {', '.join(map(str, place))}]"
        matrix = Matrix(cells(array, shown.spec))
        inside: Node = matrix
        text = f"{label} = {inline(array, shown.spec)}".removeprefix(" = ")
        if label:
            equals = (SPACE, Symbol("=", "sign"), SPACE)
            inside = Row((formula(label, literal), *equals, matrix))
        made.append(Display(Formula(text, inside)))
    return made
