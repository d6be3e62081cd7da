"""Dealing the options of a choice: which, in which order, and which are right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from drill.bank import Mistake, Option, Part
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
    pool = [*(_made if answer.distractors else _written)(part, values)]
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
    picked = stream.sample(right, picked_right)
    picked += stream.sample(wrong, show - picked_right)
    if answer.ordered:
        picked.sort(key=pool.index)
    else:
        picked = stream.sample(picked, len(picked))
    # Only what is dealt is written: a pool may be three times as large.
    dealt = [candidate.write() for candidate in picked]
    if len({option.text for option in dealt}) < len(dealt):
        return None
    indices = [place for place, option in enumerate(dealt) if option.right]
    reference = np.array(indices[0] if answer.kind == "choice" else indices)
    frozen(reference)
    return Target(part, reference, options=tuple(dealt))


@dataclass(frozen=True, eq=False)
class _Candidate:
    """An option that may be dealt: whether it is right, and what writes it."""

    right: bool
    write: Callable[[], Dealt]


def _written(part: Part, values: Values) -> Iterator[_Candidate]:
    for option in part.answer.options:
        right = bool(run(option.right, values))
        yield _Candidate(right, partial(_dealt, option, right, values))


def _dealt(option: Option, right: bool, values: Values) -> Dealt:
    why = plain(fill(option.why, values)) if option.why else ""
    return Dealt(plain(fill(option.text, values)), right, why)


def _made(part: Part, values: Values) -> Iterator[_Candidate]:
    """Turn the reference and the named mistakes into options that all differ."""
    assert part.answer.value is not None
    text = Sentence([shown(run(part.answer.value, values))])
    taken = {text}
    yield _Candidate(True, partial(Dealt, text, True))
    for mistake in part.mistakes:
        if mistake.name in part.answer.distractors:
            try:
                text = Sentence([shown(run(mistake.value, values))])
            except EvaluationError:
                continue
            if text not in taken:
                taken.add(text)
                yield _Candidate(False, partial(_dealt_mistake, mistake, text, values))


def _dealt_mistake(mistake: Mistake, text: Sentence, values: Values) -> Dealt:
    return Dealt(text, False, say(mistake, values), mistake.name)
