"""Rules about answers: what is right is accepted, and what is wrong is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer import read_program
from drill.bank import Field, Prose
from drill.drawing import Instance, Target, inline, number
from drill.drawing.target import as_array, same
from drill.errors import DrillError, UnreadableError
from drill.grading import grade
from drill.language import Value, run
from drill.selftest import submission
from drill.selftest.observation import NUMERIC, Observation

if TYPE_CHECKING:
    from numpy.typing import NDArray


def accepted(observed: Observation) -> Iterator[str]:
    """The reference is right: typed, pasted as numpy prints it, and saved."""
    instance = observed.instance
    for part, target in observed.parts:
        if target.part.answer.kind == "expression":
            value = target.part.answer.value
            assert value is not None
            # Its runs made the references: to run it again tells something new of the
            # grader, and nothing of the numbers.
            if observed.files and not grade(instance, value, part).right:
                yield "the reference program itself is graded wrong"
            continue
        reference = target.reference
        text = submission.typed(target, reference)
        tried: dict[str, NDArray[Any]] = {
            f"typed as {text}": submission.read_typed(target, text),
            "saved as .npy": submission.read_saved(reference, files=observed.files),
            "rounded within the tolerance": submission.inside(target),
        }
        if target.part.answer.kind == "array":
            paste = submission.pasted(reference)
            tried["pasted as numpy prints it"] = submission.read_typed(target, paste)
        for how, array in tried.items():
            if not grade(instance, array, part).right:
                yield f"the right answer is graded wrong when it is {how}"


def refused(observed: Observation) -> Iterator[str]:
    """A neighbour, another shape and nonsense are refused, each as what it is."""
    instance = observed.instance
    for part, target in observed.parts:
        if observed.files:
            yield from _nonsense_refused(target)
        if target.part.answer.kind in NUMERIC:
            if grade(instance, submission.neighbour(target), part).right:
                yield "an answer with one entry just outside the tolerance is right"
            verdict = grade(instance, submission.reshaped(target), part)
            if verdict.right:
                yield "an answer of another shape is graded right"
            elif verdict.reason != "shape":
                yield f"an answer of another shape is refused for '{verdict.reason}'"
            nothing = np.full(target.reference.shape, np.nan)
            verdict = grade(instance, nothing, part)
            if verdict.right or verdict.reason != "not finite":
                yield "an answer of nan is not refused as 'not finite'"


def _nonsense_refused(target: Target) -> Iterator[str]:
    answer = target.part.answer
    if answer.kind != "expression":
        try:
            submission.read_typed(target, "banana, really")
        except UnreadableError:
            return
        yield "'banana, really' is read as an answer"
        return
    try:
        read_program(
            "banana(", names=answer.names, form=answer.form, result=answer.result
        )
    except DrillError:
        return
    yield "'banana(' is read as a program"


def options(observed: Observation) -> Iterator[str]:
    """Each option but the right one is wrong, and says why."""
    for part, verdicts in observed.options.items():
        dealt = observed.instance.targets[part].options
        for letter, option, verdict in zip(
            submission.LETTERS, dealt, verdicts, strict=False
        ):
            if verdict.right != option.right:
                meant = "right" if option.right else "wrong"
                yield f"option {letter}) is {meant}, and is graded the other way"
            if not option.right and not verdict.mistakes:
                yield f"option {letter}) is wrong and does not say why: give it a 'why'"


def second_route(observed: Observation) -> Iterator[str]:
    """The reference agrees with the independent cross-check."""
    yield from observed.disagreements.values()


def printed_digits(observed: Observation) -> Iterator[str]:
    """An answer recomputed from the printed digits is still right."""
    instance = observed.instance
    values = as_printed(instance)
    if values is None:
        return
    for part, target in observed.parts:
        answer = target.part.answer
        if answer.kind not in NUMERIC:
            continue
        assert answer.value is not None
        again = as_array(run(answer.value, values), answer.kind)
        if not grade(instance, again, part).right:
            yield (
                "whoever computes with the printed digits gets"
                f" {inline(again)} and is graded wrong: print more digits, or draw"
                " numbers that need fewer"
            )
        if target.part.cross_check is not None and part not in observed.disagreements:
            check = as_array(run(target.part.cross_check, values), "array")
            if not grade(instance, check, part).right:
                yield (
                    "the cross-check from the printed digits gives"
                    f" {inline(check)}, which is graded wrong"
                )


def as_printed(instance: Instance) -> dict[str, Value] | None:
    """Return the values as a learner knows them: those printed, with their digits.

    Names that are derived and not printed are computed again from the others.  None
    when everything is printed with all its digits.
    """
    question = instance.question
    shown: dict[str, Value] = {}
    asked = [part.ask for part in question.parts]
    for text in [question.stem, *asked] if question.stem else asked:
        for field in fields(text):
            name = field.program.source.strip()
            if name in instance.values:
                shown[name] = _rounded(instance.values[name], field.spec)
    if not any(_changed(shown[name], instance.values[name]) for name in shown):
        return None
    values = {draw.name: instance.values[draw.name] for draw in question.draws}
    values.update((k, v) for k, v in shown.items() if k in values)
    for name, program in question.lets:
        values[name] = shown[name] if name in shown else run(program, values)
    for target in instance.targets:
        name = target.part.name
        if name:
            values[name] = instance.values[name]
    return values


def fields(text: Prose | None) -> Iterator[Field]:
    """Return the fields of a text."""
    for part in text.parts if text else ():
        if not isinstance(part, str):
            yield part


def _rounded(value: Value, spec: str) -> Value:
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        rounded = [_rounded(float(cell), spec) for cell in value.flat]
        return np.array(rounded, dtype=np.float64).reshape(value.shape)
    if isinstance(value, float):
        text = number(value, spec)
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    return value


def _changed(printed: Value, value: Value) -> bool:
    if isinstance(value, np.ndarray):
        return not np.array_equal(np.asarray(printed), value)
    return printed != value


def shown_answers(observed: Observation) -> Mapping[int, frozenset[str]]:
    """Return, for each part, the fields printed before it that are its answer."""
    instance = observed.instance
    found: dict[int, frozenset[str]] = {}
    texts = [instance.question.stem]
    for place, target in observed.parts:
        texts.append(target.part.ask)
        if target.part.answer.kind in NUMERIC:
            found[place] = frozenset(
                field.program.source.strip()
                for text in texts
                for field in fields(text)
                if _is_answer(run(field.program, instance.values), target)
            )
    return found


def _is_answer(value: Value, target: Target) -> bool:
    try:
        array = np.array(value)
    except ValueError:
        return False
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        return False
    return same(array, target.reference, target.tolerance / 100)
