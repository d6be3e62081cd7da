"""drill import: another machine's history, merged into this one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from drill.errors import HistoryError, UsageError
from drill.visible import shown

LARGEST = 256_000_000


@click.command(name="import", short_help="Merge a history from another machine.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(file: Path) -> None:
    """Merge the history in FILE (- for standard input) into yours.

    Nothing is doubled, however often: an answer has a name of its own on every
    machine. All of the file is taken in, or, where something is wrong with it, nothing.

    \b
    Example:
      drill import my-history.jsonl
    """
    from drill.cli.recording import open_history
    from drill.practice.exchange import merge, parsed

    name = "standard input" if str(file) == "-" else shown(str(file))
    # A file that is none of ours must not begin a history.
    found = list(parsed(lines(file), name))
    with open_history() as history:
        done = merge(history, found)
    known = done.read - done.new
    click.echo(f"{done.read} answers read: {done.new} new, {known} known already.")
    if done.undone:
        click.echo(f"{done.undone} of those were taken back, as on the other machine.")


def lines(file: Path) -> Iterator[str]:
    """Yield the lines of a file.

    Raises
    ------
    UsageError, HistoryError
        When it cannot be read, or is no text.
    """
    if str(file) == "-":
        yield from sys.stdin
        return
    if not file.is_file():
        raise UsageError(f"there is no file '{shown(str(file))}'")
    if file.stat().st_size > LARGEST:
        raise HistoryError(f"{shown(str(file))} is too large for a history")
    try:
        with file.open(encoding="utf-8") as stream:
            yield from stream
    except UnicodeDecodeError:
        raise HistoryError(f"{shown(str(file))} is no text") from None
    except OSError as error:
        raise UsageError(
            f"'{shown(str(file))}' cannot be read: {error.strerror}"
        ) from None
