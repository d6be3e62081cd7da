"""Walks forwards and back again: in words, at any size, and how they end."""

from __future__ import annotations

import numpy as np
import pytest

from drill import solver
from drill.errors import SolverError
from drill.screen.picture import sentences
from drill.walk import Role
from drill.walk.registry import WALKS

MOST = 60


def numbers(rows: tuple[tuple[object, ...], ...]) -> np.ndarray:
    return np.array(rows, float)


def large(seed: int) -> dict[str, np.ndarray]:
    """Return a network that is too large for an entry at a time."""
    rng = np.random.default_rng(seed)
    return {
        "X": rng.normal(size=(7, 12)),
        "W1": rng.normal(size=(30, 7)),
        "b1": rng.normal(size=30),
        "W2": rng.normal(size=(11, 30)),
        "b2": rng.normal(size=(11, 1)),
    }


def test_two_layers_in_words() -> None:
    """Every sum of products is written out."""
    walk = WALKS["two_layer_backward"](
        [[1], [2]], [[1]], [[3, -1], [0, -2]], [0, 1], [[2, 5]], [-2], "relu"
    )
    assert sentences(walk)[1:] == [
        f"Step {number} of 18: {said}"
        for number, said in enumerate(
            [
                "Z1 = W1 @ X + b1, row 0, column 0: 3·1 + (-1)·2 + 0 = 1.",
                "Z1, row 1, column 0: 0·1 + (-2)·2 + 1 = -3.",
                "A1 = relu(Z1), entry by entry: relu(1) = 1, relu(-3) = 0.",
                "Z2 = W2 @ A1 + b2: 2·1 + 5·0 + (-2) = 0.",
                "A2 = sigmoid(Z2), entry by entry: sigmoid(0) = 0.5.",
                "At the output dZ2 = A2 - Y: 0.5 - 1 = -0.5.",
                "dW2 = dZ2 @ A1.T, row 0, column 0: (-0.5)·1 = -0.5.",
                "dW2, row 0, column 1: (-0.5)·0 = 0.",
                "db2 = dZ2, a single example: -0.5.",
                "dA1 = W2.T @ dZ2, row 0, column 0: 2·(-0.5) = -1.",
                "dA1, row 1, column 0: 5·(-0.5) = -2.5.",
                "Through relu, dZ1 = dA1·1 where A1 > 0, else dA1·0: -1·1 = -1,"
                " -2.5·0 = 0.",
                "dW1 = dZ1 @ X.T, row 0, column 0: (-1)·1 = -1.",
                "dW1, row 0, column 1: (-1)·2 = -2.",
                "dW1, row 1, column 0: 0·1 = 0.",
                "dW1, row 1, column 1: 0·2 = 0.",
                "db1 = dZ1, a single example: -1, 0.",
                "Every gradient has the shape of its array: 2×2, 2×1, 1×2 and 1×1.",
            ],
            1,
        )
    ]


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_a_large_network_has_sixty_steps_at_most(output: str) -> None:
    """What is not shown entry by entry is shown row by row, and nothing is left out."""
    given = large(0)
    labels = np.eye(11, 12)
    forward = WALKS["two_layer_forward"](**given, output=output)
    back = WALKS["two_layer_backward"](**given, Y=labels, output=output)
    made = solver.two_layer_forward(**given, output=output)
    rest = {
        "X": given["X"],
        "W2": given["W2"],
        "Y": labels,
        "A1": made[1],
        "A2": made[3],
    }
    cached = WALKS["two_layer_gradients"](**rest)
    for walk in (forward, back, cached):
        assert len(walk.frames) <= MOST
        assert all(len(line) <= 300 for line in sentences(walk))
        done = {panel.name: panel.rows for f in walk.frames for panel in f.panels}
        assert not [name for name, rows in done.items() if None in rows[-1]]


def test_the_last_picture_holds_the_whole_answer() -> None:
    """All results of one pass stand together, in the solver's order."""
    given = large(1)
    labels = np.eye(11, 12)
    for name, more in (
        ("two_layer_forward", {}),
        ("two_layer_backward", {"Y": labels}),
    ):
        panels = WALKS[name](**given, **more).frames[-1].panels
        wanted = getattr(solver, name)(**given, **more)
        assert len(panels) == len(wanted)
        for panel, one in zip(panels, wanted, strict=True):
            assert np.allclose(numbers(panel.rows), one)


def test_the_gradient_goes_from_right_to_left() -> None:
    """The marked box of the chain never moves towards the loss."""
    walk = WALKS["two_layer_gradients"](
        [[1, 2]], [[0.5, 0]], [[0.5, 0.5]], [[1, 0]], [[2]]
    )
    boxes = [
        column
        for frame in walk.frames[:-1]
        for (row, column), role in frame.panels[0].roles.items()
        if row == 0 and role is Role.NOW
    ]
    assert boxes == sorted(boxes, reverse=True)
    assert (boxes[0], boxes[-1]) == (3, 0)


def test_several_examples_are_averaged_in_words() -> None:
    """The data term of a batch shows its sum and by what it is divided."""
    walk = WALKS["l1_logistic_gradient"](
        [[1, 3], [2, -4]], [1, 0], [0.5, 0.5], [2, -1], 0.25
    )
    assert [frame.sentence for frame in walk.frames] == [
        "The errors yhat - y: 0.5 - 1 = -0.5, 0.5 - 0 = 0.5.",
        "The data term, entry 0: ((-0.5)·1 + 0.5·3)/2 = 0.5.",
        "The data term, entry 1: ((-0.5)·2 + 0.5·(-4))/2 = -1.5.",
        "The penalty's term lambda·sign(w): 0.25·1 = 0.25, 0.25·(-1) = -0.25.",
        "They add: 0.5 + 0.25 = 0.75, -1.5 + (-0.25) = -1.75.",
    ]


def test_matrices_that_do_not_meet_are_refused() -> None:
    """A walk says what the solver says."""
    with pytest.raises(SolverError, match="cannot multiply"):
        WALKS["two_layer_forward"]([[1]], [[1, 2]], [0], [[1]], [0])
