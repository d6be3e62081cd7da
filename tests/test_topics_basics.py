"""Values of the topics on graphs, losses and embeddings: by hand, or from a framework."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from drill.bank import Bank, load_bank
from drill.drawing import draw
from drill.language import run
from drill.locate import built_in
from drill.selftest import certify

GOLDEN: list[tuple[str, dict[str, Any], Any]] = [
    ("graph-sum-times/f", {"x": -2, "y": 5, "z": -4}, -12),
    ("graph-sum-times/dx", {"x": -2, "y": 5, "z": -4}, -4),
    ("graph-sum-times/dz", {"x": -2, "y": 5, "z": -4}, 3),
    ("graph-used-twice", {"x": 3, "y": -4, "z": -1}, [-3, 3, 0]),
    ("graph-used-twice", {"x": 3, "y": -4, "z": 7}, [-4, 3, 1]),
    ("graph-max-gate", {"v": [-3, -1, -2], "k": 5}, [0, 5, 0]),
    ("loss-huber", {"y": [0, 2], "yhat": [0.5, 5], "delta": 1}, 1.3125),
    ("loss-squared-and-absolute/mse", {"y": [0, 2], "yhat": [0.5, 5]}, 4.625),
    ("hinge-classes", {"s": [2, 3, 1], "t": 0, "delta": 1}, 2),
    ("hinge-classes", {"s": [3.2, 5.1, -1.7], "t": 0, "delta": 1}, 2.9),
    ("loss-best-constant", {"y": [1, 2, 3, 4, 100]}, [22, 3]),
    ("log-softmax-large", {"c": 1000, "k": [1, 1, 1]}, [-1.098612] * 3),
    ("loss-at-start", {"C": 10, "delta": 1}, [2.302585, 9, 6.931472]),
    ("similarity-cosine", {"u": [1, 2, 2], "v": [2, 1, 2]}, 8 / 9),
    ("skipgram-count", {"n": 4, "w": 1}, 6),
    ("skipgram-count", {"n": 9, "w": 2}, 30),
    ("negative-sampling-loss", {"a": 3, "b": 1, "c": 1}, 1.673976),
    ("negative-sampling-distribution", {"r": [1, 2, 3]}, [1 / 36, 8 / 36, 27 / 36]),
]


@pytest.fixture(scope="module")
def bank() -> Bank:
    """Return the bank that comes with the program."""
    return load_bank()


def value_of(bank: Bank, name: str, draws: dict[str, Any]) -> Any:
    """Compute what a question, or its part, wants for given draws."""
    identity, _, wanted = name.partition("/")
    question = bank[identity]
    values = {
        key: np.array(value) if isinstance(value, list) else value
        for key, value in draws.items()
    }
    for let, program in question.lets:
        if let not in values and program.names <= values.keys():
            values[let] = run(program, values)
    for part in question.parts:
        assert part.answer.value is not None
        found = run(part.answer.value, values)
        if part.name == wanted:
            return found
        values[part.name] = found
    raise AssertionError(f"{name} has no such part")


@pytest.mark.parametrize(
    ("name", "draws", "value"),
    GOLDEN,
    ids=[f"{row[0]}-{k}" for k, row in enumerate(GOLDEN)],
)
def test_known_values(bank: Bank, name: str, draws: dict[str, Any], value: Any) -> None:
    """The bank's own formulas give what papers, courses and frameworks print."""
    np.testing.assert_allclose(value_of(bank, name, draws), value, atol=1e-6)


def grown(torch: Any, *arrays: Any) -> list[Any]:
    """Make tensors that remember what is done to them."""
    return [torch.tensor(np.asarray(a, float), requires_grad=True) for a in arrays]


def torchs(torch: Any, name: str, v: dict[str, Any]) -> Any:
    """Answer a question with PyTorch; what is asked is a value or a gradient."""
    F = torch.nn.functional
    if name == "graph-used-twice":
        x, y, z = inputs = grown(torch, v["x"], v["y"], v["z"])
        (x * y + torch.maximum(x, z)).backward()
        return [float(one.grad) for one in inputs]
    if name == "jacobian-vector-product/J":
        (x,) = grown(torch, v["x"])
        return torch.autograd.functional.jacobian(
            lambda u: torch.stack([u[0] * u[1], v["c"] * u[1] + u[2] ** 2]), x
        )
    if name.startswith("loss-huber"):
        (guess,), true = grown(torch, v["yhat"]), torch.tensor(v["y"] * 1.0)
        how = "sum" if name.endswith("slope") else "mean"
        loss = F.huber_loss(guess, true, delta=float(v["delta"]), reduction=how)
        loss.backward()
        return guess.grad if how == "sum" else loss.detach()
    if name.startswith("hinge-classes"):
        (scores,), true = grown(torch, v["s"]), torch.tensor(v["t"])
        # PyTorch divides the sum over the wrong classes by the number of all.
        loss = len(v["s"]) * F.multi_margin_loss(scores, true, margin=float(v["delta"]))
        loss.backward()
        return scores.grad if name.endswith("gradient") else loss.detach()
    if name == "log-softmax-large":
        return F.log_softmax(torch.tensor(v["z"]), 0)
    if name == "embed-gradient":
        (table,) = grown(torch, np.zeros((4, 2)))
        F.embedding(torch.tensor(v["ids"]), table).backward(torch.tensor(v["G"] * 1.0))
        return table.grad
    if name == "similarity-cosine":
        u, w = (torch.tensor(v[key] * 1.0) for key in "uv")
        return F.cosine_similarity(u, w, dim=0)
    scores = torch.log(torch.tensor([v["a"], 1 / v["b"], v["c"]], dtype=torch.float64))
    return -F.logsigmoid(scores).sum()


@pytest.mark.extra
@pytest.mark.parametrize(
    "name",
    [
        "graph-used-twice",
        "jacobian-vector-product/J",
        "loss-huber",
        "loss-huber-slope",
        "hinge-classes",
        "hinge-classes-gradient",
        "log-softmax-large",
        "embed-gradient",
        "similarity-cosine",
        "negative-sampling-loss",
    ],
)
def test_torch_agrees(bank: Bank, name: str) -> None:
    """What is right here is what PyTorch computes, gradients by its own way back."""
    torch = pytest.importorskip("torch")
    for seed in range(10):
        values = dict(draw(bank[name.partition("/")[0]], seed).values)
        theirs = np.asarray(torchs(torch, name, values))
        np.testing.assert_allclose(value_of(bank, name, values), theirs, atol=1e-9)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        pytest.param("graph-max-gate", "v == np.max(v)", "v == v[0]", id="first input"),
        pytest.param("jacobian-vector-product", "2*x[2]]]'}", "3*x[2]]]'}", id="cube"),
        pytest.param("hinge-classes", "s[t] + delta))'}", "s[t]/2 + delta))'}", id="half"),
        pytest.param("loss-huber-slope", "-delta, delta)'}", "-delta, 1)'}", id="cut at 1"),
        pytest.param("embed-gradient", "'scatter(ids, G, 4)'}", "'-scatter(ids, G, 4)'}", id="sign"),
        pytest.param("negative-sampling-loss", "np.log(1 + b)", "np.log(2 + b)", id="two"),
    ],
)  # fmt: skip
def test_a_fault_in_a_reference_is_found(
    question: str, right: str, wrong: str, tmp_path: Path
) -> None:
    """Moving the inputs, loops and the oracle disagree with a formula that is off."""
    (file,) = (
        f for f in built_in().glob("*.yaml") if f"- id: {question}\n" in f.read_text()
    )
    head, tail = file.read_text().split(f"  - id: {question}\n")
    assert right in tail
    faulty = f"{head}  - id: {question}\n{tail.replace(right, wrong, 1)}"
    (tmp_path / file.name).write_text(faulty)
    record = certify(load_bank([tmp_path])[question], range(5))
    assert "second route" in {found.rule for found in record.findings}
