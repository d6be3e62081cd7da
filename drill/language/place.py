"""Where in the text: from a node of the tree back to what was typed."""

from __future__ import annotations

import ast
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from drill.errors import EvaluationError, LanguageError
from drill.language.value import Complaint


@dataclass(frozen=True, eq=False)
class Text:
    """What was typed, and the Python that it was respelled as.

    Attributes
    ----------
    source : str
        As typed.
    code : str
        As Python reads it; ASCII only, so that its columns count characters.
    origin : tuple of int, or None
        For each character of `code` its offset in `source`, and one for the end;
        None when both are the same.
    """

    source: str
    code: str
    origin: tuple[int, ...] | None = None

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and column, from 1, of an offset in `source`."""
        before = self.source[:offset]
        line = before.count("\n")
        return line + 1, offset - (before.rfind("\n") + 1) + 1

    def typed(self, line: int, column: int) -> tuple[int, int]:
        """Return where a line and column of `code`, from 1 and 0, were typed."""
        starts = [0]
        for place, character in enumerate(self.code):
            if character == "\n":
                starts.append(place + 1)
        offset = min(starts[min(line, len(starts)) - 1] + column, len(self.code))
        return self.at(self.origin[offset] if self.origin else offset)


class Place:
    """The place of one node, worked out only when something is wrong there."""

    __slots__ = ("name", "node", "text")

    def __init__(self, text: Text, node: ast.AST, name: str = "") -> None:
        self.text = text
        self.node = node
        self.name = name

    def position(self) -> tuple[int, int]:
        """Return the line and column of the node; of an operator, its sign."""
        node = self.node
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
        return self.text.typed(line, column)

    def refusal(self, problem: str) -> LanguageError:
        """Return the refusal of this node."""
        line, column = self.position()
        return LanguageError(problem, self.text.source, line=line, column=column)

    def failure(self, error: BaseException) -> EvaluationError:
        """Return what to raise when this node failed with `error`."""
        line, column = self.position()
        return EvaluationError(
            say(error, self.name), self.text.source, line=line, column=column
        )


def say(error: BaseException, name: str = "") -> str:
    """Put what went wrong into a sentence for the learner."""
    message = str(error)
    if isinstance(error, Complaint):
        return message
    if isinstance(error, ZeroDivisionError):
        return "this divides by zero"
    if isinstance(error, OverflowError):
        return "the number is too large for a float"
    if isinstance(error, MemoryError | RecursionError):
        return "this needs more memory than there is"
    if isinstance(error, np.exceptions.AxisError):
        return f"`{name}`: there is no such axis: {message}"
    first = message.split("\n")[0][:160]
    return f"`{name}`: {first}" if name else first
