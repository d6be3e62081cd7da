"""Arrays from text: nested lists, numpy and torch prints, rows of numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer.calls import bare
from drill.answer.rows import MISSING, Nested, Row, add, read_rows
from drill.answer.tokens import Token, tokens
from drill.errors import UnreadableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_DIMENSIONS = 8
DECIMALS = "write a decimal point, 0.5, and large numbers without commas, 12000"
_PAIRS = {"[": "]", "(": ")"}
_TALL = frozenset("⎡⎢⎣⎤⎥⎦│|")
_COMMAS = re.compile(r"[+-]?[0-9]+,[0-9]+(?: *[;\n] *[+-]?[0-9]+,[0-9]+)*")
_EMPTY_SHAPE = re.compile(r"\b(?:shape|size)=\(([0-9, ]{1,60})\)")
_TWO_KINDS_OF_ROWS = "';' and inner brackets both separate rows: use one of them"


@dataclass
class _List(Row):
    """A bracket that is open, and what it holds so far."""

    sign: str = "["
    commas: bool = False


def read_array(text: str, *, percent: bool = False) -> tuple[NDArray[Any], str]:
    """Read an array of any number of dimensions.

    Parameters
    ----------
    text : str
        Rows by ``;`` or newlines and cells by blanks or commas; nested lists or
        tuples; what numpy, torch or TensorFlow print; with or without a name before
        it.  Within one row or list, cells are separated in one way: a comma among
        blanks may be a decimal comma.
    percent : bool
        Whether ``33%`` may stand for 0.33.

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
    line = bare(text)
    try:
        found = tokens(line, percent=percent)
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
    if found[0].sign in _PAIRS:
        nested, note = _bracketed(text, found, places)
    else:
        tall = not _TALL.isdisjoint(text)
        nested, note = read_rows(text, found, places, tall=tall)
        if _COMMAS.fullmatch(line.strip()):
            note = "each comma separates two numbers: a decimal is written 0.5"
    _check(text, nested, places)
    array = np.array(nested, dtype=_kind(found))
    return (array if array.size else _as_claimed(text, array)), note


def _refuse_doubtful(text: str, line: str, found: list[Token]) -> None:
    """Refuse digits that stand for another number than the one they spell."""
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


def _as_claimed(text: str, array: NDArray[Any]) -> NDArray[Any]:
    """Give an empty array the shape that numpy prints beside it."""
    claim = _EMPTY_SHAPE.search(text)
    if claim is None:
        return array
    sizes = [int(size) for size in re.findall(r"[0-9]{1,9}", claim[1])]
    few = len(sizes) <= MAX_DIMENSIONS
    return array.reshape(sizes) if few and not math.prod(sizes) else array


def _bracketed(
    text: str, found: list[Token], places: dict[int, int]
) -> tuple[Nested, str]:
    """Read nested lists or tuples; newlines only separate."""
    stack: list[_List] = []
    semicolons = lines = False
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
            joined = "the lines were joined to one vector: rows need brackets or ';'"
            return value, joined if lines and flat else ""
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
        else:
            lines = True
    opening = stack[-1]
    raise UnreadableError(f"this '{opening.sign}' is not closed", text, opening.place)


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
