"""The ``.npy`` format, read strictly and without numpy's loader.

numpy's own loader unpickles when allowed, allocates what a header claims, and reads
damaged files as shifted numbers.  Here one line decides: the bytes that the header
promises are exactly those that are there.
"""

from __future__ import annotations

import ast
import math
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drill.answer.files import MAX_FILE, read_bytes
from drill.answer.reading import Reading
from drill.errors import UnreadableError
from drill.visible import shown

MAGIC = b"\x93NUMPY"
MAX_HEADER = 4096
MAX_DIMENSIONS = 8
_SIZES = {"b": (1,), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "f": (2, 4, 8)}
_DTYPE = re.compile(r"([<>|=]?)([a-zA-Z])([0-9]{0,9})(\[[^\]]{1,20}\])?")
_OTHERS = {
    "c": "complex numbers",
    "O": "Python objects",
    "S": "text",
    "U": "text",
    "a": "text",
    "V": "raw bytes",
    "M": "dates",
    "m": "time spans",
    "T": "text",
}
_LOOKS = (
    (b"PK\x03\x04", "a zip or .npz file: save one array with np.save"),
    (b"PK\x05\x06", "an empty zip file: save one array with np.save"),
    (b"\x80", "a pickle: save the array with np.save"),
    (b"\x1f\x8b", "a gzip file: save the array with np.save"),
    (b"\x89PNG", "a picture"),
    (b"\x89HDF", "an HDF5 file: save the array with np.save"),
    (b"\x00\x05\x16\x07", "macOS metadata: hand in the file without ._"),
    (b"version https://git-lfs", "a git-lfs pointer: fetch the file itself"),
    (b"<", "a web page or XML"),
    (b"{", "JSON: save the array with np.save"),
)  # fmt: skip


def read_file(
    path: Path, *, max_size: int = MAX_FILE, follow_symlinks: bool = True
) -> Reading:
    """Read a ``.npy`` file of real numbers or truth values.

    Parameters
    ----------
    path : Path
        Untrusted, like its content.
    max_size : int
        The most bytes it may have.
    follow_symlinks : bool
        Whether a link may be followed.

    Returns
    -------
    Reading
        The array in native byte order.

    Raises
    ------
    UnreadableError
        When it is no such file; it says what it looks like instead.
    """
    data = read_bytes(path, max_size, follow_symlinks=follow_symlinks)
    return Reading(parse_npy(data))


def parse_npy(data: bytes) -> NDArray[Any]:
    """Return the array that the bytes of a ``.npy`` file hold.

    Raises
    ------
    UnreadableError
        When they are not exactly one array of real numbers or truth values.
    """
    if data[:6] != MAGIC:
        raise UnreadableError(f"it is no .npy file; it {_look(data)}")
    version = tuple(data[6:8])
    if version not in ((1, 0), (2, 0), (3, 0)):
        raise UnreadableError("its .npy version is unknown: save it with np.save")
    width = 2 if version == (1, 0) else 4
    length = int.from_bytes(data[8 : 8 + width], "little")
    offset = 8 + width + length
    if length > MAX_HEADER or offset > len(data):
        raise UnreadableError("its header is too long or cut short")
    kind, size, order, fortran, shape = _header(data[8 + width : offset])
    need = math.prod(shape) * size
    have = len(data) - offset
    if need != have:
        raise UnreadableError(_damage(need, have, data))
    dtype = np.dtype(f"{order}{kind}{size}")
    array = np.frombuffer(data, dtype, offset=offset) if need else np.empty(0, dtype)
    array = array.reshape(shape, order="F" if fortran else "C")
    return array.astype(dtype.newbyteorder("="), copy=False)


def _look(data: bytes) -> str:
    if not data:
        return "is empty"
    start = data.lstrip()[:64]
    for sign, what in _LOOKS:
        if start.startswith(sign):
            return f"looks like {what}"
    text = all(32 <= byte < 127 or byte in b"\t\r\n" for byte in data[:256])
    if text:
        return "looks like text: save the array with np.save, or hand in a .txt file"
    return "looks like something else: save the array with np.save"


@lru_cache(maxsize=256)
def _header(raw: bytes) -> tuple[str, int, str, bool, tuple[int, ...]]:
    """Check a header; return kind, item size, byte order, order of axes, shape."""
    try:
        # Python 2 wrote its long integers with an L.
        text = re.sub(r"([0-9])L\b", r"\1", raw.decode("ascii"))
        header = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise UnreadableError("its header cannot be read: it is damaged") from None
    if not isinstance(header, dict) or set(header) != {
        "descr",
        "fortran_order",
        "shape",
    }:
        raise UnreadableError("its header is not one that numpy writes")
    order, kind, size = _dtype(header["descr"])
    fortran, shape = header["fortran_order"], header["shape"]
    if type(fortran) is not bool or type(shape) is not tuple:
        raise UnreadableError("its header is not one that numpy writes")
    if len(shape) > MAX_DIMENSIONS:
        raise UnreadableError(f"it has {len(shape)} axes; at most 8 are read")
    if not all(type(axis) is int and 0 <= axis < 2**31 for axis in shape):
        raise UnreadableError("its shape is not one that numpy writes")
    return kind, size, order, fortran, shape


def _dtype(description: object) -> tuple[str, str, int]:
    if not isinstance(description, str):
        raise UnreadableError("it holds records, not an array of numbers")
    found = _DTYPE.fullmatch(description)
    kind = found[2] if found else ""
    if kind in _OTHERS:
        raise UnreadableError(f"it holds {_OTHERS[kind]}, not an array of real numbers")
    size = int(found[3]) if found and found[3] else 0
    if found is None or size not in _SIZES.get(kind, ()) or found[4]:
        raise UnreadableError(
            f"its type '{shown(description, 30)}' is not one that is read: save it as"
            " float64"
        )
    return found[1] or "|", kind, size


def _damage(need: int, have: int, data: bytes) -> str:
    if b"\r\n" in data and have > need:
        return "it was changed on its way as if it were text: send it as a binary file"
    if have < need:
        return (
            f"it is cut short: {need} bytes of numbers are promised, {have} are there"
        )
    return f"after its {need} bytes of numbers come {have - need} more: save one array"
