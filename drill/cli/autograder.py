"""Grading where Gradescope runs a container: reads a submission, writes results.json.

The platform calls ``run_autograder`` in ``/autograder``; the submission lies in
``submission/``, who handed it in is in ``submission_metadata.json``, and what is shown
comes from ``results/results.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drill.answer import SUFFIXES
from drill.classroom.gather import Handed
from drill.classroom.mark import Mark, mark
from drill.drawing import (
    Instance,
    Ticket,
    find_ticket,
    parse_ticket,
)
from drill.errors import DrillError
from drill.library.tickets import open_ticket
from drill.sandbox import Worker
from drill.screen import question as show
from drill.screen.feedback import plain
from drill.visible import shown

CONFIG = "autograder.json"


@dataclass(frozen=True)
class Assignment:
    """What is graded: tickets, the points of each, and who was dealt which.

    Attributes
    ----------
    tickets : tuple of str
        For everybody who was dealt none of their own.
    points : float
        For each ticket.
    dealt : mapping of str to tuple of str
        Tickets by what the platform calls a student: an id or an address.
    bank : str or None
        The folder of a bank of one's own, beside this configuration.
    """

    tickets: tuple[str, ...]
    points: float = 10.0
    dealt: Mapping[str, tuple[str, ...]] | None = None
    bank: str | None = None

    def of(self, metadata: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the tickets of whoever handed in."""
        for user in metadata.get("users", ()):
            for key in ("sid", "email", "name"):
                found = (self.dealt or {}).get(str(user.get(key, "")))
                if found:
                    return found
        return self.tickets


def grade_submission(
    submission: Path, metadata: Mapping[str, Any], assignment: Assignment, bank: Any
) -> dict[str, Any]:
    """Grade a folder of answers; return what the platform reads.

    Parameters
    ----------
    submission : Path
    metadata : mapping
        As in ``submission_metadata.json``.
    assignment : Assignment
    bank : tuple of Path
        The bank's folders.

    Returns
    -------
    dict
        ``tests``, each with name, score, max_score, status, output and visibility.
    """
    tests: list[dict[str, Any]] = []
    with Worker() as worker:
        own = assignment.of(metadata)
        for text in own:
            ticket = parse_ticket(text)
            try:
                instance = open_ticket(ticket, bank)
            except DrillError as error:
                tests.append(_test(text, 0.0, assignment.points, str(error), "failed"))
                continue
            path = _answer_of(submission, ticket, alone=len(own) == 1)
            tests += _graded(path, ticket, instance, assignment.points, worker)
    return {"tests": tests, "visibility": "visible", "stdout_visibility": "hidden"}


def _answer_of(submission: Path, ticket: Ticket, *, alone: bool) -> Path | None:
    """Find what answers a ticket: named by it, by its question, or all there is."""
    files = sorted(path for path in submission.iterdir() if not path.is_symlink())
    for path in files:
        named = find_ticket(path.name)
        if named and (named.question, named.seed) == (ticket.question, ticket.seed):
            return path
    for path in files:
        if path.stem == ticket.question:
            return path
    if alone:
        own = [path for path in files if path.suffix.lower() in SUFFIXES]
        named_answer = [path for path in own if path.stem == "answer"]
        if named_answer or len(own) == 1:
            return (named_answer or own)[0]
        if len(own) > 1:
            return submission
    return None


def _graded(
    path: Path | None,
    ticket: Ticket,
    instance: Instance,
    points: float,
    worker: Worker,
) -> Iterator[dict[str, Any]]:
    share = points / len(instance.targets)
    names = [target.part.name for target in instance.targets]
    found: dict[int, Mark] = {}
    if path is not None:
        handed = Handed(path, ticket, trusted=False)
        found = {one.part: one for one in mark(handed, lambda _: instance, worker)}
    for part, name in enumerate(names):
        label = f"{ticket}, {name}" if name else str(ticket)
        one = found.get(part)
        if one is None:
            wanted = f"{ticket.question}.npy, .txt or .py"
            yield _test(label, 0.0, share, f"Nothing was handed in: save {wanted}.")
        elif one.verdict is None:
            yield _test(label, 0.0, share, shown(one.problem, 400))
        else:
            score = share if one.verdict.right else 0.0
            lines = show.judged(one.verdict, instance.targets[part], final=False)
            yield _test(label, score, share, plain(lines))


def _test(
    name: str, score: float, most: float, output: str, status: str = ""
) -> dict[str, Any]:
    return {
        "name": name,
        "score": round(score, 4),
        "max_score": round(most, 4),
        "status": status or ("passed" if score == most else "failed"),
        "output": output,
        "visibility": "visible",
    }


def main(root: Path, config: Path) -> None:
    """Grade what lies under `root`, and write its results."""
    from drill.locate import bank_directories

    data = json.loads(config.read_text("utf-8"))
    dealt = {key: tuple(value) for key, value in (data.get("dealt") or {}).items()}
    assignment = Assignment(
        tuple(data["tickets"]), float(data["points"]), dealt, data.get("bank")
    )
    own = [config.parent / assignment.bank] if assignment.bank else []
    metadata: dict[str, Any] = {}
    described = root / "submission_metadata.json"
    if described.exists():
        metadata = json.loads(described.read_text("utf-8"))
    try:
        results = grade_submission(
            root / "submission", metadata, assignment, bank_directories(own)
        )
    except DrillError as error:
        results = {"tests": [], "score": 0, "output": str(error)}
    folder = root / "results"
    folder.mkdir(exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
