"""The standard streams: encodings that cannot fail, and errors as sentences."""

from __future__ import annotations

import codecs
import io
import os
import sys

# What stands in for a character that the terminal cannot show.
TWINS = {
    "×": "x", "−": "-", "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    "≈": "~", "→": "->", "←": "<-", "–": "-", "—": "-", "…": "...", "“": '"',
    "”": '"', "‘": "'", "’": "'", "√": "sqrt", "∑": "sum", "Σ": "sum", "∂": "d",
    "∞": "inf", "∈": "in", "ᵀ": "^T", "²": "^2", "³": "^3", "½": "1/2", "ŷ": "yhat",
    "ẑ": "zhat", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta",
    "ε": "eps", "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "±": "+/-",
    "⎡": "|", "⎢": "|", "⎣": "|", "⎤": "|", "⎥": "|", "⎦": "|", "│": "|",
    "─": "-", "━": "-", "█": "#", "░": ".", "▒": "+", "▓": "*",
    "✓": "+", "✗": "x", "⌊": "floor(",
    "⌋": ")", "⌈": "ceil(", "⌉": ")", "‖": "||", "°": " degrees", "•": "*",
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "ₜ": "_t", "¹": "^1", "⁻": "^-",
    "⊙": "*", "∘": "*", "∇": "grad", "\u0302": "hat", "\u0303": "~", "′": "'",
    "é": "e",
}  # fmt: skip


def _twin(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(TWINS.get(c, f"\\u{ord(c):04x}") for c in bad), error.end


def open_closed() -> None:
    """Open every standard stream that was closed onto nothing; runners close them.

    The descriptors are taken as well: else the next file that is opened, a history
    perhaps, would be written to by whatever prints.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(nothing, True)
            mode = "r" if name == "stdin" else "w"
            stream = os.fdopen(nothing, mode, encoding="utf-8", closefd=False)
            setattr(sys, name, stream)


def prepare() -> None:
    """Make the standard streams print anything: unknown signs get ASCII twins."""
    open_closed()
    codecs.register_error("drill", _twin)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="drill")


def say_error(message: str, *, name: bool = True) -> None:
    """Write a sentence to standard error."""
    sys.stderr.write(f"drill: {message}\n" if name else f"{message}\n")


def is_terminal() -> bool:
    """Tell whether a person can type at a prompt."""
    return sys.stdin.isatty() and sys.stdout.isatty()
