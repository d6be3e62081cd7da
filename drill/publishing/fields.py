"""What a learning platform's fields hold: numbers as decimals, shapes, cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from drill.drawing import Target
from drill.grading.arrays import slack
from drill.publishing import embedded

if TYPE_CHECKING:
    from drill.publishing.published import Known, Option, PublishedPart, Variant
    from drill.typesetting import Run

MOST_CELLS = 64
"""A grid of more fields is nothing that anybody fills in."""
MOST_DECIMALS = 6
"""As many decimals are typed where the answer is exact."""


@dataclass(frozen=True, eq=False)
class Wrong:
    """A wrong value that is known, and what is said to whoever gives it.

    Attributes
    ----------
    value : float
    tolerance : float
        How far a reply may be from it.
    said : tuple of runs
        A sentence for each mistake that gives this value.
    """

    value: float
    tolerance: float
    said: tuple[Sequence[Run], ...]


def number(value: float | np.generic, tolerance: float) -> str:
    """Write a number as every platform reads it, as exactly as matters.

    Examples
    --------
    >>> number(2 / 3, 0.001), number(np.int64(-3), 0.0), number(1e-7, 1e-9)
    ('0.666667', '-3', '0.0000001')
    """
    plain = float(value)
    if plain.is_integer() and abs(plain) < 1e15:
        return str(int(plain))
    if tolerance <= 0:
        return repr(plain)
    decimals = min(max(0, 3 - math.floor(math.log10(tolerance))), 17)
    text = f"{plain:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def margin(tolerance: float) -> str:
    """Write a tolerance without an exponent.

    Examples
    --------
    >>> margin(0.001), margin(0.0), margin(1e-9)
    ('0.001', '0', '0.000000001')
    """
    return np.format_float_positional(float(f"{tolerance:.6g}"), trim="-")


def cells(target: Target) -> Iterator[tuple[tuple[int, ...], float]]:
    """Yield the places of an array with their right values, in reading order."""
    for place in np.ndindex(target.reference.shape):
        yield place, float(target.reference[place])


def untypable(variant: Variant) -> str:
    """Say which answer no decimal number can be typed for; empty where all can.

    An exact third can be typed where fractions are read; platforms read none.
    """
    for part in variant.parts:
        target = part.target
        answer = target.part.answer
        if answer.kind not in ("number", "array") or target.cases:
            continue
        if answer.decimals is not None or answer.relative is not None:
            continue
        reference = np.asarray(target.reference, float)
        away = np.abs(reference - np.round(reference, MOST_DECIMALS))
        if bool((away > target.tolerance).any()):
            return f"{part.answer} has no short decimal form, and is wanted exactly"
    return ""


def wrong_values(part: PublishedPart, place: tuple[int, ...] = ()) -> tuple[Wrong, ...]:
    """Return the known wrong values of a number, or of one entry of an array.

    Those that a platform could not tell apart are one, with the sentences of all;
    those that it would take for the right entry are none.
    """
    target = part.target
    right = float(target.reference[place])
    found: list[Wrong] = []
    for known in part.known:
        if known.array is None or known.array.shape != target.reference.shape:
            continue
        value = float(known.array[place])
        allowed = target.tolerance or slack(known.array)
        if abs(value - right) <= 2 * target.tolerance:
            continue
        _add(found, value, allowed, known.said_runs)
    return tuple(found)


def _add(found: list[Wrong], value: float, allowed: float, say: Sequence[Run]) -> None:
    for at, other in enumerate(found):
        if abs(other.value - value) <= allowed + other.tolerance:
            said = other.said if say in other.said else (*other.said, say)
            found[at] = Wrong(other.value, other.tolerance, said)
            return
    found.append(Wrong(value, allowed, (say,)))


def unlike(part: PublishedPart) -> tuple[Known, ...]:
    """Return the known mistakes of another shape, which a grid has no cells for."""
    shape = part.target.reference.shape
    return tuple(
        one for one in part.known if one.array is not None and one.array.shape != shape
    )


def spellings(shape: Iterable[int | np.generic]) -> tuple[str, ...]:
    """Return the ways in which people write a shape; the first one is asked for.

    Examples
    --------
    >>> spellings((31, 31, 64))[:3], len(spellings((31, 31, 64)))
    (('(31, 31, 64)', '(31,31,64)', '31, 31, 64'), 10)
    """
    sizes = [str(int(size)) for size in shape]
    close, wide = ",".join(sizes), ", ".join(sizes)
    if len(sizes) == 1:
        return (f"({wide},)", f"({wide})", wide, f"[{wide}]")
    crossed = [sign.join(sizes) for sign in ("×", " × ", "x", " x ")]
    return (f"({wide})", f"({close})", wide, close, f"[{wide}]", f"[{close}]", *crossed)


def shape_answers(part: PublishedPart) -> Iterator[tuple[str, str, str]]:
    """Yield the spellings of a shape and of its known mistakes.

    Yields
    ------
    text, share, said : str
        The share is 100 or 0 percent; what is said is HTML.
    """
    taken = dict.fromkeys(spellings(part.target.reference))
    yield from ((text, "100", "") for text in taken)
    for known in part.known:
        array = known.array
        if array is None or array.ndim != 1 or not array.size:
            continue
        if not bool((array == np.round(array)).all()):
            continue
        for text in spellings(array):
            if text not in taken:
                taken[text] = None
                yield text, "0", f"<p>{embedded.runs(known.said_runs)}</p>"


def shares(part: PublishedPart) -> Iterator[tuple[Option, str]]:
    """Yield the options with their shares in percent; to tick all is worth nothing."""
    right = sum(option.right for option in part.options)
    wrong = len(part.options) - right
    for option in part.options:
        if option.right:
            yield option, share(100 / right)
        else:
            yield option, "0" if part.kind == "choice" else share(-100 / wrong)


def share(percent: float) -> str:
    """Write a share as Moodle's list of grades has it.

    Examples
    --------
    >>> share(100.0), share(-100 / 3)
    ('100', '-33.33333')
    """
    return f"{percent:.5f}".rstrip("0").rstrip(".")


def asked(variant: Variant, part: PublishedPart) -> str:
    """Write what is asked as HTML, and how an answer is typed."""
    text = embedded.blocks(variant.stem) + embedded.blocks(part.prompt)
    return text + told(form(part)) if not part.options else text


def told(how: str) -> str:
    """Write how an answer is typed, as HTML."""
    return f"<p><em>Answer: {embedded.safe(how)}.</em></p>"


def form(part: PublishedPart) -> str:
    """Say how an answer is typed where numbers are read as decimals only."""
    target = part.target
    answer = target.part.answer
    exactly = ""
    if answer.decimals is not None:
        noun = "decimal" if answer.decimals == 1 else "decimals"
        exactly = f" to {answer.decimals} {noun}"
    elif answer.relative is not None:
        exactly = f" within {100 * answer.relative:g} %"
    match answer.kind:
        case "integer":
            return "a whole number"
        case "shape":
            return "a shape, written like (31, 31, 64)"
        case "number":
            return f"a number{exactly}, written as a decimal and not as a fraction"
        case "array":
            return f"a number{exactly} in each field"
    return part.form


def typed(target: Target, right: float) -> tuple[str, ...]:
    """Return the texts that are right where texts are compared: decimals as asked.

    Parameters
    ----------
    target : Target
        With `decimals`, or exact.
    right : float
        The number, or one entry.
    """
    decimals = target.part.answer.decimals
    places = MOST_DECIMALS if decimals is None else decimals
    whole = round(right * 10**places)
    # One unit of the last place is allowed: what was cut off is right as well.
    near = (whole, whole - 1, whole + 1)
    within = target.tolerance * (1 + 1e-9)
    found: dict[str, None] = {}
    for one in near:
        value = one / 10**places
        if abs(value - right) > within:
            continue
        full = f"{value:.{places}f}" if places else str(int(value))
        short = full.rstrip("0").rstrip(".") if "." in full else full
        short = "0" if short == "-0" else short
        for text in {short: None, full: None} if decimals else (short,):
            for spelled in (text, text.replace("0.", ".", 1)):
                plain = text if not text.lstrip("-").startswith("0.") else spelled
                found |= dict.fromkeys((plain, plain.replace("-", "−")))
    # No person writes a negative zero.
    return tuple(text for text in found if text not in ("-0", "−0"))


def spellable(target: Target) -> bool:
    """Tell whether few texts are right, so that texts can be compared."""
    answer = target.part.answer
    return answer.relative is None and (answer.decimals or 0) <= 4
