"""Walks of convolution, forwards and backwards."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drill import solver
from drill.walk import Panel, Walk
from drill.walk.registry import WALKS
from drill.walk.windows import MOST

Shape = tuple[int, ...]
LAYERS = [
    pytest.param((4, 5), (2, 3), 1, 0, id="flat"),
    pytest.param((5, 4), (3, 3), 2, 1, id="padded-strided"),
    pytest.param((3, 3), (2, 2), 1, 2, id="windows-of-padding-only"),
    pytest.param((3, 40), (2, 2), 1, 0, id="wide"),
    pytest.param((60, 3), (2, 2), 1, 0, id="tall"),
    pytest.param((30, 31), (3, 3), 1, 1, id="large"),
    pytest.param((4, 4, 3), (2, 2, 3, 1), 1, 0, id="channels"),
    pytest.param((4, 4, 1), (2, 2, 1, 3), 2, 1, id="filters"),
    pytest.param((6, 6, 2), (3, 3, 2, 5), 1, 0, id="both"),
    pytest.param((4, 4, 1), (2, 2, 1, 50), 1, 0, id="many-filters"),
]


def drawn(x: Shape, w: Shape, stride: int, padding: int) -> dict[str, Any]:
    """Return arguments of a layer."""
    rng = np.random.default_rng(sum(x) + sum(w))
    bias = rng.integers(1, 9, w[3:])
    return {
        "x": rng.integers(-9, 10, x),
        "w": rng.integers(-3, 4, w),
        "b": bias if bias.ndim else int(bias),
        "stride": stride,
        "padding": padding,
    }


def matrices(array: np.ndarray) -> list[np.ndarray]:
    """Take an array apart into what a panel can show."""
    if array.ndim < 3:
        return [np.atleast_2d(array)]
    return [array[(..., *at)] for at in np.ndindex(*array.shape[2:])]


def shows(panels: list[Panel], result: np.ndarray) -> bool:
    """Tell whether grids are a result, matrix by matrix."""
    wanted = matrices(result)
    return len(panels) == len(wanted) and all(
        np.shape(panel.rows) == one.shape
        and np.allclose(np.array(panel.rows, float), one)
        for panel, one in zip(panels, wanted, strict=True)
    )


def ends_with(walk: Walk, result: np.ndarray, name: str) -> bool:
    """Tell whether the last frame's grids of a name are a result."""
    last = walk.frames[-1].panels
    return shows([panel for panel in last if panel.name == name], result)


def is_sound(walk: Walk) -> bool:
    """Tell whether frames are few, and their marks on their grids."""
    return len(walk.frames) <= MOST and all(
        row in range(len(panel.rows)) and column in range(len(panel.rows[0]))
        for frame in walk.frames
        for panel in frame.panels
        for row, column in panel.roles
    )


@pytest.mark.parametrize(("x", "w", "stride", "padding"), LAYERS)
def test_the_last_frame_is_the_output(
    x: Shape, w: Shape, stride: int, padding: int
) -> None:
    """Of any layer; and with the filter flipped it is not."""
    given = drawn(x, w, stride, padding)
    result = solver.conv2d(**given)
    walk = WALKS["conv2d"](**given)
    assert ends_with(walk, result, "output")
    assert is_sound(walk)
    flipped = WALKS["conv2d"](**{**given, "w": given["w"][::-1, ::-1]})
    assert not ends_with(flipped, result, "output")


@pytest.mark.parametrize(("x", "w", "stride", "padding"), LAYERS)
def test_the_last_frame_is_all_gradients(
    x: Shape, w: Shape, stride: int, padding: int
) -> None:
    """All three; and with the gradients' sign turned it is none of them."""
    given = drawn(x, w, stride, padding)
    dout = solver.conv2d(**given)
    del given["b"]
    dx, dw, db = solver.conv2d_backward(**given, dout=dout)
    walk = WALKS["conv2d_backward"](**given, dout=dout)
    assert ends_with(walk, dx, "dx")
    assert ends_with(walk, dw, "dw")
    assert db.ndim or walk.frames[-1].sentence.endswith(f" {db}.")
    assert not db.ndim or ends_with(walk, db, "db")
    assert is_sound(walk)
    wrong = WALKS["conv2d_backward"](**given, dout=-dout)
    assert not ends_with(wrong, dx, "dx")
    assert not ends_with(wrong, dw, "dw")


@pytest.mark.parametrize(("x", "w", "stride", "padding"), LAYERS[:8])
def test_the_running_sums_reach_the_gradients(
    x: Shape, w: Shape, stride: int, padding: int
) -> None:
    """What the steps add up to is what the frame after them says.

    That frame shows the solver's result; the steps add by themselves.
    """
    given = drawn(x, w, stride, padding)
    dout = solver.conv2d(**given)
    del given["b"]
    dx, dw, _ = solver.conv2d_backward(**given, dout=dout)
    frames = WALKS["conv2d_backward"](**given, dout=dout).frames
    before = {
        name: [
            [panel for panel in frame.panels if panel.name == name]
            for frame in frames
            if any(panel.name == "dout" for panel in frame.panels)
            and any(panel.name == name for panel in frame.panels)
        ][-1]
        for name in ("dx", "dw")
    }
    last = dw if dw.ndim == 2 else dw[..., -1]
    assert shows(before["dw"], last)
    p = padding
    inner = [np.array(panel.rows, object) for panel in before["dx"]]
    cut = [grid[p : len(grid) - p, p : grid.shape[1] - p] for grid in inner]
    assert all(
        np.array_equal(one.astype(float), two)
        for one, two in zip(cut, matrices(dx), strict=True)
    )


def test_channels_and_filters_in_words() -> None:
    """Sums of each channel, then all together; each sentence names its filter."""
    x = [[[1, 2], [3, 4]]]
    w = [[[[1, 0], [2, -1]]]]
    walk = WALKS["conv2d"](x, w, [5, 0])
    assert [frame.sentence for frame in walk.frames[1:]] == [
        "Filter 0, row 0, column 0 of the output: channel 0: 1·1 = 1; channel 1:"
        " 2·2 = 4; together 1 + 4 = 5; with the bias 5 it is 10.",
        "Filter 0, row 0, column 1 of the output: channel 0: 3·1 = 3; channel 1:"
        " 4·2 = 8; together 3 + 8 = 11; with the bias 5 it is 16.",
        "Filter 1, row 0, column 0 of the output: channel 0: 1·0 = 0; channel 1:"
        " 2·(-1) = -2; together 0 + (-2) = -2; with the bias 0 it is -2.",
        "Filter 1, row 0, column 1 of the output: channel 0: 3·0 = 0; channel 1:"
        " 4·(-1) = -4; together 0 + (-4) = -4; with the bias 0 it is -4.",
        "That is the output, a channel for each of the 2 filters.",
    ]


def test_gradients_in_words() -> None:
    """Who only reads knows dw, dx and db at the end."""
    walk = WALKS["conv2d_backward"]([[1, 2, 3]], [[4, -1]], [[2, 0]])
    assert [frame.sentence for frame in walk.frames[1:]] == [
        "The gradient 2 at row 0, column 0 times its window [[1, 2]] adds [[2, 4]]"
        " to dw.",
        "The gradient 0 at row 0, column 1 adds nothing to dw.",
        "All together, dw is [[2, 4]].",
        "The gradient 2 at row 0, column 0 times the filter [[4, -1]] adds [[8, -2]]"
        " to dx at row 0, columns 0 to 1.",
        "The gradient 0 at row 0, column 1 adds nothing to dx.",
        "All together, dx is [[8, -2, 0]].",
        "The bias is added everywhere, so db is the sum of dout: 2.",
    ]
