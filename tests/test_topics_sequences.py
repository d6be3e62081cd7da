"""What the topics on sequences call right, against published numbers and torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drill.bank import Question, load_bank
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
