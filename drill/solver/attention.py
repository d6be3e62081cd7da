"""Attention, and what a transformer has around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import floats, kept, real, whole
from drill.solver.probabilities import softmax


def attention(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, mask: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Scaled dot-product attention: ``softmax(Q Kᵀ / √d) V``, over the keys.

    Parameters
    ----------
    Q : array, shape (n, d)
        A query a row.
    K : array, shape (m, d)
    V : array, shape (m, v)
    mask : array, shape (n, m), optional
        True where a query may look.

    Returns
    -------
    ndarray, shape (n, v)

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Vaswani et al. (2017).

    Examples
    --------
    >>> attention([[1, 0], [0, 1]], [[1, 0], [1, 1], [0, 2]],
    ...           [[1, 0], [0, 1], [2, 2]]).round(6).tolist()
    [[0.796664, 0.796664], [1.29198, 1.435946]]
    """
    queries, keys, values = floats("Q", Q, 2), floats("K", K, 2), floats("V", V, 2)
    if queries.shape[1] != keys.shape[1]:
        raise SolverError(
            f"Q has rows of {queries.shape[1]} entries, K of {keys.shape[1]}"
        )
    if len(keys) != len(values):
        raise SolverError(f"K has {len(keys)} rows, V has {len(values)}")
    scores = queries @ keys.T / np.sqrt(queries.shape[1])
    if mask is not None:
        seen = kept("mask", mask).astype(bool)
        if seen.shape != scores.shape:
            raise SolverError(f"mask must be of shape {scores.shape}, not {seen.shape}")
        if not seen.any(axis=1).all():
            raise SolverError("mask leaves a query without any key")
        scores = np.where(seen, scores, -np.inf)
    return np.asarray(softmax(scores, 1) @ values)


def positional_encoding(length: int, d: int) -> NDArray[np.float64]:
    """Sine and cosine pairs of falling frequency, a position a row.

    Parameters
    ----------
    length : int
    d : int

    Returns
    -------
    ndarray, shape (length, d)

    Raises
    ------
    SolverError
        When a size is no whole number above 0.

    Notes
    -----
    Vaswani et al. (2017), section 3.5.

    Examples
    --------
    >>> positional_encoding(2, 4)[1].round(6).tolist()
    [0.841471, 0.540302, 0.01, 0.99995]
    """
    rows, size = whole("length", length, 1), whole("d", d, 1)
    places = np.arange(rows)[:, None]
    pairs = np.arange(size) // 2
    angles = places / 10_000.0 ** (2 * pairs / size)
    return np.asarray(
        np.where(np.arange(size) % 2 == 0, np.sin(angles), np.cos(angles))
    )


def layer_norm(
    x: ArrayLike, gamma: ArrayLike = 1.0, beta: ArrayLike = 0.0, eps: float = 0.0
) -> NDArray[np.float64]:
    """Normalise each example over its own features, then scale and shift.

    Parameters
    ----------
    x : array, shape (…, d)
        The features are the last axis.
    gamma, beta : array, shape (d,), or float
    eps : float
        Added to the variance, of d.

    Returns
    -------
    ndarray, shape of `x`

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Ba, Kiros and Hinton (2016).

    Examples
    --------
    >>> layer_norm([1, 2, 3, 6]).round(6).tolist()
    [-1.069045, -0.534522, 0.0, 1.603567]
    """
    rows, floor = floats("x", x), real("eps", eps)
    if not rows.ndim:
        raise SolverError("x must have at least one axis")
    scale, shift = floats("gamma", gamma), floats("beta", beta)
    for name, value in (("gamma", scale), ("beta", shift)):
        if value.shape not in ((), rows.shape[-1:]):
            raise SolverError(
                f"{name} of shape {value.shape} does not fit {rows.shape[-1]} features"
            )
    centred = rows - rows.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True) + floor
    if (variance <= 0).any():
        raise SolverError("an example has no variance: give eps")
    return np.asarray(scale * centred / np.sqrt(variance) + shift)
