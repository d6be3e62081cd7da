"""Typed answers of every kind: one door, one error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from drill.answer.arrays import DECIMALS, read_array
from drill.answer.calculation import (
    LONGEST,
    brief,
    calculated,
    is_calculation,
    refuse_complex,
    told,
)
from drill.answer.calls import bare, unlabelled
from drill.answer.framing import framed
from drill.answer.reading import LETTERS, Reading
from drill.answer.tokens import MAX_TEXT
from drill.errors import UnreadableError
from drill.visible import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drill.language import Program

LARGEST = float(2**63)
_COMMA = re.compile(r"\s*[+−-]?[0-9.]+(,)[0-9.]+(?:,[0-9.]+)*\s*")
_FRACTION = re.compile(
    r"\s*+([+−-]?[0-9.]{1,30}) *+(?:([/⁄∕÷]) *+([0-9.]{1,30}) *+)?(%?)\s*+"
)
_BRACKETS = frozenset("[(")
_SIGN = re.compile(r"[-−–+*/^×·÷(]")
_RESULT = re.compile(r"[=≈][ \t]{0,9}([+-]?\d{1,30}(?:\.\d{0,30})?)\s{0,9}\Z")
_COUNTED_SUM = re.compile(r"(.*[\d)½¼¾])\s+([^\W\d_]{2,30})\.?\s*", re.DOTALL)
_TWO_NUMBERS = re.compile(r"[\d.]\s+[\d.]")
_COUNTED = re.compile(
    r"(\s*[+\-−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s+([^\W\d_]{1,30})\.?\s*"
)
_MULTIPLIES = frozenset(
    {
        "k", "b", "g", "kilo", "mega", "giga", "thousand", "thousands", "million",
        "millions", "billion", "billions", "hundred", "hundreds", "dozen", "percent",
        "pct", "ppm", "squared", "cubed", "half", "halves", "third", "thirds",
        "quarter", "quarters", "tenths", "hundredths", "or", "and", "to", "of", "by",
        "x", "e", "i", "j", "pi", "nan", "inf", "plus", "minus", "times", "over",
        "mod", "div",
    }
)  # fmt: skip
_CROSS = re.compile(r"(?<=[0-9\s])[x×X*✕](?=[0-9\s])|(?<=\s)by(?=\s)")
_BATCH = re.compile(r"\b(?:None|batch|batch_size|[Nn])\b(?=\s*,)|\?(?=\s*,)")
_LETTERS_ONLY = re.compile(
    r"(?<=[\s)\]])(?:\([^\W\d_]+(?:\s*[×x*,]\s*[^\W\d_]+)*\)|[A-Z]{2,4})\s*\Z"
)
_SIZE_NAME = re.compile(r"(\A|[\s,;(\[])[^\W\d_][\w']{0,20}\s*=(?!=)\s*(?=\d)")
_SHAPE = re.compile(r"\s*shape(?=[ ]{0,9}[0-9(\[])")
_WORD = re.compile(r"[^\s,;:()\[\]{}.]+")
_NONE = ("none", "-", "none of them", "none of the above", "nothing", "[]", "()", "{}")
_LINKS = ("and", "&", "+", "option", "options", "answer", "answers")


def read_text(
    text: str,
    kind: str,
    *,
    options: int = 0,
    percent: bool = False,
    calculation: bool = True,
) -> Reading:
    """Read a typed answer.

    A fraction is read where a whole number is due: it is a wrong answer with a
    reason, not an unreadable one.  A comma only ever separates, so ``12,000`` and
    ``0,5`` are refused for a single number, as is ``1_000``.

    Parameters
    ----------
    text : str
        Untrusted.
    kind : str
        ``integer``, ``number``, ``shape``, ``array``, ``choice`` or ``choices``.
    options : int
        How many options a choice has; 0 stands for as many as there are letters.
    percent : bool
        Whether ``33%`` may stand for 0.33.
    calculation : bool
        Whether ``(46+12-11)//2+1`` may stand for 24; the note says so.

    Returns
    -------
    Reading
        A choice is its option's index from 0; choices are sorted indices.

    Raises
    ------
    UnreadableError
        When it is no such answer; it says where, and what to write.

    Examples
    --------
    >>> read_text("28 × 28 × 16", "shape").array.tolist()
    [28, 28, 16]
    >>> read_text("a, c", "choices", options=4).array.tolist()
    [0, 2]
    >>> read_text("31.0", "integer")
    Reading(array=array(31), note='31.0 was read as 31', kind='integer')
    """
    if kind == "choice":
        picked = _letters(text, options)
        if len(picked) != 1:
            raise UnreadableError("one letter is due: which one do you mean?", text)
        return Reading(np.array(picked[0]), "", kind)
    if kind == "choices":
        indices = np.array(_several_letters(text, options), dtype=np.int64)
        return Reading(indices, "", kind)
    if kind == "shape":
        return _shape(text)
    if kind == "array":
        array, note = read_array(text, percent=percent, calculation=calculation)
        if not array.size:
            raise UnreadableError("there is no number in it", text)
        return Reading(array, note, kind)
    return _single(text, kind, percent=percent, calculation=calculation)


def read_program(
    text: str,
    *,
    names: Sequence[str],
    form: Literal["numpy", "formula"],
    result: str | None,
) -> Program:
    """Read a typed program or formula.

    Parameters
    ----------
    text : str
        Untrusted.
    names : sequence of str
        The names it may use.
    form : str
        The dialect: ``numpy`` lines, or a ``formula`` as on paper.
    result : str or None
        The name that the answer should be assigned to.

    Raises
    ------
    LanguageError
        When it is refused: the place, and what to write instead.
    """
    from drill.language import LEARNER, parse

    return parse(
        text,
        names=names,
        table=LEARNER,
        statements=True,
        formula=form == "formula",
        result=result,
    )


def _single(text: str, kind: str, *, percent: bool, calculation: bool) -> Reading:
    """Read one number: alone, worked out, or with the word for what it counts."""
    if len(text) > MAX_TEXT:
        raise UnreadableError("an answer has at most 64 kB")
    found = framed(text)
    line = unlabelled(found.text)
    try:
        if not is_calculation(_settled(line).strip()):
            line = bare(found.text)
        array, note = _one(text, line, percent=percent, calculation=calculation)
    except UnreadableError as error:
        column = found.column(error.column)
        raise UnreadableError(error.message, text, column) from None
    if kind == "integer" and array.dtype.kind == "f" and _all_whole(array):
        typed = shown(text.strip(), 30)
        array = array.astype(np.int64)
        note = note or f"{typed} was read as {array}"
    return Reading(array, note, kind)


def _one(
    typed: str, text: str, *, percent: bool, calculation: bool
) -> tuple[NDArray[Any], str]:
    """Return the one number of a text without its frame, and what was assumed."""
    spaced = _FRACTION.fullmatch(text)
    # Where one number is due, '1 / 3' and '33 %' can be nothing else.
    plain = "".join(part or "" for part in spaced.groups()) if spaced else text
    plain = plain.replace("÷", "/")
    refuse_complex(text)
    text, result = _settled(text), _RESULT.search(text)
    word = _COUNTED_SUM.fullmatch(text) if len(text) <= LONGEST else None
    if word and is_calculation(word[1].strip()):
        text = word[1]
    two = _TWO_NUMBERS.search(text)
    if not spaced and not two and is_calculation(text.strip()):
        start = len(text) - len(text.lstrip())
        if not calculation:
            sign = _SIGN.search(text, start + 1)
            column = sign.start() + 1 if sign else start + 1
            raise UnreadableError("give the result, not the calculation", text, column)
        if _in_brackets(text.strip()):
            return np.array(calculated(text.strip()[1:-1])), ""
        try:
            value = calculated(text.strip())
        except UnreadableError as error:
            column = max(error.column, 1) + start
            raise UnreadableError(error.message, text, column) from None
        if result and not _agrees(value, result[1]):
            start = result.start(1) + 1
            raise UnreadableError(f"the calculation gives {brief(value)}", text, start)
        note = told({typed.strip(): value})
        return np.array(
            value
        ), f"{note}; the word '{word[2]}' was left out" if word else note
    note = ""
    if counted := _COUNTED.fullmatch(plain):
        if counted[2].lower() in _MULTIPLIES:
            raise UnreadableError(
                f"'{counted[2]}' changes the number: write it out, in digits",
                text,
                counted.start(2) + 1,
            )
        plain, note = counted[1], f"the word '{counted[2]}' was left out"
    array, _ = read_array(plain, percent=percent, calculation=calculation)
    if array.size != 1:
        if comma := _COMMA.fullmatch(text):
            raise UnreadableError(DECIMALS, text, comma.start(1) + 1)
        if not array.size:
            raise UnreadableError("there is no number in it", text)
        raise UnreadableError(f"one number is due; this has {array.size}", text)
    if array.ndim and not _BRACKETS.isdisjoint(text):
        note = "the one number in the brackets was read"
    return array.reshape(()), note


def _settled(text: str) -> str:
    """Take the result off that somebody wrote after their calculation."""
    result = _RESULT.search(text)
    return text[: result.start()] if result else text


def _agrees(value: float, result: str) -> bool:
    """Tell whether a result is a calculation's, to the digits that it has."""
    decimals = len(result.partition(".")[2])
    return abs(value - float(result)) <= 0.5 * 10.0**-decimals * 1.000001


def _in_brackets(text: str) -> bool:
    """Tell whether parentheses stand around one plain number: ``(5)``."""
    return bool(re.fullmatch(r"\([-+−]?\d+(?:\.\d*)?\)", text))


def _all_whole(array: NDArray[Any]) -> bool:
    # Neither nan nor infinity is below the limit, so neither is cast.
    small = bool((np.abs(array) < LARGEST).all())
    return small and bool((array == np.floor(array)).all())


def _shape(text: str) -> Reading:
    """Read a shape: sizes with commas, blanks or × between them."""
    found = framed(text)
    line = found.text
    if batch := _BATCH.search(line):
        raise UnreadableError(
            "the batch is not counted here: write the sizes of one example",
            text,
            found.column(batch.start() + 1),
        )
    plain = _LETTERS_ONLY.sub(lambda m: " " * len(m[0]), line)
    plain = _SIZE_NAME.sub(lambda m: m[1] + " " * (len(m[0]) - len(m[1])), plain)
    plain = _CROSS.sub(lambda m: "," + " " * (len(m[0]) - 1), plain)
    if plain.count(";") and "," not in plain:
        plain = plain.replace(";", ",")
    product = "*" in line and "," not in line
    if word := _SHAPE.match(plain):
        plain = " " * word.end() + plain[word.end() :]
    try:
        array, worked = read_array(plain)
    except UnreadableError as error:
        column = found.column(error.column)
        raise UnreadableError(error.message, text, column) from None
    if array.ndim > 1:
        raise UnreadableError("a shape is one row of sizes, such as (28, 28, 16)", text)
    note = worked if array.ndim else "one size was read as a shape with one axis"
    array = np.atleast_1d(array)
    if array.dtype.kind == "f" and _all_whole(array):
        # An empty array is of floats too, and () is a shape of whole numbers.
        note = "the sizes were read as whole numbers" if array.size else note
        array = array.astype(np.int64)
    if product and array.size > 1:
        note = "* was read as × between sizes, not as a product"
    return Reading(array, note, "shape")


def _several_letters(text: str, options: int) -> list[int]:
    plain = text.strip().lower()
    if plain in _NONE:
        return []
    if plain in ("all", "all of them"):
        return list(range(options or len(LETTERS)))
    return _letters(text, options)


def _letters(text: str, options: int) -> list[int]:
    """Read letters or numbers that name options; each once, sorted."""
    letters = LETTERS[:options] if options else LETTERS
    due = f"letters from a to {letters[-1]} are due"
    words = [(found[0].lower(), found.start() + 1) for found in _WORD.finditer(text)]
    words = [(word, column) for word, column in words if word not in _LINKS]
    if len(words) == 1 and len(words[0][0]) > 1 and set(words[0][0]) <= set(letters):
        words = [(letter, 0) for letter in words[0][0]]
    picked: set[int] = set()
    for word, column in words:
        if word.isdigit() and word.isascii() and len(word) < 3:
            index = int(word) - 1
        else:
            index = letters.find(word) if len(word) == 1 else -1
        if not 0 <= index < len(letters):
            raise UnreadableError(f"{due}, not '{shown(word, 30)}'", text, column)
        picked.add(index)
    if not picked:
        raise UnreadableError(due, text)
    return sorted(picked)
