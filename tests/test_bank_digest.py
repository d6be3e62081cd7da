"""Digests and the JSON Schema: what a ticket holds on to, what editors check."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from drill.bank import schema
from drill.bank.digest import digest
from drill.bank.json_schema import json_schema, rendered

DOCS = Path(__file__).parent.parent / "docs"

QUESTION = {
    "id": "width",
    "skill": "sizes",
    "draw": {"n": {"int": [8, 40]}, "f": {"one_of": [3, 5]}},
    "let": {"m": "n - f"},
    "require": ["f < n"],
    "ask": "How wide?",
    "answer": {"kind": "number", "value": "m + 1", "decimals": 2},
    "cross_check": "1 + m",
    "mistakes": {
        "steps": {"value": "m", "say": "Count places."},
        "grows": {"value": "n + f", "say": "It shrinks.", "must_differ": False},
    },
    "hints": ["Look."],
    "solution": "Count.",
}
CHOICE = {
    **QUESTION,
    "answer": {"kind": "choice", "value": "m", "distractors": ["grows", "steps"]},
}
OPTIONS = {
    **QUESTION,
    "answer": {
        "kind": "choice",
        "options": [{"text": "a", "right": True}, {"text": "b", "why": "No."}],
    },
}
PARTS = {
    **{key: QUESTION[key] for key in ("id", "skill", "draw", "ask", "solution")},
    "parts": [
        {"name": "a", "ask": "A?", "answer": {"kind": "integer", "value": "n"}},
        {"name": "b", "ask": "B?", "answer": {"kind": "integer", "value": "f"}},
    ],
}


def digest_of(entry: dict[str, object]) -> str:
    """Return the digest of a question given as plain values."""
    return digest(msgspec.convert(entry, schema.Question))


def changed(entry: dict[str, object], path: str, value: object) -> dict[str, object]:
    """Return a copy of `entry` with the value at `path` replaced."""
    copy = json.loads(json.dumps(entry))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = copy
    for step in steps:
        place = place[step]
    place[last] = value
    return copy


@pytest.mark.parametrize(
    ("entry", "path", "value"),
    [
        pytest.param(QUESTION, "id", "height", id="id"),
        pytest.param(QUESTION, "draw.n.int", [8, 41], id="bound"),
        pytest.param(QUESTION, "draw.f.one_of", [3, 5, 7], id="one of"),
        pytest.param(QUESTION, "draw.n.exclude", [9], id="exclude"),
        pytest.param(QUESTION, "let.m", "n - f - 1", id="let"),
        pytest.param(QUESTION, "require", [], id="require"),
        pytest.param(QUESTION, "ask", "How high?", id="ask"),
        pytest.param(QUESTION, "answer.kind", "array", id="kind"),
        pytest.param(QUESTION, "answer.value", "m + 2", id="value"),
        pytest.param(QUESTION, "answer.decimals", 3, id="decimals"),
        pytest.param(QUESTION, "answer.percent", True, id="percent"),
        pytest.param(QUESTION, "mistakes.steps.value", "m - 1", id="must-differ mistake"),
        pytest.param(QUESTION, "mistakes.steps.must_differ", False, id="may coincide now"),
        pytest.param(QUESTION, "mistakes.grows.must_differ", True, id="must differ now"),
        pytest.param(CHOICE, "mistakes.grows.value", "n", id="a distractor's value"),
        pytest.param(CHOICE, "answer.show", 2, id="show"),
        pytest.param(OPTIONS, "answer.options.1.text", "c", id="option"),
        pytest.param(OPTIONS, "answer.options.1.right", "n > 9", id="right"),
        pytest.param(PARTS, "parts.0.name", "c", id="part's name"),
        pytest.param(PARTS, "parts.1.ask", "C?", id="part's ask"),
        pytest.param(PARTS, "parts.1.answer.value", "n", id="part's value"),
    ],
)  # fmt: skip
def test_what_decides_changes_the_digest(
    entry: dict[str, object], path: str, value: object
) -> None:
    """An edit that can change the numbers, the asking or the answer is seen."""
    assert digest_of(changed(entry, path, value)) != digest_of(entry)


@pytest.mark.parametrize(
    ("entry", "path", "value"),
    [
        pytest.param(QUESTION, "skill", "widths", id="skill"),
        pytest.param(QUESTION, "level", 3, id="level"),
        pytest.param(QUESTION, "minutes", 5, id="minutes"),
        pytest.param(QUESTION, "was", ["breadth"], id="was"),
        pytest.param(QUESTION, "cross_check", "m - -1", id="cross-check"),
        pytest.param(QUESTION, "mistakes.steps.say", "No.", id="say"),
        pytest.param(QUESTION, "mistakes.grows.value", "n", id="mistake that may coincide"),
        pytest.param(QUESTION, "mistakes.steps.must_differ", True, id="default written out"),
        pytest.param(QUESTION, "answer.percent", False, id="answer's default written out"),
        pytest.param(QUESTION, "draw.n.distinct", False, id="draw's default written out"),
        pytest.param(QUESTION, "hints", ["Look again."], id="hints"),
        pytest.param(QUESTION, "solution", "Look.", id="solution"),
        pytest.param(OPTIONS, "answer.options.1.why", "Never.", id="why"),
        pytest.param(PARTS, "parts.0.hints", ["Look."], id="part's hints"),
    ],
)  # fmt: skip
def test_what_explains_leaves_the_digest(
    entry: dict[str, object], path: str, value: object
) -> None:
    """Better prose makes nobody's ticket worthless."""
    assert digest_of(changed(entry, path, value)) == digest_of(entry)


def test_order_of_names_leaves_the_digest() -> None:
    """Draws have streams of their own, so their order decides nothing."""
    draws = dict(reversed(QUESTION["draw"].items()))

    assert digest_of({**QUESTION, "draw": draws}) == digest_of(QUESTION)


def test_order_of_dealt_mistakes_changes_the_digest() -> None:
    """Options are dealt from the mistakes in their order."""
    mistakes = dict(reversed(CHOICE["mistakes"].items()))

    assert digest_of({**CHOICE, "mistakes": mistakes}) != digest_of(CHOICE)


def test_neighbours_do_not_run_together() -> None:
    """What moves from one field to the next is a change (no plain concatenation)."""
    one = {**QUESTION, "require": ["n > 1", "f > 1"]}
    other = {**QUESTION, "require": ["n > 1, f > 1"]}

    assert digest_of(one) != digest_of(other)


def test_digest_is_pinned() -> None:
    """The digest of a question stays what it is, or every ticket would be void."""
    assert digest_of(QUESTION)[:16] == "f212f5d756bbf197"


def test_json_schema_is_current() -> None:
    """docs/bank.schema.json is what the schema's classes say today."""
    assert (DOCS / "bank.schema.json").read_text("utf-8") == rendered(), (
        "run: python -m drill.bank.json_schema > docs/bank.schema.json"
    )


def test_json_schema_names_every_kind() -> None:
    """Editors are told the seven kinds and refuse keys that do not exist."""
    made = json_schema()["$defs"]

    kinds = [
        made[name]["properties"]["kind"]["enum"][0]
        for name in made
        if "kind" in made[name]["properties"]
    ]
    assert sorted(kinds) == [
        "array",
        "choice",
        "choices",
        "expression",
        "integer",
        "number",
        "shape",
    ]
    assert all(entry["additionalProperties"] is False for entry in made.values())
