"""Layers that work entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.panels import equations, listed, marks, panel, say


def relu(z: ArrayLike) -> Walk:
    """Show `drill.solver.relu`.

    Examples
    --------
    >>> relu([2, -3]).frames[0].sentence
    'What is above 0 passes: 1 of 2 entries. The rest becomes 0.'
    """
    array, out = np.asarray(z), solver.relu(z)
    passing = _where(array > 0)
    said = f"What is above 0 passes: {len(passing)} of {array.size} entries."
    return Walk(
        "ReLU",
        (
            Frame(
                f"{said} The rest becomes 0.",
                _grids(
                    ("z", array, marks(passing, Role.WINDOW)),
                    ("relu(z)", out, marks(passing, Role.NOW)),
                ),
            ),
        ),
    )


def relu_backward(dout: ArrayLike, z: ArrayLike) -> Walk:
    """Show `drill.solver.relu_backward`.

    Examples
    --------
    >>> relu_backward([5, 7], [2, -3]).frames[-1].sentence
    'There the gradient passes; elsewhere it is 0: 5, 0.'
    """
    array, arriving = np.asarray(z), np.asarray(dout)
    out = solver.relu_backward(dout, z)
    passing = _where(array > 0)
    looked = marks(passing, Role.WINDOW)
    return Walk(
        "ReLU backwards",
        (
            Frame(
                f"{len(passing)} of {array.size} entries of z are above 0.",
                _grids(("z", array, looked), ("dout", arriving, {})),
            ),
            Frame(
                f"There the gradient passes; elsewhere it is 0: {listed(out)}.",
                _grids(
                    ("dout", arriving, looked),
                    ("dz", out, marks(passing, Role.NOW)),
                ),
            ),
        ),
    )


def dropout(a: ArrayLike, mask: ArrayLike, keep_prob: float) -> Walk:
    """Show `drill.solver.dropout`.

    Examples
    --------
    >>> [frame.sentence for frame in dropout([4, 6], [1, 0], 0.5).frames]
    ['The mask keeps 1 of 2 entries.', 'Times the mask: 4, 0.', \
'Divided by the keep probability 0.5: 8, 0.']
    """
    return _dropped("Dropout", ("a", np.asarray(a)), mask, keep_prob)


def dropout_backward(dout: ArrayLike, mask: ArrayLike, keep_prob: float) -> Walk:
    """Show `drill.solver.dropout_backward`."""
    return _dropped("Dropout backwards", ("dout", np.asarray(dout)), mask, keep_prob)


def _dropped(
    title: str,
    given: tuple[str, NDArray[np.generic]],
    mask: ArrayLike,
    keep_prob: float,
) -> Walk:
    name, array = given
    kept = np.asarray(mask)
    cells = _where(kept != 0)
    looked, new = marks(cells, Role.WINDOW), marks(cells, Role.NOW)
    product = array * kept
    # Zeros of a masked negative entry are written without a sign.
    out = solver.dropout(array, mask, keep_prob) + 0.0
    return Walk(
        title,
        (
            Frame(
                f"The mask keeps {len(cells)} of {kept.size} entries.",
                _grids((name, array, looked), ("mask", kept, looked)),
            ),
            Frame(
                f"Times the mask: {listed(product + 0)}.",
                _grids((name, array, looked), (f"{name}·mask", product + 0, new)),
            ),
            Frame(
                f"Divided by the keep probability {say(keep_prob)}: {listed(out)}.",
                _grids((f"{name}·mask", product + 0, looked), ("result", out, new)),
            ),
        ),
    )


def sigmoid(z: ArrayLike) -> Walk:
    """Show `drill.solver.sigmoid`.

    Examples
    --------
    >>> for frame in sigmoid([0, -2]).frames:
    ...     print(frame.sentence)
    The exponentials of minus z: e^0 = 1, e^2 = 7.389.
    1 over 1 plus that: 1/(1 + 1) = 0.5, 1/(1 + 7.389) = 0.1192.
    """
    array, out = np.asarray(z, dtype=float), solver.sigmoid(z)
    # Exponentials that no double holds are told the other way round.
    fits = bool(np.all(np.abs(array) < 300))
    powers = np.exp(-array if fits else -np.abs(array))
    exponents = (-array if fits else -np.abs(array)).flat
    each = zip(exponents, powers.flat, strict=True)
    told = equations(f"e^{say(power)} = {say(one)}" for power, one in each)
    last = equations(
        f"{'1' if fits or at >= 0 else say(one)}/(1 + {say(one)}) = {say(share)}"
        for at, one, share in zip(array.flat, powers.flat, out.flat, strict=True)
    )
    first = "minus z" if fits else "minus |z|, so that none is inf"
    then = "1" if fits else "1, or that itself where z is below 0,"
    grid = np.atleast_2d(array) if array.ndim < 2 else array
    new = marks(_where(np.ones(grid.shape, bool)), Role.NOW) if grid.ndim == 2 else {}
    return Walk(
        "Sigmoid",
        (
            Frame(
                f"The exponentials of {first}: {told}.",
                _grids(("z", array, {}), ("exp", powers, new)),
            ),
            Frame(
                f"{then} over 1 plus that: {last}.",
                _grids(("z", array, {}), ("exp", powers, {}), ("sigmoid(z)", out, new)),
            ),
        ),
    )


def _where(holds: NDArray[np.bool_]) -> list[tuple[int, int]]:
    return [(int(r), int(c)) for r, c in np.argwhere(np.atleast_2d(holds))]


def _grids(
    *given: tuple[str, NDArray[np.generic], dict[tuple[int, int], Role]],
) -> tuple[Panel, ...]:
    """Draw what has rows and columns."""
    return tuple(
        panel(name, array, roles) for name, array, roles in given if np.ndim(array) <= 2
    )


WALKS: Mapping[str, Callable[..., Walk]] = {
    "relu": relu,
    "relu_backward": relu_backward,
    "dropout": dropout,
    "dropout_backward": dropout_backward,
    "sigmoid": sigmoid,
}
