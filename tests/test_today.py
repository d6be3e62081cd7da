"""Day after day: what `drill` asks, keeps, and asks again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from learner import Clock, Desk, always_right, bank, right_reply, wrong_reply
from terminal import Terminal

from drill.drawing import Instance
from drill.practice import NAME, Attempt, open_history

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime(2026, 5, 1, 9, tzinfo=BERLIN)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own, and load each topic once for the whole module."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))

    def loaded(directories: object, topics: object = None) -> object:
        whole = bank()
        if topics is None:
            return whole
        assert isinstance(topics, list | tuple)
        return type(whole)({topic: whole.topics[topic] for topic in topics})

    monkeypatch.setattr("drill.bank.load_bank", loaded)
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a desk with a clock, at which everything is known."""
    return Desk(monkeypatch, Clock(MORNING), always_right)


def log(home: Path) -> list[Attempt]:
    with open_history(home / NAME, MORNING) as history:
        return list(history.attempts())


def test_the_first_day(desk: Desk, home: Path) -> None:
    """A welcome once, then a question at once, and no more new ones than a few."""
    code, first = desk.run()
    desk.run()
    again = desk.run()[1]

    assert code == 0
    assert first.startswith("Welcome to drill")
    assert len(first.split("\n\n")[0].splitlines()) == 6
    assert 3 <= len(log(home)) <= 5 * 3
    assert "Nothing is due today. The next is due on Sunday, 03 May." in again
    assert "Welcome" not in again


def test_what_is_due_comes_on_its_day(desk: Desk) -> None:
    """Right answers of the first day come back on the third, with other numbers."""
    desk.run()
    first = {str(i.ticket) for i, _ in desk.asked}
    desk.clock.turn(days=2)
    desk.asked.clear()

    due = desk.run("due")[1]
    said = desk.run()[1]

    names = [i.question.id for i, _ in desk.asked]
    assert f"{due.split()[0]} due, 5 new" in said
    assert {ticket.split("@")[0] for ticket in first} <= set(names)
    assert not first & {str(i.ticket) for i, _ in desk.asked}


def test_a_miss_comes_again_in_the_same_sitting(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four questions later, with other numbers; only the first answer is rated."""
    missed: list[str] = []

    def learner(instance: Instance, part: int, again: bool) -> str:
        if not missed or (again and len(missed) == 1):
            missed.append(instance.question.id)
            return wrong_reply(instance, part)
        return right_reply(instance, part)

    desk = Desk(monkeypatch, Clock(MORNING), learner)
    desk.run("today", "--new", "6")

    tickets = list(dict.fromkeys(i.ticket for i, _ in desk.asked))
    places = [k for k, ticket in enumerate(tickets) if ticket.question == missed[0]]
    assert len(places) == 2
    assert places[1] - places[0] >= 3
    with open_history(home / NAME, MORNING) as history:
        assert history.memories()[missed[0]].rating == 1


def test_what_is_kept_of_an_answer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ticket, draw, both replies, the mistake by name, time and local day."""

    def learner(instance: Instance, part: int, again: bool) -> str:
        if again:
            return right_reply(instance, part)
        return wrong_reply(instance, part, ("padding_once",))

    desk = Desk(monkeypatch, Clock(MORNING), learner)
    desk.run("quiz", "cnn-sizes", "-n", "1", "--seed", "42")

    (kept,) = log(home)
    assert kept.ticket == "conv-output-size@42-993b"
    assert kept.drawn == '{"n": 46, "f": 11, "p": 6, "s": 2}'
    assert [reply.typed for reply in kept.replies] == ["21", "24"]
    assert kept.outcome == "right later"
    assert "padding" in kept.mistakes[0].say
    assert (kept.day.isoformat(), kept.at) == ("2026-05-01", desk.clock.now())
    assert kept.kind == "quiz"


def test_midnight_in_the_middle(desk: Desk, home: Path) -> None:
    """An answer belongs to the local day on which it was given."""
    desk.clock.moment = datetime(2026, 5, 1, 23, 59, 15, tzinfo=BERLIN)

    desk.run("quiz", "relu", "-n", "4", "--seed", "1")

    days = [attempt.day.isoformat() for attempt in log(home)]
    assert days[0] == "2026-05-01"
    assert days[-1] == "2026-05-02"


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        pytest.param(datetime(2026, 3, 28, 22, tzinfo=BERLIN), 47, id="spring"),
        pytest.param(datetime(2026, 10, 24, 22, tzinfo=BERLIN), 49, id="autumn"),
    ],
)
def test_daylight_saving(desk: Desk, start: datetime, hours: int) -> None:
    """Two calendar days are two days, though one has 23 or 25 hours."""
    desk.clock.moment = start
    desk.run("quiz", "relu", "-n", "2", "--seed", "1")

    moments = [start + timedelta(days=1, hours=1), start + timedelta(days=2)]
    counts = []
    for moment in moments:
        desk.clock.moment = moment
        counts.append(int(desk.run("due")[1].split()[0]))

    elapsed = (moments[1].timestamp() - start.timestamp()) / 3600
    assert round(elapsed) == hours
    assert counts == [0, 2]


def test_a_clock_set_back(desk: Desk, home: Path) -> None:
    """Nothing is lost, and nothing waits for a year that is far away."""
    desk.clock.moment = MORNING + timedelta(days=3000)
    desk.run("quiz", "relu", "-n", "2", "--seed", "1")
    desk.clock.moment = MORNING

    assert desk.run("due")[1].startswith("2 due")
    desk.run()
    assert len(log(home)) >= 4


def test_a_quiz_that_was_cut_off_is_offered(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was answered counts; the rest of the same tickets is asked."""

    def learner(instance: Instance, part: int, again: bool) -> str:
        if len(desk.asked) == 3:
            raise KeyboardInterrupt
        return right_reply(instance, part)

    desk = Desk(monkeypatch, Clock(MORNING), learner)
    code, _ = desk.run("quiz", "cnn-sizes", "-n", "5", "--seed", "5")
    cut = str(desk.asked[-1][0].ticket)
    done = {attempt.ticket for attempt in log(home)}
    desk.answer = always_right

    said = desk.run()[1]

    assert code == 130
    assert f"A quiz was cut off after {len(done)} of 5 questions." in said
    assert cut in said
    assert len({attempt.ticket for attempt in log(home)}) == 5
    assert "cut off" not in desk.run()[1]


@pytest.mark.parametrize("pick", ["missed", "slow", "new"])
def test_picks(home: Path, monkeypatch: pytest.MonkeyPatch, pick: str) -> None:
    """Only what was missed, slow or never met; or a sentence that there is none."""

    def learner(instance: Instance, part: int, again: bool) -> str:
        bad = instance.question.id == missed
        return wrong_reply(instance, part) if bad else right_reply(instance, part)

    missed = "conv-output-size"
    desk = Desk(monkeypatch, Clock(MORNING), learner)
    desk.run("quiz", "cnn-sizes", "-n", "5", "--seed", "42")
    met = {instance.question.id for instance, _ in desk.asked}
    desk.asked.clear()
    assert missed in met

    code, _ = desk.run("quiz", "cnn-sizes", f"--{pick}", "-n", "3")

    asked = {instance.question.id for instance, _ in desk.asked}
    if pick == "missed":
        assert (code, asked) == (0, {missed})
    elif pick == "new":
        assert code == 0
        assert not asked & met
    else:
        assert (code, asked) == (2, set())


# In a real terminal


def wait_for(condition: Callable[[], bool], seconds: float = 5) -> bool:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Path]:
    """Give a home for a real process."""
    yield tmp_path / "home"


def test_an_answer_is_kept_before_it_is_judged_aloud(real: Path) -> None:
    """Killed right after the verdict, the answer is there."""
    environment = {"DRILL_HOME": str(real)}
    with Terminal("quiz", "cnn-sizes", "-n", "2", "--seed", "42", **environment) as t:
        t.expect("> ")
        t.send("21\r")
        t.expect("Not right.")
        t.process.kill()
        t.process.wait()

    (kept,) = log(real)
    assert [reply.typed for reply in kept.replies] == ["21"]
    assert kept.outcome == "wrong"


@pytest.mark.parametrize(
    ("reply", "ends"),
    [pytest.param("y", "1/1", id="agrees"), pytest.param("n", "$", id="does not")],
)
def test_a_home_that_cannot_be_used(tmp_path: Path, reply: str, ends: str) -> None:
    """It says what and where, and goes on unrecorded only if the person agrees."""
    (tmp_path / "file").write_text("")
    home = str(tmp_path / "file" / "home")
    with Terminal("quiz", "relu", "-n", "1", DRILL_HOME=home) as t:
        shown = t.expect("[y/N] ")
        t.send(f"{reply}\r")
        if reply == "y":
            t.expect("1/1  ")
        else:
            assert t.wait() == 2
    assert "cannot be made" in shown
    assert "DRILL_HOME" in shown


def test_counting_imports_little() -> None:
    """`drill due` is for a prompt: no numpy, no screen, no memory model."""
    import subprocess
    import sys

    code = (
        "import sys; from drill.cli.main import run; run(['due']);"
        "bad = {'numpy', 'rich', 'yaml', 'msgspec', 'fsrs'} & set(sys.modules);"
        "sys.exit(', '.join(sorted(bad)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": "/nonexistent-home"},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 due\n"
