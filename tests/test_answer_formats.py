"""Files that hold one matrix, and pipes: read strictly, or refused with what to write."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.answer.formats import SAVE, parse, read_answer
from drill.cli.main import run
from drill.errors import UnreadableError

MATRIX = np.array([[1.5, -2.0], [3.0, 4e-3]])
TICKET = "max-pool-forward@7"


def npz(**arrays: np.ndarray) -> bytes:
    """Return the bytes of an ``.npz`` file."""
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    """Return a zip of one member."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def npy(array: np.ndarray) -> bytes:
    """Return the bytes of an ``.npy`` file."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        pytest.param(npy(MATRIX), ".npy", id="npy"),
        pytest.param(npy(MATRIX), ".csv", id="npy that was renamed"),
        pytest.param(npz(x=MATRIX), ".npz", id="npz"),
        pytest.param(b"1.5,-2\n3,0.004\n", ".csv", id="csv"),
        pytest.param(b'"1.5","-2"\r\n"3","4e-3"\r\n\r\n', ".csv", id="csv quoted"),
        pytest.param(b"\xef\xbb\xbf1.5, -2\n3, 4E-3", ".csv", id="csv with a mark"),
        pytest.param(b"1.5\t-2.0\n3\t0.004\n", ".tsv", id="tsv"),
        pytest.param(b"[[1.5, -2], [3, 0.004]]", ".json", id="json"),
    ],
)
def test_one_matrix_is_read(data: bytes, suffix: str) -> None:
    """Whatever program wrote it."""
    np.testing.assert_array_equal(parse(data, suffix), MATRIX)


@pytest.mark.parametrize(
    ("data", "suffix", "said"),
    [
        pytest.param(npz(x=MATRIX, y=MATRIX), ".npz", "it holds 2 arrays (x.npy, y.npy)", id="two"),
        pytest.param(npz(), ".npz", "it holds 0 arrays", id="none"),
        pytest.param(npz(x=MATRIX)[:-40], ".npz", "a damaged .npz file", id="cut"),
        pytest.param(zipped("a.npy", b"x" * 99), ".npz", "it is no .npy file", id="no array in it"),
        pytest.param(zipped("a.npy", bytes(70 * 2**20)), ".npz", "bytes; 67108864 are allowed", id="bomb"),
        pytest.param(zipped("archive/data.pkl", b"x"), ".npz", "PyTorch file: save it with", id="torch"),
        pytest.param(zipped("a.txt", b"x"), ".npz", "it holds no array", id="text in a zip"),
        pytest.param(zipped("archive/data.pkl", b"x"), ".pt", SAVE, id="pt"),
        pytest.param(pickle.dumps(MATRIX), ".npy", SAVE, id="pickle"),
        pytest.param(pickle.dumps(MATRIX), ".pkl", SAVE, id="pkl"),
        pytest.param(b"MATLAB 5.0 MAT-file", ".mat", SAVE, id="mat"),
        pytest.param(npy(np.array([1, None], dtype=object)), ".npy", SAVE, id="objects"),
        pytest.param(b"a,b\n1,2\n", ".csv", "line 1, cell 1: 'a' is no number", id="a header"),
        pytest.param(b"1,2\n3\n", ".csv", "line 2 has 1 cells, the first 2", id="ragged"),
        pytest.param(b"1;2\n3;4\n", ".csv", "'1;2' is no number", id="semicolons"),
        pytest.param(b'1,"2\n', ".csv", "line 1: unexpected end of data", id="quote"),
        pytest.param(b"1_0,2", ".csv", "'1_0' is no number", id="low line"),
        pytest.param(b"", ".csv", "there is no number in it", id="empty csv"),
        pytest.param(b"\xff\xfe1\x00", ".csv", "it is UTF-16", id="utf-16"),
        pytest.param(b"{}", ".json", "it holds names", id="names"),
        pytest.param(b"[1, true]", ".json", "'true', which is no number", id="truth"),
        pytest.param(b"[]", ".json", "an empty list, which is no number", id="empty"),
        pytest.param(b"[[1], [2, 3]]", ".json", "its rows differ in length", id="ragged json"),
        pytest.param(b"[1, [2]]", ".json", "its rows differ in length", id="mixed json"),
        pytest.param(b"[1,", ".json", "it is no JSON: line 1", id="half json"),
        pytest.param(b"[" * 99_999, ".json", "nested too deeply", id="deep json"),
        pytest.param(b"[" * 20 + b"1" + b"]" * 20, ".json", "more than 8 axes", id="axes"),
        pytest.param(b"[\"a\\u001b[2J\"]", ".json", "which is no number", id="escape"),
    ],
)  # fmt: skip
def test_what_is_no_matrix_is_refused(data: bytes, suffix: str, said: str) -> None:
    """With what it is, and the line that saves it rightly."""
    start = time.process_time()
    with pytest.raises(UnreadableError) as caught:
        parse(data, suffix)

    assert said in str(caught.value)
    assert str(caught.value).isprintable()
    assert time.process_time() - start < 2


@given(st.binary(max_size=200), st.sampled_from([".npz", ".csv", ".tsv", ".json"]))
def test_nothing_else_is_raised(data: bytes, suffix: str) -> None:
    """Any bytes are read or refused."""
    try:
        assert parse(data, suffix).dtype.kind in "ifb"  # type: ignore[union-attr]
    except UnreadableError as error:
        assert str(error).isprintable()


@given(
    st.lists(
        st.lists(st.floats(allow_nan=False, width=32), min_size=2, max_size=2),
        min_size=2,
        max_size=5,
    )
)
def test_what_python_writes_is_read_back(rows: list[list[float]]) -> None:
    """Exactly, from CSV as from JSON."""
    table = "\n".join(",".join(map(repr, row)) for row in rows).encode()
    np.testing.assert_array_equal(parse(table, ".csv"), rows)
    if np.isfinite(rows).all():
        np.testing.assert_array_equal(parse(json.dumps(rows).encode(), ".json"), rows)


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    """Its bytes say what they are; in a folder it stays refused."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for data in (npy(MATRIX), npz(x=MATRIX), b"1.5 -2; 3 0.004"):
        writer = threading.Thread(target=pipe.write_bytes, args=(data,))
        writer.start()
        # The reader may come first, and must not take that for the end.
        time.sleep(0.2)
        got = read_answer(pipe)
        writer.join()
        if isinstance(got, str):
            assert got == data.decode()
        else:
            np.testing.assert_array_equal(got, MATRIX)
    with pytest.raises(UnreadableError, match="it is a pipe"):
        read_answer(pipe, trusted=False)


def test_a_pipe_is_read_up_to_the_limit() -> None:
    """One that never ends is refused, not waited for."""
    script = (
        "import sys; from drill.cli.main import run;"
        f"sys.exit(run(['check', '/dev/stdin', '--ticket', {TICKET!r}]))"
    )
    zeros = subprocess.Popen(["cat", "/dev/zero"], stdout=subprocess.PIPE)
    done = subprocess.run(
        [sys.executable, "-c", script],
        stdin=zeros.stdout,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    zeros.kill()
    zeros.communicate()
    assert done.returncode == 2
    assert "it has more than the 67108864 bytes allowed" in done.stdout + done.stderr


@pytest.mark.parametrize("value", [1.7e308, -1.7e308, 5e-324, float("inf")])
def test_numpys_warnings_never_reach_a_terminal(
    tmp_path: Path, value: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """However large the numbers of an answer are."""
    path = tmp_path / "answer.npy"
    np.save(path, np.full((2, 2), value))

    assert run(["check", str(path), "--ticket", TICKET]) == 1

    shown = capsys.readouterr()
    assert "Warning" not in shown.out + shown.err
