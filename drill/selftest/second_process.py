"""A second process that draws the first instances again, under another hash seed."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from drill.bank import Question, load_bank
from drill.drawing import draw
from drill.errors import DrillError
from drill.selftest.certify import SAMPLE, digest_of
from drill.selftest.rules import fingerprint

_ROOT = str(Path(__file__).resolve().parent.parent.parent)
# Without -P, a numpy.py in the current folder would be imported instead of numpy.
_START = (
    f"import sys; sys.path.insert(0, {_ROOT!r});"
    "from drill.selftest.second_process import main; main()"
)


class SecondProcess:
    """Draws the first instances of some questions in a process of its own.

    Use it in a ``with`` block; the process works while others do.

    Parameters
    ----------
    directories : tuple of Path
    questions : sequence of Question
    seeds : int
        How many seeds are examined; a second process takes the first few.
    """

    def __init__(
        self, directories: tuple[Path, ...], questions: Sequence[Question], seeds: int
    ) -> None:
        self._samples: dict[str, str] = {}
        request = {
            "directories": [str(path.resolve()) for path in directories],
            "topics": list(dict.fromkeys(question.topic for question in questions)),
            "questions": [question.id for question in questions],
            "seeds": min(seeds, SAMPLE),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-X", "utf8", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            # Ctrl-C is for the process that reports.
            start_new_session=True,
        )
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(request).encode())
            self._process.stdin.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()

    def sample(self, question: str) -> str | None:
        """Return what identifies a question's first instances over there.

        None when the process died before it came to the question: that is no proof
        of anything.  It works in the order of the questions, and is waited for.
        """
        assert self._process.stdout is not None
        while question not in self._samples:
            line = self._process.stdout.readline()
            if not line:
                return None
            name, _, print_ = line.decode().strip().partition(" ")
            self._samples[name] = print_
        return self._samples[question]


def _environment() -> dict[str, str]:
    """Return an environment in which text hashes otherwise than here."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    other = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    return {**kept, "PYTHONHASHSEED": other}


def main() -> None:
    """Answer one request on standard input."""
    request = json.loads(sys.stdin.buffer.read())
    directories = [Path(path) for path in request["directories"]]
    bank = load_bank(directories, request["topics"])
    wanted = set(request["questions"])
    for question in bank.questions:
        if question.id in wanted:
            print_ = sample(question, request["seeds"])
            sys.stdout.write(f"{question.id} {print_}\n")
            sys.stdout.flush()


def sample(question: Question, seeds: int) -> str:
    """Identify the first instances of a question, passing over seeds that fail."""
    prints: list[str] = []
    for seed in range(seeds):
        with contextlib.suppress(DrillError):
            prints.append(fingerprint(draw(question, seed)))
    return digest_of(prints)
