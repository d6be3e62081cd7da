"""Deals: which student has which ticket, and who may be whom in an export."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from drill.answer import read_bytes
from drill.bank import Question
from drill.classroom.roster import Student, identities
from drill.drawing import Instance, draw, drawn_text, parse_ticket
from drill.errors import DrawError, UsageError
from drill.visible import shown

VERSION = 1
DEAL_FILE = "deal.json"
MAX_DEAL = 512 * 1024 * 1024
_TRIES = 50
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.@-]{0,62}[A-Za-z0-9])?")


class Dealt(msgspec.Struct, frozen=True):
    """What one student has.

    Attributes
    ----------
    tickets : tuple of str
        One for each question of the deal, in its order.
    numbers : tuple of str
        A digest of each ticket's drawn values: so that a question may be mended
        later as long as it draws the same.
    """

    id: str
    name: str
    email: str
    keys: tuple[str, ...]
    folder: str
    tickets: tuple[str, ...]
    numbers: tuple[str, ...]


class Deal(msgspec.Struct, frozen=True, dict=True):
    """A whole deal, as ``deal.json`` holds it."""

    version: int
    seed: int
    same: bool
    minutes: int | None
    questions: tuple[str, ...]
    students: tuple[Dealt, ...]

    @cached_property
    def by_id(self) -> dict[str, Dealt]:
        """Return each student under their id."""
        return {student.id: student for student in self.students}

    @cached_property
    def owners(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of those who have each ticket."""
        found: dict[str, list[str]] = {}
        for student in self.students:
            for ticket in student.tickets:
                found.setdefault(ticket, []).append(student.id)
        return {ticket: tuple(ids) for ticket, ids in found.items()}

    @cached_property
    def _keyed(self) -> dict[str, str]:
        count = Counter(key for one in self.students for key in set(one.keys))
        return {
            key: one.id for one in self.students for key in one.keys if count[key] == 1
        }

    def find(self, *keys: str) -> Dealt | None:
        """Find a student by what an export calls them; None unless it is certain."""
        for key in keys:
            if key in self.by_id:
                return self.by_id[key]
        for key in identities(keys):
            if key in self._keyed:
                return self.by_id[self._keyed[key]]
        return None


@dataclass(frozen=True)
class Hand:
    """A student with their instances."""

    dealt: Dealt
    instances: tuple[Instance, ...]


def numbers_of(instance: Instance) -> str:
    """Return a digest of the drawn values."""
    return hashlib.sha256(drawn_text(instance).encode("utf-8")).hexdigest()[:16]


def student_seed(seed: int, student: str, question: str) -> int:
    """Return a student's own seed; it depends on nobody else.

    Examples
    --------
    >>> student_seed(7, "ada", "conv-output-size")
    882602
    """
    text = f"{seed}\n{student}\n{question}".encode()
    return 1000 + int.from_bytes(hashlib.sha256(text).digest()[:8]) % 999_000


def own_instance(question: Question, seed: int, student: str, same: bool) -> Instance:
    """Draw a student's instance of a question.

    Raises
    ------
    DrawError
        When the question cannot be drawn.
    """
    if same:
        return draw(question, seed)
    own = student_seed(seed, student, question.id)
    for further in range(_TRIES):
        try:
            return draw(question, own + further)
        except DrawError:
            if further == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def dealt_to(
    student: Student, questions: Sequence[Question], seed: int, *, same: bool
) -> Hand:
    """Deal to one student."""
    instances = tuple(own_instance(q, seed, student.id, same) for q in questions)
    return Hand(
        Dealt(
            student.id,
            student.name,
            student.email,
            student.keys,
            folder_name(student.id),
            tuple(str(instance.ticket) for instance in instances),
            tuple(numbers_of(instance) for instance in instances),
        ),
        instances,
    )


def folder_name(student: str) -> str:
    """Name a student's folder: the id where it is a plain name, else a code of it.

    Examples
    --------
    >>> folder_name("ada-7"), folder_name("../etc")
    ('ada-7', 'etc-f7f9121f')
    """
    if _PLAIN.fullmatch(student):
        reserved = student.partition(".")[0].upper()
        if not re.fullmatch(r"CON|PRN|AUX|NUL|(COM|LPT)\d", reserved):
            return student
    code = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    slug = "-".join(re.findall(r"[A-Za-z0-9]+", student))[:40]
    return f"{slug}-{code}" if slug else f"student-{code}"


def read_deal(path: Path) -> Deal:
    """Read ``deal.json``.

    Raises
    ------
    UsageError
        When it is no deal, or a newer program wrote it.
    """
    where = shown(str(path))
    try:
        deal = msgspec.json.decode(read_bytes(path, MAX_DEAL), type=Deal)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"'{where}' is no deal of drill's: {error}") from None
    if deal.version != VERSION:
        raise UsageError(f"'{where}' was written by a newer drill: update this one")
    for student in deal.students:
        if len(student.tickets) != len(student.numbers):
            raise UsageError(f"'{where}': {shown(student.id)} lacks tickets")
        for ticket in student.tickets:
            parse_ticket(ticket)
    return deal


def deal_text(deal: Deal) -> str:
    """Write a deal, a line for each student: it can be read and compared."""
    head = msgspec.json.encode(
        {key: getattr(deal, key) for key in ("version", "seed", "same", "minutes")}
        | {"questions": deal.questions}
    ).decode()
    lines = ",\n".join(msgspec.json.encode(one).decode() for one in deal.students)
    return f'{head[:-1]},"students":[\n{lines}\n]}}\n'


def joined(old: Deal | None, new: Deal) -> Deal:
    """Keep what was dealt; add who is new.

    Raises
    ------
    UsageError
        When the old deal was another one.
    """
    if old is None:
        return new
    for name in ("seed", "same", "questions"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            raise UsageError(
                f"another deal is there, with {name} {_listed(was)}, not"
                f" {_listed(now)}: deal into another folder, or as before"
            )
    fresh = [one for one in new.students if one.id not in old.by_id]
    return msgspec.structs.replace(old, students=(*old.students, *fresh))


def _listed(value: object) -> str:
    return shown(", ".join(value) if isinstance(value, tuple) else str(value), 80)


def doubled_folders(students: Iterable[Dealt]) -> list[str]:
    """Name folders that two students would share on a disk that ignores case."""
    count = Counter(one.folder.casefold() for one in students)
    return [name for name, times in count.items() if times > 1]
