"""What a process marks with: tickets opened once, and a worker for programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from drill.bank import Question, find_question
from drill.drawing import Instance, Ticket, check_ticket, draw
from drill.errors import TicketError
from drill.sandbox import Worker

KEPT = 256
"""Instances that are not drawn again; a class hands in many tickets of few."""


class Opener:
    """Opens tickets: each question is loaded once, the last instances are kept.

    Parameters
    ----------
    directories : tuple of Path
        The bank's.
    """

    def __init__(self, directories: tuple[Path, ...]) -> None:
        self.load: Callable[[str], Question] = lru_cache(maxsize=None)(
            lambda question: find_question(directories, question)
        )
        self.drawn: Callable[[str, int], Instance] = lru_cache(maxsize=KEPT)(
            lambda question, seed: draw(self.load(question), seed)
        )

    def open(self, ticket: Ticket, numbers: str = "") -> Instance:
        """Draw a ticket's instance.

        With the digest of what was dealt, a question that was mended since is as good
        as the old one when it draws the same.

        Raises
        ------
        TicketError
            When the question was edited, and draws other numbers now.
        """
        question = self.load(ticket.question)
        try:
            check_ticket(ticket, question)
        except TicketError:
            from drill.classroom.deal import numbers_of

            if not numbers or numbers_of(self._of(ticket)) != numbers:
                raise
        return self._of(ticket)

    def _of(self, ticket: Ticket) -> Instance:
        return self.drawn(ticket.question, ticket.seed)


_tools: tuple[tuple[Path, ...], Opener, Worker] | None = None


def tools(directories: tuple[Path, ...]) -> tuple[Opener, Worker]:
    """Return what this process marks with; it keeps both from batch to batch."""
    global _tools
    if _tools is None or _tools[0] != directories:
        put_away()
        _tools = (directories, Opener(directories), Worker())
    return _tools[1:]


def put_away() -> None:
    """Forget what was opened, and end the process that ran programs."""
    global _tools
    if _tools is not None:
        _tools[2].close()
        _tools = None
