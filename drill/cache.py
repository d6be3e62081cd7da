"""What was worked out before, kept beside the platform's caches: never needed, checked.

A cache may be damaged, shared or gone: what is read is what was written, by its sum, or
nothing; where there is no place to write, everything works as before.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

from drill.version import __version__

VARIABLE = "DRILL_CACHE"
EDITION = 2
"""Grows when what is kept changes its form."""
_MAX = 64 * 1024 * 1024
DAY = 24 * 3600
UNUSED = 60 * DAY
"""Seconds after which an entry that was not read goes, when another is written."""


def read(data: bytes, parts: int) -> list[bytes] | None:
    """Return what was kept for these bytes, if it is as it was written.

    Parameters
    ----------
    data : bytes
        What it was worked out from: a file's content.
    parts : int
        How many parts were kept, none with a line end but the last.
    """
    place = _place(data)
    if place is None:
        return None
    try:
        with place.open("rb") as file:
            content = file.read(_MAX)
    except OSError:
        return None
    told, _, kept = content.partition(b"\n")
    if hashlib.sha256(kept).hexdigest().encode() != told:
        return None
    with suppress(OSError):
        os.utime(place)
    found = kept.split(b"\n", parts - 1)
    return found if len(found) == parts else None


def write(data: bytes, parts: list[bytes]) -> None:
    """Keep parts for these bytes: whole or not at all, for the owner alone."""
    import tempfile

    place = _place(data)
    if place is None:
        return
    kept = b"\n".join(parts)
    told = hashlib.sha256(kept).hexdigest().encode()
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(told + b"\n" + kept)
            os.replace(name, place)  # noqa: PTH105 - a name of mkstemp's
            # Once a process and day: a large bank writes thousands.
            _swept(place.parent, int(place.stat().st_mtime) // DAY * DAY)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise


@lru_cache(maxsize=1)
def _swept(folder: Path, day: int) -> None:
    for entry in os.scandir(folder):
        with suppress(OSError):
            if entry.stat().st_mtime < day - UNUSED:
                os.unlink(entry.path)  # noqa: PTH108


def _place(data: bytes) -> Path | None:
    folder = _folder()
    if folder is None:
        return None
    key = hashlib.sha256(_program().encode() + b"\n" + data).hexdigest()
    return folder / key


def _folder() -> Path | None:
    """Return where it is kept: ``DRILL_CACHE``, or the platform's own place."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Path(given) if given else None
    from platformdirs import user_cache_path

    return user_cache_path("drill", appauthor=False) / "banks"


@cache
def _program() -> str:
    """Name the program that works it out: its version, and how new its files are."""
    here = Path(__file__).parent
    newest = 0
    for room in ("bank", "language", "oracle", "solver", "walk"):
        for root, _, files in os.walk(here / room):
            for name in files:
                if name.endswith(".py"):
                    found = os.stat(f"{root}/{name}")  # noqa: PTH116 - quicker
                    newest = max(newest, found.st_mtime_ns)
    return f"{EDITION} {__version__} {newest}"
