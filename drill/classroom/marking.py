"""Marking a class: here, in several processes, or on a cluster; the same bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from drill.classroom.journal import encode
from drill.classroom.placing import Submission
from drill.classroom.records import Opener, safely
from drill.errors import UsageError
from drill.sandbox import Worker

Task = tuple[str, Submission]
BATCH = 64
MOST_DEATHS = 5

_ready: tuple[tuple[Path, ...], Opener, Worker] | None = None


def mark_batch(directories: tuple[Path, ...], batch: list[Task]) -> bytes:
    """Mark some submissions: a line of the journal for each.

    A process keeps its opener and its worker from batch to batch.
    """
    global _ready
    if _ready is None or _ready[0] != directories:
        _ready = (directories, Opener(directories), Worker())
    _, opener, worker = _ready
    return b"".join(
        encode(safely(submission, key, opener, worker)) for key, submission in batch
    )


def close_worker() -> None:
    """End the process that ran programs here, if there is one."""
    global _ready
    if _ready is not None:
        _ready[2].close()
        _ready = None


def mark_here(
    directories: tuple[Path, ...], tasks: Iterable[Task]
) -> Iterator[tuple[int, bytes]]:
    """Mark in this process, one at a time; yield how many and their lines."""
    try:
        for task in tasks:
            yield 1, mark_batch(directories, [task])
    finally:
        close_worker()


def batches(tasks: Iterable[Task], size: int = BATCH) -> Iterator[list[Task]]:
    """Cut into batches."""
    left = iter(tasks)
    while batch := list(islice(left, size)):
        yield batch


def mark_in_processes(
    directories: tuple[Path, ...], tasks: Iterable[Task], jobs: int
) -> Iterator[tuple[int, bytes]]:
    """Mark in several processes; a process that dies costs its batch another try.

    Raises
    ------
    UsageError
        When processes die again and again.
    """
    pending = batches(tasks)
    again: list[list[Task]] = []
    for _ in range(MOST_DEATHS):
        running: dict[Future[bytes], list[Task]] = {}
        # A fork would share the sandbox's pipes.
        context = get_context("spawn")
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_quiet) as pool:
            try:
                while True:
                    while len(running) < 2 * jobs:
                        batch = again.pop() if again else next(pending, None)
                        if batch is None:
                            break
                        running[pool.submit(mark_batch, directories, batch)] = batch
                    if not running:
                        return
                    done, _rest = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        lines = future.result()
                        yield len(running.pop(future)), lines
            except BrokenProcessPool:
                again += running.values()
    raise UsageError("the marking processes die again and again: try without --jobs")


def _quiet() -> None:
    """Leave Ctrl-C to the first process; end the sandbox with this one."""
    import atexit
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(close_worker)


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
