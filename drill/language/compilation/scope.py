"""What one text's closures share while they are compiled, and how they fail."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, TypeAlias

from drill.errors import LanguageError
from drill.language.functions.function import Table
from drill.language.operators import FIRST, OUTER, UNSET, Frame
from drill.language.syntax.position import Place, Text
from drill.language.values import Complaint

Step: TypeAlias = Callable[[Frame], Any]

# What numpy and Python raise about values.  Nothing wider: a slip of ours must not
# look like the learner's.
FAULTS = (
    ArithmeticError,
    ValueError,
    TypeError,
    IndexError,
    MemoryError,
    RecursionError,
)
NUMPY = frozenset({"np", "numpy"})


class Scope:
    """The names of one text, as far as it was compiled.

    Attributes
    ----------
    text : Text
    table : Table
    formula : bool
        Whether the text is written as on paper.
    given : frozenset of str
        The names that come from outside.
    read : set of str
        The given names that the text reads.
    called : set of str
        The canonical names of the functions it calls.
    made : set of str
        The names that it has assigned so far.
    sure : set of str
        Those that have a value wherever the compiler stands: no branch misses them.
    slots : dict
        The place of each name's value in the frame.
    routine : bool
        Whether it is one of a program with loops, branches or functions.
    outer : Scope or None
        Where the function is defined.
    loops : int
        How many loops are open where the compiler stands.
    aliases : dict
        Names that stand for others here: those of a comprehension are its own.
    order : tuple of str
        The given names as the question lists them.
    tracing : bool
        Whether the closures tell what they read and write.
    around : list of str
        The variables of the loops around the place where the compiler stands.
    quiet : bool
        Whether plain numbers in it stay away from numpy and its warnings.
    """

    def __init__(
        self,
        text: Text,
        table: Table,
        given: frozenset[str],
        *,
        formula: bool,
        routine: bool = False,
        outer: Scope | None = None,
    ) -> None:
        self.text = text
        self.table = table
        self.formula = formula
        self.given = given
        self.read: set[str] = set()
        self.called: set[str] = set()
        self.made: set[str] = set()
        self.sure: set[str] = set()
        self.slots: dict[str, int] = {}
        self.quiet = not routine
        self.routine = routine
        self.outer = outer
        self.loops = 0
        self.aliases: dict[str, str] = {}
        self.order: tuple[str, ...] = ()
        self.tracing = False
        self.around: list[str] = []

    def child(self) -> Scope:
        """Return the scope of a function that is defined here."""
        inner = Scope(
            self.text,
            self.table,
            frozenset(),
            formula=False,
            routine=True,
            outer=self,
        )
        inner.read, inner.called = self.read, self.called
        inner.tracing = self.tracing
        return inner

    def size(self) -> int:
        """Return how many places a frame has."""
        return len(self.slots) + (FIRST if self.routine else 1)

    @property
    def known(self) -> frozenset[str]:
        """The names that have a value here."""
        outer = self.outer.known if self.outer else frozenset()
        return self.given | self.made | outer

    def slot(self, name: str) -> int:
        """Return the name's place in the frame; 0 is the work that is left."""
        return self.slots.setdefault(self.aliases.get(name, name), self.size())

    def certain(self, node: ast.AST) -> int:
        """Return the place of a name that has a value for certain here, else 0."""
        if not isinstance(node, ast.Name) or node.id not in self.sure:
            return 0
        if node.id in self.given:
            self.read.add(node.id)
        return self.slot(node.id)

    @contextmanager
    def perhaps(self) -> Iterator[None]:
        """Compile what may not run: what it assigns is not certain afterwards."""
        before = set(self.sure)
        yield
        self.sure = before

    def reader(self, name: str) -> Step | None:
        """Return the closure that reads a name, or None when it has no value."""
        if name in self.made:
            slot = self.slot(name)
            return _checked(slot, name) if self.routine else itemgetter(slot)
        if name in self.given:
            self.read.add(name)
            return itemgetter(self.slot(name))
        further = self.outer.reader(name) if self.outer else None
        return further and (lambda frame: further(frame[OUTER]))

    def refuse(self, node: ast.AST, problem: str) -> LanguageError:
        """Return the refusal of `node`."""
        return Place(self.text, node).refusal(problem)

    def path(self, node: ast.AST) -> tuple[str, ...]:
        """Return the words of a dotted name, or () when it starts with a value."""
        words = []
        while isinstance(node, ast.Attribute):
            words.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id in self.known:
            return ()
        return (node.id, *reversed(words))


def _checked(slot: int, name: str) -> Step:
    """Return what reads a name that may have no value yet when it is read."""

    def read(frame: Frame) -> Any:
        value = frame[slot]
        if value is UNSET:
            raise Complaint(f"`{name}` has no value yet here")
        return value

    return read


Compile: TypeAlias = Callable[[Scope, ast.expr], Step]
"""What the rooms that know one kind of node call for the nodes inside."""
