"""A class of sixty: ten kinds of students, packed as each platform packs them."""

from __future__ import annotations

import csv
import io
import os
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np

from drill.bank import find_question
from drill.classroom.deal import Deal
from drill.drawing import Instance, draw, parse_ticket

KINDS = (
    "right", "mistake", "other mistake", "shape", "broken", "late", "copied",
    "another ticket", "two files", "nothing",
)  # fmt: skip
QUESTIONS = ("max-pool-forward", "conv-output-size")
ON_TIME = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DEADLINE = "2026-11-20 12:00 UTC"

OUTCOMES = {
    "right": "right", "mistake": "wrong", "other mistake": "wrong", "shape": "wrong",
    "broken": "unreadable", "late": "right", "copied": "wrong",
    "another ticket": "another ticket", "two files": "right", "nothing": "missing",
}  # fmt: skip


@dataclass(frozen=True)
class File:
    """A file as a student named it."""

    name: str
    data: bytes
    when: datetime


def kind(number: int) -> str:
    """Return what sort of student the number is."""
    return KINDS[number % 10]


def identity(number: int) -> dict[str, str]:
    """Return what each platform calls a student."""
    return {
        "Student ID": f"s{number:03}",
        "Name": f"Ada_{number} Løvelace-{number}",
        "Email": f"ada{number}@uni.example",
        "Identifier": f"Participant {7000 + number}",
        "ID": str(90_000 + number),
        "GitHub username": f"ada-hub{number}",
    }


def roster(path: Path, count: int = 60) -> Path:
    """Write the roster, as a spreadsheet in Europe would."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(identity(0)), delimiter=";")
    writer.writeheader()
    writer.writerows(identity(number) for number in range(count))
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def saved(array: object) -> bytes:
    """Return an array as a .npy file."""
    buffer = io.BytesIO()
    np.save(buffer, np.asarray(array), allow_pickle=False)
    return buffer.getvalue()


@cache
def instance(ticket: str) -> Instance:
    """Open a ticket of the built-in bank."""
    found = parse_ticket(ticket)
    return draw(find_question(None, found.question), found.seed)


def wrong(ticket: str, place: int) -> bytes:
    """Return what a named mistake gives."""
    found = list(instance(ticket).mistakes(0).values())
    return saved(found[place % len(found)])


def files(deal: Deal, number: int) -> tuple[File, ...]:
    """Return what a student handed in."""
    return _files(tuple(one.tickets for one in deal.students), number)


@cache
def _files(tickets: tuple[tuple[str, ...], ...], number: int) -> tuple[File, ...]:
    return tuple(_made(tickets, number))


def _made(tickets: tuple[tuple[str, ...], ...], number: int) -> Iterator[File]:
    sort = kind(number)
    for place, ticket in enumerate(tickets[number]):
        right = saved(instance(ticket).targets[0].reference)
        name = f"{ticket}.npy"
        friend = tickets[number // 10 * 10][place]
        if sort in ("right", "two files"):
            if sort == "two files":
                yield File(f"first {name}", wrong(ticket, 0), ON_TIME.replace(hour=1))
            yield File(name, right, ON_TIME)
        elif sort == "mistake":
            yield File(name, wrong(ticket, 0), ON_TIME)
        elif sort == "other mistake":
            yield File(name, wrong(ticket, 1), ON_TIME)
        elif sort == "shape":
            yield File(name, saved(np.zeros((2, 7, 1))), ON_TIME)
        elif sort == "broken":
            yield File(name, right[:-3], ON_TIME)
        elif sort == "late":
            yield File(name, right, LATE)
        elif sort == "copied":
            yield File(name, saved(instance(friend).targets[0].reference), ON_TIME)
        elif sort == "another ticket":
            copied = saved(instance(friend).targets[0].reference)
            yield File(f"{friend}.npy", copied, ON_TIME)


def outcome(deal: Deal, student: str, question: str) -> str:
    """Return what the mark must say; a copied number may be right by chance."""
    number = int(student[1:])
    sort, place = kind(number), QUESTIONS.index(question)
    if sort == "copied":
        mine, theirs = (
            instance(deal.students[who].tickets[place]).targets[0].reference
            for who in (number, number // 10 * 10)
        )
        if np.array_equal(mine, theirs):
            return "right"
    return OUTCOMES[sort]


def write(path: Path, file: File) -> None:
    """Write a file with its time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.data)
    os.utime(path, (file.when.timestamp(), file.when.timestamp()))


def dealt(deal: Deal, root: Path) -> None:
    """Save into the folders that the deal made."""
    for number, student in enumerate(deal.students):
        for file in files(deal, number):
            ticket = file.name.removeprefix("first ").removesuffix(".npy")
            if file.name.startswith("first "):
                continue
            write(root / student.folder / ticket / "answer.npy", file)


def folders(deal: Deal, root: Path) -> None:
    """Pack as a folder for each student."""
    for number, student in enumerate(deal.students):
        for file in files(deal, number):
            write(root / student.id / file.name, file)


def gradescope(deal: Deal, root: Path) -> None:
    """Pack as Gradescope does."""
    lines = ["---"]
    for number in range(len(deal.students)):
        given = list(files(deal, number))
        if not given:
            continue
        who = identity(number)
        latest = max(file.when for file in given)
        lines += [
            f"submission_{5000 + number}:", "  :submitters:",
            f"  - :name: {who['Name']}", f"    :sid: {who['Student ID']}",
            f"    :email: {who['Email']}",
            f"  :created_at: {latest:%Y-%m-%d %H:%M:%S}.123456000 Z",
            "  :score: 0.0", "  :status: processed", "  :results:",
            "    tests: []",
            "  :history: []",
        ]  # fmt: skip
        for file in given:
            write(root / f"submission_{5000 + number}" / file.name, file)
    (root / "submission_metadata.yml").write_text("\n".join(lines) + "\n")


def moodle(deal: Deal, root: Path) -> None:
    """Pack as Moodle does, with folders."""
    for number in range(len(deal.students)):
        who = identity(number)
        participant = who["Identifier"].split()[1]
        folder = f"{who['Name']}_{participant}_assignsubmission_file_"
        for file in files(deal, number):
            write(root / folder / file.name, file)


def canvas(deal: Deal, root: Path) -> None:
    """Pack as Canvas does: one folder, `-1` behind what was handed in again."""
    for number in range(len(deal.students)):
        given = list(files(deal, number))
        for place, file in enumerate(given):
            late = "LATE_" if file.when == LATE else ""
            stem = file.name.removeprefix("first ").removesuffix(".npy")
            twice = kind(number) == "two files" and not file.name.startswith("first")
            name = f"lovelaceada_{late}{identity(number)['ID']}_{4 * number + place}_"
            again = "-1" if twice else ""
            write(root / f"{name}{stem}{again}.npy", file)


def github(deal: Deal, root: Path) -> None:
    """Pack as GitHub Classroom's repositories."""
    for number in range(len(deal.students)):
        folder = root / f"week-3-{identity(number)['GitHub username']}"
        for file in files(deal, number):
            write(folder / "answers" / file.name, file)
            write(folder / "README.md", File("README.md", b"# Week 3", ON_TIME))


def nbgrader(deal: Deal, root: Path) -> None:
    """Pack as nbgrader's submitted folder, with time stamps."""
    for number, student in enumerate(deal.students):
        folder = root / "submitted" / student.id / "week3"
        given = list(files(deal, number))
        for file in given:
            write(folder / file.name, file)
        if given:
            stamp = max(f"{file.when:%Y-%m-%d %H:%M:%S.%f} UTC" for file in given)
            (folder / "timestamp.txt").write_text(stamp)


def zipped(folder: Path, path: Path) -> Path:
    """Put a folder into a zip, in an order that says nothing."""
    found = [one for one in folder.rglob("*") if one.is_file()]
    random.Random(7).shuffle(found)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in found:
            archive.write(one, Path("export") / one.relative_to(folder))
    return path


LAYOUTS = {
    "folders": folders, "gradescope": gradescope, "moodle": moodle, "canvas": canvas,
    "github": github, "nbgrader": nbgrader,
}  # fmt: skip
