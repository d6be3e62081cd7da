"""Names of values, as a formula writes them: an accent, an index, slanted or not."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from drill.typesetting.tokens import FUNCTIONS, NAMES
from drill.typesetting.tree import Accent, Node, Row, Script, Symbol

_MARKS: dict[str, Literal["hat", "tilde", "bar"]] = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
}
_PARTS = re.compile(r"(.*?)([0-9]*)(?:_(.+))?", re.DOTALL)


def named(text: str, *, upright: bool = False) -> Node:
    """Return what a name is made of.

    Examples
    --------
    >>> named("x")
    Symbol(text='x', kind='name')
    >>> named("W1").below
    Symbol(text='1', kind='number')
    >>> named("ŷ")
    Accent(base=Symbol(text='y', kind='name'), mark='hat')
    """
    found = _PARTS.fullmatch(text)
    assert found is not None
    letters, digits, index = found.groups()
    whole = len(letters) > 1 and letters.isascii() and letters[0] != "d"
    if whole and not upright and digits:
        # As W1 is a letter with its number, but beta1 a word for one.
        return Symbol(text, "word")
    base = Symbol(letters, "word") if upright else _letters(letters)
    below = digits or index
    if digits and index:
        return Script(base, Row((Symbol(digits, "number"), _index(index))))
    return Script(base, _index(below)) if below else base


def _index(text: str) -> Symbol:
    if text.isdigit():
        return Symbol(text, "number")
    return Symbol(text, "name" if len(text) == 1 else "word")


def _letters(text: str) -> Node:
    parts: list[Node] = []
    for one in unicodedata.normalize("NFD", text):
        mark = _MARKS.get(one)
        if mark and parts:
            parts[-1] = Accent(parts[-1], mark)
        elif unicodedata.combining(one) and parts:
            # A mark of another kind stays where it stands.
            return Symbol(text, "word")
        else:
            parts.append(Symbol(one, "name"))
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and parts[0] == Symbol("d", "name"):
        return Row(tuple(parts))
    plain = all(isinstance(part, Symbol) for part in parts)
    if plain and text.isascii():
        if text[0] == "d" and text[1:] in NAMES | FUNCTIONS:
            return Row((Symbol("d", "name"), Symbol(text[1:], "word")))
        return Symbol(text, "word")
    return Row(tuple(parts))
