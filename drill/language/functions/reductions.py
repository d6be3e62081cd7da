"""Sums, means and spreads: over axes, without numpy's warnings and detours."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from drill.language.functions.costs import broken, room, shape_of, size_of
from drill.language.values import Complaint, many

_ADD: Any = np.add.reduce


def reduced(function: np.ufunc) -> Callable[..., Any]:
    """Do what np.sum comes to, without its look for other kinds of arrays."""

    def call(a: Any, axis: Any = None, **named: Any) -> Any:
        return function.reduce(a, axis=axis, **named)

    return call


def filled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse an empty array where numpy would warn and give nan."""

    def call(a: Any, *args: Any, **named: Any) -> Any:
        if size_of(a) == 0:
            raise Complaint("there is nothing to average: the array is empty")
        return function(a, *args, **named)

    return call


def mean(a: Any, axis: Any = None, *, dtype: Any = None, keepdims: bool = False) -> Any:
    """Do what np.mean comes to: the sum in floats by how many there are."""
    if type(a) is not np.ndarray or dtype is not None:
        return np.mean(a, axis, dtype=dtype, keepdims=keepdims)
    total = _ADD(a, axis=axis, dtype=np.float64, keepdims=keepdims)
    return total / (a.size // np.size(total))


def variance(a: Any, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> Any:
    """Do what np.var comes to; refuse fewer entries than `ddof` takes away."""
    a = np.asarray(a)
    total = _ADD(a, axis=axis, dtype=np.float64, keepdims=True)
    axes = range(a.ndim) if axis is None else axis if type(axis) is tuple else (axis,)
    entries = math.prod(a.shape[k] for k in axes)
    if entries <= ddof:
        raise Complaint(
            f"{many(entries, 'entry is', 'entries are')} too few for ddof={ddof}"
        )
    off = a - total / entries
    squares = _ADD(off * off, axis=axis, dtype=np.float64, keepdims=keepdims)
    return squares / (entries - ddof)


def deviation(
    a: Any, axis: Any = None, *, ddof: int = 0, keepdims: bool = False
) -> Any:
    """Return the root of the variance."""
    return np.sqrt(variance(a, axis, ddof=ddof, keepdims=keepdims))


def quantile(x: Any, q: Any, axis: Any = None) -> Any:
    """Return the value that a share `q` of the entries is below."""
    if not size_of(x) or size_of(q) > 100 or np.any(q < 0) or np.any(q > 1):
        raise Complaint("a quantile is between 0 and 1, of at least one entry")
    return np.quantile(x, q, axis)


def percentile(x: Any, q: Any, axis: Any = None) -> Any:
    """Return the value that `q` per cent of the entries are below."""
    return quantile(x, np.true_divide(q, 100), axis)


def covariance(x: Any) -> Any:
    """Return the covariances of the rows, of n - 1."""
    if len(shape_of(x)) < 1 or shape_of(x)[-1] < 2:
        raise Complaint("covariances need two entries in each row")
    return np.cov(x)


def correlation(x: Any) -> Any:
    """Return the correlations of the rows."""
    if len(shape_of(x)) != 2 or shape_of(x)[-1] < 2:
        raise Complaint("correlations need a matrix of two columns at least")
    return np.corrcoef(x)


def bins(a: Any) -> tuple[int, int]:
    """Price counting: the largest number decides how many counts there are."""
    if broken(a) or len(shape_of(a)) != 1 or np.any(np.asarray(a) < 0):
        raise Complaint("np.bincount takes whole numbers from 0, as a vector")
    cells = room((int(np.max(a, initial=0)) + 1,))
    return cells, cells + size_of(a)


def bincount(a: Any) -> Any:
    """Count how often each whole number occurs."""
    return np.bincount(a)


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """Return a length."""
    return np.linalg.norm(x, ord, axis, keepdims)


def total(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    """Sum like Python: of a matrix, its rows."""
    if axis is None and len(shape_of(a)) > 1:
        axis = 0
    return np.sum(a, axis, keepdims=keepdims)
