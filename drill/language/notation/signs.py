"""Signs that no keyboard has, and bars: what they are on paper, as Python."""

from __future__ import annotations

from drill.language.messages import advice, sentences
from drill.language.notation.operands import operator
from drill.language.notation.products import beside
from drill.language.notation.symbols import SUPERSCRIPTS, called
from drill.language.notation.tokens import Token
from drill.language.notation.writer import Writer

# What follows a root's bare operand and would make its reach a guess.
STICKING = frozenset({"(", "[", ".", "^", "**"})
STICKING_KINDS = frozenset({"number", "word", "raised"})


def raised(writer: Writer, token: Token) -> None:
    """Write superscript digits as a power."""
    if writer.operand:
        writer.missing_before(token.start, token.text)
    function = writer.after_function()
    if function:
        writer.refuse(token.start, advice.power_of_function(function))
    digits = "".join(SUPERSCRIPTS[character] for character in token.text)
    if not digits.removeprefix("-").isdecimal():
        writer.refuse(token.start, f"{called(token.text[0])} is no exponent")
    writer.emit(f"**({digits})" if digits[0] == "-" else f"**{digits}", token.start)
    writer.stand("close")


def caret(writer: Writer, token: Token) -> None:
    """Write ``^`` as a power; ``W^T`` is a transpose where no `T` is given."""
    following = writer.following()
    transposed = following and following[0].text == "T" and "T" not in writer.known
    if not transposed or writer.operand:
        operator(writer, "**", token)
        return
    while writer.tokens[writer.here].kind == "space":
        writer.here += 1
    writer.here += 1
    writer.emit(".T", token.start)
    writer.stand("close")


def bar(writer: Writer, token: Token) -> None:
    """Write ``|x|`` as abs(x)."""
    if not writer.operand and writer.open[-1].closer == "|":
        writer.open.pop()
        writer.open[-1].bars += 1
        writer.emit(")", token.start)
        writer.stand("close")
        return
    if not writer.operand:
        # A bar after a value opens; after a closed pair it could do either.
        if writer.open[-1].bars:
            writer.refuse(token.start, sentences.BARS)
        beside(writer, "open", token)
    writer.push("|", token)
    writer.emit("abs(", token.start)


def transpose(writer: Writer, token: Token) -> None:
    """Write a raised T as ``.T``."""
    if writer.operand:
        writer.missing_before(token.start, token.text)
    writer.emit(".T", token.start)
    writer.stand("close")


def rounding(writer: Writer, token: Token, name: str, closer: str) -> None:
    """Open ``⌊`` or ``⌈``."""
    if not writer.operand:
        beside(writer, "open", token)
    writer.push(closer, token)
    writer.emit(f"{name}(", token.start)


def square_root(writer: Writer, token: Token) -> None:
    """Write a root over parentheses, one name or one number."""
    if not writer.operand:
        beside(writer, "open", token)
    following = writer.following()
    if following and following[0].text == "(":
        writer.emit("sqrt", token.start)
        writer.stand("root")
        return
    alone = following and following[0].kind in ("number", "word")
    sticks = len(following) > 1 and (
        following[1].text in STICKING or following[1].kind in STICKING_KINDS
    )
    if not alone or sticks:
        writer.refuse(token.start, "put what is under the root in parentheses: √(…)")
    writer.emit("sqrt(", token.start)
    writer.operand = writer.root = True
