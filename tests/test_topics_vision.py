"""The topics about images: their formulas at values that were worked out elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drill.bank import load_bank
from drill.language import run

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
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "value"),
    GOLDEN,
    ids=[f"{row[0].replace(' ', '.')}-{k}" for k, row in enumerate(GOLDEN)],
)
def test_golden(name: str, given: dict[str, Any], value: Any) -> None:
    """A reference has the value of a paper, another library, or a line by hand."""
    question, _, part = name.partition(" ")
    (wanted,) = (p for p in QUESTIONS[question].parts if p.name in ("answer", part, ""))
    values = {key: _array(value) for key, value in given.items()}
    np.testing.assert_allclose(run(wanted.answer.value, values), value, atol=1e-6)


def _array(value: Any) -> Any:
    return np.array(value) if isinstance(value, list) else value
