"""What a question's answers depend on: which names lead to which formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from drill.bank import Part, Question
from drill.language import Program

_STEPS = frozenset({"floor", "ceil", "round", "int", "mod", "floor_divide"})


@dataclass(frozen=True, eq=False)
class Route:
    """What leads to a question's answers.

    Attributes
    ----------
    steps : mapping of str to bool
        For each name that may be moved a little whether something on its way to the
        answers rounds: then whole numbers lie on a step's edge.  Sizes and bounds of
        draws, and names in which ties are declared, may not be moved.
    fixed : frozenset of str
        The names that may not.
    """

    steps: Mapping[str, bool]
    fixed: frozenset[str]


def route(question: Question) -> Route:
    """Find what the answers of `question` depend on."""
    sizes = {
        name
        for draw in question.draws
        for program in draw.programs
        for name in program.names
    }
    fixed = frozenset({*sizes, *question.ties})
    names = [draw.name for draw in question.draws] + [name for name, _ in question.lets]
    steps = {}
    for name in names:
        if name not in fixed and (way := _way(question, name)):
            steps[name] = stepped(way)
    return Route(steps, fixed)


def answers(part: Part) -> tuple[Program, ...]:
    """Return the formulas that decide what is right in a part."""
    if part.answer.value is not None:
        return (part.answer.value,)
    return tuple(option.right for option in part.answer.options)


def _way(question: Question, name: str) -> list[Program]:
    """Return the formulas through which a name leads to answers; none if it does not.

    An expression is run on cases of its own, where every name has its value.
    """
    changed = {name}
    lets = []
    for let, program in question.lets:
        if program.names & changed and let != name:
            lets.append(program)
            changed.add(let)
    ends: list[Program] = []
    for part in question.parts:
        reached = () if part.answer.kind == "expression" else answers(part)
        if any(program.names & changed for program in reached):
            ends += reached
            changed.add(part.name)
    return [*lets, *ends] if ends else []


def stepped(programs: Iterable[Program]) -> bool:
    """Tell whether one of the formulas rounds, so that whole numbers are its edges.

    Examples
    --------
    >>> from drill.language import BANK, parse
    >>> stepped([parse("n // 2 + 1", names="n", table=BANK)])
    True
    """
    # The operators are no functions; a sign in a text costs one check too many.
    return any(
        program.functions & _STEPS or "//" in program.source or "%" in program.source
        for program in programs
    )
