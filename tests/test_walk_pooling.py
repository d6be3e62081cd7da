"""Walks of pooling, forwards and backwards: every window once, and all of it told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill import solver
from drill.walk import Role, Walk
from drill.walk.registry import WALKS
from drill.walk.windows import MOST, Windows

SHAPES = [(5, 4), (3, 5, 2), (3, 40), (40, 3), (9, 9, 4), (30, 31), (4, 4, 50)]
NAMES = [
    "max_pool",
    "max_pool_padded",
    "average_pool",
    "average_pool_padded",
    "max_pool_mask",
    "max_pool_backward",
    "average_pool_backward",
]


def drawn(name: str, shape: tuple[int, ...], f: int, s: int) -> dict[str, Any]:
    """Return arguments for one of the functions."""
    rng = np.random.default_rng(len(name) + sum(shape))
    x = rng.permutation(int(np.prod(shape))).reshape(shape) - 20
    if name == "average_pool_backward":
        dout = solver.average_pool(x, f, s).round(1)
        return {"shape": shape, "dout": dout, "f": f, "s": s}
    more: dict[str, Any] = {"p": 1} if name.endswith("padded") else {}
    if name == "max_pool_backward":
        more = {"dout": solver.max_pool(x, f, s) - 7}
    return {"x": x, "f": f, "s": s, **more}


def ends_with(walk: Walk, result: np.ndarray) -> bool:
    """Tell whether the last panels of the last frame are a result, channel by channel."""
    wanted = [result] if result.ndim == 2 else list(np.moveaxis(result, 2, 0))
    panels = walk.frames[-1].panels[-len(wanted) :]
    return len(panels) == len(wanted) and all(
        np.shape(panel.rows) == one.shape
        and np.allclose(np.array(panel.rows, float), one)
        for panel, one in zip(panels, wanted, strict=True)
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize(("f", "s"), [(2, 1), (2, 2), (3, 2)])
def test_the_last_frame_is_the_result(
    name: str, shape: tuple[int, ...], f: int, s: int
) -> None:
    """However wide, tall or deep; in few frames, their marks on their grids."""
    given = drawn(name, shape, f, s)
    walk = WALKS[name](**given)
    assert ends_with(walk, getattr(solver, name)(**given))
    assert len(walk.frames) <= MOST
    for frame in walk.frames:
        assert len(frame.sentence) <= 200
        for panel in frame.panels:
            size = len(panel.rows), len(panel.rows[0])
            assert all(
                r in range(size[0]) and c in range(size[1]) for r, c in panel.roles
            )


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 3), st.integers(1, 9))
def test_every_window_is_shown_once(
    height: int, width: int, s: int, passes: int
) -> None:
    """No window is left out, and none comes twice: its gradient would count double."""
    windows = Windows(height, width, (1, 1), s)
    down, across = windows.shape
    groups = list(windows.groups(passes))
    shown = [cell for group in groups for cell in group]
    assert shown == [(row, column) for row in range(down) for column in range(across)]
    assert len(groups) * passes <= MOST - 10


@pytest.mark.parametrize(
    ("name", "shape"),
    [("max_pool_backward", (3, 40)), ("average_pool_backward", (30, 31))],
)
def test_a_window_that_comes_twice_is_seen(
    name: str, shape: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one row of windows repeated the walk no longer ends with the result."""
    given = drawn(name, shape, 2, 1)
    right = Windows.groups

    def twice(self: Windows, passes: int = 1) -> Any:
        groups = list(right(self, passes))
        return iter([*groups, groups[0]])

    monkeypatch.setattr(Windows, "groups", twice)
    assert not ends_with(WALKS[name](**given), getattr(solver, name)(**given))


@pytest.mark.parametrize("name", NAMES[:4])
def test_another_stride_is_seen(name: str) -> None:
    """A walk with other windows does not end with the result."""
    given = drawn(name, (7, 7), 2, 2)
    result = getattr(solver, name)(**given)
    assert not ends_with(WALKS[name](**{**given, "s": 3}), result)


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        pytest.param(
            "max_pool",
            {"x": [[1, 3, 0], [4, -9, 0]], "f": 2, "s": 2},
            [
                "The 2×2 window moves by 2 over the 2×3 input: 1×1 places;"
                " 1 column left over, unused.",
                "Row 0, column 0 of the output: the largest of 1, 3, 4, -9 is 4.",
            ],
            id="left-over",
        ),
        pytest.param(
            "average_pool_padded",
            {"x": [[4, 8]], "f": 2, "s": 2, "p": 1, "counted": True},
            [
                "The 2×2 window moves by 2 over the 1×2 input with 1 padding on each"
                " side: 1×2 places; 1 row left over, unused. The padding is 0 and its"
                " cells count too.",
                "Row 0, column 0 of the output: 4/4 = 1.",
                "Row 0, column 1 of the output: 8/4 = 2.",
            ],
            id="padding",
        ),
        pytest.param(
            "average_pool_backward",
            {"shape": (2, 3), "dout": [[8, -4]], "f": 2, "s": 1},
            [
                "The 2×2 window moves by 1 over the 2×3 input: 1×2 places. Each place"
                " sends one gradient back.",
                "The gradient 8 of row 0, column 0 is shared out: rows 0 to 1, columns"
                " 0 to 1 get 8/4 = 2 each.",
                "The gradient -4 of row 0, column 1 is shared out: rows 0 to 1, columns"
                " 1 to 2 get -4/4 = -1 each; -1 is added to the 2 at row 0, column 1:"
                " 1, and so in 1 more.",
                "All together: [[2, 1, -1], [2, 1, -1]].",
            ],
            id="overlap",
        ),
    ],
)
def test_in_words(name: str, arguments: dict[str, Any], told: list[str]) -> None:
    """The sentences alone say where each number comes from and where it goes."""
    assert [frame.sentence for frame in WALKS[name](**arguments).frames] == told


def test_channels_are_told() -> None:
    """Each channel is pooled by itself, and its name is in the sentence."""
    x = np.arange(8).reshape(2, 2, 2)
    walk = WALKS["max_pool"](x, 2, 1)
    assert [frame.sentence for frame in walk.frames[1:]] == [
        "Channel 0, row 0, column 0 of the output: the largest of 0, 2, 4, 6 is 6.",
        "Channel 1, row 0, column 0 of the output: the largest of 1, 3, 5, 7 is 7.",
        "That is the output, 2 channels of it.",
    ]


def test_padding_is_never_the_winner() -> None:
    """Cells of the padding are looked at, and never chosen."""
    walk = WALKS["max_pool_padded"]([[-3, -5], [-2, -4]], 2, 2, 1)
    first = walk.frames[1].panels[0].roles
    assert first[0, 0] is Role.WINDOW
    assert first[1, 1] is Role.WINNER
    assert first[0, 3] is Role.PADDING
