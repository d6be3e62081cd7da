"""Values that papers and frameworks print, from the functions of three topics' files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from drill.bank import find_question
from drill.bank.vocabulary import vocabulary
from drill.drawing import draw
from drill.language import BANK, define, parse, run

BANK_FILES = Path(__file__).parent.parent / "question_bank"
ARCHITECTURES = "transfer-and-architectures"
SELECTION = "model-selection"
ADVERSARIAL = "adversarial-examples"
TRUE, SAID = "[0, 1, 2, 0, 1, 2]", "[0, 2, 1, 0, 0, 1]"
CONFUSION = "np.array([[2, 0, 0], [1, 0, 1], [0, 2, 0]])"
SCORES = "np.array([1, 1, 1, 0, 0, 0]), np.array([0.9, 0.6, 0.55, 0.7, 0.5, 0.2])"
THIRD = 1 / 3
VGG16 = "[" + ", ".join(
    f"[3, {filters}]"
    for filters, times in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
    for _ in range(times)
) + "]"  # fmt: skip
ALEXNET = "[[11, 0, 4], [3, 0, 2], [5, 2, 1], [3, 0, 2], [3, 1, 1], [3, 1, 1], [3, 1, 1], [3, 0, 2]]"  # fmt: skip
GOLDEN: list[tuple[str, str, Any]] = [
    (ARCHITECTURES, f"stack_params({VGG16}, 3)", 14_714_688),
    (ARCHITECTURES, "dense_stack([25088, 4096, 4096, 1000])", 123_642_856),
    (ARCHITECTURES, f"slide_down(227, {ALEXNET})", 6),
    (ARCHITECTURES, "dense_stack([6*6*256, 4096, 4096, 1000])", 58_631_144),
    (ARCHITECTURES, "unet_trace(572, 4)", [568, 280, 136, 64, 28, 52, 100, 196, 388]),
    (ARCHITECTURES, "last_patch_wins(np.array([[1, 2], [3, 4]]), np.array([[1, 0], [2, 1]]), 1)", [[1, 2, 0], [3, 4, 0], [6, 8, 4]]),
    (ARCHITECTURES, "dilated([1, 2, 3, 4, 5, 6], [1, 0, -1], 2)", [-4, -4]),
    (ARCHITECTURES, "readers(3, 4, 6, 2)", [3, 5]),
    (ARCHITECTURES, "residual_block([1, 2], np.array([[1, -1], [1, 1]]), np.array([[1, 2], [0, 1]]))", [7, 5]),
    (SELECTION, f"[label_f1({TRUE}, {SAID}, 0), label_f1({TRUE}, {SAID}, 1), label_f1({TRUE}, {SAID}, 3)]", [0.8, 0, 0]),
    (SELECTION, f"(matrix_f1({CONFUSION}, 0) + matrix_f1({CONFUSION}, 1) + matrix_f1({CONFUSION}, 2))/3", 0.266667),
    (SELECTION, f"pooled_f1({CONFUSION})", THIRD),
    (SELECTION, f"roc_points({SCORES})", [[0, THIRD], [THIRD, THIRD], [THIRD, 2 * THIRD], [THIRD, 1], [2 * THIRD, 1], [1, 1]]),
    (SELECTION, f"lower_until({SCORES}, 2/3)", 0.6),
    (SELECTION, "[passed(29, [30, 80]), passed(30, [30, 80]), passed(79, [30, 80]), passed(80, [30, 80])]", [0, 1, 1, 2]),
    (SELECTION, "[stops_after([5, 4, 6, 3, 4, 5, 2], 1), stops_after([5, 4, 6, 3, 4, 5, 2], 2), stops_after([5, 4, 6, 3, 4, 5, 2], 3)]", [3, 6, 7]),
    (SELECTION, "wrong_votes([0.2, 0.2, 0.2])", 0.104),
    (SELECTION, "wrong_votes([0.1, 0.2, 0.3])", 0.098),
    (SELECTION, "first_hit(0.05, 60)", 0.953930),
    (SELECTION, "steps_until(0.5, 1/8)", 4),
    (ADVERSARIAL, "nudged_logistic([1, -2, 0.5], 0.7, 1)", [-0.3, 0.6, -0.15]),
    (ADVERSARIAL, "pushed([0.2, -0.1, 0.5], [-0.3, 0.6, -0.15], 0.1)", [0.1, 0, 0.4]),
    (ADVERSARIAL, "best_corner([1, -2, 0.5], 0.1)", 0.35),
    (ADVERSARIAL, "flips_at(-7, [3, -4])", 1),
    (ADVERSARIAL, "[reached(3, 8), reached(250, 8), reached(100, 8)]", [12, 14, 17]),
    (ADVERSARIAL, "stay_right([2, -3, 1, -1], [1, -1, 1, 1], [3, 4], 0.2)", 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "formula", "value"),
    GOLDEN,
    ids=[row[1].split("(")[0] for row in GOLDEN],
)
def test_published_values(topic: str, formula: str, value: Any) -> None:
    """VGG-16, AlexNet and U-Net come out as their papers have them, and so on."""
    text = yaml.safe_load((BANK_FILES / f"{topic}.yaml").read_text("utf-8"))
    table, _ = define(text["functions"], vocabulary(), BANK)

    got = run(parse(formula, names=(), table=table), {})

    np.testing.assert_allclose(got, value, atol=6e-7)


@pytest.mark.extra
@pytest.mark.parametrize("name", ["step", "cosine"])
def test_schedules_are_torchs(name: str) -> None:
    """Epochs are counted from 0, and a milestone has the new rate already."""
    torch = pytest.importorskip("torch")
    question = find_question([BANK_FILES], f"select-{name}-schedule")
    for seed in range(10):
        instance = draw(question, seed)
        of = instance.values
        parameter = torch.nn.Parameter(torch.zeros(1))
        start = of["lr"] if name == "step" else of["high"]
        descent = torch.optim.SGD([parameter], lr=start)
        schedules = torch.optim.lr_scheduler
        if name == "step":
            milestones = [of["m1"], of["m2"], of["m3"]]
            rates = schedules.MultiStepLR(descent, milestones, of["gamma"])
        else:
            rates = schedules.CosineAnnealingLR(descent, of["T"], of["low"])
        for _ in range(of["t"]):
            descent.step()
            rates.step()

        assert rates.get_last_lr()[0] == pytest.approx(instance.targets[0].reference)


@pytest.mark.extra
def test_gradients_are_torchs() -> None:
    """Residual blocks, dilation and both attacks agree with autograd on drawn numbers."""
    torch = pytest.importorskip("torch")
    names = ("residual-block-backward", "dilated-values", "fgsm-targeted", "attack-relu-network")  # fmt: skip
    questions = [find_question([BANK_FILES], name) for name in names]

    def t(array: Any) -> Any:
        return torch.tensor(np.asarray(array), dtype=torch.float64)

    for seed in range(10):
        block, dilated, softmax, network = (draw(one, seed) for one in questions)

        of = block.values
        x = t(of["x"]).requires_grad_()
        y = x + t(of["W2"]) @ torch.relu(t(of["W1"]) @ x)
        y.backward(t(of["dy"]))
        np.testing.assert_allclose(x.grad, block.targets[0].reference)

        of = dilated.values
        got = torch.nn.functional.conv1d(
            t(of["x"])[None, None], t(of["k"])[None, None], dilation=of["d"]
        )
        np.testing.assert_allclose(got[0, 0], dilated.targets[0].reference)

        of = softmax.values
        change = torch.zeros(3, dtype=torch.float64, requires_grad=True)
        logits = torch.log(t(of["p"])) + t(of["W"]) @ change
        torch.nn.functional.cross_entropy(logits, torch.tensor(of["t"])).backward()
        np.testing.assert_allclose(change.grad, softmax.targets[0].reference)

        of = network.values
        x = t(of["x"]).requires_grad_()
        (t(of["v"]) @ torch.relu(t(of["W"]) @ x)).backward()
        np.testing.assert_allclose(x.grad, network.targets[0].reference)
