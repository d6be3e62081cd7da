"""Walks along one side and through the factors of a count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drill import solver
from drill.bank import load_bank
from drill.drawing import draw, walk_of
from drill.walk import Frame, Role
from drill.walk.axis import LONGEST
from drill.walk.registry import WALKS


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        pytest.param(
            "conv_params",
            {"f": 1, "c_in": 1, "c_out": 1, "bias": False},
            [
                "One filter has 1·1 weight in the one channel: 1·1·1 = 1.",
                "No biases are counted, so that stays 1.",
                "There is 1 filter: 1·1 = 1.",
            ],
            id="ones",
        ),
        pytest.param(
            "depthwise_separable_params",
            {"f": 3, "c_in": 32, "c_out": 64, "bias": True},
            [
                "Depthwise, each of 32 channels has one filter with 3·3 weights:"
                " 32·3·3 = 288.",
                "Then each of 64 filters of 1×1 has a weight for each of 32 channels:"
                " 64·32 = 2048.",
                "A bias for each channel and each filter: 32 + 64 = 96.",
                "Together that is 288 + 2048 + 96 = 2432.",
            ],
            id="biases",
        ),
    ],
)
def test_counts_in_words(name: str, given: dict[str, Any], told: list[str]) -> None:
    """Each factor has its sentence, and the last one ends with the count."""
    walk = WALKS[name](**given)
    assert [frame.sentence for frame in walk.frames] == told
    assert told[-1].endswith(f"= {getattr(solver, name)(**given)}.")


def test_a_count_says_its_name() -> None:
    """A named part that a walk works out is told under its name at the end."""
    walk = walk_of(draw(load_bank(None)["conv-cost"], 1))
    assert walk is not None
    assert [frame.sentence for frame in walk.frames[-6:]] == [
        "One output entry adds up 3·3 products in each of 8 channels: 3·3·8 = 72.",
        "One filter makes 9 rows of 9 such entries: 9·9 = 81.",
        "There are 10 filters: 10·81 = 810 entries in all.",
        "Each takes 72 multiply-accumulates: 810·72 = 58320.",
        "So macs = 58320.",
        "flops = 2*macs = 2*58320 = 116640.",
    ]


def test_a_wrong_count_is_seen() -> None:
    """A walk that forgets the biases does not end with the solver's count."""
    given = {"f": 3, "c_in": 4, "c_out": 5}
    last = f"= {solver.conv_params(**given)}."
    assert WALKS["conv_params"](**given).frames[-1].sentence.endswith(last)
    wrong = WALKS["conv_params"](**given, bias=False).frames[-1].sentence
    assert not wrong.endswith(last)


def marked(frame: Frame, role: Role) -> list[int]:
    """Return the columns of a frame's ruler that have a role."""
    return sorted(at for (_, at), one in frame.panels[0].roles.items() if one is role)


@given(
    st.integers(1, 90),
    st.integers(1, 6),
    st.integers(0, 3),
    st.integers(1, 4),
    st.integers(1, 3),
)
def test_the_ruler_counts_what_the_formula_counts(
    n: int, f: int, p: int, s: int, d: int
) -> None:
    """The last sentence ends with the size; a short ruler has as many starts."""
    span = solver.effective_filter_size(f, d)
    assume(span <= n + 2 * p)
    size = solver.conv_output_size(n, f, p, s, d)
    walk = WALKS["conv_output_size"](n, f, p, s, d)
    assert walk.frames[-1].sentence.endswith(f" = {size}.")
    assert len(walk.frames) <= 8
    for frame in walk.frames:
        for panel in frame.panels:
            assert all(at in range(len(panel.rows[0])) for _, at in panel.roles)
    if n + 2 * p > LONGEST:
        return
    # A start in the padding is a start all the same.
    assert marked(walk.frames[-1], Role.NOW) == [at * s for at in range(size)]
    places = walk.frames[1 if d > 1 else 0 : -1]
    first = marked(places[0], Role.WINDOW)
    assert first == list(range(0, span, d))
    assert marked(places[-1], Role.WINDOW) == [at + (size - 1) * s for at in first]


@pytest.mark.parametrize("wrong", [{"s": 1}, {"p": 0}, {"f": 5}], ids=str)
def test_another_size_is_seen(wrong: dict[str, int]) -> None:
    """A walk of another stride, padding or filter ends and marks differently."""
    given = {"n": 8, "f": 3, "p": 1, "s": 2}
    right = WALKS["conv_output_size"](**given).frames[-1]
    other = WALKS["conv_output_size"](**{**given, **wrong}).frames[-1]
    assert marked(right, Role.NOW) != marked(other, Role.NOW)
    size = solver.conv_output_size(**given)
    assert right.sentence.endswith(f"= {size}.")
    assert not other.sentence.endswith(f"= {size}.")


@given(st.integers(1, 60), st.integers(1, 9), st.integers(1, 5))
def test_same_padding_is_split(n: int, f: int, s: int) -> None:
    """The last sentence has all three numbers, and says no padding of less than 0."""
    total, before, after = solver.same_padding_split(n, f, s)
    walk = WALKS["same_padding_split"](n, f, s)
    last = walk.frames[-1].sentence
    assert f"{total} in all, {before} before and {after} after." in last
    assert "-" not in last
    if n + total <= LONGEST:
        drawn = walk.frames[-1].panels[0].rows[0]
        assert drawn == (*["."] * before, *range(n), *["."] * after)


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        pytest.param(
            "conv_output_size",
            {"n": 50, "f": 5, "p": 2, "s": 2},
            [
                "The filter covers 5 of the 54 cells, 2 of padding on each side:"
                " place 1.",
                "2 further: place 2.",
                "2 further: place 3.",
                "After 21 more like these, place 25 is the last: 1 cell is left over,"
                " and one more place needs 2.",
                "floor((50 + 2·2 - 5)/2) + 1 = floor(49/2) + 1 = 25.",
            ],
            id="left-out",
        ),
        pytest.param(
            "conv_output_size",
            {"n": 5, "f": 3, "p": 0, "s": 1, "d": 2},
            [
                "With dilation 2 the filter spans 3 + (3 - 1)·(2 - 1) = 5 cells.",
                "The filter spans 5 of the 5 cells: place 1, the only one; it ends where"
                " the input ends.",
                "5 - 5 + 1 = 0 + 1 = 1.",
            ],
            id="dilated",
        ),
        pytest.param(
            "pool_output_size",
            {"n": 6, "f": 3, "s": 2, "ceil": True},
            [
                "The window covers 3 of the 6 cells: place 1.",
                "2 further: place 2.",
                "Place 3 is the last: 1 cell lies beyond the end.",
                "ceil((6 - 3)/2) + 1 = ceil(3/2) + 1 = 3.",
            ],
            id="beyond-the-end",
        ),
        pytest.param(
            "same_padding_split",
            {"n": 6, "f": 1, "s": 2},
            [
                "Same padding makes ceil(6/2) = 3 places.",
                "The last of 3 windows ends after (3 - 1)·2 + 1 = 5 cells.",
                "That is not more than 6, so the padding is 0 in all, 0 before and 0"
                " after.",
            ],
            id="no-padding",
        ),
        pytest.param(
            "conv_transpose_output_size",
            {"n": 9, "f": 3, "p": 1, "s": 2, "output_padding": 1},
            [
                "Input cell 0 is spread over 3 output cells, from 0 on.",
                "Input cell 1 starts 2 further, at 2.",
                "Input cell 2 starts 2 further, at 4.",
                "After 5 more like these, input cell 8 is the last; what it lays down"
                " ends after (9 - 1)·2 + 3 = 19 cells.",
                "Take off 2·1 and add the output padding 1: 19 - 2 + 1 = 18.",
            ],
            id="transposed",
        ),
    ],
)
def test_sizes_in_words(name: str, arguments: dict[str, Any], told: list[str]) -> None:
    """Each place in a sentence, what was left out, and the formula at the end."""
    assert [frame.sentence for frame in WALKS[name](**arguments).frames] == told


def test_a_long_side_is_drawn_short() -> None:
    """Of thousands of cells the ends and the window are shown."""
    walk = WALKS["conv_output_size"](5000, 11, 0, 4)
    assert all(len(p.rows[0]) <= 14 for f in walk.frames for p in f.panels)
    assert any("…" in p.rows[0] for f in walk.frames for p in f.panels)
