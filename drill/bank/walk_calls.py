"""Which walk shows a solution: a function's name and its arguments, checked."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from msgspec import UnsetType

from drill.bank.document import Path, nearest, quoted
from drill.bank.formulas import Formulas, Names
from drill.bank.question import WalkCall
from drill.language import Program

FORMULAS = "formulas"
"""Instead of a function: names with formulas, worked out one after the other."""
FormulaLike = str | int | float | bool


def compose_walk(
    entry: Mapping[str, Mapping[str, FormulaLike]] | UnsetType,
    names: Names,
    path: Path,
    formulas: Formulas,
) -> WalkCall | None:
    """Check a `walk`: that its function exists, and takes these arguments.

    Parameters
    ----------
    entry : mapping
        One function's name with its arguments as formulas; or `formulas` with names
        that are worked out one after the other.
    names : frozenset of str
        What these may read.
    path : tuple
    formulas : Formulas

    Returns
    -------
    WalkCall or None
        None when there is none, or no such function.
    """
    if not isinstance(entry, Mapping):
        return None
    ((function, given),) = entry.items()
    if function == FORMULAS:
        return WalkCall(function, _in_turn(given, names, (*path, function), formulas))
    arguments = {
        name: formulas.formula(value, names, (*path, function, name))
        for name, value in given.items()
    }
    if formulas.trusted:
        return WalkCall(function, arguments)
    from drill.walk.registry import WALKS

    made = WALKS.get(function)
    if made is None:
        near = nearest(function, WALKS) or f"; there are {', '.join(sorted(WALKS))}"
        formulas.problems.add(
            (*path, function), f"there is no walk {quoted(function)}{near}"
        )
        return None
    known = inspect.signature(made).parameters
    for name in given:
        if name not in known:
            free = [other for other in known if other not in given]
            near = nearest(name, free) or f"; it takes {', '.join(known)}"
            formulas.problems.add(
                (*path, function, name),
                f"the walk {quoted(function)} takes no {quoted(name)}{near}",
            )
    missing = [
        name
        for name, parameter in known.items()
        if parameter.default is parameter.empty and name not in given
    ]
    if missing and given.keys() <= known.keys():
        formulas.problems.add(
            (*path, function),
            f"the walk {quoted(function)} needs {quoted(missing[0])}",
        )
    return WalkCall(function, arguments)


def _in_turn(
    given: Mapping[str, FormulaLike], names: Names, path: Path, formulas: Formulas
) -> dict[str, Program]:
    known = set(names)
    made = {}
    for name, value in given.items():
        made[name] = formulas.formula(value, frozenset(known), (*path, name))
        known.add(name)
    return made
