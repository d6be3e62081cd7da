"""Words: names, Greek letters, attributes, and what Python keeps for itself."""

from __future__ import annotations

from drill.language.messages import advice, sentences
from drill.language.notation.operands import operator, take
from drill.language.notation.symbols import TOTALS, called, spelled
from drill.language.notation.tokens import Token
from drill.language.notation.writer import Writer


def word(writer: Writer, token: Token) -> None:
    """Write a name, an attribute or a word of Python's."""
    text = token.text
    if writer.attribute:
        writer.attribute = False
        if not text.isascii():
            writer.refuse(token.start, f"there is no `.{text}`")
        writer.emit(text, token.start, 1)
        writer.stand("attribute")
    elif not text.isascii():
        _letter(writer, token)
    elif text in sentences.WORDS_OF_PYTHON:
        _word_of_python(writer, token)
    elif text == "ln" and writer.formula and text not in writer.known:
        take(writer, "name", "log", token)
    else:
        take(writer, "name", text, token, same=True)


def _letter(writer: Writer, token: Token) -> None:
    """Write a Greek or marked letter as the name that is given for it."""
    name = spelled(token.text, writer.known)
    if name is None:
        writer.refuse(token.start, f"{called(token.text[0])} has no name here")
    if token.text in TOTALS and name not in writer.known:
        name = TOTALS[token.text]
        if writer.next_text() != "(":
            writer.refuse(token.start, advice.needs_parentheses(name))
    take(writer, "name", name, token)


def _word_of_python(writer: Writer, token: Token) -> None:
    text = token.text
    if text in ("True", "False", "None"):
        take(writer, "value", text, token, same=True)
    elif text == "lambda" and writer.formula and "lam" in writer.known:
        take(writer, "name", "lam", token)
    elif text in ("import", "from") and writer.last is None:
        _import(writer, token)
    elif (text == "not") == writer.operand and text in (
        "not",
        "and",
        "or",
        "if",
        "else",
    ):
        operator(writer, text, token)
    elif text in ("and", "or", "else") and writer.operand:
        writer.missing_before(token.start, text)
    else:
        writer.refuse(token.start, advice.word_of_python(text, writer.known))


def _import(writer: Writer, token: Token) -> None:
    """Skip a line that imports numpy: the table needs no import."""
    words = []
    while writer.here < len(writer.tokens):
        following = writer.tokens[writer.here]
        if following.kind == "newline" or following.text == ";":
            break
        words += [following.text] if following.kind != "space" else []
        writer.here += 1
    harmless = words[:1] == ["numpy"] and (
        token.text == "from" or words[1:] in ([], ["as", "np"])
    )
    if not harmless or not writer.statements:
        writer.refuse(token.start, sentences.IMPORT)
    writer.operand = False
