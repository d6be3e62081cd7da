"""A progress bar on standard error, where a person is looking."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T")


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Yield items, showing how far it is and how long it still takes."""
    if total is None and isinstance(items, Sized):
        total = len(items)
    if not sys.stderr.isatty() or not total:
        yield from items
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from drill.cli.terminal import make_console

    columns = (
        TextColumn(what, markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=make_console(sys.stderr), transient=True) as bar:
        yield from bar.track(items, total=total)
