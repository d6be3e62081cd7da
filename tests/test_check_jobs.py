"""drill check in several processes: the same bytes, whatever is handed in or dies."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from threading import Timer
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.answer import read_bytes
from drill.bank import load_bank
from drill.classroom import Handed, gather, mark, marking
from drill.classroom.export import Entry
from drill.classroom.placing import Piece, Submission
from drill.cli.check import _weight
from drill.cli.main import run
from drill.drawing import draw
from drill.errors import UnreadableError
from drill.processes import HELD, batches, in_processes
from drill.sandbox import Worker
from drill.screen.data import _clean, dumps
from drill.screen.marks import Tally, written

ROOT = Path(__file__).parent.parent
LOOP = "while True:\n    pass\n"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with everything that may be handed in, more than two batches."""
    folder = tmp_path_factory.mktemp("class") / "answers"
    folder.mkdir()
    numbers(folder, 150)
    bank = load_bank()
    text, parts = bank["mean-per-row-code"], bank["fgsm-logistic"]
    programs = (
        "M.mean(1)",
        "M.mean(0)",
        "import os\nos",
        LOOP,
        "M +",
        "print(M)\nM[0]",
    )
    for seed in range(18):
        name = f"p{seed:03} {draw(text, seed).ticket}.py"
        (folder / name).write_text(
            programs[seed % 6] if seed < 6 else programs[seed % 3]
        )
    for seed in range(4):
        instance = draw(parts, seed)
        own = folder / f"q{seed} {instance.ticket}"
        own.mkdir()
        for place, target in enumerate(instance.targets[: seed or None]):
            np.save(own / f"{target.part.name}.npy", target.reference + seed * place)
    (folder / "r empty").mkdir()
    ticket = draw(bank["conv-output-size"], 0).ticket
    target = next(folder.glob("s000*"))
    (folder / f"t {ticket}.npy").symlink_to(target)
    (folder / f"u {ticket}.npy").symlink_to(folder / "gone")
    os.mkfifo(folder / f"v {ticket}.npy")
    (folder / "w no ticket.npy").write_bytes(target.read_bytes())
    (folder / "w conv-output-size@7-0000.npy").write_bytes(target.read_bytes())
    (folder / "w no-such-question@7-0000.npy").write_bytes(target.read_bytes())
    (folder / f"x \x1b[2J {ticket}.npy").write_bytes(target.read_bytes())
    (folder / os.fsdecode(b"y \xff %s.npy" % str(ticket).encode())).write_bytes(b"")
    deeper = folder / "z deeper"
    deeper.mkdir()
    numbers(deeper, 9)
    return folder


def numbers(folder: Path, many: int) -> None:
    """Save answers of a ticket each: right, with a mistake, nonsense, unreadable."""
    question = load_bank()["conv-output-size"]
    for seed in range(many):
        instance = draw(question, seed)
        path = folder / f"s{seed:03} {instance.ticket}.npy"
        mistakes = list(instance.mistakes(0).values())
        right = instance.targets[0].reference
        wrong = mistakes[seed % len(mistakes)] if mistakes else right + 1
        np.save(path, (right, wrong, np.array([np.nan, 1.0]))[seed % 3])
        if seed % 10 == 9:
            path.write_bytes(path.read_bytes()[: seed % 130])


def command(*words: object) -> list[str]:
    """Return the words of a command in a process of its own."""
    return [sys.executable, "-m", "drill", "check", *map(str, words)]


def checked(*words: object, feed: dict[Path, bytes] | None = None) -> list[object]:
    """Run a command; return its exit code and what it printed."""
    for path, data in (feed or {}).items():
        threading.Thread(target=path.write_bytes, args=(data,), daemon=True).start()
    done = subprocess.run(command(*words), cwd=ROOT, capture_output=True, timeout=120)
    return [done.returncode, done.stdout, done.stderr]


def test_every_number_of_processes_gives_the_same_bytes(
    answers: Path, tmp_path: Path
) -> None:
    """Marks, table, annotations and exit code: of files of every sort, in order."""
    found = []
    for jobs in (1, 2, 3):
        marks = tmp_path / f"{jobs}.json"
        printed = checked(answers, "--github", "--json", marks, "--jobs", jobs)
        found.append([*printed, marks.read_bytes()])
    assert found[0] == found[1] == found[2]
    code, _, err, written = found[0]
    assert (code, err) == (2, b"")
    marks = json.loads(written)["marks"]
    outcomes = {mark["outcome"] for mark in marks}
    assert outcomes == {"right", "wrong", "not graded"}
    names = [Path(mark["path"]).relative_to(answers).parts[0] for mark in marks]
    assert names == sorted(names, key=os.fsencode)
    assert len(names) > 180
    assert {mark["part"] for mark in marks} == {"", "gradient", "attacked"}
    problems = " ".join(str(mark["problem"]) for mark in marks)
    for text in (
        "link",
        "pipe",
        "no import",
        "another edition",
        "which ticket",
        "short",
    ):
        assert text in problems, text
    said = " ".join(str(mark["verdict"]) for mark in marks)
    assert "the program is stopped" in said


def test_named_files_pipes_and_standard_input(answers: Path, tmp_path: Path) -> None:
    """What only the first process can open is read there, and in its turn."""
    pipe = tmp_path / "a pipe"
    os.mkfifo(pipe)
    files = sorted(answers.glob("s*.npy"))
    ticket = draw(load_bank()["conv-output-size"], 0).ticket
    some = [*files[:70], pipe, *sorted(answers.glob("[tu] *")), *files[70:]]
    found = [
        checked(*some, "--ticket", ticket, "--json", "-", "--jobs", jobs,
                feed={pipe: files[0].read_bytes()})
        for jobs in (1, 2)
    ]  # fmt: skip
    assert found[0] == found[1]
    marks = json.loads(found[0][1])["marks"]  # type: ignore[arg-type]
    assert [mark["path"] for mark in marks] == [str(path) for path in some]
    assert [mark["outcome"] for mark in marks][70:72] == ["right", "right"]


# ---- what is written

SINGLE = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.floats(width=32).map(np.float32) | st.integers(0, 9).map(np.int8)
    | st.booleans().map(np.bool_)
)  # fmt: skip
ARRAYS = st.lists(st.floats(), max_size=3).map(np.array)


@given(
    st.recursive(
        SINGLE | ARRAYS,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.lists(inner, max_size=3).map(tuple)
            | st.dictionaries(st.text(), inner, max_size=3).map(MappingProxyType)
        ),
    )
)
def test_json_is_the_same_by_the_short_way_and_the_long(data: object) -> None:
    """Data are walked through only where a number is not finite; nobody can tell."""
    text = dumps(data)
    assert text == json.dumps(_clean(data), allow_nan=False)
    assert text.isascii()


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there beyond the size that the system told is read, or refused."""
    path = tmp_path / "x.npy"
    path.write_bytes(b"12345")
    fstat = os.fstat

    def grown(descriptor: int) -> os.stat_result:
        found = fstat(descriptor)
        if found.st_size == 5:
            path.write_bytes(b"1234567")
        return found

    monkeypatch.setattr("drill.answer.files.os.fstat", grown)
    assert read_bytes(path, 7) == b"1234567"
    path.write_bytes(b"12345")
    with pytest.raises(UnreadableError, match="more than the 6 bytes"):
        read_bytes(path, 6)


@pytest.mark.parametrize("suffix", [".npy", ".npz"])
def test_a_large_answer_is_written_and_forgotten(tmp_path: Path, suffix: str) -> None:
    """Neither its numbers nor its JSON stay, however small its file is."""
    instance = draw(load_bank()["max-pool-forward"], 7)
    path = tmp_path / f"{instance.ticket}{suffix}"
    (np.save if suffix == ".npy" else np.savez_compressed)(path, np.zeros((300, 1000)))
    with Worker() as worker:
        (found,) = mark(Handed(path, instance.ticket), lambda _: instance, worker)
    tally = Tally()
    tally.add(words := written(found))
    assert found.verdict is not None
    assert len(words.json) > 300_000 * 3
    kept = weakref.ref(found.verdict)
    del found, words
    gc.collect()
    assert kept() is None
    assert len(str(tally.off)) < 1000


def test_large_files_and_programs_travel_in_small_batches(tmp_path: Path) -> None:
    """What is on its way is bounded in bytes and in time, not in files alone."""
    for size, many in ((100, 64), (64 * 8192, 3)):
        for place in range(many):
            (tmp_path / f"{size:06} {place:02}.npy").write_bytes(bytes(size))
    (tmp_path / "x.py").touch()
    cut = batches(gather([tmp_path], None), weigh=_weight)
    assert [len(batch) for batch in cut] == [64, 1, 1, 1, 1]


def test_programs_of_a_class_are_spread(tmp_path: Path) -> None:
    """Sixty programs are work for several processes; sixty arrays are one batch."""
    ticket = draw(load_bank()["mean-per-row-code"], 7).ticket

    def batches_of(name: str) -> list[int]:
        piece = Piece("", Entry((name,), tmp_path / name))
        task = ("", Submission("ada", "", ticket, "", (piece,)))
        return [len(batch) for batch in batches([task] * 60, weigh=marking._weight)]

    assert (batches_of("a.py"), batches_of("a.npy")) == ([4] * 15, [60])


def test_the_order_of_names_is_that_of_their_bytes(tmp_path: Path) -> None:
    """A folder stands where its name does, and so does a name that is no text."""
    names = [b"a", b"a.npy", b"a!.npy", b"\xff.npy", "\U0001f600.npy".encode()]
    for name in names:
        place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        if name == b"a":
            place.mkdir()
            (place / "z.npy").touch()
        else:
            place.touch()
    found = [
        os.fsencode(one.path.relative_to(tmp_path)) for one in gather([tmp_path], None)
    ]
    wanted = [b"a/z.npy" if name == b"a" else name for name in sorted(names)]
    assert found == wanted


# ---- what dies


def children(process: int, having: str = "spawn_main") -> list[int]:
    """List the processes that a process started to mark in."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process and having in (folder / "cmdline").read_text():
                found.append(int(folder.name))
    return found


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a check of programs without end in two processes; wait until it marks."""
    folder = tmp_path / "programs"
    folder.mkdir()
    question = load_bank()["mean-per-row-code"]
    for seed in range(40):
        (folder / f"p{seed:02} {draw(question, seed).ticket}.py").write_text(LOOP)
    process = subprocess.Popen(
        command(folder, "--jobs", 2, "--json", tmp_path / "marks.json"),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    until(
        lambda: [c for one in children(process.pid) for c in children(one, "sandbox")]
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        pytest.param(signal.SIGINT, 130, b"\ndrill: interrupted\n", id="Ctrl-C"),
        pytest.param(signal.SIGTERM, 143, b"", id="ended"),
    ],
)
def test_ctrl_c_ends_everything_soon(
    busy: subprocess.Popen[bytes], tmp_path: Path, number: int, code: int, said: bytes
) -> None:
    """Nobody waits for a batch of programs, nothing is left, and one line is said."""
    started = children(busy.pid)
    sandboxes = [one for child in started for one in children(child, "sandbox")]
    os.killpg(busy.pid, number)
    out, err = busy.communicate(timeout=8)
    assert (busy.returncode, out, err) == (code, b"", said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["programs"]
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in started + sandboxes))


def test_nothing_outlives_a_killed_check(busy: subprocess.Popen[bytes]) -> None:
    """Its processes end with the first one, whatever ended that."""
    started = children(busy.pid)
    sandboxes = [one for child in started for one in children(child, "sandbox")]
    assert started
    busy.kill()
    until(lambda: not any(alive(one) for one in started + sandboxes))


def alive(process: int) -> bool:
    """Tell whether a process is there and no zombie."""
    with suppress(OSError):
        return ") Z" not in Path(f"/proc/{process}/stat").read_text()
    return False


def test_a_process_that_is_killed_is_replaced(tmp_path: Path) -> None:
    """Its batch is marked again, and the marks are those of a quiet run."""
    folder = tmp_path / "in"
    folder.mkdir()
    numbers(folder, 400)
    quiet = checked(folder, "--json", "-")
    process = subprocess.Popen(
        command(folder, "--json", "-", "--jobs", 2),
        cwd=ROOT, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.read(2000)
    for one in children(process.pid):
        os.kill(one, signal.SIGKILL)
        break
    out, err = process.communicate(timeout=60)
    assert [process.returncode, first + out, err] == quiet


def dies(*given: object) -> None:
    """Die, as where there is no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_processes_that_die_again_and_again(
    answers: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One sentence and exit code 2; the old marks stay as they were."""
    marks = tmp_path / "marks.json"
    marks.write_text("the old ones")
    monkeypatch.setattr("drill.cli.check.write_batch", dies)
    monkeypatch.setattr("drill.processes.MOST_DEATHS", 2)
    assert run(["check", str(answers), "--jobs", "2", "--json", str(marks)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "die again and again" in err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["the old ones"]


def test_processes_that_cannot_be_started(
    answers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That is no fault of the file that is written meanwhile."""

    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refuse)
    assert run(["check", str(answers), "--jobs", "2", "--json", os.devnull]) == 2
    err = capsys.readouterr().err
    assert err == (
        "drill: no more processes can be started (Resource temporarily unavailable):"
        " try --jobs 1\n"
    )


# ---- the pool


def slow_first(batch: list[int]) -> list[int]:
    """Return the batch; the first one takes long."""
    time.sleep(1.0 if 0 in batch else 0)
    return batch


@pytest.mark.parametrize("in_order", [True, False])
def test_batches_come_in_order_where_it_matters(in_order: bool) -> None:
    """A slow batch holds up those after it; without order it comes after them."""
    given = [[n, n + 1] for n in range(0, 60, 2)]
    found = [one for _, one in in_processes(slow_first, given, 2, in_order=in_order)]
    assert sorted(found) == given
    # Marks that were written as they are done would be out of order: it would be seen.
    assert (found == given) is in_order


def dies_once(folder: Path, batch: list[int]) -> list[int]:
    """Return the batch; each of some kills its process when it is first met."""
    mark = folder / str(batch[0])
    if batch[0] in (0, 17, 18, 40) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


@pytest.mark.parametrize("in_order", [True, False])
def test_no_batch_is_lost_with_a_process(tmp_path: Path, in_order: bool) -> None:
    """What was on its way, or was about to be, is worked on again, and once."""
    given = [[n] for n in range(60)]
    work = partial(dies_once, tmp_path)
    found = [one for _, one in in_processes(work, given, 2, in_order=in_order)]
    assert (found if in_order else sorted(found)) == given
    assert len(list(tmp_path.iterdir())) == 4


def dies_writing(batch: list[int]) -> bytes:
    """Return more than a pipe holds; one process is dead before that is read."""
    if batch == [2]:
        Timer(0.3, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return bytes(10_000_000)


def test_a_process_that_dies_while_it_writes() -> None:
    """Half of an answer is none, and nobody waits for the rest."""
    marks = in_processes(dies_writing, [[n] for n in range(4)], 2, in_order=True)
    found = [next(marks)]
    time.sleep(2)
    found += marks
    assert [batch for batch, _ in found] == [[0], [1], [2], [3]]
    assert {len(data) for _, data in found} == {10_000_000}


def test_an_endless_class_is_never_gathered_whole() -> None:
    """No more batches are taken than wait for their turn."""
    taken = count()
    endless = ([next(taken)] for _ in count())
    marks = in_processes(slow_first, endless, 2, in_order=True)
    assert next(marks)[1] == [0]
    assert 2 < next(taken) <= HELD * 2 + 1
    marks.close()  # type: ignore[attr-defined]


def fails(batch: list[int]) -> None:
    """Make a mistake."""
    raise ZeroDivisionError


def test_a_mistake_of_ours_is_not_hidden() -> None:
    """It reaches the one funnel, as from this process."""
    with pytest.raises(ZeroDivisionError):
        list(in_processes(fails, [[1], [2]], 2))


def test_a_folder_with_too_many_entries_says_so(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not looked at is told, and not lost in silence."""
    module = sys.modules["drill.classroom.gather"]
    monkeypatch.setattr(module, "MAX_ENTRIES", 10)
    (*some, last) = gather([answers], None)
    assert len(some) <= 10
    assert "more than 10 entries" in last.problem
