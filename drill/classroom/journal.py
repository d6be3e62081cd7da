"""The journal of a marking: what is done is kept, whatever stops it.

A line is one submission: a list of its records.  Lines are only ever added, each with
one call of the system, so that a kill loses at most the line that it cut, and the next
run cuts it off.  When all is marked, ``marks.jsonl`` is written whole from the journal,
in the order of the class; what one run finds there serves the next one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from drill.classroom.records import VERSION, Record
from drill.errors import UsageError
from drill.visible import shown

SECONDS_TO_DISK = 1.0
_LONGEST_LINE = 1 << 24


class _Keyed(msgspec.Struct):
    key: str
    version: int


class Journal:
    """Records that are safe as soon as they are added; use it in a ``with`` block.

    Parameters
    ----------
    marks : Path
        The file to make; the journal lies beside it until then.
    """

    def __init__(self, marks: Path) -> None:
        self.marks = marks
        self.path = marks.with_name(f"{marks.name}.journal")
        self._places: dict[bytes, tuple[int, int, int]] = {}
        self._files: list[int] = []
        self._synced = time.monotonic()

    def __enter__(self) -> Self:
        try:
            journal = os.open(
                self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600
            )
        except OSError as error:
            raise UsageError(
                f"'{shown(str(self.path))}' cannot be opened: {error.strerror}"
            ) from None
        self._files = [journal]
        _lock(journal, self.path)
        if self.marks.exists():
            self._files.append(os.open(self.marks, os.O_RDONLY | _BINARY))
            self._index_marks()
        self._index_journal()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files:
            os.close(file)
        self._files = []

    def __contains__(self, key: str) -> bool:
        return bytes.fromhex(key) in self._places

    def add(self, lines: bytes) -> None:
        """Keep a submission's records, as `encode` wrote them."""
        at = os.fstat(self._files[0]).st_size
        done = 0
        while done < len(lines):
            done += os.write(self._files[0], lines[done:])
        for start, line in _lines(lines):
            self._note(line[1:], 0, at + start, len(line))
        # For a power cut; a kill takes nothing that was written.
        if time.monotonic() - self._synced > SECONDS_TO_DISK:
            os.fsync(self._files[0])
            self._synced = time.monotonic()

    def finish(self, keys: Iterable[str]) -> None:
        """Write the marks in the given order, whole or not at all; end the journal."""
        part = self.marks.with_name(f"{self.marks.name}.tmp-{os.getpid()}")
        try:
            with part.open("wb") as file:
                for key in keys:
                    file.write(self._text(key))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.marks)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise UsageError(
                f"'{shown(str(self.marks))}' cannot be written: {error.strerror}"
            ) from None
        self.path.unlink(missing_ok=True)

    def _text(self, key: str) -> bytes:
        file, at, length = self._places[bytes.fromhex(key)]
        line = os.pread(self._files[file], length, at)
        if not file:
            raws = msgspec.json.decode(line, type=list[msgspec.Raw])
            return b"".join(bytes(raw) + b"\n" for raw in raws)
        return line

    def _note(self, line: bytes, file: int, at: int, length: int) -> None:
        # The key is among the first fields: the rest need not be read.
        start = line.index(b'"key":"') + 7
        self._places[bytes.fromhex(line[start : start + 24].decode())] = (
            file, at, length,
        )  # fmt: skip

    def _index_journal(self) -> None:
        good = 0
        for at, line in _file_lines(self._files[0]):
            if not line.endswith(b"]\n"):
                break
            try:
                self._note(line[1:], 0, at, len(line))
            except ValueError:
                break
            good = at + len(line)
        if good < os.fstat(self._files[0]).st_size:
            os.ftruncate(self._files[0], good)

    def _index_marks(self) -> None:
        """Note which lines of an earlier marking belong together."""
        key, begin, end = "", 0, 0
        try:
            for at, line in _file_lines(self._files[1]):
                head = msgspec.json.decode(line, type=_Keyed)
                if head.version != VERSION:
                    return
                if head.key != key and key:
                    self._places[bytes.fromhex(key)] = (1, begin, end - begin)
                if head.key != key:
                    key, begin = head.key, at
                end = at + len(line)
        except (msgspec.DecodeError, ValueError):
            raise UsageError(
                f"'{shown(str(self.marks))}' is there and holds no marks: name"
                " another file with -o"
            ) from None
        if key:
            self._places[bytes.fromhex(key)] = (1, begin, end - begin)


def encode(found: Iterable[Record]) -> bytes:
    """Write a submission's records as a line of the journal."""
    return msgspec.json.encode(list(found)) + b"\n"


def read_marks(path: Path) -> Iterator[Record]:
    """Read marks, one after the other.

    Raises
    ------
    UsageError
        When it is no file of marks.
    """
    decoder = msgspec.json.Decoder(Record)
    number = 0
    try:
        with path.open("rb") as file:
            for line in file:
                number += 1
                yield decoder.decode(line)
    except OSError as error:
        raise UsageError(f"'{shown(str(path))}': {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"'{shown(str(path))}' line {number}: not a mark ({error})"
        ) from None


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for line in data.splitlines(keepends=True):
        yield at, line
        at += len(line)


def _file_lines(descriptor: int) -> Iterator[tuple[int, bytes]]:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        at = 0
        while line := file.readline(_LONGEST_LINE):
            yield at, line
            at += len(line)


_BINARY = getattr(os, "O_BINARY", 0)


def _lock(descriptor: int, path: Path) -> None:
    """Let one marking at a time write here."""
    try:
        import fcntl
    except ImportError:  # Windows: two markings into one file are not noticed there.
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UsageError(
            f"'{shown(str(path))}' is being written by another marking"
        ) from None
