"""Writing reports: the whole file, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from drill.errors import UsageError
from drill.visible import shown


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader never sees half of it.

    Raises
    ------
    UsageError
        When it cannot be written.
    """
    part = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    try:
        data = content.encode() if isinstance(content, str) else content
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(
            f"'{shown(str(path))}' cannot be written: {error.strerror}"
        ) from None
