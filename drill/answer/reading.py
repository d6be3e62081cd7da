"""What was read: an array, and what was assumed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_ECHO = 70
LETTERS = "abcdefghi"


@dataclass(frozen=True, eq=False)
class Reading:
    """An answer as it was read.

    Attributes
    ----------
    array : ndarray
        Read-only numbers: integers, truth values or floats.
    note : str
        What was assumed about the form; empty when nothing was.
    kind : str
        The kind of answer that was due, as in `read_text`.
    """

    array: NDArray[Any]
    note: str = ""
    kind: str = "array"

    def __post_init__(self) -> None:
        self.array.setflags(write=False)

    @property
    def text(self) -> str:
        """What was read, in one line (see `echo`)."""
        return echo(self.array, self.kind)


def echo(array: NDArray[Any], kind: str = "array") -> str:
    """Say in one line what was read: its shape, and its first numbers.

    Parameters
    ----------
    array : ndarray
    kind : str
        The kind of answer: a ``shape`` is written as one, a ``choice`` or ``choices``
        as letters.

    Returns
    -------
    str
        At most `LONGEST_ECHO` characters; a count tells of the numbers left out.

    Examples
    --------
    >>> import numpy as np
    >>> echo(np.array([[1, 2], [3, 4]])), echo(np.array(0.5))
    ('2×2: 1 2 / 3 4', '0.5')
    >>> echo(np.array([31, 31, 64]), "shape"), echo(np.array([0, 2]), "choices")
    ('shape (31, 31, 64)', 'a, c')
    >>> echo(np.zeros((30, 40)))
    '30×40: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 … (1175 more)'
    """
    if kind in ("choice", "choices"):
        return ", ".join(LETTERS[int(index)] for index in array.flat) or "none"
    if not array.ndim:
        return _number(array.item())
    if kind == "shape":
        start, ends, join = "shape (", (",)" if array.size == 1 else ")"), ", "
    elif array.ndim == 1:
        start, ends, join = f"{_count(array.size, 'number')}: ", "", " "
    else:
        start, ends, join = f"{'×'.join(map(str, array.shape))}: ", "", " "
    if not array.size:
        return f"{start})" if kind == "shape" else start[:-2]
    return _listed(array, start, join) + ends


def _listed(array: NDArray[Any], start: str, join: str) -> str:
    """Write the numbers in order, as many as there is room for."""
    most = LONGEST_ECHO - len(f" … ({array.size} more)")
    text = start
    cut = ""
    for place, cell in enumerate(array.flat):
        row_ends = place and array.ndim > 1 and place % array.shape[-1] == 0
        between = " / " if row_ends else join
        piece = (between if place else "") + _number(cell.item())
        if not cut and len(text) + len(piece) > most:
            cut = f"{text} … ({array.size - place} more)"
        text += piece
        if len(text) > LONGEST_ECHO - 2:
            return cut or text
    return text


def _count(many: int, what: str) -> str:
    return f"{many} {what}" if many == 1 else f"{many} {what}s"


def _number(value: float) -> str:
    # Adding 0.0 turns a negative zero into the zero that a person means.
    return str(value) if isinstance(value, int) else f"{value + 0.0:.6g}"
