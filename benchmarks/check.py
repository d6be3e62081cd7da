"""Marking files with `drill check`, against `np.load` and `np.allclose` over the same.

Usage: python benchmarks/check.py [--files N] [--question ID] [--repeat N]

Half of the files are right, half hold what a known mistake gives.  They lie in a
temporary folder, under one ticket or a ticket each, and were read before.  The floor
reads the same files and compares them with references that it has already: no draw, no
mistake, nothing written.

A row is the fastest of some commands that write every mark as JSON: their seconds with
all that it takes to start, the peak memory of the largest of their processes, and what
they would take for ever more files: how many further ones they mark in a second, told
from a folder with a fifth of the files, and that in units of the floor.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from drill.bank import find_question
from drill.drawing import Instance, draw

LAUNCHER = """
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
took = time.perf_counter() - start
print(code, took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
Files = list[tuple[Path, Any]]
"""Paths, each with the reference of its ticket."""


def answers(instance: Instance) -> tuple[Any, Any]:
    """Return a right answer, and what the first mistake that is on gives."""
    reference = instance.targets[0].reference
    mistakes = instance.mistakes(0)
    return reference, next(iter(mistakes.values()), reference + 1)


def saved(folder: Path, question: str, count: int, *, one: bool) -> Files:
    """Write the files; every second one is wrong."""
    folder.mkdir(parents=True)
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
    words += ["--json", f"{folder}.json", "--jobs", str(jobs)]
    # The system counts to a program's memory that of whoever started it: a small one.
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    code, took, memory = done.stdout.splitlines()[-1].split()
    assert code == "1", "half of the answers are wrong"
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return float(took), int(memory) / unit


def main() -> None:
    """Print a row for each kind of folder and number of processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=15_000)
    parser.add_argument("--question", default="conv-output-size")
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    few = given.files // 5
    print(f"{given.files:,} files of {given.question}")
    print(
        f"{'':13} {'jobs':>5} {'seconds':>8} {'MiB':>5} {'more/s':>7} {'of numpy':>8}"
    )
    with tempfile.TemporaryDirectory() as place:
        for name, one in (("one ticket", True), ("a ticket each", False)):
            folders = [Path(place) / name / str(count) for count in (few, given.files)]
            for folder in folders:
                files = saved(folder, given.question, int(folder.name), one=one)
            for jobs in (1, 2):
                runs = range(given.repeat)
                bare = min(floor(files) for _ in runs) / given.files
                short, (took, memory) = (
                    min(command(folder, jobs) for _ in runs) for folder in folders
                )
                more = (took - short[0]) / (given.files - few)
                print(
                    f"{name:13} {jobs:5} {took:8.2f} {memory:5.0f} {1 / more:7.0f}"
                    f" {bare / more:7.3f}x"
                )
            print(f"{'  numpy alone':19} {bare * given.files:8.2f} {1 / bare:13.0f}")


if __name__ == "__main__":
    main()
