"""Walks of instances: a question's worked solution, step by step on its numbers."""

from __future__ import annotations

import re

import numpy as np

from drill.bank import FORMULAS, Part, Question, WalkCall
from drill.drawing.filled_prose import inline
from drill.drawing.instance import MAX_WORK, Instance
from drill.drawing.pieces import LARGEST, MOST_CELLS, drawable, watchable
from drill.drawing.working import WRITTEN, Working
from drill.errors import DrawError, EvaluationError
from drill.language import budget, decompose, run
from drill.walk import Frame, Walk
from drill.walk.panels import panel
from drill.walk.registry import WALKS

COMPUTED = ("integer", "shape", "number", "array")
MOST_FRAMES = 120
ENTRY = re.compile(r"(\w+)\[[\w, :]+\]$")


def walk_of(instance: Instance) -> Walk | None:
    """Return the worked solution of an instance in steps.

    What the question names as its `walk` is shown; else each part's reference is
    worked out from what the prompt gives, through the walks of the solvers that its
    formula calls.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    Walk or None
        None for what is not computed (choices, programs), and for what would take
        more than `MOST_FRAMES` steps or numbers that the prompt does not show.

    Raises
    ------
    DrillError
        When the `walk` that the question names fails.
    """
    question = instance.question
    given = _told(question)
    walk: Walk | None
    with budget(MAX_WORK):
        if question.walk:
            walk = _called(question.walk, instance, given)
            if question.walk.function == FORMULAS:
                walk = Walk(walk.title, (*_given(instance), *walk.frames))
        else:
            try:
                walk = _worked_out(instance, given)
            except EvaluationError:
                # What costs too much to take apart is shown whole.
                return None
    return walk if walk and len(walk.frames) <= MOST_FRAMES else None


def _worked_out(instance: Instance, given: set[str]) -> Walk | None:
    """Work the references out from their formulas."""
    question = instance.question
    parts = [part for part in question.parts if part.answer.kind in COMPUTED]
    if not parts or _hidden(question, parts, given):
        return None
    working = Working(instance.values, dict(question.lets), given)
    frames: list[Frame] = []
    for part in parts:
        assert part.answer.value is not None
        if part.walk:
            frames += _called(part.walk, instance, given).frames
        else:
            frames += working.of(part.answer.value, part.name)
        working.known.add(part.name)
    if not frames:
        return None
    return Walk(_title(question, working), (*_given(instance), *frames))


def _told(question: Question) -> set[str]:
    """Return the names that the prompt shows, whole or entry by entry."""
    found = set(question.inputs)
    for prose in (question.stem, *(part.ask for part in question.parts)):
        for field in prose.parts if prose else ():
            if not isinstance(field, str):
                name = ENTRY.match(field.program.source.strip())
                found |= {name[1]} if name else set()
    return found - {part.name for part in question.parts}


def _hidden(question: Question, parts: list[Part], given: set[str]) -> bool:
    """Tell whether a reference is worked out from what only the bank knows."""
    lets = dict(question.lets)
    names = {part.name for part in question.parts}
    open_ = [part.answer.value for part in parts if part.answer.value and not part.walk]
    while open_:
        for name in open_.pop().names - given - names:
            if name not in lets:
                return True
            names.add(name)
            open_.append(lets[name])
    return False


def _title(question: Question, working: Working) -> str:
    if len(question.parts) == 1 and question.parts[0].answer.value:
        root = decompose(question.parts[0].answer.value)
        if root.kind == "call" and working.is_watched(root):
            return WALKS[root.word](**working.arguments(root)).title
    return _name(question)


def _name(question: Question) -> str:
    return question.id.replace("-", " ").capitalize()


def _called(call: WalkCall, instance: Instance, given: set[str]) -> Walk:
    if call.function != FORMULAS:
        arguments = {
            name: run(formula, instance.values)
            for name, formula in call.arguments.items()
        }
        if not watchable(arguments):
            raise DrawError(
                f"the arguments of the walk '{call.function}' are too large to watch:"
                f" {MOST_CELLS:,} entries, and numbers up to {LARGEST:,}, are allowed"
            )
        return WALKS[call.function](**arguments)
    values = dict(instance.values)
    working = Working(values, {}, given)
    frames: list[Frame] = []
    for name, formula in call.arguments.items():
        frames += working.of(formula, name)
        values[name] = run(formula, values)
    return Walk(_name(instance.question), tuple(frames))


def _given(instance: Instance) -> tuple[Frame, ...]:
    """Return the frame of what the prompt gives."""
    told, grids = [], []
    for name in instance.question.inputs:
        value = instance.values[name]
        if isinstance(value, str | tuple):
            continue
        if drawable(value):
            grids.append(panel(name, value))  # type: ignore[arg-type]
        long = isinstance(value, np.ndarray) and value.size > WRITTEN
        told.append(name if long else f"{name} = {inline(value)}")
    if not told:
        return ()
    return (Frame(f"Given: {', '.join(told)}.", tuple(grids)),)
