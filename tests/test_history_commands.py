"""Listing, taking back, carrying over and examining a history."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice import NOON, attempt
from terminal import Terminal

from drill.cli.main import run
from drill.errors import HistoryError
from drill.practice import NAME, Attempt, Known, Reply, open_history
from drill.practice.exchange import LONGEST_LINE, merge, parsed, written
from drill.practice.known_questions import know
from drill.practice.sittings import begin, unfinished

QUESTIONS = ("q-one", "q-two")
ATTEMPTS = st.lists(
    st.builds(
        attempt,
        st.sampled_from(["right", "right later", "wrong", "gave up", "skipped"]),
        st.floats(-20, 0),
        st.sampled_from(QUESTIONS),
    ),
    max_size=8,
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with three answers in it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DRILL_HOME", str(folder))
    with open_history(folder / NAME, NOON) as history:
        history.record(
            attempt("wrong", -3, "q-one", mistakes=("flipped",)),
            attempt("right", -2, "q-two", topic="topic-b"),
            replace(
                attempt("right", -1, "q-one"), replies=(Reply("=cmd()\n-2", "-2"),)
            ),
        )
    return folder


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command."""

    def tell(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return tell


# history


def test_the_table(home: Path, told, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest last, at every width, with its mistake by name."""
    for width in (40, 60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        code, out, _ = told("history")
        lines = out.splitlines()
        assert code == 0
        assert max(map(len, lines)) <= width
        assert lines.index(next(li for li in lines if "q-two" in li)) > 0
        assert out.index("28 Apr") < out.index("30 Apr")
        assert "flipped" in out
    assert "q-two" not in told("history", "--missed")[1]
    assert "q-one" not in told("history", "topic-b")[1]
    assert told("history", "-n", "1")[1].count("@") == 1


def test_as_data(home: Path, told) -> None:
    """JSON has a version; CSV is read back, and starts no formula."""
    data = json.loads(told("history", "--format", "json")[1])
    assert data["version"] == 1
    assert [one["outcome"] for one in data["answers"]] == ["wrong", "right", "right"]
    assert data["answers"][0]["mistake"] == "flipped"
    rows = list(csv.DictReader(io.StringIO(told("history", "--format", "csv")[1])))
    assert [row["outcome"] for row in rows] == ["wrong", "right", "right"]
    assert rows[2]["typed"] == "'=cmd()\n-2"
    assert not any(
        value.startswith(("=", "+", "@")) for row in rows for value in row.values()
    )


@pytest.mark.parametrize("command", ["history", "undo", "reset", "due", "doctor"])
def test_before_anything_was_answered(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told
) -> None:
    """A sentence, and no file is made."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "none"))
    code, out, err = told(command)
    assert (code, err) == (int(command in ("undo", "reset")), "")
    assert out
    assert not (tmp_path / "none").exists()


def test_signs_that_have_twins(home: Path) -> None:
    """JSON and CSV hold what was typed, where the terminal speaks ASCII only, too."""
    odd = "“5”, 3 × 4\x1b[2J 😀"
    with open_history(home / NAME, NOON) as history:
        history.record(replace(attempt(), replies=(Reply(odd, "5"),)))
    written = {}
    for form in ("json", "csv"):
        done = subprocess.run(
            [sys.executable, "-m", "drill", "history", "--format", form],
            env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
            capture_output=True,
            check=True,
        )
        written[form] = done.stdout.decode()
    assert json.loads(written["json"])["answers"][-1]["typed"] == odd
    rows = list(csv.DictReader(io.StringIO(written["csv"])))
    assert rows[-1]["typed"] == odd.replace("\x1b", "\\x1b")


def test_what_wraps_is_indented(home: Path, told, monkeypatch) -> None:
    """At 40 columns every line begins with a sign of its own, or with a space."""
    long = replace(
        attempt("gave up", mistakes=("a_mistake_with_a_long_name",)),
        ticket=f"{'a-question-' * 5}@123456-abcd",
        replies=(Reply("np.exp(z) / np.exp(z).sum(axis=1)", ""),),
    )
    with open_history(home / NAME, NOON) as history:
        history.record(long)
    monkeypatch.setenv("COLUMNS", "40")
    *lines, _, _ = told("history", "-n", "1")[1].splitlines()
    assert lines[0].startswith("? ")
    assert len(lines) > 3
    assert all(line.startswith("  ") and len(line) <= 40 for line in lines[1:])


def test_nothing_like_that(home: Path, told) -> None:
    """A topic without answers is told from a history without any."""
    for arguments in (["no-such-topic"], ["topic-b", "--missed"]):
        code, out, _ = told("history", *arguments)
        assert code == 0
        assert out == "None of your answers is like that. All of them: drill history\n"


def test_years(home: Path, told) -> None:
    """Days of two years are told apart; those of one need no year."""
    assert "2026" not in told("history")[1]
    with open_history(home / NAME, NOON) as history:
        history.record(attempt("right", -400))
    assert "27 Mar 2025" in told("history")[1]


# undo


def test_a_question_that_was_taken_back_is_new_again(home: Path, told) -> None:
    """Else it would be neither due nor new, and never be asked again."""
    with open_history(home / NAME, NOON) as history:
        history.record(attempt("wrong", 0, "q-three"))
        assert "q-three" in history.first_seen()
        history.undo()
        assert "q-three" not in history.first_seen()
        assert "q-three" not in history.memories()


def test_another_terminal_goes_on(home: Path) -> None:
    """What was shown is taken back, or nothing."""
    with open_history(home / NAME, NOON) as history:
        last = history.last()
        assert last is not None
        history.record(attempt("wrong", 0, "q-three"))
        assert history.undo(last.id) is None
        assert len(list(history.attempts())) == 4


def test_undo(home: Path, told) -> None:
    """The newest goes first; its effect on the schedule goes with it."""
    with open_history(home / NAME, NOON) as history:
        before = history.memories()["q-one"]
    code, out, _ = told("undo", "--yes")
    assert code == 0
    assert "q-one@7-abcd" in out
    with open_history(home / NAME, NOON) as history:
        after = history.memories()["q-one"]
        assert after.day < before.day
        assert len(list(history.attempts())) == 2
    assert "q-two" in told("undo", "--yes")[1]
    assert "q-one" in told("undo", "--yes")[1]
    assert told("undo", "--yes")[:2] == (1, "There is no answer to take back.\n")


def test_undo_asks_first(home: Path, told) -> None:
    """At a terminal it asks; elsewhere it wants --yes; nothing goes unasked."""
    code, _, err = told("undo")
    assert code == 2
    assert "--yes" in err
    with Terminal("undo") as t:
        t.expect("Take it back? [y/N]")
        t.send("n\r")
        assert t.wait() == 1
    with open_history(home / NAME, NOON) as history:
        assert len(list(history.attempts())) == 3
    with Terminal("undo") as t:
        t.expect("Take it back? [y/N]")
        t.send("y\r")
        assert t.wait() == 0
        assert "Taken back: right '=cmd() / -2' to q-one" in t.text


# export and import


@given(ATTEMPTS)
def test_a_round_trip(attempts: list[Attempt]) -> None:
    """What was written is read as it was."""
    with (
        TemporaryDirectory() as folder,
        open_history(Path(folder, NAME), NOON) as history,
    ):
        history.record(*attempts)
        lines = list(written(history))
        kept = list(history.attempts())
    assert [one for one, _ in parsed(lines, "file")] == kept


def test_more_replies_win(home: Path) -> None:
    """Of the same attempt the longer one counts, whichever comes first."""
    short = attempt("wrong", -1)
    long = replace(short, replies=(*short.replies, Reply("2", "2")))
    for pair in ([short, long], [long, short]):
        with (
            TemporaryDirectory() as folder,
            open_history(Path(folder, NAME), NOON) as history,
        ):
            for one in pair:
                merge(history, [(one, False)])
            (kept,) = history.attempts()
        assert len(kept.replies) == 2


def test_carried_over(home: Path, told, tmp_path: Path, monkeypatch) -> None:
    """Exported here, imported there; twice changes nothing."""
    file = tmp_path / "my.jsonl"
    assert told("export", str(file))[1].startswith("3 answers written")
    assert "add --force" in told("export", str(file))[2]
    assert told("export", str(file), "--force")[0] == 0
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "other"))
    assert "3 answers read, 3 new, 0 known" in told("import", str(file))[1]
    assert "0 new, 3 known" in told("import", str(file))[1]
    assert told("undo", "--yes")[0] == 0
    assert told("export", str(file), "--force")[0] == 0
    monkeypatch.setenv("DRILL_HOME", str(home))
    assert "1 of them was taken back" in told("import", str(file))[1]
    assert told("history")[1].count("@") == 2


HEAD = json.dumps({"format": 1, "name": "drill history"})


def line(**changes: object) -> str:
    """Return an attempt's line with some fields changed."""
    with (
        TemporaryDirectory() as folder,
        open_history(Path(folder, NAME), NOON) as history,
    ):
        history.record(attempt())
        (made,) = list(written(history))[1:]
    return json.dumps({**json.loads(made), **changes})


@pytest.mark.parametrize(
    ("lines", "say"),
    [
        pytest.param(["what?"], "is no exported history", id="text"),
        pytest.param(["[" * 100_000], "is no exported history", id="nested"),
        pytest.param([HEAD, "{}"], "line 2: this is no attempt", id="empty"),
        pytest.param([HEAD, "{"], "line 2: this is no attempt", id="cut"),
        pytest.param(
            ['{"format": 9, "name": "drill history"}'], "upgrade drill", id="future"
        ),
        pytest.param(
            [HEAD, line(), line(outcome="great")], "line 3: 'outcome'", id="o"
        ),
        pytest.param([HEAD, line(ms=-1)], "'ms' must be a whole", id="negative"),
        pytest.param([HEAD, line(ms=10**400)], "'ms' must be", id="huge"),
        pytest.param([HEAD, line(score="NaN")], "'score' must be", id="nan"),
        pytest.param([HEAD, line(topic="a\x1b[2J")], "'topic' cannot be", id="escape"),
        pytest.param([HEAD, line(id="\ud800")], "'id' cannot be", id="surrogate"),
        pytest.param([HEAD, line(day="soon")], "line 2: Invalid isoformat", id="day"),
        pytest.param([HEAD, line(at=5)], "line 2: ", id="at"),
        pytest.param([HEAD, line(replies=[["a"]])], "line 2: ", id="replies"),
        pytest.param([HEAD, line(mistakes=7)], "line 2: ", id="mistakes"),
        pytest.param([HEAD, "x" * (LONGEST_LINE + 1)], "too long", id="long"),
    ],
)
def test_files_that_are_refused(
    home: Path, tmp_path: Path, told, lines: list[str], say: str
) -> None:
    """A sentence with the line; what came before it is not taken in either."""
    file = tmp_path / "other.jsonl"
    file.write_text("\n".join(lines) + "\n")
    before = told("export", "-")[1]
    code, _, err = told("import", str(file))
    assert code == 2
    assert say in err
    assert "\x1b" not in err
    assert told("export", "-")[1] == before


def test_files_that_are_none(home: Path, tmp_path: Path, told) -> None:
    """No file, a folder, bytes: a sentence each."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(300_000_000)
    for path, say in ((tmp_path / "no", "no file"), (tmp_path, "Is a directory"),
                      (tmp_path / "bytes", "is no text"),
                      (tmp_path / "huge", "too long")):  # fmt: skip
        code, _, err = told("import", str(path))
        assert code == 2
        assert say in err


def test_old_names_go_on_under_the_new(tmp_path: Path) -> None:
    """A question that was renamed here takes the other machine's attempts."""
    known = Known("q-new", "topic-a", "skill-a", 1, 2.0, ("q-one",))
    with open_history(tmp_path / NAME, NOON) as history:
        know(history, [known])
        merge(history, [(attempt("right", -1, "q-one"), False)])
        assert set(history.memories()) == {"q-new"}


def test_half_an_import_is_none(tmp_path: Path) -> None:
    """Whatever stops it, nothing of it is kept."""

    def broken():
        yield attempt(), False
        raise HistoryError("cut off")

    with open_history(tmp_path / NAME, NOON) as history:
        with pytest.raises(HistoryError):
            merge(history, broken())
        assert list(history.attempts()) == []


# reset


def all_of(home: Path) -> tuple[list[str], dict[str, object]]:
    """Return the log of a home as an export writes it, and what is remembered."""
    with open_history(home / NAME, NOON) as history:
        return list(written(history)), dict(history.memories())


@pytest.mark.parametrize(
    ("topics", "stay"),
    [([], []), (["topic-b"], ["q-one", "q-one"])],
    ids=["all", "one"],
)
def test_reset_and_import_give_back_everything(
    topics: list[str], stay: list[str], home: Path, told
) -> None:
    """What goes is in the file, with what was taken back; an import restores it."""
    assert told("undo", "--yes")[0] == 0
    before = all_of(home)
    code, out, _ = told("reset", *topics, "--yes")
    assert code == 0
    assert f"{3 - len(stay)} answer" in out
    lines, memories = all_of(home)
    assert [json.loads(line)["question"] for line in lines[1:]] == stay
    assert set(memories) == set(stay)
    (path,) = home.glob("before-reset-*.jsonl")
    assert f"drill import {path}" in out
    assert told("import", str(path))[0] == 0
    assert all_of(home) == before


def test_two_resets_a_day_keep_two_files(home: Path, told) -> None:
    """The second never replaces the first."""
    for topic in (["topic-b"], []):
        assert told("reset", *topic, "--yes")[0] == 0
    assert len(list(home.glob("before-reset-*.jsonl"))) == 2
    assert told("reset", "--yes")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["topic-b"], "1 answer in topic-b would leave your history: add --yes"),
        (["nothing-here", "--yes"], "nothing was answered in 'nothing-here' yet"),
    ],
    ids=["not asked", "no such topic"],
)
def test_reset_is_refused(arguments: list[str], says: str, home: Path, told) -> None:
    """A sentence, and everything stays."""
    before = all_of(home)
    code, _, err = told("reset", *arguments)
    assert code == 2
    assert says in err
    assert all_of(home) == before


def test_what_cannot_be_saved_is_not_taken_out(
    home: Path, told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: the file fails, the history stays whole, no half file is left."""

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    before = all_of(home)
    monkeypatch.setattr(os, "fsync", full)
    code, _, err = told("reset", "--yes")
    assert code == 2
    assert "cannot be written: No space left on device" in err
    assert all_of(home) == before
    assert not list(home.glob("before-reset-*"))


def test_an_exam_outlives_a_reset(home: Path, told) -> None:
    """A quiz that was cut off is over; what is not handed in yet is not lost."""
    with open_history(home / NAME, NOON) as history:
        begin(history, "quiz", {"tickets": []}, NOON)
        exam = begin(history, "exam", {}, NOON)
    assert told("reset", "--yes")[0] == 0
    with open_history(home / NAME, NOON) as history:
        assert unfinished(history, "quiz", "review") is None
        left = unfinished(history, "exam")
        assert left is not None
        assert left.id == exam


def test_a_group_stands_for_what_was_answered_of_it(home: Path, told) -> None:
    """Where a topic may be named, a group may; one without answers is refused."""
    with open_history(home / NAME, NOON) as history:
        history.record(
            attempt("wrong", 0, "iou-two-boxes", topic="detection"),
            attempt("right", 0, "relu-derivative", topic="relu"),
        )
    listed = json.loads(told("history", "vision", "--format", "json")[1])["answers"]
    assert [one["ticket"] for one in listed] == ["iou-two-boxes@7-abcd"]
    stands = json.loads(told("stats", "vision", "--json")[1])
    assert [one["name"] for one in stands["topics"]] == ["detection"]
    code, _, err = told("stats", "training")
    assert code == 2 and "nothing was answered in 'training' yet; you began" in err
    code, out, _ = told("reset", "vision", "--yes")
    assert code == 0 and "1 answer taken out" in out
    listed = json.loads(told("history", "--format", "json")[1])["answers"]
    assert "iou-two-boxes@7-abcd" not in {one["ticket"] for one in listed}
    assert len(listed) == 4
