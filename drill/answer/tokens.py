"""Typed numbers and brackets as tokens, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drill.answer.calculation import (
    LONGEST,
    MOST_CALCULATIONS,
    calculated,
    is_calculation,
)
from drill.errors import UnreadableError
from drill.visible import shown

MAX_TEXT = 65_536
MAX_NUMBERS = 100_000
LARGEST = 2**63

# Same length on both sides, so that places stay true to the text as it was typed.
_SIGNS = str.maketrans("−–⁄∕⎡⎢⎣⎤⎥⎦│|　\u00a0\t\r", "--//" + " " * 12)
_NUMBER = re.compile(
    r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|nan\b|NaN\b|inf\b|Inf\b"
    r"|True\b|False\b"
)
# What makes a cell more than a number or a fraction.
_SIGN_OF_ONE = re.compile(r"[*^×·⋅÷√⁻⁰¹²³⁴-⁹]|[\d)]\s*[-+/]\s*[\d(]|[a-z]\s*\(|\(\(")
_TWO_NUMBERS = re.compile(r"[\d.)] +[-+]?[\d.(a-z]")
_ALONE = re.compile(
    rf"[-+]?(?:{_NUMBER.pattern})(?:/(?:{_NUMBER.pattern}))?%?"
    r"(?:[\[\](),;\n]|\Z| (?! *[-+*/^×·⋅÷] ))"
)
_WORDS = {"nan": "nan", "NaN": "nan", "inf": "inf", "Inf": "inf"}
_OPENING, _CLOSING = "[(", "])"


@dataclass(frozen=True)
class Token:
    """A number, or one of ``[ ] ( ) , ; newline``.

    Attributes
    ----------
    sign : str
        The character; ``0`` for a number.
    value : int or float
        The number.
    place : int
        Its column in the text, from 1.
    """

    sign: str
    value: int | float
    place: int


def tokens(
    text: str,
    *,
    percent: bool = False,
    calculations: dict[str, int | float] | None = None,
) -> list[Token]:
    """Split text into numbers, brackets and separators.

    Parameters
    ----------
    text : str
    percent : bool
        Whether ``33%`` may stand for 0.33.
    calculations : dict, optional
        Gets what each calculation in a cell came to; without it none is read.

    Raises
    ------
    UnreadableError
        At the first thing that is neither.

    Examples
    --------
    >>> [(t.sign, t.value) for t in tokens("[1/4, -2]")]
    [('[', 0), ('0', 0.25), (',', 0), ('0', -2), (']', 0)]
    """
    if len(text) > MAX_TEXT:
        raise UnreadableError("an answer has at most 64 kB")
    line = text.translate(_SIGNS)
    found: list[Token] = []
    place = 0
    cells = calculations is not None and _Cells(text, line, calculations)
    while place < len(line):
        sign = line[place]
        if sign == " ":
            place += 1
        elif cells and (token := cells.read(place)):
            found.append(token)
            place = cells.end
        elif sign in "[](),;\n":
            found.append(Token(sign, 0, place + 1))
            place += 1
        else:
            value, end = _number(text, line, place, percent=percent)
            found.append(Token("0", value, place + 1))
            place = end
        if len(found) > MAX_NUMBERS:
            raise UnreadableError(f"an answer has at most {MAX_NUMBERS} numbers")
    return found


class _Cells:
    """Reads the calculations that stand where a number may."""

    def __init__(
        self, text: str, line: str, calculations: dict[str, int | float]
    ) -> None:
        self.text, self.line, self.calculations = text, line, calculations
        self.any = bool(_SIGN_OF_ONE.search(line))
        # Where only commas part numbers, blanks may stand within a calculation.
        self.blanks = "," in line and not _TWO_NUMBERS.search(line)
        self.end = 0
        self.tries = 2 * MOST_CALCULATIONS

    def read(self, start: int) -> Token | None:
        """Return the value of the calculation that starts here, if one does."""
        if (
            not self.any
            or self.line[start] in ",;\n])["
            or _ALONE.match(self.line, start)
        ):
            return None
        end = self._end(start)
        text = self.line[start:end].rstrip()
        if not is_calculation(text) or (not self.blanks and _loose_sum(text)):
            # What is hostile has no end of brackets that might be a calculation.
            self.tries -= 1
            self.any = self.tries > 0
            return None
        if len(self.calculations) >= MOST_CALCULATIONS:
            raise UnreadableError(
                f"more than {MOST_CALCULATIONS} calculations: give the results",
                self.text,
                start + 1,
            )
        try:
            value = calculated(text)
        except UnreadableError as error:
            column = start + max(error.column, 1)
            raise UnreadableError(error.message, self.text, column) from None
        self.calculations[self.text[start : start + len(text)]] = value
        self.end = start + len(text)
        return Token("0", value, start + 1)

    def _end(self, start: int) -> int:
        """Return where a cell ends: at what parts cells, outside its parentheses."""
        depth = 0
        for place in range(start, min(len(self.line), start + LONGEST + 1)):
            sign = self.line[place]
            if sign == "(":
                depth += 1
            elif sign == ")":
                depth -= 1
                if depth < 0:
                    return place
            elif sign in "[];\n" or (
                not depth and (sign == "," or (sign == " " and not self.blanks))
            ):
                return place
        return min(len(self.line), start + LONGEST + 1)


def _loose_sum(text: str) -> bool:
    """Tell whether a + or - outside parentheses could part two numbers."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if place and sign in "+-" and not depth and text[place - 1] not in "eE*/^(+-":
            return True
    return False


def _number(
    text: str, line: str, start: int, *, percent: bool
) -> tuple[int | float, int]:
    """Read a number with its sign, a fraction or a percentage."""
    before = line[start - 1] if start else " "
    signed = line[start] in "+-"
    if signed and before not in " [](),;\n":
        raise UnreadableError(
            "is this a difference or two numbers? Write '1 -2' for two numbers, or"
            " the result",
            text,
            start + 1,
        )
    place = start + signed
    match = _NUMBER.match(line, place)
    if match is None:
        if signed and line[place : place + 1] in (" ", ""):
            raise UnreadableError(
                "this sign stands alone: write '1 -2' for two numbers, or the result",
                text,
                start + 1,
            )
        raise _no_number(text, line, place)
    value = _value(match[0])
    end = match.end()
    if line[end : end + 1] == "/":
        below = _NUMBER.match(line, end + 1)
        if below is None:
            raise UnreadableError("a fraction needs a number below", text, end + 2)
        divisor = _value(below[0])
        if divisor == 0:
            raise UnreadableError("this divides by zero", text, end + 2)
        value, end = value / divisor, below.end()
    if line[end : end + 1] == "%":
        if not percent:
            raise UnreadableError(
                "write the number without the % sign, as the question asks for it",
                text,
                end + 1,
            )
        value, end = value / 100, end + 1
    if end < len(line) and line[end] not in " [](),;\n+-":
        raise _no_number(text, line, end)
    return (-value if line[start] == "-" else value), end


def _value(digits: str) -> int | float:
    if digits in ("True", "False"):
        return int(digits == "True")
    if digits in _WORDS:
        return float(_WORDS[digits])
    if digits.isdigit() and len(digits) <= 19 and int(digits) < LARGEST:
        return int(digits)
    return float(digits)


def _no_number(text: str, line: str, place: int) -> UnreadableError:
    """Say why there is no number here, as helpfully as the sign allows."""
    column = place + 1
    rest = line[place:]
    if rest.startswith(("...", "…")):
        return UnreadableError(
            "numpy left numbers out here: print with"
            " np.set_printoptions(threshold=100000)",
            text,
            column,
        )
    if rest[0] == "/" and line[place - 1 : place] in (" ", "\n"):
        return UnreadableError(
            "rows are parted by ';' or by lines of their own, not by '/'", text, column
        )
    if rest[0] in "+*^=<>" or rest.startswith("//"):
        return UnreadableError("give the result, not the calculation", text, column)
    if rest[0] == "_":
        return UnreadableError("write the digits without '_'", text, column)
    word = re.match(r"[^\s\[\](),;]{1,30}", rest)
    return UnreadableError(
        f"numbers are due here, not '{shown(word[0] if word else rest[:1])}'",
        text,
        column,
    )
