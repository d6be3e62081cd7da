"""Points as the gradebooks of platforms import them.

Canvas takes the columns Student, ID, SIS User ID, SIS Login ID, Section and one for
each assignment; Moodle takes any CSV and asks which column says who it is (ID number)
and which has the grade.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drill.analysis.totals import Student

Platform = Literal["canvas", "moodle", "plain"]
# What a spreadsheet would run.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


@dataclass(frozen=True)
class Policy:
    """How marks become points.

    Attributes
    ----------
    points : float
        For everything right.
    penalty : float
        The share, from 0 to 1, that lateness costs.
    title : str
        What the column is called.
    """

    points: float = 100.0
    penalty: float = 0.0
    title: str = "drill"

    def of(self, student: Student) -> float:
        """Return a student's points.

        Examples
        --------
        >>> Policy(10, 0.5).of(Student("s", "", points=2, of=4, late=True))
        2.5
        """
        kept = 1 - self.penalty if student.late else 1.0
        return round(self.points * student.share * kept, 4)


def gradebook(students: Sequence[Student], policy: Policy, platform: Platform) -> str:
    """Write a gradebook as CSV; no cell is a formula."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\r\n" if platform == "canvas" else "\n")
    if platform == "canvas":
        table.writerow(
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", policy.title]
        )
        table.writerow(["    Points Possible", "", "", "", "", f"{policy.points:g}"])
    elif platform == "moodle":
        table.writerow(["ID number", "Full name", policy.title, "Feedback comments"])
    else:
        table.writerow(["student", "name", "points", "of", "late", "missing"])
    for one in students:
        id_, name, points = plain(one.id), plain(one.name), f"{policy.of(one):g}"
        if platform == "canvas":
            table.writerow([name, "", id_, "", "", points])
        elif platform == "moodle":
            table.writerow([id_, name, points, _remark(one)])
        else:
            late = "yes" if one.late else ""
            table.writerow([id_, name, points, f"{policy.points:g}", late, one.missing])
    return file.getvalue()


def plain(text: str) -> str:
    """Return a cell that no spreadsheet runs.

    Examples
    --------
    >>> plain("=1+1"), plain("Ada")
    ("'=1+1", 'Ada')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _remark(student: Student) -> str:
    remarks = [
        (student.late, "late"),
        (student.missing, f"{student.missing} not handed in"),
        (student.unreadable, f"{student.unreadable} could not be read"),
        (student.foreign, f"{student.foreign} under another ticket"),
    ]
    return "; ".join(text for holds, text in remarks if holds)
