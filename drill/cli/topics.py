"""drill topics: what there is to drill."""

from __future__ import annotations

from pathlib import Path

import click

from drill.cli.options import bank_option, complete_topics


@click.command(
    name="topics",
    short_help="List the topics, or one topic's formula sheet and questions.",
)
@click.argument("topic", required=False, shell_complete=complete_topics)
@bank_option
def command(topic: str | None, bank: tuple[Path, ...]) -> None:
    """List the topics, or one topic's formula sheet and questions.

    \b
    Example:
      drill topics
      drill topics max-pool
    """
    from drill.bank import load_bank
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories
    from drill.screen import topics as show

    loaded = load_bank(bank_directories(bank), (topic,) if topic else None)
    console = make_console()
    if topic:
        for piece in show.sheet(loaded.topics[topic]):
            console.print(piece)
    else:
        console.print(show.overview(loaded))
        console.print("\nDrill one with:  drill quiz TOPIC")
