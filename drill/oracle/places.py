"""Sizes by looking: put the window down, move it, and count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count


def count_windows(n: int, f: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """Count the places of a filter whose every tap lies on the padded input.

    Examples
    --------
    >>> count_windows(6, 3), count_windows(6, 3, 1), count_windows(7, 3, 0, 2)
    (4, 6, 3)
    """
    board = set(range(-p, n + p))
    found = 0
    for start in range(-p, n + p, s):
        if all(start + tap * d in board for tap in range(f)):
            found += 1
    return found


def count_pool_windows(n: int, f: int, s: int, p: int = 0, ceil: bool = False) -> int:
    """Count the windows of a pooling layer.

    With `ceil`, a window that hangs over the end counts when it starts on the
    input or before it, and when the window before it left cells over.

    Examples
    --------
    >>> count_pool_windows(5, 2, 2), count_pool_windows(5, 2, 2, ceil=True)
    (2, 3)
    """
    found, start, covered = 0, -p, -p
    while start < n + p:
        whole = start + f <= n + p
        partial = ceil and start < n and covered < n + p
        if not whole and not partial:
            break
        found, start, covered = found + 1, start + s, start + f
    return found


def count_same_windows(n: int, s: int) -> int:
    """Count the multiples of the stride that lie on the input.

    Examples
    --------
    >>> count_same_windows(7, 2)
    4
    """
    return sum(1 for cell in range(n) if cell % s == 0)


def count_transposed_cells(
    n: int, f: int, p: int = 0, s: int = 1, output_padding: int = 0, d: int = 1
) -> int:
    """Paint what each input cell paints, then cut the padding and count.

    Examples
    --------
    >>> count_transposed_cells(14, 7, 3, 16), count_transposed_cells(4, 4, 1, 2)
    (209, 8)
    """
    last = 0
    for cell in range(n):
        for tap in range(f):
            last = max(last, cell * s + tap * d)
    canvas = list(range(last + 1 + output_padding))
    return len(canvas[p : len(canvas) - p])


def count_unread_cells(n: int, f: int, p: int = 0, s: int = 1) -> int:
    """Count the cells of the padded input behind the last window.

    Examples
    --------
    >>> count_unread_cells(8, 3, 0, 2), count_unread_cells(7, 3, 0, 2)
    (1, 0)
    """
    last = max(start + f for start in range(0, n + 2 * p - f + 1, s))
    return sum(1 for cell in range(n + 2 * p) if cell >= last)


def count_layers_until(n: int, f: int, side: int) -> int:
    """Stack valid convolutions until the output is at most `side` wide.

    Examples
    --------
    >>> count_layers_until(32, 5, 10)
    6
    """
    layers = 0
    while n > side:
        n = count_windows(n, f)
        layers += 1
    return layers


def count_span(f: int, d: int = 1) -> int:
    """Count the cells from a dilated filter's first tap to its last.

    Examples
    --------
    >>> count_span(3, 2)
    5
    """
    taps = [tap * d for tap in range(f)]
    return len(range(taps[0], taps[-1] + 1))


def trace_cells(
    place: int, n: int, f: int, p: int = 0, s: int = 1, d: int = 1
) -> tuple[int, ...]:
    """Input cells, along one side, that output cell `place` reads; no padding.

    Examples
    --------
    >>> trace_cells(0, 5, 3, p=1), trace_cells(2, 9, 3, s=2)
    ((0, 1), (4, 5, 6))
    """
    touched = (place * s - p + tap * d for tap in range(f))
    return tuple(cell for cell in touched if cell in range(n))


def trace_receptive_field(layers: Iterable[Sequence[int]]) -> int:
    """Follow one output cell back to the input, layer by layer, and span it.

    Examples
    --------
    >>> trace_receptive_field([(3, 1), (3, 1)]), trace_receptive_field([(7, 2), (3, 2)])
    (5, 11)
    """
    reached = {0}
    for f, s in reversed([tuple(layer) for layer in layers]):
        reached = {cell * int(s) + tap for cell in reached for tap in range(int(f))}
    return int(max(reached) - min(reached) + 1)


def search_same_padding(f: int) -> int:
    """Try paddings until an input keeps its size at stride 1; −1 when none does.

    Examples
    --------
    >>> search_same_padding(5), search_same_padding(4)
    (2, -1)
    """
    n = 3 * f
    for p in range(f + 1):
        if count_windows(n, f, p) == n:
            return p
    return -1


def split_same_padding(n: int, f: int, s: int = 1) -> tuple[int, int, int]:
    """Add cells after and before in turn until "same" has enough room.

    Examples
    --------
    >>> split_same_padding(224, 7, 2)
    (5, 2, 3)
    """
    wanted, before, after = count_same_windows(n, s), 0, 0
    while len(range(0, n + before + after - f + 1, s)) < wanted:
        if after > before:
            before += 1
        else:
            after += 1
    return before + after, before, after


def search_inputs(out: int, f: int, p: int = 0, s: int = 1) -> tuple[int, ...]:
    """Every input side whose output has side `out`.

    Examples
    --------
    >>> search_inputs(3, 3, 0, 2)
    (7, 8)
    """
    found: list[int] = []
    for n in count(1):
        side = count_windows(n, f, p, s)
        if side > out:
            return tuple(found)
        if side == out:
            found.append(n)
    raise AssertionError("unreachable: sides grow without bound")


def search_filters(n: int, out: int, p: int = 0, s: int = 1) -> tuple[int, ...]:
    """Every filter side that turns side `n` into side `out`.

    Examples
    --------
    >>> search_filters(7, 3, 0, 2)
    (2, 3)
    """
    sides = range(1, n + 2 * p + 1)
    return tuple(f for f in sides if count_windows(n, f, p, s) == out)


def search_strides(n: int, f: int, out: int, p: int = 0) -> tuple[int, ...]:
    """Every stride, up to the padded side, that turns side `n` into side `out`.

    Examples
    --------
    >>> search_strides(7, 3, 3), search_strides(7, 3, 2)
    ((2,), (3, 4))
    """
    strides = range(1, n + 2 * p + 1)
    return tuple(s for s in strides if count_windows(n, f, p, s) == out)
