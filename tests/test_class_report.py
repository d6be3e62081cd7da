"""drill class report and compare: a class in figures, gradebooks, who to look at."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import class_of_sixty as sixty
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analysis.comparison import compare
from drill.analysis.copies import copies
from drill.analysis.gradebook import Policy, gradebook, plain
from drill.analysis.marks import Marked, read_marks
from drill.analysis.totals import Student, total
from drill.classroom.deal import read_deal
from drill.cli.main import run
from drill.errors import UsageError
from drill.screen.class_report import page


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deal to sixty, pack what they hand in as Moodle does, and mark it."""
    folder = tmp_path_factory.mktemp("class")
    sixty.roster(folder / "roster.csv")
    week = folder / "week"
    dealt = [*sixty.QUESTIONS, "--seed", "7", "-o", str(week)]
    assert run(["class", "deal", str(folder / "roster.csv"), *dealt]) == 0
    export = folder / "export"
    export.mkdir()
    sixty.LAYOUTS["moodle"](read_deal(week / "deal.json"), export)
    output = folder / "marks.jsonl"
    arguments = [str(export), "--deal", str(week), "-o", str(output)]
    assert run(["class", "mark", *arguments, "--deadline", sixty.DEADLINE]) == 0
    return output


def one(student: str, question: str = "q", **more: object) -> Marked:
    """Make a mark."""
    fields = {
        "version": 1, "student": student, "name": student.title(), "ticket": "q@1-0000",
        "question": question, "topic": "t", "part": "", "outcome": "right", "score": 1.0,
    }  # fmt: skip
    return Marked(**{**fields, **more})  # type: ignore[arg-type]


def test_sixty_students_are_counted(marks: Path) -> None:
    """Each kind of student is where it belongs."""
    totals = total(read_marks(marks))

    assert len(totals.students) == 60
    assert {item.question for item in totals.items} == set(sixty.QUESTIONS)
    assert sum(student.late for student in totals.students) == 6
    assert sum(student.missing > 0 for student in totals.students) == 6
    for item in totals.items:
        assert item.tried == 54
        assert item.mistakes.total() > 0
        assert -1 <= (totals.point_biserial(item) or 0) <= 1
        assert (totals.discrimination(item) or 0) > 0.5


@pytest.mark.parametrize("width", ["80", "100"])
def test_the_terminal(
    marks: Path, width: str, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    """A page that fits: questions, mistakes with their sentences, who was late."""
    monkeypatch.setenv("COLUMNS", width)
    assert run(["class", "report", str(marks)]) == 0

    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= int(width)
    assert "60 students" in shown
    assert "6 late" in shown
    assert "Mistakes, by how many made them" in shown
    assert "Answers that agree (this proves nothing; ask)" in shown


def test_the_page_is_whole_and_loads_nothing(marks: Path, tmp_path: Path) -> None:
    """One file of well-formed pictures, with no address in it."""
    html = tmp_path / "report.html"
    assert run(["class", "report", str(marks), "--html", str(html)]) == 0

    text = html.read_text("utf-8")
    assert not re.search(r"https?:|src=|href=|<script|@import|url\(", text)
    for picture in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        ElementTree.fromstring(picture)
    assert text.count("<table") >= 2


def test_hostile_names_are_only_text() -> None:
    """What a student writes is shown, and does nothing."""
    name = "<script>alert(1)</script>\x1b[2J"
    found = [one(name, outcome="wrong", mistakes=(name,), says=name, score=0.0)]
    text = page(total(found), copies(found), name)
    assert "<script" not in text


def test_anonymous_codes_hold_no_name(marks: Path, tmp_path: Path, capsys) -> None:
    """Neither names nor ids are in the report."""
    html = tmp_path / "report.html"
    arguments = ["class", "report", str(marks), "--anonymous", "--html", str(html)]
    assert run(arguments) == 0
    text = html.read_text("utf-8") + capsys.readouterr().out
    assert not re.search(r"\bs\d{3}\b|Løvelace|uni\.example", text)
    assert run([*arguments, "--gradebook", str(tmp_path / "g.csv")]) == 2


@pytest.mark.parametrize("platform", ["canvas", "moodle", "plain"])
def test_gradebooks(marks: Path, tmp_path: Path, platform: str) -> None:
    """A row for each student, points with the penalty, in the platform's columns."""
    path = tmp_path / "grades.csv"
    options = ["--gradebook", str(path), "--for", platform, "--points", "10"]
    more = ["--late-penalty", "50", "--title", "Week 3"]
    assert run(["class", "report", str(marks), *options, *more]) == 0

    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    column = {"canvas": 5, "moodle": 2, "plain": 2}[platform]
    body = rows[2:] if platform == "canvas" else rows[1:]
    assert rows[0][column] == ("points" if platform == "plain" else "Week 3")
    assert len(body) == 60
    by_id = {row[2 if platform == "canvas" else 0]: float(row[column]) for row in body}
    assert by_id["s000"] == 10
    late = next(f"s{k:03}" for k in range(60) if sixty.kind(k) == "late")
    assert by_id[late] == 5


@given(st.text(max_size=12))
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a name is, a spreadsheet reads it as text."""
    assert not plain(text).startswith(tuple("=+-@\t\r"))
    table = gradebook([Student(text, text)], Policy(), "plain")
    row = list(csv.reader(io.StringIO(table, newline="")))[1]
    assert row[0] == plain(text)


def test_copies_are_found_with_their_chance() -> None:
    """The same rare wrong answer under one ticket; an answer right for another's."""
    class_ = [
        one(f"s{k}", outcome="wrong", score=0.0, answer=f"a{k}", expected=f"e{k}",
            ticket=f"q@{k}-0000")
        for k in range(20)
    ]  # fmt: skip
    assert copies(class_) == []
    same = [
        one(
            who, outcome="wrong", score=0.0, answer="odd", expected="x", ticket="q@99-0"
        )
        for who in ("ada", "bob")
    ]
    (found,) = copies([*class_, *same])
    assert found.students == ("ada", "bob")
    assert found.why == "same wrong answer"
    assert found.chance < 0.1
    taken = one("eve", outcome="wrong", score=0.0, answer="e7", expected="y")
    (found,) = copies([*class_, taken])
    assert (found.students, found.why) == (("s7", "eve"), "another's answer")


def test_a_common_mistake_is_no_copy_worth_much() -> None:
    """Two who made the mistake that everybody makes agree by chance."""
    class_ = [
        one(f"s{k}", outcome="wrong", score=0.0, answer="padding", mistakes=("once",),
            ticket=f"q@{k // 2}-0", expected=f"e{k // 2}")
        for k in range(20)
    ]  # fmt: skip
    assert all(found.chance == 1 for found in copies(class_))


def test_compare_says_whose_mark_changed_and_why(tmp_path: Path, capsys) -> None:
    """Edited questions, other answers, new and gone students."""
    old = [one("ada"), one("bob"), one("cy", answer="1"), one("di"), one("ed")]
    new = [
        one("ada"),
        one("bob", ticket="q@1-1111", outcome="wrong", score=0.0),
        one("cy", answer="2", outcome="wrong", score=0.0),
        one("di", late=True),
        one("fay"),
    ]
    found = {each.student: each.why for each in compare(old, new)}
    assert found == {
        "bob": "the question was edited: q@1-0000 is q@1-1111 now",
        "cy": "another answer was handed in",
        "di": "late now",
        "ed": "gone",
        "fay": "new",
    }
    paths = []
    for name, marks in (("old", old), ("new", new)):
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_bytes(b"".join(msgspec.json.encode(m) + b"\n" for m in marks))
    assert run(["class", "compare", *map(str, paths)]) == 1
    assert "5 changed." in capsys.readouterr().out
    assert run(["class", "compare", str(paths[0]), str(paths[0])]) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"x\n", "line 1, is no mark", id="text"),
        pytest.param(b'{"version": 1}\n', "line 1, is no mark", id="fields"),
        pytest.param(b"\xff\n", "line 1, is no mark", id="bytes"),
        pytest.param(
            msgspec.json.encode(one("a", version=9)) + b"\n", "of version 9", id="newer"
        ),
    ],
)
def test_what_is_no_mark_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    """With its line."""
    path = tmp_path / "marks.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        list(read_marks(path))


def test_the_schema_in_the_documents_is_that_of_the_marks() -> None:
    """Run: python -c 'from drill.classroom.records import schema; print(schema())'."""
    from drill.classroom.records import schema

    docs = Path(__file__).parent.parent / "docs"
    assert (docs / "marks.schema.json").read_text("utf-8") == schema() + "\n"
    table = (docs / "class.md").read_text("utf-8")
    for field in msgspec.json.decode(schema())["$defs"]["Record"]["properties"]:
        assert f"`{field}`" in table


def test_feedback_is_a_page_each(marks: Path, tmp_path: Path) -> None:
    """With the mistake's sentence, and the solution of the student's own numbers."""
    pages = tmp_path / "pages"
    assert run(["class", "report", str(marks), "--feedback", str(pages)]) == 0

    assert len(list(pages.iterdir())) == 60
    found = next(k for k in range(60) if sixty.kind(k) == "mistake")
    text = (pages / f"s{found:03}.html").read_text("utf-8")
    assert "Not right." in text
    assert "On your own numbers" in text
    assert "--step" in text
    right = (pages / "s000.html").read_text("utf-8")
    assert "On your own numbers" not in right
