"""The ``.npy`` format, read strictly and without numpy's loader.

numpy's own loader unpickles when allowed, allocates what a header claims, and reads
damaged files as shifted numbers.  Here one line decides: the bytes that the header
promises are exactly those that are there.
"""

from __future__ import annotations

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

SAVE = "np.save('answer.npy', np.array(x, dtype=float))"
MAGIC = b"\x93NUMPY"
MAX_HEADER = 4096
MAX_DIMENSIONS = 8
MAX_NUMBERS = MAX_FILE // 8
_SIZES = {"b": (1,), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "f": (2, 4, 8)}
_DTYPE = re.compile(r"([<>|=]?)([a-zA-Z])([0-9]{0,9})(\[[^\]]{1,20}\])?")
_AS_TEXT = "was changed on its way as if it were text: send it as a binary file"
_AXIS = re.compile(r"[0-9]{1,10}L?")
_ENTRY = re.compile(
    r"""\s*['"]([a-z_]{1,20})['"]\s*:\s*"""
    r"""('[^'\n]*'|"[^"\n]*"|\([^()*]*\)|\[[^\n]*\]|\w+)\s*(?:,\s*)?(?:\}$)?"""
)
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
    (b"PK\x03\x04", f"a zip, .npz or PyTorch file: save one array with {SAVE}"),
    (b"PK\x05\x06", "an empty zip file: save one array with np.save"),
    (b"\x80", f"a pickle: save the array with {SAVE}"),
    (b"\x1f\x8b", "a gzip file: save the array with np.save, uncompressed"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF: save the array with np.save"),
    (b"\x89HDF", "an HDF5 file: save the array with np.save"),
    (b"MATLAB 5", f"a MATLAB file: save the array with {SAVE}"),
    (b"\x00\x05\x16\x07", "macOS metadata: hand in the file without ._"),
    (b"version https://git-lfs", "a git-lfs pointer: fetch the file itself"),
    (b"<", "a web page or XML: download the file itself"),
    (b"{", "JSON, such as a notebook: save the array with np.save"),
    (b"[", "JSON: name it .json, or save the array with np.save"),
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

    Returns
    -------
    ndarray
        Truth values, int64 or float64, whatever the file's own sizes: a difference of
        unsigned bytes, say, would be no number that anybody meant.

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
    count = math.prod(shape)
    if count > MAX_NUMBERS:
        raise UnreadableError(f"it has {count} numbers; at most {MAX_NUMBERS} are read")
    # A truth value may be any byte in a file; numpy counts on 0 or 1.
    dtype = np.dtype(f"{order}{kind}{size}" if kind != "b" else "u1")
    array = np.frombuffer(data, dtype, offset=offset) if need else np.empty(0, dtype)
    array = array.reshape(shape, order="F" if fortran else "C")
    if kind == "b":
        return np.not_equal(array, 0)
    fits = kind != "f" and (kind != "u" or size < 8 or not (array >> 63).any())
    return array.astype(np.int64 if fits else np.float64, copy=False)


def _look(data: bytes) -> str:
    """Say what bytes look like that are no .npy file."""
    if not data:
        return "is empty"
    if b"NUMPY" in data[:12]:
        return _AS_TEXT
    if not data[:4096].strip(b"\0"):
        return "looks like something else: it starts with zeros only, so copy it again"
    start = data.lstrip()[:64]
    for sign, what in _LOOKS:
        if start.startswith(sign):
            return f"looks like {what}"
    # A character may be cut in two where the piece ends.
    text = data[:256].decode("utf-8", "replace").rstrip("\ufffd")
    plain = all(sign.isprintable() or sign in "\t\r\n\ufeff" for sign in text)
    if plain and text and "\ufffd" not in text:
        return "looks like text: save the array with np.save, or hand in a .txt file"
    return "looks like something else: save the array with np.save"


@lru_cache(maxsize=256)
def _header(raw: bytes) -> tuple[str, int, str, bool, tuple[int, ...]]:
    """Check a header; return kind, item size, byte order, order of axes, shape."""
    # A literal parser would warn about escapes on standard error, and accepts much
    # that no writer of .npy files writes.
    entries = _entries(raw.decode("latin-1").strip())
    if entries.keys() != {"descr", "fortran_order", "shape"}:
        raise UnreadableError("its header is not one that numpy writes")
    order, kind, size = _dtype(entries["descr"])
    if entries["fortran_order"] not in ("True", "False"):
        raise UnreadableError("its header is not one that numpy writes")
    shape = _shape(entries["shape"])
    return kind, size, order, entries["fortran_order"] == "True", shape


def _entries(text: str) -> dict[str, str]:
    """Split a header into its entries, each value as it is written."""
    found: dict[str, str] = {}
    place = 1
    closed = text[:1] == "{" and text[-1:] == "}"
    while closed and (entry := _ENTRY.match(text, place)):
        if entry[1] in found:
            break
        found[entry[1]] = entry[2]
        place = entry.end()
        if place == len(text):
            return found
    raise UnreadableError("its header cannot be read: it is damaged")


def _shape(text: str) -> tuple[int, ...]:
    if text[0] != "(":
        raise UnreadableError("its header is not one that numpy writes")
    axes = [axis.strip() for axis in text[1:-1].split(",")]
    if not axes[-1]:
        axes.pop()
    if len(axes) > MAX_DIMENSIONS:
        raise UnreadableError(f"it has {len(axes)} axes; at most 8 are read")
    # Python 2 wrote its long integers with an L.
    if not all(
        _AXIS.fullmatch(axis) and int(axis.rstrip("L")) < 2**31 for axis in axes
    ):
        raise UnreadableError("its shape is not one that numpy writes")
    return tuple(int(axis.rstrip("L")) for axis in axes)


def _dtype(written: str) -> tuple[str, str, int]:
    if written[0] in "[(":
        raise UnreadableError("it holds records, not an array of numbers")
    description = written.strip("'\"")
    found = _DTYPE.fullmatch(description)
    kind = found[2] if found else ""
    if kind in _OTHERS:
        how = f": save it with {SAVE}" if kind == "O" else ""
        what = f"it holds {_OTHERS[kind]}, not an array of real numbers"
        raise UnreadableError(what + how)
    size = int(found[3]) if found and found[3] else 0
    if found is None or size not in _SIZES.get(kind, ()) or found[4]:
        raise UnreadableError(
            f"its type '{shown(description, 30)}' is not one that is read: save it as"
            " float64"
        )
    return found[1] or "|", kind, size


def _damage(need: int, have: int, data: bytes) -> str:
    if b"\r\n" in data and have > need:
        return f"it {_AS_TEXT}"
    if have < need:
        return (
            f"it is cut short: {need} bytes of numbers are promised, {have} are there"
        )
    return f"after its {need} bytes of numbers come {have - need} more: save one array"
