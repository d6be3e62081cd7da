"""Advice about a bank: what no loader can refuse, and no student would thank for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drill.authoring.draw_advice import draw_advice
from drill.authoring.entry import Entry
from drill.authoring.question_advice import levels, question_advice
from drill.authoring.wording import wording
from drill.bank import Opened, Question
from drill.bank.document import Problems, ordered
from drill.drawing import Instance, draw
from drill.errors import DrillError, Problem

SEEDS = range(5)


def advise(opened: Iterable[Opened]) -> tuple[list[Problem], list[Problem]]:
    """Read bank files as their first reader would.

    Parameters
    ----------
    opened : iterable of Opened
        Files that were loaded; broken ones are passed over.

    Returns
    -------
    list of Problem
        Questions that cannot be drawn.
    list of Problem
        Advice.
    """
    failures: list[Problem] = []
    advice: list[Problem] = []
    for one in opened:
        if one.topic is None:
            continue
        notes = Problems(one.document.problems.file, one.document.problems.lines)
        value: Any = one.document.value
        for path, message in wording(value, ()):
            notes.add(path, message)
        for message in levels([question.level for question in one.topic.questions]):
            notes.add(("questions",), message)
        for place, question in enumerate(one.topic.questions):
            path = ("questions", place)
            instances, error = _draws(question)
            if error is not None:
                failures.append(_failure(notes, path, error))
            written = value["questions"][place]
            entry = Entry(path, written, question, instances)
            for where, message in (*question_advice(entry), *draw_advice(entry)):
                notes.add(where, message)
        advice += notes.found
    return ordered(failures), ordered(advice)


def _draws(question: Question) -> tuple[tuple[Instance, ...], DrillError | None]:
    """Draw a few instances, as far as that works."""
    found = []
    try:
        for seed in SEEDS:
            found.append(draw(question, seed))
    except DrillError as error:
        return tuple(found), error
    return tuple(found), None


def _failure(
    notes: Problems, path: tuple[str | int, ...], error: DrillError
) -> Problem:
    # Some of these sentences start with the place already.
    place = f"{notes.file}:{notes.line(path)}: "
    message = str(error).removeprefix(place)
    return Problem(notes.file, notes.line(path), f"questions[{path[1]}]", message)
