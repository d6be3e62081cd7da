"""Tokens: which characters of a sentence could belong to a formula."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = Literal[
    "array", "keyword", "dotted", "number", "name", "function", "word",
    "raised", "lowered", "sign", "opening", "closing", "space",
]  # fmt: skip

FUNCTIONS = frozenset({
    "tanh", "exp", "ln", "log", "log2", "log10", "sqrt", "sigmoid", "relu", "ReLU",
    "softmax", "max", "min", "floor", "ceil", "sign", "Var", "abs", "mean", "sum",
    "sin", "cos", "round", "argmax", "argmin", "one_hot",
})  # fmt: skip
"""Names that are set upright, and called."""
ALONE = frozenset({"tanh", "exp", "ln", "log", "log2", "log10"})
"""Those that are no words of a sentence, and may stand before what they act on."""
NAMES = frozenset({
    "ypred", "yhat", "TP", "FP", "FN", "TN", "alpha", "beta", "gamma", "delta", "eps",
    "lam", "mu", "sigma", "dout", "dL",
})  # fmt: skip
"""Longer names that courses give to values."""
ABBREVIATIONS = frozenset({"e.g", "i.e", "w.r.t", "a.k.a", "vs"})
ARTICLES = frozenset({"a", "A", "I"})
OPENING, CLOSING = "([{⌊⌈", ")]}⌋⌉"
RELATIONS = frozenset("=≈≠<>≤≥←→≡∈⇒")
OPERATORS = RELATIONS | frozenset("+−-·×*∗⊙/±÷")
CODE_SIGNS = frozenset({"**", "@", "==", "//", "<=", ">=", "!=", ":"})
_MARK = "\u0300-\u036f"
_RAISED = "\u00b2\u00b3\u00b9\u02b0-\u02b8\u1d2c-\u1d6a\u2070-\u209f"
_LETTER = rf"(?![{_RAISED}\u00bc-\u00beΣΠ])[^\W\d_][{_MARK}]*"
_FOUND = re.compile(
    rf"""
    (?P<space>[ \t\u00a0]+)
    |(?P<keyword>[A-Za-z_]\w+=(?:True|False|None|-?\d+(?:\.\d+)?|'[^'\n]*'|"[^"\n]*")
        (?![\w.(]))
    |(?P<dotted>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)
    |(?P<number>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|[½¼¾⅓⅔])
    |(?P<letters>(?:{_LETTER})+[0-9]*(?:_[A-Za-z0-9]+)?)
    |(?P<sign>\*\*|==|//|<=|>=|!=|[-+−·×*∗⊙/±÷=≈≠<>≤≥←→≡∈⇒^_,:@√Σ∑Π∂∇|‖…∞'′%])
    |(?P<opening>[(\[{{⌊⌈])
    |(?P<closing>[)\]}}⌋⌉])
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, eq=False)
class Token:
    """A piece of a sentence, and what it could be."""

    kind: Kind
    text: str
    start: int
    stop: int
    array: NDArray[Any] | None = None
    spec: str = ""


@lru_cache(maxsize=512)
def script_of(character: str) -> tuple[Kind, str] | None:
    """Return whether a character is a raised or lowered one, and of which.

    Examples
    --------
    >>> script_of("²"), script_of("₁"), script_of("ᵀ"), script_of("2")
    (('raised', '2'), ('lowered', '1'), ('raised', 'T'), None)
    """
    tag, _, rest = unicodedata.decomposition(character).partition(" ")
    if tag not in ("<super>", "<sub>") or " " in rest or character in "ªº":
        return None
    plain = chr(int(rest, 16))
    return ("raised" if tag == "<super>" else "lowered", plain)


def is_name(text: str) -> bool:
    """Tell whether letters are what a value is called, rather than a word.

    Examples
    --------
    >>> [is_name(text) for text in ("x", "W1", "dZ2", "ŷ", "n_in", "dz̃", "the", "of")]
    [True, True, True, True, True, True, False, False]
    """
    stem = text.rstrip("0123456789")
    if stem in NAMES or (text[0] == "d" and stem[1:] in NAMES | FUNCTIONS):
        return True
    base, _, index = text.partition("_")
    if len(index) == 1 and base.isalpha():
        return True
    letters = unicodedata.normalize("NFD", base).rstrip("0123456789")
    plain = [one for one in letters if not unicodedata.combining(one)]
    if len(plain) == 2 and plain[0] in "dΔ" and base not in ("do",):
        return True
    return len(plain) == 1 or (1 < len(plain) <= 3 and _is_greek(plain))


def _is_greek(letters: list[str]) -> bool:
    return all("\u0370" <= one <= "\u03ff" for one in letters)


def tokens(
    text: str, arrays: Mapping[int, tuple[int, NDArray[Any], str]]
) -> list[Token]:
    """Split a sentence.

    Parameters
    ----------
    text : str
    arrays : mapping of int to (stop, array, format)
        Where values that are arrays stand.
    """
    found: list[Token] = []
    place = 0
    while place < len(text):
        if place in arrays:
            stop, array, spec = arrays[place]
            found.append(Token("array", text[place:stop], place, stop, array, spec))
            place = stop
            continue
        match = _FOUND.match(text, place)
        assert match is not None
        stop = match.end()
        if arrays:
            limit = min((at for at in arrays if place < at < stop), default=stop)
            match = _FOUND.match(text, place, limit)
            assert match is not None
            stop = match.end()
        found.append(_token(match, text))
        place = stop
    return _joined(found)


def _token(match: re.Match[str], text: str) -> Token:
    kind, word = match.lastgroup, match[0]
    start, stop = match.span()
    made: Kind
    match kind:
        case "letters":
            made = _letters(word)
        case "dotted":
            made = "word" if word in ABBREVIATIONS else "dotted"
        case "other":
            script = script_of(word)
            made = script[0] if script else "word"
        case _:
            made = kind  # type: ignore[assignment]
    if word in ("s", "t") and text[max(start - 1, 0) : start] in ("'", "’"):
        made = "word"
    return Token(made, word, start, stop)


@lru_cache(maxsize=4096)
def _letters(word: str) -> Kind:
    if len(word) == 1 and (script := script_of(word)):
        return script[0]
    if word in FUNCTIONS:
        return "function"
    return "name" if is_name(word) else "word"


def _joined(found: list[Token]) -> list[Token]:
    """Join what is one word: ``3rd`` and ``pre-activation`` are no formulas."""
    made: list[Token] = []
    for token in found:
        before = made[-1] if made else None
        if before is not None and before.stop == token.start:
            glued = token.kind == "word" and token.text[0].isalnum()
            after_word = (
                before.kind == "word"
                and before.text[-1].isalnum()
                and token.kind in ("number", "name", "function")
            )
            odd = token.text == "D" and before.kind == "number"
            if (glued and before.kind in ("number", "word")) or after_word or odd:
                made[-1] = Token(
                    "word", before.text + token.text, before.start, token.stop
                )
                continue
        made.append(token)
    return made
