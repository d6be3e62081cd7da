"""drill new: a folder with a problem and its inputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import bank_option, question_argument, seed_option
from drill.errors import UsageError

if TYPE_CHECKING:
    from drill.drawing import Instance


@click.command(
    name="new", short_help="Make a folder with a problem and its input arrays."
)
@question_argument
@seed_option
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="Where to make the folder (default: here).",
)
@bank_option
def command(
    question: str, seed: int | None, into: Path, bank: tuple[Path, ...]
) -> None:
    """Make a folder with a problem and its input arrays.

    The folder is named by its ticket. It holds problem.md and one .npy file for each
    input; save your answer in it, and run `drill check` on it.

    \b
    Example:
      drill new max-pool-backward --seed 7
    """
    from drill.library.tickets import open_instance
    from drill.locate import bank_directories

    instance = open_instance(question, seed, bank_directories(bank))
    folder = into / str(instance.ticket)
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise UsageError(
            f"'{folder}' is there already: work in it, or take another --seed"
        ) from None
    for name in write(instance, folder):
        click.echo(folder / name)


def write(instance: Instance, folder: Path) -> list[str]:
    """Write the problem, its inputs and a starter; return the files' names."""
    import numpy as np

    from drill.screen.sheet import problem_sheet, starter

    names = []
    for name in instance.question.inputs:
        value = instance.values[name]
        if isinstance(value, np.ndarray):
            np.save(folder / f"{name}.npy", value, allow_pickle=False)
            names.append(f"{name}.npy")
    program = starter(instance)
    if program:
        (folder / "answer.py").write_text(program, encoding="utf-8")
        names.append("answer.py")
    text = problem_sheet(instance, names)
    (folder / "problem.md").write_text(text, encoding="utf-8")
    return ["problem.md", *names]
