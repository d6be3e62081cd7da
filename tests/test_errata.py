"""The page of errata: every proof on it is run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "errata.md"


def failures(text: str) -> tuple[int, int]:
    """Run a page's examples in one namespace: how many failed, and how many ran.

    The fences would be read as expected output, so they are taken out first.
    """
    bare = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(bare, {}, "errata", str(PAGE), 0)
    found = doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None)
    return found.failed, found.attempted


def sections() -> dict[str, str]:
    """Return the page's errata by number."""
    parts = re.split(
        r"^## (E\d+)", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_proof_holds() -> None:
    """All examples of the page give what they print."""
    failed, attempted = failures(PAGE.read_text(encoding="utf-8"))

    assert failed == 0
    assert attempted > 80


def test_every_erratum_has_a_proof() -> None:
    """E1 to E16 are there, in order, each with an example."""
    assert list(sections()) == [f"E{number}" for number in range(1, 17)]
    assert [name for name, text in sections().items() if ">>> " not in text] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("\n(7, 2)\n", "\n(5, 0)\n", id="E1-the-printed-five"),
        pytest.param("\n(112.5, 112)\n", "\n(112.5, 113)\n", id="E5-rounded-up"),
        pytest.param("\n[0.7, 0.7]\n", "\n[0.0, 0.0]\n", id="E2-no-lambda-needed"),
    ],
)
def test_a_false_proof_is_noticed(right: str, wrong: str) -> None:
    """Put a slide's error back into the page, and the page fails."""
    text = PAGE.read_text(encoding="utf-8")
    assert text.count(right) == 1

    failed, _ = failures(text.replace(right, wrong))

    assert failed == 1
