"""From what learners type to the Python that is checked, token by token.

The text is walked once, knowing at each token whether an operand or an operator
must come.  So a product can be written where a formula leaves it out, and most of
what would be a bare syntax error gets its own sentence and column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from drill.language.functions.function import Table
from drill.language.messages import advice, sentences
from drill.language.notation import signs
from drill.language.notation.names import word
from drill.language.notation.operands import operator, take
from drill.language.notation.products import beside
from drill.language.notation.symbols import (
    BRACKETS,
    CONSTANTS,
    SIGNS,
    TOTALS,
    TRANSPOSES,
)
from drill.language.notation.tokens import Token
from drill.language.notation.writer import Bracket, Writer
from drill.language.syntax.position import Text

Visit: TypeAlias = Callable[[Writer, Token], None]

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
    writer = Writer(source, known, table, statements, formula)
    while writer.here < len(writer.tokens):
        token = writer.tokens[writer.here]
        writer.here += 1
        if token.kind == "space":
            writer.space()
        elif token.kind == "newline" or token.text == ";":
            _newline(writer, token)
        elif token.text != ">>>" or writer.last is not None:
            _VISIT[token.kind](writer, token)
            writer.last = token
    _end(writer)
    return writer.finished()


def _newline(writer: Writer, token: Token) -> None:
    if writer.statements and len(writer.open) == 1:
        _end(writer)
        writer.emit("\n", token.start)
        writer.begin()
    elif token.text == ";":
        writer.refuse(token.start, sentences.SEMICOLON)
    else:
        writer.space()


def _end(writer: Writer) -> None:
    """End a statement."""
    if len(writer.open) > 1:
        bracket = writer.open[-1]
        opener = writer.source[bracket.start]
        writer.refuse(bracket.start, f"`{opener}` is never closed")
    if writer.attribute or (writer.operand and writer.last_text not in ("", ",")):
        writer.missing_after()
    writer.decide()
    writer.open[0] = Bracket("", 0)


def number(writer: Writer, token: Token) -> None:
    """Write a number."""
    if writer.attribute:
        writer.missing_after()
    digits = token.text
    if len(digits) > 1 and digits[0] == "0" and digits.strip("0_").isdecimal():
        writer.refuse(token.start, f"write {digits.lstrip('0_')} without the leading 0")
    take(writer, "number", digits, token, same=True)


def text_constant(writer: Writer, token: Token) -> None:
    """Write a text constant; the tree's place decides whether it may stand there."""
    if not writer.operand and not writer.spaced:
        if writer.last_text.lower() in PREFIXES:
            writer.refuse(token.start, sentences.TEXT)
        writer.refuse(token.start, sentences.TICK)
    for place, character in enumerate(token.text):
        if not character.isprintable():
            writer.refuse(token.start + place, advice.character(character))
    take(writer, "text", token.text, token, same=True)


def _sign(writer: Writer, token: Token) -> None:
    text = token.text
    if writer.attribute:
        writer.missing_after()
    if text in PAIRS:
        _opening(writer, token)
    elif text in (")", "]"):
        _closing(writer, token)
    elif text in OPERATORS or (text == "|" and not writer.formula):
        operator(writer, text, token)
    elif text == "|":
        signs.bar(writer, token)
    elif text == "^" and writer.formula:
        signs.caret(writer, token)
    elif text == ".":
        if writer.operand:
            writer.missing_before(token.start, text)
        writer.emit(text, token.start)
        writer.attribute = True
    elif text == "~" and writer.operand:
        writer.emit(text, token.start)
    elif text == "...":
        take(writer, "value", text, token)
    elif text in AUGMENTED and writer.statements and len(writer.open) == 1:
        operator(writer, text, token)
    else:
        writer.refuse(token.start, advice.sign(text))


def _opening(writer: Writer, token: Token) -> None:
    if not writer.operand and token.text == "[" and writer.kind == "number":
        writer.refuse(token.start, sentences.SQUARE)
    if not writer.operand and token.text == "(":
        if writer.kind not in ("name", "attribute", "root"):
            beside(writer, "open", token)
        elif writer.formula and writer.after_value():
            # Nobody calls a number, and `w (1 - t)` is how it stands on paper; but
            # `f(x)` or `f(a, b)` would be read as a function by everybody.
            if not _computes(writer):
                writer.refuse(token.start, advice.no_call(writer.after_value()))
            beside(writer, "open", token)
    writer.push(PAIRS[token.text], token)
    writer.emit(token.text, token.start)


def _computes(writer: Writer) -> bool:
    """Tell whether the parentheses that open here hold one calculation."""
    depth, found = 1, False
    for token in writer.tokens[writer.here :]:
        depth += (token.text in PAIRS) - (token.text in (")", "]"))
        if depth == 0:
            return found
        if depth == 1 and token.text == ",":
            return False
        found = found or token.text in ARITHMETIC
    return False


def _closing(writer: Writer, token: Token) -> None:
    bracket = writer.open[-1]
    if not bracket.closer:
        writer.refuse(token.start, f"`{token.text}` closes nothing")
    if bracket.closer != token.text:
        opener = writer.source[bracket.start]
        writer.refuse(
            token.start,
            f"`{token.text}` does not close `{opener}`: write {bracket.closer} before",
        )
    if writer.operand and writer.last_text not in OPEN_ENDED:
        writer.missing_after()
    writer.decide()
    writer.open.pop()
    writer.emit("]" if token.text == "]" else ")", token.start)
    writer.stand("close")


def _other(writer: Writer, token: Token) -> None:
    character = token.text
    if writer.attribute:
        writer.missing_after()
    if character in SIGNS:
        operator(writer, SIGNS[character], token)
    elif character in CONSTANTS:
        take(writer, "close", CONSTANTS[character], token)
    elif character in TRANSPOSES:
        signs.transpose(writer, token)
    elif character == "√":
        signs.square_root(writer, token)
    elif character in TOTALS:
        if writer.next_text() != "(":
            writer.refuse(token.start, advice.needs_parentheses(TOTALS[character]))
        take(writer, "name", TOTALS[character], token)
    elif character in BRACKETS:
        signs.rounding(writer, token, *BRACKETS[character])
    elif character in ("⌋", "⌉"):
        _closing(writer, token)
    elif character in ("'", '"'):
        writer.refuse(token.start, sentences.TICK)
    else:
        writer.refuse(token.start, advice.character(character))


_VISIT: Mapping[str, Visit] = {
    "number": number,
    "word": word,
    "text": text_constant,
    "raised": signs.raised,
    "sign": _sign,
    "other": _other,
}
