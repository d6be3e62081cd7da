"""Aiming: from a part and its values to what a right answer is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drill.bank import Answer, Part
from drill.drawing.options import deal
from drill.drawing.stream import Stream
from drill.drawing.target import Case, Target, as_array, tolerance
from drill.drawing.values import Values
from drill.errors import DrawError, EvaluationError
from drill.language import run


def aim(
    part: Part,
    values: Values,
    stream: Callable[[], Stream],
    cases: Callable[[Answer], Sequence[Values]],
) -> Target | None:
    """Make the target of one part; None when its options allow no fair deal.

    Parameters
    ----------
    part : Part
    values : mapping
        Every name's value, earlier parts' references among them.
    stream : callable
        Makes the stream that decides which options are dealt and in which order.
    cases : callable
        Draws the hidden cases of an expression answer.
    """
    answer = part.answer
    if answer.kind in ("choice", "choices"):
        return deal(part, values, stream())
    assert answer.value is not None
    try:
        if answer.kind == "expression":
            return _aim_expression(part, values, cases(answer))
        reference = as_array(run(answer.value, values), answer.kind)
    except EvaluationError as error:
        raise DrawError(f"'{error.source}' fails: {error}") from None
    return Target(part, reference, tolerance(answer, reference))


def _aim_expression(part: Part, values: Values, hidden: Sequence[Values]) -> Target:
    answer = part.answer
    cases = [case_of(answer, everything) for everything in (values, *hidden)]
    stable = None if answer.stable is None else cases.pop()
    shown, allowed = cases[0].reference, cases[0].tolerance
    return Target(part, shown, allowed, cases=tuple(cases), stable=stable)


def case_of(answer: Answer, values: Values) -> Case:
    """Make a case of an expression: what it is given, and what is right there."""
    assert answer.value is not None
    own = {name: values[name] for name in answer.names}
    reference = as_array(run(answer.value, own), answer.kind)
    return Case(own, reference, tolerance(answer, reference))
