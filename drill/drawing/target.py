"""What one part of an instance wants: the reference and how exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.bank import Answer, Mistake, Part
from drill.drawing.prose import fill, inline, plain
from drill.drawing.stream import Stream
from drill.drawing.values import Values, frozen
from drill.errors import DrawError, EvaluationError
from drill.language import Value, run

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A mistake that misses by less than this many tolerances would be accepted from
# whoever also rounds carelessly.
MARGIN = 3.0


@dataclass(frozen=True)
class Dealt:
    """An option as it was dealt: its text, whether it is right, and why."""

    text: str
    right: bool
    why: str = ""
    mistake: str = ""


@dataclass(frozen=True, eq=False)
class Case:
    """One draw on which an expression answer is run.

    Attributes
    ----------
    values : mapping
        The names the learner may use, with their values here.
    reference : ndarray
        What a right answer gives.
    """

    values: Values
    reference: NDArray[Any]


@dataclass(frozen=True, eq=False)
class Target:
    """What one part wants on this instance.

    Attributes
    ----------
    reference : ndarray
        The right answer; for a choice the 0-d index of the right option, for
        choices the sorted indices of them all.
    tolerance : float
        How far each entry may be away; 0 is exact.
    options : tuple of Dealt
        What a choice was dealt, in order.
    cases : tuple of Case
        What an expression is run on: first the draw that is shown.
    stable : Case or None
        Large numbers on which a careful program does not overflow.
    """

    part: Part
    reference: NDArray[Any]
    tolerance: float = 0.0
    options: tuple[Dealt, ...] = ()
    cases: tuple[Case, ...] = ()
    stable: Case | None = None


def tolerance(answer: Answer, reference: NDArray[Any]) -> float:
    """Return how far every entry may be from `reference`.

    It belongs to the whole array, so that an entry that happens to be 0 is no
    special case.  `decimals` allows one unit of the last place: rounding and
    cutting off are both accepted.

    Examples
    --------
    >>> tolerance(Answer("array", relative=0.01), np.array([0.0, -50.0]))
    0.5
    """
    if answer.decimals is not None:
        return float(10.0**-answer.decimals)
    largest = float(np.max(np.abs(reference), initial=0.0)) or 1.0
    if answer.relative is not None:
        return answer.relative * largest
    # Exact fractions are typed in decimal: the last bits are not the learner's.
    return 0.0 if reference.dtype.kind in "iu" else 1e-9 * max(1.0, largest)


def as_array(value: Value, kind: str) -> NDArray[Any]:
    """Turn a formula's value into the array that an answer of `kind` is.

    Raises
    ------
    DrawError
        When the value cannot be such an answer.
    """
    if isinstance(value, str) or value is None:
        raise DrawError(f"an answer must be numbers, got {value!r}")
    array = np.array(value)
    if array.dtype.kind == "b":
        array = array.astype(np.int64)
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        raise DrawError(f"an answer must be finite numbers, got {inline(value)}")
    dimensions = {"integer": 0, "number": 0, "shape": 1}.get(kind)
    if dimensions is not None and array.ndim != dimensions:
        raise DrawError(f"an answer of kind {kind} cannot be {inline(value)}")
    if kind in ("integer", "shape"):
        if (array != np.floor(array)).any():
            raise DrawError(f"an answer of kind {kind} cannot be {inline(value)}")
        array = array.astype(np.int64)
    frozen(array)
    return array


def same(got: NDArray[Any], reference: NDArray[Any], allowed: float) -> bool:
    """Tell whether two arrays agree in shape and within `allowed` everywhere."""
    if got.shape != reference.shape:
        return False
    difference = np.abs(got.astype(np.float64) - reference.astype(np.float64))
    return bool((difference <= allowed).all())


def mistake_array(mistake: Mistake, part: Part, values: Values) -> NDArray[Any] | None:
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
        array = np.array(value)
    except ValueError:
        return None
    if array.dtype.kind == "b":
        array = array.astype(np.int64)
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        return None
    return array


def mistake_arrays(target: Target, values: Values) -> dict[str, NDArray[Any]]:
    """Return the mistakes that are on for this instance, with their values.

    A mistake is off where it is undefined or coincides with the right answer.
    """
    found = {}
    for mistake in target.part.mistakes:
        array = mistake_array(mistake, target.part, values)
        if array is not None and not same(
            array, target.reference, MARGIN * target.tolerance
        ):
            found[mistake.name] = array
    return found


def say(mistake: Mistake, values: Values) -> str:
    """Return the sentence for whoever made `mistake`, on these numbers."""
    return plain(fill(mistake.say, values))


def aim(
    part: Part,
    values: Values,
    stream: Stream,
    cases: Callable[[Answer], Sequence[Values]],
) -> Target | None:
    """Make the target of one part; None when a mistake coincides with the answer.

    Parameters
    ----------
    part : Part
    values : mapping
        Every name's value, earlier parts' references among them.
    stream : Stream
        Decides which options are dealt and in which order.
    cases : callable
        Draws the hidden cases of an expression answer.
    """
    answer = part.answer
    if answer.kind in ("choice", "choices"):
        return _aim_choice(part, values, stream)
    assert answer.value is not None
    try:
        if answer.kind == "expression":
            return _aim_expression(part, values, cases(answer))
        reference = as_array(run(answer.value, values), answer.kind)
    except EvaluationError as error:
        raise DrawError(f"'{error.source}' fails: {error}") from None
    target = Target(part, reference, tolerance(answer, reference))
    for mistake in part.mistakes:
        if mistake.must_differ:
            array = mistake_array(mistake, part, values)
            if array is not None and same(array, reference, MARGIN * target.tolerance):
                return None
    return target


def _aim_expression(
    part: Part, values: Values, hidden: Sequence[Values]
) -> Target | None:
    answer = part.answer
    assert answer.value is not None
    cases = []
    for everything in (values, *hidden):
        own = {name: everything[name] for name in answer.names}
        cases.append(Case(own, as_array(run(answer.value, own), answer.kind)))
    stable = None if answer.stable is None else cases.pop()
    shown = cases[0].reference
    allowed = tolerance(answer, shown)
    target = Target(part, shown, allowed, cases=tuple(cases), stable=stable)
    for mistake in part.mistakes:
        if mistake.must_differ and all(
            agrees(mistake_array(mistake, part, case.values), case, answer)
            for case in cases
        ):
            return None
    return target


def agrees(got: NDArray[Any] | None, case: Case, answer: Answer) -> bool:
    """Tell whether `got` is right on one case of an expression answer."""
    return got is not None and same(
        got, case.reference, tolerance(answer, case.reference)
    )


def _aim_choice(part: Part, values: Values, stream: Stream) -> Target | None:
    answer = part.answer
    pool = (
        _made_options(part, values)
        if answer.distractors
        else [
            Dealt(
                plain(fill(option.text, values)),
                bool(run(option.right, values)),
                plain(fill(option.why, values)) if option.why else "",
            )
            for option in answer.options
        ]
    )
    right = [option for option in pool if option.right]
    wrong = [option for option in pool if not option.right]
    show = min(answer.show or len(pool), len(pool))
    if answer.kind == "choice":
        picked_right = 1
    else:
        least, most = max(1, show - len(wrong)), min(len(right), show - 1)
        if least > most:
            return None
        picked_right = stream.integer(least, most)
    if len(right) < picked_right or len(wrong) < show - picked_right:
        return None
    dealt = stream.sample(right, picked_right)
    dealt += stream.sample(wrong, show - picked_right)
    if answer.ordered:
        dealt.sort(key=pool.index)
    else:
        dealt = stream.sample(dealt, len(dealt))
    if len({option.text for option in dealt}) < len(dealt):
        return None
    indices = [place for place, option in enumerate(dealt) if option.right]
    reference = np.array(indices[0] if answer.kind == "choice" else indices)
    frozen(reference)
    return Target(part, reference, options=tuple(dealt))


def _made_options(part: Part, values: Values) -> list[Dealt]:
    """Turn the reference and the named mistakes into options that all differ."""
    assert part.answer.value is not None
    reference = run(part.answer.value, values)
    options = [Dealt(inline(reference), True)]
    for mistake in part.mistakes:
        if mistake.name in part.answer.distractors:
            try:
                text = inline(run(mistake.value, values))
            except EvaluationError:
                continue
            if text not in {option.text for option in options}:
                why = say(mistake, values)
                options.append(Dealt(text, False, why, mistake.name))
    return options
