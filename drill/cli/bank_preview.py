"""drill bank preview: a question with everything that it can say."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import Whole, bank_option, complete_questions
from drill.cli.stdio import say_error
from drill.errors import DrillError

if TYPE_CHECKING:
    from rich.console import Console

SEEDS = 200
PAUSE = 0.3


@click.command(
    name="preview", short_help="Show a question with hints, solution and mistakes."
)
@click.argument("question", metavar="QUESTION", shell_complete=complete_questions)
@click.option(
    "--seed",
    type=Whole(0, 10**12),
    default=1,
    show_default=True,
    metavar="N",
    help="Which numbers.",
)
@click.option("--watch", is_flag=True, help="Show it again whenever the bank is saved.")
@bank_option
def preview(question: str, seed: int, watch: bool, bank: tuple[Path, ...]) -> int:
    """Show a question with its hints, its solution and its mistakes at work.

    At the end stand how many draws are kept, and the advice of `drill bank check`.

    \b
    Example:
      drill bank preview pruning-first --bank my-bank --watch
    """
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories

    directories = bank_directories(bank)
    console = make_console()
    if not watch:
        _show(console, directories, question, seed)
        return 0
    try:
        _watch(console, directories, question, seed)
    except KeyboardInterrupt:
        say_error("stopped watching")
    return 0


def _watch(
    console: Console, directories: tuple[Path, ...], question: str, seed: int
) -> None:
    """Show the question whenever a file of the bank changes; never returns."""
    before: object = None
    while True:
        now = _stamps(directories)
        if now != before:
            if console.is_terminal:
                console.clear()
            elif before is not None:
                console.rule()
            before = now
            try:
                _show(console, directories, question, seed)
            except DrillError as error:
                say_error(str(error))
            console.file.flush()
            say_error("watching; Ctrl-C ends it")
        time.sleep(PAUSE)


def _stamps(directories: tuple[Path, ...]) -> list[tuple[str, int, int]]:
    """Return what changes when a file of the bank is saved."""
    found = []
    for folder in directories:
        for path in sorted(folder.glob("*.yaml")):
            try:
                status = path.stat()
            except OSError:  # an editor may be putting the new file in its place
                continue
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return found


def _show(
    console: Console, directories: tuple[Path, ...], name: str, seed: int
) -> None:
    from drill.authoring import accept, advise, tried
    from drill.bank import find_question, open_files
    from drill.drawing import draw
    from drill.screen import authoring as screen

    question = find_question(directories, name)
    instance = draw(question, seed)
    tries = [tried(instance, part) for part in range(len(instance.targets))]
    for line in screen.preview(instance, tries):
        console.print(line)
    console.print()
    for line in screen.accepted(accept(question, range(SEEDS))):
        console.print(line)
    paths = [folder / f"{question.topic}.yaml" for folder in directories]
    opened, _ = open_files([path for path in paths if path.exists()])
    for one in opened:
        ids = [other.id for other in one.topic.questions] if one.topic else []
        own = f"questions[{ids.index(name)}]" if name in ids else "questions[]"
        for piece in advise([one])[1]:
            if piece.path.startswith(own):
                console.print(screen.noted(piece, "advice"), soft_wrap=True)
