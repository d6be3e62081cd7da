"""Writing reports: the whole file, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from drill.errors import UsageError
from drill.visible import shown

Content = str | bytes | Iterable[str]
"""Pieces are written as they come: they need not be in memory together."""


def write_whole(path: Path, content: Content) -> None:
    """Write a file so that a reader never sees half of it.

    Raises
    ------
    UsageError
        When it cannot be written.
    """
    write_together({path: content})


def write_together(contents: Mapping[Path, Content]) -> None:
    """Write several files, of which none is changed unless all can be written.

    Raises
    ------
    UsageError
        Naming the first one that cannot be written.
    """
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            if path.exists() and not path.is_file():
                # To replace a device or a pipe would be to delete it.
                with path.open("wb") as file:
                    file.writelines(_encoded(content))
                continue
            # A link goes on leading to its file.
            place = path.resolve() if path.is_symlink() else path
            part = place.with_name(f".drill-{os.getpid()}-{len(parts)}.tmp")
            with part.open("xb") as file:
                parts[part] = place
                file.writelines(_encoded(content))
                file.flush()
                os.fsync(file.fileno())
        for part, path in parts.items():
            part.replace(path)
    except OSError as error:
        raise UsageError(
            f"'{shown(str(path))}' cannot be written: {error.strerror}"
        ) from None
    finally:
        for part in parts:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _encoded(content: Content) -> Iterable[bytes]:
    pieces = (content,) if isinstance(content, str | bytes) else content
    for piece in pieces:
        yield piece if isinstance(piece, bytes) else piece.encode()
