"""The worker: programs run elsewhere, and whatever happens there is a verdict."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import drill
from drill.drawing import issue
from drill.errors import LanguageError
from drill.sandbox import Outcome, Worker
from drill.sandbox.wire import pack, unpack

ROOT = Path(__file__).parent.parent
M = np.array([[1, 2, 3], [4, 5, 6]])


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """Return one worker for the tests that leave it whole."""
    with Worker(seconds=20) as found:
        yield found


def ask(worker: Worker, source: str) -> Outcome:
    """Run a program on M."""
    return worker.run(source, [{"M": M}], names=["M"], form="numpy", result=None)[0]


def test_a_program_runs_elsewhere(worker: Worker) -> None:
    """The result comes back as the array it is."""
    outcome = ask(worker, "M.mean(axis=1)")
    assert outcome.got is not None
    assert outcome.got.tolist() == [2, 5]
    assert ask(worker, "M.T").got.shape == (3, 2)  # type: ignore[union-attr]
    assert ask(worker, "M > 2").got.dtype.kind == "i"  # type: ignore[union-attr]


def test_a_failure_is_an_outcome(worker: Worker) -> None:
    """A program that fails says how, and the next one runs."""
    assert "axis 7" in ask(worker, "M.mean(axis=7)").error
    assert ask(worker, "M.sum()").got == 21


def test_a_refusal_has_its_place(worker: Worker) -> None:
    """What the language refuses is refused with line and column."""
    with pytest.raises(LanguageError) as caught:
        ask(worker, "x = M\ny = N")
    assert (caught.value.line, caught.value.column) == (2, 5)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("np.ones((10**6, 10**6))", id="memory"),
        pytest.param("9**9**9", id="a tower of powers"),
        pytest.param('"a" * 10**9', id="a long text"),
        pytest.param("(" * 10_000 + ")" * 10_000, id="parentheses"),
        pytest.param("().__class__", id="attributes"),
        pytest.param("[x for x in M]", id="a comprehension"),
        pytest.param("x" * 1_000_000, id="1 MB"),
        pytest.param("M.tofile('stolen')", id="files"),
        pytest.param("while True: pass", id="for ever"),
        pytest.param("-" * 3000 + "1", id="minuses"),
        pytest.param("M" + "@ M.T @ M" * 400, id="a long chain"),
    ],
)
def test_hostile_programs(worker: Worker, source: str) -> None:
    """Each is refused or fails in a sentence; the worker lives on."""
    ask(worker, "M.sum()")
    before = worker.process_id
    try:
        outcome = ask(worker, source)
        assert outcome.got is None or outcome.got.size < 10
    except LanguageError as error:
        assert error.problem
    assert ask(worker, "M.sum()").got == 21
    assert worker.process_id == before


def test_what_hangs_is_a_verdict() -> None:
    """A worker that does not answer is killed, and another one takes over."""
    with Worker(seconds=1) as worker:
        assert ask(worker, "M.sum()").got == 21
        assert worker.process_id is not None
        os.kill(worker.process_id, signal.SIGSTOP)
        assert ask(worker, "M.sum()").error == "took longer than 1 s"
        assert ask(worker, "M.sum()").got == 21


def test_what_dies_is_a_verdict() -> None:
    """A worker that is killed is an outcome too, not a crash of the grader."""
    with Worker(seconds=20) as worker:
        assert ask(worker, "M.sum()").got == 21
        assert worker.process_id is not None
        os.kill(worker.process_id, signal.SIGKILL)
        assert "used more memory than is allowed" in ask(worker, "M.sum()").error
        assert ask(worker, "M.sum()").got == 21


def test_no_process_is_left_behind() -> None:
    """Closing a worker ends its process."""
    with Worker(seconds=20) as worker:
        ask(worker, "M.sum()")
        process = worker.process_id
        assert process is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        pytest.param("bytearray(2 << 30)", "MemoryError", id="memory"),
        pytest.param(
            "import os; os.write(os.open('left', 65), b'x')", "Error", id="files"
        ),
        pytest.param("c.CPU_SECONDS = 0; c.more_time()\nwhile 1: pass", "", id="cpu"),
    ],
)
def test_limits_hold(code: str, ends: str, tmp_path: Path) -> None:
    """Inside the worker memory, files and processor time are limited."""
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    start += "import drill.sandbox.child as c\nc.limit()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode != 0
    assert ends in done.stderr


NUMBERS = hnp.arrays(
    st.sampled_from([np.dtype("i8"), np.dtype("f8"), np.dtype("?")]),
    hnp.array_shapes(min_dims=0, min_side=0, max_side=4),
)


@given(st.dictionaries(st.text(max_size=5), NUMBERS | st.integers() | st.booleans()))
def test_messages_round_trip(values: dict[str, object]) -> None:
    """What is packed is unpacked as it was."""
    data = pack({"values": values})
    place = 0

    def read(count: int) -> bytes:
        nonlocal place
        place += count
        return data[place - count : place]

    found = unpack(read)
    assert found is not None
    assert found["values"].keys() == values.keys()
    for name, value in values.items():
        np.testing.assert_array_equal(found["values"][name], value)


@given(st.binary(max_size=200))
def test_damaged_messages_are_value_errors(data: bytes) -> None:
    """A worker that was taken over can at most fail to answer."""
    place = 0

    def read(count: int) -> bytes:
        nonlocal place
        place += count
        return data[place - count : place]

    try:
        unpack(read)
    except ValueError:
        return


def test_programs_in_files_are_graded(tmp_path: Path, monkeypatch, capsys) -> None:
    """`drill check answer.py` runs the program in the worker."""
    from drill.cli.main import run

    monkeypatch.chdir(tmp_path)
    question = drill.load(None, ("broadcasting",))["mean-per-row-code"]
    ticket = str(issue(question, 7))
    assert run(["new", ticket]) == 0
    folder = tmp_path / ticket
    assert run(["check", str(folder)]) == 2
    assert "could not be graded" in capsys.readouterr().err
    for text, code in (("M.mean(1)", 0), ("M.mean(0)", 1), ("import os\nos", 2)):
        (folder / "answer.py").write_text(f"import numpy as np\n{text}\n")
        assert run(["check", str(folder / "answer.py")]) == code
    assert "line 2" in capsys.readouterr().err
