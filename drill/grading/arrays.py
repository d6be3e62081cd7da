"""Grading answers that are arrays: numbers, shapes, matrices, options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import Instance, Target, carried, mistake_arrays, say
from drill.grading.comparison import compare, equal, not_finite
from drill.grading.relations import relate
from drill.grading.verdict import Diagnosis, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drill.language import Value

# A fraction given where a whole number was due is typed with few digits.
FRACTION = 0.006


def grade_array(
    instance: Instance,
    got: NDArray[Any],
    part: int,
    earlier: Mapping[str, Value],
) -> Verdict:
    """Grade an array against one part, and say which mistake it is."""
    # An answer may hold any number; that a sum of them overflows concerns nobody.
    with np.errstate(all="ignore"):
        return _graded(instance, got, part, earlier)


def _graded(
    instance: Instance, got: NDArray[Any], part: int, earlier: Mapping[str, Value]
) -> Verdict:
    target = instance.targets[part]
    verdict = _against(target, got, instance.values, partial(instance.mistakes, part))
    if verdict.right or not earlier:
        return verdict
    follow = carried(instance, part, earlier)
    if follow is None:
        return verdict
    values = {**instance.values, **earlier}
    again = _against(follow, got, values, partial(mistake_arrays, follow, values))
    if again.right:
        return replace(again, carried=True)
    return again if again.mistakes and not verdict.mistakes else verdict


def _against(
    target: Target,
    got: NDArray[Any],
    values: Mapping[str, Value],
    made: Callable[[], Mapping[str, NDArray[Any]]],
) -> Verdict:
    kind = target.part.answer.kind
    if kind in ("choice", "choices"):
        return _grade_options(target, got)
    found = compare(
        got, target.reference, target.tolerance, strict=target.part.answer.strict
    )
    if found.equal:
        return Verdict(True, 1.0, "right", found.got, target.reference, note=found.note)
    if not_finite(found.got):
        return Verdict(
            False, 0.0, "not finite", found.got, target.reference, wrong=found.wrong
        )
    mistakes = _recognised(target, found.got, values, made())
    relation = (
        None if mistakes else relate(found.got, target.reference, target.tolerance)
    )
    size = max(target.reference.size, 1)
    return Verdict(
        False,
        1 - len(found.wrong) / size if found.same_shape else 0.0,
        "value" if found.same_shape else "shape",
        found.got,
        target.reference,
        mistakes=mistakes,
        relation=relation,
        wrong=found.wrong,
        note=found.note,
    )


def _recognised(
    target: Target,
    got: NDArray[Any],
    values: Mapping[str, Value],
    made: Mapping[str, NDArray[Any]],
) -> tuple[Diagnosis, ...]:
    """Name every mistake of the question that gives just this answer."""
    found = []
    for mistake in target.part.mistakes:
        array = made.get(mistake.name)
        if array is None or array.size != got.size:
            continue
        allowed, strict = target.tolerance or FRACTION, target.part.answer.strict
        if equal(got, array, allowed, strict=strict) and (
            target.tolerance or equal(got, array, slack(array), strict=strict)
        ):
            found.append(Diagnosis(mistake.name, say(mistake, values)))
    return tuple(found)


def slack(array: NDArray[Any]) -> float:
    """Return how far an answer may be from a mistake where the answer is exact."""
    return 0.0 if (array == np.round(array)).all() else FRACTION


def _grade_options(target: Target, got: NDArray[Any]) -> Verdict:
    """Grade a choice by its set of options, with credit option by option."""
    picked = {int(index) for index in np.atleast_1d(got)}
    right = {int(index) for index in np.atleast_1d(target.reference)}
    options = target.options
    off = sorted(picked ^ right)
    if not off:
        return Verdict(True, 1.0, "right", got, target.reference)
    # A question without this `why` is refused by the loader, except for a right
    # option that was not picked.
    mistakes = tuple(
        Diagnosis(options[i].mistake or f"option {chr(97 + i)}", options[i].why)
        for i in off
        if options[i].why and (i in picked or target.part.answer.kind == "choices")
    )
    many = target.part.answer.kind == "choices"
    return Verdict(
        False,
        1 - len(off) / len(options) if many else 0.0,
        "options",
        got,
        target.reference,
        mistakes=mistakes,
        wrong=tuple((i,) for i in off),
    )
