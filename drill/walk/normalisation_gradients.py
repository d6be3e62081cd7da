"""Back through batch normalisation, a feature at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from numpy.typing import ArrayLike

from drill import solver
from drill.walk.batch import MOST, Axis, Batch
from drill.walk.frame import Frame, Role, Walk
from drill.walk.panels import (
    added,
    blank,
    cells,
    factor,
    fresh,
    listed,
    marks,
    pace,
    panel,
    products,
    say,
)


def batch_norm_backward(
    dout: ArrayLike,
    z: ArrayLike,
    gamma: ArrayLike,
    eps: float = 0.0,
    axis: Axis = 0,
) -> Walk:
    """Show `drill.solver.batch_norm_backward`, a feature at a time.

    Examples
    --------
    >>> for frame in batch_norm_backward([1, 0, 0, 0], [1, 7, 9, 15], 5).frames:
    ...     print(frame.sentence)
    The gradient of beta is the sum of dout: 1 + 0 + 0 + 0 = 1.
    As forwards, z less 8 over sqrt(25) = 5 is zhat: -1.4, -0.2, 0.2, 1.4.
    dgamma = the sum of dout·zhat: 1·(-1.4) + 0·(-0.2) + 0·0.2 + 0·1.4 = -1.4.
    Off dout come its mean, 0.25, and zhat times the mean of dout·zhat, -0.35: 0.26, \
-0.32, -0.18, 0.24.
    Times gamma over the root, 5/5 = 1: 0.26, -0.32, -0.18, 0.24.
    Over all of the batch: dz, dgamma and dbeta.
    """
    grads = solver.batch_norm_backward(dout, z, gamma, eps, axis)
    batch = Batch(z, eps, axis)
    arriving, result = batch.in_rows(dout), batch.in_rows(grads[0])
    dgamma, dbeta = (batch.each(one) for one in grads[1:])
    scales, m = batch.each(gamma), batch.rows.shape[1]
    out, found = blank(batch.rows.shape), blank(batch.rows.shape)
    full, others = pace(batch.count, 5, MOST)
    frames = []
    for number in range(full):
        here = batch.row(number)
        looked = marks(here, Role.WINDOW)
        row, hat = arriving[number], batch.hats[number]
        root = batch.roots[number, 0]
        mean, lean = dbeta[number] / m, dgamma[number] / m
        inner = row - mean - hat * lean
        found[number] = hat
        hats = panel("zhat", found, looked)
        given = panel("dout", arriving, looked)
        done = blank(batch.rows.shape)
        done[number] = inner
        out[number] = result[number]
        middle = factor(batch.means[number, 0])
        frames += [
            Frame(
                f"{batch.where(number)} gradient of beta is the sum of dout:"
                f" {added(row)} = {say(dbeta[number])}.",
                (given,),
            ),
            Frame(
                f"As forwards, z less {middle} over {batch.root(number)} is zhat:"
                f" {listed(hat)}.",
                (panel("z", batch.rows, looked), fresh("zhat", found, here)),
            ),
            Frame(
                f"dgamma = the sum of dout·zhat: {products(row, hat)} ="
                f" {say(dgamma[number])}.",
                (given, hats),
            ),
            Frame(
                f"Off dout come its mean, {say(mean)}, and zhat times the mean of"
                f" dout·zhat, {say(lean)}: {listed(inner)}.",
                (given, hats, fresh("what is left", done, here)),
            ),
            Frame(
                f"Times gamma over the root, {say(scales[number])}/{say(root)} ="
                f" {say(scales[number] / root)}: {listed(out[number])}.",
                (panel("what is left", done, looked), fresh("dz", out, here)),
            ),
        ]
    for group in others:
        out[group] = result[group]
        here = cells(group, range(m))
        number = group.start
        if len(group) == 1:
            said = f"Feature {number}: dbeta {say(dbeta[number])}, dgamma"
            said += f" {say(dgamma[number])}, dz {listed(out[number], 6)}."
        else:
            said = f"Features {number} to {group.stop - 1} go the same way:"
            said += f" {listed(result[group])}."
        frames.append(Frame(said, (panel("dout", arriving), fresh("dz", out, here))))
    names = ("dz", "dgamma", "dbeta")
    whole = [panel(*one) for one in zip(names, grads, strict=True) if one[1].ndim <= 2]
    frames.append(Frame("Over all of the batch: dz, dgamma and dbeta.", tuple(whole)))
    return Walk("Batch normalisation backwards", tuple(frames))


WALKS: Mapping[str, Callable[..., Walk]] = {
    "batch_norm_backward": batch_norm_backward,
}
