"""drill bank check: everything that can be said about a bank without drawing much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.locate import VARIABLE

if TYPE_CHECKING:
    from drill.errors import Problem


@click.command(name="check", short_help="Load a bank and give advice, all at once.")
@click.argument(
    "paths",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar="[DIR|FILE]...",
    envvar=VARIABLE,
)
@click.option("--strict", is_flag=True, help="Take advice as seriously as problems.")
@click.option(
    "--github", is_flag=True, help="Show it beside the lines in a GitHub workflow, too."
)
def check(paths: tuple[Path, ...], strict: bool, github: bool) -> int:
    """Load a bank, say everything that is wrong with it, and give advice.

    Without DIR or FILE: the banks that DRILL_BANK lists, or else the folder you are in.
    Several are checked together, and built-in is the bank that comes with the program:
    so that no topic and no id is taken twice.

    Exit code: 0 nothing wrong, 2 a problem (with --strict: or advice).

    \b
    Example:
      drill bank check my-bank
      drill bank check built-in my-bank
    """
    from drill.authoring import advise
    from drill.bank import open_files
    from drill.cli.terminal import make_console
    from drill.screen import authoring as screen

    opened, problems = open_files(_files(paths or (Path(),)))
    failures, advice = advise(opened)
    problems += failures
    console = make_console()
    for problem in problems:
        console.print(screen.noted(problem), soft_wrap=True)
    for problem in advice:
        console.print(screen.noted(problem, "advice"), soft_wrap=True)
    if github:
        _annotate(problems, "error")
        _annotate(advice, "error" if strict else "warning")
    topics = [one.topic for one in opened if one.topic is not None]
    questions = sum(len(topic.questions) for topic in topics)
    console.print(screen.checked(len(opened), questions, problems, advice))
    return 2 if problems or (strict and advice) else 0


def _files(paths: Sequence[Path]) -> list[Path]:
    """Return the topics' files: those named, and those in the folders named."""
    from drill.bank import topic_files
    from drill.locate import bank_directories

    files: list[Path] = []
    folders: list[Path] = []
    for path in paths:
        (files if path.suffix == ".yaml" and not path.is_dir() else folders).append(
            path
        )
    if folders:
        files += topic_files(bank_directories(folders))
    return list({path.absolute(): path for path in files}.values())


def _annotate(problems: Sequence[Problem], level: str) -> None:
    from drill.screen.authoring import annotation

    for problem in problems:
        click.echo(annotation(problem, level))
