"""drill selftest: prove the bank."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import bank_option, topics_argument

if TYPE_CHECKING:
    from rich.console import Console

    from drill.selftest import Record


@click.command(
    name="selftest",
    short_help="Prove the bank: right answers, questions that discriminate.",
)
@topics_argument
@click.option(
    "--seeds",
    type=click.IntRange(1, 100_000),
    default=20,
    show_default=True,
    help="How many instances of each question.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes (default: one for each processor).",
)
@bank_option
def command(
    topics: tuple[str, ...], seeds: int, jobs: int | None, bank: tuple[Path, ...]
) -> int:
    """Prove the bank: right answers, questions that discriminate.

    Every question is drawn with many seeds and sent through the learner's own path:
    the reference must be accepted however it is given, neighbours and nonsense
    refused, a second route must agree, every mistake must be named as itself.

    Exit code: 0 nothing found, 1 something found.

    \b
    Example:
      drill selftest
      drill selftest cnn-sizes --seeds 200
    """
    from drill.bank import load_bank
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories
    from drill.selftest import certify_bank, jobs_default

    directories = bank_directories(bank)
    loaded = load_bank(directories, topics or None)
    start = time.perf_counter()
    records = _watch(
        certify_bank(loaded, directories, seeds, jobs or jobs_default()),
        len(loaded.questions),
        console := make_console(),
    )
    from drill.screen.certificate import certificate, verdict

    order = {question.id: place for place, question in enumerate(loaded.questions)}
    records.sort(key=lambda record: order[record.question])
    console.print(certificate(records))
    console.print(verdict(records, time.perf_counter() - start))
    return 1 if any(record.findings for record in records) else 0


def _watch(stream: Iterator[Record], total: int, console: Console) -> list[Record]:
    """Print findings as they come, above a progress bar on a terminal."""

    from drill.screen.certificate import finding

    records: list[Record] = []

    def note(record: Record) -> None:
        records.append(record)
        for found in record.findings:
            for line in finding(found):
                console.print(line)

    if not sys.stderr.isatty():
        for record in stream:
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
        for record in stream:
            note(record)
            progress.advance(task)
    return records
