"""Formulas in the notation of LaTeX, as MathJax and KaTeX read it."""

from __future__ import annotations

from collections.abc import Sequence

from drill.typesetting.tree import (
    Accent,
    Fenced,
    Formula,
    Fraction,
    Matrix,
    Node,
    Root,
    Row,
    Script,
    Symbol,
)
from drill.visible import shown

_SIGNS = {
    "−": "-", "·": r"\cdot ", "×": r"\times ", "∗": r"\ast ", "*": r"\ast ",
    "⊙": r"\odot ", "±": r"\pm ", "÷": r"\div ", "≈": r"\approx ", "≠": r"\neq ",
    "<": r"\lt ", ">": r"\gt ", "≤": r"\leq ", "≥": r"\geq ", "←": r"\leftarrow ",
    "→": r"\rightarrow ", "≡": r"\equiv ", "∈": r"\in ", "⇒": r"\Rightarrow ",
    "Σ": r"\sum ", "∑": r"\sum ", "Π": r"\prod ", "∂": r"\partial ", "∇": r"\nabla ",
    "…": r"\ldots ", "∞": r"\infty ", "′": r"\prime ", "=": "=", "+": "+", "/": "/",
    ",": ",", "|": "|", "-": "-",
}  # fmt: skip
_FENCES = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}", "|": "|",
    "‖": r"\|", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil",
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma",
    "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}  # fmt: skip
_KNOWN = frozenset({"tanh", "exp", "ln", "log", "max", "min", "sin", "cos"})
_TALL = (Fraction, Matrix, Root)
_SPECIAL = {
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "#": r"\#", "%": r"\%",
    "&": r"\&", "_": r"\_", "^": r"\hat{\ }", "~": r"\sim ", "<": r"\lt ",
    ">": r"\gt ", "`": r"\grave{\ }", "-": "-",
}  # fmt: skip


def latex(found: Formula) -> str:
    r"""Write a formula.

    It holds no ``<``, ``>``, ``&`` or ``$`` that a page or a cell could take for its
    own, and every brace in it is closed.

    Examples
    --------
    >>> from drill.typesetting import sentence
    >>> [one] = sentence("ẑ = (z − μ)/√(σ² + ε)")
    >>> print(latex(one))
    \hat{z} = \frac{z - \mu}{\sqrt{\sigma ^{2} + \varepsilon }}
    """
    return _row((found.inside,)).strip()


def _row(parts: Sequence[Node]) -> str:
    return "".join(_node(part) for part in parts)


def _node(found: Node) -> str:
    match found:
        case Symbol():
            return _symbol(found)
        case Row():
            return _spaced(found.parts)
        case Fraction():
            return rf"\frac{{{_node(found.above).strip()}}}{{{_node(found.below)}}}"
        case Root():
            return rf"\sqrt{{{_node(found.inside)}}}"
        case Accent():
            name = {"hat": "hat", "tilde": "tilde", "bar": "bar"}[found.mark]
            return rf"\{name}{{{_node(found.base)}}}"
        case Fenced():
            opening, closing = _FENCES[found.opening], _FENCES[found.closing]
            inside = _node(found.inside)
            if _is_tall(found.inside):
                return rf"\left{opening} {inside}\right{closing} "
            gap = " " if opening[0] == "\\" and opening[-1].isalpha() else ""
            return f"{opening}{gap}{inside}{closing}{gap}"
        case Matrix():
            rows = r" \\ ".join(" & ".join(map(_entry, row)) for row in found.rows)
            return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
        case Script():
            base = _node(found.base)
            if isinstance(found.base, Row | Script):
                base = f"{{{base}}}"
            below = f"_{{{_node(found.below)}}}" if found.below is not None else ""
            above = f"^{{{_node(found.above)}}}" if found.above is not None else ""
            return base + below + above


def _spaced(parts: Sequence[Node]) -> str:
    written = ""
    for place, part in enumerate(parts):
        if isinstance(part, Symbol) and part.kind == "space":
            around = [*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2]]
            own = any(isinstance(o, Symbol) and o.kind == "sign" for o in around)
            # A function's name keeps its distance by itself.
            named = isinstance(around[0], Symbol) and around[0].text in _KNOWN
            written += " " if own or named else r"\, "
        else:
            written += _node(part)
    return written.replace("  ", " ")


def _symbol(found: Symbol) -> str:
    if found.kind == "space":
        return " "
    if found.kind == "sign":
        return _SIGNS[found.text] if found.text in _SIGNS else _text(found.text)
    if found.kind == "name" and found.text in _GREEK:
        return rf"\{_GREEK[found.text]} "
    if found.kind == "word" and found.text in _KNOWN:
        return rf"\{found.text} "
    if found.kind == "word":
        return rf"\mathrm{{{_text(found.text)}}}"
    return _entry(found.text)


def _entry(text: str) -> str:
    return _text(text.replace("−", "-"))


def _text(text: str) -> str:
    """Write any characters so that none of them is a command."""
    return "".join(_SPECIAL.get(one, one) for one in shown(text))


def _is_tall(found: Node) -> bool:
    if isinstance(found, _TALL):
        return True
    return isinstance(found, Row) and any(isinstance(one, _TALL) for one in found.parts)
