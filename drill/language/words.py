"""Words: names, Greek letters, attributes, and what Python keeps for itself."""

from __future__ import annotations

from drill.language import advice, sentences
from drill.language.draft import Draft
from drill.language.letters import TOTALS, called, spelled
from drill.language.scan import Token
from drill.language.write import operator, take


def word(draft: Draft, token: Token) -> None:
    """Write a name, an attribute or a word of Python's."""
    text = token.text
    if draft.attribute:
        draft.attribute = False
        if not text.isascii():
            draft.refuse(token.start, f"there is no `.{text}`")
        draft.emit(text, token.start, 1)
        draft.stand("attribute")
    elif not text.isascii():
        _letter(draft, token)
    elif text in sentences.WORDS_OF_PYTHON:
        _word_of_python(draft, token)
    elif text == "ln" and draft.formula and text not in draft.known:
        take(draft, "name", "log", token)
    else:
        take(draft, "name", text, token, same=True)


def _letter(draft: Draft, token: Token) -> None:
    """Write a Greek or marked letter as the name that is given for it."""
    name = spelled(token.text, draft.known)
    if name is None:
        draft.refuse(token.start, f"{called(token.text[0])} has no name here")
    if token.text in TOTALS and name not in draft.known:
        name = TOTALS[token.text]
        if draft.next_text() != "(":
            draft.refuse(token.start, advice.needs_parentheses(name))
    take(draft, "name", name, token)


def _word_of_python(draft: Draft, token: Token) -> None:
    text = token.text
    if text in ("True", "False", "None"):
        take(draft, "value", text, token, same=True)
    elif text == "lambda" and draft.formula and "lam" in draft.known:
        take(draft, "name", "lam", token)
    elif text in ("import", "from") and draft.last is None:
        _import(draft, token)
    elif (text == "not") == draft.operand and text in (
        "not",
        "and",
        "or",
        "if",
        "else",
    ):
        operator(draft, text, token)
    elif text in ("and", "or", "else") and draft.operand:
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
        draft.refuse(token.start, sentences.IMPORT)
    draft.operand = False
