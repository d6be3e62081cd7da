"""drill publish: variants of questions in a format that others read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.files import write_whole
from drill.cli.options import Whole, bank_option, complete_names, seed_option
from drill.cli.stdio import say_error
from drill.errors import DrawError, UsageError
from drill.library.tickets import random_seed
from drill.visible import counted, shown

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing import Format, Published


@click.command(
    name="publish", short_help="Write variants of questions for pages and platforms."
)
@click.argument(
    "names", nargs=-1, metavar="[QUESTION|TOPIC]...", shell_complete=complete_names
)
@click.option(
    "-n", "count", type=Whole(1, 1000), default=10, show_default=True,
    help="How many variants of each question.",
)  # fmt: skip
@seed_option
@click.option(
    "--to", "form", metavar="FORMAT",
    help="Which format; a wrong one lists all. Without it the ending of FILE says.",
)  # fmt: skip
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    required=True,
    help="Where to write it (- for standard output).",
)
@bank_option
def command(
    names: tuple[str, ...],
    count: int,
    seed: int | None,
    form: str | None,
    output: Path,
    bank: tuple[Path, ...],
) -> int:
    """Write variants of questions, with answers, hints, mistakes and solutions.

    Without names all questions are written. What a format cannot hold is named and
    left out.

    \b
    Example:
      drill publish cnn-sizes -n 30 --seed 7 -o sizes.html
      drill publish conv-output-size --to markdown -o -
    """
    from drill.bank import load_bank
    from drill.library.selection import named, only
    from drill.locate import bank_directories
    from drill.publishing import by_suffix, format_named

    chosen = form or by_suffix(output.suffix)
    if not chosen:
        from drill.publishing import FORMATS

        raise UsageError(f"say which format with --to: {', '.join(FORMATS)}")
    module = format_named(chosen)
    directories = bank_directories(bank)
    topics, ids = named(directories, names) if names else ((), frozenset())
    questions = only(load_bank(directories, topics or None).questions, ids)
    seed = random_seed() if seed is None else seed
    found = _published(questions, count, seed, module)
    if not found:
        raise UsageError(f"nothing is left that {chosen} can hold")
    data = module.write(found)
    if str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        write_whole(output, data)
    for what, holders in missing(found, module).items():
        which = ", ".join(holders) if len(holders) < len(found) else "all"
        say_error(f"without {what}: {which}", name=False)
    variants = sum(len(one.variants) for one in found)
    where = "" if str(output) == "-" else f"{shown(str(output))}: "
    written = f"{counted(len(found), 'question')}, {counted(variants, 'variant')}"
    say_error(f"{where}{written}, seed {seed}", name=False)
    return 0


def _published(
    questions: tuple[Question, ...], count: int, seed: int, module: Format
) -> list[Published]:
    """Draw what the format can hold, and name what it cannot."""
    from drill.publishing import publish

    found = []
    for question in questions:
        try:
            if why := module.carries(question):
                say_error(f"{question.id} is left out: {why}", name=False)
                continue
            one = publish(question, count, seed, module.refused)
        except DrawError as error:
            say_error(f"{question.id} is left out: {error}", name=False)
            continue
        if len(one.variants) < count:
            there = counted(len(one.variants), "variant")
            say_error(f"{question.id} has {there}, not {count}", name=False)
        found.append(one)
    return found


def missing(found: list[Published], module: Format) -> dict[str, list[str]]:
    """Return what the format leaves out, with the questions of which it does."""
    what: dict[str, dict[str, None]] = {}
    for one in found:
        for variant in one.variants:
            for left_out in module.without(variant):
                what.setdefault(left_out, {})[one.question.id] = None
    return {name: list(ids) for name, ids in what.items()}
