"""What a solver says when its arguments do not fit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from twins import TWINS

from drill import solver
from drill.errors import DrillError, SolverError

MESSAGES = [
    pytest.param(
        lambda: solver.conv_output_size(3, 5),
        "a filter spanning 5 cells does not fit in 3 (n=3, p=0 on each side)",
        id="filter-too-large",
    ),
    pytest.param(
        lambda: solver.conv_output_size(5, 3, 1, 1, 4),
        "a filter spanning 9 cells does not fit in 7 (n=5, p=1 on each side)",
        id="dilated-too-large",
    ),
    pytest.param(
        lambda: solver.conv_output_size(5, 3, 0, 0),
        "the stride s must be at least 1, not 0",
        id="stride-0",
    ),
    pytest.param(
        lambda: solver.conv_output_size(5, 3, -1),
        "the padding p must be at least 0, not -1",
        id="padding-negative",
    ),
    pytest.param(
        lambda: solver.conv_output_size(5.0, 3),
        "the input side n must be a whole number, not 5.0",
        id="side-a-float",
    ),
    pytest.param(
        lambda: solver.pool_output_size(5, 2, 2, True),
        "the padding p must be a whole number, not True",
        id="ceil-in-the-place-of-padding",
    ),
    pytest.param(
        lambda: solver.pool_output_size(1, 2, 2),
        "a window of 2 does not fit in 1 cells (n=1, p=0 on each side)",
        id="window-too-large",
    ),
    pytest.param(
        lambda: solver.pool_output_size(5, 2, 2, 2),
        "padding 2 leaves a window of 2 nothing but padding; use p < f",
        id="window-of-padding",
    ),
    pytest.param(
        lambda: solver.same_padding(4),
        "no symmetric padding keeps the size for an even filter, f=4",
        id="same-even",
    ),
    pytest.param(
        lambda: solver.conv_transpose_output_size(2, 3, 2),
        "padding 2 on each side cuts away all 4 cells of the output",
        id="transposed-to-nothing",
    ),
    pytest.param(
        lambda: solver.conv_transpose_output_size(2, 3, 0, 2, 2),
        "output_padding 2 must be smaller than the stride 2 or the dilation 1",
        id="output-padding",
    ),
    pytest.param(
        lambda: solver.receptive_field([(3, 1), 3]),
        "layer 2 must be a pair (f, s), not 3",
        id="layer-no-pair",
    ),
    pytest.param(
        lambda: solver.conv2d([[1, 2]], [[1], [2]]),
        "a filter spanning 2 cells does not fit in 1 (n=1, p=0 on each side)",
        id="conv-filter-too-large",
    ),
    pytest.param(
        lambda: solver.conv2d(np.ones((4, 4, 3)), np.ones((3, 3))),
        "x has shape (4, 4, 3) and w (3, 3); give (H, W) with (f, f), or (H, W, C_in)"
        " with (f, f, C_in, C_out)",
        id="conv-mixed-forms",
    ),
    pytest.param(
        lambda: solver.conv2d(np.ones((4, 4, 3)), np.ones((3, 3, 2, 8))),
        "x has 3 channels, but every filter of w has 2",
        id="conv-channels",
    ),
    pytest.param(
        lambda: solver.conv2d(np.ones((4, 4, 3)), np.ones((3, 3, 3, 8)), [1, 2]),
        "the bias b has shape (2,); give one number per filter, 8 in all",
        id="conv-bias",
    ),
    pytest.param(
        lambda: solver.conv2d([[1, 2]], [[1]], [1, 2]),
        "the bias b has shape (2,); give one number per filter, 1 in all",
        id="conv-flat-bias",
    ),
    pytest.param(
        lambda: solver.conv2d_backward(
            np.ones((4, 4)), np.ones((3, 3)), np.ones((3, 3))
        ),
        "dout has shape (3, 3), but the layer's output has shape (2, 2)",
        id="conv-dout",
    ),
    pytest.param(
        lambda: solver.max_pool([1, 2, 3], 2, 2),
        "x must be 2-d or 3-d, not of shape (3,)",
        id="pool-of-a-vector",
    ),
    pytest.param(
        lambda: solver.max_pool([[1, 2], [3]], 2, 2),
        "x has rows of different lengths",
        id="pool-ragged",
    ),
    pytest.param(
        lambda: solver.max_pool([["a", "b"]], 1, 1),
        "x must hold real numbers, not [['a', 'b']]",
        id="pool-of-text",
    ),
    pytest.param(
        lambda: solver.max_pool(np.zeros((0, 4)), 1, 1),
        "x is empty: its shape is (0, 4)",
        id="pool-empty",
    ),
    pytest.param(
        lambda: solver.max_pool_backward(np.ones((4, 4)), np.ones((4, 4)), 2, 2),
        "dout has shape (4, 4), but the pooled output has shape (2, 2)",
        id="pool-dout",
    ),
    pytest.param(
        lambda: solver.average_pool_backward((4,), [[1]], 2, 2),
        "shape must be (H, W) or (H, W, C), not (4,)",
        id="average-shape",
    ),
    pytest.param(
        lambda: solver.squared_distances(np.ones((3, 2)), [1, 2]),
        "V has shape (2,), but the columns of X have 3 entries; V must be (3, 1)",
        id="distances",
    ),
    pytest.param(
        lambda: solver.broadcast_shape((2, 3), (2,)),
        "shapes (2, 3) and (2,) do not broadcast",
        id="broadcast",
    ),
    pytest.param(
        lambda: solver.broadcast_shape(3, (2,)),
        "the shape a must be a sequence of sizes, not 3",
        id="broadcast-no-shape",
    ),
    pytest.param(
        lambda: solver.softmax([1, 2], 1),
        "z of shape (2,) has no axis 1",
        id="softmax-axis",
    ),
    pytest.param(
        lambda: solver.softmax_gradient([0.5, 0.5], 2),
        "the true class must be 0 to 1, not 2",
        id="class-too-large",
    ),
    pytest.param(
        lambda: solver.cross_entropy([0.5, 0.5], 0.5),
        "the true class must be a whole number, not 0.5",
        id="class-a-float",
    ),
    pytest.param(
        lambda: solver.cross_entropy([0, 1], 0),
        "the cross-entropy is infinite: a true class has p = 0",
        id="cross-entropy-infinite",
    ),
    pytest.param(
        lambda: solver.logistic_loss([0, 1], [0.5]),
        "y has shape (2,), but yhat has shape (1,)",
        id="logistic-shapes",
    ),
    pytest.param(
        lambda: solver.logistic_loss(1, 1),
        "every prediction yhat must be strictly between 0 and 1, or the loss is infinite",
        id="logistic-certain",
    ),
    pytest.param(
        lambda: solver.l2_logistic_gradient([1, 2], 1, 0.5, [1, 2, 3], 1),
        "one example of x has shape (2,), but w has shape (3,)",
        id="logistic-weights",
    ),
    pytest.param(
        lambda: solver.l1_logistic_loss(1, 0.5, [1], -1),
        "lam must be at least 0, not -1",
        id="lambda-negative",
    ),
    pytest.param(
        lambda: solver.soft_threshold([1], -1),
        "the threshold t must be at least 0, not -1",
        id="threshold-negative",
    ),
    pytest.param(
        lambda: solver.power_loss_gradient([0], [[1]], [4]),
        "tanh(x) W − y is -4 somewhere, and a negative number to the power 1.5 is not"
        " real",
        id="power-not-real",
    ),
    pytest.param(
        lambda: solver.power_loss_gradient([0], [[1]], [0], 0.5),
        "tanh(x) W − y is 0 somewhere, where the power 0.5 has no derivative",
        id="power-no-derivative",
    ),
    pytest.param(
        lambda: solver.power_loss_gradient([0, 1], [[1, 2, 3]], [4, 4, 4]),
        "(x, y) has shape (2, 3), but W has shape (1, 3)",
        id="power-shapes",
    ),
    pytest.param(
        lambda: solver.two_layer_forward([[1]], [[1, 2]], [0], [[1]], [0]),
        "W1 of shape (1, 2) cannot multiply X of shape (1, 1): 2 is not 1",
        id="network-weights",
    ),
    pytest.param(
        lambda: solver.two_layer_forward([[1]], [[1]], [0, 0], [[1]], [0]),
        "b1 has shape (2,), but must be (1, 1): one entry for each row of W1",
        id="network-bias",
    ),
    pytest.param(
        lambda: solver.two_layer_forward([[1]], [[1]], [0], [[1]], [0], "gelu"),
        "activation must be one of 'tanh', 'relu', 'sigmoid', not 'gelu'",
        id="network-activation",
    ),
    pytest.param(
        lambda: solver.two_layer_gradients([[1, 2]], [[1]], [[0.5]], [[1]], [[1]]),
        "X has 2 examples, A1 1 and Y 1; an example is a column",
        id="network-examples",
    ),
    pytest.param(
        lambda: solver.dropout([1, 2], [1], 0.5),
        "a has shape (2,), but mask has shape (1,)",
        id="dropout-mask-shape",
    ),
    pytest.param(
        lambda: solver.dropout([1, 2], [1, 2], 0.5),
        "mask must hold only 0 and 1",
        id="dropout-mask",
    ),
    pytest.param(
        lambda: solver.dropout_backward([1], [1], 0),
        "keep_prob must be above 0 and at most 1, not 0",
        id="keep-nothing",
    ),
    pytest.param(
        lambda: solver.batch_norm([3, 3], 1, 0),
        "a feature is constant over the batch, so its variance is 0; give eps above 0",
        id="batch-constant",
    ),
    pytest.param(
        lambda: solver.batch_norm(np.eye(3)[:, :2], [1, 2, 3], 0),
        "gamma has shape (3,), but z of shape (3, 2) has features of shape (2,)",
        id="batch-gamma",
    ),
    pytest.param(
        lambda: solver.batch_norm([1, 2], 1, 0, axis=1),
        "z of shape (2,) has no axis 1",
        id="batch-axis",
    ),
    pytest.param(
        lambda: solver.batch_norm_inference([1], 0, 0, 1, 0),
        "variance + eps must be above 0, not 0",
        id="running-variance",
    ),
    pytest.param(
        lambda: solver.conv_params(3, 0, 8),
        "c_in must be at least 1, not 0",
        id="no-channels",
    ),
    pytest.param(
        lambda: solver.adam_step(1, 0, 0, 1, 0),
        "the step t must be at least 1, not 0",
        id="adam-step-0",
    ),
    pytest.param(
        lambda: solver.momentum_step(1, 0, 1, 0.1, 1),
        "beta must be at least 0 and below 1, not 1",
        id="momentum-1",
    ),
    pytest.param(
        lambda: solver.rmsprop_step(1, 0, 0, 0.1, eps=0),
        "the root of the mean square plus eps must be above 0",
        id="rmsprop-0",
    ),
    pytest.param(
        lambda: solver.precision(0, 0),
        "the share is 0 / 0: nothing was predicted positive",
        id="precision-0",
    ),
    pytest.param(
        lambda: solver.linearly_separable([[1, 2, 3]], [1]),
        "points must have shape (m, 2), not (1, 3)",
        id="points-in-space",
    ),
]


@pytest.mark.parametrize(("call", "message"), MESSAGES)
def test_message(call: Callable[[], object], message: str) -> None:
    """One sentence names the numbers that disagree."""
    with pytest.raises(SolverError) as caught:
        call()

    assert str(caught.value) == message


def test_a_solver_error_is_a_value_error() -> None:
    """Callers may treat it as Python's own, or as one of drill's."""
    assert issubclass(SolverError, ValueError)
    assert issubclass(SolverError, DrillError)


NONSENSE = [
    pytest.param(value, id=name)
    for name, value in {
        "none": None,
        "text": "same",
        "negative": -1,
        "fraction": 2.5,
        "nan": float("nan"),
        "infinite": float("inf"),
        "empty": (),
        "ragged": [[1, 2], [3]],
        "four-axes": np.ones((2, 3, 4, 5)),
        "complex": 1j,
        "huge": 10**30,
        "objects": np.array([None]),
        "mapping": {},
    }.items()
]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_refused_in_sentences(nonsense: object) -> None:
    """Wherever it is put, a strange value works or raises a SolverError, in a line."""
    for name, (_, make) in TWINS.items():
        args = make(np.random.default_rng(1))
        for place in range(len(args)):
            try:
                getattr(solver, name)(*args[:place], nonsense, *args[place + 1 :])
            except SolverError as error:
                assert "\n" not in str(error)
