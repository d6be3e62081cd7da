"""Asking one question: reading, grading, one more try, and the solution."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from drill.answer import echo, pending
from drill.bank import Answer
from drill.classroom import grade_text
from drill.cli.help import KEYS
from drill.cli.stepping import walk_for, walk_through
from drill.cli.typing_in import forget, read_reply
from drill.drawing import Instance, Target, hints
from drill.errors import DrillError, LanguageError, UnreadableError
from drill.grading import Diagnosis, Verdict, earlier_answers
from drill.language import Value
from drill.practice import new_id
from drill.screen import question as show

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from rich.console import Console

Outcome = Literal["right", "right later", "wrong", "gave up", "skipped", "unread"]
TRIES = 2
LEAVE = ("quit", "exit", "q")


class Quit(Exception):  # noqa: N818 - it is no error: the person has had enough
    """The person wants to stop here.

    Parameters
    ----------
    cut_off : bool
        Whether the input ended, instead of the person saying so.
    """

    def __init__(self, *, cut_off: bool = False) -> None:
        super().__init__()
        self.cut_off = cut_off


@dataclass(frozen=True, eq=False)
class Answered:
    """What became of one part of a question.

    Attributes
    ----------
    outcome : str
    score : float
        Of the first graded answer, from 0 to 1.
    named : tuple of Diagnosis
        The mistakes, or relations, named on the way.
    hints, hints_of : int
        How many hints were taken, of how many.
    replies : tuple of (typed, read)
        The graded replies.
    seconds : float
        From the prompt to the first graded reply, without time spent in the help.
    id, asking : str
        Of this part, and of all parts of this instance.
    """

    instance: Instance
    part: int
    outcome: Outcome
    score: float = 0.0
    verdict: Verdict | None = None
    text: str = ""
    named: tuple[Diagnosis, ...] = ()
    hints: int = 0
    hints_of: int = 0
    replies: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    problem: str = ""
    id: str = ""
    asking: str = ""


Keep = Callable[[Answered], None]


@dataclass
class Progress:
    """Where a person stands within one part."""

    instance: Instance
    part: int
    asking: str
    id: str = field(default_factory=new_id)
    since: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    hints: int = 0
    score: float = 0.0
    verdict: Verdict | None = None
    replies: list[tuple[str, str]] = field(default_factory=list)
    named: list[Diagnosis] = field(default_factory=list)

    def graded(self, text: str, verdict: Verdict) -> None:
        """Take in one graded reply."""
        target = self.instance.targets[self.part]
        if not self.replies:
            self.score = verdict.score
            self.seconds = time.monotonic() - self.since
        read = "" if target.cases or verdict.read is None else _echo(verdict, target)
        self.replies.append((text, read))
        found = verdict.mistakes or ((verdict.relation,) if verdict.relation else ())
        self.named += [one for one in found if one not in self.named]
        self.verdict = verdict

    def answered(self, outcome: Outcome) -> Answered:
        """Return what has become of the part so far."""
        return Answered(
            self.instance,
            self.part,
            outcome,
            self.score,
            self.verdict,
            self.replies[-1][0] if self.replies else "",
            tuple(self.named),
            self.hints,
            len(self.instance.targets[self.part].part.hints),
            tuple(self.replies),
            self.seconds or time.monotonic() - self.since,
            "",
            self.id,
            self.asking,
        )


def ask(
    console: Console,
    instance: Instance,
    count: str,
    done: list[Answered],
    keep: Keep = lambda answered: None,
) -> None:
    """Ask every part of a question at the terminal.

    Parameters
    ----------
    console : Console
    instance : Instance
    count : str
        Which question of how many.
    done : list of Answered
        Grows with each part: whoever leaves in the middle keeps what was answered.
    keep : callable
        Called with each graded reply before its verdict is shown.

    Raises
    ------
    Quit
        When the person types quit or ends the input.
    """
    show_lines(console, show.heading(instance, count))
    first, asking = len(done), new_id()
    read: dict[str, NDArray[Any]] = {}
    for part, target in enumerate(instance.targets):
        forget()
        show_lines(console, show.asked(instance, part))
        if part == 0:
            show_lines(console, [show.keys(bool(target.part.hints))])
        now = Progress(instance, part, asking)
        try:
            answered = _ask_part(console, now, earlier_answers(instance, read), keep)
        except (Quit, KeyboardInterrupt):
            if now.replies:
                done.append(now.answered("wrong"))
            raise
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
        _offer_steps(console, instance)


def _offer_steps(console: Console, instance: Instance) -> None:
    """After a wrong answer, walk through the solution if that is wanted.

    Steps without a grid would only say again what the solution has just said.
    """
    try:
        walk = walk_for(instance)
    except DrillError:
        # The self-test tells the author; a learner has the solution before them.
        return
    if walk is None or not any(frame.panels for frame in walk.frames):
        return
    show_lines(console, [*show.gap(), show.steps_offered()])
    try:
        reply = read_reply("> ", lambda _: False).strip().lower()
    except EOFError:
        raise Quit from None
    if reply in LEAVE:
        raise Quit
    if reply == "step":
        console.print()
        walk_through(walk)


def show_lines(console: Console, lines: show.Lines) -> None:
    """Print lines; a matrix row is never wrapped in the middle of a word."""
    for line in lines:
        console.print(line)


def _ask_part(
    console: Console, now: Progress, earlier: dict[str, Value], keep: Keep
) -> Answered:
    target = now.instance.targets[now.part]
    advice = hints(now.instance, now.part)
    while True:
        text = _reply(target)
        command = text.strip().lower()
        if command in LEAVE:
            raise Quit
        if command == "help":
            start = time.monotonic()
            console.print(KEYS)
            now.since += time.monotonic() - start
        elif command == "?":
            if now.hints < len(advice):
                now.hints += 1
                lines = show.hint(advice[now.hints - 1], now.hints, len(advice))
                show_lines(console, lines)
            else:
                console.print("No more hints; ?? gives up and shows the solution.")
        elif command in ("??", "skip"):
            outcome: Outcome = "gave up" if command == "??" else "skipped"
            if now.replies and command == "skip":
                outcome = "wrong"
            answered = now.answered(outcome)
            keep(answered)
            return answered
        elif command:
            verdict = _grade_reply(console, now, text, earlier)
            if verdict is None:
                continue
            now.graded(text, verdict)
            last = len(now.replies) == TRIES
            right: Outcome = "right" if len(now.replies) == 1 else "right later"
            answered = now.answered(right if verdict.right else "wrong")
            # What was answered is on disk before it is told what it was worth.
            keep(answered)
            _show_verdict(console, verdict, target, final=last)
            if verdict.right or last:
                return answered
            console.print("One more try.")


def _grade_reply(
    console: Console, now: Progress, text: str, earlier: dict[str, Value]
) -> Verdict | None:
    """Read and grade; None when the reply is no answer, which costs nothing."""
    try:
        return grade_text(now.instance, now.part, text, earlier)
    except UnreadableError as error:
        show_lines(console, show.problem(str(error), text, error.column))
    except LanguageError as error:
        show_lines(console, show.refused(error))
    return None


def _show_verdict(
    console: Console, verdict: Verdict, target: Target, *, final: bool
) -> None:
    if verdict.right:
        show_lines(console, show.right(verdict))
        return
    plain = target.cases or target.options or verdict.read is None
    read = "" if plain else _echo(verdict, target)
    show_lines(console, show.wrong(verdict, target, read, final=final))


def _echo(verdict: Verdict, target: Target) -> str:
    assert verdict.read is not None
    return echo(verdict.read, target.part.answer.kind)


def _reply(target: Target) -> str:
    try:
        return read_reply("> ", lambda text: unfinished(target.part.answer, text))
    except EOFError:
        raise Quit(cut_off=True) from None


def unfinished(answer: Answer, text: str) -> bool:
    """An open bracket wants another line; so does a program without its result."""
    if answer.kind != "expression":
        return pending(text)
    if pending(text):
        return True
    last = text.strip().rpartition("\n")[2]
    name, equals, value = last.partition("=")
    assigns = bool(equals) and name.strip().isidentifier() and value[:1] != "="
    return assigns and name.strip() != answer.result and answer.form == "numpy"
