"""Marking a class: here, in several processes, or on a cluster; the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from drill.classroom.journal import encode
from drill.classroom.opening import put_away, tools
from drill.classroom.placing import Submission
from drill.classroom.records import safely
from drill.processes import PROGRAM, batches, in_processes

Task = tuple[str, Submission]


def mark_batch(directories: tuple[Path, ...], batch: list[Task]) -> bytes:
    """Mark some submissions: a line of the journal for each."""
    opener, worker = tools(directories)
    return b"".join(
        encode(safely(submission, key, opener, worker)) for key, submission in batch
    )


def mark_here(
    directories: tuple[Path, ...], tasks: Iterable[Task]
) -> Iterator[tuple[int, bytes]]:
    """Mark in this process, one at a time; yield how many and their lines."""
    try:
        for task in tasks:
            yield 1, mark_batch(directories, [task])
    finally:
        put_away()


def mark_in_processes(
    directories: tuple[Path, ...], tasks: Iterable[Task], jobs: int
) -> Iterator[tuple[int, bytes]]:
    """Mark in several processes; yield as it is done, so that it is soon kept."""
    work = partial(mark_batch, directories)
    cut = batches(tasks, weigh=_weight)
    for batch, lines in in_processes(work, cut, jobs, leave=put_away):
        yield len(batch), lines


def _weight(task: Task) -> int:
    _, submission = task
    programs = sum(piece.entry.name.endswith(".py") for piece in submission.pieces)
    return max(1, PROGRAM * programs)
