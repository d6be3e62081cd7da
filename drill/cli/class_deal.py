"""drill class deal: problems with their own numbers for each student."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import Whole, bank_option, complete_names
from drill.cli.stdio import say_error
from drill.errors import UsageError
from drill.visible import counted, shown

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.classroom.deal import Hand


@click.command(
    name="deal", short_help="Give each student problems with their own numbers."
)
@click.argument(
    "roster",
    metavar="ROSTER.csv",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.argument(
    "names", nargs=-1, metavar="QUESTION|TOPIC...", shell_complete=complete_names
)
@click.option(
    "--seed", type=Whole(0, 10**12), required=True, metavar="N",
    help="Of the whole deal: the same seed, the same tickets.",
)  # fmt: skip
@click.option(
    "-o", "--output", "folder", required=True, metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to make a folder for each student, and deal.json.",
)  # fmt: skip
@click.option("--same", is_flag=True, help="Give everybody the same numbers.")
@click.option("--exam", is_flag=True, help="Deal a mock exam's paper to each.")
@click.option(
    "-n", "count", type=Whole(1, 100), default=None,
    help="How many questions the exam has (default: 8).",
)  # fmt: skip
@click.option("--minutes", type=Whole(1, 600), help="How long the exam takes.")
@click.option("--id-column", metavar="TITLE", default="", help="The column of ids.")
@click.option("--name-column", metavar="TITLE", default="", help="The column of names.")
@bank_option
def command(
    roster: Path,
    names: tuple[str, ...],
    seed: int,
    folder: Path,
    same: bool,
    exam: bool,
    count: int | None,
    minutes: int | None,
    id_column: str,
    name_column: str,
    bank: tuple[Path, ...],
) -> None:
    """Give each student problems with their own numbers.

    Each gets a folder with a problem sheet and its inputs for every question. deal.json
    says who has which ticket: keep it to yourself, and give it to `drill class mark`.
    Dealing again with more students changes nobody's ticket.

    \b
    Example:
      drill class deal roster.csv conv-output-size max-pool --seed 7 -o week3
      drill class deal roster.csv --exam -n 6 --minutes 45 --seed 7 -o midterm
    """
    from drill.classroom.deal import (
        DEAL_FILE,
        VERSION,
        Deal,
        deal_text,
        dealt_to,
        doubled_folders,
        joined,
        read_deal,
    )
    from drill.classroom.roster import read_roster
    from drill.cli.files import write_whole
    from drill.cli.progress import progress

    if (count or minutes) and not exam:
        raise UsageError("-n and --minutes go with --exam")
    if not (names or exam):
        raise UsageError("name the questions or topics to deal, or give --exam")
    students = read_roster(roster, id_column=id_column, name_column=name_column)
    chosen = choose(names, bank, seed=seed, count=(count or 8) if exam else None)
    ids = tuple(question.id for question in chosen)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / DEAL_FILE
    before = read_deal(path) if path.exists() else None
    had = {} if before is None else before.by_id
    joined(before, Deal(VERSION, seed, same, minutes, ids, ()))
    fresh = [student for student in students if student.id not in had]
    hands = []
    for student in progress(fresh, "dealing"):
        hand = dealt_to(student, chosen, seed, same=same)
        hands.append(hand.dealt)
    new = Deal(VERSION, seed, same, minutes, ids, tuple(hands))
    whole = joined(before, new)
    if twice := doubled_folders(whole.students):
        raise UsageError(
            f"two ids differ only in capitals ({shown(', '.join(twice), 80)}):"
            " change one in the roster"
        )
    # Who has what is kept first: a deal that is stopped is finished by dealing again.
    write_whole(path, deal_text(whole))
    by_id = {question.id: question for question in chosen}
    wanted = {student.id for student in students}
    missing = [
        one
        for one in whole.students
        if one.id in wanted and not (folder / one.folder).exists()
    ]
    for dealt in progress(missing, "writing"):
        write_hand(reopened(dealt, by_id), folder, minutes if exam else None, exam=exam)
    kept = f"; {len(had)} had theirs before" if had else ""
    click.echo(
        f"{counted(len(fresh), 'student')} × {counted(len(ids), 'question')}"
        f" in {shown(str(folder))}{kept}"
    )
    if before is None:
        say_error(f"keep {shown(str(path))} to yourself: `drill class mark` needs it")


def choose(
    names: Sequence[str], bank: tuple[Path, ...], *, seed: int, count: int | None = None
) -> list[Question]:
    """Find the questions that names mean, each once.

    With `count`, choose as an exam would, from these or from all.
    """
    from drill.bank import load_bank
    from drill.library.selection import named, only
    from drill.locate import bank_directories

    directories = bank_directories(bank)
    found: dict[str, Question] = {}
    for name in names:
        topics, ids = named(directories, (name,))
        questions = only(load_bank(directories, topics).questions, ids)
        found |= {question.id: question for question in questions}
    if count is None:
        return list(found.values())
    from drill.exam import compose

    pool = list(found.values()) or load_bank(directories, None).questions
    paper = compose(pool, count, seed)
    return [item.instance.question for item in paper.items]


def reopened(dealt: object, by_id: dict[str, Question]) -> Hand:
    """Draw what a student was dealt."""
    from drill.classroom.deal import Dealt, Hand
    from drill.drawing import check_ticket, draw, parse_ticket

    assert isinstance(dealt, Dealt)
    instances = []
    for text in dealt.tickets:
        ticket = parse_ticket(text)
        check_ticket(ticket, by_id[ticket.question])
        instances.append(draw(by_id[ticket.question], ticket.seed))
    return Hand(dealt, tuple(instances))


def write_hand(hand: Hand, into: Path, minutes: int | None, *, exam: bool) -> None:
    """Write a student's folder: whole, or not at all."""
    from drill.cli.new import write

    part = into / f".{hand.dealt.folder}.tmp-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    for instance in hand.instances:
        place = part / str(instance.ticket)
        place.mkdir(parents=True)
        write(instance, place)
    if exam:
        from drill.exam import paper_of
        from drill.publishing.papers import paper_sheet
        from drill.publishing.papers import write as written

        paper = paper_of(hand.instances[0].ticket.seed, hand.instances)
        sheet = paper_sheet(paper, minutes or paper.minutes, hand.dealt.folder)
        (part / "paper.html").write_bytes(written(sheet, ".html"))
    part.rename(into / hand.dealt.folder)
