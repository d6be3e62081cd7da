"""The rule about walks: the steps of a solution lead to the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from drill.drawing import Target, walk_of
from drill.drawing.walking import COMPUTED
from drill.errors import DrillError
from drill.selftest.observation import Observation
from drill.walk import Frame, Panel, Walk

# Sentences round to four digits.
ROUNDED = 5e-4
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def walks(observed: Observation) -> Iterator[str]:
    """The steps of the solution can be made, and show every computed reference."""
    question = observed.instance.question
    named = question.walk or any(part.walk for part in question.parts)
    if not named and not observed.files:
        return
    try:
        walk = walk_of(observed.instance)
    except DrillError as error:
        yield f"the steps of the solution cannot be made: {error}"
        return
    if walk is None:
        return
    many = len(observed.instance.targets) > 1
    for _, target in observed.parts:
        if target.part.answer.kind in COMPUTED and not reaches(walk, target):
            of = f" of part '{target.part.name}'" if many else ""
            yield f"no step of the solution shows the answer{of}"


def reaches(walk: Walk, target: Target) -> bool:
    """Tell whether some step shows the reference, in a grid or in its sentence."""
    # Most walks end with it.
    return any(_shows(frame, target) for frame in reversed(walk.frames))


def _shows(frame: Frame, target: Target) -> bool:
    reference = np.asarray(target.reference, dtype=float)
    near = np.abs(reference) * ROUNDED + target.tolerance
    told = [float(number) for number in NUMBER.findall(frame.sentence)]
    flat, room = np.atleast_1d(reference).ravel(), np.atleast_1d(near).ravel()
    for start in range(len(told) - flat.size + 1):
        if np.all(np.abs(np.array(told[start : start + flat.size]) - flat) <= room):
            return True
    return any(_is(panel, reference, near) for panel in frame.panels)


def _is(panel: Panel, reference: np.ndarray, near: np.ndarray) -> bool:
    try:
        grid = np.array(panel.rows, dtype=float)
    except (TypeError, ValueError):
        return False
    wanted = np.atleast_2d(reference)
    if grid.shape != wanted.shape:
        return False
    return bool(np.all(np.abs(grid - wanted) <= np.atleast_2d(near)))
