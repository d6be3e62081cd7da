"""Faults planted in the reference functions: the second route finds each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from drill import solver
from drill.bank import load_bank
from drill.bank.vocabulary import vocabulary
from drill.selftest import certify

RIGHT = {name: getattr(solver, name) for name in solver.__all__}


@pytest.mark.parametrize(
    ("topic", "question", "function", "wrong"),
    [
        pytest.param(
            "max-pool",
            "max-pool-mask",
            "max_pool_mask",
            lambda *a: RIGHT["max_pool_mask"](*a)[::-1, ::-1],
            id="the pooling mask is flipped",
        ),
        pytest.param(
            "broadcasting",
            "mean-per-row",
            "row_means",
            lambda m: np.mean(m, axis=0),
            id="an axis is swapped",
        ),
        pytest.param(
            "cnn-sizes",
            "conv-output-size",
            "conv_output_size",
            lambda *a: RIGHT["conv_output_size"](*a) + 1,
            id="a size is one too large",
        ),
        pytest.param(
            "convolution",
            "convolve-map",
            "conv2d",
            lambda x, w, *a, **k: RIGHT["conv2d"](x, np.flip(w, (0, 1)), *a, **k),
            id="the kernel is flipped",
        ),
        pytest.param(
            "softmax",
            "softmax-columns",
            "softmax",
            lambda z, axis: RIGHT["softmax"](z, 1 - axis),
            id="softmax over the other axis",
        ),
    ],
)
def test_planted_faults_are_found(
    topic: str,
    question: str,
    function: str,
    wrong: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reference that is wrong disagrees with the second route on some seed."""
    monkeypatch.setattr(solver, function, wrong)
    vocabulary.cache_clear()
    try:
        record = certify(load_bank(None, (topic,))[question], range(5))
    finally:
        vocabulary.cache_clear()
    assert record.findings
    rules = {found.rule for found in record.findings}
    assert rules & {"second route", "draw", "mistakes told"}
