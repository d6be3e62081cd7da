"""Arrays from text: nested lists, numpy and torch prints, rows of numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer.tokens import Token, tokens
from drill.errors import UnreadableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Nested = int | float | list["Nested"]

MAX_DIMENSIONS = 8
_NAME = re.compile(r"\s*[^\W\d]\w{0,40}\s*=(?!=)")
_WRAPPER = re.compile(
    r"\s*(?:np\.|numpy\.|torch\.|jnp\.)?"
    r"(?:array|asarray|matrix|tensor|Tensor|Size|[a-z]{3,7}[0-9]{1,2})\s*\("
)
_KEYWORD = re.compile(r",\s*[a-z_]{1,20}\s*=")
_PAIRS = {"[": "]", "(": ")"}


def read_array(text: str, *, percent: bool = False) -> tuple[NDArray[Any], str]:
    """Read an array of any number of dimensions.

    Parameters
    ----------
    text : str
        Rows by ``;`` or newlines and cells by spaces or commas; nested lists or
        tuples; what numpy or torch prints; with or without a name before it.
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
    found = tokens(_bare(text), percent=percent)
    while found and found[-1].sign in "\n;":
        found.pop()
    while found and found[0].sign == "\n":
        found.pop(0)
    if not found:
        raise UnreadableError("there is no number in it")
    if found[0].sign in _PAIRS:
        nested, note = _bracketed(text, found), ""
    else:
        nested, note = _rows(text, found)
    _check(text, nested)
    return np.array(nested, dtype=_kind(found)), note


def _bare(text: str) -> str:
    """Blank out a name and a call such as ``array(…, dtype=…)`` around numbers."""
    name = _NAME.match(text)
    if name:
        text = " " * name.end() + text[name.end() :]
    wrapper = _WRAPPER.match(text)
    if wrapper is None:
        return text
    end = text.rstrip().rfind(")")
    if end < wrapper.end():
        raise UnreadableError("the bracket of the call is not closed", text, len(text))
    keyword = _KEYWORD.search(text, wrapper.end())
    last = keyword.start() if keyword else end
    inside = text[wrapper.end() : last].rstrip()
    return " " * wrapper.end() + inside.removesuffix(",")


def _kind(found: list[Token]) -> type[np.int64] | type[np.float64]:
    whole = all(type(token.value) is int for token in found)
    return np.int64 if whole else np.float64


def _bracketed(text: str, found: list[Token]) -> Nested:
    """Read nested lists or tuples; commas and newlines only separate."""
    stack: list[tuple[Token, list[Nested]]] = []
    semicolons = False
    comma = True
    for place, token in enumerate(found):
        if token.sign in _PAIRS:
            if len(stack) == MAX_DIMENSIONS:
                raise UnreadableError("the brackets are too deep", text, token.place)
            stack.append((token, []))
            comma = True
        elif token.sign in "])":
            opening, items = stack.pop()
            if _PAIRS[opening.sign] != token.sign:
                raise UnreadableError(
                    f"'{opening.sign}' is closed by '{token.sign}'", text, token.place
                )
            if stack:
                stack[-1][1].append(items)
                comma = False
                continue
            after = found[place + 1 :]
            if any(later.sign != "\n" for later in after):
                first = next(later for later in after if later.sign != "\n")
                raise UnreadableError(
                    "the brackets are closed here already: put one pair around all",
                    text,
                    first.place,
                )
            return _split(text, opening, found) if semicolons else items
        elif token.sign == "0":
            stack[-1][1].append(token.value)
            comma = False
        elif token.sign == ";":
            if len(stack) > 1 or any(isinstance(i, list) for i in stack[-1][1]):
                raise UnreadableError(
                    "';' and inner brackets both separate rows: use one of them",
                    text,
                    token.place,
                )
            semicolons = True
        elif token.sign == ",":
            if comma:
                raise UnreadableError("a number is missing here", text, token.place)
            comma = True
    opening = stack[-1][0]
    raise UnreadableError(f"this '{opening.sign}' is not closed", text, opening.place)


def _split(text: str, opening: Token, found: list[Token]) -> Nested:
    """Read ``[1 2; 3 4]``: one pair of brackets, rows by semicolons."""
    if any(token.sign in _PAIRS for token in found[1:]):
        raise UnreadableError(
            "';' and inner brackets both separate rows: use one of them",
            text,
            opening.place,
        )
    nested, _ = _rows(text, [t for t in found[1:-1] if t.sign not in "])\n"])
    return nested if isinstance(nested, list) else [[nested]]


def _rows(text: str, found: list[Token]) -> tuple[Nested, str]:
    """Read numbers without brackets: rows by ``;`` or newlines."""
    rows: list[list[Nested]] = [[]]
    commas = semicolons = 0
    comma = True
    for token in found:
        if token.sign in "[]()":
            raise UnreadableError(
                "a bracket in the middle: put one pair around all", text, token.place
            )
        if token.sign in ";\n":
            semicolons += token.sign == ";"
            if rows[-1]:
                rows.append([])
            comma = True
        elif token.sign == ",":
            if comma:
                raise UnreadableError("a number is missing here", text, token.place)
            commas += 1
            comma = True
        else:
            rows[-1].append(token.value)
            comma = False
    rows = [row for row in rows if row]
    if len(rows) == 1:
        alone = len(rows[0]) == 1 and not commas and not semicolons
        return (rows[0][0] if alone else rows[0]), ""
    if all(len(row) == 1 for row in rows) and not semicolons:
        return [row[0] for row in rows], "one number a line was read as a vector"
    return [*rows], ""


def _check(text: str, nested: Nested) -> None:
    """Refuse rows of different lengths, saying which."""
    if not isinstance(nested, list):
        return
    sizes = [len(item) if isinstance(item, list) else None for item in nested]
    for place, size in enumerate(sizes):
        if size != sizes[0]:
            first = _entries(sizes[0])
            raise UnreadableError(
                f"the rows differ: row {place + 1} has {_entries(size)}, row 1 has"
                f" {first}"
            )
        _check(text, nested[place])


def _entries(size: int | None) -> str:
    if size is None:
        return "a single number"
    return "1 entry" if size == 1 else f"{size} entries"
