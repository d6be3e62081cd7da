"""The road to an exam, walked: `drill plan`, and what `drill` makes of it each day."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from learner import Clock, Desk, always_right, bank, right_reply, wrong_reply
from terminal import Terminal

from drill.bank import load_bank
from drill.cli.main import run
from drill.drawing import Instance
from drill.practice import NAME, Attempt, open_history, plans

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 12, 3, 18, tzinfo=BERLIN)
TOPICS = ("relu", "softmax", "dropout")
SOON = (datetime.now() + timedelta(days=9)).date().isoformat()
PLAN = ("plan", "--exam-date", "2026-12-10", "--minutes", "15", *TOPICS)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own, and load each topic once for the whole module."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))

    def loaded(directories: object, topics: object = None) -> object:
        whole = bank()
        if topics is None:
            return whole
        assert isinstance(topics, list | tuple)
        if not set(topics) <= whole.topics.keys():
            return load_bank(directories, topics)
        return type(whole)({topic: whole.topics[topic] for topic in topics})

    monkeypatch.setattr("drill.bank.load_bank", loaded)
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a desk with a clock, at which everything is known, a minute each."""
    clock = Clock(EVENING)
    monkeypatch.setattr("time.monotonic", lambda: clock.moment.timestamp())
    return Desk(monkeypatch, clock, always_right)


def log(home: Path) -> list[Attempt]:
    with open_history(home / NAME, EVENING) as history:
        return list(history.attempts())


def mostly_wrong(instance: Instance, part: int, again: bool) -> str:
    """Know nothing at first sight."""
    return right_reply(instance, part) if again else wrong_reply(instance, part)


def test_day_by_day(desk: Desk, home: Path) -> None:
    """Each day fits its minutes and says what the next has; the plan ends by itself."""
    code, said = desk.run(*PLAN)
    assert code == 0
    assert "Thursday, 10 December 2026: 7 days left, 15 minutes a day." in said
    for day in range(6):
        desk.clock.moment = EVENING + timedelta(days=day)
        desk.asked.clear()
        code, said = desk.run()
        assert code == 0
        assert f"{7 - day} days left: " in said
        asked = {instance.question.id: instance.question for instance, _ in desk.asked}
        assert {q.topic for q in asked.values()} <= set(TOPICS)
        assert sum(q.minutes for q in asked.values()) <= 15 / plans.PACES[0]
        assert re.search(r"^(Tomorrow |That was)", said, re.MULTILINE)
        # What was passed may have opened a level, and so something for the last minute.
        more = [desk.run()[1] for _ in range(3)]
        assert "That is all for today." in more[-1]
    assert {one.topic for one in log(home)} == set(TOPICS)
    desk.clock.moment = EVENING + timedelta(days=8)
    first, then = desk.run()[1], desk.run()[1]
    assert first.startswith("The exam of Thursday, 10 December is over")
    assert "is over" not in then
    assert desk.run("plan")[1].startswith("There is no plan.")


def test_days_that_were_missed(desk: Desk) -> None:
    """What is left is planned anew, and nothing is said about the days away."""
    desk.run(*PLAN)
    desk.run()
    desk.clock.turn(days=4)
    said = desk.run()[1]
    road = desk.run("plan")[1]
    assert re.search(r"^3 days left: \d+ questions", said, re.MULTILINE)
    assert not re.search(r"miss|away|late|streak|behind", said.split("1/")[0])
    assert len(re.findall(r"^\w{3} \d\d Dec ", road, re.MULTILINE)) in (2, 3)


def test_the_day_before(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mock exam is proposed, and after it only what went wrong."""
    desk.run(*PLAN)
    desk.run()
    desk.clock.moment = EVENING + timedelta(days=6)
    desk.answer = mostly_wrong
    desk.asked.clear()
    said = desk.run()[1]
    exam = {one.question for one in log(home) if one.kind == "exam"}
    assert "Tomorrow is the exam." in said
    assert exam
    review = said[said.index("What went wrong: ") :]
    assert {t.split("@")[0] for t in re.findall(r"\d/\d+  (\S+@)", review)} <= exam
    desk.answer = always_right
    last = [desk.run()[1] for _ in range(4)][-1]
    assert last == "Nothing is wrong any more. Good luck with the exam!\n"
    desk.clock.turn(days=1)
    assert desk.run()[1] == last


def test_no_mock_exam(desk: Desk, home: Path) -> None:
    """Whoever does not want it is not asked again, and practises as the plan says."""
    desk.run(*PLAN)
    desk.clock.moment = EVENING + timedelta(days=6)
    desk.other = "n"
    said = desk.run()[1]
    assert "1 day left: " in said
    assert "That was the plan: tomorrow is the exam. Good luck!" in said
    assert "mock exam" not in desk.run()[1]
    assert {one.kind for one in log(home)} == {"review"}


def test_undo_and_a_sitting_that_was_cut_off(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was answered counts for the day, and what was taken back does not."""
    desk.run(*PLAN)

    def leaves(instance: Instance, part: int, again: bool) -> str:
        if len(desk.asked) > 4:
            raise KeyboardInterrupt
        return right_reply(instance, part)

    desk.answer = leaves
    assert desk.run()[0] == 130
    done = {one.question for one in log(home)}
    with open_history(home / NAME, EVENING) as history:
        plan = plans.current(history, EVENING.date())
        assert plan is not None
        before = plans.spent(history, plan, EVENING.date(), 1)
    desk.answer = always_right
    desk.asked.clear()
    desk.run()
    asked = {i.question.id for i, _ in desk.asked}
    assert not asked & done
    minutes = {q.id: q.minutes for q in bank().questions}
    assert before + sum(minutes[name] for name in asked) <= 15
    assert [desk.run()[1] for _ in range(3)][-1].startswith("That is all")
    desk.run("undo", "--yes")
    assert "days left: 1 question" in desk.run()[1]


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        pytest.param(datetime(2026, 3, 28, 22, tzinfo=BERLIN), 47, id="spring"),
        pytest.param(datetime(2026, 10, 24, 22, tzinfo=BERLIN), 49, id="autumn"),
        pytest.param(datetime(2026, 5, 1, 23, 50, tzinfo=BERLIN), 48, id="midnight"),
    ],
)
def test_days_are_days(desk: Desk, start: datetime, hours: int) -> None:
    """At midnight the next one begins, also where the day has 23 or 25 hours."""
    desk.clock.moment = start
    exam = (start + timedelta(days=3)).date()
    desk.run("plan", "--exam-date", exam.isoformat(), "--minutes", "5", "relu")
    desk.seconds = 5
    counts = []
    for moment in (start, start + timedelta(hours=1), start + timedelta(days=2)):
        desk.clock.moment = moment
        found = json.loads(desk.run("plan", "--json")[1])
        counts.append(found["days_left"])
        assert len(found["days"]) == found["days_left"]
        assert found["days"][0]["day"] == moment.date().isoformat()
    late = (start + timedelta(hours=1)).date() > start.date()
    assert counts == [3, 2 if late else 3, 1]
    elapsed = (start + timedelta(days=2)).timestamp() - start.timestamp()
    assert round(elapsed / 3600) == hours


def test_a_plan_is_carried_along(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine follows it after an import, and ends it after another."""
    desk.run(*PLAN)
    desk.run()
    file = str(tmp_path / "export.jsonl")
    here = os.environ["DRILL_HOME"]
    assert desk.run("export", file)[0] == 0
    road = desk.run("plan", "--json")[1]
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "other"))
    said = desk.run("import", file)
    assert said[0] == 0
    assert said[1].endswith(
        "The plan for the exam on 2026-12-10 came along: drill plan\n"
    )
    assert "plan" not in desk.run("import", file)[1]
    assert desk.run("due") == (0, "0 due\n")
    assert json.loads(desk.run("plan", "--json")[1]) == json.loads(road)
    desk.clock.turn(minutes=1)
    desk.run("plan", "--off")
    desk.run("export", file, "--force")
    monkeypatch.setenv("DRILL_HOME", here)
    assert "Your plan is over" in desk.run("import", file)[1]
    assert "plan" not in desk.run("import", file)[1]
    assert "There is no plan" in desk.run("plan")[1]


@pytest.fixture
def told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command at the turned clock."""

    def tell(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return tell


def test_changing_a_plan(told) -> None:
    """Minutes, topics and day can be changed alone; --off ends it."""
    assert told("plan")[:2] == (1, told("plan")[1])
    assert "drill plan --exam-date" in told("plan")[1]
    told(*PLAN)
    for change, name, value in (
        (("--minutes", "45"), "minutes", 45),
        (("relu",), "topics", ["relu"]),
        (("--exam-date", "2026-12-24"), "exam", "2026-12-24"),
    ):
        assert told("plan", *change)[0] == 0
        assert json.loads(told("plan", "--json")[1])[name] == value
    found = json.loads(told("plan", "--json")[1])
    assert (found["minutes"], found["topics"]) == (45, ["relu"])
    assert told("plan", "--off")[0] == 0
    assert told("plan")[0] == 1
    whole = ("plan", "--exam-date", "2026-12-10")
    assert told(*whole)[0] == 0
    assert len(json.loads(told("plan", "--json")[1])["topics"]) == len(bank().topics)


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        (["--exam-date", "2026-12-03"], "2026-12-03 is too late to plan"),
        (["--exam-date", "2028-01-01"], "2028-01-01 is too far away"),
        (["--exam-date", "2026-12-10", "rellu"], "no topic 'rellu'; did you mean"),
        (["--off", "--minutes", "20"], "--off ends the plan"),
        (["--exam-date", "soon"], "'soon' is no day"),
        (["--minutes", "2"], "2 is not in the range"),
    ],
)
def test_what_cannot_be_planned(told, arguments: list[str], say: str) -> None:
    """A sentence, and 2."""
    code, _, err = told("plan", *arguments)
    assert code == 2
    assert say in err


def test_a_group_of_topics_is_planned(told) -> None:
    """Its name stands for them."""
    assert told("plan", "--exam-date", "2026-12-10", "evaluation")[0] == 0
    topics = json.loads(told("plan", "--json")[1])["topics"]
    assert topics == ["metrics", "model-selection"]


@pytest.mark.parametrize("width", [77, 80])
def test_the_longest_topic_is_whole(told, monkeypatch, width: int) -> None:
    """A name that is cut cannot be typed."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = told("plan", "--exam-date", "2026-12-10", "vision")[1]
    assert "begins" in out and "…" not in out
    assert max(map(len, out.splitlines())) <= width


def test_a_bank_without_the_planned_topics(desk: Desk, tmp_path: Path, capsys) -> None:
    """Nobody is told that this is all for today."""
    desk.run(*PLAN)
    folder = tmp_path / "mine"
    folder.mkdir()
    text = Path("question_bank/metrics.yaml").read_text()
    (folder / "metrics.yaml").write_text(text)
    code, out = desk.run("today", "--bank", str(folder))
    err = capsys.readouterr().err
    assert code == 2 and "none of the topics of your plan is in this bank" in err
    assert "all for today" not in out


def test_changing_what_is_not_there(told) -> None:
    """Nobody is asked for a plan that only changes one."""
    told("quiz", "relu", "-n", "1")
    code, _, err = told("plan", "--minutes", "20")
    assert (code, "add --exam-date" in err) == (2, True)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_screen(told, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """At every width nothing is cut off, and bars can be left out."""
    monkeypatch.setenv("COLUMNS", str(width))
    told("plan", "--exam-date", "2027-01-05", "--minutes", "20")
    for options, bars in (((), True), (("--plain",), False)):
        out = told("plan", *options)[1]
        assert max(map(len, out.splitlines())) <= width
        assert "…" not in out
        assert ("█" in out) == bars
        assert "33 days left" in " ".join(out.split())
        assert "and 19 more days" in out
        assert all(topic in out for topic in bank().topics)


def test_what_is_due_is_what_the_plan_asks(desk: Desk) -> None:
    """Topics that are not in the exam wait until it is over."""
    desk.run("quiz", "metrics", "-n", "3", "--seed", "1")
    desk.run(*PLAN)
    desk.clock.turn(days=5)
    assert desk.run("due")[1] == "0 due\n"
    desk.run("plan", "--off")
    assert desk.run("due")[1].startswith("3 due")


def test_a_cap_on_what_is_new(desk: Desk) -> None:
    """--new and -n hold with a plan, too."""
    desk.run(*PLAN)
    assert "2 questions, 2 of them new" in desk.run("today", "--new", "2")[1]
    assert "1 question, 1 of them new" in desk.run("today", "-n", "1")[1]


def test_in_a_pipe_and_in_ascii(tmp_path: Path) -> None:
    """Complete where the terminal speaks ASCII only, and without a terminal."""
    environment = {
        **os.environ,
        "DRILL_HOME": str(tmp_path),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    for arguments in (["plan", "--exam-date", SOON, "relu"], []):
        done = subprocess.run(
            [sys.executable, "-m", "drill", *arguments],
            env=environment,
            capture_output=True,
            check=True,
        )
        assert done.stdout.isascii()
        assert b"\\u" not in done.stdout
        assert done.stderr == b""


def test_a_road_loads_no_numpy_and_no_bank(tmp_path: Path) -> None:
    """What is planned is in the history."""
    environment = {**os.environ, "DRILL_HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-m", "drill", "plan", "--exam-date", SOON, "relu"],
        env=environment,
        capture_output=True,
        check=True,
    )
    code = (
        "import sys; from drill.cli.main import run; run(['plan']); run(['due']);"
        "print({'numpy', 'yaml', 'msgspec'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("set()\n")


def test_killed_and_gone_on_with(tmp_path: Path) -> None:
    """The plan and what was answered are there after a kill."""
    environment = {"DRILL_HOME": str(tmp_path), "NO_COLOR": "1"}
    with Terminal("plan", "--exam-date", SOON, "relu", **environment) as t:
        assert t.wait() == 0
    with Terminal(**environment) as t:
        t.expect("Welcome")
        first = t.expect("> ")
        t.send("no answer of this kind at all\r")
        t.expect("> ")
        t.process.kill()
        t.process.wait()
    assert "days left: " in first
    with Terminal(**environment) as t:
        assert "days left: " in t.expect("> ")
