"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from drill.errors import DrillError
from drill.locate import BUILT_IN, VARIABLE, bank_directories, topic_names
from drill.topic_index import index
from drill.visible import shown

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

TOPIC_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# A reader of YAML would take a second to load and read the bank; a line like this one
# is where a question begins, in YAML as people write it and in JSON.
QUESTION_ID = re.compile(
    r"""^[ \t]*(?:-[ \t]+)?["']?id["']?[ \t]*:[ \t]*["']?([a-z0-9][a-z0-9-]{0,63})"""
    r"""["']?[ \t]*(?:,[ \t]*)?(?:\#.*)?$""",
    re.MULTILINE,
)
LARGEST = 4_000_000


class Whole(click.IntRange):
    """A whole number within bounds."""

    name = "n"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read it, or say what it is not."""
        try:
            int(value)
        except ValueError:
            self.fail(f"'{shown(str(value), 32)}' is no whole number.", param, ctx)
        found: int = super().convert(value, param, ctx)
        return found


class Day(click.DateTime):
    """A day of the calendar."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Read it, or say how a day is written."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            said = f"'{shown(str(value), 32)}' is no day: write it like 2026-12-10."
            self.fail(said, param, ctx)


F = TypeVar("F", bound=Callable[..., Any])


def _item(name: str, help: str | None = None) -> CompletionItem:
    """Offer a word; only a shell that completes needs what click has for it."""
    from click.shell_completion import CompletionItem

    return CompletionItem(name, help=help)


def complete_topics(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the topics of the bank, and its groups where they are known."""
    try:
        directories = bank_directories(ctx.params.get("bank") or ())
    except DrillError:
        return []
    groups = (topic.group for topic in index(directories) or ())
    names = [*topic_names(directories), *filter(None, groups)]
    # A name that the bank would refuse might do anything to the shell's line.
    return [
        _item(name)
        for name in dict.fromkeys(names)
        if name.startswith(incomplete) and TOPIC_NAME.fullmatch(name)
    ]


def complete_questions(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the questions of the bank, without reading its YAML as such."""
    return [
        _item(name, help=topic)
        for name, topic in question_names(ctx.params.get("bank") or ()).items()
        if name.startswith(incomplete)
    ]


def complete_names(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the topics and the questions of the bank."""
    questions = complete_questions(ctx, param, incomplete)
    return [*complete_topics(ctx, param, incomplete), *questions]


def complete_tickets(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the beginnings of tickets: a question, and the sign before its seed."""
    return [
        _item(f"{item.value}@", help=item.help)
        for item in complete_questions(ctx, param, incomplete)
    ]


def question_names(bank: Iterable[Path]) -> dict[str, str]:
    """Return what looks like a question of the bank, with its topic, in order."""
    try:
        directories = bank_directories(bank)
    except DrillError:
        return {}
    found: dict[str, str] = {}
    for directory in directories:
        for topic in topic_names([directory]):
            path = directory / f"{topic}.yaml"
            # A completion never complains: what cannot be read offers nothing.
            with (
                suppress(OSError),
                path.open(encoding="utf-8", errors="replace") as file,
            ):
                found |= dict.fromkeys(QUESTION_ID.findall(file.read(LARGEST)), topic)
    return found


def question_argument(command: F) -> F:
    """Add ``QUESTION|TICKET``."""
    return click.argument(
        "question", metavar="QUESTION|TICKET", shell_complete=complete_questions
    )(command)


def bank_option(command: F) -> F:
    """Add ``--bank``, which may be given several times."""
    return click.option(
        "--bank",
        type=click.Path(path_type=Path),
        multiple=True,
        envvar=VARIABLE,
        metavar="DIR",
        help="Use this bank instead of the built-in one; repeat it for several, and"
        f" write {BUILT_IN} for the built-in one (default: what {VARIABLE} lists).",
    )(command)


def seed_option(command: F) -> F:
    """Add ``--seed``."""
    return click.option(
        "--seed",
        type=Whole(0, 10**12),
        metavar="N",
        help="Repeat the same numbers: the same seed, the same questions.",
    )(command)


def topics_argument(command: F) -> F:
    """Add ``[TOPIC]...``."""
    return click.argument(
        "topics", nargs=-1, metavar="[TOPIC]...", shell_complete=complete_topics
    )(command)
