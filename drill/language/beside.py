"""Two operands side by side: a product on paper, if it can be read in one way."""

from __future__ import annotations

from drill.language import advice, sentences
from drill.language.draft import Draft
from drill.language.scan import Token


def beside(draft: Draft, kind: str, token: Token) -> None:
    """Write the product of the last operand and `token`, or refuse to guess.

    Parameters
    ----------
    draft : Draft
    kind : str
        What starts with `token`: number, name, value, text, close or open.
    token : Token

    Raises
    ------
    LanguageError
        With the ways in which it could be meant.
    """
    left, right = draft.last_text, token.text
    gap = " " if draft.spaced else ""
    function = draft.after_function()
    if function and draft.last:
        draft.refuse(draft.last.start, advice.needs_parentheses(function))
    if kind == "text" or draft.kind == "text":
        draft.refuse(token.start, "text cannot stand beside something else")
    if not draft.formula:
        draft.refuse(token.start, advice.no_operator(left, right))
    if kind == "number":
        draft.refuse(token.start, advice.product_or_power(left, gap, right))
    bracket = draft.open[-1]
    if bracket.before in sentences.TIGHT and not _plain_share(draft):
        draft.refuse(
            token.start, advice.two_readings(bracket.before, f"{left}{gap}{right}")
        )
    if draft.exponent and not draft.spaced:
        draft.refuse(token.start, advice.long_exponent(left, right))
    draft.emit("*", token.start)
    bracket.before = "*"


def _plain_share(draft: Draft) -> bool:
    """Tell ``1/2 x``, which everybody reads as half of x, from ``1/2x``."""
    return draft.open[-1].before == "/" and draft.kind == "number" and draft.spaced
