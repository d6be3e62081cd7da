"""The steps that are worth watching once a question is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drill.asking.answered import Answered
from drill.drawing import Instance, walk_of

if TYPE_CHECKING:
    from drill.walk import Walk


def steps_after(
    instance: Instance, done: Sequence[Answered]
) -> tuple[Walk | None, int]:
    """Return a walk and the step at which it opens.

    After a wrong program it is the program's own run, else the worked solution.

    Parameters
    ----------
    instance : Instance
    done : sequence of Answered
        What became of its parts.

    Returns
    -------
    walk : Walk or None
        None where the solution has no steps.
    start : int

    Raises
    ------
    DrillError
        When the walk that the question names fails.
    """
    from drill.grading.own_run import can_follow

    for answered in reversed(done):
        if answered.target.part.answer.kind != "expression" or not answered.text:
            continue
        if answered.outcome in ("right", "right later"):
            continue
        own = can_follow(instance, answered.part, answered.text, smallest=True)
        if own is not None:
            return own.walk, own.opens
    return walk_of(instance), 0
