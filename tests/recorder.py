"""A program to be killed: it records attempts, and says so after each."""

from __future__ import annotations

import sys
from pathlib import Path

from practice import NOON, attempt

from drill.practice import open_history


def main(path: str, first: int) -> None:
    """Record attempts `first`, `first` + 1, … until somebody stops it."""
    with open_history(Path(path), NOON) as history:
        number = first
        while True:
            history.record(
                attempt("wrong", number / 50, f"q-{number % 7}", id=f"a-{number:06d}")
            )
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            number += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
