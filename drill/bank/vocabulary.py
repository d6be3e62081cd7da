"""What a bank's formulas may call: the language, the solvers and the second route."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from drill import oracle, solver
from drill.bank.prices import Price, second_route_price, solver_price
from drill.language import BANK, Table


@cache
def vocabulary() -> Table:
    """Return the bank's table: every public function of solver and oracle by name.

    Examples
    --------
    >>> vocabulary() is vocabulary()
    True
    """
    functions: dict[str, Callable[..., Any]] = {}
    prices: dict[str, Price] = {}
    for room, price in ((solver, solver_price), (oracle, second_route_price)):
        for name in room.__all__:
            member = getattr(room, name)
            if callable(member) and not isinstance(member, type):
                functions[name] = member
                prices[name] = price(name, member)
    table = BANK.extended(functions)
    priced = {
        name: replace(function, price=prices.get(name, function.price))
        for name, function in table.builtins.items()
    }
    return replace(table, builtins=priced)


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
