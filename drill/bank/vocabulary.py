"""What a bank's formulas may call: the language, the solvers and the second route."""

from __future__ import annotations

import keyword
from collections.abc import Callable
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
    functions = {
        name: getattr(room, name) for room in (oracle, solver) for name in room.__all__
    }
    second = frozenset(oracle.__all__)

    def price(name: str, call: Callable[..., Any]) -> Price:
        make = second_route_price if name in second else solver_price
        return make(name, call)

    called = {
        name: member
        for name, member in functions.items()
        if callable(member) and not isinstance(member, type)
    }
    return BANK.extended(called, price)


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
