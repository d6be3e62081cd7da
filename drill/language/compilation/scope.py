"""What one text's closures share while they are compiled, and how they fail."""

from __future__ import annotations

import ast
from collections.abc import Callable
from operator import itemgetter
from typing import Any, TypeAlias

from drill.errors import LanguageError
from drill.language.functions.function import Table
from drill.language.operators import Frame
from drill.language.syntax.position import Place, Text

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
    slots : dict
        The place of each name's value in the frame.
    quiet : bool
        Whether plain numbers in it stay away from numpy and its warnings.
    """

    def __init__(
        self, text: Text, table: Table, given: frozenset[str], *, formula: bool
    ) -> None:
        self.text = text
        self.table = table
        self.formula = formula
        self.given = given
        self.read: set[str] = set()
        self.called: set[str] = set()
        self.made: set[str] = set()
        self.slots: dict[str, int] = {}
        self.quiet = True

    @property
    def known(self) -> frozenset[str]:
        """The names that have a value here."""
        return self.given | self.made

    def slot(self, name: str) -> int:
        """Return the name's place in the frame; 0 is the work that is left."""
        return self.slots.setdefault(name, len(self.slots) + 1)

    def reader(self, name: str) -> Step | None:
        """Return the closure that reads a name, or None when it has no value."""
        if name not in self.made:
            if name not in self.given:
                return None
            self.read.add(name)
        return itemgetter(self.slot(name))

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


Compile: TypeAlias = Callable[[Scope, ast.expr], Step]
"""What the rooms that know one kind of node call for the nodes inside."""
