"""How long commands take to start, in units of the imports that they need.

Usage: python benchmarks/start.py [--repeat N]

Warm: the bank was checked before.  Cold: nothing is kept.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IMPORTS = "import click, rich.console, rich.table, numpy, yaml"
QUIZ = "quiz -n 1 --seed 3 --answers {answers}"
COMMANDS = {
    "drill --help": "--help",
    "drill topics": "topics",
    "drill topics cnn-sizes": "topics cnn-sizes",
    "drill show TICKET": "show conv-output-size@7",
    "drill check --answer": "check --ticket conv-output-size@7 --answer 31",
    "drill quiz cnn-sizes": QUIZ.replace("quiz", "quiz cnn-sizes"),
    "drill quiz": QUIZ,
}


def median(repeat: int, words: list[str], env: dict[str, str]) -> float:
    """Return the median time of a process in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(words, env=env, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print a row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=9)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.txt"
        answers.write_text("31\n")
        env = {**os.environ, "HOME": folder, "DRILL_HOME": folder}
        warm, cold = (
            {**env, "DRILL_CACHE": folder + "/cache"},
            {**env, "DRILL_CACHE": ""},
        )
        click = median(repeat, [sys.executable, "-c", "import click"], env)
        floor = median(repeat, [sys.executable, "-c", IMPORTS], env)
        print(f"imports of click: {click:.3f} s; of all four: {floor:.3f} s")
        drill = [sys.executable, "-m", "drill"]
        subprocess.run([*drill, "topics"], env=warm, capture_output=True, check=True)
        print(f"{'command':26} {'warm':>7} {'ratio':>6} {'cold':>7} {'ratio':>6}")
        for name, text in COMMANDS.items():
            words = [*drill, *text.format(answers=answers).split()]
            one, other = median(repeat, words, warm), median(3, words, cold)
            print(
                f"{name:26} {one:6.3f}s {one / floor:6.2f} {other:6.3f}s"
                f" {other / floor:6.2f}"
            )


if __name__ == "__main__":
    main()
