"""Whoever starts the command: streams that are closed or full, a folder that is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DRILL = f"{sys.executable} -P -m drill"
TICKET = "conv-output-size@7-993b"
COMMANDS = [
    pytest.param("topics", 0, id="topics"),
    pytest.param("show max-pool-forward --seed 7 --solution", 0, id="show"),
    pytest.param("due", 0, id="due"),
    pytest.param(f"check --ticket {TICKET} --answer 3", 1, id="check, wrong"),
    pytest.param("check nothing.npy", 2, id="check, not gradable"),
    pytest.param("quiz cnn-sizes", 2, id="quiz without a terminal"),
    pytest.param("export history.json", 2, id="export of nothing"),
    pytest.param("selftest cnn-sizes --seeds 1 --jobs 2", 0, id="selftest"),
    pytest.param("--help", 0, id="help"),
    pytest.param("nonsense", 2, id="no such command"),
]
CLOSED = [
    pytest.param("<&-", id="stdin closed"),
    pytest.param(">&-", id="stdout closed"),
    pytest.param("2>&-", id="stderr closed"),
    pytest.param("<&- >&- 2>&-", id="all closed"),
]


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one line of shell in `folder`."""
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("command", "code"), COMMANDS)
@pytest.mark.parametrize("closed", CLOSED)
def test_a_closed_stream_changes_no_exit_code(
    command: str, code: int, closed: str, tmp_path: Path
) -> None:
    """The work is done, and what is open says what it would have said anyway."""
    whole = shell(f"{DRILL} {command}", tmp_path)
    done = shell(f"{DRILL} {command} {closed}", tmp_path)

    assert (whole.returncode, done.returncode) == (code, code), done.stderr
    if ">&-" not in closed.split():
        assert done.stdout == whole.stdout or "instances" in whole.stdout
    if "2>&-" not in closed.split():
        assert done.stderr == whole.stderr or "a second" in whole.stderr


def test_what_is_printed_never_reaches_a_history(tmp_path: Path) -> None:
    """With all streams closed, files do not come to stand where streams were."""
    home = f"DRILL_HOME={tmp_path}"
    answers = tmp_path / "answers"
    answers.write_text("1\n" * 3)
    done = shell(f"{home} {DRILL} doctor <&- >&- 2>&-", tmp_path)
    quiz = f"{home} {DRILL} quiz cnn-sizes -n 3 --answers {answers} --seed 1"
    after = shell(f"{quiz} <&- >&- 2>&-", tmp_path)

    assert (done.returncode, after.returncode) == (0, 1)
    for path in tmp_path.iterdir():
        assert b"Right." not in path.read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    """What cannot be written is no success, and no traceback."""
    done = shell(f"{DRILL} topics >/dev/full", tmp_path)

    assert (done.returncode, done.stderr) == (2, "drill: No space left on device\n")


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    """Started in a folder that was removed, what needs no folder works."""
    gone = tmp_path / "gone"
    gone.mkdir()
    there = shell(f"rmdir {gone}; {DRILL} topics", gone)
    new = shell(
        f"mkdir -p {gone}; cd {gone}; rmdir {gone}; {DRILL} new max-pool-forward",
        tmp_path,
    )

    assert (there.returncode, there.stderr) == (0, "")
    assert new.returncode == 2
    assert "Traceback" not in new.stderr
    assert new.stderr.startswith("drill: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_home(tmp_path: Path) -> None:
    """A history that cannot be written is said, and the quiz goes on without."""
    tmp_path.chmod(0o500)
    done = shell(f"HOME={tmp_path} {DRILL} topics", Path("/"))
    tmp_path.chmod(0o700)

    assert (done.returncode, done.stderr) == (0, "")


def test_no_home_at_all() -> None:
    """Without HOME the commands that need none work."""
    done = shell(f"unset HOME; {DRILL} topics", Path("/"))

    assert (done.returncode, done.stderr) == (0, "")
