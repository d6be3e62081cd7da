"""Walks over columns and rows: in words, at any size, and drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from rich.console import Console

from drill.errors import SolverError
from drill.screen.picture import Picture, sentences
from drill.walk.registry import WALKS

MOST = 60


def drawn(name: str, width: int, **given: Any) -> str:
    """Return the last picture of a walk."""
    walk = WALKS[name](**given)
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(Picture(walk, len(walk.frames) - 1))
    return captured.get()


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        pytest.param(
            "broadcast_add",
            {"a": [[1, 2], [3, -4]], "b": [10, -20]},
            [
                "a is (2, 2) and b is (2,): from the right, the sum is (2, 2).",
                "b: its row is repeated 2 times, so that (2,) becomes (2, 2).",
                "Row 0 of the sum: 1 + 10 = 11, 2 + (-20) = -18.",
                "Row 1 of the sum: 3 + 10 = 13, -4 + (-20) = -24.",
            ],
            id="one-stretched",
        ),
        pytest.param(
            "broadcast_add",
            {"a": [1, 2], "b": 5},
            [
                "a is (2,) and b is (): from the right, the sum is (2,).",
                "b: its one number is put everywhere, so that () becomes (2,).",
                "The sum: 1 + 5 = 6, 2 + 5 = 7.",
            ],
            id="number",
        ),
        pytest.param(
            "subtract_means",
            {"m": [[4, 8]]},
            [
                "The mean of row 0 is (4 + 8)/2 = 6.",
                "The means stand in a column (1, 1), which is stretched to (1, 2).",
                "Row 0 less its mean: 4 - 6 = -2, 8 - 6 = 2.",
            ],
            id="means",
        ),
        pytest.param(
            "softmax_gradient",
            {"p": [0.25, 0.75], "k": 1},
            ["The true class is 1, so 1 comes off entry 1 alone: 0.75 - 1 = -0.25."],
            id="one-example",
        ),
    ],
)
def test_the_sentences_are_the_solution(
    name: str, given: dict[str, Any], told: list[str]
) -> None:
    """Who cannot see the grids reads all of it."""
    assert [frame.sentence for frame in WALKS[name](**given).frames] == told


@pytest.mark.parametrize(
    ("name", "given"),
    [
        pytest.param(
            "broadcast_add",
            {"a": np.ones((90, 1)), "b": np.arange(3)},
            id="broadcast_add",
        ),
        pytest.param("subtract_means", {"m": np.eye(80)}, id="subtract_means"),
        pytest.param("softmax", {"z": np.eye(4, 90), "axis": 0}, id="softmax"),
        pytest.param("softmax", {"z": np.eye(45, 4), "axis": 1}, id="softmax-rows"),
        pytest.param("row_means", {"m": np.eye(90, 3)}, id="row_means"),
        pytest.param("column_means", {"m": np.eye(3, 90)}, id="column_means"),
        pytest.param(
            "squared_distances",
            {"X": np.eye(12, 90), "V": np.ones(12)},
            id="squared_distances",
        ),
        pytest.param(
            "nearest_column", {"X": np.eye(3, 90), "V": [0, 1, 1]}, id="nearest_column"
        ),
        pytest.param(
            "weighted_average",
            {"values": np.arange(200.0), "beta": 0.5, "corrected": True},
            id="weighted_average",
        ),
        pytest.param(
            "softmax_gradient",
            {"p": np.full((4, 100), 0.25), "k": np.arange(100) % 4},
            id="softmax_gradient",
        ),
    ],
)
def test_what_is_large_has_sixty_steps_at_most(
    name: str, given: dict[str, Any]
) -> None:
    """The lines after the first ones come at once, and the end is complete."""
    walk = WALKS[name](**given)
    assert 40 <= len(walk.frames) <= MOST
    assert all(len(line) <= 250 for line in sentences(walk))
    assert None not in np.ravel(np.array(walk.frames[-1].panels[-1].rows, object))


def test_shapes_that_do_not_meet_are_refused() -> None:
    """The walk of a sum that does not exist is a sentence."""
    with pytest.raises(SolverError, match="do not broadcast"):
        WALKS["broadcast_add"]([1, 2], [1, 2, 3])
    with pytest.raises(SolverError, match="a vector or a matrix"):
        WALKS["broadcast_add"](np.ones((2, 2, 2)), 1)


def test_a_stretched_row_is_drawn_in_every_row() -> None:
    """Both stretched arrays and their sum stand beside each other."""
    picture = drawn("broadcast_add", 100, a=[[1], [2]], b=[30, 40])
    assert "⎡  1  1  ⎤         ⎡  30  40  ⎤       ⎡  31  41 ⎤" in picture
    assert "⎣ [2][2] ⎦         ⎣ [30][40] ⎦       ⎣ >32 >42 ⎦" in picture
