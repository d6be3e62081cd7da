"""Walks: what they show at the end is what the solver computes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from drill import solver
from drill.screen.picture import sentences
from drill.walk import Panel, Role, Walk
from drill.walk.registry import WALKS

MOST = 60
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
Arguments = dict[str, Any]
Draw = Callable[[np.random.Generator], Arguments]


def grid(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return distinct whole numbers, so that no window has a tie."""
    count = int(np.prod(shape))
    return rng.permutation(np.arange(-count, count))[:count].reshape(shape)


def size(rng: np.random.Generator, low: int, high: int) -> int:
    return int(rng.integers(low, high + 1))


def pooled(rng: np.random.Generator, *, padded: bool = False) -> Arguments:
    f, s = size(rng, 2, 3), size(rng, 1, 3)
    shape = (size(rng, 4, 9), size(rng, 4, 9), *([2] if rng.random() < 0.3 else []))
    more = {"p": size(rng, 0, f - 1)} if padded else {}
    return {"x": grid(rng, *shape), "f": f, "s": s, **more}


def routed(rng: np.random.Generator) -> Arguments:
    given = pooled(rng)
    out = solver.max_pool(**given)
    return {**given, "dout": grid(rng, *out.shape)}


def averaged(rng: np.random.Generator) -> Arguments:
    given = routed(rng)
    return {"shape": given.pop("x").shape, **given}


def layer(rng: np.random.Generator) -> Arguments:
    stride, padding = size(rng, 1, 2), size(rng, 0, 2)
    if rng.random() < 0.5:
        x, w = grid(rng, size(rng, 3, 7), size(rng, 3, 7)), grid(rng, 3, 2)
        bias = rng.choice([None, 0, 4])
    else:
        count = size(rng, 1, 2)
        x, w = grid(rng, 5, 4, count), grid(rng, 2, 2, count, 2)
        bias = np.array([1, -2])
    return {"x": x, "w": w, "b": bias, "stride": stride, "padding": padding}


def layer_back(rng: np.random.Generator) -> Arguments:
    given = layer(rng)
    out = solver.conv2d(**given)
    del given["b"]
    return {**given, "dout": grid(rng, *out.shape)}


def sides(rng: np.random.Generator) -> Arguments:
    f = size(rng, 1, 5)
    return {"n": size(rng, 12, 60), "f": f, "s": size(rng, 1, 4)}


def counted(rng: np.random.Generator) -> Arguments:
    return {"f": size(rng, 1, 5), "c_in": size(rng, 1, 9), "c_out": size(rng, 1, 9)}


def logistic(rng: np.random.Generator) -> Arguments:
    rest = {"w": np.array([2.0, -3.0, 0.5]), "lam": 0.4}
    if rng.random() < 0.5:
        return {"x": grid(rng, 3), "y": size(rng, 0, 1), "yhat": 0.3, **rest}
    yhat = np.array([0.2, 0.9])
    return {"x": grid(rng, 3, 2), "y": rng.integers(0, 2, 2), "yhat": yhat, **rest}


def power_loss(rng: np.random.Generator) -> Arguments:
    return {"x": grid(rng, 3) / 4, "W": grid(rng, 3, 2), "y": [-20, -30]}


def two_layers(rng: np.random.Generator) -> Arguments:
    A1 = np.abs(grid(rng, 2, 4)) / 10
    return {
        "X": grid(rng, 3, 4), "A1": A1, "A2": np.abs(grid(rng, 1, 4)) / 9,
        "Y": [[1, 0, 0, 1]], "W2": grid(rng, 1, 2),
        "activation": str(rng.choice(["tanh", "relu", "sigmoid"])),
    }  # fmt: skip


def network(rng: np.random.Generator) -> Arguments:
    n_y, m = size(rng, 1, 3), size(rng, 1, 5)
    labels = np.arange(n_y)[:, None] == rng.integers(0, max(n_y, 2), m)
    return {
        "X": grid(rng, 3, m), "Y": labels.astype(int),
        "W1": grid(rng, 2, 3) / 10, "b1": [1, -1],
        "W2": grid(rng, n_y, 2) / 3, "b2": grid(rng, n_y, 1),
        "activation": str(rng.choice(["tanh", "relu", "sigmoid"])),
        "output": "softmax" if n_y > 1 else "sigmoid",
    }  # fmt: skip


def network_forwards(rng: np.random.Generator) -> Arguments:
    given = network(rng)
    del given["Y"]
    return given


def batch(rng: np.random.Generator) -> Arguments:
    axis: Any = [0, 1, (0, 1, 2)][size(rng, 0, 2)]
    z = grid(rng, 2, 3, 2, 2) if isinstance(axis, tuple) else grid(rng, 4, 3)
    count = z.shape[1] if axis == 0 else z.shape[0] if axis == 1 else z.shape[-1]
    return {"z": z, "gamma": grid(rng, count), "beta": 1, "eps": 0.5, "axis": axis}


def labelled(rng: np.random.Generator) -> Arguments:
    """Return labels, sometimes soft ones, or one example only."""
    if rng.random() < 0.3:
        return {"y": size(rng, 0, 1), "yhat": 0.3}
    y = rng.integers(0, 2, 3) if rng.random() < 0.7 else np.array([0.1, 0.9, 1])
    return {"y": y, "yhat": np.array([0.2, 0.7, 0.55])}


def classified(rng: np.random.Generator) -> Arguments:
    """Return columns of probabilities, with classes, one-hot or soft targets."""
    p = np.array([[0.2, 0.5, 0.1], [0.3, 0.25, 0.6], [0.5, 0.25, 0.3]])
    if rng.random() < 0.3:
        return {"p": p[:, 0], "y": size(rng, 0, 2)}
    classes = rng.integers(0, 3, 3)
    hot = (np.arange(3)[:, None] == classes).astype(float)
    return {"p": p, "y": [classes, hot, 0.8 * hot + 0.2 / 3][size(rng, 0, 2)]}


def moments(rng: np.random.Generator, *names: str) -> Arguments:
    """Return weights, a gradient, and averages none of which is below 0."""
    made = {"w": grid(rng, 3) + 0.5, "g": 2.0 * grid(rng, 3) + 1}
    made |= {name: np.abs(grid(rng, 3)) + 7.0 for name in names}
    one = rng.random() < 0.4
    return {**{n: a[0] if one else a for n, a in made.items()}, "lr": 0.1}


def box(rng: np.random.Generator) -> np.ndarray:
    """Return a box, at times with corners between the squares."""
    corner = rng.integers(0, 5, 2) / (1 if rng.random() < 0.7 else 2)
    return np.concatenate([corner, corner + rng.integers(1, 6, 2)])


def rest(rng: np.random.Generator) -> Arguments:
    return {"a": grid(rng, 5), "mask": [1, 0, 1, 1, 0], "keep_prob": 0.5}


DRAWS: dict[str, Draw] = {
    "max_pool": pooled,
    "max_pool_padded": lambda rng: pooled(rng, padded=True),
    "average_pool": pooled,
    "average_pool_padded": lambda rng: {
        **pooled(rng, padded=True), "counted": bool(rng.integers(2))
    },
    "max_pool_mask": pooled,
    "max_pool_backward": routed,
    "average_pool_backward": averaged,
    "conv2d": layer,
    "conv2d_backward": layer_back,
    "conv_output_size": lambda rng: {
        **sides(rng), "p": size(rng, 0, 3), "d": size(rng, 1, 2)
    },
    "pool_output_size": lambda rng: {**sides(rng), "ceil": bool(rng.integers(2))},
    "same_output_size": lambda rng: {"n": size(rng, 5, 60), "s": size(rng, 1, 4)},
    "same_padding": lambda rng: {"f": 2 * size(rng, 0, 5) + 1},
    "same_padding_split": lambda rng: {**sides(rng)},
    "conv_transpose_output_size": lambda rng: {
        **sides(rng), "f": 5, "p": size(rng, 0, 2), "s": 3,
        "output_padding": size(rng, 0, 2),
    },
    "effective_filter_size": lambda rng: {"f": size(rng, 2, 9), "d": size(rng, 1, 4)},
    "receptive_field": lambda rng: {
        "layers": [(size(rng, 1, 7), size(rng, 1, 3)) for _ in range(size(rng, 1, 4))]
    },
    "conv_params": lambda rng: {**counted(rng), "bias": bool(rng.integers(2))},
    "dense_params": lambda rng: {
        "n_in": size(rng, 1, 9), "n_out": size(rng, 1, 9), "bias": bool(rng.integers(2))
    },
    "depthwise_separable_params": lambda rng: {
        **counted(rng), "bias": bool(rng.integers(2))
    },
    "conv_macs": lambda rng: {
        **counted(rng), "h_out": size(rng, 1, 9), "w_out": size(rng, 1, 9)
    },
    "conv_flops": lambda rng: {
        **counted(rng), "h_out": size(rng, 1, 9), "w_out": size(rng, 1, 9),
        "bias": bool(rng.integers(2)),
    },
    "softmax": lambda rng: {
        "z": grid(rng, 3, 2) * (200 if rng.random() < 0.2 else 1),
        "axis": size(rng, 0, 1),
    },
    "row_means": lambda rng: {"m": grid(rng, 2, 4)},
    "column_means": lambda rng: {"m": grid(rng, 2, 4)},
    "squared_distances": lambda rng: {"X": grid(rng, 3, 4), "V": grid(rng, 3, 1)},
    "nearest_column": lambda rng: {"X": grid(rng, 3, 4), "V": grid(rng, 3, 1)},
    "broadcast_shape": lambda rng: {
        "a": (size(rng, 1, 4), 1, 5), "b": [(5,), (3, 5), (3, 1), (1, 1, 1)][
            size(rng, 0, 3)
        ],
    },
    "broadcast_add": lambda rng: {
        "a": grid(rng, *[(3, 1), (3, 4), (4,), ()][size(rng, 0, 3)]),
        "b": grid(rng, *[(1, 4), (3, 1), (1, 1), (4,)][size(rng, 0, 3)]),
    },
    "subtract_means": lambda rng: {"m": grid(rng, *[(2, 4), (3, 2)][size(rng, 0, 1)])},
    "softmax_gradient": lambda rng: (
        {"p": np.array([0.2, 0.3, 0.5]), "k": size(rng, 0, 2)}
        if rng.random() < 0.3
        else {"p": classified(np.random.default_rng(1))["p"], "k": rng.integers(0, 3, 3)}
    ),
    "relu": lambda rng: {"z": grid(rng, 2, 4)},
    "relu_backward": lambda rng: {"dout": grid(rng, 2, 4), "z": grid(rng, 2, 4)},
    "dropout": rest,
    "dropout_backward": lambda rng: {
        "dout": grid(rng, 5), "mask": [1, 0, 1, 1, 0], "keep_prob": 0.5
    },
    "batch_norm": batch,
    "batch_norm_backward": lambda rng: {
        "dout": grid(rng, 4, 3), "z": grid(rng, 4, 3) ** 2, "gamma": 2, "eps": 0.5,
        "axis": size(rng, 0, 1),
    },
    "sigmoid": lambda rng: {"z": grid(rng, 2, 3) * (1 if rng.random() < 0.5 else 100)},
    "batch_norm_inference": lambda rng: {
        "z": grid(rng, 4), "mean": 1, "variance": 4, "gamma": 2, "beta": -1
    },
    "power_loss_gradient": power_loss,
    "power_loss_weight_gradient": power_loss,
    "two_layer_forward": network_forwards,
    "two_layer_backward": network,
    "two_layer_gradients": two_layers,
    "l2_logistic_gradient": logistic,
    "l1_logistic_gradient": logistic,
    "soft_threshold": lambda rng: {"w": grid(rng, 5), "t": 1.5},
    "logistic_loss": lambda rng: labelled(rng),
    "l2_logistic_loss": lambda rng: {**labelled(rng), "w": grid(rng, 3), "lam": 0.2},
    "l1_logistic_loss": lambda rng: {**labelled(rng), "w": grid(rng, 3), "lam": 0.2},
    "cross_entropy": lambda rng: classified(rng),
    "momentum_step": lambda rng: {**moments(rng, "v"), "beta": 0.75},
    "rmsprop_step": lambda rng: {**moments(rng, "s"), "beta": 0.5, "eps": 0},
    "adam_step": lambda rng: {**moments(rng, "m", "v"), "t": size(rng, 1, 3)},
    "weighted_average": lambda rng: {
        "values": grid(rng, 4), "beta": 0.9, "corrected": bool(rng.integers(2))
    },
    "running_average": lambda rng: {
        "old": grid(rng, 3), "new": grid(rng, 3), "momentum": 0.9
    },
    "precision": lambda rng: {"tp": size(rng, 1, 30), "fp": size(rng, 0, 30)},
    "recall": lambda rng: {"tp": size(rng, 1, 30), "fn": size(rng, 0, 30)},
    "f1_score": lambda rng: {
        "tp": size(rng, 1, 30), "fp": size(rng, 0, 30), "fn": size(rng, 0, 30)
    },
    "he_variance": lambda rng: {"n_in": size(rng, 1, 500)},
    "xavier_variance": lambda rng: {
        "n_in": size(rng, 1, 500), "n_out": size(rng, 1, 500) if rng.integers(2) else None
    },
    "iou": lambda rng: {"a": box(rng), "b": box(rng)},
    "non_max_suppression": lambda rng: {
        "boxes": [box(rng) for _ in range(5)], "scores": rng.permutation(9)[:5] / 10,
        "threshold": 0.2,
    },
}  # fmt: skip

OWN: dict[str, Callable[..., Any]] = {
    "broadcast_add": lambda a, b: np.asarray(a) + np.asarray(b),
    "subtract_means": lambda m: m - m.mean(axis=1, keepdims=True),
}


def solved(name: str, given: Arguments) -> Any:
    """Return what a walk has to end in."""
    return (OWN.get(name) or getattr(solver, name))(**given)


def shown(panel: Panel) -> np.ndarray:
    """Return a grid's numbers; nan for what is none."""
    return np.array(
        [[e if isinstance(e, int | float) else np.nan for e in r] for r in panel.rows]
    )


def ends_in(walk: Walk, result: Any) -> bool:
    """Tell whether the end of a walk shows a result, all of it.

    A number ends the last sentence; arrays are the last grids of frames, each matrix
    of a deeper one in a grid of its own.
    """
    if isinstance(result, tuple) and any(np.ndim(one) for one in result):
        return all(ends_in(walk, np.asarray(one)) for one in result)
    value = np.asarray(result)
    if value.ndim == 0 or isinstance(result, tuple):
        # Of several numbers each has a step of its own.
        told = walk.frames if isinstance(result, tuple) else walk.frames[-1:]
        said = [
            word
            for frame in told
            for word in frame.sentence.replace(",", " ").rstrip(".").split()
        ]
        wanted = [value[()]] if value.ndim == 0 else list(value)
        numbers = [float(word) for word in said if NUMBER.fullmatch(word)]
        # Whole numbers are written out; others have four digits.
        room = 0.0 if value.dtype.kind in "iu" else 5e-4
        close = all(
            any(abs(number - one) <= room * abs(one) for number in numbers)
            for one in wanted
        )
        return close or _drawn(walk, value)
    slices = (
        [value]
        if value.ndim <= 2
        else [value[(..., *at)] for at in np.ndindex(*value.shape[2:])]
    )
    return all(_drawn(walk, one) for one in slices)


def ends_with(walk: Walk, places: tuple[int, ...]) -> bool:
    """Tell whether the last sentence lists these places, in this order."""
    end = f": {', '.join(map(str, places))}."
    return walk.frames[-1].sentence.endswith(end)


def _drawn(walk: Walk, value: np.ndarray) -> bool:
    wanted = np.atleast_2d(value).astype(float)
    return any(
        shown(panel).shape == wanted.shape and np.allclose(shown(panel), wanted)
        for frame in walk.frames
        for panel in frame.panels
    )


def test_every_walk_is_tried() -> None:
    """Each walk is named like a solver or has a rule here, and is drawn for."""
    assert WALKS.keys() == DRAWS.keys()
    assert WALKS.keys() - set(solver.__all__) == OWN.keys()


@pytest.mark.parametrize("name", WALKS)
def test_the_end_is_the_solvers_result(name: str) -> None:
    """Over many draws; and the marks lie on their grids, and steps are not too many."""
    for seed in range(12):
        given = DRAWS[name](np.random.default_rng(seed))
        walk = WALKS[name](**given)
        result = solved(name, given)
        if name == "conv_transpose_output_size" and not (
            given["p"] or given["output_padding"]
        ):
            assert f"= {result} " in walk.frames[-1].sentence
        elif name == "batch_norm" and np.ndim(given["z"]) > 2:
            last = np.sort(shown(walk.frames[-1].panels[-1]).ravel())
            assert np.allclose(last, np.sort(result.ravel()))
        elif name == "same_padding_split":
            said = walk.frames[-1].sentence
            assert f"{result[0]} in all, {result[1]} before and {result[2]}" in said
        elif name == "non_max_suppression":
            assert ends_with(walk, result)
            best = walk.frames[0].sentence
            assert best.startswith(f"Box {np.argmax(given['scores'])} ")
            worst = {**given, "scores": -given["scores"]}
            assert not ends_with(walk, solved(name, worst))
        elif name == "same_padding":
            assert f"= {result} cells" in walk.frames[-1].sentence
        else:
            assert ends_in(walk, result), (given, result, sentences(walk))
        assert 1 <= len(walk.frames) <= MOST
        for frame in walk.frames:
            for panel in frame.panels:
                rows, columns = len(panel.rows), len(panel.rows[0])
                assert all(len(row) == columns for row in panel.rows)
                assert all(0 <= r < rows and 0 <= c < columns for r, c in panel.roles)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("conv2d", lambda g: {**g, "w": g["w"][::-1]}, id="flipped"),
        pytest.param("max_pool", lambda g: {**g, "s": g["s"] + 1}, id="stride"),
        pytest.param("softmax", lambda g: {**g, "axis": 1 - g["axis"]}, id="axis"),
        pytest.param("row_means", lambda g: {"m": g["m"].T}, id="transposed"),
        pytest.param("two_layer_forward", lambda g: {
            **g, "X": g["X"] + 1}, id="inputs"),
        pytest.param("two_layer_gradients", lambda g: {
            **g, "Y": 1 - np.array(g["Y"])}, id="labels"),
        pytest.param("l2_logistic_gradient", lambda g: {
            **g, "lam": -g["lam"] + 1}, id="lambda"),
        pytest.param("batch_norm", lambda g: {
            **g, "gamma": -np.abs(g["gamma"]) - 9}, id="gamma"),
        pytest.param("batch_norm_backward", lambda g: {
            **g, "axis": 1 - g["axis"]}, id="feature-axis"),
        pytest.param("sigmoid", lambda g: {"z": -g["z"]}, id="minus"),
        pytest.param("power_loss_gradient", lambda g: {
            **g, "power": 2}, id="power"),
        pytest.param("dropout", lambda g: {**g, "keep_prob": 1.0}, id="unscaled"),
        pytest.param("subtract_means", lambda g: {"m": g["m"][:, ::-1]},
            id="mirrored"),
        pytest.param("softmax_gradient", lambda g: {
            **g, "k": (g["k"] + 1) % 3}, id="class"),
        pytest.param("receptive_field", lambda g: {
            "layers": [(f, s + 1) for f, s in g["layers"] + [(3, 1)]]}, id="strides"),
        pytest.param("nearest_column", lambda g: {
            **g, "X": g["X"][:, ::-1]}, id="reversed"),
        pytest.param("max_pool_backward", lambda g: {
            **g, "dout": -g["dout"]}, id="sign"),
        pytest.param("iou", lambda g: {"a": g["a"], "b": g["a"] + 1}, id="other-box"),
    ],
)  # fmt: skip
def test_a_wrong_walk_is_seen(
    name: str, fault: Callable[[Arguments], Arguments]
) -> None:
    """The check that the tests rely on refuses a walk of something else."""
    missed = 0
    for seed in range(12):
        given = DRAWS[name](np.random.default_rng(seed))
        walk = WALKS[name](**fault(given))
        missed += ends_in(walk, solved(name, given))
    assert missed <= 2


def test_padding_is_drawn_as_padding() -> None:
    """Cells of the padding are marked, and are no numbers."""
    walk = WALKS["conv2d"]([[1, 2], [3, 4]], [[1, 0], [0, 1]], padding=1)
    first = walk.frames[0].panels[0]
    assert len(first.rows) == 4
    assert first.rows[0] == (".",) * 4
    assert {first.roles[0, column] for column in range(4)} == {Role.PADDING}
    assert len(first.roles) == 12


def test_one_convolution_in_words() -> None:
    """The sentences alone are the whole solution."""
    walk = WALKS["conv2d"]([[1, 2, 0], [3, 4, 1]], [[1, 0], [0, -1]], 5)
    assert sentences(walk) == [
        "Convolution with 2×2, stride 1, in 7 steps.",
        "Step 1 of 7: The 2×2 window moves by 1 over the 2×3 input: 1×2 places.",
        "Step 2 of 7: Row 0, column 0 of the output starts with 1·1 = 1.",
        "Step 3 of 7: 2·0 = 0; so far 1.",
        "Step 4 of 7: 3·0 = 0; so far 1.",
        "Step 5 of 7: 4·(-1) = -4; so far -3.",
        "Step 6 of 7: Row 0, column 0 of the output: 1·1 + 2·0 + 3·0 + 4·(-1) = -3;"
        " with the bias 5 it is 2.",
        "Step 7 of 7: Row 0, column 1 of the output: 2·1 + 0·0 + 4·0 + 1·(-1) = 1;"
        " with the bias 5 it is 6.",
    ]


def test_what_overlaps_is_added() -> None:
    """A cell that wins two windows gets both gradients, and that is said."""
    walk = WALKS["max_pool_backward"]([[1, 9, 2]] * 1 + [[3, 4, 5]], [[5, 2]], 2, 1)
    assert walk.frames[-2].sentence == (
        "The gradient 2 of row 0, column 1 goes to the largest of 9, 2, 4, 5: 9 at"
        " row 0, column 1; 2 is added to the 5 there: 7."
    )


def test_a_large_input_goes_row_by_row() -> None:
    """A hundred windows are not a hundred steps."""
    rng = np.random.default_rng(0)
    walk = WALKS["conv2d"](grid(rng, 12, 12), grid(rng, 3, 3))
    assert len(walk.frames) < 40
    assert walk.frames[-1].sentence.startswith("Row 9 of the output: ")
