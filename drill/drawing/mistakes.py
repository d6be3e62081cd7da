"""A question's own mistakes on an instance: their values, and whether they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drill.bank import Mistake
from drill.drawing.filled_prose import MAX_WORK, Sentence, fill, plain
from drill.drawing.target import MARGIN, Target, agrees, numbers, same
from drill.drawing.values import Values
from drill.errors import EvaluationError
from drill.language import budget, run

if TYPE_CHECKING:
    from numpy.typing import NDArray


def mistake_array(mistake: Mistake, values: Values) -> NDArray[Any] | None:
    """Return what a mistake gives on `values`; None where it is undefined.

    A mistake may be undefined: a product without the transpose does not exist when
    the shapes disagree, a wrong size can be negative under a root.
    """
    try:
        value = run(mistake.value, values)
    except EvaluationError:
        return None
    if isinstance(value, str) or value is None:
        return None
    try:
        return numbers(value)
    except ValueError:
        return None


def mistake_arrays(target: Target, values: Values) -> dict[str, NDArray[Any]]:
    """Return the mistakes that are on for this instance, with their values.

    A mistake is off where it is undefined or coincides with the right answer.
    """
    found = {}
    with budget(MAX_WORK):
        for mistake in target.part.mistakes:
            array = mistake_array(mistake, values)
            if array is not None and not same(
                array, target.reference, MARGIN * target.tolerance
            ):
                found[mistake.name] = array
    return found


def in_cases(target: Target) -> tuple[tuple[NDArray[Any] | None, ...], ...]:
    """Return what each mistake gives on each case; None where it is undefined."""
    return tuple(
        tuple(mistake_array(mistake, case.values) for case in target.cases)
        for mistake in target.part.mistakes
    )


def say(mistake: Mistake, values: Values) -> Sentence:
    """Return the sentence for whoever made `mistake`, on these numbers."""
    return plain(fill(mistake.say, values))


def discriminates(target: Target, values: Values) -> bool:
    """Tell whether no must-differ mistake gives the right answer here."""
    for mistake in target.part.mistakes:
        if not mistake.must_differ or target.options:
            continue
        if target.cases:
            hidden = all(
                agrees(mistake_array(mistake, case.values), case)
                for case in target.cases
            )
        else:
            array = mistake_array(mistake, values)
            hidden = array is not None and same(
                array, target.reference, MARGIN * target.tolerance
            )
        if hidden:
            return False
    return True
