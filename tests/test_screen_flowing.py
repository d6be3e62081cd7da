"""Formula sheets flow to the width of the screen."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from drill.bank import load_bank
from drill.screen.hanging import Flowing


def drawn(text: str, width: int) -> list[str]:
    """Draw a sheet and return its lines."""
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(Flowing(text))
    return console.file.getvalue().rstrip("\n").split("\n")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("topic", sorted(load_bank().topics))
def test_no_sheet_loses_a_word_or_tears_a_short_formula(topic: str, width: int) -> None:
    """Every line fits; the words are all there; no line begins with an operator."""
    loaded = load_bank().topics[topic]
    for text in filter(None, (loaded.summary, loaded.conventions)):
        lines = drawn(text.strip(), width)
        assert max(map(len, lines)) <= width
        assert " ".join(lines).split() == text.split()
        if width >= 60:
            assert not any(
                line.startswith("  ") and line.lstrip()[0] in "=×·" for line in lines
            )


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Size kept at stride 1:  p = (f − 1) / 2", 30, ["Size kept at stride 1:", "  p = (f − 1) / 2"]),
        ("short", 10, ["short"]),
        ("a\n\nb", 10, ["a", "", "b"]),
    ],
    ids=["whole", "fits", "paragraphs"],
)  # fmt: skip
def test_examples(text: str, width: int, lines: list[str]) -> None:
    """What goes on is indented; a formula goes on whole."""
    assert drawn(text, width) == lines


@given(st.text("ab −+=\n", max_size=80), st.integers(12, 60))
def test_nothing_is_wider_than_the_screen(text: str, width: int) -> None:
    """Whatever is written, whatever the width."""
    assert max(map(len, drawn(text, width))) <= width
