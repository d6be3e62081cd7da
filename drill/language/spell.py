"""From what learners type to the Python that is checked, token by token.

The text is walked once, knowing at each token whether an operand or an operator
must come.  So a product can be written where a formula leaves it out, and most of
what would be a bare syntax error gets its own sentence and column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from drill.language import advice, paper, sentences
from drill.language.beside import beside
from drill.language.draft import Bracket, Draft
from drill.language.function import Table
from drill.language.letters import (
    BRACKETS,
    CONSTANTS,
    SIGNS,
    TOTALS,
    TRANSPOSES,
)
from drill.language.place import Text
from drill.language.scan import Token
from drill.language.words import word
from drill.language.write import operator, take

Visit: TypeAlias = Callable[[Draft, Token], None]

PAIRS: Mapping[str, str] = {"(": ")", "[": "]"}
OPERATORS = frozenset(
    {"+", "-", "*", "/", "//", "%", "@", "**", "&", "=", ",", ":"}
    | {"<", "<=", ">", ">=", "==", "!="}
)
ARITHMETIC = frozenset({"+", "-", "*", "/", "^", *SIGNS})
AUGMENTED = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "@=", "**="})
PREFIXES = frozenset({"f", "b", "r", "u", "br", "rb", "fr", "rf"})
OPEN_ENDED = frozenset({"(", "[", ",", ":"})


def spell(
    source: str,
    known: Collection[str],
    table: Table,
    *,
    statements: bool,
    formula: bool,
) -> Text:
    """Respell `source` as Python.

    Parameters
    ----------
    source : str
    known : collection of str
        The names that are given.
    table : Table
    statements, formula : bool
        As for `drill.language.parse`.

    Returns
    -------
    Text

    Raises
    ------
    LanguageError
        With the place, and what to write instead.

    Examples
    --------
    >>> from drill.language import LEARNER
    >>> spell("2λ w", ["lam", "w"], LEARNER, statements=False, formula=True).code
    '2*lam *w'
    """
    draft = Draft(source, known, table, statements, formula)
    while draft.here < len(draft.tokens):
        token = draft.tokens[draft.here]
        draft.here += 1
        if token.kind == "space":
            draft.space()
        elif token.kind == "newline" or token.text == ";":
            _newline(draft, token)
        elif token.text != ">>>" or draft.last is not None:
            _VISIT[token.kind](draft, token)
            draft.last = token
    _end(draft)
    return draft.finished()


def _newline(draft: Draft, token: Token) -> None:
    if draft.statements and len(draft.open) == 1:
        _end(draft)
        draft.emit("\n", token.start)
        draft.begin()
    elif token.text == ";":
        draft.refuse(token.start, sentences.SEMICOLON)
    else:
        draft.space()


def _end(draft: Draft) -> None:
    """End a statement."""
    if len(draft.open) > 1:
        bracket = draft.open[-1]
        opener = draft.source[bracket.start]
        draft.refuse(bracket.start, f"`{opener}` is never closed")
    if draft.attribute or (draft.operand and draft.last_text not in ("", ",")):
        draft.missing_after()
    draft.decide()
    draft.open[0] = Bracket("", 0)


def number(draft: Draft, token: Token) -> None:
    """Write a number."""
    if draft.attribute:
        draft.missing_after()
    digits = token.text
    if len(digits) > 1 and digits[0] == "0" and digits.strip("0_").isdecimal():
        draft.refuse(token.start, f"write {digits.lstrip('0_')} without the leading 0")
    take(draft, "number", digits, token, same=True)


def text_constant(draft: Draft, token: Token) -> None:
    """Write a text constant; the tree's place decides whether it may stand there."""
    if not draft.operand and not draft.spaced:
        if draft.last_text.lower() in PREFIXES:
            draft.refuse(token.start, sentences.TEXT)
        draft.refuse(token.start, sentences.TICK)
    for place, character in enumerate(token.text):
        if not character.isprintable():
            draft.refuse(token.start + place, advice.character(character))
    take(draft, "text", token.text, token, same=True)


def _sign(draft: Draft, token: Token) -> None:
    text = token.text
    if draft.attribute:
        draft.missing_after()
    if text in PAIRS:
        _opening(draft, token)
    elif text in (")", "]"):
        _closing(draft, token)
    elif text in OPERATORS or (text == "|" and not draft.formula):
        operator(draft, text, token)
    elif text == "|":
        paper.bar(draft, token)
    elif text == "^" and draft.formula:
        paper.caret(draft, token)
    elif text == ".":
        if draft.operand:
            draft.missing_before(token.start, text)
        draft.emit(text, token.start)
        draft.attribute = True
    elif text == "~" and draft.operand:
        draft.emit(text, token.start)
    elif text == "...":
        take(draft, "value", text, token)
    elif text in AUGMENTED and draft.statements and len(draft.open) == 1:
        operator(draft, text, token)
    else:
        draft.refuse(token.start, advice.sign(text))


def _opening(draft: Draft, token: Token) -> None:
    if not draft.operand and token.text == "[" and draft.kind == "number":
        draft.refuse(token.start, sentences.SQUARE)
    if not draft.operand and token.text == "(":
        if draft.kind not in ("name", "attribute", "root"):
            beside(draft, "open", token)
        elif draft.formula and draft.after_value():
            # Nobody calls a number, and `w (1 - t)` is how it stands on paper; but
            # `f(x)` or `f(a, b)` would be read as a function by everybody.
            if not _computes(draft):
                draft.refuse(token.start, advice.no_call(draft.after_value()))
            beside(draft, "open", token)
    draft.push(PAIRS[token.text], token)
    draft.emit(token.text, token.start)


def _computes(draft: Draft) -> bool:
    """Tell whether the parentheses that open here hold one calculation."""
    depth, found = 1, False
    for token in draft.tokens[draft.here :]:
        depth += (token.text in PAIRS) - (token.text in (")", "]"))
        if depth == 0:
            return found
        if depth == 1 and token.text == ",":
            return False
        found = found or token.text in ARITHMETIC
    return False


def _closing(draft: Draft, token: Token) -> None:
    bracket = draft.open[-1]
    if not bracket.closer:
        draft.refuse(token.start, f"`{token.text}` closes nothing")
    if bracket.closer != token.text:
        opener = draft.source[bracket.start]
        draft.refuse(
            token.start,
            f"`{token.text}` does not close `{opener}`: write {bracket.closer} before",
        )
    if draft.operand and draft.last_text not in OPEN_ENDED:
        draft.missing_after()
    draft.decide()
    draft.open.pop()
    draft.emit("]" if token.text == "]" else ")", token.start)
    draft.stand("close")


def _other(draft: Draft, token: Token) -> None:
    character = token.text
    if draft.attribute:
        draft.missing_after()
    if character in SIGNS:
        operator(draft, SIGNS[character], token)
    elif character in CONSTANTS:
        take(draft, "close", CONSTANTS[character], token)
    elif character in TRANSPOSES:
        paper.transpose(draft, token)
    elif character == "√":
        paper.square_root(draft, token)
    elif character in TOTALS:
        if draft.next_text() != "(":
            draft.refuse(token.start, advice.needs_parentheses(TOTALS[character]))
        take(draft, "name", TOTALS[character], token)
    elif character in BRACKETS:
        paper.rounding(draft, token, *BRACKETS[character])
    elif character in ("⌋", "⌉"):
        _closing(draft, token)
    elif character in ("'", '"'):
        draft.refuse(token.start, sentences.TICK)
    else:
        draft.refuse(token.start, advice.character(character))


_VISIT: Mapping[str, Visit] = {
    "number": number,
    "word": word,
    "text": text_constant,
    "raised": paper.raised,
    "sign": _sign,
    "other": _other,
}
