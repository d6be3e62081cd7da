"""What the topics on sequences call right, against published numbers and torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drill.bank import Question, load_bank
from drill.drawing import draw
from drill.language import run


@pytest.fixture(scope="module")
def questions() -> dict[str, Question]:
    """Return the built-in questions by their ids."""
    return {question.id: question for question in load_bank().questions}


def routes(question: Question, place: int, given: dict[str, Any]) -> list[Any]:
    """Return a part's reference and its second route on numbers of our own."""
    values = {
        name: np.array(value) if isinstance(value, list) else value
        for name, value in given.items()
    }
    for let, program in question.lets:
        if let not in values and program.names <= values.keys():
            values[let] = run(program, values)
    for part in question.parts[: place + 1]:
        programs = [p for p in (part.answer.value, part.cross_check) if p]
        if part.name in values or not programs[0].names <= values.keys():
            continue
        found = [run(program, values) for program in programs]
        values[part.name] = found[0]
    return found


RNN = {
    "X": [[1, 0], [0, 1], [1, 1]],
    "h0": [0, 0],
    "Wx": [[1, 0], [0.5, -1]],
    "Wh": [[0.5, 0], [1, 0.5]],
    "b": [0, 0.1],
}
LSTM = {
    "x": [1],
    "h": [0.5],
    "c": [2],
    "Wx": [[1], [2], [0.5], [-1]],
    "Wh": [[0.5], [0], [1], [1]],
    "b": [0, 1, 0, 0.5],
}
GRU = {
    "x": [1],
    "h": [0.5],
    "Wx": [[1], [2], [0.5]],
    "Wh": [[0.5], [0], [1]],
    "b": [0, 0, 0],
}
ATTENTION = {
    "Q": [[1, 0], [0, 1]],
    "K": [[1, 0], [1, 1]],
    "V": [[1, 0], [0, 1]],
}
STATES = [[0.761594, 0.53705], [0.363399, 0.12939], [0.827987, 0.028087]]
GOLDEN: list[tuple[str, int, dict[str, Any], Any]] = [
    ("rnn-forward-function", 0, RNN, STATES),
    ("rnn-parameters", 0, {"d": 3, "n": 4, "T": 9}, 32),
    ("clip-global-norm", 0, {"g": [3, 4, 0], "limit": 1}, [0.6, 0.8, 0]),
    ("clip-global-norm", 0, {"g": [3, 4, 0], "limit": 10}, [3, 4, 0]),
    ("lstm-step-function", 0, LSTM, [0.493269]),
    ("gru-step-function", 0, GRU, [0.525119]),
    ("lstm-parameters", 0, {"d": 3, "n": 4}, 128),
    ("gated-parameters-pytorch", 0, {"d": 3, "n": 4, "blocks": 3}, 96),
    ("gated-parameters-pytorch", 1, {"d": 3, "n": 4, "blocks": 3}, 108),
    ("gated-parameters-pytorch", 1, {"d": 3, "n": 4, "blocks": 4}, 144),
    ("attention-function", 0, ATTENTION, [[1, 0], [0.330238, 0.669762]]),
    ("attention-parameters", 0, {"d": 512, "h": 8, "size": 64}, 1_050_624),
    ("posenc-values", 0, {"p": 1}, [0.841471, 0.540302, 0.01, 0.99995]),
    ("layernorm-values", 0, {"X": [[1, 2, 3, 6]], "gamma": 1, "beta": 0}, [[-1.069045, -0.534522, 0, 1.603567]]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "place", "given", "value"),
    GOLDEN,
    ids=[f"{row[0]}-{k}" for k, row in enumerate(GOLDEN)],
)
def test_published_values(
    questions: dict[str, Question],
    name: str,
    place: int,
    given: dict[str, Any],
    value: Any,
) -> None:
    """Both routes of a question give what papers and frameworks print."""
    found = routes(questions[name], place, given)
    assert len(found) == 2
    for one in found:
        np.testing.assert_allclose(one, value, atol=6e-7)


@pytest.mark.extra
def test_torch_agrees(questions: dict[str, Question]) -> None:
    """Steps, gradients and counts of drawn instances are those of torch."""
    torch = pytest.importorskip("torch")
    F, nn = torch.nn.functional, torch.nn

    def drawn(name: str, seed: int) -> tuple[dict[str, Any], list[Any]]:
        instance = draw(questions[name], seed)
        return dict(instance.values), [t.reference for t in instance.targets]

    def t(value: Any, tracked: bool = False) -> Any:
        return torch.tensor(
            np.asarray(value, dtype=float), dtype=torch.float64, requires_grad=tracked
        )

    def size(module: Any) -> int:
        return sum(weight.numel() for weight in module.parameters())

    def filled(module: Any, *weights: Any) -> Any:
        module.double()
        with torch.no_grad():
            for parameter, weight in zip(module.parameters(), weights, strict=True):
                parameter.copy_(t(weight))
        return module

    for seed in range(5):
        pairs: list[tuple[Any, Any]] = []
        v, (mine,) = drawn("rnn-forward-function", seed)
        weights = (v["Wx"], v["Wh"], v["b"], 0 * v["b"])
        rnn = filled(nn.RNN(v["X"].shape[1], len(v["b"])), *weights)
        pairs.append((mine, rnn(t(v["X"]), t(v["h0"])[None])[0]))

        v, (mine,) = drawn("lstm-step-function", seed)
        weights = (v["Wx"], v["Wh"], v["b"], 0 * v["b"])
        cell = filled(nn.LSTMCell(len(v["x"]), len(v["h"])), *weights)
        pairs.append((mine, cell(t(v["x"]), (t(v["h"]), t(v["c"])))[0]))

        v, (mine,) = drawn("gru-step-function", seed)
        weights = (v["Wx"], v["Wh"], v["b"], 0 * v["b"])
        cell = filled(nn.GRUCell(len(v["x"]), len(v["h"])), *weights)
        pairs.append((mine, cell(t(v["x"]), t(v["h"]))))

        v, (mine,) = drawn("bptt-function", seed)
        w, h = t(v["w"], True), t(v["h0"])
        for step in v["x"]:
            h = torch.tanh(w * h + v["u"] * step)
        h.backward()
        pairs.append((mine, w.grad))

        v, (_, _, mine) = drawn("bptt-two-steps", seed)
        w, h = t(v["w"], True), t(v["start"])
        for step in v["x"]:
            h = w * h + v["u"] * step
        ((h - v["y"]) ** 2 / 2).backward()
        pairs.append((mine, w.grad))

        v, (mine,) = drawn("clip-global-norm", seed)
        parameters = [t(0 * v["g"][:2], True), t(0 * v["g"][2:], True)]
        for parameter, g in zip(parameters, (v["g"][:2], v["g"][2:]), strict=True):
            parameter.grad = t(g)
        nn.utils.clip_grad_norm_(parameters, v["limit"])
        pairs.append((mine, torch.cat([p.grad for p in parameters])))

        v, (mine,) = drawn("attention-function", seed)
        Q, K, V = (t(v[name]) for name in "QKV")
        causal = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
        pairs.append((mine, causal))

        v, (mine,) = drawn("layernorm-function", seed)
        gamma, beta = t(v["gamma"]), t(v["beta"])
        normed = F.layer_norm(t(v["X"]), gamma.shape, gamma, beta, v["eps"])
        pairs.append((mine, normed))

        v, (textbook, mine) = drawn("gated-parameters-pytorch", seed)
        gated = nn.GRU if v["blocks"] == 3 else nn.LSTM
        pairs.append((mine, size(gated(v["d"], v["n"]))))
        pairs.append((textbook, size(gated(v["d"], v["n"])) - v["blocks"] * v["n"]))

        v, both = drawn("lstm-bidirectional-stack", seed)
        stacked = nn.LSTM(v["d"], v["n"], num_layers=2, bidirectional=True)
        pairs.append((sum(both), size(stacked) - 16 * v["n"]))

        v, (mine,) = drawn("attention-parameters", seed)
        pairs.append((mine, size(nn.MultiheadAttention(v["d"], v["h"]))))

        v, (_, _, mine) = drawn("transformer-block-parameters", seed)
        block = nn.TransformerEncoderLayer(v["d"], v["h"], v["f"])
        pairs.append((mine, size(block)))
        for mine, theirs in pairs:
            theirs = theirs.detach() if torch.is_tensor(theirs) else theirs
            np.testing.assert_allclose(mine, np.asarray(theirs), atol=1e-6)
