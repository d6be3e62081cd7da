"""Two editions of a bank: what became of each question, and of its tickets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np

from drill.bank import Bank, Part, Question
from drill.drawing import Instance, draw
from drill.errors import DrillError
from drill.language import Value

SEEDS = range(10)
What = Literal["gone", "reused", "renamed", "redrawn", "changed", "prose", "new"]


@dataclass(frozen=True)
class Change:
    """What became of one question.

    Attributes
    ----------
    what : str
        ``gone``, ``reused`` (its id belongs to another question now), ``renamed``,
        ``redrawn`` (a seed gives other numbers), ``changed`` (the same numbers, asked
        or judged otherwise), ``prose`` (what only explains) or ``new``.
    question : str
        Its id in the new bank; in the old one when it is gone.
    was : str
        Its former id, when it was renamed.
    fields : tuple of str
        What changed, by the names of the format.
    """

    what: What
    question: str
    was: str = ""
    fields: tuple[str, ...] = ()

    @property
    def breaks(self) -> bool:
        """Whether a ticket of the old bank does not open as it did."""
        return self.what not in ("prose", "new")


ORDER: tuple[What, ...] = (
    "gone", "reused", "renamed", "redrawn", "changed", "prose", "new",
)  # fmt: skip


def compare(old: Bank, new: Bank) -> list[Change]:
    """Say what became of every question.

    Parameters
    ----------
    old, new : Bank

    Returns
    -------
    list of Change
        The gravest first, then by id; nothing for a question that stayed as it was.
    """
    return sorted(
        _changes(old, new), key=lambda one: (ORDER.index(one.what), one.question)
    )


def _changes(old: Bank, new: Bank) -> Iterator[Change]:
    before = {question.id: question for question in old.questions}
    after = {question.id: question for question in new.questions}
    names = {name: question for question in new.questions for name in question.was}
    past = {name for question in old.questions for name in question.was}
    renamed = set()
    for question in before.values():
        if question.id in after:
            change = _change(question, after[question.id])
            if change is not None:
                yield change
        elif question.id in names:
            now = names[question.id]
            renamed.add(now.id)
            differing = _differing(question, replace(now, id=question.id))
            yield Change("renamed", now.id, question.id, differing)
        else:
            yield Change("gone", question.id)
    for name in after.keys() - before.keys() - renamed:
        yield Change("reused" if name in past else "new", name)


def _change(old: Question, new: Question) -> Change | None:
    differing = _differing(old, new)
    if not differing:
        return None
    if old.digest == new.digest:
        return Change("prose", new.id, fields=differing)
    same = all(_same_numbers(old, new, seed) for seed in SEEDS)
    return Change("changed" if same else "redrawn", new.id, fields=differing)


_NAMED = {
    "draws": "draw", "lets": "let", "stem": "ask", "where": "", "digest": "",
    "parts": "", "topic": "topic",
}  # fmt: skip


def _differing(old: Question, new: Question) -> tuple[str, ...]:
    """Name the fields of the format in which two questions differ."""
    found = [
        _NAMED.get(field.name, field.name)
        for field in fields(Question)
        if getattr(old, field.name) != getattr(new, field.name)
    ]
    if len(old.parts) != len(new.parts):
        found.append("parts")
    else:
        for one, other in zip(old.parts, new.parts, strict=True):
            found += [
                name
                for name in Part.__struct_fields__
                if getattr(one, name) != getattr(other, name)
            ]
    return tuple(dict.fromkeys(name for name in found if name))


def _same_numbers(old: Question, new: Question, seed: int) -> bool:
    one, other = _drawn(old, seed), _drawn(new, seed)
    if one is None or other is None:
        return one is other
    drawn = [draw.name for draw in old.draws]
    return drawn == [draw.name for draw in new.draws] and all(
        _equal(one.values[name], other.values[name]) for name in drawn
    )


def _drawn(question: Question, seed: int) -> Instance | None:
    try:
        return draw(question, seed)
    except DrillError:
        return None


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return (
            isinstance(one, np.ndarray)
            and isinstance(other, np.ndarray)
            and np.array_equal(one, other)
        )
    return bool(type(one) is type(other) and one == other)


def counts(changes: Iterable[Change]) -> Mapping[What, int]:
    """Count the changes of each sort.

    Examples
    --------
    >>> counts([Change("new", "a"), Change("new", "b")])
    {'new': 2}
    """
    found = [change.what for change in changes]
    return {what: found.count(what) for what in ORDER if what in found}
