"""Why a question cannot be drawn: what refuses its draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from drill.bank import Question
from drill.drawing import Target, inline, mistake_array
from drill.drawing.aim import aim
from drill.drawing.instance import MAX_WORK
from drill.drawing.stream import Stream
from drill.drawing.target import as_array, coincides, same
from drill.drawing.values import Values, attempt
from drill.errors import DrillError
from drill.language import budget, run

TRIES = 40


@dataclass(frozen=True)
class Try:
    """One draw that was refused, and by what."""

    met: bool
    coincide: tuple[str, ...] = ()
    disagrees: str = ""


def refusals(question: Question, seed: int) -> list[tuple[str, str]]:
    """Try some draws again, and return rules with what they say about them.

    All tries together may cost what one instance may.

    Parameters
    ----------
    question : Question
        One whose draws were all refused.
    seed : int
    """
    tries: list[Try] = []
    with budget(MAX_WORK) as left:
        for number in range(TRIES):
            try:
                one = _tried(question, (seed, number))
            except DrillError:
                if not left.empty:
                    return []
            if left.empty:
                # What the rest of the budget did not pay for would count as undefined.
                break
            tries.append(one)
    return list(_said(tries))


def _tried(question: Question, key: tuple[int, int]) -> Try:
    # Later parts read what earlier ones make: the first one says enough.
    part = question.parts[0]
    values = attempt(question, key, {})
    if values is None:
        return Try(False)
    if part.answer.kind not in ("integer", "number", "shape", "array"):
        return Try(True)
    target = aim(part, values, lambda: Stream("exhausted"), lambda _: ())
    assert target is not None
    return Try(True, tuple(_coincide(target, values)), _disagrees(target, values))


def _said(tries: list[Try]) -> Iterator[tuple[str, str]]:
    met = sum(one.met for one in tries)
    if met < len(tries):
        yield "draw", f"of {len(tries)} draws, 'require' refuses {len(tries) - met}"
    coincide = Counter(name for one in tries for name in one.coincide)
    for name, count in coincide.most_common(2):
        yield (
            "draw",
            f"in {count} of the {met} draws that 'require' allows, the"
            f" must-differ mistake '{name}' gives the right answer",
        )
    for one in tries:
        if one.disagrees:
            yield "second route", one.disagrees
            break


def _coincide(target: Target, values: Values) -> Iterator[str]:
    for mistake in target.part.mistakes:
        if mistake.must_differ and coincides(mistake_array(mistake, values), target):
            yield mistake.name


def _disagrees(target: Target, values: Values) -> str:
    check = target.part.cross_check
    if check is None:
        return ""
    got = as_array(run(check, values), "array")
    largest = float(np.max(np.abs(target.reference), initial=1.0))
    if same(got, target.reference, target.tolerance / 2 or 1e-9 * largest):
        return ""
    return (
        f"on a draw that was refused, the cross-check gives {inline(got)}, and the"
        f" answer's own formula {inline(target.reference)}: one of the two is wrong"
    )
