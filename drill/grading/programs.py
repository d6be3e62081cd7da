"""Grading answers that are programs: run on every case, shown where they break."""

from __future__ import annotations

import numpy as np

from drill.drawing import Case, Instance, Target, inline, say, tolerance
from drill.drawing.values import Values
from drill.grading.comparison import equal, not_finite
from drill.grading.relations import relate
from drill.grading.verdict import Counterexample, Diagnosis, Verdict
from drill.language import Program
from drill.sandbox import Outcome, run_here


def grade_program(instance: Instance, program: Program, part: int) -> Verdict:
    """Grade a program against one part by running it on the hidden cases."""
    target = instance.targets[part]
    return judge(instance, part, run_here(program, inputs(target)))


def inputs(target: Target) -> list[Values]:
    """Return what a program is run on: every case, and large numbers if any."""
    stable = [] if target.stable is None else [target.stable]
    return [case.values for case in (*target.cases, *stable)]


@np.errstate(all="ignore")
def judge(instance: Instance, part: int, outcomes: list[Outcome]) -> Verdict:
    """Decide from what a program gave on each of the target's inputs."""
    target = instance.targets[part]
    outcomes, large = outcomes[: len(target.cases)], outcomes[len(target.cases) :]
    right = [right_on(*pair) for pair in zip(target.cases, outcomes, strict=True)]
    shown = target.cases[0].reference
    if all(right):
        advice = _overflow(target, large[0]) if large else ""
        return Verdict(
            True,
            1.0,
            "right",
            outcomes[0].got,
            shown,
            note=advice,
            printed=outcomes[0].printed,
        )
    place = example_place(target, right)
    case, outcome = target.cases[place], outcomes[place]
    example = Counterexample(case, outcome.got, outcome.error, place == 0)
    mistakes = _recognised(instance, part, outcomes, right)
    relation = None if mistakes else _relation(target, case, outcome)
    same_shape = outcome.got is not None and outcome.got.shape == case.reference.shape
    return Verdict(
        False,
        0.0,
        "program" if outcome.got is None else "value" if same_shape else "shape",
        outcomes[0].got,
        shown,
        mistakes=mistakes,
        relation=relation,
        counterexample=example,
        note="right on the numbers shown" if right[0] else "",
        printed=outcome.printed,
    )


def right_on(case: Case, outcome: Outcome) -> bool:
    """Tell whether what a program gave on a case is right."""
    return outcome.got is not None and equal(
        outcome.got, case.reference, case.tolerance, strict=True
    )


def _overflow(target: Target, outcome: Outcome) -> str:
    """Advise whoever is right up to rounding, but overflows on large numbers."""
    assert target.stable is not None
    if right_on(target.stable, outcome):
        return ""
    values = ", ".join(f"{k} = {inline(v)}" for k, v in target.stable.values.items())
    gives = outcome.error if outcome.got is None else f"gives {inline(outcome.got)}"
    return f"but it overflows on large numbers: {values} {gives}"


def example_place(target: Target, right: list[bool]) -> int:
    """Choose the failing case: the draw that is shown, else the fewest numbers."""
    failing = [place for place, fine in enumerate(right) if not fine]
    if failing[0] == 0:
        return 0
    return min(failing, key=lambda place: cells(target.cases[place]))


def cells(case: Case) -> int:
    """Count the numbers that a program is given."""
    return sum(
        value.size if isinstance(value, np.ndarray) else 1
        for value in case.values.values()
    )


def _recognised(
    instance: Instance, part: int, outcomes: list[Outcome], right: list[bool]
) -> tuple[Diagnosis, ...]:
    """Name every mistake that does on each case just what the program did.

    What is said may show any number of the instance, not only the learner's names.
    """
    target = instance.targets[part]
    given = [
        None if one.got is None or not_finite(one.got) else one.got for one in outcomes
    ]
    found = []
    for mistake, arrays in zip(
        target.part.mistakes, instance.in_cases(part), strict=True
    ):
        differs = False
        for got, made, fine in zip(given, arrays, right, strict=True):
            if made is None or got is None:
                # Undefined for both is agreement; for one alone it is not.
                if made is not got:
                    break
                differs = True
                continue
            allowed = tolerance(target.part.answer, made)
            if not equal(got, made, allowed, strict=True):
                break
            differs = differs or not fine
        else:
            if differs:
                found.append(Diagnosis(mistake.name, say(mistake, instance.values)))
    return tuple(found)


def _relation(target: Target, case: Case, outcome: Outcome) -> Diagnosis | None:
    got = outcome.got
    if got is None or not_finite(got):
        return None
    matrix = next(
        (v for v in case.values.values() if isinstance(v, np.ndarray) and v.ndim == 2),
        None,
    )
    if matrix is not None and got.shape != case.reference.shape:
        rows, columns = matrix.shape
        if got.ndim == 0:
            return Diagnosis("one number", "You returned one number for everything.")
        if rows != columns and {got.shape, case.reference.shape} == {
            (rows,),
            (columns,),
        }:
            per = "column" if got.shape == (columns,) else "row"
            return Diagnosis(f"per {per}", f"You returned one number per {per}.")
    return relate(got, case.reference, case.tolerance)
