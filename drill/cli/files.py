"""Writing reports: the whole file, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from drill.errors import UsageError
from drill.visible import shown


def write_whole(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file so that a reader never sees half of it.

    Parameters
    ----------
    path : Path
    content : str, bytes or iterable of str
        Pieces are written as they come: they need not be in memory together.

    Raises
    ------
    UsageError
        When it cannot be written.
    """
    part = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    pieces = (content,) if isinstance(content, str | bytes) else content
    try:
        with part.open("xb") as file:
            for piece in pieces:
                file.write(piece.encode() if isinstance(piece, str) else piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise UsageError(
            f"'{shown(str(path))}' cannot be written: {error.strerror}"
        ) from None
