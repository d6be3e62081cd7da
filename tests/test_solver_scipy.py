"""Solvers against scipy, which shares no code with them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage, optimize, signal, special
from scipy.spatial.distance import cdist

from drill import solver


def same(actual: object, expected: object) -> None:
    """Demand one shape, and values that agree to rounding."""
    one, two = np.asarray(actual), np.asarray(expected)
    assert one.shape == two.shape
    np.testing.assert_allclose(one, two, rtol=1e-12, atol=1e-12)


SIZES = [
    pytest.param(height, width, f, s, id=f"{height}x{width}-{f}-{s}")
    for height, width, f, s in [
        (6, 6, 3, 1),
        (7, 7, 3, 2),
        (28, 20, 5, 3),
        (9, 4, 1, 1),
        (8, 8, 2, 2),
        (5, 11, 4, 5),
    ]
]


@pytest.fixture
def rng() -> np.random.Generator:
    """Return the one random stream of a test."""
    return np.random.default_rng(11)


@pytest.mark.parametrize("padding", [0, 1, 3])
@pytest.mark.parametrize(("height", "width", "f", "s"), SIZES)
def test_conv2d(height: int, width: int, f: int, s: int, padding: int, rng) -> None:
    """A plain image is correlated as `scipy.signal.correlate2d` does it."""
    x, w = rng.normal(size=(height, width)), rng.normal(size=(f, f))

    full = signal.correlate2d(np.pad(x, padding), w, mode="valid")

    same(solver.conv2d(x, w, 0.5, s, padding), full[::s, ::s] + 0.5)


def test_conv2d_adds_channels_up(rng) -> None:
    """Each filter correlates every channel and adds the maps into one."""
    x, w = rng.normal(size=(9, 7, 3)), rng.normal(size=(3, 3, 3, 4))
    b = rng.normal(size=4)

    maps = [
        sum(signal.correlate2d(x[..., c], w[..., c, k], "valid") for c in range(3))
        + b[k]
        for k in range(4)
    ]

    same(solver.conv2d(x, w, b), np.stack(maps, axis=-1))


def test_conv2d_backward_is_two_correlations(rng) -> None:
    """At stride 1, dw correlates x with dout and dx convolves dout with w in full."""
    x, w = rng.normal(size=(6, 8)), rng.normal(size=(3, 3))
    dout = rng.normal(size=(4, 6))

    dx, dw, db = solver.conv2d_backward(x, w, dout)

    same(dx, signal.convolve2d(dout, w, mode="full"))
    same(dw, signal.correlate2d(x, dout, mode="valid"))
    same(db, dout.sum())


@pytest.mark.parametrize(("height", "width", "f", "s"), SIZES)
def test_pools(height: int, width: int, f: int, s: int, rng) -> None:
    """Pooling is a filter of `scipy.ndimage` read at every s-th window."""
    x = rng.normal(size=(height, width, 2))
    rows = slice(f // 2, f // 2 + height - f + 1, s)
    columns = slice(f // 2, f // 2 + width - f + 1, s)

    highest = ndimage.maximum_filter(x, size=(f, f, 1), mode="constant", cval=-9)
    mean = ndimage.uniform_filter(x, size=(f, f, 1), mode="constant")

    same(solver.max_pool(x, f, s), highest[rows, columns])
    same(solver.average_pool(x, f, s), mean[rows, columns])


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_softmax(axis: int, rng) -> None:
    """Softmax agrees at ordinary and at enormous logits."""
    z = rng.normal(size=(4, 3)) * np.array([1, 30, 1000])

    same(solver.softmax(z, axis), special.softmax(z, axis=axis))


def test_sigmoid_and_logistic_loss(rng) -> None:
    """The sigmoid is `expit`, and its loss the negative log of `expit`."""
    z = np.array([-800.0, -3.0, -1e-9, 0.0, 2.0, 800.0])
    modest = rng.normal(size=5)

    same(solver.sigmoid(z), special.expit(z))
    same(
        solver.logistic_loss(np.ones(5), special.expit(modest)),
        -special.log_expit(modest).mean(),
    )


def test_cross_entropy(rng) -> None:
    """Cross-entropy is entropy plus relative entropy."""
    p, y = rng.dirichlet(np.ones(4), 3).T, rng.dirichlet(np.ones(4), 3).T

    expected = (special.entr(y) + special.rel_entr(y, p)).sum(axis=0).mean()

    same(solver.cross_entropy(p, y), expected)


def test_squared_distances(rng) -> None:
    """Columns lie as far apart as `cdist` says."""
    X, V = rng.normal(size=(3, 5)), rng.normal(size=(3, 1))

    same(solver.squared_distances(X, V), cdist(X.T, V.T, "sqeuclidean")[:, 0])


@pytest.mark.parametrize("seed", range(40))
def test_linearly_separable(seed: int) -> None:
    """A line exists when the linear programme for it has a solution."""
    rng = np.random.default_rng(seed)
    points, labels = rng.integers(0, 5, (6, 2)), rng.integers(0, 2, 6)
    sign = np.where(labels, 1, -1)[:, None]
    rows = -sign * np.column_stack([points, np.ones(6)])

    found = optimize.linprog([0, 0, 0], rows, -np.ones(6), bounds=(None, None))

    assert solver.linearly_separable(points, labels) == found.success
