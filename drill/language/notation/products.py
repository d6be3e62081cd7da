"""Two operands side by side: a product on paper, if it can be read in one way."""

from __future__ import annotations

from drill.language.messages import advice, sentences
from drill.language.notation.tokens import Token
from drill.language.notation.writer import Writer


def beside(writer: Writer, kind: str, token: Token) -> None:
    """Write the product of the last operand and `token`, or refuse to guess.

    Parameters
    ----------
    writer : Writer
    kind : str
        What starts with `token`: number, name, value, text, close or open.
    token : Token

    Raises
    ------
    LanguageError
        With the ways in which it could be meant.
    """
    left, right = writer.last_text, token.text
    gap = " " if writer.spaced else ""
    function = writer.after_function()
    if function and writer.last:
        writer.refuse(writer.last.start, advice.needs_parentheses(function))
    if kind == "text" or writer.kind == "text":
        writer.refuse(token.start, "text cannot stand beside something else")
    if not writer.formula:
        writer.refuse(token.start, advice.no_operator(left, right))
    if kind == "number":
        writer.refuse(token.start, advice.product_or_power(left, gap, right))
    bracket = writer.open[-1]
    if bracket.before in sentences.TIGHT and not _plain_share(writer):
        writer.refuse(
            token.start, advice.two_readings(bracket.before, f"{left}{gap}{right}")
        )
    if writer.exponent and not writer.spaced:
        writer.refuse(token.start, advice.long_exponent(left, right))
    writer.emit("*", token.start)
    bracket.before = "*"


def _plain_share(writer: Writer) -> bool:
    """Tell ``1/2 x``, which everybody reads as half of x, from ``1/2x``."""
    return writer.open[-1].before == "/" and writer.kind == "number" and writer.spaced
