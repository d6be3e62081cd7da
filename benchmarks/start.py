"""How long commands take to start, in units of the imports that they need.

Usage: python benchmarks/start.py [--repeat N]

Warm: the bank was checked before.  Cold: nothing is kept.  What asks is timed in a
pseudo-terminal until its first prompt, the others until they end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from terminal import Terminal

IMPORTS = "import click, rich.console, rich.table, numpy, yaml"
COMMANDS = {
    "drill --help": "--help",
    "drill topics": "topics",
    "drill topics cnn-sizes": "topics cnn-sizes",
    "drill show TICKET": "show conv-output-size@7",
    "drill check --answer": "check --ticket conv-output-size@7 --answer 31",
    "drill due": "due",
}
ASKING = {"drill quiz cnn-sizes": "quiz cnn-sizes", "drill quiz": "quiz", "drill": ""}
PLANNED = {"drill with a plan": ""}
Environment = dict[str, str]


def until_end(words: list[str], env: Environment) -> float:
    """Return the time of a process in seconds."""
    start = time.perf_counter()
    subprocess.run(words, env={**os.environ, **env}, capture_output=True, check=False)
    return time.perf_counter() - start


def until_asked(words: list[str], env: Environment) -> float:
    """Return the time until `drill` asks something."""
    start = time.perf_counter()
    with Terminal(*words[3:], **env) as terminal:
        terminal.expect("> ")
        taken = time.perf_counter() - start
        terminal.send("quit\r")
        terminal.wait()
    return taken


def beside_imports(repeat: int, timed: Callable[[], float]) -> tuple[float, float]:
    """Return a median time, and its ratio to the imports' own.

    A machine is faster at one moment than at another: both are timed in turn.
    """
    alone = {"OPENBLAS_NUM_THREADS": "1"}  # as drill has it
    floor, times = [], []
    for _ in range(repeat):
        floor.append(until_end([sys.executable, "-c", IMPORTS], alone))
        times.append(timed())
    middle = statistics.median(times)
    return middle, middle / statistics.median(floor)


def main() -> None:
    """Print a row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=9)
    repeat = parser.parse_args().repeat
    # An installed program is compiled: where nothing may be written each start would
    # compile it again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        env = {"HOME": folder, "DRILL_HOME": folder}
        warm, cold = ({**env, "DRILL_CACHE": c} for c in (folder + "/cache", ""))
        drill = [sys.executable, "-m", "drill"]
        until_end([*drill, "topics"], warm)
        until_asked(drill, warm)  # says, once, what drill alone does
        print(f"{'command':26} {'warm':>7} {'ratio':>6} {'cold':>7} {'ratio':>6}")
        for name, text in {**COMMANDS, **ASKING, **PLANNED}.items():
            if name in PLANNED:
                day = (datetime.now() + timedelta(days=9)).date().isoformat()
                plan = ["plan", "--exam-date", day, "cnn-sizes"]
                until_end([*drill, *plan], warm)
            words = [*drill, *text.split()]
            time_of = until_end if name in COMMANDS else until_asked
            one, ratio = beside_imports(repeat, partial(time_of, words, warm))
            other, more = beside_imports(3, partial(time_of, words, cold))
            print(f"{name:26} {one:6.3f}s {ratio:6.2f} {other:6.3f}s {more:6.2f}")


if __name__ == "__main__":
    main()
