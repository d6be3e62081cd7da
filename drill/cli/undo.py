"""drill undo: the last answer, and what it did to the schedule, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from drill.cli.stdio import is_terminal
from drill.errors import UsageError

if TYPE_CHECKING:
    from drill.practice import Attempt

NOTHING = "There is no answer to take back."


@click.command(name="undo", short_help="Take the last answer back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(yes: bool) -> int:
    """Take the last answer back, and what it did to the schedule.

    Once more takes back the one before. It stays in the log, marked, and counts
    nowhere.

    \b
    Example:
      drill undo
    """
    from drill.cli.recording import open_history
    from drill.cli.terminal import make_console
    from drill.practice import has_history

    console = make_console()
    if not has_history():
        console.print(NOTHING)
        return 1
    with open_history() as history:
        last = history.last()
        if last is None:
            console.print(NOTHING)
            return 1
        what = told(last)
        if not yes:
            if not is_terminal():
                raise UsageError(f"the last answer was {what}: take it back with --yes")
            console.print(f"The last answer was {what}.")
            if not click.confirm("Take it back?"):
                return 1
        if history.undo(last.id) is None:
            raise UsageError("another answer has come since: start drill undo again")
    console.print(f"Taken back: {what}.")
    return 0


def told(attempt: Attempt) -> str:
    """Tell an answer in a few words: how it went, what was typed, to what, when."""
    from drill.visible import shown

    typed = attempt.replies[0].typed.strip() if attempt.replies else ""
    said = f" '{shown(' / '.join(typed.split(chr(10))), 60)}'" if typed else ""
    part = f", part {attempt.part + 1}" if attempt.parts > 1 else ""
    when = f"{attempt.at.astimezone():%d %b %Y, %H:%M}"
    return f"{attempt.outcome}{said} to {shown(attempt.ticket, 90)}{part} ({when})"
