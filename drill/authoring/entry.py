"""What the advice looks at: a question as it was written, checked and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from drill.bank import Field, Part, Prose, Question
from drill.drawing import Instance

Path = tuple[str | int, ...]
Advice = tuple[Path, str]


@dataclass(frozen=True, eq=False)
class Entry:
    """One question of a bank file.

    Attributes
    ----------
    path : tuple
        Its place in the file.
    written : dict
        What stands there, as plain values.
    question : Question
    instances : tuple of Instance
        A few draws.
    """

    path: Path
    written: dict[str, Any]
    question: Question
    instances: tuple[Instance, ...] = ()

    @property
    def parts(self) -> Iterator[tuple[Path, dict[str, Any], Part]]:
        """Each part with its path and what was written there."""
        entries = self.written.get("parts")
        for place, part in enumerate(self.question.parts):
            if isinstance(entries, list):
                yield (*self.path, "parts", place), entries[place], part
            else:
                yield self.path, self.written, part


def fields(prose: Prose | None) -> Iterator[Field]:
    """Yield the fields of a text."""
    for part in prose.parts if prose else ():
        if isinstance(part, Field):
            yield part


def read(prose: Prose | None) -> frozenset[str]:
    """Return the names that a text reads."""
    return prose.names if prose else frozenset()
