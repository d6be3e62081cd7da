"""Which draw to ask next: not a recent one, and one that tells mistakes apart."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from drill.bank import Question
from drill.drawing.instance import Instance, draw
from drill.drawing.target import MARGIN, same


def drawn_text(instance: Instance) -> str:
    """Write the drawn values as JSON: equal texts are equal draws."""
    names = [draw.name for draw in instance.question.draws]
    return json.dumps({name: instance.values[name] for name in names}, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value.item()


def separation(instance: Instance, mistakes: Collection[str]) -> int:
    """Count how well an instance tells some mistakes from the answer and each other.

    Parameters
    ----------
    instance : Instance
    mistakes : collection of str
        Names of the question's mistakes.

    Returns
    -------
    int
        For each mistake 1 when it does not give the right answer here, and 1 more when
        no other mistake gives what it gives.
    """
    score = 0
    for part, target in enumerate(instance.targets):
        arrays = instance.mistakes(part)
        for name in mistakes:
            if name in arrays:
                apart = 2 * MARGIN * target.tolerance
                score += 1 + all(
                    other == name or not same(arrays[name], array, apart)
                    for other, array in arrays.items()
                )
    return score


def choose_draw(
    question: Question,
    seeds: Iterable[int],
    recent: Collection[str],
    mistakes: Collection[str] = (),
) -> Instance:
    """Draw a question afresh, for a learner who makes some mistakes.

    Parameters
    ----------
    question : Question
    seeds : iterable of int
        Candidates, at least one.
    recent : collection of str
        Draws that should not come again, as `drawn_text` writes them.
    mistakes : collection of str
        The names of the mistakes that this learner makes here.

    Returns
    -------
    Instance
        Of the candidates that are not recent the one that separates these mistakes
        best, the earlier one where they tie; of a question with few draws, any.
    """
    best: Instance | None = None
    most = -1
    for seed in seeds:
        found = draw(question, seed)
        if drawn_text(found) in recent:
            best = best or found
            continue
        score = separation(found, mistakes)
        if score > most:
            best, most = found, score
        if not mistakes:
            break
    assert best is not None, "no candidates"
    return best
