"""What drawing and grading an instance costs, in steps of bare numpy pooling.

Usage: python benchmarks/drawing.py [--seeds N] [TOPIC…]

A step pools a 4×4 matrix by 2×2 windows and finds the mask and the gradient, with
loops over the windows.  It is timed between the questions, so that a busy machine slows
both down alike.  "Units" are instances drawn and graded in the time of 1,000 steps.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np

from drill.answer import read_program
from drill.bank import Question, load_bank
from drill.drawing import Instance, draw
from drill.grading import grade
from drill.language import Program

STEPS, ROUNDS = 40, 3


def pool(image: np.ndarray, upstream: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what a step computes: the maxima, and the gradient behind them."""
    maxima, gradient = np.zeros((2, 2)), np.zeros_like(image)
    for i in range(2):
        for j in range(2):
            window = image[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
            maxima[i, j] = window.max()
            mask = window == maxima[i, j]
            gradient[2 * i : 2 * i + 2, 2 * j : 2 * j + 2] += mask * upstream[i, j]
    return maxima, gradient


def seconds(action: Callable[[], object]) -> float:
    """Return the processor time of `action`, the least of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def step() -> float:
    """Return the processor time of a step."""
    image, upstream = np.arange(16.0).reshape(4, 4), np.ones((2, 2))
    return seconds(lambda: [pool(image, upstream) for _ in range(STEPS)]) / STEPS


def right(instance: Instance, part: int) -> np.ndarray | Program:
    """Return the right answer of a part, as it is graded."""
    answer = instance.targets[part].part.answer
    if answer.value is None or answer.kind != "expression":
        return instance.targets[part].reference
    return read_program(
        answer.value.source, names=answer.names, form=answer.form, result=answer.result
    )


def costs(question: Question, seeds: int) -> tuple[float, float]:
    """Return the processor time of drawing and of grading a question's instances."""
    draw(question, seeds)  # compiles what is compiled once
    drawing = seconds(lambda: [draw(question, seed) for seed in range(seeds)])
    work = [
        (instance, right(instance, part), part)
        for instance in [draw(question, seed) for seed in range(seeds)]
        for part in range(len(instance.targets))
    ]
    grading = seconds(lambda: [grade(*one) for one in work])
    return drawing, grading


def main() -> None:
    """Print the costs, and the dearest questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="TOPIC")
    parser.add_argument("--seeds", type=int, default=10)
    given = parser.parse_args()
    questions = load_bank(None, given.topics or None).questions
    rows, steps = [], []
    for question in questions:
        steps.append(step())
        rows.append((*costs(question, given.seeds), question.id))
    count, floor = len(rows) * given.seeds, sum(steps) / len(steps)
    drawing, grading = (sum(row[place] for row in rows) / count for place in (0, 1))
    print(f"{count:,} instances of {len(rows)} questions")
    for what, one in (("drawing", drawing), ("grading", grading), ("step", floor)):
        print(f"{what:8} {one * 1e6:6.0f} us {one / floor:6.1f} steps")
    print(f"units    {1000 * floor / (drawing + grading):6.0f}")
    for row in sorted(rows, reverse=True)[:10]:
        print(f"{row[0] / given.seeds * 1e6:8.0f} us  {row[2]}")


if __name__ == "__main__":
    main()
