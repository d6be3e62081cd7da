"""Several banks at once: --bank again, DRILL_BANK, and the word built-in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from drill.bank import load_bank
from drill.cli.main import run
from drill.errors import BankError, UsageError
from drill.locate import bank_directories, built_in

ROOT = Path(__file__).parent.parent

TOPIC = """\
format: 1
topic: {topic}
title: Made
questions:
  - id: {id}
    skill: sums
    draw: {{n: {{int: [1, 9]}}}}
    ask: What is {{n}} + 1?
    answer: {{kind: integer, value: n + 1}}
    cross_check: 1 + n
    mistakes: {{less: {{value: n, say: Add 1.}}}}
    hints: [Count.]
    solution: Count on.
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that writes a topic into a folder of an empty place."""
    monkeypatch.chdir(tmp_path)

    def make(folder: str, topic: str, question: str = "") -> Path:
        Path(folder).mkdir(exist_ok=True)
        text = TOPIC.format(topic=topic, id=question or f"{topic}-one")
        (path := Path(folder) / f"{topic}.yaml").write_text(text, encoding="utf-8")
        return path

    return make


def topics(capsys, *arguments: str) -> list[str]:
    """Return the topics that `drill topics` lists."""
    assert run(["topics", *arguments]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    return [row.split()[0] for row in rows[: rows.index("")]]


@pytest.mark.parametrize(
    ("arguments", "variable", "wanted"),
    [
        pytest.param(["--bank", "one"], "", ["apple"], id="one replaces the built-in"),
        pytest.param(["--bank", "one", "--bank", "two"], "", ["apple", "melon"], id="two"),
        pytest.param([], f"one{os.pathsep}two", ["apple", "melon"], id="variable"),
        pytest.param(["--bank", "two"], "one", ["melon"], id="option goes first"),
        pytest.param(["--bank", "one", "--bank", "./one"], "", ["apple"], id="same twice"),
    ],
)  # fmt: skip
def test_which_banks(
    arguments: list[str],
    variable: str,
    wanted: list[str],
    write,
    capsys,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Options unite, and go before the variable, which goes before the built-in bank."""
    write("one", "apple")
    write("two", "melon")
    monkeypatch.setenv("DRILL_BANK", variable)

    assert topics(capsys, *arguments) == wanted


@pytest.mark.parametrize(
    ("arguments", "variable"),
    [
        pytest.param(["--bank", "built-in", "--bank", "mine"], "", id="option"),
        pytest.param([], f"built-in{os.pathsep}mine", id="variable"),
    ],
)
def test_a_bank_adds_to_the_built_in_one(
    arguments: list[str], variable: str, write, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The word built-in is the bank that comes with the program."""
    write("mine", "zebra")
    monkeypatch.setenv("DRILL_BANK", variable)

    assert run(["topics", "zebra", *arguments]) == 0
    assert run(["topics", "cnn-sizes", *arguments]) == 0
    assert run(["show", "zebra-one", "--seed", "7", *arguments]) == 0
    assert run(["show", "conv-output-size", "--seed", "7", *arguments]) == 0
    assert "conv-output-size@7-" in capsys.readouterr().out


def test_the_words_path() -> None:
    """A folder of that name is reached by its path, and nothing else is meant."""
    assert bank_directories([Path("built-in")]) == (built_in(),)
    with pytest.raises(UsageError, match=r"no bank folder '.*/built-in'"):
        bank_directories([Path.cwd() / "built-in"])


@pytest.mark.parametrize(
    ("topic", "question", "message"),
    [
        pytest.param("cnn-sizes", "mine-one", "'cnn-sizes' is taken already", id="topic"),
        pytest.param("mine", "conv-output-size", "'conv-output-size' is taken already", id="question"),
    ],
)  # fmt: skip
def test_clash_with_the_built_in_bank(
    topic: str, question: str, message: str, write
) -> None:
    """What the built-in bank has is not written over by another bank."""
    write("mine", topic, question)

    with pytest.raises(BankError) as refused:
        load_bank([Path("built-in"), Path("mine")], ["cnn-sizes", topic])

    assert message in str(refused.value)


def test_every_command_takes_several(write, capsys) -> None:
    """quiz, new and check see the union too."""
    write("one", "apple")
    write("two", "melon")
    banks = ["--bank", "one", "--bank", "two"]
    Path("answers.txt").write_text("skip\n" * 8)

    run(["quiz", "apple", "melon", "-n", "2", "--answers", "answers.txt", *banks])
    out = capsys.readouterr().out
    assert "apple-one@" in out
    assert "melon-one@" in out
    assert run(["new", "melon-one", "--seed", "7", *banks]) == 0
    folder = next(Path().glob("melon-one@7-*"))
    (folder / "answer.txt").write_text("0")
    assert run(["check", str(folder), *banks]) == 1


def complete(words: str, place: int, **extra: str) -> list[str]:
    """Return what the shell is offered."""
    done = subprocess.run(
        [sys.executable, "-c", "from drill.__main__ import main; main()"],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_DRILL_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(place),
            **extra,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return [line.split(",")[-1] for line in done.stdout.split()]


def test_completion_knows_the_banks(write, tmp_path: Path) -> None:
    """Topics of every bank are offered; hostile names and missing folders are not."""
    write("one", "apple")
    write("two", "apricot")
    (tmp_path / "two" / "ap\x1b[2J.yaml").write_text("")

    assert complete("drill quiz --bank one ap", 4) == ["apple"]
    both = {"DRILL_BANK": f"one{os.pathsep}two{os.pathsep}built-in"}
    assert complete("drill quiz ap", 2, **both) == ["apple", "apricot"]
    assert complete("drill quiz ap", 2, DRILL_BANK="nowhere") == []
