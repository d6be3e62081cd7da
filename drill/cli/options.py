"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from drill.locate import bank_directories, topic_names

F = TypeVar("F", bound=Callable[..., Any])


def complete_topics(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the topics of the bank; reads file names only."""
    names = topic_names(bank_directories(ctx.params.get("bank")))
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def bank_option(command: F) -> F:
    """Add ``--bank``."""
    return click.option(
        "--bank",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Use this bank instead of the built-in one.",
    )(command)


def seed_option(command: F) -> F:
    """Add ``--seed``."""
    return click.option(
        "--seed",
        type=click.IntRange(0, 10**12),
        metavar="N",
        help="Repeat the same numbers: the same seed, the same questions.",
    )(command)


def topics_argument(command: F) -> F:
    """Add ``[TOPIC]...``."""
    return click.argument(
        "topics", nargs=-1, metavar="[TOPIC]...", shell_complete=complete_topics
    )(command)


def random_seed() -> int:
    """Return a seed that nobody chose; short, because it stands in tickets."""
    import secrets

    return 1000 + secrets.randbelow(9000)
