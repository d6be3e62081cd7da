"""Walks through layers: in words, at any size, and turned as the batch is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drill import solver
from drill.errors import SolverError
from drill.screen.picture import sentences
from drill.walk.registry import WALKS

MOST = 60


def numbers(rows: tuple[tuple[object, ...], ...]) -> np.ndarray:
    return np.array(rows, float)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        pytest.param(
            "sigmoid",
            {"z": [0, 1000, -1000]},
            [
                "The exponentials of minus |z|, so that none is inf: e^0 = 1,"
                " e^-1000 = 0, e^-1000 = 0.",
                "1, or that itself where z is below 0, over 1 plus that:"
                " 1/(1 + 1) = 0.5, 1/(1 + 0) = 1, 0/(1 + 0) = 0.",
            ],
            id="sigmoid-without-overflow",
        ),
        pytest.param(
            "batch_norm_inference",
            {"z": [[10, 2]], "mean": [4, 3], "variance": 9, "gamma": 3, "beta": [1, 0]},
            [
                "The running mean is subtracted: 10 - 4 = 6, 2 - 3 = -1.",
                "Divided by the root of the running variance: 6/3 = 2, -1/3 = -0.3333.",
                "Times gamma, plus beta: 3·2 + 1 = 7, 3·(-0.3333) + 0 = -1.",
            ],
            id="inference",
        ),
        pytest.param(
            "batch_norm",
            {"z": [[1, 3], [2, 2]], "gamma": [2, 1], "beta": 0, "eps": 1, "axis": 1},
            [
                "Feature 0: the mean is (1 + 3)/2 = 2.",
                "The differences are -1, 1; the mean of their squares is 1.",
                "Divided by sqrt(1 + 1) = 1.414: -0.7071, 0.7071.",
                "Times gamma 2, plus beta 0: -1.414, 1.414.",
                "Feature 1: the mean is (2 + 2)/2 = 2.",
                "The differences are 0, 0; the mean of their squares is 0.",
                "Divided by sqrt(0 + 1) = 1: 0, 0.",
                "Times gamma 1, plus beta 0: 0, 0.",
            ],
            id="features-in-rows",
        ),
    ],
)
def test_the_sentences_are_the_solution(
    name: str, given: dict[str, Any], told: list[str]
) -> None:
    """Who cannot see the grids reads all of it."""
    assert [frame.sentence for frame in WALKS[name](**given).frames] == told


@pytest.mark.parametrize("shape", [(3, 3), (2, 4), (4, 1), (5,)])
def test_a_batch_ends_as_it_came(shape: tuple[int, ...]) -> None:
    """Features in columns stand in rows on the way, and in columns at the end."""
    z = np.random.default_rng(0).normal(size=shape)
    for axis in range(len(shape)):
        given = {"z": z, "gamma": 2, "eps": 0.1, "axis": axis}
        last = WALKS["batch_norm"](**given, beta=1).frames[-1].panels[-1]
        wanted = solver.batch_norm(**given, beta=1)
        assert np.allclose(numbers(last.rows), np.atleast_2d(wanted))
        panels = WALKS["batch_norm_backward"](z - 1, **given).frames[-1].panels
        for panel, one in zip(
            panels, solver.batch_norm_backward(z - 1, **given), strict=True
        ):
            assert np.allclose(numbers(panel.rows), np.atleast_2d(one))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        pytest.param("batch_norm", {"gamma": 1, "beta": 0}, id="batch_norm"),
        pytest.param("batch_norm_backward", {"gamma": 1}, id="batch_norm_backward"),
    ],
)
@pytest.mark.parametrize("count", [11, 14, 30, 80])
def test_many_features_have_sixty_steps_at_most(
    name: str, given: dict[str, Any], count: int
) -> None:
    """The first feature is shown in full, and then each in a step, and then the rest."""
    z = np.random.default_rng(1).normal(size=(6, count))
    more = {"dout": z + 1} if "backward" in name else {}
    walk = WALKS[name](z=z, **given, **more)
    assert len(walk.frames) <= MOST
    assert all(len(line) <= 250 for line in sentences(walk))
    last = walk.frames[-1].panels[0]
    assert numbers(last.rows).shape == z.shape


def test_images_are_normalised_a_channel_at_a_time() -> None:
    """An array with four axes has a row for each channel, and its gradients too."""
    z = np.random.default_rng(2).normal(size=(2, 2, 2, 3))
    given = {"z": z, "gamma": [1, 2, 3], "axis": (0, 1, 2)}
    walk = WALKS["batch_norm_backward"](dout=z**2, **given)
    dz, dgamma, dbeta = solver.batch_norm_backward(z**2, **given)
    panels = [panel for frame in walk.frames for panel in frame.panels]
    rows = [numbers(panel.rows) for panel in panels if panel.name == "dz"][-1]
    assert np.allclose(rows, dz.reshape(-1, 3).T)
    assert [panel.name for panel in panels[-2:]] == ["dgamma", "dbeta"]
    assert np.allclose(numbers(panels[-1].rows), dbeta)
    assert np.allclose(numbers(panels[-2].rows), dgamma)


def test_a_constant_feature_is_refused() -> None:
    """A walk says what the solver says."""
    for name, more in (
        ("batch_norm", {"beta": 0}),
        ("batch_norm_backward", {"dout": [1, 2]}),
    ):
        with pytest.raises(SolverError, match="constant"):
            WALKS[name](z=[3, 3], gamma=1, **more)
