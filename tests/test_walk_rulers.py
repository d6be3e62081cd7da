"""Walks along one side and through the factors of a count."""

from __future__ import annotations

from typing import Any

import pytest

from drill import solver
from drill.bank import load_bank
from drill.drawing import draw, walk_of
from drill.walk.catalogue import WALKS


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        pytest.param(
            "conv_params",
            {"f": 1, "c_in": 1, "c_out": 1, "bias": False},
            [
                "One filter has 1·1 weight in the one channel: 1·1·1 = 1.",
                "No biases are counted, so that stays 1.",
                "There is 1 filter: 1·1 = 1.",
            ],
            id="ones",
        ),
        pytest.param(
            "depthwise_separable_params",
            {"f": 3, "c_in": 32, "c_out": 64, "bias": True},
            [
                "Depthwise, each of 32 channels has one filter with 3·3 weights:"
                " 32·3·3 = 288.",
                "Then each of 64 filters of 1×1 has a weight for each of 32 channels:"
                " 64·32 = 2048.",
                "A bias for each channel and each filter: 32 + 64 = 96.",
                "Together that is 288 + 2048 + 96 = 2432.",
            ],
            id="biases",
        ),
    ],
)
def test_counts_in_words(name: str, given: dict[str, Any], told: list[str]) -> None:
    """Each factor has its sentence, and the last one ends with the count."""
    walk = WALKS[name](**given)
    assert [frame.sentence for frame in walk.frames] == told
    assert told[-1].endswith(f"= {getattr(solver, name)(**given)}.")


def test_a_count_says_its_name() -> None:
    """A named part that a walk works out is told under its name at the end."""
    walk = walk_of(draw(load_bank(None)["conv-cost"], 1))
    assert walk is not None
    assert [frame.sentence for frame in walk.frames[-6:]] == [
        "One output entry adds up 3·3 products in each of 8 channels: 3·3·8 = 72.",
        "One filter makes 9 rows of 9 such entries: 9·9 = 81.",
        "There are 10 filters: 10·81 = 810 entries in all.",
        "Each takes 72 multiply-accumulates: 810·72 = 58320.",
        "So macs = 58320.",
        "flops = 2*macs = 2*58320 = 116640.",
    ]


def test_a_wrong_count_is_seen() -> None:
    """A walk that forgets the biases does not end with the solver's count."""
    given = {"f": 3, "c_in": 4, "c_out": 5}
    last = f"= {solver.conv_params(**given)}."
    assert WALKS["conv_params"](**given).frames[-1].sentence.endswith(last)
    wrong = WALKS["conv_params"](**given, bias=False).frames[-1].sentence
    assert not wrong.endswith(last)
