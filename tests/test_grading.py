"""Grading: shape before value, mistakes by name, relations in general."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drill
from drill.answer import read_program
from drill.drawing import Instance
from drill.errors import UsageError
from drill.grading import arrays as grade_arrays
from drill.grading import compare, relate

M = np.array([[1, 2, 3], [4, 5, 6]])


# --- comparing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "reference", "allowed", "equal"),
    [
        pytest.param(3, 3, 0, True, id="equal integers"),
        pytest.param(3.0, 3, 0, True, id="a float that is the integer"),
        pytest.param(2**53 + 1, 2**53, 0, False, id="integers beyond floats"),
        pytest.param(2, np.full((3, 3), 2), 0, False, id="never broadcast a scalar"),
        pytest.param([], [1.0], 9, False, id="an empty answer"),
        pytest.param([[1, 2, 3]], M, 0, False, id="only the first row"),
        pytest.param([1.0, np.nan], [1.0, 2.0], 9, False, id="nan is wrong"),
        pytest.param([np.inf], [np.inf - 0], 1, False, id="inf minus inf"),
        pytest.param(0.3339, 0.333, 1e-3, True, id="within the tolerance"),
        pytest.param(0.3341, 0.333, 1e-3, False, id="outside the tolerance"),
        pytest.param(1e-4, 0.0, 1e-3, True, id="zero is not special"),
        pytest.param(True, 1, 0, True, id="a boolean"),
        pytest.param(np.uint8(254), np.int64(-2), 0, False, id="unsigned wrap"),
    ],
)
def test_compare(got: object, reference: object, allowed: float, equal: bool) -> None:
    """Two arrays are equal when their shapes are, and then every entry."""
    found = compare(np.array(got), np.array(reference), allowed)
    assert found.equal is equal


@pytest.mark.parametrize(
    ("got", "shape", "strict", "taken"),
    [
        pytest.param((3, 1), (3,), False, True, id="a column for a vector"),
        pytest.param((1, 3), (3,), False, True, id="a row for a vector"),
        pytest.param((1, 3), (3,), True, False, id="a row, strictly"),
        pytest.param((3, 1), (1, 3), False, False, id="a column for a row"),
        pytest.param((3,), (1, 3), False, True, id="a vector for a row"),
        pytest.param((1, 1), (), False, True, id="a 1 × 1 matrix for a number"),
        pytest.param((4,), (2, 2), False, False, id="four numbers for a matrix"),
    ],
)
def test_rows_and_columns_for_vectors(
    got: tuple[int, ...], shape: tuple[int, ...], strict: bool, taken: bool
) -> None:
    """Axes of length 1 may be added or removed for a vector, and it is said."""
    found = compare(np.ones(got), np.ones(shape), 0, strict=strict)
    assert found.equal is taken
    assert bool(found.note) is taken


def test_first_wrong_cells_come_in_reading_order() -> None:
    """The places of the wrong entries are listed row by row."""
    assert compare(M + (M > 4), M, 0).wrong == ((1, 1), (1, 2))


def test_an_always_yes_comparator_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The self-test finds a comparator that says yes to everything."""
    from drill.grading.comparison import Comparison
    from drill.selftest import certify

    monkeypatch.setattr(
        grade_arrays,
        "compare",
        lambda got, *_, **__: Comparison(got, True, (), ""),
    )
    record = certify(drill.load()["conv-output-size"], range(5))
    assert {"wrong refused", "mistakes told"} <= {f.rule for f in record.findings}


# --- relations --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "reference", "name"),
    [
        pytest.param(M.T, M, "transposed", id="transposed"),
        pytest.param([[1, 3], [2, 4]], [[1, 2], [3, 4]], "transposed", id="square"),
        pytest.param(M.ravel(), M, "another shape", id="flattened"),
        pytest.param(np.zeros((3, 2)), M, "reversed sizes", id="sizes swapped"),
        pytest.param(np.zeros((2, 4)), M, "one size off", id="one column more"),
        pytest.param(-M, M, "sign", id="sign"),
        pytest.param(7, 8, "off by one", id="one less"),
        pytest.param(M + 1, M, "off by one", id="one more everywhere"),
        pytest.param(3 * M, M, "factor", id="three times"),
        pytest.param(M / 5, M, "factor", id="a fifth"),
        pytest.param(50.0, 0.5, "factor", id="percent for a share"),
        pytest.param(M + 7, M, "offset", id="offset"),
        pytest.param([1, 2, 9], [1, 2, 3], "one entry", id="one entry"),
        pytest.param(np.abs([1, -2, -3]), [1, -2, -3], "signs lost", id="abs"),
        pytest.param(M[::-1], M, "rows in another order", id="rows"),
        pytest.param(M[:, [2, 0, 1]], M, "rows in another order", id="columns"),
        pytest.param([3, 9, 1, 2], [9, 1, 3, 2], "another order", id="order"),
        pytest.param([2, 3], [2.5, 3.2], "integer for a fraction", id="integers"),
        pytest.param(14.5, 14, "fraction for an integer", id="a fraction"),
        pytest.param(0.33, 1 / 3, "rounded too early", id="rounded"),
    ],
)
def test_relations(got: object, reference: object, name: str) -> None:
    """A wrong answer is related to the right one in the most telling way."""
    found = relate(np.array(got), np.array(reference), 1e-6)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("got", "reference"),
    [
        pytest.param(5, 8, id="a number"),
        pytest.param(9.0, 2.0, id="no telling factor"),
        pytest.param([[1, 2], [7, 7]], [[9, 4], [3, 8]], id="a matrix"),
        pytest.param([1, 2], [[3], [4]], id="another shape"),
        pytest.param([0, 0], [3, 4], id="zeros"),
    ],
)
def test_no_relation_is_made_up(got: object, reference: object) -> None:
    """An answer that has nothing to do with the right one gets no relation."""
    assert relate(np.array(got), np.array(reference), 1e-6) is None


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6),
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6),
)
def test_relations_never_fail(a: list[float], b: list[float]) -> None:
    """Whatever two arrays of numbers are, relating them raises nothing."""
    relate(np.array(a), np.array(b), 1e-3)


# --- verdicts ---------------------------------------------------------------------


@pytest.fixture
def mean(bank_of) -> Instance:
    """Return an instance that asks for the mean of each row."""
    bank = bank_of(
        {
            "draw": {"M": {"one_of": [[[1, 2, 6], [4, 5, 9]]]}},
            "answer": {"kind": "array", "value": "row_means(M)", "decimals": 2},
            "cross_check": "loop_row_means(M)",
            "mistakes": {
                "axis0": {"value": "M.mean(0)", "say": "One per column."},
                "summed": {"value": "M.sum(1)", "say": "Divide by {M.shape[1]}."},
                "sum_again": {
                    "value": "3 * row_means(M)",
                    "say": "Not divided.",
                    "must_differ": False,
                },
            },
        }
    )
    return drill.draw(bank.questions[0], 0)


@pytest.mark.parametrize(
    ("answer", "right", "reason", "names", "score"),
    [
        pytest.param([3, 6], True, "right", [], 1.0, id="right"),
        pytest.param([[3], [6]], True, "right", [], 1.0, id="a column"),
        pytest.param([2.5, 3.5, 7.5], False, "shape", ["axis0"], 0.0, id="axis"),
        pytest.param([9, 18], False, "value", ["summed", "sum_again"], 0, id="two"),
        pytest.param([3, 7], False, "value", [], 0.5, id="half right"),
        pytest.param([np.nan, 6], False, "not finite", [], 0.0, id="nan"),
        pytest.param(3, False, "shape", [], 0.0, id="a number"),
    ],
)
def test_verdicts(
    mean, answer: object, right: bool, reason: str, names: list[str], score: float
) -> None:
    """A verdict has its reason, the mistakes' names, and credit by entries."""
    verdict = drill.grade(mean, answer)
    assert (verdict.right, verdict.reason, verdict.score) == (right, reason, score)
    assert [found.name for found in verdict.mistakes] == names


def test_a_mistakes_sentence_has_its_numbers(mean) -> None:
    """What is said is filled with the numbers of the instance."""
    assert drill.grade(mean, [9, 18]).mistakes[0].say == "Divide by 3."


@pytest.mark.parametrize("bad", ["x", [1j, 2], None, [object()]])
def test_what_is_no_array_of_numbers_is_refused(mean, bad: object) -> None:
    """Text, complex numbers and objects are no answer."""
    with pytest.raises(UsageError):
        drill.grade(mean, bad)


def test_programs_and_numbers_are_not_mixed(mean) -> None:
    """A program is refused where numbers are due."""
    program = read_program("M.mean(1)", names=("M",), form="numpy", result=None)
    with pytest.raises(UsageError, match="wants numbers"):
        drill.grade(mean, program)


# --- parts ------------------------------------------------------------------------


@pytest.fixture
def parts(bank_of) -> Instance:
    """Return an instance with two parts that build on each other."""
    bank = bank_of(
        {
            "draw": {"a": {"int": [3, 9]}},
            "parts": [
                {
                    "name": "double",
                    "ask": "Double {a}?",
                    "answer": {"kind": "integer", "value": "2 * a"},
                    "cross_check": "a + a",
                    "mistakes": {"square": {"value": "a * a", "say": "Twice."}},
                    "hints": ["Add it to itself."],
                },
                {
                    "name": "more",
                    "ask": "And 5 more?",
                    "answer": {"kind": "integer", "value": "double + 5"},
                    "cross_check": "a + a + 5",
                    "mistakes": {"less": {"value": "double - 5", "say": "More."}},
                    "hints": ["Add."],
                },
            ],
        }
    )
    return drill.draw(bank.questions[0], 1)


def test_a_wrong_earlier_answer_is_carried_forward(parts) -> None:
    """A later part that is right given the earlier answer is marked so."""
    a = parts.values["a"]
    verdict = drill.grade(parts, a * a + 5, 1, {"double": a * a})
    assert verdict.right
    assert verdict.carried
    assert not drill.grade(parts, a * a + 5, 1).right


def test_carried_forward_mistakes_are_named(parts) -> None:
    """A mistake made on top of an earlier wrong answer is still recognised."""
    a = parts.values["a"]
    verdict = drill.grade(parts, a * a - 5, 1, {"double": a * a})
    assert [found.name for found in verdict.mistakes] == ["less"]
