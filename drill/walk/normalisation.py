"""Batch normalisation, a feature at a time: in training and at test time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill import solver
from drill.walk.batch import MOST, Axis, Batch
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.panels import (
    added,
    blank,
    cells,
    equations,
    factor,
    fresh,
    listed,
    marks,
    pace,
    panel,
    say,
)


def batch_norm(
    z: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    eps: float = 0.0,
    axis: Axis = 0,
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
    result = solver.batch_norm(z, gamma, beta, eps, axis)
    batch = Batch(z, eps, axis)
    rows, results = batch.rows, batch.in_rows(result)
    scales, shifts = batch.each(gamma), batch.each(beta)
    hats, outs = blank(rows.shape), blank(rows.shape)
    full, others = pace(batch.count, 4, MOST)
    frames = []
    for number in range(full):
        looked = marks(batch.row(number), Role.WINDOW)
        given = panel("z", rows, looked)
        total = f"({added(rows[number])})/{rows.shape[1]}"
        mean = f"mean is {total} = {say(batch.means[number, 0])}"
        squares = f"squares is {say(batch.variances[number, 0])}"
        centred = listed(batch.centred[number])
        hats[number] = batch.hats[number]
        frames += [
            Frame(f"{batch.where(number)} {mean}.", (given,)),
            Frame(
                f"The differences are {centred}; the mean of their {squares}.", (given,)
            ),
            Frame(
                f"Divided by {batch.root(number)}: {listed(hats[number])}.",
                (given, fresh("zhat", hats, batch.row(number))),
            ),
        ]
        outs[number] = results[number]
        said = f"Times gamma {say(scales[number])}, plus beta {factor(shifts[number])}"
        grids = (
            panel("zhat", hats, looked),
            fresh("ztilde", outs, batch.row(number)),
        )
        frames.append(Frame(f"{said}: {listed(outs[number])}.", grids))
    for group in others:
        hats[group], outs[group] = batch.hats[group], results[group]
        here = cells(group, range(rows.shape[1]))
        number = group.start
        if len(group) == 1:
            said = f"Feature {number}: less {factor(batch.means[number, 0])}, over"
            said += f" {batch.root(number)}, times {factor(scales[number])}, plus"
            said += f" {factor(shifts[number])}: {listed(outs[number], 6)}."
        else:
            said = f"Features {number} to {group.stop - 1} go the same way:"
            said += f" {listed(outs[group])}."
        looked = marks(here, Role.WINDOW)
        grids = (panel("z", rows, looked), fresh("ztilde", outs, here))
        frames.append(Frame(said, grids))
    if batch.is_turned():
        whole = (panel("ztilde", result),)
        frames.append(Frame("As a batch again, features in columns.", whole))
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
    >>> for frame in batch_norm_inference([5, 1], 3, 4, 2, 1).frames:
    ...     print(frame.sentence)
    The running mean is subtracted: 5 - 3 = 2, 1 - 3 = -2.
    Divided by the root of the running variance: 2/2 = 1, -2/2 = -1.
    Times gamma, plus beta: 2·1 + 1 = 3, 2·(-1) + 1 = -1.
    """
    out = solver.batch_norm_inference(z, mean, variance, gamma, beta, eps)
    batch = np.asarray(z, dtype=float)
    middle, spread, scale, shift = (
        np.broadcast_to(np.asarray(one, float), batch.shape)
        for one in (mean, variance, gamma, beta)
    )
    centred, roots = batch - middle, np.sqrt(spread + eps)
    hat = centred / roots
    first = equations(
        f"{say(a)} - {factor(b)} = {say(c)}"
        for a, b, c in zip(batch.flat, middle.flat, centred.flat, strict=True)
    )
    second = equations(
        f"{say(a)}/{say(b)} = {say(c)}"
        for a, b, c in zip(centred.flat, roots.flat, hat.flat, strict=True)
    )
    third = equations(
        f"{factor(a)}·{factor(b)} + {factor(c)} = {say(d)}"
        for a, b, c, d in zip(scale.flat, hat.flat, shift.flat, out.flat, strict=True)
    )
    plus = f" plus {say(eps)}" if eps else ""
    return Walk(
        "Batch normalisation at test time",
        (
            Frame(
                f"The running mean is subtracted: {first}.",
                _flat([("z", batch)], "z - mean", centred),
            ),
            Frame(
                f"Divided by the root of the running variance{plus}: {second}.",
                _flat([("z - mean", centred)], "zhat", hat),
            ),
            Frame(
                f"Times gamma, plus beta: {third}.",
                _flat([("zhat", hat)], "result", out),
            ),
        ),
    )


def _flat(
    given: list[tuple[str, NDArray[Any]]], name: str, new: NDArray[Any]
) -> tuple[Panel, ...]:
    """Draw what has rows and columns."""
    if new.ndim > 2:
        return ()
    return (*(panel(*one) for one in given), fresh(name, new))


WALKS: Mapping[str, Callable[..., Walk]] = {
    "batch_norm": batch_norm,
    "batch_norm_inference": batch_norm_inference,
}
