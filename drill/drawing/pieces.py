"""The parts of a formula: what they are to a reader, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from drill.drawing.filled_prose import inline
from drill.language import Piece, Value

LARGEST_GRID = 400
MOST_CELLS, LARGEST = 2_500, 10_000
"""Entries of arrays, and numbers, that a solver is watched at work on."""
FINE = 6
"""Rounding to as many digits only takes off what a float cannot hold."""


def is_given(piece: Piece) -> bool:
    """Tell whether nothing is computed: a number, a name, or what is in it."""
    if piece.kind in ("constant", "name", "slice"):
        return True
    inner = piece.kind in ("sign", "attribute", "entry")
    return inner and all(is_given(part) for part in piece.parts)


def watchable(arguments: Mapping[str, Any]) -> bool:
    """Tell whether a solver's work on these arguments is for a person to watch.

    A walk goes through places one by one: without a bound a bank could make it go on
    for ever.
    """
    arrays = [np.asarray(value) for value in arguments.values()]
    numbers = [
        array for array in arrays if array.dtype.kind in "iuf" and not array.ndim
    ]
    return sum(array.size for array in arrays) <= MOST_CELLS and all(
        abs(number) <= LARGEST for number in numbers
    )


def is_part(piece: Piece) -> bool:
    """Tell whether something is only taken out of what is given."""
    return piece.kind in ("entry", "attribute", "sign") and is_given(piece)


def bare(piece: Piece) -> Piece:
    """Return a part without what only changes its type or its last digits."""
    while is_rounding(piece) or piece.word in ("array", "asarray", "float"):
        piece = piece.parts[0]
    return piece


def is_rounding(piece: Piece) -> bool:
    """Tell whether a part only takes off what a float cannot hold."""
    return (
        piece.word == "round"
        and len(piece.parts) == 2
        and piece.parts[1].word.isdigit()
        and int(piece.parts[1].word) >= FINE
    )


def is_array(value: Value) -> bool:
    """Tell whether a value has entries."""
    return isinstance(value, np.ndarray) and value.ndim > 0


def drawable(value: Any) -> bool:
    """Tell whether a value is a grid of a size to look at."""
    return is_array(value) and value.ndim <= 2 and 0 < value.size <= LARGEST_GRID


def text(piece: Piece) -> str:
    """Return a part as a person would type it.

    Examples
    --------
    >>> from drill.language import BANK, decompose, parse
    >>> text(decompose(parse("(n-f) // s+1", names="nfs", table=BANK)))
    '(n - f)//s + 1'
    """
    source = piece.program.source if piece.program else piece.word
    return re.sub(r" (\*\*|\*|//|/) ", r"\1", source)


def substituted(formula: str, values: Mapping[str, Any]) -> str:
    """Put numbers in for names; what is no number stays.

    Examples
    --------
    >>> substituted("n + 2*p - np.sum(n)", {"n": 7, "p": -1})
    '7 + 2*(-1) - np.sum(7)'
    """
    known = {
        label: bracketed(inline(value))
        for label, value in values.items()
        if not is_array(value)
    }
    if not known:
        return formula
    longest = sorted(known, key=len, reverse=True)
    names = "|".join(map(re.escape, longest))
    found = re.compile(rf"(?<![\w.])(?:{names})(?![\w\[(.])")
    return found.sub(lambda match: known[match[0]], formula)


def bracketed(number: str) -> str:
    """Put a negative number in parentheses."""
    return f"({number})" if number.startswith("-") else number
