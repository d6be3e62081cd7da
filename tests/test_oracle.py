"""The second route: that it is one, and the parts of it that have no twin."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from drill import oracle, solver
from drill.errors import SolverError
from drill.language import BANK

ROOM = Path(oracle.__file__).parent
# What numpy may do here: carry numbers in and out.  `NDArray` and `ArrayLike` are types.
CARRIERS = {"asarray", "array"}


def borrowed(source: str) -> list[str]:
    """List what a module takes from numpy or the solvers beyond carrying arrays."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names if alias.name != "numpy"]
            found += [
                name for name in named if name.split(".")[0] in {"numpy", "scipy"}
            ]
            found += [name for name in named if name.startswith("drill.solver")]
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            names = [f"{origin}.{alias.name}" for alias in node.names]
            found += [name for name in names if name.startswith("drill.solver")]
            if origin.split(".")[0] in {"numpy", "scipy"} and origin != "numpy.typing":
                found += names
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "np"
            and node.attr not in CARRIERS
        ):
            found.append(f"np.{node.attr}")
    return found


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.stem)
def test_numpy_only_carries(path: Path) -> None:
    """No module of the second route calls numpy, scipy or a solver to compute."""
    assert borrowed(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("import numpy as np\nnp.mean(x)", ["np.mean"], id="numpy"),
        pytest.param("from numpy import exp", ["numpy.exp"], id="from-numpy"),
        pytest.param("import scipy.special", ["scipy.special"], id="scipy"),
        pytest.param(
            "from drill.solver import relu", ["drill.solver.relu"], id="solver"
        ),
        pytest.param("from drill import solver", ["drill.solver"], id="solver-whole"),
    ],
)
def test_a_planted_loan_is_found(source: str, found: list[str]) -> None:
    """The check sees each way to lean on the first route."""
    assert borrowed(source) == found


def test_no_name_means_two_things() -> None:
    """A cross-check cannot call a solver, nor the language, by mistake."""
    names = set(oracle.__all__)

    assert not names & set(solver.__all__)
    assert not names & {*BANK.functions, *BANK.builtins, *BANK.constants}
    assert sorted(names) == oracle.__all__


WORKED = [
    pytest.param(oracle.count_layers_until(32, 5, 10), 6, id="stacked-layers"),
    pytest.param(oracle.count_unread_cells(8, 3, 0, 2), 1, id="unread"),
    pytest.param(oracle.trace_cells(0, 6, 3, 1), [0, 1], id="cells-at-the-border"),
    pytest.param(oracle.trace_cells(1, 9, 3, 0, 2, 2), [2, 4, 6], id="cells-dilated"),
    pytest.param(oracle.search_inputs(3, 3, 0, 2), [7, 8], id="inputs"),
    pytest.param(oracle.search_filters(7, 3, 0, 2), [2, 3], id="filters"),
    pytest.param(oracle.search_strides(7, 3, 3), [2], id="strides"),
    pytest.param(oracle.search_same_padding(6), -1, id="no-same-padding"),
    pytest.param(oracle.loop_uniform_loss(10), math.log(10), id="uniform-loss"),
    pytest.param(oracle.loop_l2_penalty([2, -3], 0.1), 0.65, id="l2-penalty"),
    pytest.param(oracle.loop_l1_penalty([2, -3], 0.1), 0.5, id="l1-penalty"),
    pytest.param(
        oracle.loop_margin_loss([1], [[math.log(3), -math.log(3)]], [1, 0]),
        math.log(4 / 3),
        id="margin-loss",
    ),
    pytest.param(oracle.loop_mean([2, 4]), 3, id="mean"),
    pytest.param(oracle.loop_variance([-6, 0, 2, 8]), 25, id="variance"),
    pytest.param(oracle.expect_dropout([3, -8], 0.25), [3, -8], id="expect-scaled"),
    pytest.param(oracle.expect_dropout([8], 0.25, False), [2], id="expect-plain"),
    pytest.param(oracle.spread_dropout([3], 0.2), [9 * 0.8 / 0.2], id="spread"),
    pytest.param(oracle.count_subnetworks(5), 32, id="subnetworks"),
    pytest.param(oracle.count_error_after_fix(12, 25), 9, id="error-left"),
    pytest.param(oracle.count_points_gained(12, 25), 3, id="points-gained"),
    pytest.param(oracle.count_share([1, 0, 0, 0]), 25, id="share"),
    pytest.param(oracle.count_combinations(3, 4, 5), 60, id="combinations"),
    pytest.param(oracle.count_positive_labels(50, [5, 10], 10), 15, id="labels-meet"),
    pytest.param(oracle.enumerate_batch_norm_params(8, True), 32, id="batch-norm"),
    pytest.param(oracle.unroll_inverse_decay(0.2, 1, 3), 0.05, id="inverse-decay"),
    pytest.param(oracle.unroll_power_decay(1, 0.5, 6, 2), 0.125, id="staircase"),
    pytest.param(oracle.multiply_layers(1.5, 4), 5.0625, id="exploding"),
    pytest.param(
        oracle.loop_matmul([[1, 2], [3, 4]], [[5], [6]]), [[17], [39]], id="@"
    ),
    pytest.param(oracle.loop_transpose([[1, 2]]), [[1], [2]], id="transpose"),
    pytest.param(oracle.loop_absolute_distances([[1, 5]], [3]), [2, 2], id="L1"),
    pytest.param(oracle.difference_sigmoid([0.0]), [0.25], id="sigmoid-slope"),
    pytest.param(oracle.difference_tanh([math.log(2)]), [1 - 0.6**2], id="tanh-slope"),
    pytest.param(
        oracle.difference_cross_entropy([0.2, 0.8], [0, 1]), [0, -1.25], id="slope-in-p"
    ),
    pytest.param(
        oracle.difference_max_pool_backward([[1, 9, 2], [3, 4, 5]], [[2, 5]], 2, 1),
        [[0, 7, 0], [0, 0, 0]],
        id="max-pool-slope",
    ),
]


@pytest.mark.parametrize(("actual", "expected"), WORKED)
def test_worked_by_hand(actual: object, expected: object) -> None:
    """A function without a twin gives what a small case gives on paper."""
    one, two = np.asarray(actual), np.asarray(expected)

    assert one.shape == two.shape
    np.testing.assert_allclose(one, two, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    ("axis", "keepdims"), list(product([0, 1, 2, -1, (0, 2)], [False, True]))
)
def test_sum_shape(axis: int | tuple[int, ...], keepdims: bool) -> None:
    """The shape of a sum is numpy's."""
    shape = (2, 3, 4)

    expected = np.sum(np.ones(shape), axis=axis, keepdims=keepdims).shape

    assert oracle.loop_sum_shape(shape, axis, keepdims) == expected


def test_the_jacobian_adds_up_to_the_gradient() -> None:
    """Rows of the vector loss's Jacobian add up to the gradient of its sum."""
    rng = np.random.default_rng(5)
    x, W = rng.normal(size=(1, 3)), rng.normal(size=(3, 2))
    y = np.tanh(x) @ W - 2

    rows = oracle.difference_power_jacobian(x, W, y)

    np.testing.assert_allclose(
        rows.sum(axis=0)[None], solver.power_loss_gradient(x, W, y)
    )


@pytest.mark.parametrize(
    "name", ["tanh", "sigmoid", "relu", "square"], ids=lambda name: name
)
def test_other_activations_by_central_differences(name: str) -> None:
    """A complex step agrees with the textbook's difference quotient."""
    functions: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(z, 0),
        "square": np.square,
    }
    x, W, y = np.array([0.7, -0.4]), np.array([[1.0, 2.0], [-1.0, 0.5]]), [-3.0, -4.0]

    def loss(x: np.ndarray) -> float:
        return float(((functions[name](x) @ W - y) ** 3).sum())

    quotients = [(loss(x + h) - loss(x - h)) / 2e-5 for h in np.eye(2) * 1e-5]
    found = oracle.difference_power_loss(x, W, y, 3, name)

    np.testing.assert_allclose(found[0], quotients, rtol=1e-7)


def test_softmax_output_from_activations() -> None:
    """Undoing a softmax layer gives the gradients that p − y gives."""
    rng = np.random.default_rng(8)
    X, W1, b1 = rng.normal(size=(2, 4)), rng.normal(size=(3, 2)), rng.normal(size=3)
    W2, b2 = rng.normal(size=(3, 3)), rng.normal(size=3)
    Y = np.eye(3)[:, [0, 2, 1, 2]]
    _, A1, _, A2 = solver.two_layer_forward(X, W1, b1, W2, b2, "tanh", "softmax")

    found = oracle.difference_two_layer_given(X, A1, A2, Y, W2, "tanh", "softmax")

    for one, two in zip(
        found, solver.two_layer_gradients(X, A1, A2, Y, W2), strict=True
    ):
        np.testing.assert_allclose(one, two, rtol=1e-10)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        pytest.param(
            lambda: oracle.difference_max_pool_backward([[6, 6], [5, 1]], [[1]], 2, 2),
            "the maximum 6 of a window occurs twice; no derivative there",
            id="tie",
        ),
        pytest.param(
            lambda: oracle.loop_broadcast_shape((2, 3), (2,)),
            "sizes 3 and 2 do not broadcast",
            id="broadcast",
        ),
        pytest.param(
            lambda: oracle.loop_matmul([[1, 2]], [[1]]),
            "inner sizes 2 and 1 differ",
            id="matmul",
        ),
        pytest.param(
            lambda: oracle.expect_dropout([1] * 20, 0.5),
            "20 units have too many masks to try; give at most 16",
            id="masks",
        ),
        pytest.param(
            lambda: oracle.difference_power_loss([1], [[1]], [0], 2, "gelu"),
            "no function is called 'gelu' here; there are relu, sigmoid, square, tanh",
            id="activation",
        ),
    ],
)
def test_message(call: Callable[[], object], message: str) -> None:
    """Where no answer exists, the second route says so as well."""
    with pytest.raises(SolverError) as caught:
        call()

    assert str(caught.value) == message
