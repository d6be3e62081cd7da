"""Asking one question: reading, grading, one more try, and the solution."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from drill.answer import echo, pending
from drill.bank import Answer
from drill.classroom import read_as
from drill.cli.help import KEYS
from drill.cli.typing_in import forget, read_reply
from drill.drawing import Instance, Target, hints
from drill.errors import LanguageError, UnreadableError
from drill.grading import Verdict, earlier_answers, grade
from drill.language import Program, Value
from drill.screen import question as show

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from rich.console import Console

Outcome = Literal["right", "right later", "wrong", "gave up", "skipped", "unread"]
TRIES = 2


class Quit(Exception):  # noqa: N818 - it is no error: the person has had enough
    """The person wants to stop here."""


@dataclass(frozen=True, eq=False)
class Answered:
    """What became of one part of a question.

    Attributes
    ----------
    outcome : str
    score : float
        Of the first graded answer, from 0 to 1.
    mistakes : tuple of str
        The mistakes named on the way.
    hints : int
        How many hints were taken.
    """

    instance: Instance
    part: int
    outcome: Outcome
    score: float = 0.0
    verdict: Verdict | None = None
    text: str = ""
    mistakes: tuple[str, ...] = ()
    hints: int = 0
    problem: str = ""


@dataclass
class Progress:
    """Where a person stands within one part."""

    tries: int = 0
    hints: int = 0
    score: float | None = None
    mistakes: list[str] = field(default_factory=list)


def ask(console: Console, instance: Instance, count: str, done: list[Answered]) -> None:
    """Ask every part of a question at the terminal.

    Parameters
    ----------
    console : Console
    instance : Instance
    count : str
        Which question of how many.
    done : list of Answered
        Grows with each part: whoever leaves in the middle keeps what was answered.

    Raises
    ------
    Quit
        When the person types quit or ends the input.
    """
    show_lines(console, show.heading(instance, count))
    first = len(done)
    read: dict[str, NDArray[Any]] = {}
    for part, target in enumerate(instance.targets):
        forget()
        show_lines(console, show.asked(instance, part))
        if part == 0:
            show_lines(console, [show.keys(bool(target.part.hints))])
        answered = _ask_part(console, instance, part, earlier_answers(instance, read))
        done.append(answered)
        got = answered.verdict.read if answered.verdict else None
        if got is not None and target.part.name:
            read[target.part.name] = got
        if answered.outcome in ("gave up", "skipped"):
            break
        if part + 1 < len(instance.targets):
            console.print()
    if any(a.outcome in ("wrong", "gave up") for a in done[first:]):
        show_lines(console, [*show.gap(), *show.solved(instance)])


def show_lines(console: Console, lines: show.Lines) -> None:
    """Print lines; a matrix row is never wrapped in the middle of a word."""
    for line in lines:
        console.print(line)


def _ask_part(
    console: Console, instance: Instance, part: int, earlier: dict[str, Value]
) -> Answered:
    target = instance.targets[part]
    advice = hints(instance, part)
    now = Progress()
    while True:
        text = _reply(target)
        command = text.strip().lower()
        if command in ("quit", "exit", "q"):
            raise Quit
        if command == "help":
            console.print(KEYS)
        elif command == "?":
            if now.hints < len(advice):
                now.hints += 1
                lines = show.hint(advice[now.hints - 1], now.hints, len(advice))
                show_lines(console, lines)
            else:
                console.print("No more hints; ?? gives up and shows the solution.")
        elif command in ("??", "skip"):
            outcome: Outcome = "gave up" if command == "??" else "skipped"
            return _answered(instance, part, outcome, now, None, "")
        elif command:
            last = now.tries + 1 == TRIES
            verdict = _grade_reply(console, instance, part, text, earlier, final=last)
            if verdict is None:
                continue
            now.tries += 1
            now.score = verdict.score if now.score is None else now.score
            now.mistakes += [m.name for m in verdict.mistakes]
            if verdict.right:
                outcome = "right" if now.tries == 1 else "right later"
                return _answered(instance, part, outcome, now, verdict, text)
            if now.tries == TRIES:
                return _answered(instance, part, "wrong", now, verdict, text)
            console.print("One more try.")


def _answered(
    instance: Instance,
    part: int,
    outcome: Outcome,
    now: Progress,
    verdict: Verdict | None,
    text: str,
) -> Answered:
    return Answered(
        instance,
        part,
        outcome,
        now.score or 0.0,
        verdict,
        text,
        tuple(dict.fromkeys(now.mistakes)),
        now.hints,
    )


def _grade_reply(
    console: Console,
    instance: Instance,
    part: int,
    text: str,
    earlier: dict[str, Value],
    *,
    final: bool,
) -> Verdict | None:
    """Read, grade and show; None when the reply is no answer."""
    target = instance.targets[part]
    try:
        got = read_as(text, target)
    except UnreadableError as error:
        show_lines(console, show.problem(str(error), text, error.column))
        return None
    except LanguageError as error:
        show_lines(console, show.refused(error))
        return None
    verdict = grade(instance, got, part, earlier)
    if verdict.right:
        show_lines(console, show.right(verdict))
    else:
        shown = "" if isinstance(got, Program) or target.options else echo(got)
        show_lines(console, show.wrong(verdict, target, shown, final=final))
    return verdict


def _reply(target: Target) -> str:
    try:
        return read_reply("> ", lambda text: _unfinished(target.part.answer, text))
    except EOFError:
        raise Quit from None


def _unfinished(answer: Answer, text: str) -> bool:
    """An open bracket wants another line; so does a program without its result."""
    if answer.kind != "expression":
        return pending(text)
    if pending(text):
        return True
    last = text.strip().rpartition("\n")[2]
    name, equals, value = last.partition("=")
    assigns = bool(equals) and name.strip().isidentifier() and value[:1] != "="
    return assigns and name.strip() != answer.result and answer.form == "numpy"
