"""A run as data: each statement, what it read, what it made, where it failed.

It is recorded only when it is asked for, by closures that are compiled for it alone:
a run without a trace has nothing of this in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from drill.language.functions.index_text import index_text
from drill.language.values import Complaint

MOST_EVENTS = 2_000
MOST_READS = 4
MOST_CELLS = 400
"""Larger arrays are named with their shape, and not kept."""
ALL_CELLS = 400_000

Cell: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Touched:
    """Entries of a named array: as they were written down, and where they lie.

    Attributes
    ----------
    name : str
    text : str
        As ``X[0:2, 1:3]``.
    cells : tuple of index
    array : ndarray or None
        A copy of the whole, where it is small enough to be shown.
    """

    name: str
    text: str
    cells: tuple[Cell, ...]
    array: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Event:
    """One statement that ran.

    Attributes
    ----------
    line : int
    loops : mapping of str to value
        The variables of the loops around it.
    read : tuple of Touched
    wrote : Touched or None
        Entries that were set.
    made : mapping of str to value
        The names that were given a value.
    problem : str
        How it failed.
    """

    line: int
    loops: Mapping[str, Any]
    read: tuple[Touched, ...] = ()
    wrote: Touched | None = None
    made: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


class _Open:
    """A statement that runs."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.read: list[Touched] = []
        self.wrote: tuple[str, Any, Any] | None = None


class Tracer:
    """Collects events, as many as there is room for."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.left_out = 0
        self._open: list[_Open] = []
        self._room = ALL_CELLS

    def start(self, line: int) -> None:
        """Begin a statement."""
        self._open.append(_Open(line))

    def read(self, name: str, array: Any, key: Any) -> None:
        """Note that entries are read."""
        if self._open and len(self._open[-1].read) < MOST_READS and self._wanted():
            found = self._touched(name, array, key)
            if found is not None:
                self._open[-1].read.append(found)

    def write(self, name: str, array: Any, key: Any) -> None:
        """Note that entries are set."""
        if self._open:
            self._open[-1].wrote = (name, array, key)

    def finish(
        self, loops: Mapping[str, Any], made: Mapping[str, Any], problem: str = ""
    ) -> None:
        """End a statement."""
        done = self._open.pop()
        if not self._wanted():
            self.left_out += 1
            return
        wrote = self._touched(*done.wrote) if done.wrote else None
        kept = {name: self._copy(value) for name, value in made.items()}
        read = tuple(done.read)
        self.events.append(Event(done.line, dict(loops), read, wrote, kept, problem))

    def _wanted(self) -> bool:
        return len(self.events) < MOST_EVENTS and self._room > 0

    def _touched(self, name: str, array: Any, key: Any) -> Touched | None:
        if not isinstance(array, np.ndarray):
            return None
        cells: tuple[Cell, ...] = ()
        if array.size <= MOST_CELLS:
            mask = np.zeros(array.shape, bool)
            try:
                mask[key] = True
            except (IndexError, ValueError, Complaint):
                return None
            cells = tuple(tuple(map(int, cell)) for cell in np.argwhere(mask))
        return Touched(name, f"{name}[{index_text(key)}]", cells, self._copy(array))

    def _copy(self, value: Any) -> Any:
        if not isinstance(value, np.ndarray):
            return value if isinstance(value, int | float | bool) else None
        if value.size > MOST_CELLS:
            return None
        self._room -= value.size
        return value.copy()
