"""Doubtful questions set aside at a prompt, and answers written in an editor."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from learner import TICKET, Clock, Desk, always_right, bank, right_reply, wrong_reply
from practice import NOON
from terminal import Terminal

import drill
from drill.cli.asking import edits
from drill.drawing import Instance
from drill.practice import NAME, open_history
from drill.practice.reports import reports


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a desk with a home of its own."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path))
    return Desk(monkeypatch, Clock(NOON), always_right)


def doubts(after: int = 0, name: str = ""):
    """Return a learner who reports the first question, after some wrong answers."""
    given: list[str] = []

    def answer(instance: Instance, part: int, again: bool) -> str:
        given.append(instance.question.id)
        if instance.question.id != (name or given[0]):
            return right_reply(instance, part)
        tries = given.count(instance.question.id)
        return wrong_reply(instance, part) if tries <= after else "report"

    return answer


@pytest.mark.parametrize("after", [0, 1])
def test_set_aside(desk: Desk, tmp_path: Path, after: int) -> None:
    """It counts nowhere, and is asked no more until that is wanted."""
    desk.answer, desk.other = doubts(after), "Is it  | right?"
    said = desk.run("quiz", "relu", "-n", "3", "--seed", "1")[1]
    with open_history(tmp_path / NAME, NOON) as history:
        (one,) = reports(history)
        answers = list(history.attempts())
    assert "Set aside" in said
    assert one.note == "Is it  | right?"
    assert bool(one.typed) == bool(after)
    assert one.ticket in said
    assert one.question not in {answer.question for answer in answers}
    assert re.search(rf"^relu +{len(answers)} ", said, re.MULTILINE)

    desk.answer, desk.other = always_right, "n"
    for arguments in (["quiz", "relu", "-n", "40"], ["today", "--new", "60"]):
        desk.asked.clear()
        desk.run(*arguments)
        assert desk.asked
        assert one.question not in {i.question.id for i, _ in desk.asked}
    desk.asked.clear()
    desk.run("quiz", one.question, "-n", "1")
    assert {i.question.id for i, _ in desk.asked} == {one.question}

    text = desk.run("history", "--reported")[1]
    assert text.startswith(f"### {one.ticket}\n\nIs it  | right?\n")
    assert f"drill show {one.ticket}" in text
    data = json.loads(desk.run("history", "--reported", "--format", "json")[1])
    assert data["reported"][0]["ticket"] == one.ticket
    assert "Nothing" in desk.run("history", "softmax", "--reported")[1]
    said = desk.run("history", "relu", "--reported", "--ask-again")[1]
    assert said == f"Asked again: {one.question}.\n"
    assert desk.run("history", "--reported")[1].startswith("Nothing is set aside.")
    desk.asked.clear()
    desk.run("quiz", "relu", "-n", "12")
    assert one.question in {i.question.id for i, _ in desk.asked}


def test_when_the_solution_is_there(desk: Desk, tmp_path: Path) -> None:
    """A question can be set aside where its steps are offered, too."""
    name = "relu-backward"
    desk.answer = lambda instance, part, again: wrong_reply(instance, part)
    typed = desk.type

    def at_the_end(prompt: str = "") -> str:
        if "step walks through it" in desk.out.getvalue()[-80:]:
            return "report"
        return typed(prompt)

    import builtins

    builtins.input, before = at_the_end, builtins.input
    try:
        said = desk.run("quiz", name, "-n", "1", "--seed", "3")[1]
    finally:
        builtins.input = before
    assert "Set aside" in said
    with open_history(tmp_path / NAME, NOON) as history:
        assert [one.question for one in reports(history)] == [name]
        assert list(history.attempts()) == []
        assert history.memories() == {}


def test_an_exam_leaves_it_out(desk: Desk, tmp_path: Path) -> None:
    """A paper that nobody named by its seed has none that is set aside."""
    from drill.cli.exam import not_aside

    desk.answer = doubts()
    desk.run("quiz", "relu", "-n", "1", "--seed", "1")
    with open_history(tmp_path / NAME, NOON) as history:
        (one,) = reports(history)
    questions = bank().topics["relu"].questions
    left = {question.id for question in not_aside(tuple(questions))}
    assert left == {question.id for question in questions} - {one.question}


def test_what_is_not_listed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence for what does not go together."""
    assert desk.run("history", "--ask-again")[0] == 2
    assert desk.run("history", "--reported", "--format", "csv")[0] == 2
    assert desk.run("history", "--reported")[1].startswith("Nothing is set aside.")


def test_a_report_in_ascii(desk: Desk, tmp_path: Path) -> None:
    """Signs that the terminal does not know have twins."""
    desk.answer, desk.other = doubts(), "3 × 4 ≠ 12 \x1b[2J"
    desk.run("quiz", "relu", "-n", "1", "--seed", "1")
    done = subprocess.run(
        [sys.executable, "-m", "drill", "history", "--reported"],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert b"\x1b" not in done.stdout
    assert b"3 " in done.stdout


# An editor


@pytest.mark.parametrize(
    ("ticket", "part", "opens"),
    [
        ("relu-derivative@7", 0, True),
        ("conv-output-size@7", 0, True),
        ("cross-entropy-at-start@7", 0, False),
        ("softmax-code@7", 0, True),
        ("relu-facts@7", 0, None),
    ],
)
def test_whether_e_is_an_answer(ticket: str, part: int, opens: bool | None) -> None:
    """A number may be e, and so may an option; a matrix and a program may not."""
    name, seed = ticket.split("@")
    target = drill.draw(bank()[name], int(seed)).targets[part]
    if opens is None:
        opens = len(target.options) < 5
    assert edits("e", target) == opens
    assert edits("edit", target)
    assert not edits("31", target)


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """Give an editor that writes what stands in a file, and keeps what it was given."""
    path = tmp_path / "editor.sh"
    path.write_text(
        f'#!/bin/sh\ncp "$1" {tmp_path}/given\n'
        f'[ -s {tmp_path}/text ] && sleep 0.1 && cat {tmp_path}/text > "$1"\nexit 0\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_an_answer_from_an_editor(tmp_path: Path, editor: Path) -> None:
    """VISUAL comes before EDITOR; what was answered before is there to begin with."""
    text = tmp_path / "text"
    environment = {
        "DRILL_HOME": str(tmp_path / "home"),
        "VISUAL": str(editor),
        "EDITOR": "false",
    }
    with Terminal(
        "quiz", "relu-derivative", "-n", "1", "--seed", "3", **environment
    ) as t:
        shown = t.expect("> ")
        t.send("e\r")
        t.expect("nothing was saved, so nothing is answered")
        t.expect("> ")
        name, seed = TICKET.findall(shown)[-1]
        reference = drill.draw(bank()[name], int(seed)).targets[0].reference
        text.write_text(str((reference + 7).tolist()))
        t.send("e\r")
        t.expect("One more try.")
        t.expect("> ")
        text.write_text(str(reference.tolist()) + "\n")
        t.send("edit\r")
        t.expect("Right.")
        assert t.wait() == 0
    assert (tmp_path / "given").read_text() == f"{(reference + 7).tolist()}\n"


@pytest.mark.parametrize(
    ("editor", "says"),
    [
        ("/no/such/one", "name an editor with VISUAL or EDITOR"),
        ("false", "name an editor with VISUAL or EDITOR"),
        ("un'closed", "name another with VISUAL or EDITOR"),
        ("rm", "name another with VISUAL or EDITOR"),
        ("cp /bin/ls", "did not save text"),
    ],
    ids=["absent", "failing", "no command", "file gone", "no text"],
)
def test_an_editor_that_fails(tmp_path: Path, editor: str, says: str) -> None:
    """A sentence, and the question is still there."""
    environment = {"DRILL_HOME": str(tmp_path), "VISUAL": "", "EDITOR": editor}
    with Terminal("quiz", "relu-derivative", "-n", "1", **environment) as t:
        t.expect("> ")
        t.send("edit\r")
        t.expect(says)
        t.expect("> ")
        t.send("quit\r")
        assert t.wait() == 0
