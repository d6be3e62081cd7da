"""Formulas worked out step by step on an instance's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from drill.drawing.filled_prose import inline, number
from drill.drawing.pieces import (
    bare,
    bracketed,
    drawable,
    is_array,
    is_given,
    is_part,
    substituted,
    text,
    watchable,
)
from drill.drawing.values import Values
from drill.language import Piece, Program, decompose, run
from drill.walk import Frame, Role
from drill.walk.panels import panel
from drill.walk.registry import WALKS

LONGEST_TEXT, LONGEST_SUM, WRITTEN = 72, 8, 12
ENTRYWISE = {
    *("abs", "absolute", "sqrt", "exp", "log", "log2", "log10", "tanh", "square"),
    *("floor", "ceil", "sign", "maximum", "minimum", "max", "min", "where", "power"),
    *("sum", "mean"),
}
SPREAD = ("sum", "mean", "max", "min")


@dataclass
class Working:
    """Works formulas out, each name and each part once.

    Attributes
    ----------
    values : mapping
        The instance's names.
    lets : mapping of str to Program
        The names that are made from others, in order.
    known : set of str
        Names that need no working out: they are given, or were shown.
    """

    values: Values
    lets: Mapping[str, Program]
    known: set[str]
    settled: set[str] = field(default_factory=set)

    def of(self, program: Program, name: str = "") -> Iterator[Frame]:
        """Yield the steps of a formula; those of the names that it needs come first.

        Parameters
        ----------
        program : Program
            A formula over the instance's names.
        name : str
            What its value is called.
        """
        piece = bare(decompose(program))
        while piece.kind == "either":
            test, yes, no = piece.parts
            piece = bare(yes if self.value(test) else no)
        needed = piece.program.names if piece.program else frozenset()
        for let, inner in self.lets.items():
            if let in needed and let not in self.known:
                self.known.add(let)
                yield from self.of(inner, let)
        yield from self.frames(piece, name)
        last = piece.kind in ("tuple", "list") or is_part(piece)
        if last and not name:
            yield Frame(f"{text(piece)} = {inline(self.value(piece))}.")

    def frames(self, piece: Piece, name: str = "") -> Iterator[Frame]:
        """Yield the steps of one part of a formula, inner parts first."""
        if piece.kind == "either":
            test, yes, no = piece.parts
            yield from self.frames(yes if self.value(test) else no, name)
            return
        piece = bare(piece)
        if is_given(piece) or text(piece) in self.settled:
            if name and piece.kind != "constant":
                yield self.renamed(piece, name)
            return
        if piece.kind == "call" and self.is_watched(piece):
            yield from self.walked(piece)
            if name and not is_array(self.value(piece)):
                yield Frame(f"So {name} = {inline(self.value(piece))}.")
            return
        for inner in self.obstacles(piece.parts, piece):
            yield from self.frames(inner)
        self.settled.add(text(piece))
        unnamed = piece.kind in ("tuple", "list") and not name
        if not unnamed and (name or not self.is_written(piece)):
            yield self.frame(piece, name)

    def is_written(self, piece: Piece) -> bool:
        """Tell whether a part is an array made of nothing but written numbers."""
        assert piece.program is not None
        return not piece.program.names and is_array(self.value(piece))

    def is_watched(self, piece: Piece) -> bool:
        """Tell whether a call is shown at work."""
        return piece.word in WALKS and watchable(self.arguments(piece))

    def walked(self, piece: Piece) -> Iterator[Frame]:
        """Yield the steps that show what a solver does."""
        for part in piece.parts:
            yield from self.frames(part)
        self.settled.add(text(piece))
        arguments = self.arguments(piece)
        # The width is often worked out just like the height: once is enough.
        seen = f"{piece.word} {arguments}"
        if seen not in self.settled:
            self.settled.add(seen)
            yield from WALKS[piece.word](**arguments).frames

    def arguments(self, piece: Piece) -> dict[str, Any]:
        """Return what a call is given, by its parameters."""
        return {
            key: self.value(part)
            for key, part in zip(piece.keys, piece.parts, strict=True)
        }

    def obstacles(self, parts: Iterable[Piece], whole: Piece) -> Iterator[Piece]:
        """Yield the parts that must be worked out before one line can say the rest."""
        for part in parts:
            if part.kind == "slice" or is_given(part) or text(part) in self.settled:
                continue
            if self.is_entrywise(part) and self.is_entrywise(whole):
                yield from self.obstacles(part.parts, whole)
            else:
                yield part

    def is_entrywise(self, piece: Piece) -> bool:
        """Tell whether each entry of the result has its own entries to come from."""
        if piece.kind == "call":
            alone = piece.word not in SPREAD or not any(
                is_array(self.value(part)) for part in piece.parts
            )
            return piece.word in ENTRYWISE and alone
        if piece.kind == "operation":
            return piece.word != "@"
        return piece.kind in ("sign", "comparison", "logic")

    def frame(self, piece: Piece, name: str) -> Frame:
        """Return the step that one line can say."""
        value = self.value(piece)
        leaves = {text(leaf): self.value(leaf) for leaf in self.leaves(piece.parts)}
        grids = [panel(label, leaf) for label, leaf in leaves.items() if drawable(leaf)]
        head = f"{name} = " if name else ""
        if not is_array(value) or piece.kind in ("tuple", "list"):
            filled = self.summed(piece) or substituted(text(piece), leaves)
            chain = [text(piece), filled, inline(value)]
            if len(chain[0]) > LONGEST_TEXT and filled:
                del chain[0]
            return Frame(f"{head}{' = '.join(dict.fromkeys(chain))}.", tuple(grids))
        if drawable(value):
            cells = np.ndindex(*np.atleast_2d(value).shape)
            grids.append(
                panel(name or text(piece), value, dict.fromkeys(cells, Role.NOW))
            )
        result = f" = {inline(value)}" if value.size <= WRITTEN else ""
        manner = self.manner(piece, leaves)
        return Frame(f"{head}{text(piece)}{result}{manner}.", tuple(grids))

    def leaves(self, parts: Iterable[Piece]) -> Iterator[Piece]:
        """Yield the parts whose values are known already."""
        for part in parts:
            if part.kind in ("constant", "slice") or part.program is None:
                continue
            if is_given(part) or text(part) in self.settled:
                yield part
            else:
                yield from self.leaves(part.parts)

    def summed(self, piece: Piece) -> str:
        """Write out a short sum or mean."""
        if piece.word not in ("sum", "mean") or len(piece.parts) != 1:
            return ""
        entries = np.ravel(self.value(piece.parts[0]))
        if not 1 < len(entries) <= LONGEST_SUM or entries.dtype == bool:
            return ""
        total = " + ".join(bracketed(number(entry)) for entry in entries)
        return total if piece.word == "sum" else f"({total})/{len(entries)}"

    def manner(self, piece: Piece, leaves: Mapping[str, Any]) -> str:
        """Say how an array comes about."""
        value = self.value(piece)
        if piece.word == "@":
            return ", each row on the left times each column on the right, added up"
        if self.is_entrywise(piece):
            said = ", entry by entry"
            for label, leaf in leaves.items():
                if is_array(leaf) and leaf.shape != value.shape:
                    said += (
                        f"; {label} is stretched from {inline(leaf.shape)}"
                        f" to {inline(value.shape)}"
                    )
            first = (0,) * value.ndim
            try:
                entries = {
                    label: np.broadcast_to(leaf, value.shape)[first]
                    for label, leaf in leaves.items()
                }
            except (ValueError, TypeError):
                return said
            filled = substituted(text(piece), entries)
            if len(filled) > LONGEST_TEXT:
                return said
            return f"{said}; the first is {filled} = {inline(value[first])}"
        if "axis" in piece.keys:
            axis = self.value(piece.parts[piece.keys.index("axis")])
            return {0: ", down each column", 1: ", along each row"}.get(axis, "")
        return ""

    def renamed(self, piece: Piece, name: str) -> Frame:
        """Return the step that only gives a value another name."""
        value = self.value(piece)
        if drawable(value):
            return Frame(f"{name} = {text(piece)}.", (panel(name, value),))
        return Frame(f"{name} = {text(piece)} = {inline(value)}.")

    def value(self, piece: Piece) -> Any:
        """Return what a part comes to."""
        assert piece.program is not None
        return run(piece.program, self.values)
