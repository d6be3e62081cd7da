"""Grades answers: an instance and an array, or a program, become a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import Instance
from drill.errors import UsageError
from drill.grading.arrays import grade_array
from drill.grading.comparison import compare, not_finite, where
from drill.grading.programs import grade_program, inputs, judge
from drill.grading.relations import relate
from drill.grading.verdict import Counterexample, Diagnosis, Verdict
from drill.language import Program

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from drill.language import Value

__all__ = [
    "Counterexample",
    "Diagnosis",
    "Verdict",
    "compare",
    "earlier_answers",
    "grade",
    "inputs",
    "judge",
    "not_finite",
    "relate",
    "where",
]


def grade(
    instance: Instance,
    answer: ArrayLike | Program,
    part: int = 0,
    earlier: Mapping[str, Value] | None = None,
) -> Verdict:
    """Grade one answer.

    Parameters
    ----------
    instance : Instance
    answer : array_like or Program
        Numbers of the answer's shape; an option's index, from 0; for an expression
        a program made by `drill.language.parse`.
    part : int
        Which part of a question with several.
    earlier : mapping, optional
        Earlier parts' names with the answers given, wrong ones too: a later part
        that is right given these is marked so.

    Returns
    -------
    Verdict

    Raises
    ------
    UsageError
        When a program is given for numbers, or numbers for a program.
    """
    wants_program = instance.targets[part].part.answer.kind == "expression"
    if isinstance(answer, Program):
        if not wants_program:
            raise UsageError("this question wants numbers, not a program")
        return grade_program(instance, answer, part)
    if wants_program:
        raise UsageError("this question wants a formula or numpy lines, not numbers")
    array = np.asarray(answer)
    if array.dtype.kind not in "biuf":
        raise UsageError("an answer is made of real numbers")
    return grade_array(instance, array, part, earlier or {})


def earlier_answers(
    instance: Instance, read: Mapping[str, NDArray[Any]]
) -> dict[str, Value]:
    """Keep the earlier answers that can be carried forward.

    Only an answer of the right shape and of finite numbers can: a later part must
    not become trivial by a nonsense answer to an earlier one.
    """
    found: dict[str, Value] = {}
    for target in instance.targets:
        got = read.get(target.part.name)
        if got is None or got.shape != target.reference.shape or not_finite(got):
            continue
        found[target.part.name] = got if got.ndim else got[()].item()
    return found
