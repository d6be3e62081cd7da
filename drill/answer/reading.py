"""What was read: an array, and what was assumed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_ECHO = 70


@dataclass(frozen=True, eq=False)
class Reading:
    """An answer as it was read.

    Attributes
    ----------
    array : ndarray
        Read-only numbers: integers, truth values or floats.
    note : str
        What was assumed about the form; empty when nothing was.
    """

    array: NDArray[Any]
    note: str = ""

    def __post_init__(self) -> None:
        self.array.setflags(write=False)


def echo(array: NDArray[Any]) -> str:
    """Say in one line what was read: its shape, and its first numbers.

    Examples
    --------
    >>> import numpy as np
    >>> echo(np.array([[1, 2], [3, 4]])), echo(np.array(0.5))
    ('2×2: 1 2 / 3 4', '0.5')
    """
    if not array.ndim:
        return _number(array.item())
    sizes = "×".join(map(str, array.shape))
    kind = f"{sizes} numbers" if array.ndim == 1 else sizes
    rows = array.reshape(-1, array.shape[-1]) if array.size else array.reshape(0, 1)
    text = f"{kind}: " + " / ".join(
        " ".join(_number(cell) for cell in row[:20].tolist()) for row in rows[:20]
    )
    return text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 2] + " …"


def _number(value: float) -> str:
    # Adding 0.0 turns a negative zero into the zero that a person means.
    return str(value) if isinstance(value, int) else f"{value + 0.0:.6g}"
