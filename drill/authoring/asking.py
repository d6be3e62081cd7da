"""Advice about how a question asks: options, mistakes, hints, what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from drill.authoring.entry import Advice, Entry, fields
from drill.authoring.unseen import unseen
from drill.bank import Answer, Option, Part

NUMERIC = frozenset({"integer", "shape", "number", "array"})
COMPUTED = NUMERIC | {"expression"}
FEW_MISTAKES = 3
# An option is picked out by its length when it is that much longer or shorter.
LONGER, SHORTER = 1.3, 0.6


def asking(entry: Entry) -> Iterator[Advice]:
    """Yield advice about one question."""
    for path, _, part in entry.parts:
        yield from _mistakes(part, path)
        yield from _hints(part, path)
        yield from _options(part.answer, (*path, "answer", "options"))
        yield from unseen(entry, part, path)
    kinds = {part.answer.kind for part in entry.question.parts}
    if kinds & NUMERIC and not entry.question.solution.names:
        where = (*entry.path, "solution")
        yield where, "shows none of the numbers; work it out on these numbers"


def _mistakes(part: Part, path: tuple[str | int, ...]) -> Iterator[Advice]:
    count = len(part.mistakes)
    if part.answer.kind in COMPUTED and count < FEW_MISTAKES:
        what = "1 mistake is" if count == 1 else f"{count} mistakes are"
        yield path, f"{what} known; think of {FEW_MISTAKES} that people make"


def _hints(part: Part, path: tuple[str | int, ...]) -> Iterator[Advice]:
    own = part.name or "answer"
    value = part.answer.value
    for place, hint in enumerate(part.hints):
        where = (*path, "hints", place)
        shown = {field.program.source for field in fields(hint)}
        if own in shown or (value is not None and value.source in shown):
            yield where, "gives the answer; stop one step before it"
        elif part.answer.kind == "expression" and value is not None:
            program, text = _squeezed(value.source), _squeezed(hint.source)
            if len(program) > 5 and program in text:
                yield where, "spells the answer out; stop one step before it"
        for option in part.answer.options:
            if _squeezed(option.text.source) in _squeezed(hint.source):
                right = not option.right.names and option.right.source == "True"
                if right and len(option.text.source) > 5:
                    yield where, "repeats the right option; stop one step before it"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _options(answer: Answer, path: tuple[str | int, ...]) -> Iterator[Advice]:
    """Compare the lengths of options that are right or wrong whatever is drawn."""
    right = [len(o.text.source) for o in answer.options if _sure(o) is True]
    wrong = [len(o.text.source) for o in answer.options if _sure(o) is False]
    if not right or len(wrong) < 2:
        return
    if min(right) > LONGER * max(wrong):
        yield path, "the right option is by far the longest; make the others as long"
    elif max(right) < SHORTER * min(wrong):
        yield path, "the right option is by far the shortest; shorten the others"


def _sure(option: Option) -> bool | None:
    source = option.right.source
    return (
        {"True": True, "False": False}.get(source) if not option.right.names else None
    )


def levels(question_levels: list[int]) -> Iterator[str]:
    """Yield advice about the levels of a topic's questions."""
    if 1 not in question_levels:
        yield "no question of level 1; begin with a warm-up"
    missing = [a + 1 for a, b in pairwise(sorted(set(question_levels))) if b > a + 1]
    for level in missing:
        yield f"no question of level {level} between the others"
