"""Prose with its fields filled: sentences, and matrices as blocks of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from msgspec import Struct

from drill.bank import Field, Prose
from drill.drawing.values import Values
from drill.errors import DrawError
from drill.language import Value, budget, run

# A hostile bank could fill a text of 20,000 characters with matrices.
MAX_ENTRIES = 10_000
MAX_WORK = 20_000_000
DUST = 1e-14
_LABEL = re.compile(r"\s*(?:([^\s=][^=]{0,40}?)\s*=\s*)?$")


class Block(Struct, frozen=True, eq=False):
    """A matrix on lines of its own, with its name."""

    label: str
    array: np.ndarray
    spec: str = ""


class Shown(Struct, frozen=True, eq=False):
    """An array in the middle of a sentence."""

    text: str
    array: np.ndarray
    spec: str = ""


class Sentence(str):
    """A text that remembers which of its parts are arrays."""

    parts: tuple[str | Shown, ...]

    def __new__(cls, parts: Iterable[str | Shown]) -> Sentence:
        """Write the parts one after the other."""
        kept = tuple(parts)
        made = super().__new__(
            cls, "".join(one if isinstance(one, str) else one.text for one in kept)
        )
        made.parts = kept
        return made


Filled = tuple[str | Block, ...]


def number(value: int | float | bool | np.generic, spec: str = "") -> str:
    """Write one number as a person would: six digits at most unless `spec` says.

    Examples
    --------
    >>> number(17.0), number(17 / 3), number(-0.0), number(1e-9)
    ('17', '5.66667', '0', '1e-09')
    """
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer) and not spec:
        return str(int(value))
    # What is left of a difference that cancelled is no number that a person wants.
    value = 0.0 if abs(float(value)) < DUST else float(value)
    text = format(value, spec or ".6g")
    # "-0.00" is no number that a person would write.
    return text[1:] if text.startswith("-") and not text.strip("-0.%") else text


def inline(value: Value, spec: str = "") -> str:
    """Write any value inside a sentence.

    Examples
    --------
    >>> inline((3, 4)), inline(np.array([[1, 2], [3, 4]])), inline((5,))
    ('(3, 4)', '[[1, 2], [3, 4]]', '(5,)')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return "none"
    if isinstance(value, tuple):
        inside = ", ".join(inline(item, spec) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, np.ndarray) and value.ndim:
        return "[" + ", ".join(inline(item, spec) for item in value) + "]"
    return number(value.item() if isinstance(value, np.ndarray) else value, spec)


def fill(prose: Prose, values: Values) -> Filled:
    """Fill the fields of `prose`.

    A line that holds nothing but one field, or a name, ``=`` and one field, becomes
    a `Block` when the value is a matrix.

    Returns
    -------
    tuple of str or Block
        Texts end without a newline; each is a paragraph or several lines.

    Raises
    ------
    DrawError
        When more numbers would be printed than anybody reads.
    """
    if len(prose.parts) == 1 and isinstance(prose.parts[0], str):
        return _unchanged(prose.parts[0])
    with budget(MAX_WORK):
        return _filled(prose, values)


@lru_cache(maxsize=4096)
def _unchanged(text: str) -> Filled:
    """Return a text without fields; most of what a bank says has none."""
    return tuple(_sentence([text]))


def _filled(prose: Prose, values: Values) -> Filled:
    pieces: list[str | Block] = []
    sentence: list[str | Shown] = []
    line = ""
    parts = list(prose.parts)
    entries = 0
    for place, part in enumerate(parts):
        if isinstance(part, str):
            sentence.append(part)
            line = (line + part).rpartition("\n")[2]
            continue
        value = run(part.program, values)
        entries += _entries(value)
        if entries > MAX_ENTRIES:
            raise DrawError(
                f"a text that shows '{part.program.source}' is too long: it prints"
                f" {entries:,} numbers, and {MAX_ENTRIES:,} are allowed"
            )
        following = parts[place + 1] if place + 1 < len(parts) else ""
        block = _block(part, value, line, following)
        if block is None:
            written = shown(value, part.spec)
            sentence.append(written)
            text = written if isinstance(written, str) else written.text
            line = (line + text).rpartition("\n")[2]
            continue
        pieces += _sentence(_without(sentence, len(line)))
        pieces.append(block)
        sentence, line = [], ""
    return (*pieces, *_sentence(sentence))


def _without(parts: list[str | Shown], length: int) -> list[str | Shown]:
    """Take the last characters off: they are the name of a block."""
    while parts and length:
        last = parts.pop()
        if isinstance(last, Shown):
            length -= len(last.text)
        elif len(last) > length:
            parts.append(last[:-length])
            break
        else:
            length -= len(last)
    return parts


def _sentence(parts: list[str | Shown]) -> list[Sentence]:
    """Write a text without the empty lines around it; none where nothing is left."""
    while parts and isinstance(first := parts[0], str):
        parts = [first.lstrip("\n"), *parts[1:]] if first.strip("\n") else parts[1:]
        if first.strip("\n"):
            break
    while parts and isinstance(last := parts[-1], str):
        parts = [*parts[:-1], last.rstrip()] if last.strip() else parts[:-1]
        if last.strip():
            break
    made = Sentence(parts)
    return [made] if made.strip() else []


def _entries(value: Value) -> int:
    if isinstance(value, tuple):
        return sum(map(_entries, value))
    return value.size if isinstance(value, np.ndarray) else 1


def _block(
    field: Field, value: Value, before: str, following: str | Field
) -> Block | None:
    if not isinstance(value, np.ndarray) or value.ndim < 2:
        return None
    alone = isinstance(following, str) and (
        not following.strip(" ") or following.lstrip(" ").startswith("\n")
    )
    label = _LABEL.match(before.rpartition("\n")[2])
    if not alone or label is None:
        return None
    return Block((label[1] or "").strip(), value, field.spec)


def slices(array: np.ndarray) -> Iterator[tuple[tuple[int, ...], np.ndarray]]:
    """Split an array into its matrices, by its last axes.

    Examples
    --------
    >>> [place for place, _ in slices(np.zeros((2, 2, 3)))]
    [(0,), (1,), (2,)]
    """
    if array.ndim <= 2:
        yield (), array
        return
    for place in range(array.shape[-1]):
        for before, part in slices(array[..., place]):
            yield (*before, place), part


def plain(filled: Filled) -> Sentence:
    """Return filled prose as plain text, matrices as nested lists.

    Examples
    --------
    >>> plain(("Add 1.", Block("X", np.eye(2, dtype=int))))
    'Add 1. X = [[1, 0], [0, 1]]'
    """
    parts: list[str | Shown] = []
    for piece in filled:
        parts += [" "] if parts else []
        if isinstance(piece, Block):
            parts += [f"{piece.label} = "] if piece.label else []
            parts.append(shown(piece.array, piece.spec))
        else:
            parts += piece.parts if isinstance(piece, Sentence) else [piece]
    return Sentence(parts)


def shown(value: Value, spec: str = "") -> str | Shown:
    """Write a value inside a sentence, and remember it if it is an array."""
    text = inline(value, spec)
    if isinstance(value, np.ndarray) and value.ndim:
        return Shown(text, value, spec)
    return text
