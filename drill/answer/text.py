"""Typed answers of every kind: one door, one error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from drill.answer.arrays import read_array
from drill.answer.reading import Reading
from drill.errors import UnreadableError
from drill.visible import shown

if TYPE_CHECKING:
    from drill.language import Program

LETTERS = "abcdefghi"
_COMMA = re.compile(r"\s*[+-]?[0-9]+,([0-9]+)\s*")
_NONE = ("none", "-", "none of them")


def read_text(
    text: str, kind: str, *, options: int = 0, percent: bool = False
) -> Reading:
    """Read a typed answer.

    Parameters
    ----------
    text : str
        Untrusted.
    kind : str
        ``integer``, ``number``, ``shape``, ``array``, ``choice`` or ``choices``.
    options : int
        How many options a choice has.
    percent : bool
        Whether ``33%`` may stand for 0.33.

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
    """
    if kind == "choice":
        picked = _letters(text, options)
        if len(picked) != 1:
            raise UnreadableError("one letter is due: which one do you mean?", text)
        return Reading(np.array(picked[0]))
    if kind == "choices":
        nothing = text.strip().lower() in _NONE
        return Reading(
            np.array([] if nothing else _letters(text, options), dtype=np.int64)
        )
    if kind == "shape":
        return _shape(text)
    array, note = read_array(text, percent=percent)
    if kind == "array":
        return Reading(array, note)
    if array.size != 1:
        comma = _COMMA.fullmatch(text)
        if comma:
            raise UnreadableError(
                "write a decimal point, 0.5, and large numbers without commas, 12000",
                text,
                text.index(",") + 1,
            )
        raise UnreadableError(f"one number is due; this has {array.size}", text)
    return Reading(array.reshape(()))


def _shape(text: str) -> Reading:
    """Read a shape: sizes with commas, spaces or × between them."""
    if text.strip() in ("()", "[]", "torch.Size([])"):
        return Reading(np.array([], dtype=np.int64))
    plain = re.sub(r"(?<=[0-9\s])[x×X*✕](?=[0-9\s])", ",", text)
    array, _ = read_array(plain)
    if array.ndim > 1:
        raise UnreadableError("a shape is one row of sizes, such as (28, 28, 16)", text)
    note = "" if array.ndim else "one size was read as a shape with one axis"
    return Reading(np.atleast_1d(array), note)


def _letters(text: str, options: int) -> list[int]:
    """Read letters or numbers that name options; each once, sorted."""
    last = LETTERS[options - 1]
    due = f"letters from a to {last} are due"
    words = re.findall(r"[^\s,;()\[\].]+", text.lower())
    if len(words) == 1 and words[0].isalpha() and len(words[0]) > 1:
        joined = words[0]
        if all(letter in LETTERS[:options] for letter in joined):
            words = list(joined)
    picked: set[int] = set()
    for word in words:
        if word in ("and", "&", "+"):
            continue
        if word.isdigit() and word.isascii() and len(word) < 3:
            index = int(word) - 1
        else:
            index = LETTERS.find(word) if len(word) == 1 else -1
        if not 0 <= index < options:
            raise UnreadableError(
                f"{due}, not '{shown(word, 30)}'", text, text.lower().find(word) + 1
            )
        picked.add(index)
    if not picked:
        raise UnreadableError(due, text)
    return sorted(picked)


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


def pending(text: str) -> bool:
    """Tell whether brackets are still open, so that more lines belong to it.

    Examples
    --------
    >>> pending("[[1, 2],"), pending("[1, 2]")
    (True, False)
    """
    opened = sum(text.count(sign) for sign in "[(")
    return opened > sum(text.count(sign) for sign in "])")


def split_answers(text: str) -> list[str]:
    """Split a file of answers.

    Blank lines separate answers of several lines; a file without blank lines has an
    answer on each line, or on several while a bracket is open.  Lines that start
    with ``#`` are remarks.

    Examples
    --------
    >>> split_answers("12\\n[[1, 2],\\n [3, 4]]\\n")
    ['12', '[[1, 2],\\n [3, 4]]']
    >>> split_answers("1 2\\n3 4\\n\\n12\\n")
    ['1 2\\n3 4', '12']
    """
    lines = [line.rstrip() for line in text.split("\n") if not line.startswith("#")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    blocks = "" in lines
    answers: list[str] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
            continue
        if fresh or not (blocks or pending(answers[-1])):
            answers.append(line)
        else:
            answers[-1] += f"\n{line}"
        fresh = False
    return answers
