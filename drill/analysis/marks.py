"""Marks from a file: one line at a time, so that a million need no memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from drill.errors import UsageError
from drill.visible import shown

VERSION = 1
LONGEST = 1 << 20


class Marked(msgspec.Struct, frozen=True):
    """What a line of ``marks.jsonl`` says of one part; further fields are let be."""

    version: int
    student: str
    name: str
    ticket: str
    question: str
    topic: str
    part: str
    outcome: str
    score: float
    mistakes: tuple[str, ...] = ()
    says: str = ""
    read: str = ""
    answer: str = ""
    expected: str = ""
    late: bool = False
    dealt_to: tuple[str, ...] = ()


def read_marks(path: Path) -> Iterator[Marked]:
    """Yield the marks of a file.

    Raises
    ------
    UsageError
        When it cannot be read, or a line is no mark; with its line.
    """
    name = shown(str(path), 200)
    decode = msgspec.json.Decoder(Marked).decode
    try:
        with path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
                try:
                    mark = decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    raise UsageError(
                        f"{name}, line {number}, is no mark: name the file that `drill"
                        " class mark -o` wrote"
                    ) from None
                if mark.version > VERSION:
                    raise UsageError(
                        f"{name}, line {number}, is of version {mark.version}; this"
                        f" drill reads version {VERSION}: upgrade it"
                    )
                yield mark
    except OSError as error:
        raise UsageError(f"'{name}' cannot be read: {error.strerror}") from None
