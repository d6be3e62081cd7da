"""Examining an installation and its history; completing commands in a shell."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from practice import NOON, attempt

from drill.cli.main import run
from drill.practice import NAME, open_history
from drill.practice.health import examine


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with three answers in it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DRILL_HOME", str(folder))
    with open_history(folder / NAME, NOON) as history:
        history.record(
            attempt("wrong", -3, "q-one", mistakes=("flipped",)),
            attempt("right", -2, "q-two", topic="topic-b"),
            attempt("right", -1, "q-one"),
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


# doctor


def test_all_is_in_order(home: Path, told) -> None:
    """Every line has its value, and the end says so."""
    code, out, _ = told("doctor")
    assert code == 0
    assert "3 answers, format 1" in out
    assert out.endswith("All is in order.\n")
    data = json.loads(told("doctor", "--json")[1])
    assert (data["version"], data["troubles"]) == (1, 0)
    assert {"drill", "python", "sqlite", "bank", "history"} <= {
        one["name"] for one in data["findings"]
    }


def corrupt(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)


def future(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 99")


def forgotten(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("DELETE FROM memory WHERE question = 'q-one'")


@pytest.mark.parametrize(
    ("fault", "say"),
    [
        pytest.param(lambda p: p.write_bytes(b"no database" * 999), "cannot be read",
                     id="not ours"),
        pytest.param(corrupt, "history.db", id="corrupt"),
        pytest.param(future, "written by a newer drill", id="future"),
        pytest.param(forgotten, "the schedule of 1 questions", id="schedule"),
        pytest.param(lambda p: (p.unlink(), p.mkdir()), "cannot be", id="folder"),
    ],
)  # fmt: skip
def test_troubles_with_the_history(
    home: Path, told, fault: Callable[[Path], object], say: str
) -> None:
    """Each is a sentence and the exit code; nothing is changed by looking."""
    fault(home / NAME)
    whole = (home / NAME).is_file()
    before = (home / NAME).read_bytes() if whole else b""
    files = sorted(home.iterdir())
    code, out, _ = told("doctor")
    assert code == 1
    assert say in " ".join(out.split())
    assert "wrong, marked !" in out
    assert not whole or (home / NAME).read_bytes() == before
    assert sorted(home.iterdir()) == files


def test_a_schedule_is_mended(home: Path, told) -> None:
    """What the doctor finds, it can mend."""
    forgotten(home / NAME)
    assert examine(home / NAME).troubles
    assert told("doctor", "--mend")[0] == 0
    assert not examine(home / NAME).troubles


def test_troubles_with_a_bank(home: Path, told, tmp_path: Path) -> None:
    """A bank that does not load is told with its first problem."""
    (tmp_path / "odd.yaml").write_text("format: 1\ntopic: odd\n")
    code, out, _ = told("doctor", "--bank", str(tmp_path))
    assert code == 1
    assert "odd.yaml" in "".join(out.split())
    assert told("doctor", "--bank", str(tmp_path / "no"))[0] == 1


# completions


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script(told, shell: str) -> None:
    """It is about drill, and names the variable that asks for completions."""
    code, out, _ = told("completions", shell)
    assert code == 0
    assert "_DRILL_COMPLETE" in out


def test_a_shell_completes(tmp_path: Path) -> None:
    """In a real bash, commands and topics are completed."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    (tmp_path / "drill").write_text(f'#!/bin/sh\nexec {sys.executable} -m drill "$@"\n')
    (tmp_path / "drill").chmod(0o755)
    script = (
        'eval "$(drill completions bash)"; COMP_WORDS=(drill quiz max); COMP_CWORD=2;'
        ' _drill_completion drill max quiz; echo "${COMPREPLY[@]}";'
        " COMPREPLY=(); COMP_WORDS=(drill comp); COMP_CWORD=1;"
        ' _drill_completion drill comp; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        [bash, "-c", script],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout.split() == ["max-pool", "completions"]
