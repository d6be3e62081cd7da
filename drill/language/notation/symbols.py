"""Letters and signs from paper, as the names and signs that can be typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping

GREEK: Mapping[str, tuple[str, ...]] = {
    "α": ("alpha",),
    "β": ("beta", "be"),
    "γ": ("gamma", "ga"),
    "δ": ("delta",),
    "ε": ("eps", "epsilon"),
    "ϵ": ("eps", "epsilon"),
    "ζ": ("zeta",),
    "η": ("eta", "lr"),
    "θ": ("theta",),
    "κ": ("kappa",),
    "λ": ("lam", "lambda_", "lmbda"),
    "μ": ("mu",),
    "ν": ("nu",),
    "ξ": ("xi",),
    "π": ("pi",),
    "ρ": ("rho",),
    "σ": ("sigma", "sig"),
    "τ": ("tau",),
    "φ": ("phi",),
    "ϕ": ("phi",),
    "χ": ("chi",),
    "ψ": ("psi",),
    "ω": ("omega",),
    "Γ": ("Gamma",),
    "Δ": ("Delta",),
    "Θ": ("Theta",),
    "Λ": ("Lambda", "Lam"),
    "Ξ": ("Xi",),
    "Π": ("Pi",),
    "Σ": ("Sigma",),
    "Φ": ("Phi",),
    "Ψ": ("Psi",),
    "Ω": ("Omega",),
}
MARKS: Mapping[str, str] = {
    "\N{COMBINING CIRCUMFLEX ACCENT}": "hat",
    "\N{COMBINING MACRON}": "bar",
    "\N{COMBINING OVERLINE}": "bar",
    "\N{COMBINING TILDE}": "tilde",
    "\N{COMBINING DOT ABOVE}": "dot",
}
SIGNS: Mapping[str, str] = {
    "\N{MINUS SIGN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{MULTIPLICATION SIGN}": "*",
    "\N{MIDDLE DOT}": "*",
    "\N{DOT OPERATOR}": "*",
    "\N{BULLET OPERATOR}": "*",
    "\N{ASTERISK OPERATOR}": "*",
    "\N{CIRCLED DOT OPERATOR}": "*",
    "\N{RING OPERATOR}": "*",
    "\N{DIVISION SIGN}": "/",
    "\N{DIVISION SLASH}": "/",
    "\N{FRACTION SLASH}": "/",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{NOT EQUAL TO}": "!=",
}
SUPERSCRIPTS: Mapping[str, str] = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
SUBSCRIPTS: Mapping[str, str] = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
TRANSPOSES = frozenset("ᵀ⊤")
CONSTANTS: Mapping[str, str] = {
    "½": "(1/2)",
    "⅓": "(1/3)",
    "¼": "(1/4)",
    "¾": "(3/4)",
    "∞": "inf",
}
BRACKETS: Mapping[str, tuple[str, str]] = {"⌊": ("floor", "⌋"), "⌈": ("ceil", "⌉")}
TOTALS: Mapping[str, str] = {"∑": "sum", "Σ": "sum", "∏": "prod", "Π": "prod"}


def spelled(word: str, known: Collection[str]) -> str | None:
    """Spell a word with Greek letters, marks or subscripts as a name.

    Parameters
    ----------
    word : str
        As it was typed, as ``ŷ``, ``x̄₂`` or ``μ_B``.
    known : collection of str
        The names there are; the spelling that is among them is preferred.

    Returns
    -------
    str or None
        None when a letter has no spelling.

    Examples
    --------
    >>> spelled("ŷ", ["y_hat"]), spelled("λ", []), spelled("μ_B", ["mu_B"])
    ('y_hat', 'lam', 'mu_B')
    """
    stems: tuple[str, ...] = ("",)
    # The micro sign looks like mu, and is what many keyboards type.
    word = word.replace("\N{MICRO SIGN}", "μ")
    for character in unicodedata.normalize("NFD", word):
        if character.isascii():
            ends: tuple[str, ...] = (character,)
        elif character in GREEK:
            ends = GREEK[character]
        elif character in MARKS:
            ends = (MARKS[character], f"_{MARKS[character]}")
        elif character in SUBSCRIPTS:
            ends = (SUBSCRIPTS[character], f"_{SUBSCRIPTS[character]}")
        else:
            return None
        stems = tuple(stem + end for stem in stems for end in ends)[:64]
    return next((stem for stem in stems if stem in known), stems[0])


def called(character: str) -> str:
    """Name a character that is not understood, never showing it raw.

    Examples
    --------
    >>> called("$"), called("∮"), called(chr(0x200B))
    ('`$`', '`∮` (U+222E)', 'ZERO WIDTH SPACE (U+200B)')
    """
    if not character.isprintable() or unicodedata.combining(character):
        name = unicodedata.name(character, "the character")
        return f"{name} (U+{ord(character):04X})"
    if character.isascii():
        return f"`{character}`"
    return f"`{character}` (U+{ord(character):04X})"
