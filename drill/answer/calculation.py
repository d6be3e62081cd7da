"""Calculations in answers: the language of formulas, restricted to constants."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from drill.errors import LanguageError, UnreadableError
from drill.visible import shown

MOST_CALCULATIONS = 200
LONGEST = 200
_WORDS = frozenset(
    {
        "sqrt", "exp", "ln", "log", "log2", "log10", "tanh", "sin", "cos", "abs",
        "floor", "ceil", "round", "max", "min", "pi", "e", "np", "numpy", "math",
        "int", "float", "π",
    }
)  # fmt: skip
_WORD = re.compile(r"[A-Za-zπ]\w*")
_ALLOWED = re.compile(r"[A-Za-z0-9π\s.+\-−–*/^()×·⋅÷√⁻⁺⁰¹²³⁴-⁹,|]+")
_RANGE = re.compile(r"\s*(\d+(?:\.\d*)?)\s*[-−–—]\s*(\d+(?:\.\d*)?)\s*")
_PAIR = re.compile(r"[\d)]\s+\(")
_OPERATOR = re.compile(r"[+\-−–*/^×·⋅÷√(|⁻⁰¹²³⁴-⁹]")
_WITH_SEVERAL = re.compile(r"\b(?:max|min|round)\([^()]*\)")
_UNFINISHED = re.compile(r"(?<![\w.])[\d.]+[eE](?![\w+-])")
_IMAGINARY = re.compile(r"(?<=[\d.][+-])[\d.]+[jJ](?!\w)")


def is_calculation(text: str) -> bool:
    """Tell whether a text is made of numbers, operators and functions alone.

    Examples
    --------
    >>> is_calculation("sqrt(2)/2"), is_calculation("31 cells"), is_calculation("31")
    (True, False, False)
    """
    if len(text) > LONGEST or not _ALLOWED.fullmatch(text):
        return False
    if "," in _WITH_SEVERAL.sub("", text):
        return False
    # The exponent of 1e3 is no word.
    words = set(_WORD.findall(re.sub(r"(?<=[\d.])[eE](?=[+-]?\d)", "0", text)))
    named = words <= _WORDS
    return named and bool(words - {"np"} or _OPERATOR.search(text.strip()[1:]))


def calculated(text: str) -> int | float:
    """Return what a calculation comes to, in double precision.

    Raises
    ------
    UnreadableError
        When it has two readings, or no value; the column is that of `text`.

    Examples
    --------
    >>> calculated("(46+12-11)//2+1"), calculated("2^5-1"), calculated("ln(1)")
    (24, 31, 0.0)
    """
    if match := _UNFINISHED.search(text):
        raise UnreadableError(
            "this could be a product with e or an unfinished power of ten: write 2*e"
            " or 2e3",
            text,
            match.end(),
        )
    if match := _PAIR.search(text):
        raise UnreadableError(
            "this could be two numbers or a product: write one number, or * between"
            " them",
            text,
            match.start() + 2,
        )
    if match := _RANGE.fullmatch(text):
        low, high = match[1], match[2]
        if float(low) < float(high):
            raise UnreadableError(
                f"this could be a range or the difference {low} − {high}: write the"
                " number you mean",
                text,
                match.end(1) + 1,
            )
    value = _value(text)
    if isinstance(value, UnreadableError):
        raise UnreadableError(value.message, text, value.column)
    return value


@lru_cache(maxsize=1024)
def _value(text: str) -> int | float | UnreadableError:
    from drill.language import LEARNER, parse, run

    try:
        value = run(parse(text, names=(), table=LEARNER, formula=True), {})
    except LanguageError as error:
        return UnreadableError(error.problem, text, error.column)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return UnreadableError("this is no number", text)
    if not math.isfinite(value):
        return UnreadableError(f"this calculation gives {value}", text)
    return value


def refuse_complex(text: str) -> None:
    """Refuse ``1+0j`` for what it is.

    Raises
    ------
    UnreadableError
    """
    if match := _IMAGINARY.search(text):
        raise UnreadableError(
            "there are no complex numbers here: write the real number",
            text,
            match.start() + 1,
        )


def told(calculations: dict[str, int | float]) -> str:
    """Say what calculations were read as, the first three of them.

    Examples
    --------
    >>> told({"2*1": 2, "9/3": 3.0})
    '2*1 was read as 2, 9/3 as 3'
    """
    if not calculations:
        return ""
    (first, value), *rest = list(calculations.items())[:3]
    said = f"{shown(first.strip(), 40)} was read as {brief(value)}"
    said += "".join(f", {shown(t.strip(), 40)} as {brief(v)}" for t, v in rest)
    more = len(calculations) - 3
    return f"{said}, and {more} more" if more > 0 else said


def brief(value: int | float) -> str:
    """Write a value in six digits, a whole number with all of them."""
    return str(value) if isinstance(value, int) else f"{value + 0.0:.6g}"
