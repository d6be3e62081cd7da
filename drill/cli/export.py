"""drill export: a history as a file that another machine can merge."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from drill.errors import UsageError
from drill.visible import shown


@click.command(name="export", short_help="Write your history to a file.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(file: Path, force: bool) -> None:
    """Write your history to FILE (- for standard output), to be imported elsewhere.

    \b
    Example:
      drill export my-history.jsonl
    """
    from drill.cli.files import write_whole
    from drill.cli.recording import open_history
    from drill.practice import has_history
    from drill.practice.exchange import written

    if not has_history():
        raise UsageError("nothing was answered yet, so there is nothing to export")
    if str(file) != "-" and file.exists() and not force:
        raise UsageError(f"'{shown(str(file))}' is there already: add --force")
    with open_history() as history:
        lines = list(written(history))
    text = "\n".join(lines) + "\n"
    if str(file) == "-":
        sys.stdout.write(text)
        return
    write_whole(file, text)
    click.echo(f"{len(lines) - 1} answers written to {shown(str(file))}")
