"""Scores over several classes and all thresholds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from drill.errors import SolverError
from drill.solver.checks import agree, floats, kept


def macro_f1(y: ArrayLike, yhat: ArrayLike) -> float:
    """Mean of the F1 scores of the classes, each weighing the same.

    Parameters
    ----------
    y, yhat : array, shape (n,)
        A class for each example.

    Returns
    -------
    float

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Every class that occurs in `y` or `yhat` counts; one that is never hit has 0.

    Examples
    --------
    >>> round(macro_f1([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]), 6)
    0.266667
    """
    true, guess = kept("y", y, 1), kept("yhat", yhat, 1)
    agree("y", true.shape, "yhat", guess.shape)
    shares = []
    for label in np.union1d(true, guess):
        hits = int(((true == label) & (guess == label)).sum())
        named = int((true == label).sum() + (guess == label).sum())
        shares.append(2 * hits / named)
    return float(np.mean(shares))


def roc_auc(y: ArrayLike, scores: ArrayLike) -> float:
    """Area under the ROC curve: the share of pairs that are in order.

    Parameters
    ----------
    y : array, shape (n,)
        1 for the positives, else 0.
    scores : array, shape (n,)

    Returns
    -------
    float
        A tie counts as half a pair.

    Raises
    ------
    SolverError
        When only one class occurs.

    Notes
    -----
    Hanley and McNeil (1982).

    Examples
    --------
    >>> round(roc_auc([1, 1, 1, 0, 0, 0], [0.9, 0.6, 0.55, 0.7, 0.5, 0.2]), 6)
    0.777778
    """
    labels, marks = kept("y", y, 1), floats("scores", scores, 1)
    agree("y", labels.shape, "scores", marks.shape)
    if not np.isin(labels, (0, 1)).all() or labels.all() or not labels.any():
        raise SolverError("y must be 0 or 1, and both must occur")
    high, low = marks[labels == 1][:, None], marks[labels == 0]
    return float(np.mean((high > low) + 0.5 * (high == low)))
