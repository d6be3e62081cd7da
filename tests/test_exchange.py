"""Two machines' histories, brought together in either order."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice import NOON, attempt

from drill.cli.main import run
from drill.practice import NAME, Attempt, Known, Reply, exchange, open_history
from drill.practice.exchange import merge, parsed, written
from drill.practice.known_questions import know

OUTCOMES = ("right", "right later", "wrong", "gave up", "skipped")
# A few names, so that machines know states of the same attempts that differ.
SOME = st.builds(
    lambda name, outcome, days, question, replies, seconds: attempt(
        outcome,
        days,
        question,
        id=f"attempt-{name}",
        asking=f"asking-{name // 2}",
        replies=(Reply("1", "1"),) * replies,
        ms=1000 * seconds,
    ),
    st.integers(0, 6),
    st.sampled_from(OUTCOMES),
    st.integers(-9, 0),
    st.sampled_from(["q-one", "q-two"]),
    st.integers(1, 3),
    st.integers(1, 3),
)
MACHINE = st.tuples(st.lists(SOME, max_size=6), st.booleans())
Machine = tuple[list[Attempt], bool]


def exported(machine: Machine) -> list[str]:
    """Return what a machine would write, on which these answers were given."""
    attempts, undo = machine
    with (
        TemporaryDirectory() as folder,
        open_history(Path(folder, NAME), NOON) as history,
    ):
        for one in attempts:
            history.record(one)
        if undo:
            history.undo()
        return list(written(history))


def together(*files: list[str]) -> tuple[list[str], object]:
    """Return the log and the schedule after imports, in this order."""
    with (
        TemporaryDirectory() as folder,
        open_history(Path(folder, NAME), NOON) as history,
    ):
        for file in files:
            merge(history, parsed(file, "file"))
        memories = history.memories()
        history.rebuild()
        assert memories == history.memories()
        return list(written(history)), memories


@given(MACHINE, MACHINE)
def test_either_order_gives_the_same(first: Machine, second: Machine) -> None:
    """Whatever both did to the same answers: one log and one schedule."""
    a, b = exported(first), exported(second)
    both = together(a, b)
    assert both == together(b, a)
    assert both == together(a, b, a, b)
    assert both == together(together(b, a)[0])


def test_a_merge_that_counts_replies_only_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted fault: giving up adds no reply, so the order would decide."""
    wrong = attempt("wrong", id="one")
    given_up = replace(wrong, outcome="gave up", at=NOON + timedelta(seconds=9))
    a, b = exported(([wrong], False)), exported(([given_up], False))
    assert together(a, b) == together(b, a) == together(b)
    monkeypatch.setattr(exchange, "_rank", lambda one: len(one.replies))
    assert together(a, b) != together(b, a)


def test_a_question_that_the_answer_leaves_is_replayed() -> None:
    """A longer record under another name takes its day from the old one."""
    short = attempt("wrong", id="one", question="q-old")
    long = replace(short, question="q-new", replies=short.replies * 2)
    _, memories = together(exported(([short], False)), exported(([long], False)))
    assert isinstance(memories, dict)
    assert set(memories) == {"q-new"}


def test_renamed_twice(tmp_path: Path) -> None:
    """A name is followed over two renamings, and twice changes nothing."""
    new = Known("q-three", "topic-a", "skill-a", 1, 2.0, ("q-one", "q-two"))
    file = exported(([attempt("right", id="one", question="q-one")], False))
    with open_history(tmp_path / NAME, NOON) as history:
        know(history, [new])
        assert merge(history, parsed(file, "file")).new == 1
        before = list(written(history))
        again = merge(history, parsed(file, "file"))
        assert (again.read, again.new, again.undone) == (1, 0, 0)
        assert list(written(history)) == before
        assert set(history.memories()) == {"q-three"}


def test_another_banks_questions_are_kept(tmp_path: Path) -> None:
    """What no bank here holds is in the log and in the schedule, and goes on."""
    file = exported(([attempt("right", question="elsewhere")], False))
    assert together(file)[0] == file


LINES = exported(([attempt("right", id="one"), attempt("wrong", id="two")], False))


def changed(**fields: object) -> str:
    """Return an attempt's line with some fields changed."""
    return json.dumps({**json.loads(LINES[1]), **fields})


@pytest.mark.parametrize(
    ("lines", "say"),
    [
        pytest.param([], "is no exported history", id="empty"),
        pytest.param(LINES[1:], "is no exported history", id="no heading"),
        pytest.param(LINES[:2], "promise of 2 answers and holds 1", id="cut off"),
        pytest.param(['{"name": "drill history"}'], "'format' must be", id="none"),
        pytest.param(
            ['{"name": "drill history", "format": 0}'], "'format' must", id="zero"
        ),
        pytest.param(
            ['{"name": "drill history", "format": 2}'], "newer drill", id="future"
        ),
        pytest.param(
            [LINES[0], changed(at="9999-12-31T23:00:00Z", day="9999-12-31")],
            "line 2: 'at' cannot be",
            id="the end of time",
        ),
        pytest.param(
            [LINES[0], changed(at="0999-01-01T00:00:00Z", day="0999-01-01")],
            "line 2: 'at' cannot be",
            id="year of three digits",
        ),
        pytest.param(
            [LINES[0], changed(day="9999-12-31")], "line 2: 'day' is not", id="day"
        ),
        pytest.param(
            [LINES[0], changed(at="2026-05-01T12:00:00")], "'at' cannot be", id="naive"
        ),
        pytest.param(
            [LINES[0], changed(replies=["ab"])], "must hold pairs", id="reply"
        ),
        pytest.param([LINES[0], changed(replies={})], "must be a list", id="replies"),
        pytest.param(
            [LINES[0], changed(replies=[["\ud800", ""]])], "line 2: ", id="surrogate"
        ),
        pytest.param([LINES[0], changed(parts=0)], "less than 'parts'", id="parts"),
        pytest.param([LINES[0], changed(score=True)], "'score' must", id="true"),
        pytest.param([LINES[0], changed(topic="x" * 999)], "'topic' cannot", id="long"),
        pytest.param(
            [LINES[0], changed(day="\x1b[2J" * 999)], "more characters", id="escapes"
        ),
    ],
)
def test_hostile_files(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lines: list[str],
    say: str,
) -> None:
    """One short sentence, nothing taken in, and no history begun."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))
    file = tmp_path / "other.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert run(["import", str(file)]) == 2
    out, err = capsys.readouterr()
    assert say in err
    assert out == ""
    assert len(err) < 500
    assert "\x1b" not in err
    assert not (tmp_path / "home").exists()


def test_standard_input(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Bytes that are no text are refused there too; a byte order mark is not."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))
    for data, code in ((b"\xff\xfe\x00", 2), (b"", 2), (b"\xef\xbb\xbf", 0)):
        whole = data + "\n".join(LINES).encode() if code == 0 else data
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(whole)))
        assert run(["import", "-"]) == code
    out, err = capsys.readouterr()
    assert out == "2 answers read, 2 new, 0 known already.\n"
    assert "is no text" in err


def test_a_pipe_is_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`drill import <(ssh other drill export -)` names a pipe, not a file."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))
    reading, writing = os.pipe()
    os.write(writing, "\n".join(LINES).encode())
    os.close(writing)
    assert run(["import", f"/dev/fd/{reading}"]) == 0
    os.close(reading)
    assert "2 new" in capsys.readouterr().out
