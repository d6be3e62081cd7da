"""The rules that each instance must pass, one function a rule.

Every rule goes through the public functions that the learner's path uses, and yields
one sentence for each thing that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer import read_program
from drill.bank import Field, Prose
from drill.drawing import (
    Block,
    Instance,
    Target,
    draw,
    hints,
    inline,
    mistake_arrays,
    number,
    prompt,
    solution,
    stem,
)
from drill.drawing.target import MARGIN, as_array, same
from drill.errors import DrillError, UnreadableError
from drill.grading import earlier_answers, grade
from drill.language import Value, run
from drill.selftest import submission

if TYPE_CHECKING:
    from numpy.typing import NDArray

Rule = Callable[[Instance], Iterator[str]]
NUMERIC = ("integer", "number", "shape", "array")


def deterministic(instance: Instance) -> Iterator[str]:
    """The ticket alone determines the instance."""
    again = draw(instance.question, instance.ticket.seed)
    if fingerprint(again) != fingerprint(instance):
        yield "drawing the same ticket again gives other numbers"


def fingerprint(instance: Instance) -> str:
    """Return text that is equal for equal instances only."""
    options = [[o.text for o in target.options] for target in instance.targets]
    return repr([(k, _exact(v)) for k, v in instance.values.items()]) + repr(options)


def _exact(value: Value) -> object:
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, value.tobytes())
    return value


def prose(instance: Instance) -> Iterator[str]:
    """Prompt, hints and solution fill, and say something."""
    parts = range(len(instance.targets))
    for name, filled in (
        ("stem", stem(instance) or ("-",)),
        *(("prompt", prompt(instance, part)) for part in parts),
        *(("hint", hint) for part in parts for hint in hints(instance, part)),
        ("solution", solution(instance)),
    ):
        if not filled:
            yield f"the {name} is empty"
        for piece in filled:
            text = piece if isinstance(piece, str) else inline(piece.array)
            if "nan" in text.replace("finance", "").split() or "inf" in text.split():
                yield f"the {name} shows a number that is not finite"
            if isinstance(piece, Block) and piece.array.size > 400:
                yield f"the {name} shows a matrix of {piece.array.shape}"


def accepted(instance: Instance) -> Iterator[str]:
    """The reference is right: typed, pasted as numpy prints it, and saved."""
    for part, target in enumerate(instance.targets):
        if target.part.answer.kind == "expression":
            value = target.part.answer.value
            assert value is not None
            if not grade(instance, value, part).right:
                yield "the reference program is graded wrong"
            continue
        reference = target.reference
        text = submission.typed(target, reference)
        tried: dict[str, NDArray[Any]] = {
            f"typed as {text}": submission.read_typed(target, text),
            "saved as .npy": submission.read_saved(reference),
            "rounded within the tolerance": submission.inside(target),
        }
        if target.part.answer.kind == "array":
            paste = submission.pasted(reference)
            tried["pasted as numpy prints it"] = submission.read_typed(target, paste)
        for how, array in tried.items():
            if not grade(instance, array, part).right:
                yield f"the reference is graded wrong when {how}"


def refused(instance: Instance) -> Iterator[str]:
    """A neighbour, another shape and nonsense are refused, each as what it is."""
    for part, target in enumerate(instance.targets):
        answer = target.part.answer
        if answer.kind == "expression":
            yield from _refused_programs(target)
            continue
        try:
            submission.read_typed(target, "banana, really")
        except UnreadableError:
            pass
        else:
            yield "nonsense is read as an answer"
        if answer.kind in NUMERIC:
            if grade(instance, submission.neighbour(target), part).right:
                yield "an entry just outside the tolerance is graded right"
            verdict = grade(instance, submission.reshaped(target), part)
            if verdict.right:
                yield "an answer of another shape is graded right"
            elif verdict.reason != "shape":
                yield f"another shape is refused as '{verdict.reason}'"
            verdict = grade(instance, np.full_like(target.reference, np.nan, float))
            if verdict.right or verdict.reason != "not finite":
                yield "an answer of nan is not refused as such"


def _refused_programs(target: Target) -> Iterator[str]:
    answer = target.part.answer
    try:
        read_program(
            "banana(", names=answer.names, form=answer.form, result=answer.result
        )
    except DrillError:
        return
    yield "nonsense is read as a program"


def options(instance: Instance) -> Iterator[str]:
    """Each option but the right one is wrong, and says why."""
    for part, target in enumerate(instance.targets):
        if target.part.answer.kind != "choice":
            continue
        for index, option in enumerate(target.options):
            verdict = grade(instance, np.array(index), part)
            if verdict.right != option.right:
                yield f"option {submission.LETTERS[index]} is graded wrongly"
            if not option.right and not verdict.mistakes:
                yield f"wrong option {submission.LETTERS[index]} does not say why"


def second_route(instance: Instance) -> Iterator[str]:
    """The reference agrees with the independent cross-check."""
    for target in instance.targets:
        check = target.part.cross_check
        if check is None:
            continue
        yield from _disagreement(instance.values, target, "the cross-check")


def _disagreement(
    values: dict[str, Value] | object, target: Target, who: str
) -> Iterator[str]:
    check = target.part.cross_check
    assert check is not None
    assert isinstance(values, dict)
    answer = target.part.answer
    if answer.kind == "expression":
        wanted = target.cases[0].reference
    elif answer.kind == "choice" and answer.value is not None:
        wanted = np.array(run(answer.value, values))
    else:
        wanted = target.reference
    try:
        got = as_array(run(check, values), "array")
    except DrillError as error:
        yield f"{who} fails: {error}"
        return
    allowed = target.tolerance / 2 or 1e-9 * max(1.0, float(np.abs(wanted).max()))
    if not same(got, wanted, allowed):
        yield f"{who} gives {inline(got)}, the reference is {inline(wanted)}"


def printed_digits(instance: Instance) -> Iterator[str]:
    """An answer recomputed from the printed digits is still right."""
    values = as_printed(instance)
    for part, target in enumerate(instance.targets):
        answer = target.part.answer
        if answer.kind not in NUMERIC:
            continue
        assert answer.value is not None
        again = as_array(run(answer.value, values), answer.kind)
        if not grade(instance, again, part).right:
            yield f"recomputed from the printed digits it is {inline(again)}: wrong"
        if target.part.cross_check is not None:
            check = as_array(run(target.part.cross_check, values), "array")
            if not grade(instance, check, part).right:
                yield f"cross-checked from the printed digits it is {inline(check)}"


def as_printed(instance: Instance) -> dict[str, Value]:
    """Return the values as a learner knows them: those printed, with their digits.

    Names that are derived and not printed are computed again from the others.
    """
    question = instance.question
    shown: dict[str, Value] = {}
    asked = [part.ask for part in question.parts]
    for text in [question.stem, *asked] if question.stem else asked:
        for field in _fields(text):
            name = field.program.source.strip()
            if name in instance.values:
                shown[name] = _rounded(instance.values[name], field.spec)
    values = {draw.name: instance.values[draw.name] for draw in question.draws}
    values.update((k, v) for k, v in shown.items() if k in values)
    for name, program in question.lets:
        values[name] = shown[name] if name in shown else run(program, values)
    for target in instance.targets:
        name = target.part.name
        if name:
            values[name] = instance.values[name]
    return values


def _fields(text: Prose | None) -> Iterator[Field]:
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


def mistakes(instance: Instance) -> Iterator[str]:
    """Every mistake that is on is graded wrong and diagnosed as itself."""
    for part, target in enumerate(instance.targets):
        for name, verdict_names, right in diagnosed(instance, part, target):
            if right:
                yield f"mistake '{name}' is graded right"
            elif name not in verdict_names:
                yield f"mistake '{name}' is diagnosed as {verdict_names or 'nothing'}"


def diagnosed(
    instance: Instance, part: int, target: Target
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Grade each mistake that is on: its name, what was named, whether right."""
    answer = target.part.answer
    if answer.kind == "expression":
        for mistake in target.part.mistakes:
            verdict = grade(instance, mistake.value, part)
            if verdict.right and not mistake.must_differ:
                continue
            names = tuple(found.name for found in verdict.mistakes)
            yield mistake.name, names, verdict.right
        return
    if answer.kind not in NUMERIC:
        return
    for name, array in mistake_arrays(target, instance.values).items():
        verdict = grade(instance, array, part)
        names = tuple(found.name for found in verdict.mistakes)
        yield name, names, verdict.right


def carried_forward(instance: Instance) -> Iterator[str]:
    """A later part that is right given a wrong earlier answer is marked so."""
    for place, target in enumerate(instance.targets):
        if not target.part.name:
            return
        for name, array in mistake_arrays(target, instance.values).items():
            earlier = earlier_answers(instance, {target.part.name: array})
            if not earlier:
                continue
            yield from _follow(instance, place, name, earlier)


def _follow(
    instance: Instance, place: int, name: str, earlier: dict[str, Value]
) -> Iterator[str]:
    part_name = instance.targets[place].part.name
    for later in range(place + 1, len(instance.targets)):
        answer = instance.targets[later].part.answer
        if answer.kind not in NUMERIC or answer.value is None:
            continue
        if part_name not in answer.value.names:
            continue
        try:
            value = run(answer.value, {**instance.values, **earlier})
            follow = as_array(value, answer.kind)
        except DrillError:
            continue
        wanted = instance.targets[later]
        if same(follow, wanted.reference, MARGIN * wanted.tolerance):
            continue
        verdict = grade(instance, follow, later, earlier)
        if not verdict.carried:
            yield (
                f"part '{wanted.part.name}', right given '{name}' in"
                f" '{part_name}', is not marked as carried forward"
            )


RULES: dict[str, Rule] = {
    "determinism": deterministic,
    "prose": prose,
    "reference accepted": accepted,
    "wrong refused": refused,
    "options": options,
    "second route": second_route,
    "printed digits": printed_digits,
    "mistakes told": mistakes,
    "carried forward": carried_forward,
}
