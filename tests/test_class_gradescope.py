"""The autograder's zip, unpacked and run as the platform does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import class_of_sixty as sixty
import numpy as np
import pytest

import drill
from drill.classroom.deal import read_deal
from drill.cli.main import run
from drill.drawing import parse_ticket

NAMES = ("max-pool-forward", "conv-output-size", "relu-backward-code")


def graded(
    archive: Path,
    root: Path,
    files: dict[str, object],
    user: dict[str, str] | None = None,
) -> dict[str, object]:
    """Unpack as Gradescope does, hand files in, and run `run_autograder`."""
    source = root / "source"
    with zipfile.ZipFile(archive) as found:
        found.extractall(source)
        modes = {one.filename: one.external_attr >> 16 for one in found.infolist()}
    assert modes["setup.sh"] & 0o111
    assert modes["run_autograder"] & 0o111
    shutil.copy(source / "run_autograder", root / "run_autograder")
    (root / "run_autograder").chmod(0o755)
    submission = root / "submission"
    submission.mkdir()
    for name, content in files.items():
        if isinstance(content, np.ndarray):
            np.save(submission / name, content)
        else:
            (submission / name).write_text(str(content))
    metadata = {
        "users": [user or {"name": "Ada", "email": "a@uni.example", "sid": "s1"}]
    }
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    done = subprocess.run(
        ["bash", str(root / "run_autograder")],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(root),
            "AUTOGRADER_ROOT": str(root),
            "AUTOGRADER_PYTHON": sys.executable,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads((root / "results" / "results.json").read_text())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an autograder of three questions."""
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    assert run(["class", "gradescope", *NAMES, "--seed", "7", "-o", str(path)]) == 0
    return path


def reference(name: str) -> np.ndarray:
    """Return the right answer."""
    return drill.draw(drill.load()[name], 7).targets[0].reference


def test_right_wrong_and_missing(archive: Path, tmp_path: Path) -> None:
    """Points, and for a wrong answer which mistake it was."""
    matrix = np.asarray(drill.draw(drill.load()["max-pool-forward"], 7).values["X"])
    means = matrix.reshape(2, 2, 2, 2).mean(axis=(1, 3))
    results = graded(
        archive,
        tmp_path,
        {
            "max-pool-forward.npy": means,
            "conv-output-size.txt": int(reference("conv-output-size")),
        },
    )

    tests = {str(test["name"]).partition("@")[0]: test for test in results["tests"]}  # type: ignore[attr-defined]
    assert tests["conv-output-size"]["score"] == 10
    assert tests["conv-output-size"]["status"] == "passed"
    assert tests["max-pool-forward"]["score"] == 0
    assert "You took the mean of each window" in tests["max-pool-forward"]["output"]
    assert tests["relu-backward-code"]["output"].startswith("Nothing was handed in")
    assert {test["max_score"] for test in tests.values()} == {10}
    assert {test["visibility"] for test in tests.values()} == {"visible"}


def test_a_program_that_does_not_end_and_a_broken_file(
    archive: Path, tmp_path: Path
) -> None:
    """Both are told in a sentence; the rest is graded."""
    results = graded(
        archive,
        tmp_path,
        {
            "relu-backward-code.py": "while True:\n    pass",
            "max-pool-forward.npy": "not an array",
            "conv-output-size.txt": int(reference("conv-output-size")),
        },
    )
    outputs = " ".join(str(test["output"]) for test in results["tests"])  # type: ignore[attr-defined]
    assert "the program is stopped" in outputs
    assert "no .npy file" in outputs
    assert sum(test["score"] for test in results["tests"]) == 10  # type: ignore[attr-defined]


def test_the_same_command_makes_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    """So that two teachers upload one autograder."""
    again = tmp_path / "again.zip"
    assert run(["class", "gradescope", *NAMES, "--seed", "7", "-o", str(again)]) == 0
    assert again.read_bytes() == archive.read_bytes()


def test_each_student_has_their_own_numbers(tmp_path: Path) -> None:
    """With a deal, the platform's id or address says whose ticket counts."""
    sixty.roster(tmp_path / "roster.csv")
    week = tmp_path / "week"
    dealt = ["max-pool-forward", "--seed", "7", "-o", str(week)]
    assert run(["class", "deal", str(tmp_path / "roster.csv"), *dealt]) == 0
    path = tmp_path / "autograder.zip"
    options = ["--deal", str(week), "-o", str(path)]
    assert run(["class", "gradescope", "max-pool-forward", *options]) == 0
    student = read_deal(week / "deal.json").students[5]
    ticket = parse_ticket(student.tickets[0])
    answer = drill.draw(drill.load()[ticket.question], ticket.seed).targets[0].reference

    for key in ("sid", "email"):
        root = tmp_path / key
        root.mkdir()
        user = {"name": "x", key: student.id if key == "sid" else student.email}
        (test,) = graded(path, root, {"answer.npy": answer}, user)["tests"]  # type: ignore[misc]
        assert test["name"] == str(student.tickets[0])
        assert test["score"] == 10, test["output"]


def test_wheels_are_bundled_and_used(tmp_path: Path) -> None:
    """Then set-up needs no network."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "numpy-2.0-py3-none-any.whl").write_bytes(b"wheel")
    path = tmp_path / "autograder.zip"
    options = ["--wheels", str(wheels), "-o", str(path), "--seed", "1"]
    assert run(["class", "gradescope", "relu-backward-code", *options]) == 0
    with zipfile.ZipFile(path) as found:
        assert "wheels/numpy-2.0-py3-none-any.whl" in found.namelist()
        assert b"--no-index --find-links wheels" in found.read("setup.sh")
