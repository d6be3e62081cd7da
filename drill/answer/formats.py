"""Files of every format that holds one matrix: each read strictly, none by numpy."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from drill.answer.files import MAX_FILE, MAX_SOURCE, decoded, read_bytes
from drill.answer.npy import MAGIC, MAX_DIMENSIONS, MAX_NUMBERS, SAVE, parse_npy
from drill.errors import UnreadableError
from drill.visible import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

Content: TypeAlias = "NDArray[Any] | str"

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)
TEXTS = (".txt", ".py")


def read_answer(path: Path, *, trusted: bool = True) -> Content:
    """Read a file that was handed in: an array, or text that answers in its own way.

    Parameters
    ----------
    path : Path
        Untrusted, like its content; its suffix says what it should be.
    trusted : bool
        Whether a person named this very path: then a link is followed, a pipe is read,
        and a pipe's content says itself what it is.

    Raises
    ------
    UnreadableError
        When it is no answer; it says what it looks like, and how to save it.
    """
    data, suffix = read_file_bytes(path, trusted=trusted)
    return parse(data, suffix, path.name)


def read_file_bytes(path: Path, *, trusted: bool = True) -> tuple[bytes, str]:
    """Return the bytes of a file that was handed in, and the suffix it is read by."""
    suffix = path.suffix
    limit = MAX_SOURCE if suffix in TEXTS else MAX_FILE
    data = read_bytes(path, limit, follow_symlinks=trusted, pipes=trusted)
    if trusted and not suffix and not os.path.isfile(path):  # noqa: PTH113
        suffix = _sniffed(data)
    return data, suffix


def parse(data: bytes, suffix: str, name: str = "it") -> Content:
    """Return what the bytes of a file hold, by its suffix.

    Examples
    --------
    >>> parse(b"1,2\\n3,4\\n", ".csv").tolist()
    [[1, 2], [3, 4]]
    >>> parse(b"[[0.5], [1]]", ".json").tolist()
    [[0.5], [1.0]]
    """
    if suffix in TEXTS:
        if len(data) > MAX_SOURCE:
            raise UnreadableError(f"it has more than the {MAX_SOURCE} bytes allowed")
        return decoded(data, name)
    # An export renames: what is an .npy file inside is one.
    read = parse_npy if data[:6] == MAGIC else _READERS.get(suffix, parse_npy)
    return read(data)


def _sniffed(data: bytes) -> str:
    """Return the suffix of what came through a pipe: an array's file, or text."""
    if data[:6] == MAGIC:
        return ".npy"
    return ".npz" if data[:4] == b"PK\x03\x04" else ".txt"


def _zipped(data: bytes) -> NDArray[Any]:
    """Read the one array of an ``.npz`` file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            if any(name.endswith("data.pkl") for name in names):
                raise UnreadableError(f"it is a PyTorch file: save it with {SAVE}")
            if len(members) != 1:
                held = shown(", ".join(names), 60)
                raise UnreadableError(
                    f"it holds {len(members)} arrays ({held}): save one with"
                    " np.save('answer.npy', x)"
                )
            (member,) = members
            if not member.filename.endswith(".npy") or member.flag_bits & 1:
                raise UnreadableError(f"it holds no array: save one with {SAVE}")
            if member.file_size > MAX_FILE:
                raise UnreadableError(
                    f"its array has {member.file_size} bytes; {MAX_FILE} are allowed"
                )
            with archive.open(member) as file:
                # The size is a claim: no more than it is unpacked.
                inside = file.read(member.file_size + 1)
    except _DAMAGE:
        problem = f"it is a damaged .npz file: save it with {SAVE}"
        raise UnreadableError(problem) from None
    return parse_npy(inside)


def _separated(delimiter: str) -> Callable[[bytes], NDArray[Any]]:
    def read(data: bytes) -> NDArray[Any]:
        lines = io.StringIO(decoded(data, "it", "a table"), newline="")
        rows: list[list[int | float]] = []
        table = csv.reader(lines, delimiter=delimiter, strict=True)
        count = 0
        try:
            for row in table:
                if not row or (len(row) == 1 and not row[0].strip()):
                    continue
                line = table.line_num
                rows.append([_cell(cell, line, n) for n, cell in enumerate(row)])
                count += len(row)
                if count > MAX_NUMBERS:
                    raise UnreadableError(f"it has more than {MAX_NUMBERS} numbers")
                if len(row) != len(rows[0]):
                    raise UnreadableError(
                        f"line {table.line_num} has {len(row)} cells, the first"
                        f" {len(rows[0])}"
                    )
        except csv.Error as error:
            raise UnreadableError(f"line {table.line_num}: {error}") from None
        if not rows:
            raise UnreadableError("there is no number in it")
        return _array(rows)

    return read


def _cell(text: str, line: int, column: int) -> int | float:
    """Read one cell: a number as Python writes it, and nothing else."""
    plain = text.strip()
    try:
        # Python's own readers take 1_000 too.
        if "_" not in plain:
            return int(plain) if plain.lstrip("+-").isdigit() else float(plain)
    except ValueError:
        pass
    raise UnreadableError(
        f"line {line}, cell {column + 1}: '{shown(plain, 30)}' is no number: save the"
        " numbers alone, without names"
    )


def _json(data: bytes) -> NDArray[Any]:
    try:
        value = json.loads(decoded(data, "it", "JSON"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"it is no JSON: {where}") from None
    except (RecursionError, ValueError):
        raise UnreadableError("its lists are nested too deeply") from None
    if isinstance(value, dict):
        raise UnreadableError(
            "it holds names: write the matrix alone, as [[1, 2], [3, 4]]"
        )
    _check(value, 0)
    return _array(value)


def _check(value: Any, depth: int) -> None:
    """Refuse all but numbers in lists of one length."""
    if isinstance(value, list) and value:
        if depth == MAX_DIMENSIONS:
            raise UnreadableError(f"it has more than {MAX_DIMENSIONS} axes")
        lengths = {len(item) if isinstance(item, list) else -1 for item in value}
        if len(lengths) > 1:
            raise UnreadableError("its rows differ in length")
        for item in value:
            _check(item, depth + 1)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        what = "an empty list" if value == [] else f"'{shown(json.dumps(value), 30)}'"
        raise UnreadableError(f"it holds {what}, which is no number")


def _array(value: Any) -> NDArray[Any]:
    try:
        array = np.array(value)
    except (ValueError, OverflowError):
        raise UnreadableError("its numbers make no array") from None
    if array.dtype.kind not in "if" or array.size > MAX_NUMBERS:
        array = np.array(value, dtype=np.float64)
    return array.astype(np.int64 if array.dtype.kind == "i" else np.float64)


_READERS: Mapping[str, Callable[[bytes], NDArray[Any]]] = {
    ".npy": parse_npy,
    ".npz": _zipped,
    ".csv": _separated(","),
    ".tsv": _separated("\t"),
    ".json": _json,
}
SUFFIXES = (*_READERS, *TEXTS)
"""What is read, in the order in which it is looked for."""
