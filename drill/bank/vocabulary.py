"""What a bank's formulas may call: the language, the solvers and the second route."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from functools import cache
from typing import Any

from drill import oracle, solver
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
    for room in (solver, oracle):
        for name in room.__all__:
            member = getattr(room, name)
            if callable(member) and not isinstance(member, type):
                functions[name] = member
    return BANK.extended(functions)


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
