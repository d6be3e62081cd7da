"""What grading a program costs, against the bare numpy calls in the same run.

Usage: python benchmarks/expressions.py [--repeat N]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np

import drill
from drill.answer import read_program
from drill.grading import inputs, judge
from drill.language import LEARNER, parse, run
from drill.sandbox import Worker

ANSWERS: dict[tuple[str, str], tuple[str, Callable[..., object]]] = {
    ("broadcasting", "mean-per-row-code"): (
        "row_mu = np.sum(M, axis=1) / M.shape[1]",
        lambda M: np.sum(M, axis=1) / M.shape[1],
    ),
    ("broadcasting", "nearest-column-code"): (
        "np.argmin(np.sum(np.square(X - V), axis=0))",
        lambda X, V: np.argmin(np.sum(np.square(X - V), axis=0)),
    ),
    ("softmax", "softmax-code"): (
        "e = np.exp(M)\nsmx = e / np.sum(e, axis=0)",
        lambda M: np.exp(M) / np.sum(np.exp(M), axis=0),
    ),
    ("backprop", "backprop-x-code"): (
        "(1.5 * np.sqrt(ypred - y) @ W.T) * (1 - np.tanh(x)**2)",
        lambda x, W, ypred, y: (1.5 * np.sqrt(ypred - y) @ W.T) * (1 - np.tanh(x) ** 2),
    ),
    ("relu", "relu-forward-code"): ("np.maximum(0, Z)", lambda Z: np.maximum(0, Z)),
}


LOOPS = {
    "pooling 28x28, four loops": (
        {"X": (28, 28)},
        """
def pool(X):
    out = np.zeros((14, 14))
    for i in range(14):
        for j in range(14):
            best = X[2*i, 2*j]
            for a in range(2):
                for b in range(2):
                    if X[2*i + a, 2*j + b] > best:
                        best = X[2*i + a, 2*j + b]
            out[i, j] = best
    return out
""",
    ),
    "pooling 28x28, slices": (
        {"X": (28, 28)},
        """
def pool(X):
    out = np.zeros((14, 14))
    for i in range(14):
        for j in range(14):
            out[i, j] = np.max(X[2*i:2*i + 2, 2*j:2*j + 2])
    return out
""",
    ),
    "convolution 12x12x3": (
        {"X": (12, 12, 3), "K": (3, 3, 3)},
        """
def conv(X, K):
    out = np.zeros((10, 10))
    for i in range(10):
        for j in range(10):
            total = 0.0
            for a in range(3):
                for b in range(3):
                    for c in range(3):
                        total += X[i + a, j + b, c] * K[a, b, c]
            out[i, j] = total
    return out
""",
    ),
    "plain numbers": (
        {},
        """
def count():
    total = 0
    for i in range(20000):
        if i % 3 == 0:
            total += i
    return total
""",
    ),
}
"""Programs with loops, and the shapes of what they take."""


def loops(repeat: int) -> list[str]:
    """Measure programs with loops against CPython running the same text."""
    lines = []
    for name, (shapes, text) in LOOPS.items():
        generator = np.random.default_rng(7)
        values = {key: generator.normal(size=size) for key, size in shapes.items()}
        program = parse(text, names=list(values), table=LEARNER, statements=True)
        space: dict[str, Any] = {"np": np}
        exec(text, space)
        function = next(v for v in space.values() if isinstance(v, FunctionType))
        np.testing.assert_allclose(
            np.asarray(run(program, values)), function(*values.values())
        )
        ours = median(repeat, lambda p=program, v=values: run(p, v))
        floor = median(repeat, lambda f=function, v=values: f(*v.values()))
        lines.append(f"{name:28} {ours:8.0f}us {floor:8.0f}us {ours / floor:8.1f}")
    return lines


def median(repeat: int, action: Callable[[], object]) -> float:
    """Return the median time of `action` in microseconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def row(
    worker: Worker,
    place: tuple[str, str],
    text: str,
    bare: Callable[..., object],
    repeat: int,
) -> str:
    """Measure one answer: reading, grading here, grading in the worker, numpy."""
    topic, name = place
    instance = drill.draw(drill.load(None, (topic,))[name], 7)
    target = instance.targets[0]
    answer = target.part.answer
    names, form, result = answer.names, answer.form, answer.result
    program = read_program(text, names=names, form=form, result=result)
    given = inputs(target)
    cases = [dict(case.values) for case in target.cases]

    def send() -> object:
        outcomes = worker.run(text, given, names=names, form=form, result=result)
        return judge(instance, 0, outcomes)

    read = median(
        repeat, lambda: read_program(text, names=names, form=form, result=result)
    )
    grade = median(repeat, lambda: drill.grade(instance, program))
    sent = median(repeat, send)
    floor = median(repeat, lambda: [bare(**values) for values in cases])
    return (
        f"{name:24} {len(given):6} {read:6.0f}us {grade:6.0f}us {sent:6.0f}us"
        f" {floor:6.0f}us {grade / floor:12.1f}"
    )


def main() -> None:
    """Print a row for each answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=200)
    repeat = parser.parse_args().repeat
    print(
        f"{'question':24} {'inputs':>6} {'read':>8} {'grade':>8} {'worker':>8}"
        f" {'numpy':>8} {'grade/numpy':>12}"
    )
    with Worker() as worker:
        for place, (text, bare) in ANSWERS.items():
            print(row(worker, place, text, bare, repeat))
    print(f"\n{'program':28} {'ours':>10} {'CPython':>10} {'ratio':>8}")
    for line in loops(max(5, repeat // 10)):
        print(line)


if __name__ == "__main__":
    main()
