"""Walks as pictures in signs: aligned, marked without colour, never cropped."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from drill.screen.grid import ROLES, Grid, draw, kept
from drill.screen.picture import Picture, sentences
from drill.walk import Frame, Panel, Role, Walk

WINDOW = {
    (0, 0): Role.WINDOW,
    (0, 1): Role.WINDOW,
    (1, 0): Role.WINNER,
    (1, 1): Role.WINDOW,
}
X = ((1, 3, 2), (5, -4, 0), (7, 8, 9))
POOL = Walk(
    "Max pooling",
    (
        Frame(
            "Nothing is computed yet.", (Panel("X", X), Panel("out", ((None,) * 2,)))
        ),
        Frame(
            "The largest of 1, 3, 5 and -4 is 5.",
            (
                Panel("X", X, WINDOW, "channel 0"),
                Panel("out", ((5, None),), {(0, 0): Role.NOW}),
            ),
        ),
        Frame("Then 12.", (Panel("X", X), Panel("out", ((5, 12),)))),
    ),
)


def seen(walk: Walk, place: int, width: int = 80, *, colour: bool = False) -> str:
    """Return one frame as it is printed."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        markup=False,
        highlight=False,
        force_terminal=colour,
        color_system="standard" if colour else None,
    )
    console.print(Picture(walk, place))
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def test_a_frame_is_drawn_with_signs() -> None:
    """The window, its winner and the new cell are told without colour."""
    assert seen(POOL, 1).splitlines() == [
        "Max pooling, step 2 of 3",
        "The largest of 1, 3, 5 and -4 is 5.",
        "",
        "X  3×3, channel 0   out",
        "⎡ [1 ][ 3 ] 2   ⎤   [ >5   _ ]",
        "⎢ [5*][-4 ] 0   ⎥",
        "⎣  7    8   9   ⎦",
        "",
        "[5] looked at, [5*] chosen, >5 new, _ not computed yet",
    ]


def test_brackets_of_a_row_are_not_taken_for_a_window() -> None:
    """One row with a window in it stands between bars."""
    grid = Grid([["1", "2"]], {(0, 0): Role.WINDOW})
    assert [line.plain for line in draw(grid, 40)] == ["│ [1] 2  │"]


def test_grids_do_not_jump() -> None:
    """From step to step each grid has its place and its width."""
    widths = set()
    for place in range(3):
        rows = [line for line in seen(POOL, place).split("\n") if "⎡" in line]
        widths.add((len(rows[0]), rows[0].index("⎤")))
    assert len(widths) == 1


def test_colour_only_repeats_what_the_signs_say() -> None:
    """Without its colours a frame is the same frame."""
    coloured = seen(POOL, 1, colour=True)
    assert "\x1b[" in coloured
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert "\n".join(x.rstrip() for x in stripped.split("\n")) == seen(POOL, 1)


def test_every_role_has_a_style_and_a_sign() -> None:
    """A new role without its cue would be told by colour alone, or not at all."""
    for role in Role:
        assert role in ROLES
        marked = seen(
            Walk("w", (Frame("s", (Panel("P", ((5, 6),), {(0, 0): role}),)),)), 0
        )
        bare = seen(Walk("w", (Frame("s", (Panel("P", ((5, 6),)),)),)), 0)
        assert marked != bare


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("size", [1, 7, 13, 300])
def test_nothing_is_wider_than_the_terminal(width: int, size: int) -> None:
    """Grids of any size keep to the screen and say what they leave out."""
    rows = tuple(tuple(r * size + c for c in range(size)) for r in range(size))
    middle = {(size // 2, size // 2): Role.NOW}
    walk = Walk("Large", (Frame("One.", (Panel("A", rows, middle), Panel("B", rows))),))
    text = seen(walk, 0, width)
    assert max(map(len, text.split("\n"))) <= width
    assert f">{rows[size // 2][size // 2]}" in text
    assert str(rows[-1][-1]) in text
    assert ("not shown" in text) == (size > 12)


def test_what_is_left_out_is_said() -> None:
    """The first and last that are not shown are named."""
    rows = tuple((r,) for r in range(300))
    text = seen(Walk("w", (Frame("s", (Panel("P", rows, {(200, 0): Role.NOW}),)),)), 0)
    assert "rows 3–199 and 201–296 not shown" in text


def test_wide_grids_are_split_by_columns() -> None:
    """Twelve wide columns at 40 are drawn in bands, all of them."""
    row = tuple(1000 + i + 0.25 for i in range(12))
    text = seen(Walk("w", (Frame("s", (Panel("P", (row, row)),)),)), 0, 40)
    assert "columns 0–3:" in text
    for entry in row:
        assert str(entry) in text


def test_foreign_names_are_made_visible() -> None:
    """What a bank calls its arrays cannot move the cursor."""
    bad = Panel("\x1b[2J", (("\x1b[1m",),), note="\u202e")
    text = seen(Walk("\x1b]0;t", (Frame("\x1b[H", (bad,)),)), 0)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_walk_is_told_in_sentences() -> None:
    """Without pictures each step is one line, with its number."""
    assert sentences(POOL) == [
        "Max pooling, in 3 steps.",
        "Step 1 of 3: Nothing is computed yet.",
        "Step 2 of 3: The largest of 1, 3, 5 and -4 is 5.",
        "Step 3 of 3: Then 12.",
    ]


@given(
    st.integers(1, 9).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(-999, 999), min_size=columns, max_size=columns),
            min_size=1,
            max_size=9,
        )
    ),
    st.dictionaries(
        st.tuples(st.integers(0, 8), st.integers(0, 8)), st.sampled_from(list(Role))
    ),
    st.integers(36, 120),
)
def test_law_rows_are_aligned_and_complete(
    rows: list[list[int]], marks: dict[tuple[int, int], Role], width: int
) -> None:
    """All rows of a band are equally long, and every number is there."""
    inside = {
        place: role
        for place, role in marks.items()
        if place[0] < len(rows) and place[1] < len(rows[0])
    }
    grid = Grid([[str(n) for n in row] for row in rows], inside)
    lines = [line.plain for line in draw(grid, width)]
    assert max(map(len, lines)) <= width
    numbers = re.findall(r"-?\d+", " ".join(x for x in lines if "column" not in x))
    assert sorted(map(int, numbers)) == sorted(n for row in rows for n in row)
    band: list[int] = []
    for line in [*lines, "column"]:
        if line.startswith("column"):
            assert len(set(band)) <= 1
            band = []
        else:
            band.append(len(line))


@given(
    st.integers(1, 400), st.lists(st.integers(0, 399), max_size=6), st.integers(4, 8)
)
def test_law_marked_rows_are_kept(count: int, marked: list[int], few: int) -> None:
    """Up to six marked rows are always shown, and so are the corners."""
    marked = [place for place in marked if place < count]
    chosen = kept(count, marked, few)
    assert {0, count - 1, *marked} <= set(chosen)
    assert chosen == sorted(set(chosen))
    assert len(chosen) <= 18
