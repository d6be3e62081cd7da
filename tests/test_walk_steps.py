"""Walks of an optimiser's step: sums written out, and what the next step needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drill import solver
from drill.walk import Walk
from drill.walk.registry import WALKS

MOST = 60
LAST = {"momentum_step": ("v",), "rmsprop_step": ("s",), "adam_step": ("m", "v")}


def given(name: str, seed: int, count: int = 3) -> dict[str, Any]:
    """Return weights, a gradient and moments for one step."""
    rng = np.random.default_rng(seed)
    moments = {moment: rng.uniform(1, 9, count) for moment in LAST[name]}
    step = {"t": 3} if name == "adam_step" else {}
    return {
        "w": rng.normal(size=count), "g": rng.normal(size=count), "lr": 0.1,
        **moments, **step,
    }  # fmt: skip


def ends_in(walk: Walk, results: tuple[np.ndarray, ...]) -> bool:
    """Tell whether the last grids are the results, in order."""
    panels = walk.frames[-1].panels[-len(results) :]
    return all(
        np.allclose(np.array(panel.rows, float), np.atleast_2d(one))
        for panel, one in zip(panels, results, strict=True)
    )


@pytest.mark.parametrize("name", LAST)
def test_a_step_ends_in_all_that_it_makes(name: str) -> None:
    """New weights and moments stand together; those of another rate are refused."""
    for seed in range(10):
        arguments = given(name, seed)
        results = getattr(solver, name)(**arguments)
        assert ends_in(WALKS[name](**arguments), results)
        assert not ends_in(WALKS[name](**{**arguments, "lr": 0.2}), results)
        walk = WALKS[name](**given(name, seed, 500))
        assert len(walk.frames) <= MOST
        assert all(len(frame.sentence) <= 500 for frame in walk.frames)


def test_momentum_in_words() -> None:
    """Every entry's sum is written out."""
    walk = WALKS["momentum_step"]([1, 2], [4, -2], [8, 2], 0.5, 0.75)
    assert [frame.sentence for frame in walk.frames] == [
        "New velocity: 0.75 times v plus 0.25 times g:"
        " 0.75·4 + 0.25·8 = 5, 0.75·(-2) + 0.25·2 = -1.",
        "New weights: w minus 0.5 times the velocity:"
        " 1 - 0.5·5 = -1.5, 2 - 0.5·(-1) = 2.5.",
    ]


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        pytest.param("precision", {"tp": 6, "fp": 2}, 0.75, id="precision"),
        pytest.param("recall", {"tp": 6, "fn": 6}, 0.5, id="recall"),
        pytest.param("f1_score", {"tp": 6, "fp": 2, "fn": 6}, 0.6, id="f1"),
        pytest.param("he_variance", {"n_in": 8}, 0.25, id="he"),
        pytest.param("xavier_variance", {"n_in": 6, "n_out": 2}, 0.25, id="xavier"),
    ],
)
def test_a_single_number_ends_the_last_sentence(
    name: str, arguments: dict[str, int], told: float
) -> None:
    """Who reads only the end has the answer."""
    last = WALKS[name](**arguments).frames[-1].sentence.rstrip(".").split()[-1]
    assert float(last) == told
