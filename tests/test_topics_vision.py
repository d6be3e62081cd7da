"""The topics about images: their formulas at values that were worked out elsewhere."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from drill.bank import load_bank
from drill.language import run
from drill.locate import built_in
from drill.selftest import certify
from drill.walk.registry import WALKS

EVEN = [0.5, 0.5]
QUESTIONS = {question.id: question for question in load_bank(None).questions}
GOLDEN: list[tuple[str, dict[str, Any], Any]] = [
    ("iou-two-boxes", {"A": [0, 0, 2, 2], "B": [1, 1, 3, 3]}, 1 / 7),
    ("iou-two-boxes", {"A": [0, 0, 4, 2], "B": [2, 0, 6, 2]}, 1 / 3),
    ("iou-two-boxes", {"A": [1, 1, 5, 4], "B": [2, 2, 3, 3]}, 1 / 12),
    ("yolo-output-shapes v1", {"S": 7, "B": 2, "C": 20}, (7, 7, 30)),
    ("yolo-output-shapes v2", {"S": 19, "B": 5, "C": 20}, (19, 19, 125)),
    ("yolo-anchors-from-depth", {"depth": 125, "C": 20}, 5),
    ("yolo-box-count", {"side": 416, "B": 3}, 10_647),
    ("triplet-loss-distances", {"near": 1, "far": 4, "margin": 0.2}, 0),
    ("triplet-loss-distances", {"near": 1, "far": 0.9, "margin": 0.2}, 0.3),
    ("gram-matrix", {"A": [[1, 2, 0], [0, 1, 3]]}, [[5, 2], [2, 10]]),
    ("gram-shape", {"C": 512}, (512, 512)),
    ("gan-discriminator-loss", {"real": 0.8, "fake": 0.3}, 0.579818),
    ("gan-generator-losses saturating", {"fake": 0.3}, -0.356675),
    ("gan-generator-losses nonsaturating", {"fake": 0.3}, 1.203973),
    ("gan-generator-slopes saturating", {"fake": 0.3}, -0.3),
    ("gan-generator-slopes nonsaturating", {"fake": 0.3}, -0.7),
    ("gan-value-at-optimum value", {"p": EVEN, "q": EVEN, "best": EVEN}, -2 * math.log(2)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "value"),
    GOLDEN,
    ids=[f"{row[0].replace(' ', '.')}-{k}" for k, row in enumerate(GOLDEN)],
)
def test_golden(name: str, given: dict[str, Any], value: Any) -> None:
    """A reference has the value of a paper, another library, or a line by hand."""
    np.testing.assert_allclose(reference(name, given), value, atol=1e-6)


def reference(name: str, given: dict[str, Any]) -> Any:
    """Work out the reference of a question, or of one of its parts, on such values."""
    question, _, part = name.partition(" ")
    (wanted,) = (one for one in QUESTIONS[question].parts if one.name in ("", part))
    values = {
        key: np.array(value) if isinstance(value, list) else value
        for key, value in given.items()
    }
    return run(wanted.answer.value, values)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        pytest.param(
            "iou-two-boxes",
            "value: 'iou(A, B)'",
            "value: 'both/max(area(A), area(B))'",
            id="divided by the larger box",
        ),
        pytest.param(
            "nms-per-class",
            "'np.sort(suppress(M*same, order, t))'}",
            "'np.sort(suppress(M*same, order, t/4))'}",
            id="another threshold",
        ),
        pytest.param(
            "triplet-hardest",
            "'max(positive - negative + margin, 0)'",
            "'max(positive - negative + 2*margin, 0)'",
            id="margin doubled",
        ),
        pytest.param(
            "gram-matrix",
            "value: A @ A.T}",
            "value: 'A @ A[::-1].T'}",
            id="rows turned",
        ),
        pytest.param(
            "gan-generator-slopes",
            "round(fake - 1, 9)'}",
            "round(fake - 2, 9)'}",
            id="label 2",
        ),
    ],
)
def test_a_fault_in_a_reference_is_found(
    question: str, right: str, wrong: str, tmp_path: Path
) -> None:
    """The second route disagrees with a formula that is a little wrong."""
    topic = QUESTIONS[question].topic
    text = (built_in() / f"{topic}.yaml").read_text()
    head, tail = text.split(f"  - id: {question}\n")
    assert right in tail
    faulty = f"{head}  - id: {question}\n{tail.replace(right, wrong, 1)}"
    (tmp_path / f"{topic}.yaml").write_text(faulty)
    record = certify(load_bank(tmp_path)[question], range(5))
    assert "second route" in {found.rule for found in record.findings}


def test_two_boxes_are_drawn_square_by_square() -> None:
    """Where corners lie on the squares and the picture fits; else as they are given."""
    squares = WALKS["iou"](a=[1, 1, 5, 4], b=[2, 2, 7, 6]).frames[-1].panels[0]
    assert [" ".join(map(str, row)) for row in squares.rows] == [
        "A A A A . .",
        "A AB AB AB B B",
        "A AB AB AB B B",
        ". B B B B B",
        ". B B B B B",
    ]
    for far in ([1.5, 1, 3, 3], [300, 1, 400, 9]):
        names = [
            one.name for one in WALKS["iou"](a=[1, 1, 5, 4], b=far).frames[-1].panels
        ]
        assert names == ["A", "B"]


@pytest.mark.extra
def test_torch_agrees() -> None:
    """Losses, and gradients by its automatic differentiation."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(19)
    A, P, N = (torch.tensor(rng.normal(size=(5, 3)), requires_grad=True) for _ in "apn")
    F = torch.nn.functional

    def squared(u: Any, v: Any) -> Any:
        return ((u - v) ** 2).sum(-1)

    def same(name: str, given: dict[str, Any], wanted: Any) -> None:
        tensors = {
            k: v.detach().numpy() if torch.is_tensor(v) else v for k, v in given.items()
        }
        np.testing.assert_allclose(reference(name, tensors), wanted.detach(), atol=1e-8)

    loss = F.triplet_margin_with_distance_loss(
        A, P, N, distance_function=squared, margin=2
    )
    same("triplet-loss-function", {"A": A, "P": P, "N": N, "alpha": 2}, loss)
    for at in range(5):
        one = torch.relu(squared(A[at], P[at]) - squared(A[at], N[at]) + 2)
        (slope,) = torch.autograd.grad(one, A)
        near, far = squared(A[at], P[at]).item(), squared(A[at], N[at]).item()
        given = {"near": near, "far": far, "margin": 2, "p": P[at], "n": N[at]}
        same("triplet-gradient", given, slope[at])

    real, fake = (
        torch.tensor(rng.normal(size=size), requires_grad=True) for size in (3, 4)
    )
    called = [F.binary_cross_entropy_with_logits(real, torch.ones(3, dtype=real.dtype)),
              F.binary_cross_entropy_with_logits(fake, torch.zeros(4, dtype=real.dtype))]  # fmt: skip
    same("gan-discriminator-loss-function", {"real": real, "fake": fake}, sum(called))
    outputs = {"real": torch.sigmoid(real), "fake": torch.sigmoid(fake)}
    same("gan-batch-losses d_loss", outputs, sum(called))
    for name, each in (
        ("nonsaturating", -F.logsigmoid(fake)),
        ("saturating", F.logsigmoid(-fake)),
    ):
        (slopes,) = torch.autograd.grad(each.sum(), fake)
        same(f"gan-generator-slopes {name}", {"fake": outputs["fake"]}, slopes)
