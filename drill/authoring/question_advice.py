"""Advice about how a question asks: options, mistakes, hints, what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import comb
from statistics import fmean

from drill.authoring.entry import Advice, Entry, Path, fields
from drill.authoring.hidden_numbers import unseen
from drill.bank import Answer, Option, Part

NUMERIC = frozenset({"integer", "shape", "number", "array"})
COMPUTED = NUMERIC | {"expression"}
FEW_MISTAKES = 3


def question_advice(entry: Entry) -> Iterator[Advice]:
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


def _mistakes(part: Part, path: Path) -> Iterator[Advice]:
    count = len(part.mistakes)
    if part.answer.kind in COMPUTED and count < FEW_MISTAKES:
        what = "1 mistake is" if count == 1 else f"{count} mistakes are"
        yield path, f"{what} known; think of {FEW_MISTAKES} that people make"


def _hints(part: Part, path: Path) -> Iterator[Advice]:
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


def _options(answer: Answer, path: Path) -> Iterator[Advice]:
    """Say how often the length alone picks the right option of a choice."""
    right = [len(o.text.source) for o in answer.options if _sure(o) is True]
    wrong = [len(o.text.source) for o in answer.options if _sure(o) is False]
    beside = min(answer.show or len(answer.options), len(answer.options)) - 1
    if answer.kind != "choice" or not right or not 2 <= beside <= len(wrong):
        return
    for what, signed in (("longest", 1), ("shortest", -1)):
        often = fmean(
            comb(sum(signed * other < signed * own for other in wrong), beside)
            / comb(len(wrong), beside)
            for own in right
        )
        # More than halfway from chance to certainty, as the self-test has it.
        if often > (1 + 1 / (beside + 1)) / 2:
            yield (
                path,
                f"the {what} option is right in {100 * often:.0f} % of the deals; make"
                f" the wrong ones as {what[:-3]}",
            )


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
