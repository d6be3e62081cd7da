"""Losses: which probability counts for each example, its logarithm, the mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from drill import solver
from drill.walk.frame import Frame, Role, Walk
from drill.walk.panels import (
    added,
    blank,
    cells,
    equations,
    fresh,
    listed,
    marks,
    panel,
    say,
    turns,
)

MOST_TURNS = 58


def logistic_loss(y: ArrayLike, yhat: ArrayLike) -> Walk:
    """Show `drill.solver.logistic_loss`.

    Examples
    --------
    >>> for frame in logistic_loss([1, 0], [0.75, 0.5]).frames:
    ...     print(frame.sentence)
    What each label was given, yhat where y is 1, else 1 - yhat: 0.75, 0.5.
    Minus the natural logarithms: 0.2877, 0.6931.
    Their mean: (0.2877 + 0.6931)/2 = 0.4904.
    """
    loss = solver.logistic_loss(y, yhat)
    return Walk("Binary cross-entropy", (*_binary(y, yhat), *_mean(y, yhat, loss)))


def _binary(y: ArrayLike, yhat: ArrayLike) -> list[Frame]:
    labels = np.atleast_1d(np.asarray(y, float))
    given = np.atleast_1d(np.asarray(yhat, float))
    # Labels between 0 and 1 weigh both logarithms, and no one probability counts.
    if np.isin(labels, (0, 1)).all():
        counted = np.where(labels == 1, given, 1 - given)
        said = "What each label was given, yhat where y is 1, else 1 - yhat"
        grids = (panel("y", labels), panel("yhat", given), fresh("counts", counted))
        first = [Frame(f"{said}: {listed(counted)}.", grids)]
        losses = -np.log(counted)
        told = "Minus the natural logarithms" if losses.size > 1 else "Minus its ln"
    else:
        first = []
        losses = -labels * np.log(given) - (1 - labels) * np.log1p(-given)
        told = "Minus y·ln(yhat) minus (1 - y)·ln(1 - yhat)"
    shown = (fresh("losses", losses),)
    return [*first, Frame(f"{told}: {listed(losses)}.", shown)]


def _mean(y: ArrayLike, yhat: ArrayLike, loss: float) -> list[Frame]:
    labels, given = np.atleast_1d(np.asarray(y, float)), np.asarray(yhat, float)
    if labels.size == 1:
        return []
    losses = -labels * np.log(given) - (1 - labels) * np.log1p(-given)
    said = f"Their mean: ({added(losses.ravel())})/{losses.size} = {say(loss)}."
    return [Frame(said, (panel("losses", losses),))]


def l2_logistic_loss(y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float) -> Walk:
    """Show `drill.solver.l2_logistic_loss`.

    Examples
    --------
    >>> l2_logistic_loss(1, 0.5, [2, -2], 0.1).frames[-1].sentence
    'Plus the penalty 0.1/2·(4 + 4) = 0.4: 1.093.'
    """
    loss = solver.l2_logistic_loss(y, yhat, w, lam)
    squares = np.asarray(w, float) ** 2
    told = f"{say(lam)}/2·({added(squares.ravel())}) = {say(lam / 2 * squares.sum())}"
    return _penalised("L2", y, yhat, told, squares, loss)


def l1_logistic_loss(y: ArrayLike, yhat: ArrayLike, w: ArrayLike, lam: float) -> Walk:
    """Show `drill.solver.l1_logistic_loss`.

    Examples
    --------
    >>> l1_logistic_loss(1, 0.5, [2, -2], 0.1).frames[-1].sentence
    'Plus the penalty 0.1·(2 + 2) = 0.4: 1.093.'
    """
    loss = solver.l1_logistic_loss(y, yhat, w, lam)
    sizes = np.abs(np.asarray(w, float))
    told = f"{say(lam)}·({added(sizes.ravel())}) = {say(lam * sizes.sum())}"
    return _penalised("L1", y, yhat, told, sizes, loss)


def _penalised(
    kind: str, y: ArrayLike, yhat: ArrayLike, told: str, sizes: ArrayLike, loss: float
) -> Walk:
    data = [*_binary(y, yhat), *_mean(y, yhat, solver.logistic_loss(y, yhat))]
    name = "w·w" if kind == "L2" else "|w|"
    last = Frame(f"Plus the penalty {told}: {say(loss)}.", (panel(name, sizes),))
    return Walk(f"Cross-entropy with an {kind} penalty", (*data, last))


def cross_entropy(p: ArrayLike, y: ArrayLike) -> Walk:
    """Show `drill.solver.cross_entropy`.

    Examples
    --------
    >>> for frame in cross_entropy([[0.5, 0.25], [0.5, 0.75]], [0, 0]).frames:
    ...     print(frame.sentence)
    The probabilities of the true classes: 0.5, 0.25.
    Minus their natural logarithms: 0.6931, 1.386.
    Their mean: (0.6931 + 1.386)/2 = 1.04.
    """
    loss = solver.cross_entropy(p, y)
    shares = np.asarray(p, float)
    grid = shares.reshape(shares.shape[0], -1)
    target = np.asarray(y)
    if target.ndim == shares.ndim:
        hot = target.reshape(grid.shape).astype(float)
    else:
        hot = (np.arange(len(grid))[:, None] == np.atleast_1d(target)).astype(float)
    # Soft targets weigh several logarithms of a column.
    needed = np.where(hot > 0, grid, 1.0)
    losses = -(hot * np.log(needed)).sum(axis=0)
    cells = [(int(r), int(c)) for r, c in np.argwhere(hot > 0)]
    looked = panel("p", grid, marks(cells, Role.WINDOW))
    frames = []
    if np.isin(hot, (0, 1)).all():
        true = (hot * grid).sum(axis=0)
        many = true.size > 1
        what = "The probabilities of the true classes" if many else "The true class has"
        frames.append(Frame(f"{what}{':' if many else ''} {listed(true)}.", (looked,)))
        told = "Minus their natural logarithms" if many else "Minus its ln"
    else:
        told = "Minus the targets times the natural logarithms, added up"
    frames.append(
        Frame(f"{told}: {listed(losses)}.", (looked, fresh("losses", losses)))
    )
    if losses.size > 1:
        said = f"Their mean: ({added(losses)})/{losses.size} = {say(loss)}."
        frames.append(Frame(said, (panel("losses", losses),)))
    return Walk("Cross-entropy", tuple(frames))


def softmax_gradient(p: ArrayLike, k: ArrayLike) -> Walk:
    """Show `drill.solver.softmax_gradient`: 1 comes off where the true class is.

    Examples
    --------
    >>> for frame in softmax_gradient([[0.25, 0.5], [0.75, 0.5]], [1, 0]).frames:
    ...     print(frame.sentence)
    Column 0: its class is 1, so 1 comes off row 1 alone: 0.75 - 1 = -0.25.
    Column 1: its class is 0, so 1 comes off row 0 alone: 0.5 - 1 = -0.5.
    """
    gradient = solver.softmax_gradient(p, k)
    shares = np.asarray(p, float)
    alone = shares.ndim == 1
    # A vector is drawn as it is written, in a row.
    grid, out = np.atleast_2d(shares), blank(np.atleast_2d(shares).shape)
    classes = np.atleast_1d(np.asarray(k))
    frames = []
    for columns in turns(classes.size, MOST_TURNS):
        true = (
            [(0, int(classes[0]))] if alone else [(int(classes[c]), c) for c in columns]
        )
        spread = range(grid.shape[1]) if alone else columns
        new = marks(cells(range(len(grid)), spread), Role.NOW)
        out[:, spread] = np.atleast_2d(gradient)[:, spread]
        told = equations(
            f"{say(grid[cell])} - 1 = {say(np.atleast_2d(gradient)[cell])}"
            for cell in true
        )
        first = classes[columns.start]
        if alone:
            said = f"The true class is {first}, so 1 comes off entry {first} alone"
        elif len(columns) == 1:
            said = f"Column {columns.start}: its class is {first}, so 1 comes off row"
            said += f" {first} alone"
        else:
            said = f"Columns {columns.start} to {columns.stop - 1}: 1 comes off"
        looked = panel("p", grid, marks(true, Role.WINDOW))
        frames.append(Frame(f"{said}: {told}.", (looked, panel("gradient", out, new))))
    return Walk("Probabilities less the one-hot target", tuple(frames))


WALKS: Mapping[str, Callable[..., Walk]] = {
    "logistic_loss": logistic_loss,
    "l2_logistic_loss": l2_logistic_loss,
    "l1_logistic_loss": l1_logistic_loss,
    "cross_entropy": cross_entropy,
    "softmax_gradient": softmax_gradient,
}
