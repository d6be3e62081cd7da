"""Rows of numbers, and the one rule for what stands between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from drill.answer.tokens import Token
from drill.errors import UnreadableError

Nested: TypeAlias = "int | float | list[Nested]"

MISSING = "a number is missing here"


@dataclass
class Row:
    """A row of numbers, or the inside of a bracket, as far as it was read."""

    items: list[Nested] = field(default_factory=list)
    separator: str = ""
    comma: int = 0
    place: int = 0


def read_rows(
    text: str, found: list[Token], places: dict[int, int], *, tall: bool
) -> tuple[Nested, str]:
    """Read numbers without brackets: rows by ``;`` or newlines.

    Where brackets as tall as the matrix are drawn, one row is a matrix too.
    """
    _refuse_two_ways(text, found)
    rows = [Row()]
    commas = semicolons = 0
    last = ""
    ended = 0
    for token in found:
        row = rows[-1]
        if token.sign in "[]()":
            raise UnreadableError(
                "a bracket in the middle: put one pair around all", text, token.place
            )
        if token.sign in ";\n":
            if token.sign == ";" and (row.comma or last == ";"):
                raise UnreadableError(MISSING, text, token.place)
            semicolons += token.sign == ";"
            if row.items:
                rows.append(Row())
                ended = row.comma
        elif token.sign == ",":
            if row.comma or not row.items:
                raise UnreadableError(MISSING, text, token.place)
            commas += 1
            row.comma = token.place
        else:
            if ended:
                raise UnreadableError(
                    "this line ends in a comma: leave it out, or put brackets around"
                    " all",
                    text,
                    ended,
                )
            row.place = row.place or token.place
            add(text, row, token.value, token.place)
        last = token.sign
    rows = [row for row in rows if row.items]
    if len(rows) == 1 and not tall:
        items = rows[0].items
        alone = len(items) == 1 and not commas and not semicolons
        return (items[0] if alone else items), ""
    if all(len(row.items) == 1 for row in rows) and not semicolons and not tall:
        vector = [row.items[0] for row in rows]
        return vector, "one number a line was read as a vector"
    places.update((id(row.items), row.place) for row in rows)
    return [row.items for row in rows], ""


def _refuse_two_ways(text: str, found: list[Token]) -> None:
    """Refuse rows parted by ';' on lines that seem to part rows themselves."""
    within = [
        token.place
        for token, after in pairwise(found)
        if token.sign == ";" and after.sign not in "\n;"
    ]
    broken = any(
        token.sign == "\n" and before.sign not in ";\n"
        for before, token in pairwise(found)
    )
    if within and broken:
        raise UnreadableError(
            "';' and line ends both separate rows here: use one of them",
            text,
            within[0],
        )


def add(text: str, to: Row, value: Nested, place: int) -> None:
    """Add an item; the way in which items are separated may not change."""
    if to.separator == "\n":
        # The first number of a line inside brackets: its line may part as it likes.
        to.separator = ""
    elif to.items:
        separator = "," if to.comma else " "
        if to.separator not in ("", separator):
            raise UnreadableError(
                "commas and blanks both separate numbers here: use one of them, and a"
                " point for decimals, 0.5",
                text,
                place,
            )
        to.separator = separator
    to.items.append(value)
    to.comma = 0
