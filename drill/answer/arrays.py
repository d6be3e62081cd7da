"""Arrays from text: nested lists, numpy and torch prints, rows of numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer.calculation import refuse_complex, told
from drill.answer.calls import bare
from drill.answer.framing import framed
from drill.answer.rows import MISSING, Nested, Row, add, read_rows
from drill.answer.tokens import MAX_TEXT, Token, tokens
from drill.errors import UnreadableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_DIMENSIONS = 8
FULL_LINE = 40
"""A line as wide as this may be one of a vector that numpy has wrapped."""
DECIMALS = "write a decimal point, 0.5, and large numbers without commas, 12000"
_PAIRS = {"[": "]", "(": ")"}
_TALL = frozenset("⎡⎢⎣⎤⎥⎦│|")
_COMMAS = re.compile(r"[+-]?[0-9]+,[0-9]+(?: *[;\n] *[+-]?[0-9]+,[0-9]+)*")
_BOTH_SIGNS = re.compile(r"(?<![\d.])\d{1,3}\.\d{3}(,)\d")
_TWO_KINDS_OF_ROWS = "';' and inner brackets both separate rows: use one of them"


@dataclass
class _List(Row):
    """A bracket that is open, and what it holds so far."""

    sign: str = "["
    commas: bool = False


def read_array(
    text: str, *, percent: bool = False, calculation: bool = True
) -> tuple[NDArray[Any], str]:
    """Read an array of any number of dimensions.

    Parameters
    ----------
    text : str
        Rows by ``;`` or newlines and cells by blanks or commas; nested lists or
        tuples; what numpy, torch or TensorFlow print; with or without a name before
        it, LaTeX's or a table's signs (`drill.answer.framing`).  Within one row or
        list, cells are separated in one way: a comma among blanks may be a decimal
        comma.
    percent : bool
        Whether ``33%`` may stand for 0.33.
    calculation : bool
        Whether ``9/3`` or ``sqrt(2)`` may stand in a cell.

    Returns
    -------
    array : ndarray
        Integers where every number is one, else floats.
    note : str
        What was assumed about the form.

    Raises
    ------
    UnreadableError
        With the place where it stops making sense.

    Examples
    --------
    >>> read_array("1 2; 3 4")[0].tolist()
    [[1, 2], [3, 4]]
    >>> read_array("array([[0.5, 1. ]], dtype=float32)")[0].tolist()
    [[0.5, 1.0]]
    """
    if len(text) > MAX_TEXT:
        raise UnreadableError("an answer has at most 64 kB")
    plain = framed(text)
    try:
        return _read(plain.text, percent=percent, calculation=calculation)
    except UnreadableError as error:
        column = plain.column(error.column)
        raise UnreadableError(error.message, text, column) from None


def _read(text: str, *, percent: bool, calculation: bool) -> tuple[NDArray[Any], str]:
    line = bare(text)
    refuse_complex(line)
    worked: dict[str, int | float] = {}
    try:
        found = tokens(
            line, percent=percent, calculations=worked if calculation else None
        )
    except UnreadableError as error:
        raise UnreadableError(error.message, text, error.column) from None
    _refuse_doubtful(text, line, found)
    while found and found[-1].sign in "\n;":
        found.pop()
    while found and found[0].sign == "\n":
        found.pop(0)
    if not found:
        raise UnreadableError("there is no number in it")
    places: dict[int, int] = {}
    nested: Nested
    notes = [told(worked)]
    if found[0].sign in _PAIRS:
        groups = _groups(found)
        if len(groups) > 1:
            notes.append("a pair of brackets was put around all")
            found = [Token("[", 0, 1), *_joined(groups), Token("]", 0, len(line))]
        nested, note = _bracketed(text, found, places)
    else:
        tall = not _TALL.isdisjoint(text)
        found, labels = _without_labels(found)
        notes.append(labels)
        nested, note = read_rows(text, found, places, tall=tall)
        if _COMMAS.fullmatch(line.strip()):
            note = "each comma separates two numbers: a decimal is written 0.5"
    _check(text, nested, places)
    return np.array(nested, dtype=_kind(found)), "; ".join(filter(None, [*notes, note]))


def _without_labels(found: list[Token]) -> tuple[list[Token], str]:
    """Leave out the numbers 0, 1, … that pandas prints above and before a matrix."""
    lines: list[list[Token]] = [[]]
    for token in found:
        if token.sign == "\n":
            lines.append([])
        elif token.sign == "0":
            lines[-1].append(token)
        else:
            return found, ""
    head, *body = [line for line in lines if line]
    sizes = {len(line) for line in body}
    counted = [token.value for token in head] == list(range(len(head)))
    rows = [line[0].value for line in body] == list(range(len(body)))
    if not body or sizes != {len(head) + 1} or not counted or not rows:
        return found, ""
    labels = {id(token) for token in (*head, *(line[0] for line in body))}
    kept = [token for token in found if id(token) not in labels]
    while kept[0].sign == "\n":
        kept.pop(0)
    return kept, "the labels 0, 1, … were left out"


def _groups(found: list[Token]) -> list[list[Token]]:
    """Return the bracketed lists that stand side by side, or [] for anything else."""
    groups: list[list[Token]] = [[]]
    depth = 0
    for token in found:
        if not depth and token.sign in "\n,;":
            # A comma, a line's end or both part two lists.
            groups += [[]] if groups[-1] else []
            continue
        if not depth and (token.sign not in _PAIRS or groups[-1]):
            return []
        groups[-1].append(token)
        depth += (token.sign in "[(") - (token.sign in "])")
    return [] if depth else [group for group in groups if group]


def _joined(groups: list[list[Token]]) -> list[Token]:
    joined: list[Token] = []
    for group in groups:
        joined += [*([Token(",", 0, group[0].place)] if joined else []), *group]
    return joined


def _refuse_doubtful(text: str, line: str, found: list[Token]) -> None:
    """Refuse digits that stand for another number than the one they spell."""
    if both := _BOTH_SIGNS.search(line):
        raise UnreadableError(DECIMALS, text, both.start(1) + 1)
    for token in found:
        start = token.place - 1 + (line[token.place - 1] in "+-−–")
        if token.sign != "0":
            continue
        if line[start] == "0" and line[start + 1 : start + 2].isdigit():
            if line[start - 1 : start] == ",":
                raise UnreadableError(DECIMALS, text, start)
            raise UnreadableError(
                "no number starts with 0 and a digit: write 7, not 007, and 12000"
                " without a blank",
                text,
                start + 1,
            )
        if not math.isfinite(token.value) and line[start] in "0123456789.":
            raise UnreadableError("this is too large for a number", text, start + 1)


def _kind(found: list[Token]) -> type[np.int64] | type[np.float64]:
    numbers = [token.value for token in found if token.sign == "0"]
    whole = all(type(number) is int for number in numbers)
    return np.int64 if numbers and whole else np.float64


def _bracketed(
    text: str, found: list[Token], places: dict[int, int]
) -> tuple[Nested, str]:
    """Read nested lists or tuples; newlines only separate."""
    stack: list[_List] = []
    semicolons = False
    for place, token in enumerate(found):
        top = stack[-1] if stack else None
        if token.sign in _PAIRS:
            if len(stack) == MAX_DIMENSIONS:
                raise UnreadableError("the brackets are too deep", text, token.place)
            stack.append(_List(place=token.place, sign=token.sign))
        elif top is None:
            break
        elif token.sign in "])":
            _refuse_crossed(text, top, token)
            stack.pop()
            value = _closed(top)
            if isinstance(value, list):
                places[id(value)] = top.place
            if stack:
                add(text, stack[-1], value, top.place)
                continue
            _refuse_more(text, found[place + 1 :])
            if semicolons:
                return _split(text, top.place, found, places), ""
            flat = isinstance(value, list) and not any(
                isinstance(item, list) for item in value
            )
            return _by_lines(text, found, places) if flat else (value, "")
        elif token.sign == "0":
            add(text, top, token.value, token.place)
        elif token.sign == ";":
            if len(stack) > 1 or any(isinstance(item, list) for item in top.items):
                raise UnreadableError(_TWO_KINDS_OF_ROWS, text, token.place)
            # `_split` reads the rows again; here each only has to start afresh.
            semicolons, stack[-1] = True, _List(place=top.place, sign=top.sign)
        elif token.sign == ",":
            if top.comma or not top.items:
                raise UnreadableError(MISSING, text, token.place)
            top.comma, top.commas = token.place, True
        elif not top.comma:
            # A new line may be a new row: it is parted in its own way.
            top.separator = "\n"
    opening = stack[-1]
    raise UnreadableError(f"this '{opening.sign}' is not closed", text, opening.place)


def _by_lines(
    text: str, found: list[Token], places: dict[int, int]
) -> tuple[Nested, str]:
    """Read ``[1 2⏎ 3 4]``: a matrix by its lines, or a vector that numpy has wrapped.

    numpy fills its lines, and the last one is shorter; whoever types rows keeps them
    short and alike.
    """
    inside = [token for token in found if token.sign not in "[]()"]
    lines: list[list[Token]] = [[]]
    for token in inside:
        if token.sign == "\n":
            lines.append([])
        else:
            lines[-1].append(token)
    lines = [line for line in lines if line]
    counts = [sum(token.sign == "0" for token in line) for line in lines]
    vector = [token.value for token in inside if token.sign == "0"]
    goes_on = any(line[-1].sign == "," for line in lines[:-1])
    if len(lines) < 2 or goes_on or len(set(counts)) > 1:
        note = "the lines were joined to one vector: rows need brackets or ';'"
        return list(vector), note if len(lines) > 1 else ""
    if counts[0] == 1 or max(map(len, text.split("\n"))) >= FULL_LINE:
        raise UnreadableError(
            f"this could be a matrix of {len(lines)} rows or a vector of"
            f" {len(vector)}: put brackets around each row, or all on one line",
            text,
            lines[1][0].place,
        )
    nested, _ = read_rows(text, inside, places, tall=True)
    return nested, "each line was read as a row"


def _closed(top: _List) -> Nested:
    """Return what a bracket holds; ``(5)`` is a number, as in Python."""
    if top.sign == "(" and len(top.items) == 1 and not top.commas:
        return top.items[0]
    return top.items


def _refuse_crossed(text: str, opening: _List, token: Token) -> None:
    if _PAIRS[opening.sign] != token.sign:
        raise UnreadableError(
            f"'{opening.sign}' is closed by '{token.sign}'", text, token.place
        )


def _refuse_more(text: str, after: list[Token]) -> None:
    for token in after:
        if token.sign != "\n":
            raise UnreadableError(
                "the brackets are closed here already: put one pair around all",
                text,
                token.place,
            )


def _split(
    text: str, opening: int, found: list[Token], places: dict[int, int]
) -> Nested:
    """Read ``[1 2; 3 4]``: one pair of brackets, rows by semicolons."""
    if any(token.sign in _PAIRS for token in found[1:]):
        raise UnreadableError(_TWO_KINDS_OF_ROWS, text, opening)
    inside = [token for token in found[1:] if token.sign not in "])\n"]
    return read_rows(text, inside, places, tall=True)[0]


def _check(text: str, nested: Nested, places: dict[int, int]) -> None:
    """Refuse rows of different lengths, saying which."""
    if not isinstance(nested, list):
        return
    sizes = [len(item) if isinstance(item, list) else None for item in nested]
    for place, size in enumerate(sizes):
        item = nested[place]
        if size != sizes[0]:
            raise UnreadableError(
                f"the rows differ: row {place + 1} has {_entries(size)}, row 1 has"
                f" {_entries(sizes[0])}",
                text,
                places.get(id(item), 0),
            )
        _check(text, item, places)


def _entries(size: int | None) -> str:
    if size is None:
        return "a single number"
    return "1 entry" if size == 1 else f"{size} entries"
