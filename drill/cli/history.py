"""drill history: the attempts, as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from drill.cli.options import Whole, topics_argument
from drill.errors import UsageError
from drill.visible import shown

if TYPE_CHECKING:
    from drill.practice import Attempt, Report

COLUMNS = (
    "at", "day", "ticket", "topic", "skill", "part", "outcome", "score", "mistake",
    "typed", "hints", "seconds", "kind",
)  # fmt: skip
# What a spreadsheet would take for a formula, wide signs of East Asian ones included.
FORMULA = tuple("=+-@＝＋－＠")
LONGEST = 100_000


@click.command(name="history", short_help="List what you answered.")
@topics_argument
@click.option("-n", "count", type=Whole(1), help="Only the last so many.")
@click.option("--missed", is_flag=True, help="Only what was not right at first.")
@click.option("--reported", is_flag=True, help="List what you set aside, and why.")
@click.option(
    "--ask-again", is_flag=True, help="With --reported: ask all of these again."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How it is written.",
)
def command(
    topics: tuple[str, ...],
    count: int | None,
    missed: bool,
    reported: bool,
    ask_again: bool,
    form: str,
) -> None:
    """List what you answered, the newest last; or what you set aside.

    A question is set aside with `report` at its prompt, and not asked again until
    --reported --ask-again says so. The list can be pasted into an issue.

    \b
    Example:
      drill history -n 20
      drill history cnn-sizes --missed
      drill history --format csv > answers.csv
      drill history --reported
      drill history conv-output-size --reported --ask-again
    """
    from drill.cli.recording import open_history
    from drill.cli.stats import members
    from drill.practice import has_history

    if ask_again and not reported:
        raise UsageError("--ask-again goes with --reported")
    if reported:
        list_reported(topics, count, form, ask_again=ask_again)
        return
    found: list[Attempt] = []
    if has_history():
        with open_history() as history:
            found = list(history.attempts())
    some = bool(found)
    if topics:
        there = {one.topic for one in found}
        wanted = {*topics}.union(
            *(members(name) for name in topics if name not in there)
        )
        found = [one for one in found if one.topic in wanted]
    if missed:
        found = [one for one in found if one.outcome not in ("right", "skipped")]
    found = found[-count:] if count else found
    if form == "json":
        answers = [data(one) for one in found]
        click.echo(json.dumps({"version": 1, "answers": answers}))
    elif form == "csv":
        write(table(found))
    elif not found and some:
        click.echo("None of your answers is like that. All of them: drill history")
    elif not found:
        click.echo("Nothing to list yet. Start with: drill")
    else:
        from drill.cli.terminal import make_console
        from drill.screen.log import Log

        make_console().print(Log(tuple(found)))


def list_reported(
    topics: tuple[str, ...], count: int | None, form: str, *, ask_again: bool
) -> None:
    """List what was set aside, as Markdown or JSON; or have it asked again."""
    from drill.cli.recording import open_history
    from drill.cli.stats import members
    from drill.practice import has_history
    from drill.practice.reports import reports, settle

    if form == "csv":
        raise UsageError("--reported is a table or JSON: leave --format csv out")
    found: list[Report] = []
    aside: tuple[Report, ...] = ()
    if has_history():
        with open_history() as history:
            # A topic, a group of them or a question may be named.
            aside = reports(history)
            there = {one.topic for one in aside} | {one.question for one in aside}
            wanted = {*topics}.union(
                *(members(name) for name in topics if name not in there)
            )
            found = [
                one for one in aside if not topics or {one.topic, one.question} & wanted
            ]
            found = found[-count:] if count else found
            if ask_again:
                settle(history, [one.id for one in found])
    if form == "json":
        listed = [reported_data(one) for one in found]
        click.echo(json.dumps({"version": 1, "reported": listed}))
    elif not found and aside:
        click.echo("Nothing of that is set aside. What is: drill history --reported")
    elif not found:
        click.echo("Nothing is set aside. At a question's prompt type: report")
    elif ask_again:
        names = ", ".join(dict.fromkeys(shown(one.question, 64) for one in found))
        click.echo(f"Asked again: {names}.")
    else:
        click.echo("\n".join(map(issue, found)))
        click.echo("To have them asked again: drill history --reported --ask-again")


def reported_data(report: Report) -> dict[str, Any]:
    """Return what was set aside as JSON has it."""
    from dataclasses import asdict

    from drill.practice.attempt import stamp

    return {**asdict(report), "at": stamp(report.at)}


def issue(report: Report) -> str:
    """Write what was set aside so that it can be pasted into an issue."""
    part = f", part {report.part + 1}" if report.part else ""
    when = f"{report.at.astimezone():%d %b %Y}"
    typed = " / ".join(report.typed.strip().split("\n"))
    lines = [
        f"### {shown(report.ticket, 100)}{part}",
        "",
        shown(report.note, 2000) or "(no note)",
        "",
        *([f"- my answer: `{shown(typed, 500)}`"] if typed else []),
        f"- to see it: `drill show {shown(report.ticket, 100)}`",
        f"- topic {shown(report.topic, 64)}, drill {report.version}, {when}",
        "",
    ]
    return "\n".join(lines)


def write(text: str) -> None:
    """Write UTF-8 whatever the terminal speaks: a twin of a quote would end a cell."""
    whole = getattr(sys.stdout, "buffer", None)
    if whole is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    whole.write(text.encode())


def data(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt as JSON has it; `typed` is the first graded reply."""
    from drill.practice.attempt import stamp

    return {
        "at": stamp(attempt.at),
        "day": attempt.day.isoformat(),
        "ticket": attempt.ticket,
        "topic": attempt.topic,
        "skill": attempt.skill,
        "part": attempt.part,
        "outcome": attempt.outcome,
        "score": attempt.score,
        "mistake": attempt.mistakes[0].name if attempt.mistakes else "",
        "typed": attempt.replies[0].typed if attempt.replies else "",
        "hints": attempt.hints,
        "seconds": attempt.ms / 1000,
        "kind": attempt.kind,
    }


def table(attempts: list[Attempt]) -> str:
    """Write attempts as CSV that a spreadsheet cannot run.

    Examples
    --------
    >>> table([]).split(",")[:2]
    ['at', 'day']
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for attempt in attempts:
        row = data(attempt)
        writer.writerow({name: harmless(row[name]) for name in COLUMNS})
    return out.getvalue()


def harmless(value: object) -> object:
    """Put a quote before a text that starts like a formula; numbers stay.

    Examples
    --------
    >>> harmless("=1+1"), harmless(" @a"), harmless("-3"), harmless(-3)
    ("'=1+1", "' @a", '-3', -3)
    """
    if not isinstance(value, str):
        return value
    text = shown(value, LONGEST, block=True)
    if not text.lstrip().startswith(FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
