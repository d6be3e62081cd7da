"""What a question's answers depend on: which names lead to which formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from drill.bank import Part, Question
from drill.language import Program

_STEPS = frozenset({"floor", "ceil", "round", "int", "mod", "floor_divide"})


@dataclass(frozen=True, eq=False)
class Way:
    """How one name leads to the answers.

    Attributes
    ----------
    lets : tuple of (str, Program)
        What is computed again, in order, when the name changes.
    parts : tuple of int
        The parts whose answers may change.
    stepped : bool
        Whether something on the way rounds: then whole numbers lie on a step's edge.
    """

    lets: tuple[tuple[str, Program], ...]
    parts: tuple[int, ...]
    stepped: bool


@dataclass(frozen=True, eq=False)
class Route:
    """The ways of a question.

    Attributes
    ----------
    ways : mapping of str to Way
        For each name that may be moved a little; sizes and bounds of draws, and
        names in which ties are declared, may not.
    fixed : frozenset of str
        The names that may not.
    """

    ways: Mapping[str, Way]
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
    ways = {}
    for name in names:
        if name not in fixed and (way := _way(question, name)).parts:
            ways[name] = way
    return Route(ways, fixed)


def answers(part: Part) -> tuple[Program, ...]:
    """Return the formulas that decide what is right in a part."""
    if part.answer.value is not None:
        return (part.answer.value,)
    return tuple(option.right for option in part.answer.options)


def _way(question: Question, name: str) -> Way:
    changed = {name}
    lets = []
    for let, program in question.lets:
        if program.names & changed and let != name:
            lets.append((let, program))
            changed.add(let)
    parts = []
    for place, part in enumerate(question.parts):
        # An expression is run on cases of its own, where every name has its value.
        if part.answer.kind != "expression" and any(
            program.names & changed for program in answers(part)
        ):
            parts.append(place)
            changed.add(part.name)
    programs = [program for _, program in lets]
    programs += [one for place in parts for one in answers(question.parts[place])]
    return Way(tuple(lets), tuple(parts), stepped(programs))


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
