"""Writing reports: the whole file, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from drill.errors import UsageError
from drill.visible import shown


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader never sees half of it.

    Raises
    ------
    UsageError
        When it cannot be written.
    """
    part = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    try:
        with part.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(
            f"'{shown(str(path))}' cannot be written: {error.strerror}"
        ) from None
