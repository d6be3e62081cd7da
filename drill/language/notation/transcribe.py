"""Programs as Python's grammar reads them: signs and letters from paper respelled."""

from __future__ import annotations

import re
from collections.abc import Collection

from drill.language.notation.symbols import (
    CONSTANTS,
    SIGNS,
    SUPERSCRIPTS,
    TRANSPOSES,
    spelled,
)
from drill.language.notation.tokens import scan
from drill.language.syntax.position import Text

_FENCE = re.compile(r"^\s*(```|~~~)[^\n]*$", re.MULTILINE)
_PROMPT = re.compile(r"^(>>> ?|\.\.\. )", re.MULTILINE)


def transcribe(source: str, known: Collection[str]) -> Text:
    """Respell a program token by token; what stands where is Python's to judge.

    Examples
    --------
    >>> transcribe("for i in range(3):\\n    μ = x² − 1", ["mu", "x"]).code
    'for i in range(3):\\n    mu = x**2 - 1'
    """
    # Blanks keep every place; a fence and a prompt mean nothing.
    plain = _FENCE.sub(lambda found: " " * len(found[0]), source)
    indent = "" if not _PROMPT.search(plain) else ">"
    if indent:
        plain = _PROMPT.sub("", plain)
        source = plain
    pieces: list[str] = []
    origin: list[tuple[int, int, int]] = []
    length = 0
    for token in scan(plain):
        text = _respelled(token.kind, token.text, known)
        pieces.append(text)
        origin.append((length, token.start, int(text == token.text)))
        length += len(text)
    origin.append((length, len(source), 0))
    return Text(source, "".join(pieces), tuple(origin))


def _respelled(kind: str, text: str, known: Collection[str]) -> str:
    if kind == "space":
        return text if text.isascii() else " " * len(text)
    if kind == "comment":
        return ""
    if kind == "newline":
        return "\n"
    if kind == "raised":
        digits = "".join(SUPERSCRIPTS[character] for character in text)
        return f"**({digits})" if digits.startswith("-") else f"**{digits}"
    if kind == "word" and not text.isascii():
        return spelled(text, known) or text
    if text in TRANSPOSES:
        return ".T"
    return SIGNS.get(text) or CONSTANTS.get(text) or text
