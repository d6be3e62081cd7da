"""drill topics: what there is to drill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import bank_option, complete_topics
from drill.cli.stdio import say_error
from drill.errors import HistoryError

if TYPE_CHECKING:
    from drill.bank import Bank
    from drill.practice.standing import Group
    from drill.topic_index import TopicSummary


@click.command(
    name="topics",
    short_help="List the topics, or show a topic's formula sheet and questions.",
)
@click.argument(
    "topics", nargs=-1, metavar="[TOPIC]...", shell_complete=complete_topics
)
@bank_option
def command(topics: tuple[str, ...], bank: tuple[Path, ...]) -> None:
    """List the topics, those of a group, or a topic's formula sheet and questions.

    \b
    Example:
      drill topics
      drill topics max-pool
      drill topics convolutions
    """
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories
    from drill.screen import topics as show

    directories = bank_directories(bank)
    if topics:
        from drill.bank import load_bank

        loaded = load_bank(directories, topics)
        if loaded.topics.keys() >= {*topics}:
            console = make_console()
            for place, topic in enumerate(dict.fromkeys(topics)):
                for piece in [*([""] * (place > 0)), *show.sheet(loaded.topics[topic])]:
                    console.print(piece)
            return
        listed = _summaries(loaded)
        how = f"Drill all of them with:  drill quiz {' '.join(topics)}"
    else:
        listed = _listed(directories)
        how = "Drill one with:  drill quiz TOPIC"
    console = make_console()
    console.print(show.Overview(listed, begun()))
    console.print(f"\n{how}")


def begun() -> dict[str, Group]:
    """Return how one stands in each topic; nothing where there is no history."""
    from drill.practice import has_history

    if not has_history():
        return {}
    from drill import clock
    from drill.cli.recording import open_history
    from drill.practice.standing import standing

    try:
        with open_history() as history:
            return {
                group.name: group for group in standing(history, clock.now()).topics
            }
    except HistoryError as error:
        # The list itself needs no history.
        say_error(str(error))
        return {}


def _listed(directories: tuple[Path, ...]) -> list[TopicSummary]:
    """List the topics: from what was kept of them, else by opening the bank."""
    from drill.topic_index import index

    known = index(directories)
    if known is not None:
        return known
    from drill.bank import load_bank

    return _summaries(load_bank(directories))


def _summaries(bank: Bank) -> list[TopicSummary]:
    from drill.topic_index import TopicSummary

    return [
        TopicSummary(topic.id, topic.title, topic.group, len(topic.questions))
        for topic in bank.topics.values()
    ]
