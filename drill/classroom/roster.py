"""Rosters: who is in the class, from a CSV of Canvas, Moodle or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from drill.answer import read_bytes
from drill.errors import UsageError
from drill.visible import shown

MAX_ROSTER = 32 * 1024 * 1024

# In the order in which a column is preferred as the id; all of them, and the names,
# help to find a student in an export.
ID_COLUMNS = (
    "student id", "sid", "sis user id", "id number", "student number", "matriculation",
    "identifier", "roster identifier", "id", "username", "user name", "login",
    "sis login id", "github username", "email", "email address", "e mail",
)  # fmt: skip
NAME_COLUMNS = ("name", "full name", "student", "student name", "display name")
FIRST_COLUMNS = ("first name", "given name", "firstname")
LAST_COLUMNS = ("last name", "surname", "family name", "lastname")
EMAIL_COLUMNS = ("email", "email address", "e mail")
_NOBODY = ("points possible", "student, test", "test student")


@dataclass(frozen=True)
class Student:
    """Somebody in the class.

    Attributes
    ----------
    id : str
        What the teacher knows them by.
    keys : tuple of str
        Everything an export may call them, in small letters: ids, names, email.
    """

    id: str
    name: str = ""
    email: str = ""
    keys: tuple[str, ...] = field(default=(), compare=False)


def read_roster(
    path: Path, *, id_column: str = "", name_column: str = ""
) -> tuple[Student, ...]:
    """Read a roster.

    Parameters
    ----------
    path : Path
        A CSV with a header line; ``,``, ``;`` or tabs between its columns.
    id_column, name_column : str
        Their titles, where they are not the usual ones.

    Raises
    ------
    UsageError
        When it cannot be read, has no column of ids, or ids are missing or doubled:
        all of them are told, with their lines.
    """
    where = shown(str(path))
    text = _decoded(read_bytes(path, MAX_ROSTER))
    rows = _rows(text, where)
    if not rows:
        raise UsageError(f"'{where}' is empty: a roster has a header line, as id,name")
    titles = [_title(cell) for cell in rows[0][1]]
    ids = _column(titles, ID_COLUMNS, id_column, where)
    if ids is None:
        raise UsageError(
            f"'{where}' has no column of ids ({shown(', '.join(rows[0][1]), 120)}):"
            " name one with --id-column"
        )
    names = _column(titles, NAME_COLUMNS, name_column, where)
    first = _column(titles, FIRST_COLUMNS, "", where)
    last = _column(titles, LAST_COLUMNS, "", where)
    email = _column(titles, EMAIL_COLUMNS, "", where)
    keyed = [place for place, title in enumerate(titles) if title in ID_COLUMNS]
    found: list[Student] = []
    lines: dict[str, int] = {}
    problems = []
    for line, row in rows[1:]:

        def cell(place: int | None, row: list[str] = row) -> str:
            return row[place].strip() if place is not None and place < len(row) else ""

        if not any(piece.strip() for piece in row):
            continue
        name = cell(names) or f"{cell(first)} {cell(last)}".strip()
        if name.casefold() in _NOBODY:
            continue
        student = cell(ids)
        if not student:
            problems.append(f"line {line}: no id ({shown(name, 40) or 'empty'})")
            continue
        if (folded := student.casefold()) in lines:
            problems.append(
                f"line {line}: {shown(student, 40)} is on line {lines[folded]} too"
            )
            continue
        lines[folded] = line
        keys = [student, *(cell(place) for place in keyed), name, cell(email)]
        found.append(Student(student, name, cell(email), identities(keys)))
    if problems:
        more = f"\n  and {len(problems) - 20} more" if len(problems) > 20 else ""
        raise UsageError(
            f"'{where}' has lines to mend ({len(problems)}):\n  "
            + "\n  ".join(problems[:20])
            + more
        )
    if not found:
        raise UsageError(f"'{where}' names no student below its header line")
    return tuple(found)


def identities(keys: Sequence[str]) -> tuple[str, ...]:
    """Return what names a person, in the form in which names are compared.

    Examples
    --------
    >>> identities(["Participant 12", "Curie, Marie", "marie@x.fr"])
    ('participant 12', '12', 'curie, marie', 'mariecurie', 'curiemarie', 'marie@x.fr')
    """
    found: dict[str, None] = {}
    for key in keys:
        plain = " ".join(key.casefold().split())
        if not plain:
            continue
        found[plain] = None
        if number := re.fullmatch(r"participant (\d+)", plain):
            found[number[1]] = None
        if "," in plain:
            last, _, first = plain.partition(",")
            found[_letters(first + last)] = None
            found[_letters(last + first)] = None
        elif " " in plain and not number:
            found[_letters(plain)] = None
            # Canvas writes a family name first, in one word with the rest.
            *rest, family = plain.split()
            found[_letters(family + "".join(rest))] = None
    return tuple(key for key in found if key)


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What a spreadsheet in western Europe writes without being asked.
        return data.decode("cp1252", errors="replace")


def _rows(text: str, where: str) -> list[tuple[int, list[str]]]:
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    if "\0" in text:
        raise UsageError(f"'{where}' is no CSV: it holds a NUL; save it as CSV")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise UsageError(f"'{where}' line {reader.line_num}: {error}") from None


def _title(cell: str) -> str:
    return " ".join(re.sub(r"[_\-*]", " ", cell).casefold().split())


def _column(
    titles: list[str], usual: Sequence[str], given: str, where: str
) -> int | None:
    if given:
        if _title(given) not in titles:
            raise UsageError(f"'{where}' has no column '{shown(given, 60)}'")
        return titles.index(_title(given))
    return next((titles.index(name) for name in usual if name in titles), None)
