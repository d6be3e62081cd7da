"""What the reference functions cost, from their arguments alone.

A bank may come from anybody, and the second route counts in plain Python: without a
price, ``count_windows(10**9, 3)`` would count for minutes.  A rule has the parameters
of the function that it prices and returns steps; the language refuses what is too
dear before anything is computed.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from drill.errors import SolverError

Rule: TypeAlias = Callable[..., float]
Price: TypeAlias = Callable[..., tuple[int, int]]

# What one step of plain Python, and one cell in numpy, is charged.
PYTHON = 20
NUMPY = 10
_POSITIVE = frozenset({"f", "s", "d", "stride", "every"})
_SHARES = frozenset({"error", "share"})


def cells(value: Any) -> int:
    """Return how many cells an argument brings.

    Examples
    --------
    >>> cells(np.zeros((2, 3))), cells((4, 5)), cells(7), cells("tanh")
    (6, 2, 1, 1)
    """
    if isinstance(value, np.ndarray):
        return max(1, value.size)
    return max(1, sum(map(cells, value))) if isinstance(value, tuple | list) else 1


def room(shape: Any) -> float:
    """Return how many cells an array of that shape would have.

    Examples
    --------
    >>> room((4, 5))
    20.0
    """
    return math.prod(max(1.0, abs(float(size))) for size in shape)


def _extents(arguments: Mapping[str, Any]) -> list[float]:
    """Return the cells of each argument; a number counts as that many."""
    return [
        max(1.0, abs(value)) if isinstance(value, int | float) else float(cells(value))
        for value in arguments.values()
    ]


def _looped(**arguments: Any) -> float:
    """Price loops inside loops, and pairs of cells."""
    together = sum(cells(value) for value in arguments.values())
    return max(math.prod(_extents(arguments)), together**2)


def _cubed(**arguments: Any) -> float:
    """Price sums of powers that are exact: each term is longer than the last."""
    return 10 * sum(_extents(arguments)) ** 3


def _vectorised(**arguments: Any) -> float:
    """Price numpy at work: arrays that broadcast may meet cell by cell."""
    shapes = {v.shape: v.size for v in arguments.values() if isinstance(v, np.ndarray)}
    largest = sorted(shapes.values())[-2:]
    total = sum(cells(value) for value in arguments.values())
    return float(total + math.prod(largest))


def _framed(x: Any, p: int) -> float:
    """Count the cells of an image with its padding."""
    return room(side + 2 * abs(p) for side in np.shape(x))


def _laid(x: Any, w: Any, stride: int) -> float:
    """Count the cells of an image whose own lie so far apart."""
    shape, window = np.shape(x)[:2], np.shape(w)
    return room(abs(stride) * side + max(window, default=1) for side in shape) * (
        window[-1] if len(window) == 4 else 1
    )


def _traced(layers: Any) -> float:
    steps, reached, span = 1.0, 1.0, 1.0
    for layer in layers:
        f, s = (float(abs(size)) for size in layer)
        steps += reached * f
        span = span * s + f
        reached = min(reached * f, span)
    return steps


def _inputs(out: int, f: int, p: int, s: int) -> float:
    largest = out * s + f + 1
    return float(largest * (largest + 2 * p) * f)


def _filters(n: int, out: int, p: int, s: int) -> float:
    side = float(n + 2 * p)
    return side**3 / (3 * s) + side**2


def _layers(n: int, f: int, side: int) -> float:
    # A filter of one cell never makes the image smaller.
    return math.inf if f < 2 and n > side else 2.0 * n * n


def _dev_set(error: float, share: float) -> float:
    return 1_000 + abs(error) * (100 + abs(share))


def _masks(a: Any, keep_prob: float, scaled: bool) -> float:
    return 5.0 * cells(a) * 2.0 ** min(cells(a), 64)


def _adam(**arguments: Any) -> float:
    taken = {key: arguments[key] for key in ("w", "gradients", "t")}
    return _cubed(**taken)


COUNTING: Mapping[str, Rule] = {
    "count_combinations": lambda sizes: sum(map(abs, sizes)),
    "count_error_after_fix": _dev_set,
    "count_f1": lambda tp, fp, fn: tp + fp + fn,
    "count_flops": lambda h_out, w_out, f, c_in, c_out, bias: (
        h_out * w_out * (1 + bias * c_out) + c_out * f * f
    ),
    "count_layers_until": _layers,
    "count_macs": lambda h_out, w_out, f, c_in, c_out: h_out * w_out + c_out * f * f,
    "count_points_gained": _dev_set,
    "count_pool_windows": lambda n, f, s, p, ceil: n + 2 * p,
    "count_positive_labels": lambda steps, ends, ones: steps + len(ends) * ones,
    "count_precision": lambda tp, fp: tp + fp,
    "count_recall": lambda tp, fn: tp + fn,
    "count_same_windows": lambda n, s: n,
    "count_span": lambda f, d: f,
    "count_subnetworks": lambda units: units**2,
    "count_transposed_cells": lambda n, f, p, s, output_padding, d: (
        n * f + n * s + f * d + output_padding
    ),
    "count_unread_cells": lambda n, f, p, s: n + 2 * p,
    "count_columns": lambda h, w, c, f, stride, padding: (
        f * f * c + h + w + 4 * padding
    ),
    "enumerate_grouped_params": lambda f, c_in, c_out, groups, bias: (
        c_in * c_out + f * f
    ),
    "turn_positions": lambda length, d: length * d,
    "count_windows": lambda n, f, p, s, d: (n + 2 * p) * f,
    "enumerate_batch_norm_params": lambda channels, running: 4 * channels,
    "enumerate_conv_params": lambda f, c_in, c_out, bias: c_out * f * f,
    "enumerate_dense_params": lambda n_in, n_out, bias: n_out,
    "enumerate_separable_params": lambda f, c_in, c_out, bias: c_in * f * f + c_out,
    "loop_uniform_loss": lambda k: k,
    "multiply_layers": lambda factor, layers: layers**2,
    "search_filters": _filters,
    "search_inputs": _inputs,
    "search_same_padding": lambda f: 5 * f**3,
    "search_strides": lambda n, f, out, p: (n + 2 * p) * (n + 2 * p + 8 * f),
    "split_same_padding": lambda n, f, s: n + f + s,
    "sum_he_variance": lambda n_in: 10 * n_in,
    "sum_xavier_variance": lambda n_in, n_out: 10 * (n_in + (n_out or 0)),
    "trace_cells": lambda place, n, f, p, s, d: f,
    "trace_receptive_field": _traced,
    "unroll_inverse_decay": lambda lr0, rate, epoch: 10 * epoch,
    "unroll_power_decay": lambda lr0, factor, epoch, every: (
        epoch + (epoch // every) ** 2
    ),
}
LOOPING: Mapping[str, Rule] = {
    "difference_batch_norm": lambda dout, z, gamma, eps, axis: float(cells(z)) ** 3,
    "difference_conv2d": lambda x, w, dout, stride, padding: (
        (cells(x) + cells(w)) * _framed(x, padding) * cells(w)
    ),
    "expect_dropout": _masks,
    "lay_down": lambda x, w, stride, padding: cells(x) * cells(w) + _laid(x, w, stride),
    "loop_average_pool": lambda x, f, s, p, counted: _framed(x, p) * f * f,
    "loop_average_pool_backward": lambda shape, dout, f, s: room(shape) * f * f,
    "loop_broadcast_shape": lambda a, b: len(a) + len(b),
    "loop_broadcasts": lambda a, b: len(a) + len(b),
    "loop_conv2d": lambda x, w, b, stride, padding: _framed(x, padding) * cells(w),
    "loop_max_pool": lambda x, f, s, p: _framed(x, p) * f * f,
    "loop_sum_shape": lambda shape, axis, keepdims: room(shape),
    "search_separation": lambda points, labels: float(cells(points)) ** 3,
    "spread_dropout": _masks,
    "sum_adam": _adam,
    "sum_momentum": lambda w, v, gradients, lr, beta: _cubed(w=w, g=gradients),
    "sum_rmsprop": lambda w, s, gradients, lr, beta, eps: _cubed(w=w, g=gradients),
    "sum_weighted_average": lambda values, beta, corrected: _cubed(v=values),
}
WIDE: Mapping[str, Rule] = {
    "attention": lambda Q, K, V, mask: (
        cells(Q) * cells(K) + cells(V) * (cells(Q) + cells(K))
    ),
    "average_pool": lambda x, f, s: cells(x) * f * f,
    "average_pool_backward": lambda shape, dout, f, s: room(shape) * f * f,
    "average_pool_padded": lambda x, f, s, p, counted: _framed(x, p) * f * f,
    "broadcast_shape": lambda a, b: len(a) + len(b),
    "broadcasts": lambda a, b: len(a) + len(b),
    "conv2d": lambda x, w, b, stride, padding: _framed(x, padding) * cells(w),
    "conv_transpose2d": lambda x, w, stride, padding: (
        cells(x) * cells(w) + _laid(x, w, stride)
    ),
    "gram_matrix": lambda A: float(cells(A)) ** 2,
    "non_max_suppression": lambda boxes, scores, threshold: 9.0 * cells(boxes) ** 2,
    "positional_encoding": lambda length, d: float(abs(length)) * abs(d),
    "conv2d_backward": lambda x, w, dout, stride, padding: (
        3 * _framed(x, padding) * cells(w)
    ),
    "linearly_separable": lambda points, labels: float(cells(points)) ** 3,
    "max_pool": lambda x, f, s: cells(x) * f * f,
    "max_pool_backward": lambda x, dout, f, s: cells(x) * f * f,
    "max_pool_mask": lambda x, f, s: cells(x) * f * f,
    "max_pool_padded": lambda x, f, s, p: _framed(x, p) * f * f,
    "receptive_field": lambda layers: 1.0 + len(layers),
}


def second_route_price(name: str, call: Callable[..., Any]) -> Price:
    """Return the price of a function of `drill.oracle`.

    Its whole numbers are counts, so none may be negative, and no window or stride 0:
    a loop that gets nowhere would never end.
    """
    rule = COUNTING.get(name) or LOOPING.get(name) or _looped
    bind, whole = _binder(call), _whole(call)

    def price(*values: Any, **named: Any) -> tuple[int, int]:
        arguments = bind(values, named)
        for key in whole:
            _check_count(key, arguments[key])
        return _priced(PYTHON, rule, arguments)

    return price


def solver_price(name: str, call: Callable[..., Any]) -> Price:
    """Return the price of a function of `drill.solver`."""
    parameters = inspect.signature(call).parameters
    if len(_whole(call)) == len(parameters) and name not in WIDE:
        return lambda *_, **__: (1, NUMPY)
    rule, bind = WIDE.get(name, _vectorised), _binder(call)

    def price(*values: Any, **named: Any) -> tuple[int, int]:
        return _priced(NUMPY, rule, bind(values, named))

    return price


def _whole(call: Callable[..., Any]) -> list[str]:
    """Return the parameters that are whole numbers."""
    parameters = inspect.signature(call).parameters.values()
    return [one.name for one in parameters if one.annotation in ("int", "int | None")]


def _binder(
    call: Callable[..., Any],
) -> Callable[[tuple[Any, ...], Mapping[str, Any]], dict[str, Any]]:
    """Return a function that gives every argument to its parameter.

    The language has seen to it that they fit; `inspect` would check that again, in
    more time than most of the functions take.
    """
    parameters = inspect.signature(call).parameters
    rest = [key for key, one in parameters.items() if one.kind is one.VAR_POSITIONAL]
    if rest:
        return lambda values, named: {rest[0]: values}
    names = list(parameters)
    defaults = {
        key: one.default for key, one in parameters.items() if one.default != one.empty
    }

    def bind(values: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        return {**defaults, **dict(zip(names, values, strict=False)), **named}

    return bind


def _priced(weight: int, rule: Rule, arguments: Mapping[str, Any]) -> tuple[int, int]:
    steps = weight * rule(**arguments)
    return 1, int(min(steps, 1e18)) + 1


def _check_count(name: str, value: Any) -> None:
    if type(value) is int:
        if value < (name in _POSITIVE):
            raise SolverError(f"{name} must not be {value}")
    elif isinstance(value, tuple):
        for number in value:
            _check_count(name, number)
    elif value is not None and not (isinstance(value, float) and name in _SHARES):
        raise SolverError(f"{name} must be a whole number, not {value!r:.40}")
