"""Marking on Dask: the same bytes from workers on this machine or on others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from drill.classroom.marking import Task, mark_batch
from drill.errors import UsageError
from drill.extras import needed
from drill.processes import MOST_DEATHS, batches
from drill.visible import shown

SIZE = 256
AHEAD = 3
_LOCAL = re.compile(r"local(?::([1-9]\d{0,3}))?")


def mark_on_cluster(
    directories: tuple[Path, ...], tasks: Iterable[Task], address: str
) -> Iterator[tuple[int, bytes]]:
    """Mark on a cluster.

    No more than a few batches for each worker are on their way, so that neither side
    holds many.  The scheduler gives the batch of a worker that died to another one.

    Parameters
    ----------
    address : str
        ``local:2`` starts two workers here; else the scheduler's address.

    Raises
    ------
    UsageError
        When Dask is not installed, nobody answers, or the workers cannot mark.
    """
    distributed = needed("distributed", "cluster", "--cluster")
    import dask

    settings = {
        "distributed.scheduler.allowed-failures": MOST_DEATHS,
        "distributed.comm.timeouts.connect": "10s",
        "distributed.logging": {"distributed": "error"},
    }
    with dask.config.set(settings), _client(distributed, address) as client:
        yield from _marked(distributed, client, directories, tasks)


def _client(distributed: Any, address: str) -> Any:
    local = _LOCAL.fullmatch(address)
    if local is not None:
        return distributed.Client(
            n_workers=int(local[1] or 2),
            threads_per_worker=1,
            dashboard_address=None,
            host="127.0.0.1",
            silence_logs=50,
        )
    try:
        return distributed.Client(address, timeout="10s")
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            f"no scheduler answers at '{shown(address, 80)}'"
            f" ({type(error).__name__}): start `dask scheduler` there, or use local:2"
        ) from None


def _marked(
    distributed: Any, client: Any, directories: tuple[Path, ...], tasks: Iterable[Task]
) -> Iterator[tuple[int, bytes]]:
    workers = max(1, sum(client.nthreads().values()))
    absolute = tuple(path.resolve() for path in directories)
    pending = batches(tasks, SIZE)
    running = distributed.as_completed(with_results=False)
    count = 0
    sizes: dict[str, int] = {}

    def send() -> None:
        nonlocal count
        batch = next(pending, None)
        if batch is not None:
            # Impure: two batches are never one, even when they look alike.
            future = client.submit(mark_batch, absolute, batch, pure=False)
            sizes[future.key] = len(batch)
            running.add(future)
            count += 1

    for _ in range(AHEAD * workers):
        send()
    for future in running:
        try:
            lines = future.result()
        except Exception as error:  # whatever a worker raises is pickled to us
            raise UsageError(
                f"the workers cannot mark ({type(error).__name__}:"
                f" {shown(str(error), 120)}): they need the same drill, and must be"
                " able to read the files and the bank"
            ) from None
        yield sizes.pop(future.key), lines
        future.release()
        send()
