"""drill class mark: mark what a class handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import Whole, bank_option
from drill.cli.stdio import say_error
from drill.errors import UsageError
from drill.visible import counted, shown

if TYPE_CHECKING:
    from drill.classroom.deal import Deal
    from drill.classroom.layouts import Found
    from drill.classroom.marking import Task
    from drill.classroom.placing import Deadline, Unplaced

LISTED = 10


@click.command(
    name="mark", short_help="Mark what a class handed in; goes on where it was stopped."
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(path_type=Path, exists=True),
)
@click.option(
    "--deal", "deal_path", metavar="FILE", type=click.Path(path_type=Path, exists=True),
    help="The deal.json that `drill class deal` wrote, or its folder.",
)  # fmt: skip
@click.option(
    "-o", "--output", "output", required=True, metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the marks, as JSON lines.",
)  # fmt: skip
@click.option(
    "--layout",
    type=click.Choice(
        ["gradescope", "moodle", "canvas", "nbgrader", "github", "folders", "files"]
    ),
    help="How the export is packed (default: told from its names).",
)
@click.option(
    "--deadline", metavar="TIME",
    help="Flag what came later, such as '2026-11-20 23:59 Europe/Berlin'; without a"
    " zone it is this machine's.",
)  # fmt: skip
@click.option(
    "--jobs", type=Whole(1, 256), default=1, show_default=True,
    help="How many processes mark.",
)  # fmt: skip
@click.option(
    "--cluster", metavar="ADDRESS",
    help="Mark on Dask: local:2 starts two workers here, tcp://HOST:8786 uses a"
    " scheduler that runs.",
)  # fmt: skip
@bank_option
def command(
    paths: tuple[Path, ...],
    deal_path: Path | None,
    output: Path,
    layout: str | None,
    deadline: str | None,
    jobs: int,
    cluster: str | None,
    bank: tuple[Path, ...],
) -> None:
    """Mark what a class handed in.

    A PATH is a folder or a zip, as Gradescope, Moodle, Canvas, GitHub Classroom or
    nbgrader give it, or a folder for each student as `drill class deal` makes. A bad
    file never stops the rest. Stop it at any moment and run it again: it goes on, and
    the marks are the same. It exits with 0 whatever the marks are.

    \b
    Example:
      drill class mark submissions.zip --deal week3/deal.json -o marks.jsonl
      drill class mark export --deal week3 -o marks.jsonl --jobs 4
    """
    from drill.classroom.deal import DEAL_FILE, read_deal
    from drill.classroom.journal import Journal
    from drill.classroom.opening import Opener
    from drill.classroom.placing import place
    from drill.classroom.records import key_of
    from drill.cli.progress import progress
    from drill.locate import bank_directories

    if cluster and jobs != 1:
        raise UsageError("--jobs and --cluster exclude each other")
    deal: Deal | None = None
    if deal_path is not None:
        deal = read_deal(deal_path / DEAL_FILE if deal_path.is_dir() else deal_path)
    until = read_deadline(deadline)
    directories = bank_directories(bank)
    opener = Opener(directories)
    submissions, unplaced = place(found(paths, deal, layout), deal, opener.load, until)
    if not submissions:
        tell_unplaced(unplaced)
        raise UsageError(f"nothing to mark in {shown(str(paths[0]))}")
    with Journal(output) as journal:
        keys: list[str] = []

        def todo() -> Iterator[Task]:
            seen: set[str] = set()
            for submission in submissions:
                key = key_of(submission, opener.load)
                keys.append(key)
                if key not in journal and key not in seen:
                    seen.add(key)
                    yield key, submission
                else:
                    kept[0] += 1

        kept = [0]
        done = marked(directories, todo(), jobs, cluster)
        for lines in progress(counting(done, kept), "marking", len(submissions)):
            if lines:
                journal.add(lines)
        journal.finish(keys)
    tell(output, unplaced, kept[0], until)


def found(
    paths: Iterable[Path], deal: Deal | None, layout: str | None
) -> Iterator[Found]:
    """List every path, saying what it was taken for."""
    from drill.classroom.export import open_export
    from drill.classroom.layouts import recognise

    known = None if deal is None else (lambda key: deal.find(key) is not None)
    for path in paths:
        export = open_export(path)
        for place, reason in export.refused[:LISTED]:
            say_error(f"{place}: left out, {reason}")
        if len(export.refused) > LISTED:
            say_error(f"and {len(export.refused) - LISTED} more left out")
        name, inside = recognise(export, known, layout or "")
        say_error(f"{shown(str(path))}: {name}, {counted(len(export.entries), 'file')}")
        yield from inside


def marked(
    directories: tuple[Path, ...],
    tasks: Iterator[Task],
    jobs: int,
    cluster: str | None,
) -> Iterator[tuple[int, bytes]]:
    """Mark where it is wanted."""
    from drill.classroom.marking import mark_here, mark_in_processes

    if cluster:
        from drill.classroom.cluster import mark_on_cluster

        return mark_on_cluster(directories, tasks, cluster)
    if jobs > 1:
        return mark_in_processes(directories, tasks, jobs)
    return mark_here(directories, tasks)


def counting(done: Iterator[tuple[int, bytes]], kept: list[int]) -> Iterator[bytes]:
    """Yield lines, and nothing for each further submission: the bar counts those."""
    told = 0
    for count, lines in done:
        yield lines
        extra = count - 1 + kept[0] - told
        told = kept[0]
        for _ in range(extra):
            yield b""
    for _ in range(kept[0] - told):
        yield b""


def read_deadline(text: str | None) -> Deadline:
    """Read ``--deadline``; say which zone it is taken in.

    Raises
    ------
    UsageError
        When it is no time.
    """
    from drill.classroom.layouts.found import read_time
    from drill.classroom.placing import Deadline

    local = datetime.now().astimezone().tzinfo
    assert local is not None
    if text is None:
        return Deadline(None, local)
    when = read_time(text)
    if when is None:
        raise UsageError(
            f"--deadline '{shown(text, 60)}' is no time: write it as"
            " '2026-11-20 23:59 Europe/Berlin' or 2026-11-20T23:59+01:00"
        )
    if when.tzinfo is None:
        when = when.replace(tzinfo=local)
    zone = when.tzinfo
    assert zone is not None
    say_error(f"deadline: {when:%Y-%m-%d %H:%M} ({when.tzname()}, UTC{when:%z})")
    return Deadline(when, zone)


def tell(output: Path, unplaced: list[Unplaced], kept: int, until: Deadline) -> None:
    """Say what became of the class, in a few lines."""
    from drill.classroom.journal import read_marks

    outcomes: Counter[str] = Counter()
    late: set[str] = set()
    students: set[str] = set()
    for record in read_marks(output):
        outcomes[record.outcome] += 1
        students.add(record.student)
        if record.late:
            late.add(record.student)
    counts = ", ".join(f"{number:,} {name}" for name, number in outcomes.most_common())
    click.echo(f"{shown(str(output))}: {counted(len(students), 'student')}, {counts}")
    if late:
        click.echo(f"{len(late):,} handed in late")
    if kept:
        click.echo(f"{kept:,} submissions were marked before and are unchanged")
    tell_unplaced(unplaced)
    click.echo(f"\nNext:  drill class report {shown(str(output))}", err=True)


def tell_unplaced(unplaced: list[Unplaced]) -> None:
    """List what nobody can place, on standard error."""
    for one in unplaced[:LISTED]:
        say_error(f"{one.place}: not marked, {one.reason}")
    if len(unplaced) > LISTED:
        say_error(f"and {len(unplaced) - LISTED:,} more that were not marked")
