"""Matrices in prompts and verdicts: told in words, then shown, never cropped."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps
from rich.console import Console

from drill.drawing import Block, Instance, draw
from drill.grading import grade
from drill.screen import question as screen
from drill.screen.matrix import compared, matrix
from drill.screen.sheet import problem_sheet


def printed(lines: screen.Lines, width: int = 80) -> str:
    """Return lines as they are printed."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, markup=False, highlight=False)
    for line in lines:
        console.print(line)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def question(bank_of, value: str, check: str) -> Instance:
    """Return a question whose answer is an array; n is 1."""
    bank = bank_of(
        {
            "draw": {"n": {"int": [1, 1]}},
            "answer": {"kind": "array", "value": value},
            "cross_check": check,
            "mistakes": {"other": {"value": f"100 + {value}", "say": "Too much."}},
        }
    )
    return draw(bank.questions[0], 1)


@pytest.fixture
def asked(bank_of) -> Instance:
    """Return a question whose answer is [[1, 2], [9, 4]]."""
    value, check = "np.array([[n, 2], [9, 4]])", "np.array([[1, 2], [8 + n, 4]])"
    return question(bank_of, value, check)


def wrong(instance: Instance, got: object, *, final: bool, width: int = 80) -> str:
    """Return what a wrong answer is told."""
    verdict = grade(instance, np.array(got), 0)
    return printed(screen.judged(verdict, instance.targets[0], final=final), width)


def test_the_last_time_both_grids_are_shown(asked: Instance) -> None:
    """In words first, then yours and what was expected, cells in line."""
    assert wrong(asked, [[1, 2], [7, 4]], final=True).splitlines()[1:] == [
        "3 of 4 right; row 1, column 0: you 7, expected 9.",
        "  yours         expected",
        "  ⎡  1   2  ⎤   ⎡  1   2  ⎤",
        "  ⎣  7!  4  ⎦   ⎣ >9   4  ⎦",
    ]


def test_narrow_grids_are_stacked(asked: Instance) -> None:
    """Where both have no room side by side the one stands above the other."""
    told = wrong(asked, [[1, 2], [7.0625, 4.125]], final=True, width=40)
    assert told.splitlines()[-6:] == [
        "  yours",
        "  ⎡       1       2  ⎤",
        "  ⎣  7.0625!  4.125! ⎦",
        "  expected",
        "  ⎡       1       2  ⎤",
        "  ⎣      >9      >4  ⎦",
    ]


def test_the_first_time_nothing_is_given_away(asked: Instance) -> None:
    """Before the second try only the answer's own cells are marked."""
    told = wrong(asked, [[1, 2], [7, 4]], final=False)
    assert told.splitlines()[1:] == [
        "3 of 4 right; row 1, column 0 is not 7.",
        "  ⎡ 1  2  ⎤",
        "  ⎣ 7! 4  ⎦",
    ]
    assert "9" not in told


def test_a_wrong_shape_shows_no_grid(asked: Instance) -> None:
    """Shape comes first: cells of another shape are not compared."""
    told = wrong(asked, [[1, 2, 3]], final=True)
    assert "⎡" not in told
    assert "yours" not in told


def test_a_vector_is_compared_in_one_row(bank_of) -> None:
    """Vectors too are shown beside each other the last time."""
    instance = question(bank_of, "np.array([n, 2, 3])", "np.arange(3) + n")
    assert wrong(instance, [1, 5, 3], final=True).splitlines()[1:] == [
        "2 of 3 right; entry 1: you 5, expected 2.",
        "  yours             expected",
        "  [  1   5!  3  ]   [  1  >2   3  ]",
    ]


def test_of_a_deep_array_one_wrong_slice_is_shown(bank_of) -> None:
    """The slice is named by its index."""
    instance = question(bank_of, "np.zeros((2, 2, 3)) + n", "np.ones((2, 2, 3))")
    got = np.ones((2, 2, 3))
    got[1, 0, 2] = 6
    told = wrong(instance, got, final=True)
    assert "The slice [..., 2]:" in told
    assert "⎣  6!  1  ⎦   ⎣ >1   1  ⎦" in told


@pytest.mark.parametrize("width", [40, 60, 100])
def test_large_ones_show_corners_and_the_wrong_cells(width: int) -> None:
    """What is left out is said; both grids leave out the same."""
    expected = np.arange(900).reshape(30, 30)
    yours = expected.copy()
    yours[12, 20] = -5
    told = printed([compared(yours, expected, "", [(12, 20)])], width)
    assert max(map(len, told.split("\n"))) <= width
    assert "-5!" in told
    assert f">{expected[12, 20]}" in told
    left_out = re.findall(r"rows [\d–, and]+not shown", told)
    assert len(left_out) == 2
    assert len(set(left_out)) == 1


def test_a_wide_matrix_in_a_prompt_is_split_by_columns() -> None:
    """All numbers are there, in bands that say their columns."""
    array = np.arange(24).reshape(2, 12) + 1000.5
    told = printed(screen.filled((Block("X", array),)), 40)
    assert told.splitlines()[:2] == ["X =", "  columns 0–3:"]
    assert told.count("columns") == 3
    assert all(f"{entry:g}" in told for entry in array.flat)
    assert max(map(len, told.split("\n"))) <= 40


def test_a_problem_sheet_has_its_matrices(asked: Instance) -> None:
    """The Markdown that `drill new` writes holds the same lines."""
    from drill.bank import load_bank

    bank = load_bank(None)
    sheet = problem_sheet(draw(bank["max-pool-backward"], 7), ["X.npy"])
    assert re.search(r"^      ⎡ .* ⎤$", sheet, re.MULTILINE)


@given(
    nps.arrays(np.int64, st.tuples(st.integers(1, 12), st.integers(1, 12)),
               elements=st.integers(-9999, 9999)),
    st.integers(40, 100),
)  # fmt: skip
def test_law_no_entry_is_lost(array: np.ndarray, width: int) -> None:
    """At any width every entry of a matrix up to twelve by twelve is there."""
    lines = [line.plain for line in matrix(array).lines(width - 2)]
    assert max(map(len, lines)) <= width - 2
    found = " ".join(line for line in lines if "column" not in line)
    assert sorted(map(int, re.findall(r"-?\d+", found))) == sorted(array.flat)
