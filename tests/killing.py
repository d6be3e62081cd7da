"""Kill a recorder again and again: ``python tests/killing.py 500``."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from practice import NOON

from drill.practice import open_history

HERE = Path(__file__).parent


@dataclass
class Count:
    """What many kills did.

    Attributes
    ----------
    acknowledged : int
        Attempts whose recording had returned before the kill.
    beyond : int
        Attempts in the file that nobody had been told of yet.
    hot : int
        Kills that left a journal with something in it.
    """

    kills: int = 0
    acknowledged: int = 0
    beyond: int = 0
    hot: int = 0
    lost: int = 0
    doubled: int = 0
    repaired: int = 0


def kill(path: Path, first: int, delay: float) -> int:
    """Let a recorder run, kill it, and return how far it said that it had come."""
    recorder = subprocess.Popen(
        [sys.executable, str(HERE / "recorder.py"), str(path), str(first)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert recorder.stdout is not None
    said = recorder.stdout.readline()
    time.sleep(delay)
    recorder.send_signal(signal.SIGKILL)
    rest = recorder.stdout.read()
    recorder.wait()
    recorder.stdout.close()
    # A last line without its end was cut by the kill.
    return int((said + rest).rpartition("\n")[0].split("\n")[-1])


def run(kills: int, seed: int = 0) -> Count:
    """Kill a recorder `kills` times and compare the file with what it had said."""
    chance = random.Random(seed)
    count, told = Count(), -1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        first = 0
        for _ in range(kills):
            told = kill(path, first, chance.uniform(0, 0.06))
            journal = Path(f"{path}-journal")
            count.kills += 1
            count.hot += journal.exists() and journal.stat().st_size > 0
            with open_history(path, NOON) as history:
                count.repaired += bool(history.notice)
                ids = [attempt.id for attempt in history.attempts()]
                kept = history.memories()
                history.rebuild()
                count.repaired += kept != history.memories()
            there = set(ids)
            count.lost += sum(f"a-{k:06d}" not in there for k in range(told + 1))
            count.doubled += len(ids) - len(there)
            count.beyond += len(there) - told - 1
            first = len(there)
    count.acknowledged = told + 1
    return count


if __name__ == "__main__":
    print(run(int(sys.argv[1])))
