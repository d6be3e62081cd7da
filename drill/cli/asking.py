"""Asking one question at the terminal: what is typed, and what is printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

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
from drill.cli.typing_in import forget, read_reply
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
Keep = Callable[[Answered], None]


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
    now, asked = begin(instance, new_id(), time.monotonic()), -1
    before = len(done)
    try:
        while not now.over:
            if now.part != asked:
                asked = now.part
                _show_part(console, now)
            event = _event(console, now.target)
            if isinstance(event, float):
                now = pause(now, event)
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
        _offer_steps(console, instance, done[before:])


def _show_part(console: Console, now: Asking) -> None:
    if now.part:
        console.print()
    forget()
    show_lines(console, show.asked(now.instance, now.part))
    if now.part == 0:
        show_lines(console, [show.keys(bool(now.target.part.hints))])


def _event(console: Console, target: Target) -> Event | float:
    """Read what the person does next; seconds when they only read the help."""
    while True:
        text = read_reply("> ", lambda typed: _unfinished(target, typed))
        command = text.strip().lower()
        if command == "help":
            start = time.monotonic()
            console.print(KEYS)
            return time.monotonic() - start
        if command:
            return EVENTS.get(command) or Reply(text)


def _unfinished(target: Target, typed: str) -> bool:
    from drill.asking.reading import unfinished

    return unfinished(target.part.answer, typed)


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


def _offer_steps(
    console: Console, instance: Instance, done: Sequence[Answered]
) -> None:
    """After a wrong answer, walk through the solution if that is wanted.

    Steps without a grid would only say again what the solution has just said.
    """
    from drill.asking.steps import steps_after
    from drill.cli.stepping import walk_through

    try:
        walk, start = steps_after(instance, done)
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
        walk_through(walk, start=start)


def show_lines(console: Console, lines: show.Lines) -> None:
    """Print lines; a matrix row is never wrapped in the middle of a word."""
    for line in lines:
        console.print(line)
