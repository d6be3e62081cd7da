"""drill class report: what a class can do, and what it gets wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import bank_option
from drill.cli.stdio import say_error
from drill.errors import UsageError
from drill.visible import shown

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
@click.option(
    "--feedback", "pages", metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a page for each student, with the solution of their own numbers.",
)  # fmt: skip
@click.option("--title", default="drill", help="What the column and page are called.")
@click.option("--anonymous", is_flag=True, help="Write codes for names and ids.")
@bank_option
def command(
    marks: Path,
    html: Path | None,
    book: Path | None,
    platform: str,
    points: float,
    penalty: float,
    pages: Path | None,
    title: str,
    anonymous: bool,
    bank: tuple[Path, ...],
) -> None:
    """Show what a class can do: question by question, and mistake by mistake.

    MARKS is what `drill class mark` wrote. "strong - weak" is how much better the
    strongest 27 % do than the weakest; r correlates a question with all the others.

    \b
    Example:
      drill class report marks.jsonl --html report.html
      drill class report marks.jsonl --gradebook week3.csv --for canvas --points 10
      drill class report marks.jsonl --feedback pages
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
    if pages is not None:
        count = _write_feedback(read(), pages, bank)
        say_error(f"{count} pages in {shown(str(pages))}")
    if book is not None:
        policy = Policy(points, penalty / 100, title)
        kind: object = platform
        write_whole(book, gradebook(totals.students, policy, kind))  # type: ignore[arg-type]


def _write_feedback(
    marks: Iterable[Marked], folder: Path, bank: tuple[Path, ...]
) -> int:
    """Write a page for each student; return how many."""
    from drill.classroom.opening import Opener
    from drill.cli.files import write_whole
    from drill.drawing import Instance, parse_ticket
    from drill.errors import DrillError
    from drill.locate import bank_directories
    from drill.screen.feedback import feedback

    opener = Opener(bank_directories(bank))

    def opened(ticket: str) -> Instance | None:
        try:
            return opener.open(parse_ticket(ticket))
        except DrillError:
            return None

    by_student: dict[str, list[Marked]] = {}
    for mark in marks:
        by_student.setdefault(mark.student, []).append(mark)
    folder.mkdir(parents=True, exist_ok=True)
    for student, own in by_student.items():
        parts = [(mark, opened(mark.ticket)) for mark in own]
        page = feedback(own[0].name or student, parts)
        write_whole(folder / f"{_file_name(student)}.html", page)
    return len(by_student)


def _file_name(student: str) -> str:
    """Return a name that is safe in any folder, and another for every student.

    Examples
    --------
    >>> _file_name("s001"), _file_name("../x") == _file_name("x")
    ('s001', False)
    """
    safe = re.sub(r"[^A-Za-z0-9_-]", "_", student)[:60]
    if safe == student:
        return safe
    return (
        f"{safe}-{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:8]}"
    )


def _coded(mark: Marked) -> Marked:
    """Give a student a code that stays the same from week to week."""
    from msgspec.structs import replace

    code = hashlib.sha256(mark.student.encode()).hexdigest()[:8]
    return replace(mark, student=code, name="", dealt_to=())
