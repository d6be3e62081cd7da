"""Marking what was handed in: one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drill.answer import (
    SUFFIXES,
    TEXTS,
    Reading,
    parse,
    read_file_bytes,
    read_program,
    read_text,
)
from drill.classroom.gather import Handed
from drill.drawing import Instance, Target, Ticket
from drill.errors import DrillError, LanguageError, UnreadableError
from drill.grading import Verdict, earlier_answers, grade, inputs, judge
from drill.language import Program, Value
from drill.sandbox import Worker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

SMALL = 4096
"""Bytes of a file that is remembered with its verdict."""
UNLIKE = (*TEXTS, ".npz")
"""Not remembered: read by what is asked, or much larger than its bytes."""


@dataclass(frozen=True, eq=False)
class Mark:
    """What became of one answer that was handed in.

    Attributes
    ----------
    instance : Instance or None
        None when the ticket could not be opened.
    verdict : Verdict or None
        None when it could not be graded; `problem` then says why.
    """

    path: Path | None
    ticket: Ticket | None
    instance: Instance | None
    part: int
    verdict: Verdict | None
    problem: str = ""

    @property
    def exit_code(self) -> int:
        """0 right, 1 wrong, 2 not gradable."""
        return 2 if self.verdict is None else 0 if self.verdict.right else 1


def mark(
    handed: Handed, open_ticket: Callable[[Ticket], Instance], worker: Worker
) -> Iterator[Mark]:
    """Mark one thing handed in: a mark for each part that it answers.

    Parameters
    ----------
    handed : Handed
    open_ticket : callable
        Draws the instance that a ticket names.
    worker : Worker
        Runs the programs that were handed in.
    """
    if handed.problem or handed.ticket is None:
        yield Mark(handed.path, handed.ticket, None, 0, None, handed.problem)
        return
    try:
        instance = open_ticket(handed.ticket)
        files = _files(handed, instance)
    except DrillError as error:
        yield Mark(handed.path, handed.ticket, None, 0, None, str(error))
        return
    read: dict[str, Array] = {}
    for part, path in files:
        try:
            data, suffix = read_file_bytes(path, trusted=handed.trusted)
            if len(files) == 1 and len(data) <= SMALL and suffix not in UNLIKE:
                verdict = _again(instance, part, data, suffix)
            else:
                answer = parse(data, suffix, path.name)
                verdict = _verdict(instance, part, answer, read, worker)
        except DrillError as error:
            yield Mark(path, handed.ticket, instance, part, None, explained(error))
            continue
        yield Mark(path, handed.ticket, instance, part, verdict)


@lru_cache(maxsize=1024)
def _again(instance: Instance, part: int, data: bytes, suffix: str) -> Verdict:
    """Grade a small file; the same bytes under the same ticket are graded once.

    Most of a class that was dealt one ticket hands in the same right answer.
    """
    answer = parse(data, suffix)
    assert not isinstance(answer, str)
    return grade(instance, answer, part, {})


def mark_text(instance: Instance, ticket: Ticket, text: str, worker: Worker) -> Mark:
    """Mark an answer that was given as text."""
    try:
        verdict = _verdict(instance, 0, text, {}, worker)
    except DrillError as error:
        return Mark(None, ticket, instance, 0, None, explained(error))
    return Mark(None, ticket, instance, 0, verdict)


def explained(error: DrillError) -> str:
    """Return an error's sentence, with the place where a program is refused."""
    if isinstance(error, LanguageError) and error.column:
        return f"line {error.line}, column {error.column}: {error.problem}"
    return str(error)


def _verdict(
    instance: Instance,
    part: int,
    answer: Array | str,
    read: dict[str, Array],
    worker: Worker,
) -> Verdict:
    """Grade text or an array; arrays are remembered for the parts that follow."""
    target = instance.targets[part]
    if target.part.answer.kind == "expression" and isinstance(answer, str):
        wanted = target.part.answer
        outcomes = worker.run(
            answer,
            inputs(target),
            names=wanted.names,
            form=wanted.form,
            result=wanted.result,
        )
        return _followed(judge(instance, part, outcomes), instance, part, answer)
    earlier = earlier_answers(instance, read)
    if isinstance(answer, str):
        verdict = grade_text(instance, part, answer, earlier)
    else:
        verdict = grade(instance, answer, part, earlier)
    if verdict.read is not None:
        read[target.part.name] = verdict.read
    return verdict


def _files(handed: Handed, instance: Instance) -> list[tuple[int, Path]]:
    """Pair the question's parts with the files that answer them.

    Raises
    ------
    UnreadableError
        When a folder holds no answer, or a file's name fits no part.
    """
    if not handed.folder and len(instance.targets) == 1:
        return [(0, handed.path)]
    names = [target.part.name or "answer" for target in instance.targets]
    expected = " and ".join(f"{name}.npy" for name in names)
    if not handed.folder:
        if handed.path.stem not in names:
            raise UnreadableError(f"this question has parts: save {expected}")
        return [(names.index(handed.path.stem), handed.path)]
    found = []
    for part, name in enumerate(names):
        present = [
            handed.path / f"{name}{suffix}"
            for suffix in SUFFIXES
            if (handed.path / f"{name}{suffix}").exists()
        ]
        if len(present) > 1:
            both = " and ".join(path.name for path in present)
            raise UnreadableError(f"{both} are both there: keep one")
        found += [(part, path) for path in present]
    if not found:
        raise UnreadableError(f"no answer in it yet: save {expected}")
    return found


def read_as(text: str, target: Target) -> Reading | Program:
    """Read text as the kind of answer that is due."""
    answer = target.part.answer
    if answer.kind == "expression":
        return read_program(
            text, names=answer.names, form=answer.form, result=answer.result
        )
    return read_text(
        text,
        answer.kind,
        options=len(target.options),
        percent=answer.percent,
        calculation=answer.calculation,
    )


def grade_text(
    instance: Instance, part: int, text: str, earlier: Mapping[str, Value]
) -> Verdict:
    """Read a reply and grade it; what was assumed in reading goes with the verdict.

    Raises
    ------
    UnreadableError, LanguageError
        When the reply is no answer.
    """
    got = read_as(text, instance.targets[part])
    if isinstance(got, Program):
        verdict = grade(instance, got, part, earlier)
        return _followed(verdict, instance, part, text)
    verdict = grade(instance, got.array, part, earlier)
    return replace(verdict, assumed=got.note)


def _followed(verdict: Verdict, instance: Instance, part: int, text: str) -> Verdict:
    """Say of a wrong program in which line it first goes wrong, where that is known."""
    if verdict.right:
        return verdict
    from drill.grading.own_run import can_follow

    found = can_follow(instance, part, text)
    return verdict if found is None else replace(verdict, astray=found.where)
