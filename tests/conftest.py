"""Fixtures: no test sees the user's home, settings or bank."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import world
from hypothesis import settings

from drill.bank import Bank, load_bank

world.settle()

settings.register_profile("drill", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("drill")


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory) -> None:
    """Keep every test away from the user's home; `world` keeps their settings off."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    # What one test had checked, the next need not check again.
    monkeypatch.setenv("DRILL_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def bank_of(tmp_path: Path) -> Callable[..., Bank]:
    """Return a function that makes a bank of questions given as fields."""

    def make(*questions: dict[str, object], topic: str = "made") -> Bank:
        entries = [
            {
                "id": f"made-{place}",
                "skill": "made",
                "ask": "What is it? " + " ".join(_shown(fields)),
                **({} if "parts" in fields else {"hints": ["Look closely."]}),
                "solution": "That is it.",
                **fields,
            }
            for place, fields in enumerate(questions)
        ]
        data = {"format": 1, "topic": topic, "title": "Made", "questions": entries}
        # JSON is YAML, and without the aliases that a dumper would make.
        text = json.dumps(data, indent=1)
        (tmp_path / f"{topic}.yaml").write_text(text, encoding="utf-8")
        return load_bank([tmp_path])

    return make


def _shown(fields: dict[str, object]) -> list[str]:
    draw = fields.get("draw", {})
    assert isinstance(draw, dict)
    return [f"{name} is {{{name}}}." for name in draw]
