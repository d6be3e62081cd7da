"""Marks as data: one record for each part of each ticket of each student."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from drill.answer import echo
from drill.bank import Question
from drill.classroom.gather import Handed
from drill.classroom.mark import Mark, mark
from drill.classroom.opening import Opener
from drill.classroom.placing import Submission
from drill.drawing import Instance, Ticket
from drill.errors import DrillError
from drill.grading import Verdict
from drill.sandbox import Worker
from drill.version import __version__
from drill.visible import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 1
LONGEST = 300
Outcome = Literal["right", "wrong", "unreadable", "another ticket", "missing"]


class Record(msgspec.Struct, frozen=True):
    """A mark, as a line of ``marks.jsonl``; docs/class.md explains each field."""

    version: int
    key: str
    student: str
    name: str
    ticket: str
    question: str
    topic: str
    part: str
    outcome: Outcome
    score: float
    mistakes: tuple[str, ...]
    says: str
    read: str
    answer: str
    expected: str
    carried: bool
    file: str
    submitted: str | None
    late: bool
    dealt_to: tuple[str, ...]
    notes: tuple[str, ...]


def key_of(submission: Submission, load: Callable[[str], Question]) -> str:
    """Return a digest of everything that a submission's marks depend on."""
    state = hashlib.sha256(f"{VERSION} {__version__}".encode())

    def add(*texts: object) -> None:
        for text in texts:
            data = (
                text
                if isinstance(text, bytes)
                else str(text).encode("utf-8", "replace")
            )
            state.update(b"%d:" % len(data))
            state.update(data)

    add(submission.student, submission.name, submission.ticket, submission.numbers)
    add(submission.foreign, submission.owners, submission.submitted, submission.late)
    add(submission.notes)
    try:
        add(load(submission.ticket.question).digest)
    except DrillError as error:
        add(error)
    for piece in submission.pieces:
        add(piece.part, piece.entry.place)
        try:
            add(piece.entry.read())
        except DrillError as error:
            add(error)
    return state.hexdigest()[:24]


def records(
    submission: Submission, key: str, opener: Opener, worker: Worker
) -> Iterator[Record]:
    """Mark a submission: a record for each part, whatever happens."""
    try:
        instance = opener.open(submission.ticket, submission.numbers)
        shown_in = (
            instance if submission.foreign is None else opener.open(submission.foreign)
        )
    except DrillError as error:
        problem = shown(str(error), LONGEST)
        outcome: Outcome = "unreadable" if submission.pieces else "missing"
        yield _record(submission, key, None, "", outcome, says=problem)
        return
    files = {piece.part: piece.entry.place for piece in submission.pieces}
    marks = _marks(submission, shown_in, worker)
    for place, target in enumerate(instance.targets):
        name = target.part.name
        expected = fingerprint(target.reference)
        one = marks.get(place)
        if one is None:
            yield _record(
                submission, key, instance, name, "missing", expected=expected,
            )  # fmt: skip
            continue
        yield _marked(submission, key, instance, name, one, expected, files[name])


def safely(
    submission: Submission, key: str, opener: Opener, worker: Worker
) -> list[Record]:
    """Mark a submission; what no error explains is our mistake, and stops nobody."""
    try:
        return list(records(submission, key, opener, worker))
    except Exception as error:
        problem = (
            f"a mistake in drill itself ({type(error).__name__}); please report it"
        )
        return [_record(submission, key, None, "", "unreadable", says=problem)]


def _marks(
    submission: Submission, instance: Instance, worker: Worker
) -> dict[int, Mark]:
    """Mark the pieces, by part; they lie under the names that `mark` expects."""
    if not submission.pieces:
        return {}

    def opened(ticket: Ticket) -> Instance:
        return instance

    ticket = instance.ticket
    single = submission.pieces[0]
    if len(instance.targets) == 1 and not single.entry.member:
        handed = Handed(single.entry.path, ticket, trusted=False)
        return {one.part: one for one in mark(handed, opened, worker)}
    found: dict[int, Mark] = {}
    names = [target.part.name for target in instance.targets]
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        for piece in submission.pieces:
            name = piece.part or "answer"
            suffix = Path(piece.entry.name).suffix.lower()
            try:
                data = piece.entry.read()
            except DrillError as error:
                place = names.index(piece.part)
                found[place] = Mark(None, ticket, instance, place, None, str(error))
                continue
            (Path(folder) / f"{name}{suffix}").write_bytes(data)
        if len(found) < len(submission.pieces):
            handed = Handed(Path(folder), ticket, trusted=False, folder=True)
            for one in mark(handed, opened, worker):
                found.setdefault(one.part, one)
    return found


def _marked(
    submission: Submission,
    key: str,
    instance: Instance,
    part: str,
    one: Mark,
    expected: str,
    file: str,
) -> Record:
    verdict = one.verdict
    if verdict is None:
        problem = shown(one.problem, LONGEST)
        return _record(
            submission, key, instance, part, "unreadable", says=problem, file=file,
            expected=expected,
        )  # fmt: skip
    read, answer = "", ""
    if verdict.read is not None:
        read = shown(echo(verdict.read), LONGEST)
        answer = fingerprint(verdict.read)
    else:
        entry = next(p.entry for p in submission.pieces if p.part == part)
        answer = hashlib.sha256(entry.read()).hexdigest()[:16]
        expected = ""
    outcome: Outcome = "right" if verdict.right else "wrong"
    score = round(verdict.score, 6)
    says = _says(verdict)
    if submission.foreign is not None:
        whose = "right" if verdict.right else "wrong"
        says = f"{whose} for {submission.foreign}, which is another's ticket"
        outcome, score = "another ticket", 0.0
    return _record(
        submission, key, instance, part, outcome, score=score,
        mistakes=tuple(found.name for found in verdict.mistakes), says=says,
        read=read, answer=answer, expected=expected, carried=verdict.carried,
        file=file,
    )  # fmt: skip


def _says(verdict: Verdict) -> str:
    """Say what the teacher should know, in the words of the question."""
    if verdict.right:
        return shown("; ".join(filter(None, (verdict.assumed, verdict.note))), LONGEST)
    if verdict.mistakes:
        return shown("; ".join(one.say for one in verdict.mistakes), LONGEST)
    if verdict.relation is not None:
        return shown(verdict.relation.say, LONGEST)
    if verdict.reason == "shape" and verdict.read is not None:
        return f"its shape is {verdict.read.shape}, expected {verdict.reference.shape}"
    if verdict.reason == "not finite":
        return "it holds numbers that are not finite"
    if verdict.reason == "value" and verdict.wrong:
        return f"{len(verdict.wrong)} of {verdict.reference.size} entries are wrong"
    return ""


def _record(
    submission: Submission,
    key: str,
    instance: Instance | None,
    part: str,
    outcome: Outcome,
    *,
    score: float = 0.0,
    mistakes: tuple[str, ...] = (),
    says: str = "",
    read: str = "",
    answer: str = "",
    expected: str = "",
    carried: bool = False,
    file: str = "",
) -> Record:
    when = submission.submitted
    return Record(
        VERSION,
        key,
        shown(submission.student),
        shown(submission.name),
        str(submission.ticket),
        submission.ticket.question,
        instance.question.topic if instance else "",
        part,
        outcome,
        score,
        mistakes,
        says,
        read,
        answer,
        expected,
        carried,
        file,
        when.isoformat(timespec="seconds") if when else None,
        submission.late,
        submission.owners,
        submission.notes,
    )


def fingerprint(array: NDArray[Any]) -> str:
    """Return a short code: answers that agree to four digits mostly share it.

    Examples
    --------
    >>> import numpy as np
    >>> fingerprint(np.array(0.33331)) == fingerprint(np.array(0.3333, "f4"))
    True
    """
    import numpy as np

    values = np.asarray(array, dtype="f8") + 0.0
    text = " ".join(f"{value:.4g}" for value in values.ravel().tolist())
    return hashlib.sha256(f"{array.shape} {text}".encode()).hexdigest()[:16]


def schema() -> str:
    """Return the JSON Schema of a line of ``marks.jsonl``.

    Examples
    --------
    >>> '"Record"' in schema()
    True
    """
    found = msgspec.json.schema(Record)
    return msgspec.json.format(msgspec.json.encode(found), indent=1).decode()
