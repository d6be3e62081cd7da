"""What reading a typed answer costs, against Python's own literal parser.

Usage: python benchmarks/answers.py [--repeat N]
"""

from __future__ import annotations

import argparse
import ast
import statistics
import time
from collections.abc import Callable

from drill.answer import read_text

ANSWERS = (
    ("0.333", "number", "0.333"),
    ("(46+12-11)//2+1", "number", "24"),
    ("[[1, 2], [3, 4]]", "array", "[[1, 2], [3, 4]]"),
    ("1 2; 3 4", "array", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "array", "[[1, 2], [3, 4]]"),
    ("[[1, 2*1], [9/3, 4]]", "array", "[[1, 2], [3, 4]]"),
    (str([[0.25] * 30] * 30), "array", str([[0.25] * 30] * 30)),
)


def median(repeat: int, action: Callable[[], object]) -> float:
    """Return the median time of `action` in microseconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def main() -> None:
    """Print a row for each answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=500)
    repeat = parser.parse_args().repeat
    print(f"{'answer':40} {'drill':>9} {'literal':>9} {'ratio':>7}")
    for text, kind, plain in ANSWERS:
        ours = median(repeat, lambda t=text, k=kind: read_text(t, k))
        floor = median(repeat, lambda p=plain: ast.literal_eval(p))
        print(f"{text[:40]:40} {ours:7.0f}us {floor:7.0f}us {ours / floor:7.1f}")


if __name__ == "__main__":
    main()
