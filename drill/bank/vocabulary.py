"""What a bank's formulas may call: the language, the solvers and the second route."""

from __future__ import annotations

import keyword
from dataclasses import replace
from functools import cache, partial

from drill import oracle, solver
from drill.bank.prices import second_route_price, solver_price
from drill.language import BANK, Function, Table
from drill.language.functions.function import OnDemand


@cache
def vocabulary() -> Table:
    """Return the bank's table: every public function of solver and oracle by name.

    Examples
    --------
    >>> vocabulary() is vocabulary()
    True
    """
    functions = {
        name: member
        for name, member in ((name, getattr(solver, name)) for name in solver.__all__)
        if callable(member) and not isinstance(member, type)
    }
    table = BANK.extended(functions, solver_price)
    second = {name: partial(_second, name) for name in oracle.__all__}
    return replace(table, builtins=OnDemand(second, table.builtins))


def _second(name: str) -> Function:
    """Make a function of the second route, which is imported no sooner."""
    called = {name: getattr(oracle, name)}
    return BANK.extended(called, second_route_price).builtins[name]


@cache
def reserved() -> frozenset[str]:
    """Return the names that mean something already in a bank's formulas.

    Functions are not among them: a drawn `size` is a value wherever it is not called
    as ``np.size``, and a function that is added later breaks no bank.

    Examples
    --------
    >>> {"pi", "np", "lambda"} <= reserved(), "sum" in reserved()
    (True, False)
    """
    constants = vocabulary().constants
    return frozenset({*constants, *keyword.kwlist, "np", "numpy"})
