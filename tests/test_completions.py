"""What a shell offers: commands, topics, questions, the beginnings of tickets."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from learner import bank

from drill.cli import options
from drill.cli.main import run
from drill.cli.options import question_names

ROOT = Path(__file__).parent.parent
HEAVY = {"numpy", "yaml", "rich", "msgspec", "sqlite3", "fsrs"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a PATH on which `drill` is this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "drill").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m drill "$@"\n'
    )
    (folder / "drill").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    """It is about drill, and names the variable that asks for completions."""
    assert run(["completions", shell]) == 0
    assert "_DRILL_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param("drill comp", ["completions"], id="command"),
        pytest.param("drill quiz max", ["max-pool"], id="topic"),
        pytest.param("drill history max", ["max-pool"], id="history"),
        pytest.param("drill show conv-output-s", ["conv-output-size"], id="question"),
        pytest.param("drill new conv-output-s", ["conv-output-size"], id="new"),
        pytest.param(
            "drill check --ticket conv-output-s", ["conv-output-size@"], id="ticket"
        ),
        pytest.param(
            "drill bank preview conv-output-s", ["conv-output-size"], id="bank"
        ),
        pytest.param("drill show nothing-like-it", [], id="none"),
        pytest.param("drill show --bank /nowhere c", [], id="no bank"),
        pytest.param("drill completions z", ["zsh"], id="shell"),
    ],
)
def test_a_real_bash(path: str, typed: str, offered: list[str]) -> None:
    """Bash itself runs the script, and offers what is expected, and no noise."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    words = shlex.split(typed)
    script = (
        'eval "$(drill completions bash)";'
        f" COMP_WORDS=({shlex.join(words)}); COMP_CWORD={len(words) - 1};"
        f' _drill_completion drill {words[-1]} {words[-2]}; echo "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run(
        [bash, "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert (done.stdout.split(), done.stderr) == (offered, "")


@pytest.mark.parametrize("words", ["drill show c", "drill check --ticket c"])
def test_nothing_heavy_is_imported(words: str) -> None:
    """Questions are offered without the packages that read and draw them."""
    code = (
        "import sys; from drill.cli.main import run; code = run([]);"
        f"heavy = {HEAVY} & set(sys.modules); sys.exit(f'{{heavy}}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "_DRILL_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "conv-output-size" in done.stdout


def test_every_question_is_offered() -> None:
    """The quick look at the files finds what the reader of the bank finds."""
    assert question_names(()) == {q.id: q.topic for q in bank().questions}


def test_it_is_quick() -> None:
    """The whole bank is looked through in well under the blink of an eye."""
    start = time.process_time()
    question_names(())
    assert time.process_time() - start < 0.2


def test_what_only_looks_like_a_name(tmp_path: Path) -> None:
    """What a shell might act upon is not offered; a folder or bytes are left out."""
    (tmp_path / "odd.yaml").write_bytes(
        b'  - id: $(reboot)\n  - id: a b\n- id: \'good-1\'\n  "id": "good-2",\n'
        b"  - id: good-3  # why\n  - id: ;ls\n  - idle: bad\n\xff\n  - id: -x\n"
    )
    assert list(question_names([tmp_path])) == ["good-1", "good-2", "good-3"]
    (tmp_path / "a-folder.yaml").mkdir()
    assert list(question_names([tmp_path])) == ["good-1", "good-2", "good-3"]
    assert question_names([tmp_path / "no"]) == {}


def test_a_quick_look_that_misses_some_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted fault: names with a figure in them are overlooked."""
    wanted = {q.id: q.topic for q in bank().questions}
    fault = re.compile(r"^  - id: ([a-z-]+)$", re.MULTILINE)
    monkeypatch.setattr(options, "QUESTION_ID", fault)
    assert question_names(()) != wanted
