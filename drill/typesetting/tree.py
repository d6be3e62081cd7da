"""What typeset prose is made of: blocks, runs of text, and the parts of formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind = Literal["name", "word", "number", "sign", "space"]


@dataclass(frozen=True)
class Symbol:
    """One name, number or sign of a formula.

    Attributes
    ----------
    kind : str
        ``name`` is one letter, set slanted; ``word`` is set upright, as ``tanh`` is.
    """

    text: str
    kind: Kind


@dataclass(frozen=True)
class Row:
    """Parts beside each other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Fraction:
    """A numerator above a denominator."""

    above: Node
    below: Node


@dataclass(frozen=True)
class Root:
    """A square root."""

    inside: Node


@dataclass(frozen=True)
class Script:
    """Something with an index, an exponent, or both."""

    base: Node
    below: Node | None = None
    above: Node | None = None


@dataclass(frozen=True)
class Accent:
    """A letter with a mark above it: ``hat``, ``tilde`` or ``bar``."""

    base: Node
    mark: Literal["hat", "tilde", "bar"]


@dataclass(frozen=True)
class Fenced:
    """Something between a pair of brackets or bars."""

    opening: str
    inside: Node
    closing: str


@dataclass(frozen=True)
class Matrix:
    """Rows of entries between square brackets."""

    rows: tuple[tuple[str, ...], ...]


Node: TypeAlias = Symbol | Row | Fraction | Root | Script | Accent | Fenced | Matrix


@dataclass(frozen=True)
class Text:
    """Words of a sentence."""

    text: str


@dataclass(frozen=True)
class Code:
    """Part of a program in the middle of a sentence."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula, with the text that it was read from."""

    source: str
    inside: Node


Run: TypeAlias = Text | Code | Formula


@dataclass(frozen=True)
class Paragraph:
    """One line of prose, as long as it may be."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Display:
    """A formula on a line of its own."""

    formula: Formula


@dataclass(frozen=True)
class Listing:
    """Lines of a program."""

    text: str


Block: TypeAlias = Paragraph | Display | Listing
Blocks: TypeAlias = tuple[Block, ...]
