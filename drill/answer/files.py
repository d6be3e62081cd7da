"""Opening untrusted files: regular ones, once, and never more than a limit."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from drill.errors import UnreadableError
from drill.visible import shown

MAX_FILE = 64 * 1024 * 1024
MAX_SOURCE = 65_536

# Without O_NONBLOCK a pipe with no writer would hang the open itself.
_FLAGS = 0
for _name in ("O_RDONLY", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_WHAT = (
    (stat.S_ISDIR, "it is a folder,"),
    (stat.S_ISFIFO, "it is a pipe,"),
    (stat.S_ISCHR, "it is a device,"),
    (stat.S_ISBLK, "it is a device,"),
)


def read_bytes(
    path: Path,
    limit: int = MAX_FILE,
    *,
    follow_symlinks: bool = True,
    pipes: bool = False,
) -> bytes:
    """Read a whole file that is regular, or a pipe, and not too large.

    Parameters
    ----------
    path : Path
    limit : int
        The most bytes it may have.
    follow_symlinks : bool
        Whether a link may be followed.
    pipes : bool
        Whether a pipe is read to its end: only one that a person names, for in a
        folder it may be a trap.

    Raises
    ------
    UnreadableError
        When it cannot be opened, is no regular file, or is too large.
    """
    try:
        descriptor = os.open(path, _FLAGS if follow_symlinks else _FLAGS | _NO_LINKS)
    except (OSError, ValueError) as error:
        raise UnreadableError(f"it cannot be opened: {_reason(error)}") from None
    try:
        status = os.fstat(descriptor)
        size = status.st_size
        if pipes and stat.S_ISFIFO(status.st_mode):
            os.set_blocking(descriptor, True)
            return _all(descriptor, os.read(descriptor, 1), limit)
        if not stat.S_ISREG(status.st_mode):
            what = next((w for test, w in _WHAT if test(status.st_mode)), "it is")
            raise UnreadableError(f"{what} not a regular file")
        if size > limit:
            raise UnreadableError(f"it has {size} bytes; {limit} are allowed")
        # One more is asked for than it has, so that nobody need ask whether it ends.
        data = os.read(descriptor, size + 1)
        return data if len(data) == size else _all(descriptor, data, limit)
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)


def _all(descriptor: int, start: bytes, limit: int) -> bytes:
    """Read on after `start`: what a size claims is not so while a file grows."""
    pieces = [start]
    have = len(start)
    while have <= limit:
        piece = os.read(descriptor, limit + 1 - have)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        have += len(piece)
    raise UnreadableError(f"it has more than the {limit} bytes allowed")


def read_source(
    path: Path, *, follow_symlinks: bool = True, pipes: bool = False
) -> str:
    """Read a text file: a typed answer, or a program.

    Raises
    ------
    UnreadableError
        When it is not UTF-8 text of at most 64 kB.
    """
    data = read_bytes(path, MAX_SOURCE, follow_symlinks=follow_symlinks, pipes=pipes)
    return decoded(data, path.name)


def decoded(data: bytes, name: str, what: str = "UTF-8 text") -> str:
    """Return the text of a file's bytes, its lines ending alike.

    Raises
    ------
    UnreadableError
        When they are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        why = "it is UTF-16: save it as UTF-8" if wide else f"byte {error.start}"
        raise UnreadableError(f"'{shown(name, 60)}' is not {what} ({why})") from None


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):
        return "the name is not valid"
    # With O_NOFOLLOW the system's words speak of too many links.
    if error.errno == errno.ELOOP:
        return "it is a link, and not followed"
    return error.strerror or "the system gives no reason"
