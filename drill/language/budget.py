"""What several runs may cost together: a question has many formulas and many tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass

import numpy as np

from drill.errors import EvaluationError

# Starting a program costs more than most formulas do.
START = 500


@dataclass
class Budget:
    """The steps of work that are left for everything that runs while it is open."""

    size: int
    left: int

    @property
    def empty(self) -> bool:
        """Whether more was taken out than was in it."""
        return self.left < 0

    def spend(self, work: int, source: str) -> None:
        """Take `work` steps out.

        Raises
        ------
        EvaluationError
            When it is empty then, on behalf of the formula `source`.
        """
        self.left -= work
        if self.left < 0:
            raise EvaluationError(
                "together with what ran before, this costs more than"
                f" {self.size:,} steps of work",
                source,
            )


# A value that is handed on would go through every function from a draw down to the
# fields of a sentence; none of them has anything to say about it.
_OPEN: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def budget(work: int) -> Iterator[Budget]:
    """Let everything that runs inside cost `work` steps together.

    Inside another budget, what is spent here is taken out of both.  numpy's warnings
    are off inside: formulas are many there, and to turn them off takes as long as a
    short one.

    Examples
    --------
    >>> from drill.language import LEARNER, parse, run
    >>> program = parse("np.ones(1000).sum()", names="", table=LEARNER)
    >>> with budget(10_000) as left:
    ...     _ = run(program, {})
    >>> 7_000 < left.left < 9_000
    True
    """
    outer = _OPEN.get()
    before = work if outer is None else min(work, outer.left)
    opened = Budget(work, before)
    token = _OPEN.set(opened)
    try:
        with nullcontext() if outer else np.errstate(all="ignore"):
            yield opened
    finally:
        _OPEN.reset(token)
        if outer is not None:
            outer.left -= before - opened.left


current_budget: Callable[[], Budget | None] = _OPEN.get
"""Returns the budget that pays at the moment, if there is one."""


def charge(work: int, source: str = "") -> None:
    """Take `work` steps out of the open budget, if there is one.

    Raises
    ------
    EvaluationError
        When it is empty then, on behalf of the formula `source`.
    """
    opened = _OPEN.get()
    if opened is not None:
        opened.spend(work, source)
