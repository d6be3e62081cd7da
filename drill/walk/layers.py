"""Layers that work entry by entry, or feature by feature."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.draft import added, blank, factor, listed, marks, panel, say
from drill.walk.frame import Frame, Panel, Role, Walk


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


def batch_norm(
    z: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    eps: float = 0.0,
    axis: int | Sequence[int] = 0,
) -> Walk:
    """Show `drill.solver.batch_norm`, a feature at a time.

    Features stand in rows, whatever the layout of `z`.

    Examples
    --------
    >>> for frame in batch_norm([1, 7, 9, 15], 5, 1).frames:
    ...     print(frame.sentence)
    The mean is (1 + 7 + 9 + 15)/4 = 8.
    The differences are -7, -1, 1, 7; the mean of their squares is 25.
    Divided by sqrt(25) = 5: -1.4, -0.2, 0.2, 1.4.
    Times gamma 5, plus beta 1: -6, 0, 2, 8.
    """
    batch = np.asarray(z, dtype=float)
    axes = (axis,) if isinstance(axis, int | np.integer) else tuple(axis)
    gone = {int(one) % batch.ndim for one in axes}
    order = [n for n in range(batch.ndim) if n not in gone] + sorted(gone)
    count = int(np.prod([batch.shape[n] for n in range(batch.ndim) if n not in gone]))
    rows = batch.transpose(order).reshape(count, -1)
    result = solver.batch_norm(z, gamma, beta, eps, axis)
    results = result.transpose(order).reshape(count, -1)
    scales = np.broadcast_to(np.asarray(gamma, float).ravel(), (count,))
    shifts = np.broadcast_to(np.asarray(beta, float).ravel(), (count,))
    hats, outs = blank(rows.shape), blank(rows.shape)
    frames = []
    for number, row in enumerate(rows):
        cells = [(number, column) for column in range(rows.shape[1])]
        looked, new = marks(cells, Role.WINDOW), marks(cells, Role.NOW)
        mean = float(np.mean(row))
        centred = row - mean
        variance = float(np.mean(centred**2))
        whole = variance + eps
        hats[number] = centred / np.sqrt(whole)
        where = f"Feature {number}: the" if count > 1 else "The"
        grids = _grids(("z", rows, looked))
        frames += [
            Frame(f"{where} mean is ({added(row)})/{len(row)} = {say(mean)}.", grids),
            Frame(
                f"The differences are {listed(centred)}; the mean of their squares is"
                f" {say(variance)}.",
                grids,
            ),
            Frame(
                f"Divided by sqrt({say(variance)}"
                f"{f' + {say(eps)}' if eps else ''}) = {say(np.sqrt(whole))}:"
                f" {listed(hats[number])}.",
                _grids(("z", rows, looked), ("zhat", hats, new)),
            ),
        ]
        outs[number] = results[number]
        scale, shift = scales[number], shifts[number]
        frames.append(
            Frame(
                f"Times gamma {say(scale)}, plus beta {factor(shift)}:"
                f" {listed(outs[number])}.",
                _grids(("zhat", hats, looked), ("ztilde", outs, new)),
            )
        )
    if result.ndim == 2 and result.shape != results.shape:
        frames.append(
            Frame("As a batch again, features in columns.", (panel("ztilde", result),))
        )
    return Walk("Batch normalisation", tuple(frames))


def batch_norm_inference(
    z: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    eps: float = 0.0,
) -> Walk:
    """Show `drill.solver.batch_norm_inference`.

    Examples
    --------
    >>> batch_norm_inference([5, 1], 3, 4, 2, 1).frames[-1].sentence
    'Times gamma, plus beta: 3, -1.'
    """
    batch = np.asarray(z, dtype=float)
    out = solver.batch_norm_inference(z, mean, variance, gamma, beta, eps)
    hat = (batch - np.asarray(mean)) / np.sqrt(np.asarray(variance) + eps)
    cells = _where(np.ones(batch.shape, bool))
    new = marks(cells, Role.NOW)
    return Walk(
        "Batch normalisation at test time",
        (
            Frame(
                f"The running mean is subtracted: {listed(batch - np.asarray(mean))}.",
                _grids(("z", batch, {}), ("z - mean", batch - np.asarray(mean), new)),
            ),
            Frame(
                "Divided by the root of the running variance"
                f"{f' plus {say(eps)}' if eps else ''}: {listed(hat)}.",
                _grids(("zhat", hat, new)),
            ),
            Frame(
                f"Times gamma, plus beta: {listed(out)}.",
                _grids(("zhat", hat, {}), ("result", out, new)),
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
    "batch_norm": batch_norm,
    "batch_norm_inference": batch_norm_inference,
}
