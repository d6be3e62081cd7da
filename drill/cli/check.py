"""drill check: grade answers that were saved to files."""

from __future__ import annotations

import os
import stat
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.files import write_whole
from drill.cli.options import Whole, bank_option, complete_tickets
from drill.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from drill.classroom import Handed, Mark
    from drill.screen.marks import Tally, Written

HEAVY = 8192
"""So many bytes count as one small array more."""


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
@click.option(
    "--jobs", type=Whole(1, 256), default=1, show_default=True,
    help="How many processes grade.",
)  # fmt: skip
@bank_option
def command(
    paths: tuple[Path, ...],
    ticket: str | None,
    answer: str | None,
    solution: bool,
    json_path: Path | None,
    github: bool,
    jobs: int,
    bank: tuple[Path, ...],
) -> int:
    """Grade answers that were saved to files.

    A PATH is a file with one array (.npy, .npz, .csv, .tsv, .json), with text (.txt)
    or a program (.py), a folder made by `drill new`, or a folder of either. The ticket
    is taken from --ticket, from the file's name, or from its folder's name. Of more
    than 20 answers, those that are not right are listed, and the rest is counted.
    The marks are the same with every number of --jobs.

    Exit code: 0 right, 1 wrong, 2 could not be graded.

    \b
    Example:
      drill check answer.npy
      drill check --ticket conv-output-size@7-3673 --answer 12
      drill check answers --jobs 4 --json marks.json
    """
    from drill.classroom import gather, mark, mark_text
    from drill.classroom.opening import put_away, tools
    from drill.cli.terminal import make_console
    from drill.drawing import parse_ticket
    from drill.locate import bank_directories
    from drill.screen.marks import Tally, github_line, marks_json, written

    given = parse_ticket(ticket) if ticket else None
    directories = bank_directories(bank)
    console = make_console()
    tally = Tally()
    annotations: list[str] = []
    # One answer is shown in full; whatever is more is written and forgotten.
    alone: list[Mark] = []
    marks: Iterator[Written]

    def tallied(marks: Iterable[Written]) -> Iterator[Written]:
        for found in marks:
            tally.add(found)
            if github and found.exit_code:
                annotations.append(github_line(found))
            yield found

    data = json_path is not None
    opener, worker = tools(directories)
    try:
        if answer is not None:
            if given is None or paths:
                raise UsageError("--answer goes with --ticket and without files")
            alone = [mark_text(opener.open(given), given, answer, worker)]
            marks = (written(one, data=data) for one in alone)
        elif paths:
            handed = gather(list(paths), given)
            start = list(islice(handed, 2))
            if len(start) == 1:
                alone = list(mark(start[0], opener.open, worker))
                marks = (written(one, data=data) for one in alone)
            else:
                marks = _marks(chain(start, handed), directories, jobs, data)
        else:
            raise UsageError(
                "nothing to check: name a file or a folder, or give --answer"
            )
        if json_path is None:
            deque(tallied(marks), maxlen=0)
        elif str(json_path) == "-":
            for piece in marks_json(tallied(marks)):
                console.file.write(piece)
        else:
            write_whole(json_path, marks_json(tallied(marks)))
    finally:
        put_away()
    if str(json_path) != "-":
        _show(console, tally, alone, solution=solution)
    for line in annotations:
        click.echo(line)
    return tally.exit_code


def write_batch(
    directories: tuple[Path, ...], data: bool, batch: Iterable[Handed]
) -> list[Written]:
    """Grade some of what was handed in, and put the marks into words."""
    return list(_here(directories, data, batch))


def _here(
    directories: tuple[Path, ...], data: bool, handed: Iterable[Handed]
) -> Iterator[Written]:
    from drill.classroom import mark
    from drill.classroom.opening import tools
    from drill.screen.marks import written

    opener, worker = tools(directories)
    return (
        written(found, data=data)
        for one in handed
        for found in mark(one, opener.open, worker)
    )


def _marks(
    handed: Iterable[Handed], directories: tuple[Path, ...], jobs: int, data: bool
) -> Iterator[Written]:
    """Grade in this process or in several, in order.

    Fewer than two batches are not worth a process.
    """
    if jobs == 1:
        yield from _here(directories, data, handed)
        return
    from drill.classroom.opening import put_away
    from drill.processes import batches, in_processes

    work = partial(write_batch, directories, data)
    for mine, some in groupby(handed, _only_here):
        cut = batches(some, weigh=_weight)
        start = list(islice(cut, 2))
        if mine or len(start) < 2:
            yield from _here(directories, data, chain.from_iterable(chain(start, cut)))
        else:
            for _, found in in_processes(
                work, chain(start, cut), jobs, in_order=True, leave=put_away
            ):
                yield from found


def _weight(handed: Handed) -> int:
    """Tell how long it takes, and how much there is to write, in small arrays."""
    from drill.processes import PROGRAM

    if handed.folder or handed.path.suffix == ".py":
        return PROGRAM
    try:
        return 1 + os.lstat(handed.path).st_size // HEAVY
    except (OSError, ValueError):
        return 1


def _only_here(handed: Handed) -> bool:
    """Tell whether it may be a pipe that only this process has."""
    if handed.folder or not handed.trusted:
        return False
    try:
        return not stat.S_ISREG(os.lstat(handed.path).st_mode)
    except (OSError, ValueError):
        return True


def _show(console: Console, tally: Tally, alone: list[Mark], *, solution: bool) -> None:
    from drill.cli.asking import show_lines
    from drill.screen import marks as screen

    if len(alone) == 1:
        (mark,) = alone
        show_lines(console, screen.full(mark, solution=solution))
        problem = screen.problem(mark)
        if problem:
            sys.stderr.write(f"drill: {problem}\n")
    else:
        show_lines(console, screen.rows(tally))
