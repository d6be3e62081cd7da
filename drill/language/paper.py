"""Signs that no keyboard has, and bars: what they are on paper, as Python."""

from __future__ import annotations

from drill.language import advice, sentences
from drill.language.beside import beside
from drill.language.draft import Draft
from drill.language.letters import SUPERSCRIPTS, called
from drill.language.scan import Token
from drill.language.write import operator

# What follows a root's bare operand and would make its reach a guess.
STICKING = frozenset({"(", "[", ".", "^", "**"})
STICKING_KINDS = frozenset({"number", "word", "raised"})


def raised(draft: Draft, token: Token) -> None:
    """Write superscript digits as a power."""
    if draft.operand:
        draft.missing_before(token.start, token.text)
    function = draft.after_function()
    if function:
        draft.refuse(token.start, advice.power_of_function(function))
    digits = "".join(SUPERSCRIPTS[character] for character in token.text)
    if not digits.removeprefix("-").isdecimal():
        draft.refuse(token.start, f"{called(token.text[0])} is no exponent")
    draft.emit(f"**({digits})" if digits[0] == "-" else f"**{digits}", token.start)
    draft.stand("close")


def caret(draft: Draft, token: Token) -> None:
    """Write ``^`` as a power; ``W^T`` is a transpose where no `T` is given."""
    following = draft.following()
    transposed = following and following[0].text == "T" and "T" not in draft.known
    if not transposed or draft.operand:
        operator(draft, "**", token)
        return
    while draft.tokens[draft.here].kind == "space":
        draft.here += 1
    draft.here += 1
    draft.emit(".T", token.start)
    draft.stand("close")


def bar(draft: Draft, token: Token) -> None:
    """Write ``|x|`` as abs(x)."""
    if not draft.operand and draft.open[-1].closer == "|":
        draft.open.pop()
        draft.open[-1].bars += 1
        draft.emit(")", token.start)
        draft.stand("close")
        return
    if not draft.operand:
        # A bar after a value opens; after a closed pair it could do either.
        if draft.open[-1].bars:
            draft.refuse(token.start, sentences.BARS)
        beside(draft, "open", token)
    draft.push("|", token)
    draft.emit("abs(", token.start)


def transpose(draft: Draft, token: Token) -> None:
    """Write a raised T as ``.T``."""
    if draft.operand:
        draft.missing_before(token.start, token.text)
    draft.emit(".T", token.start)
    draft.stand("close")


def rounding(draft: Draft, token: Token, name: str, closer: str) -> None:
    """Open ``⌊`` or ``⌈``."""
    if not draft.operand:
        beside(draft, "open", token)
    draft.push(closer, token)
    draft.emit(f"{name}(", token.start)


def square_root(draft: Draft, token: Token) -> None:
    """Write a root over parentheses, one name or one number."""
    if not draft.operand:
        beside(draft, "open", token)
    following = draft.following()
    if following and following[0].text == "(":
        draft.emit("sqrt", token.start)
        draft.stand("root")
        return
    alone = following and following[0].kind in ("number", "word")
    sticks = len(following) > 1 and (
        following[1].text in STICKING or following[1].kind in STICKING_KINDS
    )
    if not alone or sticks:
        draft.refuse(token.start, "put what is under the root in parentheses: √(…)")
    draft.emit("sqrt(", token.start)
    draft.operand = draft.root = True
