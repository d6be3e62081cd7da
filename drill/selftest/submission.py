"""Submissions made for the self-test: right, nearly right, wrong and nonsense.

Every kind of answer manufactures its own, as a learner would type, paste or save
them; the rules then send them through the learner's path.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer import parse_npy, read_file, read_text
from drill.drawing import Target

if TYPE_CHECKING:
    from numpy.typing import NDArray

LETTERS = "abcdefghi"


def typed(target: Target, array: NDArray[Any]) -> str:
    """Write `array` as a careful learner types it: rounded as the prompt asks.

    Examples
    --------
    >>> from drill.bank import Answer, Part, Prose
    >>> part = Part("", Prose("", ()), Answer("number", decimals=3))
    >>> typed(Target(part, np.array(1 / 3)), np.array(1 / 3))
    '0.333'
    """
    answer = target.part.answer
    if answer.kind == "choice":
        return LETTERS[int(array)]
    if answer.kind == "choices":
        return ", ".join(LETTERS[int(index)] for index in array) or "none"
    if answer.kind == "shape":
        return str(tuple(array.tolist()))
    if array.dtype.kind == "f" and answer.decimals is not None:
        array = np.round(array, answer.decimals)
    return repr(array.tolist())


def pasted(array: NDArray[Any]) -> str:
    """Write `array` as numpy prints it."""
    with np.printoptions(threshold=100_000, linewidth=75):
        return str(array)


def read_typed(target: Target, text: str) -> NDArray[Any]:
    """Read text as the learner's path does."""
    answer = target.part.answer
    return read_text(
        text, answer.kind, options=len(target.options), percent=answer.percent
    ).array


def read_saved(array: NDArray[Any], *, files: bool = True) -> NDArray[Any]:
    """Save `array` and read it as the learner's path does.

    A folder and a file for every instance would take a tenth of the self-test's time:
    without `files`, the bytes that numpy saves go to the reader straight away.  What
    opening a file adds does not depend on what is in it.
    """
    if not files:
        saved = io.BytesIO()
        np.save(saved, array)
        return parse_npy(saved.getvalue())
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        path = Path(folder) / "answer.npy"
        np.save(path, array)
        return read_file(path).array


def neighbour(target: Target) -> NDArray[Any]:
    """Return the reference with its last entry just outside the tolerance."""
    # A step below 1 would vanish in an array of integers.
    array = target.reference.astype(np.float64 if target.tolerance else np.int64)
    step = 1.5 * target.tolerance if target.tolerance else 1
    last = (-1,) * array.ndim
    if array.size:
        array[last] = array[last] + step
    return array


def inside(target: Target) -> NDArray[Any]:
    """Return the reference with its last entry just inside the tolerance."""
    array = np.array(target.reference)
    if target.tolerance and array.size:
        array = array.astype(np.float64)
        array[(-1,) * array.ndim] += 0.9 * target.tolerance
    return array


def reshaped(target: Target) -> NDArray[Any]:
    """Return the reference's numbers with one row or entry too many."""
    array = np.atleast_1d(target.reference)
    return np.concatenate([array, array[:1]])
