"""Batch normalisation: training, its backward pass, and test time."""

from __future__ import annotations

from collections.abc import Sequence
from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Shape, agree, floats, real, short

Floats = NDArray[np.float64]
Axis = int | Sequence[int]


def batch_norm(
    z: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    eps: float = 0.0,
    axis: Axis = 0,
) -> Floats:
    """Normalise with the batch's own mean and variance, then scale and shift.

    ``γ (z − μ) / √(σ² + ε) + β`` with ``σ² = (1/m) Σ (z − μ)²``

    Parameters
    ----------
    z : array, any shape but ()
    gamma, beta : numbers, or arrays with one entry per feature
        Their shape is that of `z` without `axis` (or with 1 there).
    eps : float
        Added to the variance, at least 0.
    axis : int or sequence of int
        Where the examples are: 0 for (m, features), 1 for (features, m),
        (0, 1, 2) for (N, H, W, C).

    Returns
    -------
    ndarray, shape of `z`

    Raises
    ------
    SolverError
        When shapes disagree, or a feature is constant and eps is 0.

    Notes
    -----
    The batch-norm slide; the variance divides by m, not by m − 1.

    Examples
    --------
    >>> batch_norm([1, 7, 9, 15], 5, 1).tolist()
    [-6.0, 0.0, 2.0, 8.0]
    """
    batch = floats("z", z)
    axes = _axes(batch, axis)
    centred, scale = _spread(batch, eps, axes)
    return np.asarray(
        _feature("gamma", gamma, batch, axes) * centred / scale
        + _feature("beta", beta, batch, axes)
    )


def batch_norm_backward(
    dout: ArrayLike,
    z: ArrayLike,
    gamma: ArrayLike,
    eps: float = 0.0,
    axis: Axis = 0,
) -> tuple[Floats, Floats, Floats]:
    """Gradients of `batch_norm` with respect to z, gamma and beta.

    ``dz = γ / √(σ² + ε) · (dout − mean(dout) − ẑ mean(dout ẑ))``, with ẑ the
    normalised batch: every example moves the mean and the variance too.

    Parameters
    ----------
    dout, z : arrays of one shape
        Gradient with respect to the output, and what went in.
    gamma, eps, axis
        As in `batch_norm`.

    Returns
    -------
    dz : ndarray, shape of `z`
    dgamma, dbeta : ndarrays, shape of `z` without `axis`

    Raises
    ------
    SolverError
        As `batch_norm`.

    Examples
    --------
    >>> dz, dgamma, dbeta = batch_norm_backward([1, 0, 0, 0], [1, 7, 9, 15], 5)
    >>> dz.round(4).tolist(), float(dgamma), float(dbeta)
    ([0.26, -0.32, -0.18, 0.24], -1.4, 1.0)
    """
    batch, gradient = floats("z", z), floats("dout", dout)
    agree("dout", gradient.shape, "z", batch.shape)
    axes = _axes(batch, axis)
    centred, scale = _spread(batch, eps, axes)
    normal = centred / scale
    inner = (
        gradient
        - gradient.mean(axis=axes, keepdims=True)
        - normal * (gradient * normal).mean(axis=axes, keepdims=True)
    )
    return (
        np.asarray(_feature("gamma", gamma, batch, axes) * inner / scale),
        np.asarray((gradient * normal).sum(axis=axes)),
        np.asarray(gradient.sum(axis=axes)),
    )


def batch_norm_inference(
    z: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    eps: float = 0.0,
) -> Floats:
    """Batch normalisation at test time, with the running statistics.

    Parameters
    ----------
    z : array, any shape, features last
    mean, variance, gamma, beta : numbers, or arrays, shape (features,)
    eps : float
        Added to the variance, at least 0.

    Returns
    -------
    ndarray, shape of `z`

    Raises
    ------
    SolverError
        When shapes disagree, or variance plus eps is not above 0.

    Examples
    --------
    >>> batch_norm_inference([10, 2], 4, 9, 3, 1).tolist()
    [7.0, -1.0]
    """
    batch = floats("z", z)
    statistics = [
        floats(name, value, 0, 1)
        for name, value in (
            ("mean", mean),
            ("variance", variance),
            ("gamma", gamma),
            ("beta", beta),
        )
    ]
    for name, array in zip(
        ("mean", "variance", "gamma", "beta"), statistics, strict=True
    ):
        if array.ndim:
            agree(name, array.shape, "the last axis of z", batch.shape[-1:])
    middle, spread, scale, shift = statistics
    total = spread + _epsilon(eps)
    if (total <= 0).any():
        raise SolverError(f"variance + eps must be above 0, not {total.min():g}")
    return np.asarray(scale * (batch - middle) / np.sqrt(total) + shift)


def running_average(old: ArrayLike, new: ArrayLike, momentum: float) -> Floats:
    """``momentum · old + (1 − momentum) · new``: the momentum weighs the OLD value.

    Parameters
    ----------
    old, new : numbers or arrays of one shape
        Running statistic so far, and this batch's.
    momentum : float
        From 0 to 1; PyTorch's ``momentum`` is one minus this.

    Returns
    -------
    ndarray, the same shape

    Raises
    ------
    SolverError
        When the shapes differ or the momentum is out of range.

    Examples
    --------
    >>> running_average(10, 20, 0.9).item()
    11.0
    """
    before, now = floats("old", old), floats("new", new)
    agree("old", before.shape, "new", now.shape)
    weight = real("momentum", momentum)
    if not 0 <= weight <= 1:
        raise SolverError(f"momentum must be from 0 to 1, not {weight:g}")
    return np.asarray(weight * before + (1 - weight) * now)


def _axes(batch: Floats, axis: Axis) -> Shape:
    try:
        asked = [index(axis)]  # type: ignore[arg-type]
    except TypeError:
        try:
            asked = [index(one) for one in axis]  # type: ignore[union-attr]
        except TypeError:
            raise SolverError(
                f"axis must be an int or a tuple of ints, not {short(axis)}"
            ) from None
    if any(not -batch.ndim <= one < batch.ndim for one in asked):
        raise SolverError(f"z of shape {batch.shape} has no axis {short(axis)}")
    axes = tuple(sorted({one % batch.ndim for one in asked}))
    if not axes:
        raise SolverError("axis is empty; name the axis of the examples")
    return axes


def _spread(batch: Floats, eps: float, axes: Shape) -> tuple[Floats, Floats]:
    """Return z − μ and √(σ² + ε), which keeps its reduced axes as 1."""
    centred = batch - batch.mean(axis=axes, keepdims=True)
    variance = np.square(centred).mean(axis=axes, keepdims=True) + _epsilon(eps)
    if not (variance > 0).all():
        raise SolverError(
            "a feature is constant over the batch, so its variance is 0; give eps"
            " above 0"
        )
    return centred, np.sqrt(variance)


def _feature(name: str, value: ArrayLike, batch: Floats, axes: Shape) -> Floats:
    """Give a parameter's shape a 1 for each axis that the statistics lost."""
    array = floats(name, value)
    full = tuple(1 if axis in axes else size for axis, size in enumerate(batch.shape))
    short = tuple(size for axis, size in enumerate(batch.shape) if axis not in axes)
    if array.shape not in {(), short, full}:
        raise SolverError(
            f"{name} has shape {array.shape}, but z of shape {batch.shape} has"
            f" features of shape {short}"
        )
    return array if not array.ndim else array.reshape(full)


def _epsilon(eps: float) -> float:
    value = real("eps", eps)
    if value < 0:
        raise SolverError(f"eps must be at least 0, not {value:g}")
    return value
