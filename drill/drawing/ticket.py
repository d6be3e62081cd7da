"""Tickets: the short names that determine an instance completely."""

from __future__ import annotations

import re

from msgspec import Struct

from drill.bank import Question
from drill.errors import TicketError
from drill.visible import shown

DIGITS = 4
MAX_SEED = 10**12
_TICKET = re.compile(r"([a-z0-9][a-z0-9-]{0,63})@([0-9]{1,13})(?:-([0-9a-f]{4}))?")


class Ticket(Struct, frozen=True):
    """Question, seed, and the first digits of the question's digest.

    Examples
    --------
    >>> str(Ticket("conv-output-size", 7, "3673"))
    'conv-output-size@7-3673'
    """

    question: str
    seed: int
    digest: str

    def __str__(self) -> str:
        return f"{self.question}@{self.seed}-{self.digest}"


def parse_ticket(text: str) -> Ticket:
    """Read a ticket; without its digest part it names any edition.

    Raises
    ------
    TicketError
        When `text` is no ticket.

    Examples
    --------
    >>> parse_ticket("conv-output-size@7-3673")
    Ticket(question='conv-output-size', seed=7, digest='3673')
    """
    found = _TICKET.fullmatch(text.strip())
    if found is None or int(found[2]) > MAX_SEED:
        raise TicketError(
            f"'{shown(text, 80)}' is not a ticket; a ticket looks like"
            " conv-output-size@7-3673"
        )
    return Ticket(found[1], int(found[2]), found[3] or "")


def find_ticket(text: str) -> Ticket | None:
    """Return the ticket that a file's or folder's name holds, if it holds one.

    Examples
    --------
    >>> find_ticket("alice conv-output-size@7-3673 (1)")
    Ticket(question='conv-output-size', seed=7, digest='3673')
    >>> find_ticket("answer") is None
    True
    """
    for found in _TICKET.finditer(text):
        if found[3] and int(found[2]) <= MAX_SEED:
            return Ticket(found[1], int(found[2]), found[3])
    return None


def issue(question: Question, seed: int) -> Ticket:
    """Return the ticket of `question` for `seed`."""
    return Ticket(question.id, seed, question.digest[:DIGITS])


def check_ticket(ticket: Ticket, question: Question) -> None:
    """Refuse a ticket that another edition of `question` issued.

    Raises
    ------
    TicketError
        When the digests differ.
    """
    if ticket.digest and ticket.digest != question.digest[:DIGITS]:
        raise TicketError(
            f"{ticket} was dealt from another edition of this question (today's is"
            f" {issue(question, ticket.seed)}): the question was edited, or the"
            " ticket is from another bank. Deal a new one, or give the old bank"
            " with --bank."
        )
