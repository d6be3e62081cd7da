"""Advice about numbers that decide the answer and that the prompt never shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from drill.authoring.entry import Advice, Entry, Path, read
from drill.bank import Part, Question
from drill.drawing import Instance
from drill.drawing.target import as_array, same
from drill.errors import DrillError
from drill.language import Value, run


def unseen(entry: Entry, part: Part, path: Path) -> Iterator[Advice]:
    """Find the draws that the answer depends on and the prompt never shows."""
    value = part.answer.value
    if value is None or part.answer.kind == "expression":
        return
    question = entry.question
    shown = read(question.stem)
    earlier = frozenset[str]()
    for other in question.parts:
        shown |= read(other.ask)
        if other is part:
            break
        earlier |= {other.name}
    lets = dict(question.lets)
    drawn = {draw.name for draw in question.draws}
    # What a shown name was made from shows through it: the rows of a matrix, say.
    seen = _behind(shown, question)
    wanted, met = set(value.names), set[str]()
    while wanted:
        name = wanted.pop()
        met.add(name)
        if name in shown or name in earlier:
            continue
        if name in lets:
            wanted |= lets[name].names - met
        elif name in drawn and name not in seen and _decides(name, entry, part, shown):
            where = (*path, "ask")
            yield where, f"never shows {name}, from which the answer is computed"


def _behind(names: frozenset[str], question: Question) -> set[str]:
    """Return everything that the values of `names` were made from."""
    lets = dict(question.lets)
    draws = {draw.name: draw for draw in question.draws}
    found: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        found.add(name)
        if name in draws:
            left |= {n for one in draws[name].programs for n in one.names} - found
        elif name in lets:
            left |= lets[name].names - found
    return found


def _decides(name: str, entry: Entry, part: Part, shown: frozenset[str]) -> bool:
    """Tell whether another value of `name` gives another answer to the same prompt."""
    return not entry.instances or any(
        _changes(name, one, other, part, shown)
        for one, other in pairwise(entry.instances)
    )


def _changes(
    name: str, one: Instance, other: Instance, part: Part, shown: frozenset[str]
) -> bool:
    if _shape(one.values[name]) != _shape(other.values[name]):
        return False
    values: dict[str, Value] = {**one.values, name: other.values[name]}
    place = one.question.parts.index(part)
    target = one.targets[place]
    assert part.answer.value is not None
    try:
        for derived, program in one.question.lets:
            if derived not in shown:
                values[derived] = run(program, values)
        again = as_array(run(part.answer.value, values), part.answer.kind)
    except DrillError:
        return False
    return not same(again, target.reference, target.tolerance)


def _shape(value: Value) -> tuple[int, ...]:
    return value.shape if isinstance(value, np.ndarray) else ()
