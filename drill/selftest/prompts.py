"""Rules about what is read and typed: that it says something, and fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drill.drawing import Block, inline, number
from drill.errors import DrillError
from drill.selftest.observation import NUMERIC, Observation

# Half a laptop's screen, and a code review's column.
WIDTH = 60
# Rows or columns that the screen shows before it leaves out the middle.
SHOWN = 12
# A matrix of 4 × 4 with five digits an entry; more is typing, not learning.
DIGITS = 80
_NOT_FINITE = frozenset({"nan", "-nan", "inf", "-inf"})


def prose(observed: Observation) -> Iterator[str]:
    """Prompt, hints and solution fill, and say something finite."""
    for name, filled in observed.texts:
        if isinstance(filled, DrillError):
            yield f"the {name} cannot be filled: {filled}"
            continue
        if not filled:
            yield f"the {name} is empty"
        for piece in filled:
            text = piece if isinstance(piece, str) else inline(piece.array)
            if "nan" not in text and "inf" not in text:
                continue
            words = (word.strip("[](),.;:%") for word in text.split())
            if not _NOT_FINITE.isdisjoint(words):
                yield f"the {name} shows a number that is not finite"


def budget(observed: Observation) -> Iterator[str]:
    """Every matrix fits the page, and every answer can be typed with patience."""
    for name, filled in observed.filled:
        for piece in filled:
            if isinstance(piece, Block) and max(piece.array.shape) > SHOWN:
                yield (
                    f"the {name} shows '{piece.label}' of shape {piece.array.shape}:"
                    f" beyond {SHOWN} rows or columns its middle is left out"
                )
            elif (columns := width(piece)) > WIDTH:
                yield (
                    f"the {name} is {columns} columns wide at"
                    f" '{_label(piece)}': {WIDTH} fit every screen"
                )
    for name, count in typed_digits(observed):
        if count > DIGITS:
            yield (
                f"{name} makes a learner type {count} digits; {DIGITS} are patience"
                " enough: ask for fewer entries or decimals"
            )


def width(piece: str | Block) -> int:
    """Return the columns that a piece of text needs at least, as a screen shows it.

    Sentences wrap; a matrix, and a line of code that is set in, do not.
    """
    if isinstance(piece, str):
        lines = piece.split("\n")
        return max((len(line) for line in lines if line.startswith("  ")), default=0)
    array = piece.array
    slices = array.reshape(*array.shape[:2], -1)
    return max(
        (_matrix(slices[:, :, place], piece.spec) for place in range(slices.shape[2])),
        default=0,
    )


def _matrix(array: Any, spec: str) -> int:
    # Two columns of margin, a bracket and a space on either side.
    return 5 + sum(
        1 + max((len(number(cell, spec)) for cell in column), default=0)
        for column in array.T
    )


def _label(piece: str | Block) -> str:
    if isinstance(piece, Block):
        return piece.label or "its matrix"
    return max(piece.split("\n"), key=len).strip()[:20]


def typed_digits(observed: Observation) -> Iterator[tuple[str, int]]:
    """Count the digits of each answer as a careful learner types it."""
    many = len(observed.instance.targets) > 1
    for _, target in observed.parts:
        answer = target.part.answer
        if answer.kind in NUMERIC:
            decimals = answer.decimals
            spec = ".10g" if decimals is None else f".{decimals}f"
            written = (number(cell, spec) for cell in target.reference.flat)
            name = f"part '{target.part.name}'" if many else "the answer"
            yield name, sum(sum(map(str.isdigit, text)) for text in written)
