"""Why a question cannot be drawn: what refuses its draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from drill.bank import Question
from drill.drawing import Target, inline, mistake_array
from drill.drawing.aim import aim
from drill.drawing.stream import Stream
from drill.drawing.target import MARGIN, as_array, same
from drill.drawing.values import Values, attempt
from drill.errors import DrillError
from drill.language import run

TRIES = 40


def refusals(question: Question, seed: int) -> Iterator[tuple[str, str]]:
    """Try some draws again, and yield rules with what they say about them.

    Parameters
    ----------
    question : Question
        One whose draws were all refused.
    seed : int
    """
    unmet = 0
    coincide: Counter[str] = Counter()
    disagrees = ""
    for number in range(TRIES):
        try:
            values = attempt(question, (seed, number), {})
            if values is None:
                unmet += 1
                continue
            # Later parts read what earlier ones make: the first one says enough.
            part = question.parts[0]
            if part.answer.kind not in ("integer", "number", "shape", "array"):
                return
            target = aim(part, values, Stream("exhausted"), lambda _: ())
            assert target is not None
            coincide.update(_coincide(target, values))
            disagrees = disagrees or _disagrees(target, values)
        except DrillError:
            return
    if unmet:
        yield "draw", f"of {TRIES} draws, 'require' refuses {unmet}"
    for name, count in coincide.most_common(2):
        yield (
            "draw",
            f"in {count} of the {TRIES - unmet} draws that 'require' allows, the"
            f" must-differ mistake '{name}' gives the right answer",
        )
    if disagrees:
        yield "second route", disagrees


def _coincide(target: Target, values: Values) -> Iterator[str]:
    for mistake in target.part.mistakes:
        array = mistake_array(mistake, values) if mistake.must_differ else None
        if array is not None and same(
            array, target.reference, MARGIN * target.tolerance
        ):
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
