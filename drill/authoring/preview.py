"""What an author wants to see of a question: its mistakes at work, and its draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from drill.bank import Mistake, Question
from drill.drawing import Instance, Target, draw, inline, say
from drill.drawing.mistakes import mistake_array
from drill.errors import DrillError
from drill.grading import grade


@dataclass(frozen=True)
class Tried:
    """One mistake on one instance.

    Attributes
    ----------
    name : str
    value : str
        What the mistake gives; empty where it is undefined.
    say : str
        What whoever makes it is told.
    right : bool
        Whether it is the right answer here: then the mistake is off.
    named : tuple of str
        The mistakes that the grader names.
    """

    name: str
    value: str
    say: str
    right: bool
    named: tuple[str, ...]


def tried(instance: Instance, part: int = 0) -> list[Tried]:
    """Make every mistake of a part, and see what the grader says.

    Parameters
    ----------
    instance : Instance
    part : int

    Returns
    -------
    list of Tried
        In the order of the file; none for a choice among written options.
    """
    target = instance.targets[part]
    return [_tried(instance, part, target, one) for one in target.part.mistakes]


def _tried(instance: Instance, part: int, target: Target, mistake: Mistake) -> Tried:
    said = say(mistake, instance.values)
    if target.options:
        dealt = [one for one in target.options if one.mistake == mistake.name]
        value = dealt[0].text if dealt else ""
        return Tried(mistake.name, value, said, False, tuple(o.mistake for o in dealt))
    if target.part.answer.kind == "expression":
        value = " ".join(mistake.value.source.split())
        verdict = grade(instance, mistake.value, part)
    else:
        array = mistake_array(mistake, instance.values)
        if array is None:
            return Tried(mistake.name, "", said, False, ())
        shape = target.part.answer.kind == "shape" and array.ndim == 1
        value = inline(tuple(array.tolist()) if shape else array)
        verdict = grade(instance, array, part)
    names = tuple(found.name for found in verdict.mistakes)
    return Tried(mistake.name, value, said, verdict.right, names)


@dataclass(frozen=True)
class Acceptance:
    """What many seeds say about a question.

    Attributes
    ----------
    seeds : int
        How many were asked for.
    drawn : int
        How many gave an instance.
    tries : int
        How many draws these took.
    answers : int
        How many different right answers there are.
    commonest : int
        On how many instances the most frequent answer is right.
    problem : str
        Why a seed gave none; the first one's.
    """

    seeds: int
    drawn: int
    tries: int
    answers: int
    commonest: int
    problem: str = ""


def accept(question: Question, seeds: Iterable[int]) -> Acceptance:
    """Draw a question with many seeds.

    Returns
    -------
    Acceptance
    """
    answers: Counter[object] = Counter()
    asked = drawn = tries = 0
    problem = ""
    for seed in seeds:
        asked += 1
        try:
            instance = draw(question, seed)
        except DrillError as error:
            problem = problem or str(error)
            continue
        drawn += 1
        tries += instance.tries
        answers[_answer(instance)] += 1
    commonest = max(answers.values(), default=0)
    return Acceptance(asked, drawn, tries, len(answers), commonest, problem)


def _answer(instance: Instance) -> object:
    """Return something equal for equal right answers only."""
    return tuple(
        tuple(option.text for option in target.options if option.right)
        if target.options
        else (
            *((c.reference.shape, c.reference.tobytes()) for c in target.cases),
            target.reference.shape,
            target.reference.tobytes(),
        )
        for target in instance.targets
    )
