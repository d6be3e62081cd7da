"""Dealing the options of a choice: which, in which order, and which are right."""

from __future__ import annotations

import numpy as np

from drill.bank import Part
from drill.drawing.filled_prose import Sentence, fill, plain, shown
from drill.drawing.mistakes import say
from drill.drawing.stream import Stream
from drill.drawing.target import Dealt, Target
from drill.drawing.values import Values, frozen
from drill.errors import EvaluationError
from drill.language import run


def deal(part: Part, values: Values, stream: Stream) -> Target | None:
    """Deal the options of one part; None when these values allow no fair deal."""
    answer = part.answer
    pool = (
        _made_options(part, values)
        if answer.distractors
        else [
            Dealt(
                plain(fill(option.text, values)),
                bool(run(option.right, values)),
                plain(fill(option.why, values)) if option.why else "",
            )
            for option in answer.options
        ]
    )
    right = [option for option in pool if option.right]
    wrong = [option for option in pool if not option.right]
    show = min(answer.show or len(pool), len(pool))
    if answer.kind == "choice":
        picked_right = 1
    else:
        least, most = max(1, show - len(wrong)), min(len(right), show - 1)
        if least > most:
            return None
        picked_right = stream.integer(least, most)
    if len(right) < picked_right or len(wrong) < show - picked_right:
        return None
    dealt = stream.sample(right, picked_right)
    dealt += stream.sample(wrong, show - picked_right)
    if answer.ordered:
        dealt.sort(key=pool.index)
    else:
        dealt = stream.sample(dealt, len(dealt))
    if len({option.text for option in dealt}) < len(dealt):
        return None
    indices = [place for place, option in enumerate(dealt) if option.right]
    reference = np.array(indices[0] if answer.kind == "choice" else indices)
    frozen(reference)
    return Target(part, reference, options=tuple(dealt))


def _made_options(part: Part, values: Values) -> list[Dealt]:
    """Turn the reference and the named mistakes into options that all differ."""
    assert part.answer.value is not None
    reference = run(part.answer.value, values)
    options = [Dealt(Sentence([shown(reference)]), True)]
    for mistake in part.mistakes:
        if mistake.name in part.answer.distractors:
            try:
                text = Sentence([shown(run(mistake.value, values))])
            except EvaluationError:
                continue
            if text not in {option.text for option in options}:
                why = say(mistake, values)
                options.append(Dealt(text, False, why, mistake.name))
    return options
