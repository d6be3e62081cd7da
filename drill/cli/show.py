"""drill show: a question, or the instance that a ticket names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import bank_option, random_seed, seed_option

if TYPE_CHECKING:
    from drill.drawing import Instance


@click.command(
    name="show", short_help="Show a question, or the instance that a ticket names."
)
@click.argument("question", metavar="QUESTION|TICKET")
@seed_option
@click.option("--solution", is_flag=True, help="Show the worked solution too.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@bank_option
def command(
    question: str,
    seed: int | None,
    solution: bool,
    as_json: bool,
    bank: tuple[Path, ...],
) -> None:
    """Show a question, or the instance that a ticket names.

    \b
    Example:
      drill show conv-output-size --seed 7 --solution
      drill show conv-output-size@7-3673
    """
    from drill.cli.terminal import make_console
    from drill.screen import question as screen
    from drill.screen.data import dumps, instance_data

    instance = open_instance(question, seed, bank)
    console = make_console()
    if as_json:
        data = instance_data(instance, with_solution=solution)
        console.file.write(dumps(data) + "\n")
        return
    lines = screen.heading(instance)
    for part in range(len(instance.targets)):
        lines += [*screen.asked(instance, part), *screen.gap()]
    if solution:
        lines += screen.solved(instance)
    for line in lines[:-1] if not solution else lines:
        console.print(line)


def open_instance(text: str, seed: int | None, bank: tuple[Path, ...]) -> Instance:
    """Draw the instance that a ticket, or a question and a seed, name.

    Raises
    ------
    TicketError
        When the ticket is from another edition.
    UsageError
        When there is no such question.
    """
    from drill.bank import find_question
    from drill.drawing import check_ticket, draw, parse_ticket
    from drill.errors import UsageError
    from drill.locate import bank_directories

    directories = bank_directories(bank)
    if "@" not in text:
        found = find_question(directories, text.strip())
        return draw(found, random_seed() if seed is None else seed)
    if seed is not None:
        raise UsageError("a ticket holds its seed already: leave --seed out")
    ticket = parse_ticket(text)
    found = find_question(directories, ticket.question)
    check_ticket(ticket, found)
    return draw(found, ticket.seed)
