"""Reading answers: our .npy reader against numpy's, and typed matrices.

Usage: python benchmarks/readers.py [--files N]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from drill.answer import read_file, read_text


def per_call(action: Callable[[], object], calls: int, rounds: int = 7) -> float:
    """Return the median time of one call in microseconds, over several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) / calls)
    return statistics.median(times) * 1e6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    count = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{place}.npy" for place in range(count)]
        for place, path in enumerate(paths):
            np.save(path, np.arange(6.0).reshape(2, 3) + place)
        ours = per_call(lambda: [read_file(path) for path in paths], count)
        theirs = per_call(
            lambda: [np.load(path, allow_pickle=False) for path in paths], count
        )
    print(f".npy   ours {ours:6.1f} us   numpy {theirs:6.1f} us   {theirs / ours:.1f}x")
    matrix = np.arange(16).reshape(4, 4)
    for name, text in (("repr", repr(matrix)), ("print", str(matrix))):
        typed = per_call(lambda text=text: read_text(text, "array"), 1, 500)
        print(f"4 x 4 {name:6} {typed:6.1f} us")


if __name__ == "__main__":
    main()
