"""drill quiz: be asked questions, at the terminal or from a file of answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill import clock
from drill.cli.options import Whole, bank_option, seed_option, topics_argument
from drill.cli.stdio import is_terminal, say_error
from drill.errors import DrillError, UsageError
from drill.library.tickets import random_seed

if TYPE_CHECKING:
    from rich.console import Console

    from drill.asking import Answered
    from drill.bank import Question
    from drill.drawing import Instance
    from drill.practice import History, Sitting

DEFAULT_COUNT = 5


@click.command(name="quiz", short_help="Be asked questions with fresh numbers.")
@topics_argument
@click.option(
    "-n",
    "count",
    type=Whole(1, 1000),
    default=DEFAULT_COUNT,
    show_default=True,
    help="How many questions.",
)
@seed_option
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Take the answers from FILE (- for standard input): one a line, or blocks"
    " separated by blank lines.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
@click.option(
    "--missed", "pick", flag_value="missed", help="Only what you missed last."
)
@click.option("--slow", "pick", flag_value="slow", help="Only what took you long.")
@click.option("--new", "pick", flag_value="new", help="Only what you never met.")
@click.option(
    "--mistake",
    metavar="NAME",
    help="Only questions, and numbers, on which this mistake would show.",
)
@bank_option
def command(
    topics: tuple[str, ...],
    count: int,
    seed: int | None,
    answers: Path | None,
    as_json: bool,
    pick: str | None,
    mistake: str | None,
    bank: tuple[Path, ...],
) -> int:
    """Be asked questions with fresh numbers.

    A TOPIC may be a skill or a question too. Every question shows its ticket:
    `drill show TICKET` opens it again.

    \b
    Example:
      drill quiz cnn-sizes max-pool -n 8
      drill quiz max-pool-backward -n 3
      drill quiz --missed
      drill quiz --mistake padding_once
      drill quiz cnn-sizes -n 5 --seed 7 --answers my-answers.txt
    """
    from drill.bank import load_bank
    from drill.cli.terminal import make_console
    from drill.library.selection import choose, making, named, only, picked
    from drill.locate import bank_directories

    directories = bank_directories(bank)
    names = topics
    topics, chosen_ids = named(directories, names)
    first = random_seed() if seed is None else seed
    if answers is None and not is_terminal():
        raise UsageError(
            "there is no terminal to ask at: give the answers with --answers FILE,"
            " or with --answers - for standard input"
        )
    if as_json and answers is None:
        raise UsageError("--json goes with --answers FILE")

    def plan(questions: tuple[Question, ...]) -> list[tuple[Question, int]]:
        left = making(only(questions, chosen_ids), mistake)
        # What was picked by how it went is asked once.
        return choose(left, min(count, len(left)) if pick else count, first, mistake)

    console = make_console()
    if answers is not None:
        from drill.cli.batch import run_batch

        if pick:
            raise UsageError(f"--{pick} asks at the terminal: leave --answers out")
        chosen = plan(load_bank(directories, topics or None).questions)
        return run_batch(console, chosen, answers, as_json=as_json)
    from drill.cli.recording import open_if_agreed

    history = open_if_agreed()
    if history is None:
        if pick:
            raise UsageError(f"without a history there is nothing --{pick} could pick")
        chosen = plan(load_bank(directories, topics or None).questions)
        return run_quiz(console, None, chosen)
    with history:
        chosen = plan(picked(history, directories, topics, pick, names))
        return run_quiz(console, history, chosen)


def run_quiz(
    console: Console, history: History | None, chosen: list[tuple[Question, int]]
) -> int:
    """Ask at the terminal; the plan is kept first, so that it can be gone on with."""
    from drill.cli.recording import Recorder
    from drill.cli.sitting import sit
    from drill.drawing import issue
    from drill.practice import sittings

    sitting = ""
    if history is not None:
        tickets = [str(issue(question, seed)) for question, seed in chosen]
        sitting = sittings.begin(history, "quiz", {"tickets": tickets}, clock.now())
    done: list[Answered] = []
    upcoming = drawn(chosen, len(chosen))
    return sit(console, upcoming, Recorder(history, sitting, "quiz"), done)


def drawn(
    chosen: list[tuple[Question, int]], of: int
) -> Iterator[tuple[str, Instance]]:
    """Draw each question when its turn comes, and count it among `of`."""
    from drill.drawing import draw

    for place, (question, seed) in enumerate(chosen, of - len(chosen) + 1):
        try:
            instance = draw(question, seed)
        except DrillError as error:
            say_error(f"left out: {error}")
            continue
        yield f"{place}/{of}", instance


def still_to_ask(history: History, left: Sitting) -> list[str]:
    """Return the tickets of a quiz that have no answer yet."""
    from drill.practice import sittings
    from drill.practice.reports import reports

    answered = sittings.asked_in(history, left.id)
    aside = {report.ticket for report in reports(history)}
    tickets = left.plan.get("tickets")
    assert isinstance(tickets, list)
    return [one for one in tickets if one not in answered and one not in aside]


def resume(
    console: Console,
    history: History,
    left: Sitting,
    tickets: list[str],
    directories: tuple[Path, ...],
) -> int:
    """Go on with a quiz that was cut off."""
    from drill.bank import find_question
    from drill.cli.recording import Recorder
    from drill.cli.sitting import sit
    from drill.drawing import check_ticket, parse_ticket

    chosen = []
    for text in tickets:
        ticket = parse_ticket(text)
        try:
            question = find_question(directories, ticket.question)
            check_ticket(ticket, question)
        except DrillError as error:
            say_error(f"left out: {error}")
            continue
        chosen.append((question, ticket.seed))
    planned = left.plan["tickets"]
    assert isinstance(planned, list)
    done: list[Answered] = []
    upcoming = drawn(chosen, len(planned))
    return sit(console, upcoming, Recorder(history, left.id, "quiz"), done)
