"""drill reset: start afresh, with the old history in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from drill import clock
from drill.cli.options import topics_argument
from drill.cli.stdio import is_terminal
from drill.errors import UsageError
from drill.visible import shown

NOTHING = "Nothing was answered yet: you start afresh as it is."


@click.command(
    name="reset", short_help="Start afresh; the old history stays in a file."
)
@topics_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(topics: tuple[str, ...], yes: bool) -> int:
    """Start afresh, in some topics or in all.

    The answers leave your history, and what they did to the schedule. They stay in a
    file beside it, which `drill import` takes back.

    \b
    Example:
      drill reset cnn-sizes
    """
    from drill.cli.files import write_whole
    from drill.cli.recording import open_history
    from drill.cli.stats import begun
    from drill.cli.terminal import make_console
    from drill.practice import has_history, home
    from drill.practice.reset import answers_by_topic, reset

    if not has_history():
        click.echo(NOTHING)
        return 1
    with open_history() as history:
        counts = answers_by_topic(history)
        if not counts:
            click.echo(NOTHING)
            return 1
        wanted = begun(topics, set(counts)) or tuple(counts)
        what = told({topic: counts[topic] for topic in wanted})
        path = aside(home())
        if not yes:
            if not is_terminal():
                raise UsageError(f"{what} would leave your history: add --yes")
            leave = "will leave your history, for a file that `drill import` reads."
            make_console().print(f"{what} {leave}")
            if not click.confirm("Start afresh?"):
                return 1

        def save(lines: Iterator[str]) -> None:
            write_whole(path, "\n".join(lines) + "\n")

        gone = reset(history, wanted, save, clock.now())
    click.echo(f"Started afresh; {gone} answer{'' if gone == 1 else 's'} taken out.")
    click.echo(f"To take them back: drill import {quoted(path)}")
    return 0


def told(counts: dict[str, int]) -> str:
    """Tell how many answers, and in which topics.

    Examples
    --------
    >>> told({"relu": 1})
    '1 answer in relu'
    >>> told({"relu": 2, "max-pool": 3})
    '5 answers in relu and max-pool'
    """
    total = sum(counts.values())
    names = [shown(name, 64) for name in counts]
    last = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return f"{total} answer{'' if total == 1 else 's'} in {last}"


def aside(folder: Path) -> Path:
    """Return a name in a folder that nothing has yet."""
    stem = f"before-reset-{clock.now():%Y-%m-%d}"
    path, number = folder / f"{stem}.jsonl", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.jsonl"
    return path


def quoted(path: Path) -> str:
    """Write a path so that it can be pasted into a shell."""
    from shlex import quote

    return quote(shown(str(path)))
