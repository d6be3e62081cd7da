"""drill check: grade answers that were saved to files."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.files import write_whole
from drill.cli.options import bank_option, complete_tickets
from drill.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from drill.bank import Question
    from drill.classroom import Mark
    from drill.drawing import Instance, Ticket
    from drill.screen.marks import Tally


@click.command(name="check", short_help="Grade answers that were saved to files.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--ticket",
    metavar="TICKET",
    shell_complete=complete_tickets,
    help="The ticket the answers are for.",
)
@click.option("--answer", metavar="TEXT", help="Grade this text; needs --ticket.")
@click.option("--solution", is_flag=True, help="Show the worked solution too.")
@click.option(
    "--json",
    "json_path",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the marks as JSON to FILE (- for standard output).",
)
@click.option(
    "--github", is_flag=True, help="End with annotations for GitHub at the files."
)
@bank_option
def command(
    paths: tuple[Path, ...],
    ticket: str | None,
    answer: str | None,
    solution: bool,
    json_path: Path | None,
    github: bool,
    bank: tuple[Path, ...],
) -> int:
    """Grade answers that were saved to files.

    A PATH is a file with one array (.npy, .npz, .csv, .tsv, .json), with text (.txt)
    or a program (.py), a folder made by `drill new`, or a folder of either. The ticket
    is taken from --ticket, from the file's name, or from its folder's name. Of more
    than 20 answers, those that are not right are listed, and the rest is counted.

    Exit code: 0 right, 1 wrong, 2 could not be graded.

    \b
    Example:
      drill check answer.npy
      drill check --ticket conv-output-size@7-3673 --answer 12
    """
    from drill.classroom import gather, mark, mark_text
    from drill.cli.terminal import make_console
    from drill.drawing import parse_ticket
    from drill.sandbox import Worker
    from drill.screen.marks import Tally, github_line, marks_json

    given = parse_ticket(ticket) if ticket else None
    opener = _opener(bank)
    console = make_console()
    tally = Tally()
    annotations: list[str] = []

    def tallied(marks: Iterable[Mark]) -> Iterator[Mark]:
        for found in marks:
            tally.add(found)
            if github and found.exit_code:
                annotations.append(github_line(found))
            yield found

    with Worker() as worker:
        if answer is not None:
            if given is None or paths:
                raise UsageError("--answer goes with --ticket and without files")
            marks = iter([mark_text(opener(given), given, answer, worker)])
        elif paths:
            handed = gather(list(paths), given)
            marks = (found for one in handed for found in mark(one, opener, worker))
        else:
            raise UsageError(
                "nothing to check: name a file or a folder, or give --answer"
            )
        # A class's marks are written and forgotten, one by one.
        if json_path is None:
            deque(tallied(marks), maxlen=0)
        elif str(json_path) == "-":
            for piece in marks_json(tallied(marks)):
                console.file.write(piece)
        else:
            write_whole(json_path, marks_json(tallied(marks)))
    if str(json_path) != "-":
        _show(console, tally, solution=solution)
    for line in annotations:
        click.echo(line)
    return tally.exit_code


def _opener(bank: tuple[Path, ...]) -> Callable[[Ticket], Instance]:
    """Return a function that opens tickets.

    A class hands in many tickets of few questions: each question is loaded once, and
    a ticket that comes again soon is not drawn again.
    """
    from drill.bank import find_question
    from drill.drawing import check_ticket, draw
    from drill.locate import bank_directories

    directories = bank_directories(bank)

    @cache
    def load(question: str) -> Question:
        return find_question(directories, question)

    @lru_cache(maxsize=256)
    def open_ticket(ticket: Ticket) -> Instance:
        question = load(ticket.question)
        check_ticket(ticket, question)
        return draw(question, ticket.seed)

    return open_ticket


def _show(console: Console, tally: Tally, *, solution: bool) -> None:
    from drill.cli.asking import show_lines
    from drill.screen import marks as screen

    if tally.counts.total() == 1:
        (mark,) = tally.first
        show_lines(console, screen.full(mark, solution=solution))
        problem = screen.problem(mark)
        if problem:
            sys.stderr.write(f"drill: {problem}\n")
    else:
        show_lines(console, screen.rows(tally))
