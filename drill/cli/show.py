"""drill show: a question, or the instance that a ticket names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import bank_option, question_argument, seed_option

if TYPE_CHECKING:
    from drill.drawing import Instance


@click.command(
    name="show", short_help="Show a question, or the instance that a ticket names."
)
@question_argument
@seed_option
@click.option("--solution", is_flag=True, help="Show the worked solution too.")
@click.option("--step", is_flag=True, help="Walk through the solution step by step.")
@click.option("--plain", is_flag=True, help="Steps as sentences, without pictures.")
@click.option(
    "--program",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="With --step: walk through this program's run instead of the solution.",
)
@click.option(
    "--svg",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Draw the solution's last step to FILE; with --step, all to the folder FILE.",
)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@bank_option
def command(
    question: str,
    seed: int | None,
    solution: bool,
    step: bool,
    plain: bool,
    program: Path | None,
    svg: Path | None,
    as_json: bool,
    bank: tuple[Path, ...],
) -> None:
    """Show a question, or the instance that a ticket names.

    \b
    Example:
      drill show conv-output-size --seed 7 --solution
      drill show conv-output-size@7-3673
      drill show conv-output-size@7-3673 --step
      drill show max-pool-forward --svg pooling.svg
      drill show conv-forward-function@7 --step --program mine.py
    """
    from drill.cli.terminal import make_console
    from drill.library.tickets import open_instance
    from drill.locate import bank_directories
    from drill.screen import question as screen
    from drill.screen.data import dumps, instance_data

    instance = open_instance(question, seed, bank_directories(bank))
    if program is not None:
        follow(instance, program, plain=plain, svg=svg, asked=step, as_json=as_json)
        return
    console = make_console()
    if as_json:
        data = instance_data(instance, with_solution=solution)
        console.file.write(dumps(data) + "\n")
        return
    if svg is not None:
        draw_steps(instance, svg, every=step)
        return
    if step:
        show_steps(instance, plain=plain)
        return
    lines = screen.heading(instance)
    for part in range(len(instance.targets)):
        lines += [*screen.asked(instance, part), *screen.gap()]
    if solution:
        lines += screen.solved(instance)
    for line in lines[:-1] if not solution else lines:
        console.print(line)


def follow(
    instance: Instance,
    path: Path,
    *,
    plain: bool,
    svg: Path | None,
    asked: bool,
    as_json: bool,
) -> None:
    """Walk through a program's own run on the numbers of a ticket.

    Raises
    ------
    UsageError
        When the question asks for no program.
    """
    from drill.answer import read_source
    from drill.cli.pictures import write_pictures
    from drill.cli.stepping import walk_through
    from drill.errors import UsageError
    from drill.grading.own_run import own_run

    answer = instance.targets[0].part.answer
    if not asked:
        raise UsageError("--program goes with --step")
    if answer.kind != "expression" or answer.form != "numpy":
        raise UsageError(f"{instance.ticket} asks for no program")
    found = own_run(instance, 0, read_source(path, pipes=True))
    if as_json:
        from drill.screen.data import dumps, walk_data

        click.echo(dumps({**walk_data(found.walk), "opens": found.opens}))
        return
    if svg is None:
        walk_through(found.walk, plain=plain, start=found.opens)
        return
    for written in write_pictures(found.walk, svg):
        click.echo(written)


def show_steps(instance: Instance, *, plain: bool) -> None:
    """Walk through the solution; one that has no steps is shown whole."""
    from drill.cli.asking import show_lines
    from drill.cli.stepping import walk_for, walk_through
    from drill.cli.terminal import make_console
    from drill.screen import question as screen

    walk = walk_for(instance)
    if walk is None:
        console = make_console()
        console.print("This question has no steps to walk through; its solution:")
        show_lines(console, screen.solved(instance))
        return
    walk_through(walk, plain=plain)


def draw_steps(instance: Instance, path: Path, *, every: bool) -> None:
    """Write pictures of the solution's steps, and say where."""
    from drill.cli.pictures import write_picture, write_pictures
    from drill.cli.stepping import walk_for
    from drill.errors import UsageError

    walk = walk_for(instance)
    if walk is None:
        raise UsageError(
            f"{instance.ticket} has no steps to draw; --solution shows how it is solved"
        )
    if not every:
        write_picture(walk, path)
        return
    for written in write_pictures(walk, path):
        click.echo(written)
