"""drill selftest: prove the bank."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drill.cli.options import Whole, bank_option, topics_argument

if TYPE_CHECKING:
    from rich.console import Console

    from drill.bank import Bank
    from drill.selftest import Plan, Record

INTERRUPTED = 130


@click.command(
    name="selftest",
    short_help="Prove the bank: right answers, questions that discriminate.",
)
@topics_argument
@click.option(
    "--seeds",
    type=Whole(1, 100_000),
    default=20,
    show_default=True,
    help="How many instances of each question; 20 and more also show patterns.",
)
@click.option(
    "--jobs",
    type=Whole(1, 256),
    metavar="N",
    help="How many processes (default: one for each processor).",
)
@click.option(
    "--since",
    metavar="REF",
    help="Only questions whose digest differs from the git revision REF.",
)
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the certificate as JSON too; - is standard output, and nothing else.",
)
@click.option(
    "--junit",
    "junit_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write JUnit XML for a CI system too (pip install 'exam-drill[ci]').",
)
@click.option(
    "--github",
    is_flag=True,
    help="End with annotations at the lines of the YAML, for GitHub Actions.",
)
@click.option(
    "--times",
    is_flag=True,
    help="Write times to the files; without them, the same seeds give the same bytes.",
)
@bank_option
def command(
    topics: tuple[str, ...],
    seeds: int,
    jobs: int | None,
    since: str | None,
    json_file: Path | None,
    junit_file: Path | None,
    github: bool,
    times: bool,
    bank: tuple[Path, ...],
) -> int:
    """Prove the bank: right answers, questions that discriminate.

    Every question is drawn with many seeds and sent through the learner's own path:
    the reference must be accepted however it is given, neighbours and nonsense
    refused, a second route must agree, every mistake must be named as itself, and
    nobody may get far by guessing. Each finding has the command that replays it.

    Exit code: 0 nothing found, 1 something found, 130 interrupted (what was done is
    reported).

    \b
    Example:
      drill selftest
      drill selftest cnn-sizes --seeds 200
      drill selftest --since origin/main --github --junit selftest.xml
    """
    from drill.bank import load_bank
    from drill.locate import bank_directories
    from drill.selftest import Plan, chosen, jobs_default

    directories = bank_directories(bank)
    loaded = load_bank(directories, topics or None)
    only = None
    if since is not None:
        from drill.selftest.changed import changed_since

        only = changed_since(loaded, directories, since)
    if junit_file is not None:
        # Better before an hour of work than after it.
        from drill.screen.junit import junit

        junit([], seeds)
    plan = Plan(directories, seeds, jobs or 0, only)
    if jobs is None:
        # Starting processes takes longer than a thousand instances do.
        few = len(chosen(loaded, plan)) * seeds < 1000
        plan = replace(plan, jobs=1 if few else jobs_default())
    folders = [str(folder) for folder in bank]
    piped = [file for file in (json_file, junit_file) if str(file) == "-"]
    if len(piped) > 1:
        raise click.UsageError("only one file can go to standard output")
    return _report(
        loaded, plan, folders, json_file, junit_file, github, times, quiet=bool(piped)
    )


def _report(
    bank: Bank,
    plan: Plan,
    folders: list[str],
    json_file: Path | None,
    junit_file: Path | None,
    github: bool,
    times: bool,
    *,
    quiet: bool,
) -> int:
    from drill.cli.terminal import make_console
    from drill.screen import certificate as screen
    from drill.screen.data import dumps
    from drill.selftest import chosen

    wanted = len(chosen(bank, plan))
    console = make_console(sys.stderr if quiet else sys.stdout)
    start = time.perf_counter()
    with _interruptible() as stopped:
        records = _watch(bank, plan, folders, wanted, console, stopped)
    seconds = time.perf_counter() - start
    if wanted:
        console.print(screen.certificate(records))
        console.print(screen.verdict(records, wanted))
    else:
        console.print("Nothing to examine: no question has changed.")
    _say_speed(records, plan, seconds)
    if json_file is not None:
        data = screen.certificate_data(
            records, wanted, plan.seeds, folders, times=times
        )
        _write(json_file, (dumps(data) + "\n").encode())
    if junit_file is not None:
        from drill.screen.junit import junit

        _write(junit_file, junit(records, plan.seeds, folders, times=times))
    if github:
        for line in screen.github(records, Path.cwd()):
            click.echo(line)
    if screen.interrupted(records, wanted):
        return INTERRUPTED
    return 1 if any(record.findings for record in records) else 0


def _write(path: Path, content: bytes) -> None:
    if str(path) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path.write_bytes(content)


def _say_speed(records: list[Record], plan: Plan, seconds: float) -> None:
    """Say how long it took where it does not mix with the report."""
    instances = sum(record.instances for record in records)
    rate = instances / seconds if seconds else 0.0
    processes = "1 process" if plan.jobs == 1 else f"{plan.jobs} processes"
    sys.stderr.write(
        f"{instances:,} instances in {seconds:.1f} s with {processes}:"
        f" {rate:.0f} a second\n"
    )


@contextmanager
def _interruptible() -> Iterator[Any]:
    """Let the first Ctrl-C ask for an early end, and the second one insist."""
    pressed: list[bool] = []

    def note(*_: object) -> None:
        pressed.append(True)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _watch(
    bank: Bank,
    plan: Plan,
    folders: list[str],
    total: int,
    console: Console,
    stopped: Any,
) -> list[Record]:
    """Print findings as they come, above a progress bar on a terminal."""
    from drill.screen import certificate as screen
    from drill.selftest import certify_bank

    records: list[Record] = []

    def note(record: Record) -> None:
        records.append(record)
        for found in record.findings:
            command = screen.replay(found, record.topic, plan.seeds, folders)
            for line in screen.finding(found, command):
                console.print(line, soft_wrap=True)
        for line in screen.more(record):
            console.print(line, soft_wrap=True)

    if not sys.stderr.isatty():
        for record in certify_bank(bank, plan, stopped):
            note(record)
        return records
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TimeRemainingColumn,
    )

    with Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console,
        transient=True,
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=total)
        for record in certify_bank(bank, plan, stopped):
            note(record)
            progress.advance(task)
    return records
