"""drill import: another machine's history, merged into this one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from drill.errors import HistoryError, UsageError
from drill.visible import shown

LARGEST, LONGEST = 256_000_000, 8_000_000


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
    from drill.practice.exchange import heading, merge, parsed

    name = "standard input" if str(file) == "-" else shown(str(file))
    # A file that is none of ours must not begin a history.
    first, rest = peeked(lines(file))
    found = list(parsed(rest, name))
    beside = heading(first, name)
    with open_history() as history:
        done = merge(history, found, beside)
    many = "answer" if done.read == 1 else "answers"
    known = done.read - done.new
    click.echo(f"{done.read} {many} read, {done.new} new, {known} known already.")
    if done.undone:
        were = "was" if done.undone == 1 else "were"
        click.echo(f"{done.undone} of them {were} taken back, as on the other machine.")
    if done.plan and "exam" in done.plan:
        click.echo(
            f"The plan for the exam on {done.plan['exam']} came along: drill plan"
        )
    elif done.plan:
        click.echo("Your plan is over, as on the other machine.")


def peeked(found: Iterator[str]) -> tuple[str, Iterator[str]]:
    """Return the first line, and all of them."""
    first = next(found, "")
    return first, chain([first] if first else [], found)


def lines(file: Path) -> Iterator[str]:
    """Yield the lines of a file, never more than there may be.

    Raises
    ------
    UsageError, HistoryError
        When it cannot be read, or is no text.
    """
    name = "standard input" if str(file) == "-" else f"'{shown(str(file))}'"
    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
            left = LARGEST
            while line := stream.readline(LONGEST):
                left -= len(line)
                if left < 0:
                    raise HistoryError(f"{name} is too large for a history")
                yield line.decode()
    except UnicodeDecodeError:
        raise HistoryError(f"{name} is no text in UTF-8") from None
    except FileNotFoundError:
        raise UsageError(f"there is no file {name}") from None
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from None
