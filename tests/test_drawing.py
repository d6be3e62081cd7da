"""Draws: a ticket determines its instance, today and next year."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drill
from drill.bank import Answer, Prose, Question, load_bank
from drill.drawing import (
    Block,
    find_ticket,
    inline,
    number,
    parse_ticket,
    prompt,
    tolerance,
)
from drill.drawing.filled_prose import _filled, fill
from drill.drawing.stream import Stream
from drill.errors import DrawError, TicketError
from drill.selftest.rules import fingerprint

GOLDEN = Path(__file__).parent / "golden.json"


def one(bank_of, **fields: object) -> Question:
    """Return the only question of a bank made of `fields`."""
    return bank_of(fields).questions[0]


# --- streams ----------------------------------------------------------------------


def test_stream_is_pinned() -> None:
    """A key gives the numbers that it gave when the first tickets were dealt."""
    stream = Stream("conv-output-size", 7, "n", 0)
    assert [stream.integer(0, 99) for _ in range(6)] == [34, 15, 9, 68, 53, 24]


def test_keys_do_not_run_together() -> None:
    """("ab", "c") and ("a", "bc") are different keys."""
    assert Stream("ab", "c").below(10**9) != Stream("a", "bc").below(10**9)


@given(st.integers(-50, 50), st.integers(0, 50), st.text(max_size=5))
def test_integers_stay_within_bounds(low: int, width: int, key: str) -> None:
    """Both ends are possible and nothing beyond them is."""
    assert low <= Stream(key).integer(low, low + width) <= low + width


def test_both_ends_are_drawn() -> None:
    """An off-by-one in the bounds would lose an end."""
    stream = Stream("ends")
    assert {stream.integer(1, 3) for _ in range(100)} == {1, 2, 3}


@given(st.lists(st.integers(), max_size=8), st.data())
def test_sample_takes_each_once(items: list[int], data: st.DataObject) -> None:
    """A sample is part of a permutation."""
    count = data.draw(st.integers(0, len(items)))
    picked = Stream("s").sample(items, count)
    rest = list(items)
    for item in picked:
        rest.remove(item)
    assert len(picked) == count


# --- tickets ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "conv", "conv@", "conv@x-1234", "Conv@7-1234", "conv@7-12345", "conv@7-xyzw"],
)
def test_what_is_no_ticket(text: str) -> None:
    """A text that is no ticket is refused with an example of one."""
    with pytest.raises(TicketError, match="is not a ticket; a ticket looks like"):
        parse_ticket(text)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("conv-a@7-3673", "conv-a@7-3673", id="alone"),
        pytest.param("Ann conv-a@7-3673 (2)", "conv-a@7-3673", id="within a name"),
        pytest.param("answer", None, id="none"),
        pytest.param("mail@home", None, id="an address"),
        pytest.param("conv-a@7", None, id="without its digest"),
    ],
)
def test_tickets_in_names(name: str, found: str | None) -> None:
    """A file's name may hold a ticket among other words."""
    ticket = find_ticket(name)
    assert (str(ticket) if ticket else None) == found


def test_a_ticket_opens_the_same_in_another_process() -> None:
    """Neither hash seeds nor processes change an instance."""
    code = (
        "import drill; q = drill.load()['conv-output-size'];"
        "from drill.selftest.rules import fingerprint;"
        "print(fingerprint(drill.draw(q, 7)))"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    question = drill.load()["conv-output-size"]
    assert prints == {fingerprint(drill.draw(question, 7))}


def test_golden_tickets() -> None:
    """Changing a draw is a conscious act: `python tests/golden.py` records it."""
    golden = json.loads(GOLDEN.read_text())
    bank = load_bank()
    for ticket, values in golden.items():
        name, _, rest = ticket.partition("@")
        instance = drill.draw(bank[name], int(rest.partition("-")[0]))
        assert str(instance.ticket) == ticket
        found = {key: inline(value) for key, value in instance.values.items()}
        assert found == values


# --- draws and constraints --------------------------------------------------------


def test_must_differ_mistakes_never_coincide(bank_of) -> None:
    """A draw in which such a mistake gives the right answer is drawn again."""
    question = one(
        bank_of,
        draw={"a": {"int": [1, 4]}, "b": {"int": [1, 4]}},
        answer={"kind": "integer", "value": "a * b"},
        cross_check="b * a",
        mistakes={"added": {"value": "a + b", "say": "Multiply, do not add."}},
    )
    seen = {
        (i.values["a"], i.values["b"])
        for i in (drill.draw(question, seed) for seed in range(80))
    }
    assert (2, 2) not in seen
    assert len(seen) > 8


def test_exhaustion_names_the_seed(bank_of) -> None:
    """A question whose constraint cannot be met says so, and for which seed."""
    question = one(
        bank_of,
        draw={"a": {"int": [1, 4]}},
        require=["a > 4"],
        answer={"kind": "integer", "value": "a"},
        cross_check="a + 0",
        mistakes={"m": {"value": "a + 1", "say": "One less."}},
    )
    with pytest.raises(DrawError, match="seed 3 found no draw in 1000"):
        drill.draw(question, 3)


def test_what_is_required_protects_what_is_made_later(bank_of) -> None:
    """A constraint is checked as soon as its names are known, in the order written."""
    question = one(
        bank_of,
        draw={"a": {"int": [0, 2]}, "b": {"int": [0, 2]}, "n": {"int": [1, "1 + a*b"]}},
        let={"d": "a - b", "share": "n % d"},
        require=["a*b > 0", "1 // (a*b) >= 0", "d != 0"],
        answer={"kind": "integer", "value": "share + n"},
        cross_check="n + share",
        mistakes={"m": {"value": "n + 1 + share", "say": "One less."}},
    )
    for seed in range(20):
        values = drill.draw(question, seed).values
        assert {values["a"], values["b"]} == {1, 2}


def test_adding_a_name_reshuffles_nothing(bank_of) -> None:
    """Every name has a stream of its own."""
    common = {
        "answer": {"kind": "integer", "value": "a"},
        "cross_check": "a + 0",
        "mistakes": {"m": {"value": "a + 1", "say": "One less."}},
    }
    a = {"int": [1, 1000]}
    one_name = one(bank_of, draw={"a": a}, **common)
    two_names = one(bank_of, draw={"z": a, "a": a}, require=["z > 0"], **common)
    for seed in range(5):
        first, second = drill.draw(one_name, seed), drill.draw(two_names, seed)
        assert first.values["a"] == second.values["a"]


def test_instances_cannot_be_changed(bank_of) -> None:
    """An instance's arrays are read-only."""
    question = one(
        bank_of,
        draw={"M": {"int": [1, 4], "shape": [2, 3]}},
        answer={"kind": "array", "value": "M + 1"},
        cross_check="1 + M",
        mistakes={"m": {"value": "M", "say": "Add 1."}},
    )
    instance = drill.draw(question, 0)
    with pytest.raises(ValueError, match="read-only"):
        instance.values["M"][0, 0] = 9
    with pytest.raises(ValueError, match="read-only"):
        instance.targets[0].reference[0, 0] = 9


# --- prose ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (17.0, "", "17"),
        (17 / 3, "", "5.66667"),
        (17 / 3, ".2f", "5.67"),
        (-0.0001, ".2f", "0.00"),
        (True, "", "True"),
        (np.int64(3), "", "3"),
        (0.25, ".0%", "25%"),
    ],
)
def test_numbers_as_a_person_writes_them(value: float, spec: str, text: str) -> None:
    """Six digits at most, no trailing zeros, no negative zero."""
    assert number(value, spec) == text


@given(st.text("a \n=.", max_size=12))
def test_a_text_without_fields_is_filled_as_any_other(text: str) -> None:
    """What is kept of such texts is what filling gives."""
    prose = Prose(text, (text,))
    assert fill(prose, {}) == fill(prose, {}) == _filled(prose, {})


def test_a_matrix_alone_on_a_line_is_a_block(bank_of) -> None:
    """A matrix inside a sentence stays inline; alone on its line it is a block."""
    question = one(
        bank_of,
        draw={"M": {"int": [1, 9], "shape": [2, 2]}},
        ask="Look.\nM = {M}\nOr M is {M}, inline.",
        answer={"kind": "array", "value": "M + 1"},
        cross_check="1 + M",
        mistakes={"m": {"value": "M", "say": "Add 1."}},
    )
    first, block, last = prompt(drill.draw(question, 0))
    assert first == "Look."
    assert isinstance(block, Block)
    assert block.label == "M"
    assert last.startswith("Or M is [[")


def test_fields_may_be_formulas(bank_of) -> None:
    """A field is a formula in the bank's language, with a format if wanted."""
    question = one(
        bank_of,
        draw={"a": {"int": [3, 3]}},
        ask="Half of {a} is {a / 2:.2f}; a slice {{x}}.",
        answer={"kind": "integer", "value": "a"},
        cross_check="a + 0",
        mistakes={"m": {"value": "a + 1", "say": "One less."}},
    )
    ask = question.parts[0].ask
    assert fill(ask, {"a": 3}) == ("Half of 3 is 1.50; a slice {x}.",)


@pytest.mark.parametrize("left", [0.0, 1e-17])
def test_what_cancels_is_no_scale(left: float) -> None:
    """A tolerance is not made of the dust that a cancelled gradient leaves."""
    reference = np.array([left, -left])
    assert tolerance(Answer("array", relative=1e-6), reference) == 1e-6
