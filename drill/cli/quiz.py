"""drill quiz: be asked questions, at the terminal or from a file of answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import bank_option, random_seed, seed_option, topics_argument
from drill.cli.stdio import is_terminal, say_error
from drill.errors import DrillError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from drill.bank import Question
    from drill.cli.asking import Answered

DEFAULT_COUNT = 5


@click.command(name="quiz", short_help="Be asked questions with fresh numbers.")
@topics_argument
@click.option(
    "-n",
    "count",
    type=click.IntRange(1, 1000),
    default=DEFAULT_COUNT,
    show_default=True,
    help="How many questions.",
)
@seed_option
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Take the answers from FILE (- for standard input): one a line, or blocks"
    " separated by blank lines.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
@bank_option
def command(
    topics: tuple[str, ...],
    count: int,
    seed: int | None,
    answers: Path | None,
    as_json: bool,
    bank: tuple[Path, ...],
) -> int:
    """Be asked questions with fresh numbers.

    Every question shows its ticket: `drill show TICKET` opens it again.

    \b
    Example:
      drill quiz cnn-sizes max-pool -n 8
      drill quiz cnn-sizes -n 5 --seed 7 --answers my-answers.txt
    """
    from drill.bank import load_bank
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories

    loaded = load_bank(bank_directories(bank), topics or None)
    if answers is None and not is_terminal():
        raise UsageError(
            "there is no terminal to ask at: give the answers with --answers FILE,"
            " or with --answers - for standard input"
        )
    if as_json and answers is None:
        raise UsageError("--json goes with --answers FILE")
    first = random_seed() if seed is None else seed
    chosen = choose(loaded.questions, count, first)
    console = make_console()
    if answers is not None:
        from drill.cli.batch import run_batch

        return run_batch(console, chosen, answers, as_json=as_json)
    return run_quiz(console, chosen)


def choose(
    questions: tuple[Question, ...], count: int, seed: int
) -> list[tuple[Question, int]]:
    """Choose questions and their seeds: every question once before any twice."""
    from drill.drawing.stream import Stream

    chosen: list[Question] = []
    stream = Stream("quiz", seed)
    while len(chosen) < count:
        chosen += stream.sample(questions, min(count - len(chosen), len(questions)))
    return [(question, seed + place) for place, question in enumerate(chosen)]


def run_quiz(console: Console, chosen: list[tuple[Question, int]]) -> int:
    """Ask at the terminal, and end with the summary however it ends."""
    from drill.cli.asking import Quit, ask
    from drill.cli.typing_in import line_editing
    from drill.drawing import draw

    line_editing()
    done: list[Answered] = []
    code = 0
    for place, (question, seed) in enumerate(chosen):
        try:
            instance = draw(question, seed)
            ask(console, instance, f"{place + 1}/{len(chosen)}", done)
            console.print()
        except DrillError as error:
            say_error(f"left out: {error}")
        except Quit:
            console.print()
            break
        except KeyboardInterrupt:
            console.print()
            code = 130
            break
    from drill.screen.summary import Summary, tally

    rows = tally((a.instance.question.topic, a.outcome) for a in done)
    console.print(Summary(tuple(rows)))
    return code
