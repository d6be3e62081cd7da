"""A question's own mistakes on an instance: their values, and whether they show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from drill.bank import Mistake
from drill.drawing.filled_prose import MAX_WORK, Sentence, fill, plain
from drill.drawing.target import Target, agrees, coincides, numbers
from drill.drawing.values import Values
from drill.errors import EvaluationError
from drill.language import budget, run

if TYPE_CHECKING:
    from numpy.typing import NDArray


Known: TypeAlias = "Mapping[str, tuple[NDArray[Any] | None, ...]]"
NOTHING: Known = {}


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


def mistake_arrays(
    target: Target, values: Values, known: Known = NOTHING
) -> dict[str, NDArray[Any]]:
    """Return the mistakes that are on for this instance, with their values.

    A mistake is off where it is undefined or coincides with the right answer.

    Parameters
    ----------
    target : Target
    values : mapping
    known : mapping
        What the draw computed of them, by name.
    """
    found = {}
    with budget(MAX_WORK):
        for mistake in target.part.mistakes:
            array = (
                known[mistake.name][0]
                if mistake.name in known
                else mistake_array(mistake, values)
            )
            if array is not None and not coincides(array, target):
                found[mistake.name] = array
    return found


def in_cases(
    target: Target, known: Known = NOTHING
) -> tuple[tuple[NDArray[Any] | None, ...], ...]:
    """Return what each mistake gives on each case; None where it is undefined."""
    return tuple(
        (
            *(first := known.get(mistake.name, ())),
            *(
                mistake_array(mistake, case.values)
                for case in target.cases[len(first) :]
            ),
        )
        for mistake in target.part.mistakes
    )


def say(mistake: Mistake, values: Values) -> Sentence:
    """Return the sentence for whoever made `mistake`, on these numbers."""
    return plain(fill(mistake.say, values))


def must_differ(target: Target, values: Values) -> Known | None:
    """Compute the mistakes that must differ; None where one gives the right answer.

    Returns
    -------
    mapping
        By name what each gives; of an expression on its first cases, up to the one
        on which it shows.
    """
    found: dict[str, tuple[NDArray[Any] | None, ...]] = {}
    for mistake in target.part.mistakes:
        if not mistake.must_differ or target.options:
            continue
        arrays = []
        if target.cases:
            for case in target.cases:
                arrays.append(mistake_array(mistake, case.values))
                if not agrees(arrays[-1], case):
                    break
            else:
                return None
        else:
            array = mistake_array(mistake, values)
            if coincides(array, target):
                return None
            arrays.append(array)
        found[mistake.name] = tuple(arrays)
    return found
