"""How long the layer solvers take beside scipy and beside a plain loop.

Run it as ``python benchmarks/solvers.py``; ``--quick`` leaves out the large images.
Every route's result is compared first, then each is timed on one thread and the best of
several runs is shown, with ratios: how many times as long the other route took in the
same run.  A plain loop over a large image computes a few output rows only and is scaled
up to all of them; such numbers are marked with ~.  `conv2d_backward` also finds dw and
db, which the other two do not.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

# On one thread, like scipy and the loop: a pool of threads on a busy machine waits for
# its slowest member, and the table would show the neighbours' load.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402
import scipy  # noqa: E402
from scipy import ndimage, signal  # noqa: E402

from drill import solver  # noqa: E402

Array = np.ndarray[Any, Any]
LOOP_STEPS = 40_000


@dataclass(frozen=True)
class Race:
    """One pass over one image: the solver, scipy's way if there is one, the loop.

    Attributes
    ----------
    loop : callable
        Computes the first `rows` rows of windows with Python loops.
    rows : int
        How many rows of windows there are in all.
    cost : int
        Innermost steps of the loop in one row.
    """

    name: str
    size: str
    drill: Callable[[], Array]
    scipy: Callable[[], Array] | None
    loop: Callable[[int], Array]
    rows: int
    cost: int


def loop_windows(x: Array, f: int, s: int, rows: int) -> Iterator[tuple[int, int]]:
    """Give the place of each window in the first rows."""
    for row in range(rows):
        for column in range((x.shape[1] - f) // s + 1):
            yield row, column


def plain_conv2d(x: Array, w: Array, rows: int) -> Array:
    """Six loops: place, filter, tap and channel."""
    f, _, channels, filters = w.shape
    out = np.zeros((rows, x.shape[1] - f + 1, filters))
    for row, column in loop_windows(x, f, 1, rows):
        for k in range(filters):
            total = 0.0
            for i in range(f):
                for j in range(f):
                    for c in range(channels):
                        total += x[row + i, column + j, c] * w[i, j, c, k]
            out[row, column, k] = total
    return out


def plain_conv2d_dx(x: Array, w: Array, dout: Array, rows: int) -> Array:
    """The same loops, giving each tap's share back to the input."""
    f, _, channels, filters = w.shape
    dx = np.zeros(x.shape)
    for row, column in loop_windows(x, f, 1, rows):
        for k in range(filters):
            for i in range(f):
                for j in range(f):
                    for c in range(channels):
                        dx[row + i, column + j, c] += (
                            dout[row, column, k] * w[i, j, c, k]
                        )
    return dx


def plain_max_pool(x: Array, f: int, s: int, rows: int) -> Array:
    """A loop over windows, channels and cells."""
    out = np.zeros((rows, (x.shape[1] - f) // s + 1, x.shape[2]))
    for row, column in loop_windows(x, f, s, rows):
        for c in range(x.shape[2]):
            out[row, column, c] = max(
                x[row * s + i, column * s + j, c] for i in range(f) for j in range(f)
            )
    return out


def plain_average_pool(x: Array, f: int, s: int, rows: int) -> Array:
    """A loop over windows, channels and cells."""
    out = np.zeros((rows, (x.shape[1] - f) // s + 1, x.shape[2]))
    for row, column in loop_windows(x, f, s, rows):
        for c in range(x.shape[2]):
            out[row, column, c] = (
                sum(
                    x[row * s + i, column * s + j, c]
                    for i in range(f)
                    for j in range(f)
                )
                / f**2
            )
    return out


def plain_max_pool_dx(x: Array, dout: Array, f: int, s: int, rows: int) -> Array:
    """A loop that looks for each window's maximum."""
    dx = np.zeros(x.shape)
    for row, column in loop_windows(x, f, s, rows):
        for c in range(x.shape[2]):
            best, at = -np.inf, (0, 0)
            for i in range(row * s, row * s + f):
                for j in range(column * s, column * s + f):
                    if x[i, j, c] > best:
                        best, at = x[i, j, c], (i, j)
            dx[at[0], at[1], c] += dout[row, column, c]
    return dx


def plain_average_pool_dx(x: Array, dout: Array, f: int, s: int, rows: int) -> Array:
    """A loop that shares each window's gradient out."""
    dx = np.zeros(x.shape)
    for row, column in loop_windows(x, f, s, rows):
        for c in range(x.shape[2]):
            for i in range(row * s, row * s + f):
                for j in range(column * s, column * s + f):
                    dx[i, j, c] += dout[row, column, c] / f**2
    return dx


def scipy_conv2d(x: Array, w: Array) -> Array:
    """Correlate each channel with each filter's slice, and add the channels up."""
    return np.stack(
        [
            sum(
                signal.correlate2d(x[..., c], w[..., c, k], mode="valid")
                for c in range(x.shape[2])
            )
            for k in range(w.shape[3])
        ],
        axis=-1,
    )


def scipy_conv2d_dx(w: Array, dout: Array) -> Array:
    """Convolve the gradient in full with each slice, and add the filters up."""
    return np.stack(
        [
            sum(
                signal.convolve2d(dout[..., k], w[..., c, k], mode="full")
                for k in range(w.shape[3])
            )
            for c in range(w.shape[2])
        ],
        axis=-1,
    )


def scipy_pool(kind: Callable[..., Array], x: Array, f: int, s: int) -> Array:
    """Filter at every cell, then keep the cells that a stride visits."""
    full = kind(x, size=(f, f, 1), mode="nearest")
    rows, columns = ((size - f) // s + 1 for size in x.shape[:2])
    start = f // 2
    return full[
        start : start + (rows - 1) * s + 1 : s,
        start : start + (columns - 1) * s + 1 : s,
    ]


def races(side: int, channels: int, filters: int) -> Iterator[Race]:
    """Give every pass over one image size."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(side, side, channels))
    for f in (3, 5):
        w = rng.normal(size=(f, f, channels, filters))
        dout = rng.normal(size=(side - f + 1, side - f + 1, filters))
        size = f"{side}×{side}×{channels}, {filters} of {f}×{f}"
        rows, cost = side - f + 1, (side - f + 1) * filters * f * f * channels
        yield Race(
            "conv2d",
            size,
            lambda w=w: solver.conv2d(x, w),
            lambda w=w: scipy_conv2d(x, w),
            lambda n, w=w: plain_conv2d(x, w, n),
            rows,
            cost,
        )
        yield Race(
            "conv2d_backward, dx",
            size,
            lambda w=w, dout=dout: solver.conv2d_backward(x, w, dout)[0],
            lambda w=w, dout=dout: scipy_conv2d_dx(w, dout),
            lambda n, w=w, dout=dout: plain_conv2d_dx(x, w, dout, n),
            rows,
            cost,
        )
    f, s = 2, 2
    dout = rng.normal(size=(side // 2, side // 2, channels))
    size = f"{side}×{side}×{channels}, 2×2 by 2"
    rows, cost = side // 2, side // 2 * channels * f * f
    yield Race(
        "max_pool",
        size,
        lambda: solver.max_pool(x, f, s),
        lambda: scipy_pool(ndimage.maximum_filter, x, f, s),
        lambda n: plain_max_pool(x, f, s, n),
        rows,
        cost,
    )
    yield Race(
        "average_pool",
        size,
        lambda: solver.average_pool(x, f, s),
        lambda: scipy_pool(ndimage.uniform_filter, x, f, s),
        lambda n: plain_average_pool(x, f, s, n),
        rows,
        cost,
    )
    yield Race(
        "max_pool_backward",
        size,
        lambda: solver.max_pool_backward(x, dout, f, s),
        None,
        lambda n: plain_max_pool_dx(x, dout, f, s, n),
        rows,
        cost,
    )
    yield Race(
        "average_pool_backward",
        size,
        lambda: solver.average_pool_backward(x.shape, dout, f, s),
        None,
        lambda n: plain_average_pool_dx(x, dout, f, s, n),
        rows,
        cost,
    )


def best(call: Callable[[], object], repeats: int) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def check(race: Race, rows: int) -> None:
    """Stop when two routes disagree: a fast wrong answer is no result."""
    ours = race.drill()
    # Backwards, too, the first rows are complete: later windows do not reach them.
    np.testing.assert_allclose(
        ours[:rows], race.loop(rows)[:rows], rtol=1e-9, atol=1e-9
    )
    if race.scipy is not None:
        np.testing.assert_allclose(ours, race.scipy(), rtol=1e-9, atol=1e-9)


def line(race: Race, repeats: int) -> str:
    """Run one race and write its row of the table."""
    rows = max(1, min(race.rows, LOOP_STEPS // race.cost))
    check(race, rows)
    ours = best(race.drill, repeats)
    theirs = best(race.scipy, repeats) if race.scipy else None
    loop = best(lambda: race.loop(rows), 2) * race.rows / rows
    about = "" if rows == race.rows else "~"
    return (
        f"{race.name:<22} {race.size:<24} {ours * 1e3:>9.3f} "
        f"{'' if theirs is None else f'{theirs / ours:.1f}':>7} "
        f"{f'{about}{loop / ours:,.0f}':>9}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small images only")
    quick = parser.parse_args().quick
    print(
        f"Python {platform.python_version()}, numpy {np.__version__},"
        f" scipy {scipy.__version__}"
    )
    print(f"{'pass':<22} {'size':<24} {'drill ms':>9} {'scipy ×':>7} {'loop ×':>9}")
    for side, channels, filters in [(28, 1, 4)] + [(224, 3, 8)] * (not quick):
        for race in races(side, channels, filters):
            print(line(race, 5 if quick else 15))
            sys.stdout.flush()
    print("× is how many times as long it takes; ~ is scaled up from fewer rows.")


if __name__ == "__main__":
    main()
