"""Every way in which `drill` can fail, and what each one says.

::

    DrillError                 a sentence for the person at the terminal
    ├── BankError              a bank file is broken (all its problems at once)
    ├── TicketError            a ticket names no instance of this bank
    ├── DrawError              no draw satisfies a question's constraints
    ├── LanguageError          a formula or program is refused, with its column
    │   └── EvaluationError    … it was accepted, and failed while running
    ├── SolverError            the arrays given to a solver do not fit together
    ├── UnreadableError        a reply or a file is no answer (not: a wrong one)
    ├── HistoryError           a person's history cannot be opened or written
    └── UsageError             the command line asks for what cannot be done

A broken bank, an unreadable answer and a wrong answer are three different sad
ends.  The first two are errors; the third is a verdict and is never raised.
"""

from __future__ import annotations

from dataclasses import dataclass


class DrillError(Exception):
    """A failure with a message that is shown as it stands.

    Parameters
    ----------
    message : str
        One sentence: what is wrong, where, and what to do next.
    """

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone in a notebook; IPython asks for this."""
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with a bank file.

    Attributes
    ----------
    file : str
        The file's name as it was given.
    line : int
        The line, counted from 1; 0 when the problem belongs to no line.
    path : str
        Where in the file's structure, as ``questions[2].draw.f``.
    message : str
        What is wrong there, and what to write instead.
    """

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return (
            f"{place}: {self.path}: {self.message}"
            if self.path
            else (f"{place}: {self.message}")
        )


class BankError(DrillError):
    """A bank that cannot be used, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class TicketError(DrillError):
    """A ticket that names no instance of the bank at hand."""


class DrawError(DrillError):
    """A question whose constraints no draw satisfied."""


class LanguageError(DrillError):
    """A formula or a program that is refused before it runs.

    Parameters
    ----------
    problem : str
        What is wrong, in one sentence.
    source : str
        The text that was refused.
    line, column : int
        Where in `source`, both counted from 1; column 0 when nowhere.
    """

    def __init__(
        self, problem: str, source: str = "", *, line: int = 1, column: int = 0
    ) -> None:
        self.problem = problem
        self.source = source
        self.line = line
        self.column = column
        super().__init__(problem)

    def caret(self) -> str:
        """Return the offending line with a caret beneath its column.

        Examples
        --------
        >>> print(LanguageError("unknown name 'z'", "n + z", column=5).caret())
        n + z
            ^
        """
        lines = self.source.split("\n")
        if not self.column or not 1 <= self.line <= len(lines):
            return ""
        return f"{lines[self.line - 1]}\n{' ' * (self.column - 1)}^"


class EvaluationError(LanguageError):
    """A formula or a program that was accepted and failed while it ran."""


class SolverError(DrillError, ValueError):
    """Arrays or sizes that a solver cannot work on."""


class UnreadableError(DrillError):
    """A reply or a file that is no answer at all.

    Parameters
    ----------
    message : str
        What is wrong and what to write instead.
    text : str
        The reply, when there is one.
    column : int
        Where it stopped making sense, counted from 1; 0 when nowhere.
    """

    def __init__(self, message: str, text: str = "", column: int = 0) -> None:
        super().__init__(message)
        self.text = text
        self.column = column


class HistoryError(DrillError):
    """A history that cannot be opened or written: where it is, and what to do."""


class UsageError(DrillError):
    """A command line that asks for what cannot be done."""
