"""Slopes by an imaginary step.

``f(x + ih)`` carries ``h f'(x)`` in its imaginary part, and no subtraction spoils it,
so that h can be 1e-30 and the slope comes out to the last digits (Squire and Trapp,
1998).  The function must be analytic: no absolute values, no conjugates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drill.oracle.cells import Exact

STEP = 1e-30


def slopes(
    loss: Callable[[list[complex]], complex], at: Sequence[float | Exact]
) -> list[float]:
    """Slope of an analytic function in each of its arguments, by a complex step.

    Examples
    --------
    >>> slopes(lambda v: v[0] * v[0] * v[1], [3, 2])
    [12.0, 9.0]
    """
    base = [complex(one) for one in at]
    found = []
    for place in range(len(base)):
        moved = list(base)
        moved[place] += STEP * 1j
        found.append(loss(moved).imag / STEP)
    return found
