"""Values that papers and frameworks print, from the functions of three topics' files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from drill.bank.vocabulary import vocabulary
from drill.language import BANK, define, parse, run

BANK_FILES = Path(__file__).parent.parent / "question_bank"
ARCHITECTURES = "transfer-and-architectures"
VGG16 = "[" + ", ".join(
    f"[3, {filters}]"
    for filters, times in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
    for _ in range(times)
) + "]"  # fmt: skip
ALEXNET = "[[11, 0, 4], [3, 0, 2], [5, 2, 1], [3, 0, 2], [3, 1, 1], [3, 1, 1], [3, 1, 1], [3, 0, 2]]"  # fmt: skip
GOLDEN: list[tuple[str, str, Any]] = [
    (ARCHITECTURES, f"stack_params({VGG16}, 3)", 14_714_688),
    (ARCHITECTURES, "dense_stack([25088, 4096, 4096, 1000])", 123_642_856),
    (ARCHITECTURES, f"slide_down(227, {ALEXNET})", 6),
    (ARCHITECTURES, "dense_stack([6*6*256, 4096, 4096, 1000])", 58_631_144),
    (ARCHITECTURES, "unet_trace(572, 4)", [568, 280, 136, 64, 28, 52, 100, 196, 388]),
    (ARCHITECTURES, "last_patch_wins(np.array([[1, 2], [3, 4]]), np.array([[1, 0], [2, 1]]), 1)", [[1, 2, 0], [3, 4, 0], [6, 8, 4]]),
    (ARCHITECTURES, "dilated([1, 2, 3, 4, 5, 6], [1, 0, -1], 2)", [-4, -4]),
    (ARCHITECTURES, "readers(3, 4, 6, 2)", [3, 5]),
    (ARCHITECTURES, "residual_block([1, 2], np.array([[1, -1], [1, 1]]), np.array([[1, 2], [0, 1]]))", [7, 5]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "formula", "value"),
    GOLDEN,
    ids=[row[1].split("(")[0] for row in GOLDEN],
)
def test_published_values(topic: str, formula: str, value: Any) -> None:
    """VGG-16, AlexNet and U-Net come out as their papers have them, and so on."""
    text = yaml.safe_load((BANK_FILES / f"{topic}.yaml").read_text("utf-8"))
    table, _ = define(text["functions"], vocabulary(), BANK)

    got = run(parse(formula, names=(), table=table), {})

    np.testing.assert_allclose(got, value, atol=6e-7)
