"""Work in several processes: bounded, in order if wanted, whatever dies.

The standard library's pools share a pipe and its lock among their processes: one that
is killed while it writes leaves the others, and us, waiting for ever.  Here each has a
pipe of its own, which ends with it.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from traceback import format_exc
from typing import Generic, TypeVar

from drill.errors import UsageError

T = TypeVar("T")
R = TypeVar("R")
BATCH, PROGRAM = 64, 16
"""How many small arrays are a batch, and as how many of them a program counts."""
MOST_DEATHS = 5
HELD = 8
"""Batches for each process that are worked on or wait for their turn: one that takes
long must not let the others pile up."""
PATIENCE = 0.1
"""Seconds for which nobody looks whether to stop."""


def batches(
    tasks: Iterable[T], size: int = BATCH, weigh: Callable[[T], int] = lambda _: 1
) -> Iterator[list[T]]:
    """Cut into batches that weigh about the same.

    Examples
    --------
    >>> list(batches(range(1, 6), 4, lambda number: number))
    [[1, 2, 3], [4], [5]]
    """
    batch: list[T] = []
    weight = 0
    for task in tasks:
        batch.append(task)
        weight += weigh(task)
        if weight >= size:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def in_processes(
    work: Callable[[list[T]], R],
    batches: Iterable[list[T]],
    jobs: int,
    *,
    in_order: bool = False,
    watch: Callable[[], None] | None = None,
    leave: Callable[[], None] | None = None,
) -> Iterator[tuple[list[T], R]]:
    """Work on batches in several processes; one that dies costs its batch another try.

    However many batches there are, a bounded number of them is in memory.

    Parameters
    ----------
    work : callable
        A module's function, or a `partial` of one.
    batches : iterable of list
    jobs : int
        How many processes.
    in_order : bool
        Whether what comes of the batches comes in their order; else as it is done.
    watch : callable, optional
        Called again and again here, while there is nothing else to do.
    leave : callable, optional
        A module's function that each process calls before it ends.

    Yields
    ------
    tuple of list and object
        A batch, and what came of it.

    Raises
    ------
    UsageError
        When processes die on one batch again and again, or cannot be started.
    """
    left = enumerate(batches)
    again: list[tuple[int, list[T]]] = []
    done: dict[int, tuple[list[T], R]] = {}
    deaths: Counter[int] = Counter()
    told = 0
    idle: list[_Process[T, R]] = []
    busy: dict[Connection, _Process[T, R]] = {}

    def died(process: _Process[T, R]) -> None:
        process.end()
        place, _ = process.task
        deaths[place] += 1
        if deaths[place] == MOST_DEATHS:
            raise UsageError(
                "the processes die again and again: is there enough memory? Try"
                " --jobs 1"
            )
        again.append(process.task)
        again.sort(key=lambda task: task[0], reverse=True)

    try:
        while True:
            while (
                len(busy) < jobs
                and len(busy) + len(done) < HELD * jobs
                and (task := again.pop() if again else next(left, None))
            ):
                process = idle.pop() if idle else _Process(work, leave)
                process.task = task
                busy[process.pipe] = process
                try:
                    process.pipe.send(task[1])
                except OSError:
                    died(busy.pop(process.pipe))
            before = told
            # The others work on while these are told.
            for place in sorted(done):
                if place == told or not in_order:
                    yield done.pop(place)
                    told += 1
            if not busy and told == before:
                return
            if watch:
                watch()
            ready = wait([*busy], PATIENCE if watch else None) if busy else []
            for pipe in [pipe for pipe in busy if pipe in ready]:
                process = busy.pop(pipe)
                try:
                    found, error = process.pipe.recv()
                except (EOFError, OSError):
                    died(process)
                    continue
                idle.append(process)
                if error is not None:
                    raise error
                place, batch = process.task
                done[place] = batch, found
    finally:
        # Nobody who is interrupted waits for a batch of programs.
        for process in busy.values():
            process.end()
        for process in idle:
            process.close()


class _Process(Generic[T, R]):
    """A process that works on one batch after the other, and what it works on."""

    task: tuple[int, list[T]]

    def __init__(
        self, work: Callable[[list[T]], R], leave: Callable[[], None] | None
    ) -> None:
        # Sent to only while it waits: else both might wait for the other to read.
        self.pipe, theirs = Pipe()
        # A fork would share the sandbox's pipes.
        self._process = get_context("spawn").Process(
            target=_serve, args=(work, theirs, leave), daemon=True
        )
        try:
            with _uninterrupted():
                self._process.start()
        except OSError as error:
            raise UsageError(
                f"no more processes can be started ({error.strerror}): try --jobs 1"
            ) from None
        theirs.close()

    def close(self) -> None:
        """Let it end."""
        self.pipe.close()
        self._process.join()

    def end(self) -> None:
        """End it now."""
        self._process.terminate()
        self.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off: a process that is starting would answer with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    # Else it starts with the first process, and lets the signal through.
    ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    work: Callable[[list[T]], R], pipe: Connection, leave: Callable[[], None] | None
) -> None:
    """Work on what comes until the pipe ends, or the first process with it."""
    # Ctrl-C is that one's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            pipe.send(_answer(work, pipe.recv()))
    except (EOFError, OSError):
        return
    finally:
        if leave:
            leave()


def _answer(
    work: Callable[[list[T]], R], batch: list[T]
) -> tuple[R | None, Exception | None]:
    try:
        return work(batch), None
    except Exception as error:  # raised again where it is reported
        error.add_note(format_exc())
        return None, error
