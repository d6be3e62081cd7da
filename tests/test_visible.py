"""Foreign text: nothing that a terminal obeys gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.visible import shown


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("\x1b[2J", "\\x1b[2J", id="escape"),
        pytest.param("\x9b2J", "\\x9b2J", id="C1"),
        pytest.param("a\nb\tc", "a\\nb\\tc", id="newline and tab"),
        pytest.param("\u202etxt", "\\u202etxt", id="bidi"),
        pytest.param("a\u200bb", "a\\u200bb", id="zero width"),
        pytest.param("\ud800", "\\ud800", id="surrogate"),
        pytest.param("\x7f", "\\x7f", id="DEL"),
        pytest.param("[red]x[/red] :x:", "[red]x[/red] :x:", id="markup"),
        pytest.param("λ × ŷ", "λ × ŷ", id="honest Unicode"),
        pytest.param("\U000e0041", "\\U000e0041", id="tag"),
        pytest.param("\U000e0101", "\\U000e0101", id="variation selector"),
        pytest.param("\ufffe\U0010ffff", "\\ufffe\\U0010ffff", id="noncharacters"),
        pytest.param("\u2028\x85", "\\u2028\\x85", id="line separators"),
        pytest.param("a\u00adb", "a\\xadb", id="soft hyphen"),
        pytest.param("x" * 201, "x" * 200 + " … (1 more character)", id="one too many"),
        pytest.param("", "", id="empty"),
        pytest.param("x" * 203, "x" * 200 + " … (3 more characters)", id="long"),
    ],
)
def test_shown(text: str, safe: str) -> None:
    """Hidden characters become visible; long text is cut with a count."""
    assert shown(text) == safe


def test_blocks_keep_their_lines() -> None:
    """In a block newlines and tabs stay."""
    assert shown("a\n\tb\x07", block=True) == "a\n\tb\\x07"


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    """No character that steers a terminal is left."""
    for sign in shown(text, 10_000):
        assert unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(sign) not in (
            "RLO",
            "LRO",
            "RLE",
            "PDF",
            "RLI",
        )


def test_no_escape_is_cut() -> None:
    """An escape that has no room is left out whole, and counted."""
    assert shown("abc\x1b\x1b", 8) == "abc\\x1b … (1 more character)"


@given(st.text(st.characters(), max_size=30), st.integers(0, 20), st.booleans())
def test_the_limit_holds(text: str, limit: int, block: bool) -> None:
    """No more characters are shown than the limit, whatever they become."""
    made = shown(text, limit, block=block)
    assert len(made.partition(" … (")[0]) <= limit or " … (" in text


@given(st.text())
def test_shown_is_idempotent(text: str) -> None:
    """What is safe already stays as it is."""
    once = shown(text, 10_000)
    assert shown(once, 100_000) == once
