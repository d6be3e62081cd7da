"""drill class report: what a class can do, and what it gets wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.errors import UsageError

if TYPE_CHECKING:
    from drill.analysis.marks import Marked


@click.command(
    name="report", short_help="Show what a class got wrong; fill gradebooks."
)
@click.argument("marks", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--html", "html", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report as one page with pictures.",
)  # fmt: skip
@click.option(
    "--gradebook", "book", metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a CSV that a platform's gradebook imports; goes with --for.",
)  # fmt: skip
@click.option(
    "--for", "platform", type=click.Choice(["canvas", "moodle", "plain"]),
    default="plain", show_default=True, help="Whose columns the gradebook has.",
)  # fmt: skip
@click.option(
    "--points", type=click.FloatRange(0, min_open=True), default=100.0,
    show_default=True, help="Points for everything right.",
)  # fmt: skip
@click.option(
    "--late-penalty", "penalty", type=click.FloatRange(0, 100), default=0.0,
    show_default=True, metavar="PERCENT", help="What lateness costs.",
)  # fmt: skip
@click.option("--title", default="drill", help="What the column and page are called.")
@click.option("--anonymous", is_flag=True, help="Write codes for names and ids.")
def command(
    marks: Path,
    html: Path | None,
    book: Path | None,
    platform: str,
    points: float,
    penalty: float,
    title: str,
    anonymous: bool,
) -> None:
    """Show what a class can do: question by question, and mistake by mistake.

    MARKS is what `drill class mark` wrote. "strong - weak" is how much better the
    strongest 27 % do than the weakest; r correlates a question with all the others.

    \b
    Example:
      drill class report marks.jsonl --html report.html
      drill class report marks.jsonl --gradebook week3.csv --for canvas --points 10
    """
    from drill.analysis.copies import copies
    from drill.analysis.gradebook import Policy, gradebook
    from drill.analysis.marks import read_marks
    from drill.analysis.totals import total
    from drill.cli.asking import show_lines
    from drill.cli.files import write_whole
    from drill.cli.terminal import make_console
    from drill.screen import class_report as show

    if anonymous and book is not None:
        raise UsageError("a gradebook needs names: leave --anonymous out")

    def read() -> Iterator[Marked]:
        found = read_marks(marks)
        return map(_coded, found) if anonymous else found

    totals, alike = total(read()), copies(read())
    show_lines(make_console(), show.report(totals, alike))
    if html is not None:
        write_whole(html, show.page(totals, alike, title))
    if book is not None:
        policy = Policy(points, penalty / 100, title)
        kind: object = platform
        write_whole(book, gradebook(totals.students, policy, kind))  # type: ignore[arg-type]


def _coded(mark: Marked) -> Marked:
    """Give a student a code that stays the same from week to week."""
    from msgspec.structs import replace

    code = hashlib.sha256(mark.student.encode()).hexdigest()[:8]
    return replace(mark, student=code, name="", dealt_to=())
