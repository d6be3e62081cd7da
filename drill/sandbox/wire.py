"""Messages between the grader and its worker: JSON and raw numbers, sizes capped.

Nothing is pickled: a worker that a program had taken over could otherwise make the
grader run code by answering it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

MAX_MESSAGE = 64 * 1024 * 1024
HEAD = struct.Struct("<II")
_KINDS = {"b": "|b1", "i": "<i8", "u": "<i8", "f": "<f8"}

Message = dict[str, Any]


def pack(message: Message) -> bytes:
    """Write a message; arrays in it travel as raw little-endian numbers."""
    blobs: list[bytes] = []

    def plain(value: object) -> object:
        if isinstance(value, Mapping):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        if isinstance(value, tuple):
            return {"tuple": [plain(item) for item in value]}
        if isinstance(value, np.ndarray):
            dtype = _KINDS[value.dtype.kind]
            blobs.append(np.ascontiguousarray(value, dtype=dtype).tobytes())
            return {"array": dtype, "shape": list(value.shape)}
        return value.item() if isinstance(value, np.generic) else value

    text = json.dumps(plain(message)).encode()
    return HEAD.pack(len(text), sum(map(len, blobs))) + text + b"".join(blobs)


def unpack(read: Callable[[int], bytes]) -> Message | None:
    """Read one message; None at the end of the stream.

    Parameters
    ----------
    read : callable
        Returns exactly that many bytes, or fewer at the end.

    Raises
    ------
    ValueError
        When the message is too large or malformed.
    """
    head = read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    text_size, blob_size = HEAD.unpack(head)
    if text_size + blob_size > MAX_MESSAGE:
        raise ValueError("the message is too large")
    text, blob = read(text_size), read(blob_size)
    place = 0

    def rich(value: object) -> object:
        nonlocal place
        if isinstance(value, list):
            return [rich(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.keys() == {"tuple"}:
            return tuple(rich(item) for item in value["tuple"])
        if value.keys() == {"array", "shape"}:
            if value["array"] not in _KINDS.values():
                raise ValueError("not an array of numbers")
            dtype, shape = np.dtype(value["array"]), tuple(value["shape"])
            size = dtype.itemsize * int(np.prod(shape, dtype=object))
            if not 0 <= size <= len(blob) - place:
                raise ValueError("an array is cut short")
            cells = np.frombuffer(blob, dtype, size // dtype.itemsize, place)
            place += size
            return cells.reshape(shape)
        return {key: rich(item) for key, item in value.items()}

    message = rich(json.loads(text))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message
