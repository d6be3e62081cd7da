"""Finding what was handed in: which file answers which ticket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drill.answer import SUFFIXES
from drill.drawing import Ticket, find_ticket

MAX_ENTRIES = 100_000
_NOISE = ("__MACOSX", "Thumbs.db", "desktop.ini")

HOW = (
    "which ticket is it for? Give --ticket, or name the file or its folder by the"
    " ticket, such as conv-output-size@7-3673.npy"
)


@dataclass(frozen=True)
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
    """

    path: Path
    ticket: Ticket | None
    problem: str = ""
    trusted: bool = True


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
            yield Handed(path, ticket or find_ticket(_own_name(path)))
        else:
            found = list(_inside(path, deeper=True))
            yield from found or [Handed(path, None, f"nothing to grade: {HOW}")]


def _own_name(folder: Path) -> str:
    return folder.resolve().name if folder.name in ("", "..") else folder.name


def _folder(path: Path) -> str:
    return Path(os.path.abspath(path)).parent.name  # noqa: PTH100 - keeps links


def _inside(folder: Path, *, deeper: bool) -> Iterator[Handed]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (entry for entry, _ in zip(entries, range(MAX_ENTRIES), strict=False)),
                key=lambda entry: os.fsencode(entry.name),
            )
    except OSError as error:
        yield Handed(folder, None, error.strerror or "cannot be opened")
        return
    for entry in found:
        if entry.name.startswith(".") or entry.name in _NOISE:
            continue
        path = Path(entry.path)
        ticket = find_ticket(entry.name)
        if entry.is_dir(follow_symlinks=False):
            if ticket:
                yield Handed(path, ticket, trusted=False)
            elif deeper:
                yield from _inside(path, deeper=False)
        elif ticket or path.suffix in SUFFIXES:
            yield Handed(path, ticket, "" if ticket else HOW, trusted=False)
