"""Asking one question at the terminal: what is typed, and what is printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from drill.asking import (
    Answered,
    Asking,
    Event,
    HintGiven,
    Reply,
    Unread,
    begin,
    pause,
    take,
)
from drill.cli.help import KEYS
from drill.cli.stdio import say_error
from drill.cli.typing_in import forget, in_editor, read_reply
from drill.errors import DrillError
from drill.practice import new_id
from drill.screen import question as show

if TYPE_CHECKING:
    from rich.console import Console

    from drill.asking.turns import Shown
    from drill.drawing import Instance, Target

LEAVE = ("quit", "exit", "q")
EVENTS: dict[str, Event] = {
    "?": "hint",
    "??": "give up",
    "skip": "skip",
    **dict.fromkeys(LEAVE, "leave"),
}
UNKEPT = "Without a history nothing can be set aside."
REPORT: Literal["report"] = "report"
ASIDE = (
    "Set aside: it is not asked again, and what you answered to it does not count."
    " drill history --reported lists it."
)
Keep = Callable[[Answered], None]
SetAside = Callable[["Instance", int, str, "str | None"], bool]


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


def ask(
    console: Console,
    instance: Instance,
    count: str,
    done: list[Answered],
    keep: Keep = lambda answered: None,
    set_aside: SetAside = lambda *_: False,
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
    set_aside : callable
        Called when something seems wrong with a question; it tells whether that was
        kept.  What was answered to it then does not count.

    Raises
    ------
    Quit
        When the person types quit or ends the input.
    """
    show_lines(console, show.heading(instance, count))
    now, asked = begin(instance, new_id(), time.monotonic()), -1
    before = len(done)
    try:
        while not now.over:
            if now.part != asked:
                asked = now.part
                _show_part(console, now)
            event = _event(console, now)
            if isinstance(event, float):
                now = pause(now, event)
                continue
            if event == REPORT:
                typed = now.tries[-1].text if now.tries else ""
                if _aside(console, set_aside(instance, now.part, typed, now.id)):
                    del done[before:]
                    return
                continue
            step = take(now, event, time.monotonic())
            now = step.asking
            if step.keep is not None:
                keep(step.keep)
            done[before:] = now.done
            if step.show is not None:
                _show(console, step.show)
            if event == "leave":
                raise Quit
    except EOFError:
        done[before:] = take(now, "leave", time.monotonic()).asking.done
        raise Quit(cut_off=True) from None
    except KeyboardInterrupt:
        done[before:] = take(now, "leave", time.monotonic()).asking.done
        raise
    if now.missed:
        show_lines(console, [*show.gap(), *show.solved(instance)])
        reply = _offer_steps(console, instance, done[before:])
        last = done[-1]
        if reply == REPORT and _aside(
            console, set_aside(instance, last.part, last.text, last.asking)
        ):
            del done[before:]


def _aside(console: Console, kept: bool) -> bool:
    console.print(ASIDE if kept else UNKEPT)
    return kept


def _show_part(console: Console, now: Asking) -> None:
    if now.part:
        console.print()
    forget()
    show_lines(console, show.asked(now.instance, now.part))
    if now.part == 0:
        show_lines(console, [show.keys(bool(now.target.part.hints))])


def _event(console: Console, now: Asking) -> Event | Literal["report"] | float:
    """Read what the person does next; seconds when they only read the help."""
    target = now.target
    while True:
        text = read_reply("> ", lambda typed: _unfinished(target, typed))
        command = text.strip().lower()
        if command == "help":
            start = time.monotonic()
            console.print(KEYS)
            return time.monotonic() - start
        if command == REPORT:
            return REPORT
        if edits(command, target):
            typed = edited(target, now.tries[-1].text if now.tries else "")
            if typed is None:
                continue
            return Reply(typed)
        if command:
            return EVENTS.get(command) or Reply(text)


def _unfinished(target: Target, typed: str) -> bool:
    from drill.asking.reading import unfinished

    return unfinished(target.part.answer, typed)


def edits(command: str, target: Target) -> bool:
    """Tell whether a word opens the editor: ``e`` not where it may be the answer.

    It may be an option, Euler's number, or a name that a program is given.
    """
    if command != "e":
        return command == "edit"
    answer = target.part.answer
    match answer.kind:
        case "choice" | "choices":
            return len(target.options) < 5
        case "number":
            return False
        case "expression":
            return "e" not in answer.names
        case _:
            return True


def edited(target: Target, text: str) -> str | None:
    """Let an answer be written in an editor; None, told, when there is none."""
    program = target.part.answer.kind == "expression"
    try:
        found = in_editor(text, ".py" if program else ".txt")
    except DrillError as error:
        say_error(str(error))
        return None
    if found is None or not found.strip():
        say_error("nothing was saved, so nothing is answered", name=False)
        return None
    return found


def _show(console: Console, shown: Shown) -> None:
    if isinstance(shown, HintGiven):
        if shown.prose is None:
            console.print("No more hints; ?? gives up and shows the solution.")
        else:
            show_lines(console, show.hint(shown.prose, shown.number, shown.of))
    elif isinstance(shown, Unread):
        show_lines(console, show.unread(shown.text, shown.error))
    else:
        verdict, target = shown.verdict, shown.target
        show_lines(console, show.judged(verdict, target, final=shown.last))
        if shown.again:
            console.print("One more try.")


def _offer_steps(console: Console, instance: Instance, done: Sequence[Answered]) -> str:
    """After a wrong answer, walk through the solution if that is wanted.

    What else was typed is returned.  Steps without a grid would only say again what
    the solution has just said.
    """
    from drill.asking.steps import steps_after
    from drill.cli.stepping import walk_through

    try:
        walk, start = steps_after(instance, done)
    except DrillError:
        # The self-test tells the author; a learner has the solution before them.
        return ""
    if walk is None or not any(frame.panels for frame in walk.frames):
        return ""
    show_lines(console, [*show.gap(), show.steps_offered()])
    try:
        reply = read_reply("> ", lambda _: False).strip().lower()
    except EOFError:
        raise Quit from None
    if reply in LEAVE:
        raise Quit
    if reply == "step":
        console.print()
        walk_through(walk, start=start)
    return reply


def show_lines(console: Console, lines: show.Lines) -> None:
    """Print lines; a matrix row is never wrapped in the middle of a word."""
    for line in lines:
        console.print(line)
