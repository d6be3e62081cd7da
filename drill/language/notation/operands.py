"""Writing an operand or an operator, each where it may stand."""

from __future__ import annotations

from drill.language.messages import advice, sentences
from drill.language.notation.products import beside
from drill.language.notation.tokens import Token
from drill.language.notation.writer import Bracket, Writer


def take(
    writer: Writer, kind: str, text: str, token: Token, *, same: bool = False
) -> None:
    """Write an operand; `same` when it is written as it was typed."""
    if not writer.operand:
        beside(writer, kind, token)
    writer.emit(text, token.start, 1 if same else 0)
    writer.stand(kind)
    if writer.root:
        writer.root = False
        writer.emit(")", token.start)
        writer.kind = "close"


def operator(writer: Writer, text: str, token: Token) -> None:
    """Write an operator, a comma, a colon or an equals sign."""
    ground = writer.open[-1]
    if writer.operand and text in ("+", "-", "not"):
        writer.emit(f"{text} " if text == "not" else text, token.start)
        return
    if writer.operand and (ground.closer != "]" or text not in (":", ",")):
        if ground.closer == ")" and text in ("*", "**"):
            writer.refuse(token.start, sentences.STAR)
        writer.missing_before(token.start, token.text)
    problem = _misplaced(writer, text, ground)
    if problem:
        writer.refuse(token.start, problem)
    if text == "if":
        ground.choices.append(token.start)
    writer.emit(f" {text} " if text.isalpha() else text, token.start)
    writer.operand = True
    writer.spaced = False
    writer.power = text == "**"
    if text != "**":
        ground.before = text if text in sentences.TIGHT or text == "*" else ""


def _misplaced(writer: Writer, text: str, ground: Bracket) -> str:
    """Say why a sign has no meaning where it stands, or nothing."""
    if text == "else" and not ground.choices:
        return sentences.NO_IF
    if text == "else":
        ground.choices.pop()
    if text == ":" and ground.closer != "]":
        return sentences.COLON
    if text == "=" and ground.closer != ")":
        return "" if writer.statements and not ground.closer else sentences.EQUALS
    if text == "**" and writer.after_function():
        return advice.power_of_function(writer.after_function())
    if text == "," and writer.formula and not ground.closer and not writer.spaced:
        before, after = writer.last_text, writer.tokens[writer.here : writer.here + 1]
        if before.isdecimal() and after and after[0].text.isdecimal():
            return f"write a decimal point: {before}.{after[0].text}"
    return ""
