"""Numbers that are on the slides or in papers, and laws that solvers keep."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from drill import oracle, solver

GRID = np.array([[1, 3, 2, 1], [4, 10, 5, 1], [1, 6, 6, 5], [2, 4, 2, 9]])
MEANS = [[13, 9, 29], [5, 11, 1]]
LOGITS = [[20, 1], [3, 24], [31, 13]]
COLUMNS = ([[3, 15, 9], [12, 34, 20], [22, 1, 18]], [[6], [11], [20]])
UPSTREAM = [[-4, 7], [5, -6]]

SLIDES = [
    pytest.param(solver.row_means(MEANS), [17, 17 / 3], id="S1-rows"),
    pytest.param(solver.column_means(MEANS), [9, 10, 15], id="S1-columns"),
    pytest.param(
        solver.softmax(LOGITS, 0),
        [[1.67014e-5, 1.02618e-10], [6.914e-13, 0.9999833], [0.9999833, 1.67014e-5]],
        id="S2",
    ),
    pytest.param(solver.squared_distances(*COLUMNS), [14, 971, 94], id="S3-squares"),
    pytest.param(
        np.sqrt(solver.squared_distances(*COLUMNS)), [3.742, 31.161, 9.695], id="S3"
    ),
    pytest.param(solver.nearest_column(*COLUMNS), 0, id="S3-nearest"),
    pytest.param(solver.conv_output_size(6, 3), 4, id="S8-valid"),
    pytest.param(solver.conv_output_size(6, 3, 1), 6, id="S9-same"),
    pytest.param(solver.conv_output_size(7, 3, 0, 2), 3, id="S10-stride"),
    pytest.param(solver.pool_output_size(4, 2, 2), 2, id="S12-size"),
    pytest.param(solver.max_pool(GRID, 2, 2), [[10, 5], [6, 9]], id="S12"),
    pytest.param(
        np.argwhere(solver.max_pool_mask(GRID, 2, 2)),
        [[1, 1], [1, 2], [2, 1], [3, 3]],
        id="S13-mask",
    ),
    pytest.param(
        solver.max_pool_backward(GRID, UPSTREAM, 2, 2),
        [[0, 0, 0, 0], [0, -4, 7, 0], [0, 5, 0, 0], [0, 0, 0, -6]],
        id="S13-seven-not-five",
    ),
    pytest.param(solver.relu([-1.5, 0, 2]), [0, 0, 2], id="S14"),
    pytest.param(solver.dropout([3, 3], [1, 0], 0.25), [12, 0], id="S17"),
    pytest.param(
        solver.batch_norm([0, 2, 4, 6], 2, 5, eps=4), [3, 13 / 3, 17 / 3, 7], id="S18"
    ),
]

PAPERS = [
    pytest.param(solver.conv_output_size(224, 7, 3, 2), 112, id="resnet-conv1"),
    pytest.param(solver.conv_output_size(227, 11, 0, 4), 55, id="alexnet-conv1"),
    pytest.param(solver.conv_output_size(28, 3, 0, 1, 2), 24, id="dilated"),
    pytest.param(solver.pool_output_size(112, 3, 2, 1), 56, id="resnet-pool"),
    pytest.param(solver.pool_output_size(112, 3, 2, 0, True), 56, id="googlenet-pool"),
    pytest.param(solver.pool_output_size(2, 1, 2, 0, True), 1, id="ceil-not-behind"),
    pytest.param(solver.pool_output_size(5, 2, 2, 1, True), 3, id="ceil-not-in-padding"),
    pytest.param(solver.same_padding_split(224, 7, 2), [5, 2, 3], id="tensorflow-same"),
    pytest.param(solver.same_padding_split(4, 1, 2), [0, 0, 0], id="same-of-gaps"),
    pytest.param(solver.conv_params(11, 3, 96), 34944, id="alexnet-params"),
    pytest.param(solver.conv_params(3, 512, 512), 2359808, id="vgg-params"),
    pytest.param(solver.dense_params(25088, 4096), 102764544, id="vgg-fc6"),
    pytest.param(solver.receptive_field([(3, 1)] * 3), 7, id="three-3x3-see-7"),
    pytest.param(solver.receptive_field([]), 1, id="no-layer-sees-itself"),
    pytest.param(
        solver.receptive_field([(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1)]),
        163,
        id="alexnet-sees-163",
    ),
    pytest.param(
        solver.conv2d(
            [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2],
             [2, 0, 0, 0, 1]],
            [[0, 1, 2], [2, 2, 0], [0, 1, 2]],
            stride=2,
            padding=1,
        ),
        [[6, 17, 3], [8, 17, 13], [6, 4, 4]],
        id="dumoulin-padded-strided",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("actual", "expected"), SLIDES + PAPERS)
def test_golden(actual: object, expected: object) -> None:
    """A solver gives the number that its source prints, or should have."""
    one, two = np.asarray(actual), np.asarray(expected)

    assert one.shape == two.shape
    np.testing.assert_allclose(one, two, rtol=2e-4, atol=1e-15)


small = arrays.arrays(
    np.int64,
    st.tuples(st.integers(3, 6), st.integers(3, 6)),
    elements=st.integers(-9, 9),
)
logits = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 4)), elements=st.floats(-50, 50)
)


@given(small, st.integers(1, 3), st.integers(1, 3))
def test_max_pooling_conserves_the_gradient(x, f: int, s: int) -> None:
    """Whatever goes in upstream comes out, even with ties and overlaps."""
    dout = np.arange(solver.max_pool(x, f, s).size).reshape(
        solver.max_pool(x, f, s).shape
    )

    assert solver.max_pool_backward(x, dout, f, s).sum() == dout.sum()


@given(small, st.integers(1, 3))
def test_a_tie_has_one_winner(x, f: int) -> None:
    """Windows side by side have exactly one marked cell each."""
    mask = solver.max_pool_mask(x, f, f)

    assert mask.sum() == solver.max_pool(x, f, f).size


@given(small, small, st.integers(1, 2), st.integers(0, 2))
def test_backward_is_the_adjoint_of_conv2d(x, noise, stride: int, padding: int) -> None:
    """⟨conv(x), d⟩ = ⟨x, dx⟩ = ⟨w, dw⟩, exactly, since a convolution is bilinear."""
    w = noise[:2, :2]
    out = solver.conv2d(x, w, None, stride, padding)
    dout = np.arange(out.size).reshape(out.shape) - 3

    dx, dw, db = solver.conv2d_backward(x, w, dout, stride, padding)

    assert (out * dout).sum() == (x * dx).sum() == (w * dw).sum()
    assert db == dout.sum()


@given(logits, st.floats(-500, 500))
def test_softmax_ignores_a_shift(z, c: float) -> None:
    """Adding one number to all logits changes nothing, and the shares add up to 1."""
    shares = solver.softmax(z, 0)

    np.testing.assert_allclose(solver.softmax(z + c, 0), shares, rtol=1e-9)
    assert shares.sum() == pytest.approx(1)


@given(logits, st.floats(0.1, 1))
def test_batch_norm_has_mean_beta_and_deviation_gamma(z, eps: float) -> None:
    """The output's mean is β, and its variance γ² σ² / (σ² + ε)."""
    out = solver.batch_norm(z, 3, 7, eps)

    assert out.mean() == pytest.approx(7)
    assert out.var() == pytest.approx(9 * z.var() / (z.var() + eps), abs=1e-9)


def test_axes_of_a_batch_of_images() -> None:
    """Axes (0, 1, 2) normalise every channel over batch, rows and columns."""
    z = np.random.default_rng(1).normal(size=(4, 3, 3, 2))

    out = solver.batch_norm(z, [1, 2], [3, 4], axis=(0, 1, 2))

    np.testing.assert_allclose(out.mean(axis=(0, 1, 2)), [3, 4])
    np.testing.assert_allclose(out.std(axis=(0, 1, 2)), [1, 2])


def test_steps_from_zero_repeat_as_a_sum() -> None:
    """Five Adam steps, one after another, reach what the written-out sum gives."""
    gradients = [np.array([1.0, -2.0]) * k for k in (3, -1, 2, 5, 1)]
    w, m, v = np.array([0.5, 0.5]), np.zeros(2), np.zeros(2)
    for t, g in enumerate(gradients, 1):
        w, m, v = solver.adam_step(w, m, v, g, t, lr=0.1)

    start = (np.array([0.5, 0.5]), np.zeros(2), np.zeros(2))
    for one, two in zip(
        (w, m, v), oracle.sum_adam(*start, gradients, lr=0.1), strict=True
    ):
        np.testing.assert_allclose(one, two, rtol=1e-12)


def test_small_integers_do_not_overflow() -> None:
    """Eight-bit pixels are added up as if they were wide."""
    x = np.full((2, 2), 200, np.uint8)

    assert solver.conv2d(x, x).tolist() == [[160000]]
    assert solver.average_pool(x, 2, 2).tolist() == [[200.0]]
    assert solver.squared_distances(x, x[:, :1] * 0).tolist() == [80000, 80000]
    assert solver.max_pool(x, 2, 2).dtype == np.uint8


def test_the_public_names_are_exact() -> None:
    """`__all__` is sorted and holds every public function of the room."""
    found = set()
    for module in pkgutil.iter_modules(solver.__path__):
        if module.name == "checks":
            continue
        room = importlib.import_module(f"drill.solver.{module.name}")
        found |= {
            name
            for name, member in inspect.getmembers(room, inspect.isfunction)
            if member.__module__ == room.__name__ and not name.startswith("_")
        }

    assert sorted(found) == solver.__all__
