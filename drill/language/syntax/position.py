"""Where in the text: from a node of the tree back to what was typed."""

from __future__ import annotations

import ast
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from drill.errors import DrillError, EvaluationError, LanguageError
from drill.language.values import Complaint
from drill.visible import shown


@dataclass(frozen=True, eq=False)
class Text:
    """What was typed, and the Python that it was respelled as.

    Attributes
    ----------
    source : str
        As typed.
    code : str
        As Python reads it.
    origin : tuple
        For each piece of `code`, in order: its offset there, its offset in
        `source`, and how far one goes on in `source` for each character.
    """

    source: str
    code: str
    origin: tuple[tuple[int, int, int], ...] = ((0, 0, 1),)

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and column, from 1, of an offset in `source`."""
        before = self.source[:offset]
        return before.count("\n") + 1, offset - before.rfind("\n")

    def typed(self, offset: int) -> tuple[int, int]:
        """Return the line and column at which a character of `code` was typed."""
        place = bisect_right(self.origin, offset, key=itemgetter(0)) - 1
        start, source, step = self.origin[max(place, 0)]
        return self.at(source + step * (offset - start))

    def offset(self, line: int, column: int) -> int:
        """Return the offset in `code` of a line, from 1, and a column, from 0."""
        lines = self.code.split("\n")
        # Python counts bytes, and a text constant may have letters of several.
        before = lines[line - 1].encode()[:column].decode(errors="ignore")
        return sum(len(text) + 1 for text in lines[: line - 1]) + len(before)


class Place:
    """The place of one node, worked out only when something is wrong there."""

    __slots__ = ("name", "node", "text")

    def __init__(self, text: Text, node: ast.AST, name: str = "") -> None:
        self.text = text
        self.node = node
        self.name = name

    def position(self) -> tuple[int, int]:
        """Return the line and column of the node; of an operation, its sign."""
        node, text = self.node, self.text
        called = node.func if isinstance(node, ast.Call) else node
        if isinstance(node, ast.BinOp | ast.Compare | ast.Subscript | ast.AugAssign):
            first = (
                node.value
                if isinstance(node, ast.Subscript)
                else node.target
                if isinstance(node, ast.AugAssign)
                else node.left
            )
            offset = text.offset(*_end(first))
            # Before the sign there are only closing brackets and spaces.
            while text.code[offset] in ") \n":
                offset += 1
        elif isinstance(called, ast.Attribute):
            offset = text.offset(*_end(called)) - len(called.attr)
        else:
            line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
            offset = text.offset(line, column)
        return text.typed(offset)

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


def _end(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or 1, node.end_col_offset or 0


def say(error: BaseException, name: str = "") -> str:
    """Put what went wrong into a sentence for the learner.

    Parameters
    ----------
    error : BaseException
        What numpy, Python, a solver or the language itself raised.
    name : str
        The function that raised it; empty for an operator.

    Returns
    -------
    str

    Examples
    --------
    >>> say(ZeroDivisionError("float division by zero"))
    'this divides by zero'
    """
    if isinstance(error, Complaint | DrillError):
        return str(error)
    if isinstance(error, ZeroDivisionError):
        return "this divides by zero"
    if isinstance(error, OverflowError):
        return "a number is too large here"
    if isinstance(error, MemoryError | RecursionError):
        return "this needs more memory than there is"
    if isinstance(error, np.exceptions.AxisError) and error.axis is not None:
        return f"there is no axis {error.axis}: there are {error.ndim}, counted from 0"
    message = str(error).partition("\n")[0]
    if "boolean subtract" in message:
        return "truth values cannot be subtracted: write a != b, or .astype(float)"
    if message.startswith("ufunc "):
        return f"{f'`{name}`' if name else 'this'} cannot take these values"
    return shown(f"`{name}`: {message}" if name else message, 160)
