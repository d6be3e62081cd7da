"""Exports: the files of a folder or a zip, listed once and read within bounds."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from drill.answer.files import MAX_FILE, read_bytes
from drill.errors import UnreadableError, UsageError
from drill.visible import shown

MAX_ENTRIES = 1_000_000
MAX_DEPTH = 12
_NOISE = ("__MACOSX", "Thumbs.db", "desktop.ini", "__pycache__")
_ENCRYPTED = 1
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an export.

    Attributes
    ----------
    parts : tuple of str
        Its folders and its name, from the export's root.
    path : Path
        The file, or the zip that holds it.
    member : str
        Its name in the zip; empty for a file.
    modified : datetime or None
        A zip's times have no zone.
    """

    parts: tuple[str, ...]
    path: Path
    member: str = ""
    modified: datetime | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.parts[-1]

    @property
    def place(self) -> str:
        """Where it is in the export, safe to show and to write."""
        return shown("/".join(self.parts), 400)

    def read(self, limit: int = MAX_FILE) -> bytes:
        """Read it whole.

        Raises
        ------
        UnreadableError
            When it cannot be read, or is larger than `limit`.
        """
        if not self.member:
            return read_bytes(self.path, limit, follow_symlinks=False)
        return _read_member(self.path, self.member, limit)


@dataclass(frozen=True)
class Export:
    """All files of an export, in the order of their names.

    Attributes
    ----------
    refused : tuple of (place, reason)
        What was not even listed.
    """

    root: Path
    entries: tuple[Entry, ...]
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def tops(self) -> dict[str, bool]:
        """The names at the root, and whether each is a folder."""
        return {entry.parts[0]: len(entry.parts) > 1 for entry in self.entries}

    def unwrapped(self) -> Export | None:
        """Return what is inside the one folder that holds everything, if one does."""
        tops = self.tops
        if len(tops) != 1 or not all(tops.values()):
            return None
        inner = tuple(replace(one, parts=one.parts[1:]) for one in self.entries)
        return replace(self, entries=inner)


def open_export(path: Path) -> Export:
    """List a folder or a zip.

    Raises
    ------
    UsageError
        When it is neither, or holds too much.
    """
    if path.is_dir():
        refused: list[tuple[str, str]] = []
        found = list(_folder(path, (), refused))
    elif zipfile.is_zipfile(path):
        refused = []
        found = list(_members(path, (), refused))
    else:
        raise UsageError(f"'{shown(str(path))}' is neither a folder nor a zip file")
    found.sort(key=lambda entry: [os.fsencode(part) for part in entry.parts])
    return Export(path, tuple(found), tuple(refused))


def _folder(
    folder: Path, above: tuple[str, ...], refused: list[tuple[str, str]]
) -> Iterator[Entry]:
    pending = [(folder, above)]
    count = 0
    while pending:
        current, parts = pending.pop()
        try:
            with os.scandir(current) as listed:
                for one in listed:
                    count += 1
                    if count > MAX_ENTRIES:
                        raise UsageError(f"more than {MAX_ENTRIES:,} files: split them")
                    if one.name.startswith(".") or one.name in _NOISE:
                        continue
                    inner = (*parts, one.name)
                    place = shown("/".join(inner), 200)
                    if one.is_symlink():
                        refused.append((place, "it is a link, and not followed"))
                    elif one.is_dir(follow_symlinks=False):
                        if len(inner) >= MAX_DEPTH:
                            refused.append((place, "it lies too deep"))
                        else:
                            pending.append((Path(one.path), inner))
                    elif parts and one.name.lower().endswith(".zip"):
                        yield from _nested(Path(one.path), parts, place, refused)
                    else:
                        when = one.stat(follow_symlinks=False).st_mtime
                        yield Entry(
                            inner, Path(one.path), "", datetime.fromtimestamp(when, UTC)
                        )
        except OSError as error:
            refused.append((shown(str(current)), error.strerror or "not readable"))


def _nested(
    path: Path, parts: tuple[str, ...], place: str, refused: list[tuple[str, str]]
) -> Iterator[Entry]:
    """List the zip that a student handed in as if it had been unpacked."""
    try:
        yield from _members(path, parts, refused)
    except UsageError as error:
        refused.append((place, str(error)))


def _members(
    path: Path, above: tuple[str, ...], refused: list[tuple[str, str]]
) -> Iterator[Entry]:
    try:
        archive = _opened(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UsageError(
            f"'{shown(str(path))}' is a damaged zip file ({shown(str(error), 60)})"
        ) from None
    last = {info.filename: info for info in archive.infolist()}
    if len(last) > MAX_ENTRIES:
        raise UsageError(f"'{shown(str(path))}' has more than {MAX_ENTRIES:,} files")
    for name, info in last.items():
        if info.is_dir():
            continue
        parts = tuple(name.replace("\\", "/").split("/"))
        if any(part in _NOISE or part.startswith("._") for part in parts):
            continue
        place = shown("/".join((*above, name)), 200)
        reason = _hostile(info, parts)
        if reason:
            refused.append((place, reason))
        elif not parts[-1].startswith("."):
            yield Entry((*above, *parts), path, name, _zip_time(info))


def _hostile(info: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    """Say why a member is refused; else nothing."""
    if ".." in parts or not all(parts) or parts[0].endswith(":"):
        return "its name leaves the folder"
    if len(parts) > MAX_DEPTH:
        return "it lies too deep"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link, and not followed"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if info.filename.lower().endswith(".zip"):
        return "it is a zip within a zip: unpack the outer one"
    return ""


def _zip_time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _opened(path: Path) -> zipfile.ZipFile:
    # Kept open: to find one member, a zip's whole list is read.
    return zipfile.ZipFile(path)


def _read_member(path: Path, member: str, limit: int) -> bytes:
    try:
        with _opened(path).open(member) as file:
            found = bytearray()
            # The size that the zip declares is a claim.
            while piece := file.read(min(_PIECE, limit + 1 - len(found))):
                found += piece
                if len(found) > limit:
                    raise UnreadableError(f"it has more than the {limit} bytes allowed")
            return bytes(found)
    except (
        zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError,
        OSError, KeyError, ValueError,
    ) as error:  # fmt: skip
        raise UnreadableError(
            f"it cannot be unpacked ({shown(str(error), 60) or 'damaged'})"
        ) from None
