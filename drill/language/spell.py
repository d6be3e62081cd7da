"""From what learners type to the Python that is checked, token by token.

The text is walked once, knowing at each token whether an operand or an operator
must come.  So a product can be written where a formula leaves it out, and most of
what would be a bare syntax error gets its own sentence and column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from drill.language import advice, paper
from drill.language.beside import beside
from drill.language.draft import Bracket, Draft
from drill.language.function import Table
from drill.language.letters import (
    BRACKETS,
    CONSTANTS,
    SIGNS,
    TOTALS,
    TRANSPOSES,
    called,
    spelled,
)
from drill.language.place import Text
from drill.language.scan import Token

Visit: TypeAlias = Callable[[Draft, Token], None]

PAIRS: Mapping[str, str] = {"(": ")", "[": "]"}
OPERATORS = frozenset(
    {"+", "-", "*", "/", "//", "%", "@", "**", "&", "=", ",", ":"}
    | {"<", "<=", ">", ">=", "==", "!="}
)
AUGMENTED = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "@=", "**="})
OPEN_ENDED = frozenset({"(", "[", ",", ":"})
PREFIXES = frozenset({"f", "b", "r", "u", "br", "rb", "fr", "rf"})


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
        draft.refuse(token.start, advice.SEMICOLON)
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
    draft.open[0] = Bracket("", 0)


# -- operands -----------------------------------------------------------------


def _take(
    draft: Draft, kind: str, text: str, token: Token, *, same: bool = False
) -> None:
    """Write an operand; `same` when it is written as it was typed."""
    if not draft.operand:
        beside(draft, kind, token)
    draft.emit(text, token.start, 1 if same else 0)
    draft.stand(kind)
    if draft.root:
        draft.root = False
        draft.emit(")", token.start)
        draft.kind = "close"


def _number(draft: Draft, token: Token) -> None:
    if draft.attribute:
        draft.missing_after()
    digits = token.text
    if len(digits) > 1 and digits[0] == "0" and digits.strip("0_").isdecimal():
        draft.refuse(token.start, f"write {digits.lstrip('0_')} without the leading 0")
    _take(draft, "number", digits, token, same=True)


def _text(draft: Draft, token: Token) -> None:
    if not draft.operand and not draft.spaced:
        if draft.last_text.lower() in PREFIXES:
            draft.refuse(token.start, advice.TEXT)
        draft.refuse(token.start, advice.TICK)
    _take(draft, "text", token.text, token, same=True)


def _word(draft: Draft, token: Token) -> None:
    text = token.text
    if draft.attribute:
        draft.attribute = False
        if not text.isascii():
            draft.refuse(token.start, f"there is no `.{text}`")
        draft.emit(text, token.start, 1)
        draft.stand("attribute")
    elif not text.isascii():
        _letter(draft, token)
    elif text in advice.WORDS_OF_PYTHON:
        _word_of_python(draft, token)
    elif text == "ln" and draft.formula and text not in draft.known:
        _take(draft, "name", "log", token)
    else:
        _take(draft, "name", text, token, same=True)


def _letter(draft: Draft, token: Token) -> None:
    """Write a Greek or marked letter as the name that is given for it."""
    name = spelled(token.text, draft.known)
    if name is None:
        draft.refuse(token.start, f"{called(token.text[0])} has no name here")
    if token.text in TOTALS and name not in draft.known:
        name = TOTALS[token.text]
        if draft.next_text() != "(":
            draft.refuse(token.start, advice.needs_parentheses(name))
    _take(draft, "name", name, token)


def _word_of_python(draft: Draft, token: Token) -> None:
    text = token.text
    if text in ("True", "False", "None"):
        _take(draft, "value", text, token, same=True)
    elif text == "lambda" and draft.formula and "lam" in draft.known:
        _take(draft, "name", "lam", token)
    elif text in ("import", "from") and draft.last is None:
        _import(draft, token)
    elif (text == "not") == draft.operand and text in (
        "not",
        "and",
        "or",
        "if",
        "else",
    ):
        _operator(draft, text, token)
    elif text in ("and", "or", "else"):
        draft.missing_before(token.start, text)
    else:
        draft.refuse(token.start, advice.word_of_python(text, draft.known))


def _import(draft: Draft, token: Token) -> None:
    """Skip a line that imports numpy: the table needs no import."""
    words = []
    while draft.here < len(draft.tokens):
        following = draft.tokens[draft.here]
        if following.kind == "newline" or following.text == ";":
            break
        words += [following.text] if following.kind != "space" else []
        draft.here += 1
    harmless = words[:1] == ["numpy"] and (
        token.text == "from" or words[1:] in ([], ["as", "np"])
    )
    if not harmless or not draft.statements:
        draft.refuse(token.start, advice.IMPORT)
    draft.operand = False


# -- signs --------------------------------------------------------------------


def _sign(draft: Draft, token: Token) -> None:
    text = token.text
    if draft.attribute:
        draft.missing_after()
    if text in PAIRS:
        _opening(draft, token)
    elif text in (")", "]"):
        _closing(draft, token)
    elif text in OPERATORS or (text == "|" and not draft.formula):
        _operator(draft, text, token)
    elif text == "|":
        paper.bar(draft, token)
    elif text == "^" and draft.formula:
        paper.caret(draft, token, _operator)
    elif text == ".":
        if draft.operand:
            draft.missing_before(token.start, text)
        draft.emit(text, token.start)
        draft.attribute = True
    elif text == "~" and draft.operand:
        draft.emit(text, token.start)
    elif text == "...":
        _take(draft, "value", text, token)
    elif text in AUGMENTED and draft.statements and len(draft.open) == 1:
        _operator(draft, text, token)
    else:
        draft.refuse(token.start, advice.sign(text))


def _operator(draft: Draft, text: str, token: Token) -> None:
    """Write an operator, a comma, a colon or an equals sign."""
    ground = draft.open[-1]
    if draft.operand and text in ("+", "-", "not"):
        draft.emit(f"{text} " if text == "not" else text, token.start)
        return
    if draft.operand and (ground.closer != "]" or text not in (":", ",")):
        if ground.closer == ")" and text in ("*", "**"):
            draft.refuse(token.start, advice.STAR)
        draft.missing_before(token.start, token.text)
    problem = _misplaced(draft, text, ground)
    if problem:
        draft.refuse(token.start, problem)
    draft.emit(f" {text} " if text.isalpha() else text, token.start)
    draft.operand = True
    draft.spaced = False
    draft.power = text == "**"
    if text != "**":
        ground.before = text if text in advice.TIGHT or text == "*" else ""


def _misplaced(draft: Draft, text: str, ground: Bracket) -> str:
    """Say why a sign has no meaning where it stands, or nothing."""
    if text == ":" and ground.closer != "]":
        return advice.COLON
    if text == "=" and ground.closer != ")":
        return "" if draft.statements and not ground.closer else advice.EQUALS
    if text == "**" and draft.after_function():
        return advice.power_of_function(draft.after_function())
    if text == "," and draft.formula and not ground.closer and not draft.spaced:
        before, after = draft.last_text, draft.tokens[draft.here : draft.here + 1]
        if before.isdecimal() and after and after[0].text.isdecimal():
            return f"write a decimal point: {before}.{after[0].text}"
    return ""


def _opening(draft: Draft, token: Token) -> None:
    if not draft.operand and token.text == "[" and draft.kind == "number":
        draft.refuse(token.start, advice.SQUARE)
    if not draft.operand and token.text == "(":
        if draft.kind not in ("name", "attribute", "root"):
            beside(draft, "open", token)
        elif draft.formula and draft.after_value():
            draft.refuse(token.start, advice.no_call(draft.after_value()))
    draft.push(PAIRS[token.text], token)
    draft.emit(token.text, token.start)


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
    draft.open.pop()
    draft.emit("]" if token.text == "]" else ")", token.start)
    draft.stand("close")


def _other(draft: Draft, token: Token) -> None:
    character = token.text
    if draft.attribute:
        draft.missing_after()
    if character in SIGNS:
        _operator(draft, SIGNS[character], token)
    elif character in CONSTANTS:
        _take(draft, "close", CONSTANTS[character], token)
    elif character in TRANSPOSES:
        paper.transpose(draft, token)
    elif character == "√":
        paper.square_root(draft, token)
    elif character in TOTALS and draft.next_text() == "(":
        _take(draft, "name", TOTALS[character], token)
    elif character in BRACKETS:
        paper.rounding(draft, token, *BRACKETS[character])
    elif character in ("⌋", "⌉"):
        _closing(draft, token)
    elif character in ("'", '"'):
        draft.refuse(token.start, advice.TICK)
    else:
        draft.refuse(token.start, advice.character(character))


_VISIT: Mapping[str, Visit] = {
    "number": _number,
    "word": _word,
    "text": _text,
    "raised": paper.raised,
    "sign": _sign,
    "other": _other,
}
