"""Examining an installation and its history."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
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


@pytest.fixture
def few(tmp_path_factory: pytest.TempPathFactory, monkeypatch) -> None:
    """Let the bank be one topic, which loads quickly."""
    folder = tmp_path_factory.mktemp("bank")
    shutil.copy(Path(__file__).parent.parent / "question_bank" / "relu.yaml", folder)
    monkeypatch.setenv("DRILL_BANK", str(folder))


# doctor


def test_all_is_in_order(home: Path, told) -> None:
    """Every line has its value, and the end says so."""
    code, out, _ = told("doctor")
    assert code == 0
    assert "3 answers, format 2" in out
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
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA user_version = 99")


def forgotten(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DELETE FROM memory WHERE question = 'q-one'")


@pytest.mark.parametrize(
    ("fault", "say"),
    [
        pytest.param(lambda p: p.write_bytes(b"no database" * 999), "cannot be read",
                     id="not ours"),
        pytest.param(corrupt, "history.db", id="corrupt"),
        pytest.param(future, "written by a newer drill", id="future"),
        pytest.param(forgotten, "the schedule of a question", id="schedule"),
        pytest.param(lambda p: (p.unlink(), p.mkdir()), "cannot be", id="folder"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("few")
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


@pytest.mark.usefixtures("few")
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


def sql(*statements: str) -> Callable[[Path], None]:
    """Return a fault: statements that are run in the file."""

    def run_them(path: Path) -> None:
        file = sqlite3.connect(path)
        for statement in statements:
            file.execute(statement)
        file.commit()
        file.close()

    return run_them


def foreign(path: Path) -> None:
    path.unlink()
    sql("CREATE TABLE bookmarks (x)")(path)


def cut_off(path: Path) -> None:
    """Leave what a killed program leaves: pages half written, and a journal."""
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("PRAGMA cache_size = 1")
    file.execute("BEGIN IMMEDIATE")
    for number in range(300):
        file.execute("INSERT INTO setting VALUES (?, ?)", (str(number), "x" * 999))
    copies = {p: p.read_bytes() for p in (path, Path(f"{path}-journal"))}
    file.execute("ROLLBACK")
    file.close()
    for name, data in copies.items():
        name.write_bytes(data)


def lost_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "away" / "history.db")


@pytest.mark.parametrize(
    ("fault", "say"),
    [
        pytest.param(sql("DROP TABLE memory"), "lacks the tables memory", id="memory"),
        pytest.param(sql("DROP TABLE attempt"), "lacks the tables attempt", id="log"),
        pytest.param(
            sql("UPDATE memory SET state = '{'"), "schedule of 2 questions", id="state"
        ),
        pytest.param(
            sql("UPDATE attempt SET replies = '{' WHERE seq = 1"),
            "1 of 3 answers",
            id="reply",
        ),
        pytest.param(
            sql("UPDATE attempt SET at = 'noon'"), "3 of 3 answers", id="moment"
        ),
        pytest.param(
            sql("UPDATE attempt SET undone = 1 WHERE seq = 2"),
            "schedule of a question",
            id="taken back behind its back",
        ),
        pytest.param(foreign, "is another program's", id="foreign"),
        pytest.param(cut_off, "'drill due' puts it right", id="cut off"),
        pytest.param(lost_link, "is a link to what is not there", id="link"),
    ],
)
def test_faults_within_the_history(
    home: Path, fault: Callable[[Path], None], say: str
) -> None:
    """Each is one sentence, and looking leaves the file and its folder alone."""
    fault(home / NAME)
    before = {p: p.read_bytes() for p in home.iterdir() if p.exists()}
    (trouble,) = examine(home / NAME).troubles
    assert say in trouble
    assert {p: p.read_bytes() for p in home.iterdir() if p.exists()} == before


@pytest.mark.usefixtures("few")
def test_advice_that_helps(home: Path, told) -> None:
    """What the sentences say to do does put it right."""
    cut_off(home / NAME)
    assert told("due")[0] == 0
    assert examine(home / NAME).troubles == ()
    sql("UPDATE memory SET state = '{'")(home / NAME)
    assert told("doctor", "--mend")[0] == 0
    assert examine(home / NAME).troubles == ()


def test_another_terminal_holds_it(home: Path) -> None:
    """A file that is locked is not called damaged."""
    file = sqlite3.connect(home / NAME, isolation_level=None)
    file.execute("BEGIN EXCLUSIVE")
    (trouble,) = examine(home / NAME).troubles
    file.close()
    assert "another program has held it" in trouble


@pytest.mark.usefixtures("few")
def test_homes_that_cannot_be(tmp_path: Path, monkeypatch, told) -> None:
    """A file for a folder, and a name that no system takes; nothing is made."""
    (tmp_path / "file").write_text("")
    for home, say in (
        (str(tmp_path / "file"), "is no folder"),
        (str(tmp_path / "file" / "below"), "is no folder"),
        ("x" * 5000, "File name too long"),
    ):
        monkeypatch.setenv("DRILL_HOME", home)
        code, out, err = told("doctor", "--mend")
        assert (code, err) == (1, "")
        assert say in " ".join(out.split())
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("few")
def test_nothing_to_mend_makes_nothing(tmp_path: Path, monkeypatch, told) -> None:
    """Mending a history that is not there begins none."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "none"))
    assert told("doctor", "--mend")[0] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("few")
def test_without_the_packages(tmp_path: Path) -> None:
    """Where numpy and rich cannot be imported the doctor still reports, and exits."""
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['numpy', 'rich', 'yaml']));"
        "from drill.cli.main import run; sys.exit(run(['doctor']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DRILL_HOME": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "install drill again" in done.stdout
    assert "python" in done.stdout


@pytest.mark.usefixtures("few")
def test_plain_ascii(home: Path) -> None:
    """The JSON is the same wherever it goes: signs have no twins in it."""
    done = subprocess.run(
        [sys.executable, "-m", "drill", "doctor", "--json"],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "TERM": "“a”"},
        capture_output=True,
        check=False,
    )
    told = {one["name"]: one["told"] for one in json.loads(done.stdout)["findings"]}
    assert "×" in told["terminal"]
