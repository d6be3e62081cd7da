"""Ratios that are one line: shares of counts, and variances of fresh weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drill import solver
from drill.walk.frame import Frame, Walk
from drill.walk.panels import say


def precision(tp: int, fp: int) -> Walk:
    """Show `drill.solver.precision`.

    Examples
    --------
    >>> precision(6, 2).frames[0].sentence
    'Of the 6 + 2 = 8 called positive, 6 are: 6/8 = 0.75.'
    """
    share, called = say(solver.precision(tp, fp)), tp + fp
    said = f"Of the {tp} + {fp} = {called} called positive, {tp} are"
    return Walk("Precision", (Frame(f"{said}: {tp}/{called} = {share}."),))


def recall(tp: int, fn: int) -> Walk:
    """Show `drill.solver.recall`.

    Examples
    --------
    >>> recall(6, 4).frames[0].sentence
    'Of the 6 + 4 = 10 that are positive, 6 were found: 6/10 = 0.6.'
    """
    share, there = say(solver.recall(tp, fn)), tp + fn
    said = f"Of the {tp} + {fn} = {there} that are positive, {tp} were found"
    return Walk("Recall", (Frame(f"{said}: {tp}/{there} = {share}."),))


def f1_score(tp: int, fp: int, fn: int) -> Walk:
    """Show `drill.solver.f1_score`.

    Examples
    --------
    >>> f1_score(6, 2, 4).frames[-1].sentence
    'F1 = 2·6/(2·6 + 2 + 4) = 12/18 = 0.6667.'
    """
    score = say(solver.f1_score(tp, fp, fn))
    below = 2 * tp + fp + fn
    last = f"F1 = 2·{tp}/(2·{tp} + {fp} + {fn}) = {2 * tp}/{below} = {score}."
    parts = (*precision(tp, fp).frames, *recall(tp, fn).frames)
    return Walk("F1", (*parts, Frame(last)))


def he_variance(n_in: int) -> Walk:
    """Show `drill.solver.he_variance`.

    Examples
    --------
    >>> he_variance(32).frames[0].sentence
    'ReLU lets half of the variance through, so it takes 2/32 = 0.0625.'
    """
    said = f"2/{n_in} = {say(solver.he_variance(n_in))}"
    start = "ReLU lets half of the variance through, so it takes"
    return Walk("The variance of a fresh weight", (Frame(f"{start} {said}."),))


def xavier_variance(n_in: int, n_out: int | None = None) -> Walk:
    """Show `drill.solver.xavier_variance`.

    Examples
    --------
    >>> xavier_variance(200, 120).frames[0].sentence
    'Between the ways there and back: 2/(200 + 120) = 2/320 = 0.00625.'
    """
    variance = say(solver.xavier_variance(n_in, n_out))
    if n_out is None:
        said = f"{n_in} terms add up, so each takes 1/{n_in} = {variance}."
    else:
        total = n_in + n_out
        both = f"2/({n_in} + {n_out}) = 2/{total} = {variance}"
        said = f"Between the ways there and back: {both}."
    return Walk("The variance of a fresh weight", (Frame(said),))


WALKS: Mapping[str, Callable[..., Walk]] = {
    "precision": precision,
    "recall": recall,
    "f1_score": f1_score,
    "he_variance": he_variance,
    "xavier_variance": xavier_variance,
}
