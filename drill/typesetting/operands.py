"""Operands of a formula: what stands between two operators."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drill.typesetting.matrices import matrix_of
from drill.typesetting.names import named
from drill.typesetting.reading import BARS, LARGE, SPACE, Read, Sentence, row
from drill.typesetting.scripts import plain_symbols, scripted
from drill.typesetting.tokens import ALONE, ARTICLES, CLOSING, OPENING, script_of
from drill.typesetting.tree import Fenced, Node, Root, Script, Symbol

DEEPEST = 12
LABELS = frozenset({"B", "L1", "L2", "F1"})
"""Names that alone are mostly what something is called, and no value."""
GLUED = ("word", "name", "closing", "number", "raised", "lowered",
         "function")  # fmt: skip


class Operands(Sentence):
    """Reads operands; what joins them is read by whoever inherits from it."""

    def terms(self, place: int) -> Read | None:
        """Read operands with what joins them."""
        raise NotImplementedError

    def operator(self, place: int) -> Read | None:
        """Read an operator and the operand after it."""
        raise NotImplementedError

    def operand(
        self, place: int, *, first: bool = False, operated: bool = False
    ) -> Read | None:
        """Read one operand with its index, its exponent and what it is called with."""
        read = self.primary(place, first=first, operated=operated)
        if read is None or read.code:
            return read if read is None else self.called(read)
        return self.scripts(read)

    def primary(self, place: int, *, first: bool, operated: bool) -> Read | None:
        """Read a name, a number, a root, or something in brackets."""
        token = self.at(place)
        if token is None:
            return None
        match token.kind:
            case "array":
                node = matrix_of(token)
                return Read((node,), place + 1, not isinstance(node, Symbol))
            case "number":
                return self.number(place)
            case "name":
                article = token.text in ARTICLES
                enclosed = operated or self.depth > 0
                if article and not (enclosed or self._joined(place)):
                    return None
                sure = token.text not in LABELS and not article
                return Read((named(token.text),), place + 1, sure)
            case "function":
                alone = token.text in ALONE or self._is_applied(place)
                if not alone:
                    return None
                return Read((named(token.text, upright=True),), place + 1)
            case "dotted" | "keyword":
                return Read((Symbol(token.text, "word"),), place + 1, True, True)
            case "word" if token.text.isalpha() and self._is_power(place):
                return Read((Symbol(token.text, "word"),), place + 1)
            case "word" if token.text in self.literal and not token.text.islower():
                return Read((Symbol(token.text, "word"),), place + 1, True)
            case "word" if self.lenient and token.text.isidentifier():
                return Read((Symbol(token.text, "word"),), place + 1)
            case "word" if self.coded and token.text.isidentifier():
                if token.text.islower():
                    return None
                return Read((Symbol(token.text, "word"),), place + 1)
            case "opening":
                return self.bracketed(place)
            case "sign":
                return self.signed(place, operated=operated)
        return None

    def number(self, place: int) -> Read:
        """Read a number, with its percent sign if it has one."""
        digits = Symbol(self.tokens[place].text, "number")
        spaced = self.is_space(place + 1)
        sign = self.at(place + 1 + spaced)
        if sign is None or sign.text != "%":
            return Read((digits,), place + 1)
        nodes = (digits, *((SPACE,) if spaced else ()), Symbol("%", "word"))
        return Read(nodes, place + 2 + spaced)

    def _joined(self, place: int) -> bool:
        """Tell whether an operator, an exponent or an index follows a letter."""
        after = self.at(place + 1)
        if after is None:
            return False
        close = after.kind in ("raised", "lowered") or after.text in ("_", "^", "'")
        return close or after.text in OPENING or self.operator(place + 1) is not None

    def _is_power(self, place: int) -> bool:
        after = self.at(place + 1)
        return after is not None and after.text == "^"

    def _is_applied(self, place: int) -> bool:
        after = self.at(place + 1)
        return after is not None and (
            after.text == "(" or after.kind == "raised" or after.text in ("'", "′")
        )

    def signed(self, place: int, *, operated: bool) -> Read | None:
        """Read what begins with a sign: a negative, a root, a sum, bars."""
        token = self.tokens[place]
        if token.text in ("−", "-", "±"):
            before = self.at(place - 1) if place else None
            glued = before is not None and before.kind in GLUED
            if self.is_space(place + 1) or (glued and not operated):
                return None
            read = self.operand(place + 1, operated=True)
            if read is None:
                return None
            sign = Symbol("−" if token.text == "-" else token.text, "sign")
            return Read((sign, *read.nodes), read.stop, read.sure, read.code)
        if token.text == "√":
            spaced = self.is_space(place + 1)
            read = self.primary(place + 1 + spaced, first=False, operated=True)
            if read is None:
                return None
            inside = self.unwrapped(read.nodes)
            return Read((Root(inside),), read.stop, True, read.code)
        if token.text in LARGE:
            return Read((Symbol(token.text, "sign"),), place + 1, True)
        if token.text in BARS:
            return self.barred(place)
        if token.text in ("…", "∞"):
            return Read((Symbol(token.text, "sign"),), place + 1, token.text == "∞")
        return None

    def unwrapped(self, nodes: Sequence[Node]) -> Node:
        """Take the parentheses off what a root or a bar embraces already."""
        if len(nodes) == 1 and isinstance(nodes[0], Fenced) and nodes[0].opening == "(":
            return nodes[0].inside
        return row(nodes)

    def barred(self, place: int) -> Read | None:
        """Read something between bars."""
        bar = self.tokens[place].text
        if self.is_space(place + 1):
            return None
        self.bars.append(bar)
        read = self.deeper(self.terms, place + 1)
        self.bars.pop()
        end = self.at(read.stop) if read else None
        if read is None or end is None or end.text != bar:
            return None
        inside = Fenced(bar, row(read.nodes), bar)
        return Read((inside,), read.stop + 1, True, read.code)

    def bracketed(self, place: int) -> Read | None:
        """Read a list between brackets."""
        opening = self.tokens[place].text
        closing = CLOSING[OPENING.index(opening)]
        read = self.deeper(self.items, place + 1)
        end = self.at(read.stop) if read else None
        if read is None or end is None or end.text != closing:
            return None
        inside = Fenced(opening, row(read.nodes), closing)
        return Read((inside,), read.stop + 1, read.sure, read.code)

    def items(self, place: int) -> Read | None:
        """Read operands between commas; a comma may stand at the end."""
        nodes: list[Node] = []
        stop, sure, code = place, False, False
        while True:
            start = self.at(stop)
            if start is not None and start.text == ":":
                # As in the slices of a program.
                nodes.append(Symbol(":", "sign"))
                stop, code = stop + 1, True
                continue
            read = self.terms(stop)
            if read is None:
                end = self.at(stop)
                if end is not None and end.text == "," and code:
                    spaced = self.is_space(stop + 1)
                    stop += 1 + spaced
                    continue
                break
            nodes += read.nodes
            stop, sure, code = read.stop, sure or read.sure, code or read.code
            comma = self.at(stop)
            if comma is None or comma.text not in (",", ":"):
                break
            if comma.text == ":":
                code = True
            spaced = self.is_space(stop + 1)
            nodes += [Symbol(comma.text, "sign"), *([SPACE] if spaced else [])]
            stop += 1 + spaced
        return Read(tuple(nodes), stop, sure, code) if nodes else None

    def deeper(self, read: Callable[[int], Read | None], place: int) -> Read | None:
        """Read inside brackets, unless they are too deep to be a person's."""
        if self.depth >= DEEPEST:
            return None
        self.depth += 1
        try:
            return read(place)
        finally:
            self.depth -= 1

    def called(self, read: Read) -> Read:
        """Read what a function or an array of a program is called with."""
        before, self.lenient = self.lenient, True
        while (token := self.at(read.stop)) is not None:
            inside = None
            if token.text in ("(", "["):
                inside = self.bracketed(read.stop) or self._empty(read.stop)
            elif token.text == ".":
                inside = self.attribute(read.stop)
            if inside is None:
                break
            read = Read((*read.nodes, *inside.nodes), inside.stop, True, True)
        self.lenient = before
        return read

    def attribute(self, place: int) -> Read | None:
        """Read what is taken of something in brackets, as ``.T`` is."""
        before, after = self.at(place - 1), self.at(place + 1)
        if before is None or before.kind != "closing" or after is None:
            return None
        if not after.text.isidentifier():
            return None
        return Read((Symbol(f".{after.text}", "word"),), place + 2, True, True)

    def _empty(self, place: int) -> Read | None:
        end = self.at(place + 1)
        if end is None or self.tokens[place].text != "(" or end.text != ")":
            return None
        return Read((Symbol("()", "word"),), place + 2, True, True)

    def scripts(self, read: Read) -> Read:
        """Read indices, exponents, primes, and what a function is applied to."""
        nodes, stop, sure, code = list(read.nodes), read.stop, read.sure, read.code
        while (token := self.at(stop)) is not None:
            base = nodes[-1]
            if token.kind in ("raised", "lowered"):
                run, stop = self.run_of(stop)
                nodes[-1] = scripted(base, run, raised=token.kind == "raised")
                sure = True
                continue
            if token.text in ("'", "′") and self.is_prime(stop, base):
                nodes[-1] = scripted(base, Symbol("′", "sign"), raised=True)
                stop, sure = stop + 1, True
                continue
            if token.text == "*" and self.is_star(stop):
                nodes[-1] = scripted(base, Symbol("*", "sign"), raised=True)
                stop, sure = stop + 1, True
                continue
            if token.text in ("^", "_"):
                script = self.script(stop + 1)
                if script is None:
                    break
                node = self.unwrapped(script.nodes)
                nodes[-1] = scripted(base, node, raised=token.text == "^")
                stop, sure, code = script.stop, True, code or script.code
                continue
            if token.text in ("(", "[") and self.takes(base, token.text):
                inside = self.bracketed(stop)
                if inside is None:
                    break
                nodes += inside.nodes
                stop, sure, code = inside.stop, True, code or inside.code
                continue
            if token.text == "." and (taken := self.attribute(stop)):
                found = Read((*nodes, *taken.nodes), taken.stop, True, True)
                return self.called(found)
            break
        return Read(tuple(nodes), stop, sure, code)

    def takes(self, base: Node, opening: str) -> bool:
        """Tell whether a bracket close behind something belongs to it."""
        while isinstance(base, Script):
            base = base.base
        if isinstance(base, Symbol):
            return base.kind in ("name", "word") or base.text in LARGE
        return opening == "[" or not isinstance(base, Fenced)

    def is_prime(self, place: int, base: Node) -> bool:
        """Tell a derivative's mark from an apostrophe or the end of a quotation."""
        after = self.at(place + 1)
        closed = after is not None and (
            after.text == "(" or self.operator(place + 1) is not None
        )
        kinds = isinstance(base, Script | Fenced)
        return closed and (
            kinds or (isinstance(base, Symbol) and base.kind in ("name", "word"))
        )

    def is_star(self, place: int) -> bool:
        """Tell the star of a best value from a product."""
        after = self.at(place + 1)
        follows = (
            after is None or after.kind in ("space", "closing") or after.text == ","
        )
        return follows and self.tokens[place - 1].kind == "name"

    def run_of(self, place: int) -> tuple[Node, int]:
        """Read raised or lowered characters as the plain ones that they stand for."""
        kind, text = self.tokens[place].kind, ""
        while (token := self.at(place)) is not None and token.kind == kind:
            found = script_of(token.text)
            text += found[1] if found else ""
            place += 1
        return row(plain_symbols(text)), place

    def script(self, place: int) -> Read | None:
        """Read an exponent or an index that is written after ``^`` or ``_``."""
        before, self.flat = self.flat, True
        try:
            token = self.at(place)
            if token is not None and token.text in ("−", "-"):
                return self.signed(place, operated=True)
            return self.primary(place, first=False, operated=True)
        finally:
            self.flat = before
