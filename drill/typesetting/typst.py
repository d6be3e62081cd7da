"""Typeset prose in the notation of Typst, which makes PDF of it without TeX."""

from __future__ import annotations

from collections.abc import Sequence

from drill.typesetting.tree import (
    Accent,
    Block,
    Code,
    Display,
    Fenced,
    Formula,
    Fraction,
    Listing,
    Matrix,
    Node,
    Paragraph,
    Root,
    Row,
    Run,
    Script,
    Symbol,
    Text,
)
from drill.visible import shown

LONGEST = 20_000
PREAMBLE = """
#set document(date: none)
#let quotient(above, below) = math.display(math.frac(above, below))
#let entry(text) = math.class("normal", text)
#let matrix(..rows) = math.display(math.mat(..rows))
#let display-line(body) = block(inset: (left: 1.5em), above: 1em, below: 1em, body)
#let strut(above, below) = box(width: 0pt, height: above + below, baseline: below)
#set math.mat(delim: "[", align: right, row-gap: 0.35em, column-gap: 0.8em)
"""
_SIGNS = {
    "*": "∗", "/": r"\/", ",": r"\,", "-": "−", "Σ": "sum", "∑": "sum",
    "Π": "product", "|": "bar.v", "…": "dots.h", "∞": "oo", "=": "=", "+": "+",
    "<": "<", ">": ">", "−": "−", "·": "dot.op", "×": "times", "∗": "∗",
    "⊙": "dot.o", "±": "plus.minus", "÷": "div", "≈": "approx", "≠": "eq.not",
    "≤": "lt.eq", "≥": "gt.eq", "←": "arrow.l", "→": "arrow.r", "≡": "equiv",
    "∈": "in", "⇒": "arrow.r.double", "∂": "partial", "∇": "nabla",
}  # fmt: skip
_FENCES = {
    "{": r"\{", "}": r"\}", "|": "bar.v", "‖": "bar.v.double", "⌊": "floor.l",
    "⌋": "floor.r", "⌈": "ceil.l", "⌉": "ceil.r",
}  # fmt: skip
_ACCENTS = {"hat": "hat", "tilde": "tilde", "bar": "macron"}
_FUNCTIONS = frozenset(
    {"tanh", "exp", "ln", "log", "max", "min", "sin", "cos", "floor", "ceil", "sqrt"}
)


def string(text: str) -> str:
    r"""Write a text as a string of Typst: nothing in it is markup.

    Examples
    --------
    >>> print(string('say "#x" \\ $y$'))
    "say \"#x\" \\ $y$"
    """
    safe = shown(text, LONGEST, block=True)
    for sign, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", " ")):
        safe = safe.replace(sign, escaped)
    return f'"{safe}"'


def blocks(found: Sequence[Block]) -> str:
    """Write blocks with an empty line between two."""
    return "\n\n".join(block(one) for one in found)


def block(found: Block) -> str:
    """Write one block."""
    match found:
        case Display():
            return f"#display-line[{_formula(found.formula)}]"
        case Listing():
            return f'#raw({string(found.text)}, block: true, lang: "python")'
        case Paragraph():
            return runs(found.runs)


def runs(found: Sequence[Run]) -> str:
    """Write the runs of a sentence.

    Examples
    --------
    >>> from drill.typesetting import sentence
    >>> print(runs(sentence("at most √(n)/2p")))
    #"at most "#strut(1.2em, 0.9em)$quotient(sqrt(n), entry("2") p)$
    """
    written = []
    for run in found:
        match run:
            case Text():
                written.append(f"#{string(run.text)}")
            case Code():
                written.append(f"#raw({string(run.text)})")
            case Formula():
                written.append(_formula(run))
    return "".join(written)


def _formula(found: Formula) -> str:
    """Write a formula, and what keeps the lines above and below away from it."""
    height = _height(found.inside)
    strut = f"#strut({height / 2 + 0.3:g}em, {height / 2:g}em)" if height else ""
    return f"{strut}${_node(found.inside)}$"


def is_tall(found: Sequence[Run]) -> bool:
    """Tell whether something is higher than a line of text."""
    return any(isinstance(run, Formula) and _height(run.inside) > 0 for run in found)


def _height(found: Node) -> float:
    """Return about how high something is; 0 for what a line has room for."""
    match found:
        case Matrix():
            return 1.1 * len(found.rows) if len(found.rows) > 1 else 0
        case Fraction():
            return 1.8 + _height(found.above) / 2 + _height(found.below) / 2
        case Row():
            return max(map(_height, found.parts))
        case Fenced() | Root():
            return _height(found.inside)
    return 0


def _node(found: Node) -> str:
    match found:
        case Symbol():
            return _symbol(found)
        case Row():
            return _row(found.parts)
        case Fraction():
            return f"quotient({_node(found.above)}, {_node(found.below)})"
        case Root():
            return f"sqrt({_node(found.inside)})"
        case Accent():
            return f"{_ACCENTS[found.mark]}({_node(found.base)})"
        case Fenced():
            opening = _FENCES.get(found.opening, found.opening)
            closing = _FENCES.get(found.closing, found.closing)
            return f"lr({opening} {_node(found.inside)} {closing})"
        case Matrix():
            rows = "; ".join(", ".join(map(_entry, row)) for row in found.rows)
            return f"matrix({rows})"
        case Script():
            return _script(found)


def _script(found: Script) -> str:
    prime = found.above == Symbol("′", "sign")
    below = f", b: {_node(found.below)}" if found.below is not None else ""
    above = "" if found.above is None or prime else f", t: {_node(found.above)}"
    base = _node(found.base)
    written = f"attach({base}{below}{above})" if below or above else base
    return f"{written}'" if prime else written


def _row(parts: Sequence[Node]) -> str:
    written = []
    for place, part in enumerate(parts):
        if isinstance(part, Symbol) and part.kind == "space":
            around = [*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2]]
            own = any(isinstance(o, Symbol) and o.kind == "sign" for o in around)
            # A function's name keeps its distance by itself.
            named = isinstance(around[0], Symbol) and around[0].text in _FUNCTIONS
            if not (own or named):
                written.append("thin")
        else:
            written.append(_node(part))
    return " ".join(written)


def _symbol(found: Symbol) -> str:
    match found.kind:
        case "space":
            return ""
        case "name" if found.text.isalpha() and len(found.text) == 1:
            return found.text
        case "sign" if found.text in _SIGNS:
            return _SIGNS[found.text]
        case "word" if found.text in _FUNCTIONS:
            return f"op({string(found.text)})"
        case "word" if found.text.isascii() and found.text.isidentifier():
            # As one text it would stand apart from what is beside it.
            return f"upright({' '.join(found.text.replace('_', chr(92) + '_'))})"
    return _entry(found.text)


def _entry(text: str) -> str:
    return f"entry({string(text)})"
