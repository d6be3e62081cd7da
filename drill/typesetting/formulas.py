"""Formulas found in sentences: what is surely one, and no more.

A sentence of the bank is plain Unicode, and most of its words are words.  A run of
tokens is a formula when it can be read as one from end to end and has something that no
sentence has: an operator, an index, an exponent, a root, a called function, a letter
that is no word.  Everything else stays the text that it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from drill.typesetting.fractions import with_fractions
from drill.typesetting.operands import Operands
from drill.typesetting.reading import BARS, LARGE, SPACE, Read
from drill.typesetting.tokens import ALONE, ARTICLES, CODE_SIGNS, OPERATORS
from drill.typesetting.tree import Node, Symbol


class Reader(Operands):
    """Reads the longest formula at a place of a sentence."""

    def terms(self, place: int) -> Read | None:
        """Read operands with what joins them."""
        first = self.operand(place, first=True)
        if first is None:
            return None
        nodes, stop = list(first.nodes), first.stop
        sure, code = first.sure, first.code
        self.coded = self.coded or code
        while True:
            more = self.operator(stop) or self.beside(stop, nodes)
            if more is None:
                break
            nodes += more.nodes
            stop = more.stop
            sure, code = sure or more.sure, code or more.code
            self.coded = self.coded or code
        made = tuple(nodes) if self.flat else with_fractions(nodes)
        return Read(made, stop, sure, code)

    def operator(self, place: int) -> Read | None:
        """Read an operator and the operand after it."""
        spaced = self.is_space(place)
        sign = self.at(place + spaced)
        if sign is None or sign.kind != "sign":
            return None
        code = sign.text in CODE_SIGNS
        if not code and sign.text not in OPERATORS:
            return None
        after = place + spaced + 1
        wide = self.is_space(after)
        # A hyphen joins words, and a sign that leans to the right begins a number.
        if sign.text == "-" and not (spaced and wide):
            return None
        if (spaced and not wide and sign.text in "−±") or sign.text == ":":
            return None
        read = self.operand(after + wide, operated=True)
        if read is None:
            return None
        gap = (SPACE,) if spaced else ()
        shown = Symbol("−" if sign.text == "-" and not code else sign.text, "sign")
        nodes = (*gap, shown, *((SPACE,) if wide else ()), *read.nodes)
        return Read(nodes, read.stop, True, code or read.code)

    def beside(self, place: int, before: Sequence[Node]) -> Read | None:
        """Read an operand that is multiplied because it stands beside the last."""
        spaced = self.is_space(place)
        token = self.at(place + spaced)
        if token is None:
            return None
        if token.text in ARTICLES and spaced and not self._joined(place + 1):
            return None
        last = before[-1]
        counted = (
            isinstance(last, Symbol) and last.kind == "number" and last.text.isascii()
        )
        if token.kind == "number" and not (spaced and self._called(before)):
            return None
        fits = token.kind in ("name", "opening", "number") or token.text in LARGE | {
            "√"
        }
        fits = fits or (token.kind == "function" and token.text in ALONE)
        fits = fits or (token.kind == "function" and self._is_called(place + spaced))
        fits = fits or (token.text in BARS and token.text not in self.bars)
        if not fits or (counted and spaced and token.kind == "opening"):
            return None
        if token.kind == "opening" and token.text in "[{" and spaced:
            return None
        read = self.operand(place + spaced)
        if read is None:
            return None
        return Read(
            (*((SPACE,) if spaced else ()), *read.nodes),
            read.stop,
            read.sure,
            read.code,
        )

    def _called(self, before: Sequence[Node]) -> bool:
        last = before[-1]
        return isinstance(last, Symbol) and last.kind == "word" and last.text in ALONE

    def _is_called(self, place: int) -> bool:
        after = self.at(place + 1)
        return after is not None and after.text == "("
