"""Precision, recall and F1 from confusion counts."""

from __future__ import annotations

from drill.errors import SolverError
from drill.solver.checks import whole


def precision(tp: int, fp: int) -> float:
    """Share of the predicted positives that are positive: ``tp / (tp + fp)``.

    Parameters
    ----------
    tp, fp : int
        True and false positives.

    Raises
    ------
    SolverError
        When a count is negative or nothing was predicted positive.

    Examples
    --------
    >>> precision(6, 2)
    0.75
    """
    hits = whole("tp", tp)
    return _share(hits, hits + whole("fp", fp), "nothing was predicted positive")


def recall(tp: int, fn: int) -> float:
    """Share of the actual positives that were found: ``tp / (tp + fn)``.

    Parameters
    ----------
    tp, fn : int
        True positives and false negatives.

    Raises
    ------
    SolverError
        When a count is negative or nothing is positive.

    Examples
    --------
    >>> recall(6, 6)
    0.5
    """
    hits = whole("tp", tp)
    return _share(hits, hits + whole("fn", fn), "nothing is positive")


def f1_score(tp: int, fp: int, fn: int) -> float:
    """Harmonic mean of precision and recall: ``2 tp / (2 tp + fp + fn)``.

    Parameters
    ----------
    tp, fp, fn : int
        True positives, false positives and false negatives.

    Raises
    ------
    SolverError
        When a count is negative or all are 0.

    Examples
    --------
    >>> f1_score(6, 2, 6)
    0.6
    """
    hits = 2 * whole("tp", tp)
    total = hits + whole("fp", fp) + whole("fn", fn)
    return _share(hits, total, "nothing is positive, nor predicted so")


def _share(part: int, total: int, why: str) -> float:
    if not total:
        raise SolverError(f"the share is 0 / 0: {why}")
    return part / total
