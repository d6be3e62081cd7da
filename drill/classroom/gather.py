"""Finding what was handed in: which file answers which ticket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from drill.answer import SUFFIXES
from drill.drawing import Ticket, find_ticket

MAX_ENTRIES = 100_000
_NOISE = ("__MACOSX", "Thumbs.db", "desktop.ini")

HOW = (
    "which ticket is it for? Give --ticket, or name the file or its folder by the"
    " ticket, such as conv-output-size@7-3673.npy"
)


@dataclass(frozen=True, slots=True)
class Handed:
    """One thing handed in.

    Attributes
    ----------
    path : Path
        A file, or a folder named by its ticket.
    ticket : Ticket or None
    problem : str
        Why it cannot be graded; empty when it can be tried.
    trusted : bool
        Whether the person named this very path; links are followed only then.
    folder : bool
        Whether it was a folder when it was found.
    """

    path: Path
    ticket: Ticket | None
    problem: str = ""
    trusted: bool = True
    folder: bool = False


def gather(paths: list[Path], ticket: Ticket | None) -> Iterator[Handed]:
    """List what the paths hold, in the order given and then by name.

    Parameters
    ----------
    paths : list of Path
        Files, folders named by a ticket, or folders of either.
    ticket : Ticket or None
        Given on the command line: it goes before names.
    """
    for path in paths:
        own = ticket or find_ticket(path.stem) or find_ticket(_folder(path))
        if not path.is_dir():
            yield Handed(path, own, "" if own else HOW)
        elif ticket or find_ticket(_own_name(path)):
            yield Handed(path, ticket or find_ticket(_own_name(path)), folder=True)
        else:
            found = _inside(path, deeper=True)
            first = next(found, Handed(path, None, f"nothing to grade: {HOW}"))
            yield from chain([first], found)


def _own_name(folder: Path) -> str:
    return folder.resolve().name if folder.name in ("", "..") else folder.name


def _folder(path: Path) -> str:
    return Path(os.path.abspath(path)).parent.name  # noqa: PTH100 - keeps links


def _inside(folder: Path, *, deeper: bool) -> Iterator[Handed]:
    names: list[bytes] = []
    folders: set[bytes] = set()
    try:
        # Bare names: a class may fill a folder, and entries are four times as large.
        with os.scandir(os.fsencode(folder)) as entries:
            for entry in islice(entries, MAX_ENTRIES):
                names.append(entry.name)
                if entry.is_dir(follow_symlinks=False):
                    folders.add(entry.name)
            more = next(entries, None) is not None
        names.sort()
    except OSError as error:
        yield Handed(folder, None, error.strerror or "cannot be opened")
        return
    for raw in names:
        name = os.fsdecode(raw)
        if name.startswith(".") or name in _NOISE:
            continue
        path, ticket = folder / name, find_ticket(name)
        if raw in folders:
            if ticket:
                yield Handed(path, ticket, trusted=False, folder=True)
            elif deeper:
                yield from _inside(path, deeper=False)
        elif ticket or path.suffix in SUFFIXES:
            yield Handed(path, ticket, "" if ticket else HOW, trusted=False)
    if more:
        yield Handed(
            folder,
            None,
            f"it has more than {MAX_ENTRIES:,} entries, and some were not looked at:"
            " divide it among several folders",
        )
