"""How long commands take to start, in units of the imports that they need.

Usage: python benchmarks/start.py [--repeat N]

Warm: the bank was checked before.  Cold: nothing is kept.  A quiz, and drill alone,
are timed in a pseudo-terminal until they ask; the others until they end.
"""

from __future__ import annotations

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time

IMPORTS = "import click, rich.console, rich.table, numpy, yaml"
COMMANDS = {
    "drill --help": "--help",
    "drill topics": "topics",
    "drill topics cnn-sizes": "topics cnn-sizes",
    "drill show TICKET": "show conv-output-size@7",
    "drill check --answer": "check --ticket conv-output-size@7 --answer 31",
}
ASKING = {"drill quiz cnn-sizes": "quiz cnn-sizes", "drill quiz": "quiz", "drill": ""}


def median(repeat: int, words: list[str], env: dict[str, str]) -> float:
    """Return the median time of a process in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(words, env=env, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def until_asked(repeat: int, words: list[str], env: dict[str, str]) -> float:
    """Return the median time until a process asks, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        child, terminal = pty.fork()
        if child == 0:
            os.execve(words[0], words, env)
        shown = b""
        try:
            while not shown.endswith(b"> "):
                shown += os.read(terminal, 65_536)
        except OSError:
            raise SystemExit(f"{words} asked nothing:\n{shown.decode()}") from None
        times.append(time.perf_counter() - start)
        os.write(terminal, b"\x04")
        try:
            while os.read(terminal, 65_536):
                pass
        except OSError:
            pass
        os.close(terminal)
        os.waitpid(child, 0)
    return statistics.median(times)


def main() -> None:
    """Print a row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=9)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
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
        for name, text in (COMMANDS | ASKING).items():
            words = [*drill, *text.split()]
            time_of = until_asked if name in ASKING else median
            one, other = time_of(repeat, words, warm), time_of(3, words, cold)
            print(
                f"{name:26} {one:6.3f}s {one / floor:6.2f} {other:6.3f}s"
                f" {other / floor:6.2f}"
            )


if __name__ == "__main__":
    main()
