"""Every solver against its twin of the second route, over many random arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from twins import TWINS

from drill import oracle, solver

ROUNDS = 30


def difference(actual: Any, expected: Any) -> str | None:
    """Say how two results differ: number of parts, shape, then values; else None."""
    if isinstance(actual, tuple) != isinstance(expected, tuple):
        return "only one of them is a tuple"
    if isinstance(actual, tuple):
        if len(actual) != len(expected):
            return f"{len(actual)} parts, not {len(expected)}"
        parts = map(difference, actual, expected)
        return next((part for part in parts if part), None)
    one, two = np.asarray(actual), np.asarray(expected)
    if one.shape != two.shape:
        return f"shape {one.shape}, not {two.shape}"
    if one.dtype.kind in "biu" and two.dtype.kind in "biu":
        return None if (one == two).all() else f"{one} is not {two}"
    scale = max(1.0, float(np.abs(two).max(initial=0)))
    gap = float(np.abs(one - two).max(initial=0))
    return None if gap <= 1e-11 * scale else f"{gap} apart"


def compare(name: str, route: Callable[..., Any]) -> str | None:
    """Run a function and the twin of that name on the same draws."""
    twin, make = TWINS[name]
    for number in range(ROUNDS):
        args = make(np.random.default_rng([number, crc32(name.encode())]))
        found = difference(route(*args), getattr(oracle, twin)(*args))
        if found:
            return f"round {number}, {args}: {found}"
    return None


@pytest.mark.parametrize("name", TWINS)
def test_two_routes_agree(name: str) -> None:
    """A solver gives what its twin counts, enumerates or finds by differences."""
    assert compare(name, getattr(solver, name)) is None


def test_every_solver_has_a_twin() -> None:
    """No solver is left to approve itself."""
    assert sorted(TWINS) == solver.__all__


def test_arguments_stay_as_they_were() -> None:
    """Solvers and twins change none of the arrays they are given."""
    for name, (twin, make) in TWINS.items():
        args = make(np.random.default_rng(3))
        for arg in args:
            if isinstance(arg, np.ndarray):
                arg.setflags(write=False)
        getattr(solver, name)(*args)
        getattr(oracle, twin)(*args)


@pytest.mark.parametrize(
    "name",
    ["conv2d", "max_pool", "max_pool_mask", "max_pool_backward", "squared_distances"],
)
def test_integers_stay_integers(name: str) -> None:
    """Where the mathematics is integer, so is the result, exactly."""
    twin, make = TWINS[name]
    seen = 0
    for number in range(200):
        args = make(np.random.default_rng([7, number]))
        arrays = [np.asarray(arg) for arg in args]
        if all(array.dtype.kind == "i" for array in arrays):
            result = getattr(solver, name)(*args)
            assert result.dtype.kind == "i"
            assert np.array_equal(result, getattr(oracle, twin)(*args))
            seen += 1
    assert seen > 10


def flipped_conv2d(x, w, b=None, stride=1, padding=0):
    """Convolve in the mathematical sense, with the filter turned around."""
    return solver.conv2d(x, np.asarray(w)[::-1, ::-1], b, stride, padding)


def bias_per_product(x, w, b=None, stride=1, padding=0):
    """Add the bias to each product rather than once to their sum."""
    return solver.conv2d(x, w, np.asarray(b) * len(w) ** 2, stride, padding)


def unbiased_batch_norm(z, gamma, beta, eps=0.0, axis=0):
    """Divide the sum of squares by m − 1."""
    z = np.asarray(z)
    axes = axis if isinstance(axis, tuple) else (axis,)
    m = np.prod([z.shape[one] for one in axes])
    return solver.batch_norm(z, gamma * np.sqrt((m - 1) / m), beta, eps, axis)


def frozen_statistics(dout, z, gamma, eps=0.0, axis=0):
    """Forget that every example moves the mean and the variance."""
    _, dgamma, dbeta = solver.batch_norm_backward(dout, z, gamma, eps, axis)
    slope = solver.batch_norm(z, gamma, 0, eps, axis) / (
        z - z.mean(axis, keepdims=True)
    )
    return dout * slope, dgamma, dbeta


def marks_everywhere(x, f, s):
    """Mark a value wherever it occurs, not only in the window that it wins."""
    return np.isin(x, solver.max_pool(x, f, s)).astype(int)


def last_of_a_tie(x, f, s):
    """Mark the last maximum of a window rather than the first."""
    turned = solver.max_pool_mask(np.asarray(x)[::-1, ::-1], f, s)[::-1, ::-1]
    fits = all((size - f) % s == 0 for size in np.shape(x)[:2])
    return turned if fits else solver.max_pool_mask(x, f, s)


def overwriting(x, dout, f, s):
    """Let the last window that a cell wins overwrite the others."""
    windows = sliding_window_view(x, (f, f), axis=(0, 1))[::s, ::s]
    dx = np.zeros(np.shape(x))
    best = windows.reshape(*windows.shape[:-2], -1).argmax(-1)
    for place in np.ndindex(best.shape):
        down, right = divmod(int(best[place]), f)
        dx[(place[0] * s + down, place[1] * s + right, *place[2:])] = dout[place]
    return dx


FAULTS = [
    pytest.param("conv2d", flipped_conv2d, id="kernel-flipped"),
    pytest.param("conv2d", bias_per_product, id="bias-per-product"),
    pytest.param(
        "conv2d_backward",
        lambda x, w, dout, stride, padding: (
            lambda dx, dw, db: (dx, dw[::-1, ::-1], db)
        )(*solver.conv2d_backward(x, w, dout, stride, padding)),
        id="filter-gradient-flipped",
    ),
    pytest.param("batch_norm", unbiased_batch_norm, id="variance-unbiased"),
    pytest.param("batch_norm_backward", frozen_statistics, id="statistics-frozen"),
    pytest.param("row_means", lambda m: np.mean(m, axis=0), id="means-wrong-axis"),
    pytest.param(
        "softmax", lambda z, axis: solver.softmax(z, ~axis), id="softmax-axis"
    ),
    pytest.param(
        "squared_distances",
        lambda X, V: np.square(np.asarray(X) - np.reshape(V, (-1, 1))).sum(axis=1),
        id="distances-wrong-axis",
    ),
    pytest.param(
        "conv_output_size",
        lambda n, f, p, s, d: solver.conv_output_size(n, f, p, s, d) - 1,
        id="steps-not-positions",
    ),
    pytest.param(
        "conv_output_size",
        lambda n, f, p, s, d: -(-(n + 2 * p - d * (f - 1) - 1) // s) + 1,
        id="rounded-up",
    ),
    pytest.param(
        "pool_output_size",
        lambda n, f, s, p, ceil: (
            -(-(n + 2 * p - f) // s) + 1 if ceil else (n + 2 * p - f) // s + 1
        ),
        id="window-in-the-padding",
    ),
    pytest.param(
        "receptive_field",
        lambda layers: 1 + sum((f - 1) * s for f, s in layers),
        id="own-stride",
    ),
    pytest.param(
        "conv_params",
        lambda f, c_in, c_out, bias: f * f * c_in * c_out + bias,
        id="one-bias-per-layer",
    ),
    pytest.param("max_pool_mask", marks_everywhere, id="mask-over-the-whole-grid"),
    pytest.param("max_pool_mask", last_of_a_tie, id="last-of-a-tie"),
    pytest.param("max_pool_backward", overwriting, id="overlaps-overwrite"),
    pytest.param(
        "average_pool_backward",
        lambda shape, dout, f, s: (
            f * f * solver.average_pool_backward(shape, dout, f, s)
        ),
        id="gradient-not-shared",
    ),
    pytest.param(
        "l2_logistic_gradient",
        lambda x, y, yhat, w, lam: solver.l2_logistic_gradient(x, y, yhat, w, 2 * lam),
        id="two-lambda",
    ),
    pytest.param(
        "l1_logistic_gradient",
        lambda x, y, yhat, w, lam: solver.l1_logistic_gradient(x, y, yhat, w, 1.0),
        id="lambda-dropped",
    ),
    pytest.param(
        "relu_backward",
        lambda dout, z: np.where(np.asarray(z) >= 0, dout, 0),
        id="slope-1-at-0",
    ),
    pytest.param(
        "dropout",
        lambda a, mask, keep_prob: a * mask / (1 - keep_prob),
        id="drop-for-keep",
    ),
    pytest.param(
        "two_layer_backward",
        lambda *args: tuple(
            grad * args[0].shape[1] for grad in solver.two_layer_backward(*args)
        ),
        id="not-divided-by-m",
    ),
    pytest.param(
        "adam_step",
        lambda w, m, v, g, t, lr, beta1, beta2, eps: solver.adam_step(
            w, m, v, g, 10**6, lr, beta1, beta2, eps
        ),
        id="no-bias-correction",
    ),
    pytest.param(
        "nearest_column",
        lambda X, V: solver.nearest_column(X, V) + 1,
        id="counted-from-1",
    ),
    pytest.param(
        "power_loss_gradient",
        lambda x, W, y, power: solver.power_loss_gradient(x, W, y, power)[0],
        id="a-vector-for-a-row",
    ),
]


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_planted_fault_is_found(name: str, fault: Callable[..., Any]) -> None:
    """The comparison notices a solver with a well-known mistake in it."""
    assert compare(name, fault)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        pytest.param(2.0, np.full((3, 3), 2.0), id="scalar-for-matrix"),
        pytest.param(np.zeros((0, 3)), np.zeros((2, 3)), id="empty"),
        pytest.param([[1], [2]], [[1, 2]], id="transposed"),
        pytest.param((1, 2), (1, 2, 3), id="part-missing"),
        pytest.param(np.array([1, 2]), (1, 2), id="array-for-tuple"),
        pytest.param(1 + 1e-9, 1.0, id="ninth-digit"),
        pytest.param(float("nan"), 1.0, id="nan"),
    ],
)
def test_the_comparison_can_fail(actual: object, expected: object) -> None:
    """Neither broadcasting nor emptiness nor nan makes two results agree."""
    assert difference(actual, expected)
