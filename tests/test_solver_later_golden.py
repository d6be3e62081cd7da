"""Values of the course's later topics: from torch 2.13, scikit-learn, or by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from drill import solver
from drill.errors import SolverError

Q, K = [[1, 0], [0, 1]], [[1, 0], [1, 1], [0, 2]]
V = [[1, 0], [0, 1], [2, 2]]
GATES = ([[1], [2], [0.5], [-1]], [[0.5], [0], [1], [1]], [0, 1, 0, 0.5])
RNN = (
    [[1, 0], [0, 1], [1, 1]],
    [0, 0],
    [[1, 0], [0.5, -1]],
    [[0.5, 0], [1, 0.5]],
    [0, 0.1],
)
STATES = [[0.761594, 0.53705], [0.363399, 0.12939], [0.827987, 0.028087]]
GOLDEN: list[tuple[str, tuple[Any, ...], Any]] = [
    ("huber", ([0, 2], [0.5, 5]), 1.3125),
    ("hinge", (0, [2, 3, 1]), 2),
    ("log_softmax", ([0, 0, 0], 0), [-math.log(3)] * 3),
    ("rnn_forward", RNN, STATES),
    ("lstm_step", ([1], [0.5], [2], *GATES), ([0.493269], [2.497135])),
    ("gru_step", ([1], [0.5], [[1], [2], [0.5]], [[0.5], [0], [1]], [0, 0, 0]), [0.525119]),
    ("clip_by_norm", ([3, 4], 1), [0.6, 0.8]),
    ("clip_by_norm", ([3, 4], 10), [3, 4]),
    ("attention", (Q, K, V), [[0.796664, 0.796664], [1.29198, 1.435946]]),
    ("attention", (Q, K, V, [[1, 0, 0], [1, 1, 0]]), [[1, 0], [0.330238, 0.669762]]),
    ("positional_encoding", (2, 4), [[0, 1, 0, 1], [0.841471, 0.540302, 0.01, 0.99995]]),
    ("layer_norm", ([1, 2, 3, 6],), [-1.069045, -0.534522, 0, 1.603567]),
    ("cosine_similarity", ([1, 2, 2], [2, 1, 2]), 8 / 9),
    ("iou", ([0, 0, 2, 2], [1, 1, 3, 3]), 1 / 7),
    ("iou", ([0, 0, 4, 2], [2, 0, 6, 2]), 1 / 3),
    ("iou", ([0, 0, 1, 1], [1, 0, 2, 1]), 0),
    ("iou", ([0, 0, 1, 1], [5, 5, 6, 6]), 0),
    ("iou", ([1, 1, 5, 4], [2, 2, 3, 3]), 1 / 12),
    ("triplet_loss", ([0, 0], [1, 0], [0, 2], 0.2), 0),
    ("triplet_loss", ([0, 0], [1, 0], [0, 0.9**0.5], 0.2), 0.3),
    ("gram_matrix", ([[1, 2, 0], [0, 1, 3]],), [[5, 2], [2, 10]]),
    ("fgsm", ([0.2, -0.1, 0.5], [-0.3, 0.6, -0.15], 0.1), [0.1, 0, 0.4]),
    ("conv_transpose2d", ([[1, 2], [3, 4]], [[1, 0], [2, 1]], 2), [[1, 0, 2, 0], [2, 1, 4, 2], [3, 0, 4, 0], [6, 3, 8, 4]]),
    ("conv_transpose2d", ([[1, 2], [3, 4]], [[1, 0], [2, 1]]), [[1, 2, 0], [5, 9, 2], [6, 11, 4]]),
    ("im2col_shape", (227, 227, 3, 11, 4), (363, 3025)),
    ("grouped_conv_params", (3, 8, 16, 8), 160),
    ("macro_f1", ([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]), 0.266667),
    ("roc_auc", ([1, 1, 1, 0, 0, 0], [0.9, 0.6, 0.55, 0.7, 0.5, 0.2]), 7 / 9),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "args", "value"),
    GOLDEN,
    ids=[f"{row[0]}-{k}" for k, row in enumerate(GOLDEN)],
)
def test_published_values(name: str, args: tuple[Any, ...], value: Any) -> None:
    """Each solver gives what frameworks and books print, to their last digit."""
    got = getattr(solver, name)(*args)
    for mine, theirs in (
        zip(got, value, strict=True) if isinstance(got, tuple) else [(got, value)]
    ):
        np.testing.assert_allclose(mine, theirs, atol=6e-7)


def test_a_transposed_convolution_is_the_gradient_of_a_convolution() -> None:
    """So nothing is flipped: what went into each sum gets its weight back."""
    rng = np.random.default_rng(5)
    for stride in (1, 2):
        w = rng.normal(size=(3, 3, 2, 4))
        x = rng.normal(size=(7, 7, 2))
        out = rng.normal(size=solver.conv2d(x, w, None, stride, 0).shape)
        dx, _, _ = solver.conv2d_backward(x, w, out, stride, 0)
        back = solver.conv_transpose2d(out, w.swapaxes(2, 3), stride)
        np.testing.assert_allclose(back, dx[: back.shape[0], : back.shape[1]])


@pytest.mark.extra
def test_torch_agrees() -> None:
    """Losses, gates, attention, norms and transposed convolutions, on random numbers."""
    torch = pytest.importorskip("torch")
    F = torch.nn.functional
    rng = np.random.default_rng(3)

    def of(*shape: int) -> np.ndarray:
        return rng.normal(size=shape)

    def t(array: Any) -> Any:
        return torch.tensor(np.asarray(array), dtype=torch.float64)

    for _ in range(20):
        y, yhat = of(4, 3), of(4, 3)
        pairs = [
            (solver.mse(y, yhat), F.mse_loss(t(yhat), t(y))),
            (solver.mae(y, yhat), F.l1_loss(t(yhat), t(y))),
            (solver.huber(y, yhat, 0.7), F.huber_loss(t(yhat), t(y), delta=0.7)),
            (solver.log_softmax(y, 1), F.log_softmax(t(y), 1)),
            (solver.leaky_relu(y, 0.2), F.leaky_relu(t(y), 0.2)),
            (
                solver.layer_norm(y, of(3) * 0 + 2, of(3) * 0 + 1, 1e-5),
                F.layer_norm(t(y), (3,), t([2] * 3), t([1] * 3), 1e-5),
            ),
            (
                solver.attention(y, yhat, of(4, 2) * 0 + 1),
                F.scaled_dot_product_attention(t(y), t(yhat), t(np.ones((4, 2)))),
            ),
        ]
        labels = rng.integers(0, 3, 4)
        pairs.append(
            (
                solver.hinge(labels, yhat) / 3,
                F.multi_margin_loss(t(yhat), torch.tensor(labels)),
            )
        )
        cell, gru = torch.nn.LSTMCell(3, 2).double(), torch.nn.GRUCell(3, 2).double()
        x, h, c = of(3), of(2), of(2)
        with torch.no_grad():
            gru.bias_hh.zero_()
            new = cell(t(x[None]), (t(h[None]), t(c[None])))
            weights = (
                cell.weight_ih.numpy(),
                cell.weight_hh.numpy(),
                (cell.bias_ih + cell.bias_hh).numpy(),
            )
            ours = solver.lstm_step(x, h, c, *weights)
            pairs += [(ours[0], new[0][0]), (ours[1], new[1][0])]
            pairs.append(
                (
                    solver.gru_step(
                        x,
                        h,
                        gru.weight_ih.numpy(),
                        gru.weight_hh.numpy(),
                        gru.bias_ih.numpy(),
                    ),
                    gru(t(x[None]), t(h[None]))[0],
                )
            )
        image, w = of(4, 5, 2), of(3, 3, 2, 3)
        torchs = F.conv_transpose2d(
            t(image.transpose(2, 0, 1)[None]),
            t(w.transpose(2, 3, 0, 1)),
            stride=2,
            padding=1,
        )
        pairs.append(
            (solver.conv_transpose2d(image, w, 2, 1).transpose(2, 0, 1), torchs[0])
        )
        for mine, theirs in pairs:
            np.testing.assert_allclose(mine, theirs.numpy(), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "args", "said"),
    [
        ("iou", ([0, 0, 1], [0, 0, 1, 1]), "x1, y1, x2, y2"),
        ("iou", ([2, 0, 1, 1], [0, 0, 1, 1]), "corners of a are swapped"),
        ("roc_auc", ([1, 1], [0.1, 0.2]), "both must occur"),
        ("attention", ([[1, 0]], [[1]], [[1]]), "Q has rows of 2 entries, K of 1"),
        ("grouped_conv_params", (3, 8, 16, 3), "3 groups do not divide"),
        ("huber", ([1], [2], 0), "delta must be above 0"),
        ("lstm_step", ([1], [1], [1], [[1]], [[1]], [1]), "Wx must be of shape (4, 1)"),
        ("cosine_similarity", ([0, 0], [1, 1]), "has no direction"),
        ("hinge", (5, [1, 2]), "classes from 0 to 1"),
    ],
)
def test_what_does_not_fit_is_told(name: str, args: tuple[Any, ...], said: str) -> None:
    """With the numbers that disagree."""
    with pytest.raises(SolverError) as caught:
        getattr(solver, name)(*args)
    assert said in str(caught.value)
