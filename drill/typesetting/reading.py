"""What a reader of formulas keeps: its place in a sentence, and what it has read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drill.typesetting.tokens import Token
from drill.typesetting.tree import Node, Row, Symbol

SPACE = Symbol(" ", "space")
WIDE = 3
LARGE = frozenset("Σ∑Π∂∇")
BARS = frozenset("|‖")


@dataclass(frozen=True)
class Read:
    """What was read of a sentence.

    Attributes
    ----------
    nodes : tuple of Node
    stop : int
        The first token that is not part of it.
    sure : bool
        Whether something in it belongs to formulas only.
    code : bool
        Whether something in it belongs to programs only.
    """

    nodes: tuple[Node, ...]
    stop: int
    sure: bool = False
    code: bool = False


@dataclass
class Sentence:
    """The tokens of a sentence, and where a reader of formulas is in them.

    Attributes
    ----------
    tokens : sequence of Token
    depth : int
        How many brackets are open.
    lenient : bool
        Whether any identifier is a name, as between the brackets of a call in code.
    coded : bool
        Whether something of a program was read.
    flat : bool
        Whether quotients keep their strokes, as in exponents.
    literal : frozenset of str
        Names that a person types in a program.
    bars : list of str
        The bars that are open.
    """

    tokens: Sequence[Token]
    depth: int = 0
    lenient: bool = False
    coded: bool = False
    flat: bool = False
    literal: frozenset[str] = frozenset()
    bars: list[str] = field(default_factory=list)

    def at(self, place: int) -> Token | None:
        """Return a token, or None after the last."""
        return self.tokens[place] if place < len(self.tokens) else None

    def is_space(self, place: int) -> bool:
        """Tell whether there is a space; a wide one parts formulas."""
        token = self.at(place)
        return token is not None and token.kind == "space" and len(token.text) < WIDE


def row(nodes: Sequence[Node]) -> Node:
    """Return one node for several."""
    return nodes[0] if len(nodes) == 1 else Row(tuple(nodes))
