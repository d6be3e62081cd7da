"""An index as it stands between square brackets, with its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np


def index_text(key: Any) -> str:
    """Write an index.

    Examples
    --------
    >>> index_text((slice(0, 2, None), 3)), index_text((..., None))
    ('0:2, 3', '..., None')
    """
    parts = key if isinstance(key, tuple) else (key,)
    return ", ".join(map(_part, parts))


def _part(part: Any) -> str:
    if isinstance(part, slice):
        ends = ["" if end is None else str(end) for end in (part.start, part.stop)]
        step = "" if part.step is None else f":{part.step}"
        return ":".join(ends) + step
    if part is ...:
        return "..."
    if isinstance(part, np.ndarray):
        return "mask" if part.dtype.kind == "b" else "places"
    return str(part) if part is None or isinstance(part, int) else "places"
