"""``%drill`` asks, ``%%drill`` grades a cell, once ``%load_ext drill`` was run."""

from __future__ import annotations

import shlex
from typing import Any, Protocol

from drill.errors import UsageError
from drill.notebook.ask import ask
from drill.notebook.asked import Asked
from drill.notebook.pages import Page

NAME = "drill"
ASKED = "q"
"""The variable that holds the question that was asked last."""


class Shell(Protocol):
    """What we use of an interactive shell of IPython."""

    user_ns: dict[str, Any]

    def push(self, variables: dict[str, Any]) -> None:
        """Set variables of the notebook."""

    def register_magic_function(
        self, func: Any, magic_kind: str, magic_name: str
    ) -> None:
        """Add a magic command."""


def load_ipython_extension(shell: Shell) -> None:
    """Add the magic commands; ``%load_ext drill`` calls this."""

    def drill(line: str, cell: str | None = None) -> Asked | Page:
        """Ask what is due; above a cell, grade the cell as an answer.

        %drill max-pool asks what is due of a topic, a skill or a question, and keeps
        it in the variable q; %%drill TICKET grades the cell beneath it as a program.
        """
        names = _split(line)
        if cell is None:
            return _ask(shell, names)
        return _grade(shell, names, cell)

    shell.register_magic_function(drill, "line_cell", NAME)


def unload_ipython_extension(shell: Any) -> None:
    """Take the magic commands away again; ``%unload_ext drill`` calls this."""
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop(NAME, None)


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        raise UsageError("a quotation mark is not closed; names need none") from None


def _ask(shell: Shell, names: list[str]) -> Asked:
    question = ask(*names)
    _bind(shell, question)
    return question


def _bind(shell: Shell, question: Asked) -> None:
    """Keep the question in a variable, unless the learner has one of this name."""
    if isinstance(shell.user_ns.get(ASKED), Asked | None):
        shell.push({ASKED: question})


def _grade(shell: Shell, names: list[str], cell: str) -> Page:
    held = shell.user_ns.get(ASKED)
    now = held if isinstance(held, Asked) else None
    if len(names) > 1:
        raise UsageError("name one ticket: %%drill TICKET")
    if not names and now is None:
        raise UsageError("nothing was asked yet: %%drill TICKET, or %drill TOPIC first")
    if names and (now is None or not now.is_of(names[0])):
        now = ask(names[0])
        _bind(shell, now)
    assert now is not None
    return now.check(cell)
