"""Writing an operand or an operator, each where it may stand."""

from __future__ import annotations

from drill.language import advice, sentences
from drill.language.beside import beside
from drill.language.draft import Bracket, Draft
from drill.language.scan import Token


def take(
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


def operator(draft: Draft, text: str, token: Token) -> None:
    """Write an operator, a comma, a colon or an equals sign."""
    ground = draft.open[-1]
    if draft.operand and text in ("+", "-", "not"):
        draft.emit(f"{text} " if text == "not" else text, token.start)
        return
    if draft.operand and (ground.closer != "]" or text not in (":", ",")):
        if ground.closer == ")" and text in ("*", "**"):
            draft.refuse(token.start, sentences.STAR)
        draft.missing_before(token.start, token.text)
    problem = _misplaced(draft, text, ground)
    if problem:
        draft.refuse(token.start, problem)
    if text == "if":
        ground.choices.append(token.start)
    draft.emit(f" {text} " if text.isalpha() else text, token.start)
    draft.operand = True
    draft.spaced = False
    draft.power = text == "**"
    if text != "**":
        ground.before = text if text in sentences.TIGHT or text == "*" else ""


def _misplaced(draft: Draft, text: str, ground: Bracket) -> str:
    """Say why a sign has no meaning where it stands, or nothing."""
    if text == "else" and not ground.choices:
        return sentences.NO_IF
    if text == "else":
        ground.choices.pop()
    if text == ":" and ground.closer != "]":
        return sentences.COLON
    if text == "=" and ground.closer != ")":
        return "" if draft.statements and not ground.closer else sentences.EQUALS
    if text == "**" and draft.after_function():
        return advice.power_of_function(draft.after_function())
    if text == "," and draft.formula and not ground.closer and not draft.spaced:
        before, after = draft.last_text, draft.tokens[draft.here : draft.here + 1]
        if before.isdecimal() and after and after[0].text.isdecimal():
            return f"write a decimal point: {before}.{after[0].text}"
    return ""
