"""The project as it is handed over: packages, wheel, documents, start-up."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from drill.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent


def config() -> configparser.ConfigParser:
    """Return setup.cfg."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_package_is_named() -> None:
    """A folder that setup.cfg does not name would be missing from the wheel."""
    named = config()["options"]["packages"].split()
    found = {"drill.question_bank"} | {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "drill").rglob("__init__.py")
    }
    assert set(named) == found
    assert named == sorted(named)


def test_every_dependency_is_justified() -> None:
    """ARCHITECTURE.md has a line for each package that is required."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.partition("## Dependencies")[2]
    for line in config()["options"]["install_requires"].split():
        name = re.split(r"[><=]", line)[0]
        assert f"| {name} |" in table


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from what is in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("drill", "question_bank", "setup.cfg", "pyproject.toml", "README.md",
                 "LICENSE"):  # fmt: skip
        subprocess.run(["cp", "-r", str(ROOT / name), str(source)], check=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder),
         str(source)],
        check=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def test_the_wheel_finds_its_bank(wheel: Path, tmp_path: Path) -> None:
    """Unpacked away from the checkout, the wheel's own bank is found."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import drill;"
        "from drill.cli.main import run;"
        f"assert drill.__file__.startswith({str(tmp_path)!r});"
        "sys.exit(run(['show', 'conv-output-size', '--seed', '7']))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "conv-output-size@7-" in done.stdout


def test_a_students_numpy_is_not_imported(tmp_path: Path) -> None:
    """`python -m drill` in a student's folder uses the real numpy."""
    (tmp_path / "numpy.py").write_text("raise SystemExit('hijacked')")
    code = f"import sys; sys.path.append({str(ROOT)!r})"
    (tmp_path / "sitecustomize.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "-m", "drill", "show", "conv-output-size", "--seed", "7"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "hijacked" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_readme_names_every_command() -> None:
    """Each command appears in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"drill {name}" in text


def test_the_readmes_question_passes(tmp_path: Path) -> None:
    """The example of a question in the README is a bank without findings."""
    from drill.bank import load_bank
    from drill.selftest import certify

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    (tmp_path / "my-topic.yaml").write_text(example[1], encoding="utf-8")
    question = load_bank([tmp_path])["my-first"]
    assert certify(question, range(20)).findings == ()


def test_files_stay_readable() -> None:
    """A file of more than 350 lines is two rooms."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "drill").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").split("\n"))) > 350
    }
    assert long == {}


def test_the_benchmark_of_programs_runs() -> None:
    """A benchmark that no longer fits the code measures nothing."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "expressions.py"), "--repeat", "1"],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "softmax-code" in done.stdout
