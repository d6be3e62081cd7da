"""Work in several processes: bounded, in order if wanted, whatever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import TypeVar

from drill.classroom.opening import put_away
from drill.errors import UsageError

T = TypeVar("T")
R = TypeVar("R")
BATCH, PROGRAM = 64, 16
"""How many small arrays are a batch, and as how many of them a program counts."""
MOST_DEATHS = 5
AHEAD, HELD = 2, 8
"""Batches for each process that are being marked, and with those that wait for their
turn: one that takes long must not let the others pile up."""


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
) -> Iterator[tuple[list[T], R]]:
    """Work on batches in several processes; one that dies costs them another try.

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

    Yields
    ------
    tuple of list and object
        A batch, and what came of it.

    Raises
    ------
    UsageError
        When processes die again and again, or cannot be started.
    """
    left = enumerate(batches)
    again: list[tuple[int, list[T]]] = []
    held: dict[int, tuple[list[T], R]] = {}
    told = 0
    for _ in range(MOST_DEATHS):
        running: dict[Future[R], tuple[int, list[T]]] = {}
        with _pool(jobs) as pool:
            try:
                while True:
                    while (
                        len(running) < AHEAD * jobs
                        and len(running) + len(held) < HELD * jobs
                        and (task := again.pop() if again else next(left, None))
                    ):
                        # Taken back when the pool turns out to be broken.
                        again.append(task)
                        future = _submitted(pool, work, task[1])
                        running[future] = again.pop()
                    if not running:
                        return
                    done, _rest = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        found = future.result()
                        place, batch = running.pop(future)
                        if in_order:
                            held[place] = batch, found
                        else:
                            yield batch, found
                    while told in held:
                        yield held.pop(told)
                        told += 1
            except BrokenProcessPool:
                # The last goes first, so that nothing that is held waits for long.
                again = sorted(
                    [*again, *running.values()], key=lambda task: task[0], reverse=True
                )
    raise UsageError(
        "the marking processes die again and again: is there enough memory? Try"
        " without --jobs"
    )


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes, and end them at once when we are not to go on."""
    others = {*active_children()}
    try:
        # A fork would share the sandbox's pipes.
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), _prepare)
    except OSError as error:
        raise _unstarted(error) from None
    try:
        yield pool
    except BaseException:
        # What is on its way may be a batch of programs that take their time.
        pool.shutdown(wait=False, cancel_futures=True)
        for process in {*active_children()} - others:
            process.terminate()
        raise
    pool.shutdown()


def _submitted(
    pool: ProcessPoolExecutor, work: Callable[[list[T]], R], batch: list[T]
) -> Future[R]:
    # A process that is only starting would answer Ctrl-C with a traceback of its own.
    mask = getattr(signal, "pthread_sigmask", lambda *_: ())
    before = mask(getattr(signal, "SIG_BLOCK", 0), [signal.SIGINT])
    try:
        return pool.submit(work, batch)
    except OSError as error:
        raise _unstarted(error) from None
    finally:
        mask(getattr(signal, "SIG_SETMASK", 0), before)


def _unstarted(error: OSError) -> UsageError:
    return UsageError(
        f"no more processes can be started ({error.strerror}): try without --jobs"
    )


def _prepare() -> None:
    """Leave Ctrl-C to the first process; end with it, and the sandbox with this one."""
    import atexit
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(put_away)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the first process: one that is killed cannot end this one."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
