"""Values of the topics on graphs, losses and embeddings: by hand, or from a framework."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drill.bank import Bank, load_bank
from drill.language import run

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
