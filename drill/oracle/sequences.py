"""Steps through time and attention, number by number."""

from __future__ import annotations

import math

import numpy as np

from drill.oracle.cells import Array, ArrayLike, vector

Row = list[float]


def loop_rnn(
    x: ArrayLike, h0: ArrayLike, Wx: ArrayLike, Wh: ArrayLike, b: ArrayLike
) -> Array:
    """Go through the steps, and through the units of each.

    Examples
    --------
    >>> loop_rnn([[0.0]], [0.0], [[1.0]], [[1.0]], [0.0]).tolist()
    [[0.0]]
    """
    weights, again, bias = _rows(Wx), _rows(Wh), _row(b)
    state, states = _row(h0), []
    for step in _rows(x):
        state = [
            math.tanh(math.fsum([*_products(u, step), *_products(v, state), shift]))
            for u, v, shift in zip(weights, again, bias, strict=True)
        ]
        states.append(state)
    return np.array(states)


def loop_lstm(
    x: ArrayLike,
    h: ArrayLike,
    c: ArrayLike,
    Wx: ArrayLike,
    Wh: ArrayLike,
    b: ArrayLike,
) -> tuple[Array, Array]:
    """Work every unit out by itself, gate by gate.

    Examples
    --------
    >>> zero = [[0.0]] * 4
    >>> [part.tolist() for part in loop_lstm([1], [0], [2], zero, zero, [0] * 4)]
    [[0.3807970779778824], [1.0]]
    """
    step, state, cell = _row(x), _row(h), _row(c)
    size = len(state)
    sums = _sums(_rows(Wx), step, _rows(Wh), state, _row(b))
    states, cells = [], []
    for unit in range(size):
        i, f, g, o = (sums[gate * size + unit] for gate in range(4))
        kept = cell[unit] / (1 + math.exp(-f)) + math.tanh(g) / (1 + math.exp(-i))
        cells.append(kept)
        states.append(math.tanh(kept) / (1 + math.exp(-o)))
    return np.array(states), np.array(cells)


def loop_gru(
    x: ArrayLike, h: ArrayLike, Wx: ArrayLike, Wh: ArrayLike, b: ArrayLike
) -> Array:
    """Work every unit out by itself: what it keeps, and what it takes.

    Examples
    --------
    >>> loop_gru([1], [0.5], [[0.0]] * 3, [[0.0]] * 3, [0.0] * 3).tolist()
    [0.25]
    """
    step, state = _row(x), _row(h)
    size = len(state)
    weights, again, bias = _rows(Wx), _rows(Wh), _row(b)
    found = []
    for unit in range(size):
        rows = [unit, size + unit, 2 * size + unit]
        into = [math.fsum([*_products(weights[r], step), bias[r]]) for r in rows]
        back = [math.fsum(_products(again[r], state)) for r in rows]
        reset = 1 / (1 + math.exp(-into[0] - back[0]))
        kept = 1 / (1 + math.exp(-into[1] - back[1]))
        fresh = math.tanh(into[2] + reset * back[2])
        found.append(fresh + kept * (state[unit] - fresh))
    return np.array(found)


def loop_clip(g: ArrayLike, limit: float) -> Array:
    """Divide by how many limits long it is, if that is more than one.

    Examples
    --------
    >>> loop_clip([3.0, 4.0], 5).tolist()
    [3.0, 4.0]
    """
    flat = _row(g)
    length = math.hypot(*flat)
    times = max(1.0, length / limit) if limit else math.inf
    return np.array([one / times for one in flat]).reshape(np.asarray(g).shape)


def loop_attention(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, mask: ArrayLike | None = None
) -> Array:
    """Ask the keys one query at a time.

    Examples
    --------
    >>> loop_attention([[1.0]], [[1.0], [1.0]], [[2.0], [4.0]]).tolist()
    [[3.0]]
    """
    keys, values = _rows(K), _rows(V)
    seen = None if mask is None else np.asarray(mask).tolist()
    rows = []
    for number, query in enumerate(_rows(Q)):
        weights = [
            math.exp(math.fsum(_products(query, key)) / math.sqrt(len(query)))
            if seen is None or seen[number][place]
            else 0.0
            for place, key in enumerate(keys)
        ]
        whole = math.fsum(weights)
        rows.append(
            [
                math.fsum(
                    w * value[k] for w, value in zip(weights, values, strict=True)
                )
                / whole
                for k in range(len(values[0]))
            ]
        )
    return np.array(rows)


def turn_positions(length: int, d: int) -> Array:
    """Turn a hand by the same angle again for every position, a hand a pair.

    Examples
    --------
    >>> turn_positions(1, 4).tolist()
    [[0.0, 1.0, 0.0, 1.0]]
    """
    rows = []
    for position in range(length):
        row: Row = []
        for pair in range((d + 1) // 2):
            angle = position * math.exp(-math.log(10_000) * 2 * pair / d)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row[:d])
    return np.array(rows)


def loop_layer_norm(
    x: ArrayLike, gamma: ArrayLike = 1.0, beta: ArrayLike = 0.0, eps: float = 0.0
) -> Array:
    """Normalise row by row, the variance from the squares of all pairs.

    Examples
    --------
    >>> loop_layer_norm([-1.0, 1.0]).tolist()
    [-1.0, 1.0]
    """
    table = np.asarray(x, dtype=float)
    size = table.shape[-1]
    scale, shift = (_spread(value, size) for value in (gamma, beta))
    rows = []
    for row in table.reshape(-1, size).tolist():
        mean = math.fsum(row) / size
        pairs = math.fsum((a - b) ** 2 for a in row for b in row)
        root = math.sqrt(pairs / (2 * size * size) + eps)
        rows.append(
            [
                g * (one - mean) / root + s
                for one, g, s in zip(row, scale, shift, strict=True)
            ]
        )
    return np.array(rows).reshape(table.shape)


def _row(value: ArrayLike) -> Row:
    return [float(one) for one in vector(value)]


def _rows(value: ArrayLike) -> list[Row]:
    return [[float(one) for one in row] for row in np.asarray(value).tolist()]


def _spread(value: ArrayLike, size: int) -> Row:
    found = _row(value)
    return found * size if len(found) == 1 else found


def _products(a: Row, b: Row) -> Row:
    return [one * other for one, other in zip(a, b, strict=True)]


def _sums(
    weights: list[Row], step: Row, again: list[Row], state: Row, bias: Row
) -> Row:
    return [
        math.fsum([*_products(u, step), *_products(v, state), shift])
        for u, v, shift in zip(weights, again, bias, strict=True)
    ]
