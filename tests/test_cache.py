"""What was checked before is not checked again, and nobody can tell but by the clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import drill
from drill import cache, topic_index
from drill.bank import Bank, Question, load_bank
from drill.bank.compiled import kept
from drill.bank.vocabulary import vocabulary
from drill.cli.main import run
from drill.errors import BankError, DrawError
from drill.language import Deferred
from drill.locate import built_in
from drill.topic_index import index

TOPIC = "relu"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a bank of one topic, and a cache of its own."""
    bank = tmp_path / "bank"
    bank.mkdir()
    shutil.copy(built_in() / f"{TOPIC}.yaml", bank)
    monkeypatch.setenv("DRILL_CACHE", str(tmp_path / "cache"))
    return bank


def entries(folder: Path) -> list[Path]:
    """Return what is kept."""
    place = folder.parent / "cache"
    return sorted(place.iterdir()) if place.is_dir() else []


def test_a_checked_file_is_the_same_when_it_is_kept(folder: Path) -> None:
    """Cold and warm give equal topics; warm ones compile nothing until they are used."""
    cold, warm = load_bank([folder]), load_bank([folder])

    assert len(entries(folder)) == 1
    assert entries(folder)[0].stat().st_mode & 0o077 == 0
    value = warm.questions[0].parts[0].answer.value
    assert type(value) is Deferred
    assert "_step" not in value.__dict__
    assert warm.topics == cold.topics
    for before, after in zip(cold.questions, warm.questions, strict=True):
        first, second = drill.draw(before, 5), drill.draw(after, 5)
        assert str(first.values) == str(second.values)
        assert before.where == after.where


OWN = """\
format: 1
topic: own
title: Functions of one's own
functions: |
  def double(n):
      return 2 * n

  def unused(n):
      return n + 1

  def fourfold(n):
      return double(double(n))

  def faulty(n):
      return [1, 2][n]
questions:
  - id: own-fourfold
    skill: own
    draw: {n: {int: [2, 9]}}
    ask: What is 4 × {n}?
    answer: {kind: integer, value: fourfold(n)}
    cross_check: n + n + n + n
    mistakes: {once: {value: 2 * n, say: 'Twice that.'}}
    hints: [Double it twice.]
    solution: It is {4 * n}.
  - id: own-plain
    skill: own
    draw: {n: {int: [2, 9]}}
    ask: What is 3 × {n}?
    answer: {kind: integer, value: 3 * n}
    cross_check: n + n + n
    mistakes: {once: {value: n, say: 'Three times that.'}}
    hints: [Add it three times.]
    solution: It is {3 * n}.
  - id: own-faulty
    skill: own
    draw: {n: {int: [5, 9]}}
    ask: What is {n}?
    answer: {kind: integer, value: faulty(n)}
    cross_check: n - n
    mistakes: {once: {value: n + 7, say: 'No.'}}
    hints: [Think.]
    solution: It is {n}.
"""


def test_a_kept_question_defines_only_the_functions_that_it_calls(folder: Path) -> None:
    """They are at their lines, with what they call; the topic still has them all."""
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    cold, warm = load_bank([folder]), load_bank([folder])
    known = vocabulary().builtins

    def own(bank: Bank, question: str) -> set[str]:
        value = bank[question].parts[0].answer.value
        assert value is not None
        return set(value.reading.table.builtins) - set(known)

    assert own(cold, "own-plain") == {"double", "unused", "fourfold", "faulty"}
    assert own(warm, "own-plain") == set()
    assert own(warm, "own-fourfold") == {"double", "fourfold"}
    assert (
        drill.draw(warm["own-fourfold"], 3).targets[0].reference
        == 4 * (drill.draw(cold["own-fourfold"], 3).values["n"])
    )
    assert warm.topics["own"].functions == cold.topics["own"].functions
    told = []
    for bank in (cold, warm):
        with pytest.raises(DrawError) as caught:
            drill.draw(bank["own-faulty"], 1)
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_an_edit_takes_effect_at_once(folder: Path) -> None:
    """The key is the file's own bytes."""
    load_bank([folder])
    path = folder / f"{TOPIC}.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Now "), "utf-8")

    assert index([folder]) is None
    assert load_bank([folder]).topics[TOPIC].title.startswith("Now ")
    assert [one.title[:4] for one in index([folder]) or ()] == ["Now "]


def test_a_list_of_topics_reads_no_file_twice(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is as it was is told from the folder's own entry; what is not, is not."""
    for name in ("a", "b", "c"):
        text = OWN.replace("topic: own", f"topic: {name}").replace("own-", f"{name}-")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    load_bank([folder])
    first = index([folder])
    assert first is not None and [one.id for one in first] == ["a", "b", "c", TOPIC]
    read = []
    really = topic_index._summary
    monkeypatch.setattr(
        topic_index,
        "_summary",
        lambda path, name: read.append(name) or really(path, name),
    )
    assert (index([folder]), read) == (first, [])

    path = folder / "b.yaml"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Functions", b"functions"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (index([folder]), read) == (None, ["b"])
    load_bank([folder])
    titles = [one.title for one in index([folder]) or ()]
    assert titles[:3] == ["Functions of one's own", "functions of one's own", titles[0]]

    path.unlink()
    assert [one.id for one in index([folder]) or ()] == ["a", "c", TOPIC]
    (folder / "d.yml").write_text("")
    assert index([folder]) is None


def test_a_broken_file_is_never_kept(folder: Path) -> None:
    """Its problems are told each time."""
    path = folder / f"{TOPIC}.yaml"
    path.write_text(path.read_text("utf-8").replace("hints:", "hnits:", 1), "utf-8")

    for _ in range(2):
        with pytest.raises(BankError, match="hnits"):
            load_bank([folder])
    assert entries(folder) == []


def test_two_files_that_claim_one_name_clash_from_the_cache_too(folder: Path) -> None:
    """Each is right alone; together they are told, with both places."""
    path = folder / f"{TOPIC}.yaml"
    other = folder / "other.yaml"
    other.write_text(path.read_text("utf-8").replace(f"topic: {TOPIC}", "topic: other"))
    for one in (path, other):
        alone = folder.parent / one.stem
        alone.mkdir()
        shutil.copy(one, alone)
        load_bank([alone])

    with pytest.raises(BankError, match="is taken already") as caught:
        load_bank([folder])
    assert all(problem.line > 1 for problem in caught.value.problems)


def test_a_damaged_entry_is_written_anew(folder: Path) -> None:
    """Whichever byte is flipped, what is read is right."""
    cold = load_bank([folder])
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    step = max(1, len(whole) // 150)
    for place in (*range(0, 80), *range(80, len(whole), step)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x20
        entry.write_bytes(bytes(damaged))
        assert kept((folder / f"{TOPIC}.yaml").read_bytes()) is None
    entry.write_bytes(whole[: len(whole) // 2])
    assert load_bank([folder]).topics == cold.topics
    assert entry.read_bytes() == whole


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b"0" * 64 + b"\n{}\n{}"])
def test_an_entry_that_is_none_is_nothing(folder: Path, content: bytes) -> None:
    """Something else's file is no bank."""
    load_bank([folder])
    entries(folder)[0].write_bytes(content)
    assert index([folder]) is None
    assert load_bank([folder]).questions


def test_an_entry_with_a_right_sum_and_other_content_is_refused(folder: Path) -> None:
    """What is kept has a form, and is checked against it."""
    data = (folder / f"{TOPIC}.yaml").read_bytes()
    cache.write(data, [b'{"topic": "relu"}', b'{"topic": {}}'])
    assert kept(data) is None
    assert load_bank([folder]).questions


def test_another_program_has_entries_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one version checked, another checks again."""
    load_bank([folder])
    monkeypatch.setattr(cache, "_program", lambda: "another")
    assert index([folder]) is None
    load_bank([folder])
    assert len(entries(folder)) == 2


@pytest.mark.parametrize("place", ["", "/dev/null/none", "/proc/none"])
def test_without_a_place_everything_works(
    folder: Path, place: str, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    """A read-only home is no reason to fail, and none to say anything."""
    monkeypatch.setenv("DRILL_CACHE", place)
    for _ in range(2):
        assert run(["topics", "--bank", str(folder)]) == 0
    assert capsys.readouterr().err == ""


def test_two_processes_may_fill_it_at_once(folder: Path) -> None:
    """Each writes its file whole, and the last one stays."""
    code = f"from drill.bank import load_bank; load_bank({str(folder)!r})"
    started = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [process.wait() for process in started] == [0] * 4
    assert len(entries(folder)) == 1
    assert load_bank([folder]).questions


def test_what_was_not_used_for_long_goes(folder: Path) -> None:
    """When something is written; what is read stays, and so does a fresh entry."""
    load_bank([folder])
    (kept,) = entries(folder)
    old = kept.with_name("0" * 64)
    old.write_bytes(b"of a program long gone")
    long_ago = kept.stat().st_mtime - cache.UNUSED - 2 * cache.DAY
    for path in (kept, old):
        os.utime(path, (long_ago, long_ago))
    load_bank([folder])  # reads: it is used
    cache.write(b"another", [b"{}", b"{}"])
    cache._swept.cache_clear()
    cache.write(b"a third", [b"{}", b"{}"])
    assert kept in entries(folder) and old not in entries(folder)


HEAVY = {"numpy", "yaml", "msgspec", "scipy"}


@pytest.mark.parametrize("words", ["topics", "--help", "quiz --help", "--version"])
def test_what_needs_no_numbers_imports_none(folder: Path, words: str) -> None:
    """A list of topics is read from what was kept."""
    load_bank([folder])
    code = (
        "import sys; from drill.cli.main import run\n"
        f"run({words.split()!r})\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DRILL_BANK": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", [field.name for field in fields(Question)])
def test_whatever_is_asked_first_of_a_kept_question_is_there(
    name: str, folder: Path
) -> None:
    """A default of the class would be mistaken for what the file says."""
    read = load_bank([folder]).questions
    kept_ones = load_bank([folder]).questions

    assert [getattr(one, name) for one in kept_ones] == [
        getattr(one, name) for one in read
    ]


def test_some_question_of_that_file_declares_ties(folder: Path) -> None:
    """The test above would see nothing otherwise."""
    assert any(question.ties for question in load_bank([folder]).questions)
