"""The rule that a second route is another route."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drill import oracle, solver
from drill.bank import Part, Question
from drill.language import BANK, Program
from drill.language.functions.entries import GROUPS
from drill.selftest.answers import fields
from drill.selftest.route import answers

SOLVERS = frozenset(solver.__all__)
# Both routes may write down arrays, pick entries and call exp: numpy's own tests look
# after these. What they may not share is what is easily called the wrong way, along
# another axis or with the sides exchanged.
TELLING = frozenset(
    {
        *SOLVERS,
        *oracle.__all__,
        *(row.name for row in GROUPS["Along an axis"]),
        *(row.name for row in GROUPS["Products"]),
        "maximum",
        "minimum",
        "clip",
        "sign",
        "heaviside",
    }
)


KNOWN = frozenset({*BANK.functions, *BANK.builtins, *BANK.methods})
"""All other names are functions that a bank defines."""


def independent(question: Question) -> Iterator[str]:
    """No cross-check calls what the answer's own formula calls, or a solver."""
    given = _printed(question)
    for part in question.parts:
        if part.cross_check is None:
            continue
        checked = _called(question, (part.cross_check,), given)
        solving = sorted(checked & SOLVERS)
        if solving:
            yield (
                f"the cross-check{_of(part)} reaches {_list(solving)} of the solver:"
                " a second route goes through the oracle (loop_…, count_…,"
                " difference_…) or plain arithmetic"
            )
            continue
        telling = {name for name in checked if name in TELLING or name not in KNOWN}
        shared = sorted(telling & _called(question, answers(part), given))
        if shared:
            yield (
                f"the cross-check{_of(part)} calls {_list(shared)} as the answer's own"
                " formula does, and would repeat its error: go another way"
            )


def _called(
    question: Question, programs: tuple[Program, ...], given: frozenset[str]
) -> frozenset[str]:
    """Return the functions that formulas call, also through names of 'let'.

    What the prompt prints is given, however it was made.
    """
    functions = {name for program in programs for name in program.functions}
    names = {name for program in programs for name in program.names}
    for let, program in reversed(question.lets):
        if let in names and let not in given:
            functions |= program.functions
            names |= program.names
    return frozenset(functions)


def _printed(question: Question) -> frozenset[str]:
    """Return the names that the prompt prints, whole or entry by entry."""
    texts = [question.stem, *(part.ask for part in question.parts)]
    return frozenset(
        name
        for text in texts
        for field in fields(text)
        for name in field.program.names
        if re.fullmatch(rf"\s*{name}\s*(\[.*\]\s*)?", field.program.source)
    )


def _of(part: Part) -> str:
    return f" of part '{part.name}'" if part.name else ""


def _list(names: list[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)
