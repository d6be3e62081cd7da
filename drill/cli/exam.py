"""drill exam: a mock exam from a seed, at the terminal or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from drill import clock
from drill.cli.exam_paper import check_endings, write, write_variants
from drill.cli.files import write_whole
from drill.cli.options import Whole, bank_option, seed_option, topics_argument
from drill.cli.stdio import is_terminal, say_error
from drill.errors import HistoryError, UsageError
from drill.library.tickets import random_seed
from drill.visible import counted

if TYPE_CHECKING:
    from rich.console import Console

    from drill.bank import Question
    from drill.cli.exam_session import Desk
    from drill.exam import Graded, Paper

NOTHING = ("", "-", "skip")
INTERRUPTED = 130
RESUME = "drill exam --resume goes on"
BUT_RESUME = ("resume", "solutions", "json_file", "bank")
BUT_WRITE = (
    *("topics", "count", "minutes", "seed", "paper", "key", "variants", "page", "bank"),
)


@click.command(name="exam", short_help="Sit a mock exam, or write one on paper.")
@topics_argument
@click.option(
    "-n", "count", type=Whole(1, 100), default=8, show_default=True,
    help="How many questions.",
)  # fmt: skip
@click.option("--minutes", type=Whole(1, 600), help="How long it takes at most.")
@seed_option
@click.option("--resume", is_flag=True, help="Go on with the exam that you left.")
@click.option(
    "--solutions", is_flag=True, help="Show worked solutions without being asked."
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Take the answers from FILE (- for standard input), one each part.",
)
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write the report as JSON (- for standard output).",
)
@click.option(
    "--paper",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the paper to FILE.pdf, FILE.html or FILE.md instead of asking.",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the answer key to FILE.pdf, FILE.html or FILE.md.",
)
@click.option(
    "--variants",
    type=Whole(2, 26),
    metavar="N",
    help="Write N papers that ask the same with other numbers, their keys, and one"
    " marking sheet.",
)
@click.option(
    "--page", type=click.Choice(["A4", "Letter"], case_sensitive=False),
    help="The size of a paper's pages (default: A4).",
)  # fmt: skip
@bank_option
def command(
    topics: tuple[str, ...],
    count: int,
    minutes: int | None,
    seed: int | None,
    resume: bool,
    solutions: bool,
    answers: Path | None,
    json_file: Path | None,
    paper: Path | None,
    key: Path | None,
    variants: int | None,
    page: str | None,
    bank: tuple[Path, ...],
) -> int:
    """Sit a mock exam: a fixed paper, and no feedback until it is handed in.

    A question is worth its level in points, each of several parts a point less but at
    least one. Without topics all of them take turns. The clock stands still while
    you are away: --resume goes on with the time that was left.

    \b
    Example:
      drill exam cnn-sizes max-pool -n 6
      drill exam --seed 7 --minutes 45
      drill exam --seed 7 --paper exam.pdf --key key.pdf
      drill exam cnn-sizes --seed 7 --paper exam.pdf --variants 4
    """
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories

    directories = bank_directories(bank)
    end = Ending(make_console(), json_file, solutions)
    if resume:
        refuse_beside("--resume", "goes on with the exam as it was", BUT_RESUME)
        return go_on(directories, end)
    if variants and not paper:
        raise UsageError("variants are written on paper: add --paper FILE")
    if page and not (paper or key):
        raise UsageError("--page is the size of a paper: add --paper FILE")
    if paper or key:
        refuse_beside("--paper" if paper else "--key", "asks nothing", BUT_WRITE)
    from drill.bank import load_bank
    from drill.exam import compose, grade_paper

    asks = not (paper or key)
    if asks and answers is None and not is_terminal():
        raise UsageError(
            "there is no terminal to ask at: give the answers with --answers FILE, or"
            " write the paper with --paper FILE"
        )
    if not asks:
        check_endings(paper, key)
    loaded = load_bank(directories, topics or None)
    questions = loaded.questions
    if seed is None and asks and answers is None:
        # The paper of a seed is the same for everybody.
        questions = not_aside(questions)
    composed = compose(
        questions, count, random_seed() if seed is None else seed, loaded.groups
    )
    if len(composed.items) < count:
        there = len(composed.items)
        are = "is" if there == 1 else "are"
        say_error(f"there {are} {counted(there, 'question')}, not {count}")
    minutes = minutes or composed.minutes
    if variants and paper:
        write_variants(composed, minutes, variants, paper, key, page or "A4")
        return 0
    if not asks:
        write(composed, minutes, paper, key, page or "A4")
        return 0
    if answers is not None:
        from drill.cli.batch import read_answers

        texts = enumerate(read_answers(answers))
        given = {place: text for place, text in texts if text.strip() not in NOTHING}
        if over := [place for place in given if place >= len(composed.places)]:
            say_error(f"left over: {counted(len(over), 'answer')}")
        graded = grade_paper(composed, given)
        end.report(composed, graded)
        if any(one.problem for one in graded):
            return 2
        return 0 if all(one.outcome == "right" for one in graded) else 1
    return begin(composed, minutes, questions, end)


@dataclass(frozen=True)
class Ending:
    """What happens with a graded paper."""

    console: Console
    json_file: Path | None
    solutions: bool

    def report(self, paper: Paper, graded: tuple[Graded, ...]) -> None:
        """Show the report, or write it as JSON; solutions when they are wanted."""
        from drill.cli.asking import show_lines
        from drill.exam import scores
        from drill.screen import exam as screen
        from drill.screen.data import dumps

        score, topics = scores(graded)
        if self.json_file is not None:
            data = screen.report_data(paper, graded, solved=self.solutions)
            text = dumps(data) + "\n"
            if str(self.json_file) == "-":
                self.console.file.write(text)
                return
        self.console.print(screen.Report(paper.seed, score, topics, graded))
        if self.json_file is not None:
            # A file that cannot be written must not cost the report as well.
            write_whole(self.json_file, text)
        wrong = any(one.outcome != "right" for one in graded)
        if wrong and (self.solutions or self.asked_for()):
            self.console.print()
            show_lines(self.console, screen.solutions(graded))

    def asked_for(self) -> bool:
        """Ask whether solutions are wanted, where somebody can say so."""
        if not is_terminal():
            return False
        try:
            reply = input("Show the solutions? [y/N] ")
        except (EOFError, KeyboardInterrupt):
            self.console.print()
            return False
        return reply.strip().lower() in ("y", "yes")


def refuse_beside(option: str, does: str, allowed: tuple[str, ...]) -> None:
    """Refuse what is given beside an option that would make nothing of it.

    Raises
    ------
    UsageError
        Naming the first one that is too much.
    """
    context = click.get_current_context()
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "")
        # To click 8.2 no topics at all were given on the command line too.
        said = given is ParameterSource.COMMANDLINE and context.params[parameter.name]
        if said and parameter.name not in allowed:
            name = "topics" if parameter.name == "topics" else parameter.opts[0]
            raise UsageError(f"{option} {does}: leave {name} out")


def not_aside(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Leave out what was set aside, unless nothing else is there."""
    from drill.cli.recording import open_history
    from drill.practice import has_history
    from drill.practice.reports import reports

    if not has_history():
        return questions
    with suppress(HistoryError), open_history() as history:
        aside = {report.question for report in reports(history)}
        return tuple(one for one in questions if one.id not in aside) or questions
    return questions


def begin(
    paper: Paper, minutes: int, questions: Sequence[Question], end: Ending
) -> int:
    """Sit a new exam."""
    from drill.cli.asking import show_lines
    from drill.cli.exam_session import Desk
    from drill.cli.recording import open_if_agreed
    from drill.library.cards import known_of
    from drill.practice import sittings
    from drill.practice.known_questions import know
    from drill.screen import exam as screen

    history = open_if_agreed()
    desk = Desk(end.console, paper, 60.0 * minutes, history)
    show_lines(end.console, screen.opening(paper, minutes))
    if history is None:
        return sit(desk, end)
    with history:
        know(history, known_of(questions))
        if sittings.unfinished(history, "exam") is not None:
            say_error("the exam that you left is kept; --resume comes to it after this")
        tickets = [str(item.instance.ticket) for item in paper.items]
        desk.plan = {"tickets": tickets, "seed": paper.seed, "minutes": minutes}
        desk.sitting = sittings.begin(history, "exam", desk.plan, clock.now())
        desk.save()
        return sit(desk, end)


def go_on(directories: tuple[Path, ...], end: Ending) -> int:
    """Sit the rest of an exam that was left."""
    from drill.cli.exam_session import Desk, reopened
    from drill.cli.recording import open_history
    from drill.practice import sittings

    if not is_terminal():
        raise UsageError("an exam is gone on with at a terminal")
    with open_history() as history:
        left = sittings.unfinished(history, "exam")
        if left is None:
            raise UsageError("no exam was left: start one with 'drill exam'")
        desk = Desk(end.console, reopened(left, directories), 0.0, history, left.id)
        desk.go_on(left, sittings.drafts(history, left.id))
        return sit(desk, end)


def sit(desk: Desk, end: Ending) -> int:
    """Ask, hand in, keep the attempts, and report."""
    from drill.cli.exam_session import Left, keep
    from drill.cli.typing_in import line_editing
    from drill.exam import grade_paper

    line_editing()
    try:
        desk.sit()
    except Left:
        minutes = max(1, round(desk.remaining / 60))
        kept = RESUME if desk.history else "nothing was kept"
        end.console.print(f"\nLeft with {minutes} min to go; {kept}.")
        return INTERRUPTED
    except HistoryError as error:
        raise HistoryError(f"{error}; then {RESUME}") from None
    graded = grade_paper(desk.paper, desk.answers)
    if desk.history is not None:
        try:
            keep(desk, graded)
        except HistoryError as error:
            # Whoever sat it sees how it went; it can be handed in again.
            end.report(desk.paper, graded)
            raise HistoryError(f"{error}; then {RESUME}") from None
    end.report(desk.paper, graded)
    return 0
