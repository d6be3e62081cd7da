"""Sentences for a person: what form an answer has, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from drill.bank import Answer
from drill.drawing import Target, inline
from drill.visible import shown

if TYPE_CHECKING:
    from drill.grading import Counterexample, Verdict

LETTERS = "abcdefghi"
MOST_PRINTED = 20


def form(target: Target) -> str:
    """Say what form an answer has, and how exact it must be.

    Examples
    --------
    >>> from drill.bank import Part, Prose
    >>> part = Part("", Prose("", ()), Answer("number", decimals=3))
    >>> form(Target(part, np.array(0.5)))
    'a number to 3 decimals (±0.001); a fraction will do'
    """
    answer = target.part.answer
    exactly = _exactness(answer)
    match answer.kind:
        case "integer":
            return "a whole number"
        case "shape":
            return "a shape, such as (31, 31, 64)"
        case "number":
            percent = " or a percentage" if answer.percent else ""
            return f"a number{exactly}; a fraction{percent} will do"
        case "array":
            # Where the shape itself is asked for, nothing may give it away.
            vector = target.reference.ndim == 1 and not answer.strict
            what = "a vector" if vector else "an array"
            like = "1 2 3 or [1, 2, 3]" if vector else "1 2; 3 4 or [[1, 2], [3, 4]]"
            return f"{what}{exactly}, such as {like}"
        case "choice":
            return "one letter"
        case "choices":
            return "every right letter, such as a, c; or none"
        case _:
            names = ", ".join(answer.names)
            what = "a formula" if answer.form == "formula" else "numpy lines"
            result = f"; the result is {answer.result}" if answer.result else ""
            return f"{what} in {names}{result}"


def _exactness(answer: Answer) -> str:
    if answer.decimals is not None:
        step = format(10.0**-answer.decimals, f".{answer.decimals}f")
        noun = "decimal" if answer.decimals == 1 else "decimals"
        return f" to {answer.decimals} {noun} (±{step})"
    if answer.relative is not None:
        return f" within {100 * answer.relative:g} %"
    return ", exactly"


def place(index: tuple[int, ...]) -> str:
    """Say where an entry stands.

    Examples
    --------
    >>> place((1, 0)), place((2,))
    ('row 1, column 0', 'entry 2')
    """
    from drill.grading.comparison import where

    if len(index) == 2:
        return f"row {index[0]}, column {index[1]}"
    return f"entry {where(index)}"


def right(verdict: Verdict) -> str:
    """Say that an answer is right, and what was assumed or is advised."""
    given = "Right, given your earlier answer" if verdict.carried else "Right"
    notes = "; ".join(note for note in (verdict.assumed, verdict.note) if note)
    return f"{given}: {notes}." if notes else f"{given}."


def sentence(note: str) -> str:
    """Write a note as a sentence of its own.

    Examples
    --------
    >>> sentence("one size was read as a shape with one axis")
    'One size was read as a shape with one axis.'
    """
    return f"{note[:1].upper()}{note[1:]}."


def diagnosis(verdict: Verdict) -> list[str]:
    """Say which mistake a wrong answer is: by name, or by its relation."""
    if len(verdict.mistakes) > 1 and verdict.reason != "options":
        return [
            "Your answer is consistent with any of these:",
            *(f"- {found.say}" for found in verdict.mistakes),
        ]
    if verdict.mistakes:
        return [found.say for found in verdict.mistakes]
    # That one entry is wrong is what the details say, with the entry.
    if verdict.relation is None or verdict.relation.name == "one entry":
        return []
    return [verdict.relation.say]


def details(verdict: Verdict, target: Target, *, final: bool) -> list[str]:
    """Say where a wrong answer is wrong; only the last time with what was wanted."""
    from drill.grading.comparison import not_finite

    read, reference = verdict.read, verdict.reference
    if verdict.reason == "options":
        off = len(verdict.wrong)
        if target.part.answer.kind == "choice":
            return []
        what = "options is" if off == 1 else "options are"
        return [f"{off} of {len(target.options)} {what} marked wrongly."]
    if read is None or verdict.counterexample is not None:
        return []
    if verdict.reason == "not finite":
        return [f"Your answer is not finite: {not_finite(read)}."]
    if verdict.reason == "shape":
        if target.part.answer.kind == "shape":
            return [f"You gave {_axes(read.size)}; the answer has another number."]
        yours = f"an array of shape {read.shape}" if read.ndim else "a single number"
        wanted = f"shape {reference.shape}" if final else "another shape"
        return [f"You gave {yours}; the answer has {wanted}."]
    if not read.ndim:
        return []
    first = verdict.wrong[0]
    good = read.size - len(verdict.wrong)
    start = f"{good} of {read.size} right; {place(first)}"
    if final:
        return [
            f"{start}: you {inline(read[first])}, expected {inline(reference[first])}."
        ]
    return [f"{start} is not {inline(read[first])}."]


def _axes(count: int) -> str:
    return "1 size" if count == 1 else f"{count} sizes"


def counterexample(verdict: Verdict) -> list[str]:
    """Show the smallest draw on which a program is wrong."""
    example = verdict.counterexample
    if example is None:
        return []
    values = example.case.values
    arrays = {k: v for k, v in values.items() if isinstance(v, np.ndarray) and v.ndim}
    told = ", ".join(
        f"{name} of shape {arrays[name].shape}"
        if name in arrays
        else f"{name} = {inline(value)}"
        for name, value in values.items()
    )
    start = "On the numbers shown" if example.shown else f"For {told}"
    if verdict.note and not example.shown:
        start = f"{verdict.note[0].upper()}{verdict.note[1:]}, but for {told}"
    astray = [f"It first goes wrong in {verdict.astray}."] if verdict.astray else []
    if example.got is None:
        # The sentence has its line already.
        return [f"{start} it fails: {shown(example.error)}."]
    got, wanted = _brief(inline(example.got)), _brief(inline(example.case.reference))
    lines = [f"{start} it gives {got} instead of {wanted}{_first_wrong(example)}."]
    if not example.shown:
        lines += [f"  {name} = {inline(value)}" for name, value in arrays.items()]
    return lines + astray


def _first_wrong(example: Counterexample) -> str:
    """Say where a program's array first differs, when it has the right shape."""
    got, wanted = example.got, example.case.reference
    if got is None or got.shape != wanted.shape or got.size < 2:
        return ""
    wrong = np.argwhere(~np.isclose(got, wanted, rtol=1e-6, atol=1e-9, equal_nan=True))
    if not len(wrong):
        return ""
    first = tuple(map(int, wrong[0]))
    return (
        f"; first at {place(first)}: {inline(got[first])}, not {inline(wanted[first])}"
    )


def printed(verdict: Verdict) -> list[str]:
    """Show what a program printed; it is no part of the answer."""
    lines = verdict.printed
    if not lines:
        return []
    more = ["  …"] if len(lines) > MOST_PRINTED else []
    shown_lines = [f"  {shown(line, 200)}" for line in lines[:MOST_PRINTED]]
    return ["It printed:", *shown_lines, *more]


def _brief(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:110]} … ({len(text)} characters)"


def answer_text(target: Target) -> str:
    """Write the right answer, as it stands in a solution or a report."""
    if target.options:
        picked = [i for i, option in enumerate(target.options) if option.right]
        return "; ".join(f"{LETTERS[i]}) {target.options[i].text}" for i in picked)
    if target.part.answer.kind == "expression":
        assert target.part.answer.value is not None
        return target.part.answer.value.source.strip()
    if target.part.answer.kind == "shape":
        return inline(tuple(target.reference.tolist()))
    decimals = target.part.answer.decimals
    spec = f".{decimals}f" if decimals is not None else ""
    return inline(target.reference, spec)
