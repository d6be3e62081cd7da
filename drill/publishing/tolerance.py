"""A platform's tolerance: no variant whose known mistake it would accept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from drill.drawing import Target
from drill.publishing.published import Variant


def accepted(variant: Variant, allowed: Callable[[Target], float]) -> str:
    """Say which known mistake a platform would take for the right answer.

    Parameters
    ----------
    variant : Variant
    allowed : callable
        How far from the right answer the platform lets a number be, absolutely.

    Returns
    -------
    str
        A sentence for whoever publishes; empty where every mistake is refused.
    """
    for part in variant.parts:
        reference = part.target.reference
        limit = allowed(part.target)
        for known in part.known:
            array = known.array
            if array is None or array.shape != reference.shape:
                continue
            away = np.abs(np.asarray(array, float) - np.asarray(reference, float))
            if bool((away <= limit).all()):
                return (
                    f"its mistake '{known.name}' gives {known.text}, which the"
                    f" platform's tolerance of {limit:g} would accept for"
                    f" {part.answer}"
                )
    return ""
