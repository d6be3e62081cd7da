"""What a person names, drawn: a question afresh, or a ticket's own numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drill.drawing import Instance, Ticket


def random_seed() -> int:
    """Return a seed that nobody chose; short, because it stands in tickets."""
    from random import SystemRandom

    return SystemRandom().randrange(1000, 10_000)


def open_instance(
    text: str, seed: int | None, directories: tuple[Path, ...]
) -> Instance:
    """Draw the instance that a ticket, or a question and a seed, name.

    Parameters
    ----------
    text : str
        A ticket, or a question's id.
    seed : int or None
        None draws afresh.
    directories : tuple of Path
        The folders of the bank.

    Raises
    ------
    TicketError
        When the ticket is from another edition.
    UsageError
        When there is no such question.
    """
    from drill.bank import find_question
    from drill.drawing import draw, parse_ticket
    from drill.errors import UsageError

    if "@" not in text:
        found = find_question(directories, text.strip())
        return draw(found, random_seed() if seed is None else seed)
    if seed is not None:
        raise UsageError("a ticket holds its seed already: leave the seed out")
    return open_ticket(parse_ticket(text), directories)


def open_ticket(ticket: Ticket, directories: tuple[Path, ...]) -> Instance:
    """Draw the instance that a ticket names.

    Raises
    ------
    TicketError
        When the ticket is from another edition.
    UsageError
        When there is no such question.
    """
    from drill.bank import find_question
    from drill.drawing import check_ticket, draw

    found = find_question(directories, ticket.question)
    check_ticket(ticket, found)
    return draw(found, ticket.seed)
