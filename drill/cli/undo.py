"""drill undo: the last answer, and what it did to the schedule, taken back."""

from __future__ import annotations

import click

from drill.cli.stdio import is_terminal
from drill.errors import UsageError


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
    from drill.practice import NAME, home
    from drill.visible import shown

    if not (home() / NAME).exists():
        click.echo("There is no answer to take back.")
        return 1
    with open_history() as history:
        last = history.last()
        if last is None:
            click.echo("There is no answer to take back.")
            return 1
        typed = last.replies[0].typed if last.replies else ""
        told = f" '{shown(' / '.join(typed.split(chr(10))), 60)}'" if typed else ""
        part = f", part {last.part + 1}" if last.parts > 1 else ""
        when = f"{last.at.astimezone():%d %b, %H:%M}"
        what = f"{last.outcome}{told} to {last.ticket}{part} ({when})"
        if not yes:
            if not is_terminal():
                raise UsageError(f"the last answer was {what}: take it back with --yes")
            if not click.confirm(f"The last answer was {what}. Take it back?"):
                return 1
        history.undo()
    click.echo(f"Taken back: {what}.")
    return 0
