"""How alike two things are: vectors, styles, images and their doubles."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drill.errors import SolverError
from drill.solver.checks import Array, agree, floats, real, wide


def cosine_similarity(u: ArrayLike, v: ArrayLike) -> float:
    """Cosine of the angle between two vectors.

    Parameters
    ----------
    u, v : array, shape (n,)

    Returns
    -------
    float

    Raises
    ------
    SolverError
        When the vectors differ in size, or one has no length.

    Examples
    --------
    >>> round(cosine_similarity([1, 2, 2], [2, 1, 2]), 6)
    0.888889
    """
    one, two = floats("u", u, 1), floats("v", v, 1)
    agree("u", one.shape, "v", two.shape)
    lengths = float(np.sqrt((one**2).sum() * (two**2).sum()))
    if not lengths:
        raise SolverError("a vector of zeros has no direction")
    return float(one @ two) / lengths


def triplet_loss(
    anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike, margin: float
) -> float:
    """Triplet loss of squared distances, summed over the examples.

    Parameters
    ----------
    anchor, positive, negative : array, shape (d,) or (n, d)
        An example a row.
    margin : float

    Returns
    -------
    float

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Schroff, Kalenichenko and Philbin (2015).

    Examples
    --------
    >>> round(triplet_loss([0, 0], [1, 0], [0, 0.9**0.5], 0.2), 6)
    0.3
    """
    a, p, n = (
        floats(name, value)
        for name, value in (
            ("anchor", anchor),
            ("positive", positive),
            ("negative", negative),
        )
    )
    agree("anchor", a.shape, "positive", p.shape)
    agree("anchor", a.shape, "negative", n.shape)
    near, far = ((a - p) ** 2).sum(axis=-1), ((a - n) ** 2).sum(axis=-1)
    return float(np.maximum(near - far + real("margin", margin), 0).sum())


def gram_matrix(A: ArrayLike) -> Array:
    """Products of the channels of a layer, summed over the places.

    Parameters
    ----------
    A : array, shape (C, H W) or (H, W, C)

    Returns
    -------
    ndarray, shape (C, C)

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Gatys, Ecker and Bethge (2015), without their factor.

    Examples
    --------
    >>> gram_matrix([[1, 2, 0], [0, 1, 3]]).tolist()
    [[5, 2], [2, 10]]
    """
    maps = wide("A", A, 2, 3)
    if maps.ndim == 3:
        maps = maps.reshape(-1, maps.shape[2]).T
    return np.asarray(maps @ maps.T)


def fgsm(x: ArrayLike, gradient: ArrayLike, eps: float) -> NDArray[np.float64]:
    """Fast gradient sign: every entry a step `eps` up the loss.

    Parameters
    ----------
    x : array
    gradient : array, shape of `x`
        Of the loss with respect to `x`; for a target, minus that of its loss.
    eps : float

    Returns
    -------
    ndarray, shape of `x`

    Raises
    ------
    SolverError
        When the shapes do not fit.

    Notes
    -----
    Goodfellow, Shlens and Szegedy (2014).

    Examples
    --------
    >>> fgsm([0.2, -0.1, 0.5], [-0.3, 0.6, -0.15], 0.1).round(6).tolist()
    [0.1, 0.0, 0.4]
    """
    image, slope = floats("x", x), floats("gradient", gradient)
    agree("x", image.shape, "gradient", slope.shape)
    return np.asarray(image + real("eps", eps) * np.sign(slope))
