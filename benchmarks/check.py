"""Marking files with `drill check`, against `np.load` and `np.allclose` over the same.

Usage: python benchmarks/check.py [--files N] [--question ID]

Half of the files are right, half hold what a known mistake gives.  They lie in a
temporary folder, under one ticket or a ticket each, and were read before.  A row is one
command with all its start, which writes every mark as JSON; its peak memory is that of
the largest of its processes.  The floor reads the same files and compares them with
references that it has already: no draw, no mistake, nothing written.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from drill.bank import find_question
from drill.drawing import Instance, draw

Files = list[tuple[Path, Any]]
"""Paths, each with the reference of its ticket."""


def answers(instance: Instance) -> tuple[Any, Any]:
    """Return a right answer, and what the first mistake that is on gives."""
    reference = instance.targets[0].reference
    mistakes = instance.mistakes(0)
    return reference, next(iter(mistakes.values()), reference + 1)


def saved(folder: Path, question: str, count: int, *, one: bool) -> Files:
    """Write the files; every second one is wrong."""
    folder.mkdir()
    found = find_question(None, question)
    first = draw(found, 0)
    files: Files = []
    for place in range(count):
        instance = first if one else draw(found, place)
        path = folder / f"s{place:06} {instance.ticket}.npy"
        np.save(path, answers(instance)[place % 2])
        files.append((path, instance.targets[0].reference))
    return files


def floor(files: Files) -> float:
    """Return the seconds of numpy alone."""
    start = time.perf_counter()
    right = sum(np.allclose(np.load(path), wanted) for path, wanted in files)
    took = time.perf_counter() - start
    assert right >= len(files) // 2
    return took


def command(folder: Path, jobs: int) -> tuple[float, float]:
    """Return the seconds of one command, and its peak memory in MiB."""
    words = [sys.executable, "-m", "drill", "check", str(folder)]
    words += ["--json", str(folder.with_suffix(".json")), "--jobs", str(jobs)]
    start = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        words,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(process, 0)
    took = time.perf_counter() - start
    assert os.waitstatus_to_exitcode(status) == 1, "half of the answers are wrong"
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return took, used.ru_maxrss / unit


def main() -> None:
    """Print a row for each kind of folder and number of processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--question", default="conv-output-size")
    given = parser.parse_args()
    print(f"{given.files:,} files of {given.question}")
    print(
        f"{'':14} {'jobs':>4} {'seconds':>8} {'files/s':>8} {'of numpy':>8} {'MiB':>6}"
    )
    with tempfile.TemporaryDirectory() as place:
        for name, one in (("one ticket", True), ("a ticket each", False)):
            folder = Path(place) / name.replace(" ", "-")
            files = saved(folder, given.question, given.files, one=one)
            floor(files)
            for jobs in (1, 2):
                bare = floor(files)
                took, memory = command(folder, jobs)
                print(
                    f"{name:14} {jobs:4} {took:8.2f} {given.files / took:8.0f}"
                    f" {bare / took:7.3f}x {memory:6.0f}"
                )
            print(f"{'  numpy':14} {1:4} {bare:8.2f} {given.files / bare:8.0f}")


if __name__ == "__main__":
    main()
