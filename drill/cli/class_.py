"""drill class: deal to a class, mark what comes back, report."""

from __future__ import annotations

from importlib import import_module

import click

# Name, module and help, as in `main`: no command is imported before it is called.
COMMANDS = {
    "deal": "Give each student problems with their own numbers.",
    "mark": "Mark what a class handed in; goes on where it was stopped.",
    "report": "Show what a class got wrong; fill gradebooks.",
    "gradescope": "Make an autograder for Gradescope.",
    "compare": "Say whose mark changed between two markings, and why.",
}


class ClassCommands(click.Group):
    """The commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command's module and return its command."""
        if name not in COMMANDS:
            return None
        command = import_module(f"drill.cli.class_{name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=ClassCommands, name="class", short_help="Deal to a class, mark, and report."
)
def command() -> None:
    """Deal to a class, mark what it hands in, and see what it gets wrong.

    \b
    Example:
      drill class deal roster.csv cnn-sizes --seed 7 -o week3
      drill class mark submissions.zip --deal week3/deal.json -o marks.jsonl
      drill class report marks.jsonl --html report.html
    """
