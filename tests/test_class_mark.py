"""drill class deal and mark: sixty students through every layout."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import class_of_sixty as sixty
import numpy as np
import pytest

from drill.bank import load_bank
from drill.classroom.deal import Deal, read_deal
from drill.cli.main import run
from drill.drawing import draw
from drill.errors import UsageError

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deal two questions to sixty."""
    folder = tmp_path_factory.mktemp("class")
    sixty.roster(folder / "roster.csv")
    arguments = [*sixty.QUESTIONS, "--seed", "7", "-o", str(folder / "week")]
    assert run(["class", "deal", str(folder / "roster.csv"), *arguments]) == 0
    return folder / "week"


def deal_of(week: Path) -> Deal:
    """Read the deal."""
    return read_deal(week / "deal.json")


def marked(path: Path, week: Path, output: Path, *more: str) -> list[dict[str, object]]:
    """Mark, and return the records."""
    arguments = [str(path), "--deal", str(week), "-o", str(output), *more]
    assert run(["class", "mark", *arguments]) == 0
    assert not output.with_name(output.name + ".journal").exists()
    return [json.loads(line) for line in output.read_text().splitlines()]


def check(records: list[dict[str, object]], deal: Deal) -> None:
    """Hold each student's marks against their kind."""
    assert len(records) == 120
    for record in records:
        sort = sixty.kind(int(str(record["student"])[1:]))
        student, question = str(record["student"]), str(record["question"])
        assert record["outcome"] == sixty.outcome(deal, student, question), record
        assert record["late"] is (sort == "late"), record
        if "mistake" in sort:
            assert record["mistakes"], record
        if sort == "another ticket":
            assert record["dealt_to"] == [f"s{int(str(record['student'])[1:]) - 7:03}"]
        if sort == "two files":
            assert "of 2 files the last counts" in str(record["notes"])


PACKED = [(layout, "folder") for layout in sixty.LAYOUTS]
PACKED += [("gradescope", "zip"), ("moodle", "zip")]


@pytest.mark.parametrize(("layout", "packed"), PACKED)
def test_sixty_students(layout: str, packed: str, week: Path, tmp_path: Path) -> None:
    """Every layout, as a folder and as a zip, gives every kind its mark."""
    export = tmp_path / "export"
    export.mkdir()
    sixty.LAYOUTS[layout](deal_of(week), export)
    if packed == "zip":
        export = sixty.zipped(export, tmp_path / "export.zip")
    records = marked(export, week, tmp_path / "m.jsonl", "--deadline", sixty.DEADLINE)
    check(records, deal_of(week))


def test_the_dealt_folders(week: Path, tmp_path: Path) -> None:
    """The folders that were dealt are a layout; the inputs in them are no answers."""
    copy = tmp_path / "week"
    shutil.copytree(week, copy)
    sixty.dealt(deal_of(week), copy)
    records = marked(copy, week, tmp_path / "m.jsonl", "--deadline", sixty.DEADLINE)
    for record in records:
        student, question = str(record["student"]), str(record["question"])
        wanted = sixty.outcome(deal_of(week), student, question)
        if sixty.kind(int(student[1:])) == "another ticket":
            # A file without a ticket in one's own folder is one's own answer.
            wanted = record["outcome"]
        assert record["outcome"] == wanted, record


def test_a_ticket_is_not_needed(week: Path, tmp_path: Path) -> None:
    """The deal knows whose `1.npy` and `conv-output-size.npy` are for what."""
    student = deal_of(week).students[0]
    for name, ticket in zip(("q1.npy", "my conv-output-size.npy"), student.tickets,
                            strict=True):  # fmt: skip
        data = sixty.saved(sixty.instance(ticket).targets[0].reference)
        sixty.write(tmp_path / "in" / "s000" / name, sixty.File("", data, sixty.LATE))
    records = marked(tmp_path / "in", week, tmp_path / "m.jsonl")
    assert [one["outcome"] for one in records[:2]] == ["right", "right"]
    assert {one["outcome"] for one in records[2:]} == {"missing"}


def test_more_students_change_nobodys_ticket(week: Path, tmp_path: Path) -> None:
    """A deal that grows keeps what it dealt; one with another seed is refused."""
    before = deal_of(week)
    copy = tmp_path / "week"
    shutil.copytree(week, copy)
    path = sixty.roster(tmp_path / "more.csv", 65)
    arguments = ["class", "deal", str(path), *sixty.QUESTIONS, "-o", str(copy)]
    assert run([*arguments, "--seed", "7"]) == 0
    after = deal_of(copy)
    assert after.students[:60] == before.students
    assert len(after.students) == 65
    assert all((copy / one.folder / one.tickets[0]).is_dir() for one in after.students)
    assert run([*arguments, "--seed", "8"]) == 2


def test_same_and_exam(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--same gives one ticket to all; --exam a paper each, of the same questions."""
    path = sixty.roster(tmp_path / "roster.csv", 3)
    same = ["class", "deal", str(path), "conv-output-size", "--same", "--seed", "7"]
    assert run([*same, "-o", str(tmp_path / "same")]) == 0
    assert len(deal_of(tmp_path / "same").owners) == 1
    exam = ["class", "deal", str(path), "cnn-sizes", "--exam", "-n", "3"]
    exam += ["--minutes", "20", "--seed", "7", "-o", str(tmp_path / "exam")]
    assert run(exam) == 0
    deal = deal_of(tmp_path / "exam")
    assert len(deal.owners) == 9
    assert deal.minutes == 20
    assert "20 minutes" in (tmp_path / "exam" / "s000" / "paper.html").read_text()


ROSTERS = {
    "doubled": ("id,name\na,A\nb,B\nA,C\n", "line 4: A is on line 2 too"),
    "missing": ('id,name\n,"Curie, M"\n', "line 2: no id (Curie, M)"),
    "no ids": ("what,ever\n1,2\n", "--id-column"),
    "empty": ("", "is empty"),
    "only a header": ("id,name\n", "names no student"),
    "binary": ("id\0\n", "NUL"),
}


@pytest.mark.parametrize("case", ROSTERS)
def test_rosters_that_are_refused(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with a roster is said, with its line."""
    text, said = ROSTERS[case]
    (tmp_path / "r.csv").write_text(text)
    code = run(["class", "deal", str(tmp_path / "r.csv"), "conv-output-size", "--seed",
                "1", "-o", str(tmp_path / "out")])  # fmt: skip
    assert code == 2
    assert said in capsys.readouterr().err


def test_canvas_writes_rosters(tmp_path: Path) -> None:
    """Canvas's gradebook: its row of points is nobody, names are 'last, first'."""
    from drill.classroom.roster import read_roster

    (tmp_path / "r.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Homework (12)\n"
        "    Points Possible,,,,,10\n"
        '"Curie, Marie",42,m1,marie,A,\n'
    )
    (student,) = read_roster(tmp_path / "r.csv")
    assert student.id == "m1"
    assert {"42", "marie", "mariecurie", "curie, marie"} <= set(student.keys)


# ---- kills


def test_killed_at_any_moment(week: Path, tmp_path: Path) -> None:
    """Killed again and again, the marks are byte for byte those of a quiet run."""
    export = tmp_path / "export"
    export.mkdir()
    sixty.folders(deal_of(week), export)
    quiet = tmp_path / "quiet.jsonl"
    marked(export, week, quiet)
    output = tmp_path / "m.jsonl"
    command = [sys.executable, "-m", "drill", "class", "mark", str(export), "--deal",
               str(week), "-o", str(output)]  # fmt: skip
    journal = tmp_path / "m.jsonl.journal"
    grown = 0
    for turn in range(8):
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        size = journal.stat().st_size if journal.exists() else 0
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if journal.exists() and journal.stat().st_size > size + 900 * (turn % 4):
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
        if output.exists():
            break
        grown += journal.stat().st_size > size
        if turn % 2:
            # What a kill in the middle of a write leaves behind.
            with journal.open("ab") as file:
                file.write(b'[{"version":1,"key":"00ff')
    assert grown > 2
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert output.read_bytes() == quiet.read_bytes()


def test_processes_give_the_same_bytes(week: Path, tmp_path: Path) -> None:
    """--jobs 2 writes what one process writes; so does marking again."""
    export = tmp_path / "export"
    export.mkdir()
    sixty.moodle(deal_of(week), export)
    marked(export, week, tmp_path / "one.jsonl")
    marked(export, week, tmp_path / "two.jsonl", "--jobs", "2")
    one = (tmp_path / "one.jsonl").read_bytes()
    assert (tmp_path / "two.jsonl").read_bytes() == one
    marked(export, week, tmp_path / "two.jsonl")
    assert (tmp_path / "two.jsonl").read_bytes() == one


@pytest.mark.extra
def test_a_cluster_gives_the_same_bytes(week: Path, tmp_path: Path) -> None:
    """Two Dask workers on this machine write what one process writes."""
    pytest.importorskip("distributed")
    export = tmp_path / "export"
    export.mkdir()
    sixty.folders(deal_of(week), export)
    marked(export, week, tmp_path / "one.jsonl")
    command = [sys.executable, "-m", "drill", "class", "mark", str(export), "--deal",
               str(week), "-o", str(tmp_path / "two.jsonl"), "--cluster", "local:2"]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    one = (tmp_path / "one.jsonl").read_bytes()
    assert (tmp_path / "two.jsonl").read_bytes() == one


def test_only_what_changed_is_marked_again(
    week: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One new file costs one submission; everything else is kept."""
    export = tmp_path / "export"
    export.mkdir()
    deal = deal_of(week)
    sixty.folders(deal, export)
    output = tmp_path / "m.jsonl"
    before = marked(export, week, output)
    ticket = deal.students[9].tickets[0]
    data = sixty.saved(sixty.instance(ticket).targets[0].reference)
    sixty.write(export / "s009" / f"{ticket}.npy", sixty.File("", data, sixty.ON_TIME))
    capsys.readouterr()
    after = marked(export, week, output)
    assert "119 submissions were marked before" in capsys.readouterr().out
    changed = [one for one, two in zip(after, before, strict=True) if one != two]
    assert [(one["student"], one["outcome"]) for one in changed] == [("s009", "right")]


# ---- hostile exports


def zip_of(path: Path, **members: bytes) -> Path:
    """Write a zip with any names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_names_that_leave_the_folder(week: Path, tmp_path: Path) -> None:
    """`../`, absolute names, links and encrypted members are refused and said."""
    link = zipfile.ZipInfo("s000/link.npy")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../../escaped.npy", b"x")
        archive.writestr("/abs/escaped.npy", b"x")
        archive.writestr("s001\\..\\..\\escaped.npy", b"x")
        archive.writestr("s001/\u202egpj.npy", sixty.saved(1.0))
        archive.writestr("s002/inner.zip", b"PK")
    records = marked(path, week, tmp_path / "m.jsonl")
    assert Counter(one["outcome"] for one in records)["missing"] >= 118
    assert not list(tmp_path.parent.rglob("escaped.npy"))
    assert "\u202e" not in (tmp_path / "m.jsonl").read_text()


def test_bombs_are_read_within_bounds(week: Path, tmp_path: Path) -> None:
    """A gigabyte of zeros in a megabyte costs a bounded read, and one mark."""
    ticket = deal_of(week).students[0].tickets[0]
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(f"s000/{ticket}.npy", "w") as member,
    ):
        for _ in range(96):
            member.write(b"\0" * (1 << 20))
    records = marked(path, week, tmp_path / "m.jsonl")
    assert records[0]["outcome"] == "unreadable"
    assert "bytes allowed" in str(records[0]["says"])


def test_links_in_folders_are_not_followed(week: Path, tmp_path: Path) -> None:
    """A student's link to the key is no answer."""
    deal = deal_of(week)
    key = tmp_path / "key.npy"
    key.write_bytes(sixty.saved(1.0))
    student = tmp_path / "in" / "s000"
    student.mkdir(parents=True)
    (student / f"{deal.students[0].tickets[0]}.npy").symlink_to(key)
    (student / "loop").symlink_to(tmp_path)
    records = marked(_with_one(tmp_path / "in", deal),
                     week, tmp_path / "m.jsonl")  # fmt: skip
    assert records[0]["outcome"] == "missing"


def _with_one(folder: Path, deal: Deal) -> Path:
    """Add a second student, so that there is something to mark."""
    sixty.write(folder / "s001" / f"{deal.students[1].tickets[0]}.npy",
                sixty.File("", sixty.saved(2.0), sixty.ON_TIME))  # fmt: skip
    return folder


def test_metadata_that_would_explode() -> None:
    """Aliases in Gradescope's file are refused before anything is built."""
    import yaml

    from drill.classroom.layouts.gradescope import parse

    with pytest.raises(yaml.YAMLError, match="alias"):
        parse("a: &a [1]\nb: [*a, *a]\n")
    with pytest.raises(yaml.YAMLError, match="deep"):
        parse("a: " + "[" * 60 + "]" * 60)
    assert parse("a: !!python/object:os.system x\n") == {"a": "x"}


def test_a_file_of_something_else_is_not_overwritten(
    week: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """-o on a file that holds no marks is refused."""
    (tmp_path / "thesis.txt").write_text("years of work\n")
    sixty.roster(tmp_path / "x.csv")
    export = tmp_path / "in"
    _with_one(export, deal_of(week))
    code = run(["class", "mark", str(export), "--deal", str(week), "-o",
                str(tmp_path / "thesis.txt")])  # fmt: skip
    assert code == 2
    assert (tmp_path / "thesis.txt").read_text() == "years of work\n"


def test_broken_zips_and_empty_folders(tmp_path: Path) -> None:
    """Neither is a traceback."""
    from drill.classroom.export import open_export

    broken = tmp_path / "broken.zip"
    whole = zip_of(tmp_path / "whole.zip", **{"a/b.npy": b"x" * 100}).read_bytes()
    broken.write_bytes(whole[:-30] + b"\xff" * 30)
    with pytest.raises(UsageError):
        open_export(broken)
    (tmp_path / "empty").mkdir()
    assert run(["class", "mark", str(tmp_path / "empty"), "-o",
                str(tmp_path / "m.jsonl")]) == 2  # fmt: skip


def test_the_same_bytes_are_graded_under_their_own_ticket(tmp_path: Path) -> None:
    """A remembered verdict never reaches another ticket."""
    question = load_bank()["conv-output-size"]
    seeds = range(3, 9)
    answers = {seed: int(draw(question, seed).targets[0].reference) for seed in seeds}
    paths = []
    for seed in seeds:
        for given in sorted({*answers.values()}):
            folder = tmp_path / str(given)
            folder.mkdir(exist_ok=True)
            path = folder / f"{draw(question, seed).ticket}.npy"
            np.save(path, np.int64(given))
            paths.append((path, given == answers[seed]))
    assert len({*answers.values()}) > 1
    for _ in range(2):
        for path, right in paths:
            assert run(["check", str(path)]) == (0 if right else 1)
