"""A long history against a short one: what `drill stats`, `due` and keeping cost.

Run ``python benchmarks/history.py``.  Each figure is a ratio within the same run: a
command with 100,000 attempts in the log over the same with 100, and over a bare
interpreter; keeping one attempt over one bare write of SQLite to the same disk.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from drill.bank import load_bank
from drill.practice import NAME, Attempt, Known, Named, Reply, new_id, open_history
from drill.practice.database import writing
from drill.practice.known_questions import know

NOW = datetime.now(UTC)
SHORT, LONG, TIMES = 100, 100_000, 9


def attempts(count: int, known: list[Known]) -> list[Attempt]:
    """Make up attempts over the days before today."""
    rng = random.Random(count)
    found = []
    for number in range(count):
        question = rng.choice(known)
        at = NOW - timedelta(days=90 * (count - number) / count)
        right = rng.random() < 0.7
        mistake = Named(f"slip-{rng.randrange(4)}", "You slipped.")
        found.append(
            Attempt(
                id=new_id(),
                sitting="made-up",
                asking=new_id(),
                kind="quiz",
                question=question.id,
                topic=question.topic,
                skill=question.skill,
                level=question.level,
                part=0,
                parts=1,
                ticket=f"{question.id}@{number}-0000",
                drawn=json.dumps({"n": number}),
                replies=(Reply("1", "1"),),
                outcome="right" if right else "wrong",
                score=float(right),
                mistakes=() if right else (mistake,),
                hints=0,
                hints_of=2,
                ms=rng.randrange(20_000, 200_000),
                at=at,
                day=at.date(),
                version="0",
            )
        )
    return found


def fill(folder: Path, count: int) -> float:
    """Make a history; return the milliseconds that one more attempt takes."""
    bank = load_bank()
    known = [Known(q.id, q.topic, q.skill, q.level, q.minutes) for q in bank.questions]
    made = attempts(count + TIMES, known)
    with open_history(folder / NAME, NOW) as history:
        know(history, known)
        with writing(history.connection):
            for attempt in made[:count]:
                history.keep(attempt)
        history.rebuild()
        history.record(made[count])
        took = []
        for attempt in made[count + 1 :]:
            start = time.perf_counter()
            history.record(attempt)
            took.append(time.perf_counter() - start)
    return 1000 * median(took)


def write(folder: Path) -> float:
    """Return the milliseconds of one bare write with the same safety."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (x)")
    took = []
    for number in range(30):
        start = time.perf_counter()
        connection.execute("INSERT INTO t VALUES (?)", (number,))
        took.append(time.perf_counter() - start)
    connection.close()
    return 1000 * median(took)


def run(arguments: list[str], home: Path) -> float:
    """Return the milliseconds of a whole process, the median of several."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "DRILL_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        took.append(time.perf_counter() - start)
    return 1000 * median(took)


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as name:
        short, long = Path(name, "short"), Path(name, "long")
        kept = {size: fill(home, size) for size, home in ((SHORT, short), (LONG, long))}
        floor = run(["-c", "pass"], short)
        print(f"bare interpreter {floor:.0f} ms")
        for command in (["due"], ["stats"], ["stats", "--exam-date", "2099-01-01"]):
            few = run(["-m", "drill", *command], short)
            many = run(["-m", "drill", *command], long)
            print(
                f"drill {' '.join(command)}: {few / floor:.1f} × the interpreter with"
                f" {SHORT:,} attempts ({few:.0f} ms), {many / few:.2f} × that with"
                f" {LONG:,} ({many:.0f} ms)"
            )
        bare = write(short)
        for size, took in kept.items():
            print(
                f"keeping one attempt after {size:,}: {took:.2f} ms,"
                f" {took / bare:.1f} × a bare write ({bare:.2f} ms)"
            )


if __name__ == "__main__":
    main()
