"""drill completions: what a shell needs to complete commands and topics."""

from __future__ import annotations

import click

WHERE = {
    "bash": 'eval "$(drill completions bash)"   in ~/.bashrc',
    "zsh": 'eval "$(drill completions zsh)"    in ~/.zshrc',
    "fish": "drill completions fish | source   in ~/.config/fish/config.fish",
}


@click.command(
    name="completions",
    short_help="Print a shell's completion script.",
    epilog="\b\nPut one of these lines into your shell's start file:\n"
    + "\n".join(f"  {line}" for line in WHERE.values()),
)
@click.argument("shell", type=click.Choice(list(WHERE)))
def command(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, topics
    and questions.

    \b
    Example:
      drill completions bash
    """
    from click.shell_completion import get_completion_class

    from drill.cli.main import cli

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(cli, {}, "drill", "_DRILL_COMPLETE").source())
