"""Where a person stands, and what an exam would bring."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice import NOON, attempt
from rich.console import Console
from terminal import Terminal

from drill.cli.main import run
from drill.practice import (
    NAME,
    Attempt,
    History,
    Known,
    Named,
    open_history,
    retrievability,
    review,
)
from drill.practice.forecast import PRIOR, first_meetings, forecast
from drill.practice.known_questions import know
from drill.practice.memory import GOOD
from drill.practice.planning import steps
from drill.practice.standing import DAYS, standing
from drill.screen.standing import ForecastScreen, StandingScreen

TOPICS = {"pool": ("pool-a", "pool-b"), "conv": ("conv-a", "conv-b", "conv-c")}
KNOWN = [
    Known(name, topic, name[-1], 1, 2.0) for topic, ns in TOPICS.items() for name in ns
]
SLIPS = (Named("flipped", "You flipped the kernel."), Named("late", "Too late."))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Give a history that knows five questions."""
    with open_history(tmp_path / NAME, NOON) as opened:
        know(opened, KNOWN)
        yield opened


def tried(
    question: str, outcome: str = "right", days: float = 0, slip: int | None = None
) -> Attempt:
    """Return an attempt at a question of `TOPICS`."""
    topic, _, skill = question.partition("-")
    made = attempt(outcome, days, question)
    named = () if slip is None else (SLIPS[slip],)
    return replace(made, topic=topic, skill=skill, mistakes=named)


LOGS = st.lists(
    st.builds(
        tried,
        st.sampled_from([known.id for known in KNOWN]),
        st.sampled_from(["right", "right later", "wrong", "gave up", "skipped"]),
        st.floats(-30, 0),
        st.sampled_from([None, 0, 1]),
    ),
    max_size=25,
)


@given(LOGS)
def test_the_counts_are_those_of_a_plain_loop(log: list[Attempt]) -> None:
    """Every number is found again by going through the attempts one by one."""
    with (
        TemporaryDirectory() as folder,
        open_history(Path(folder, NAME), NOON) as history,
    ):
        know(history, KNOWN)
        history.record(*log)
        found = standing(history, NOON)

    answered = [one for one in log if one.outcome != "skipped"]
    assert found.all.answered == len(answered)
    assert found.all.first == sum(one.outcome == "right" for one in log)
    assert found.all.seconds == pytest.approx(sum(one.ms for one in log) / 1000)
    assert [topic.name for topic in found.topics] == sorted({o.topic for o in log})
    for topic in found.topics:
        here = [one for one in answered if one.topic == topic.name]
        assert topic.answered == len(here) == sum(s.answered for s in topic.skills)
    slips = Counter((o.question, m.name) for o in log for m in o.mistakes)
    best = sorted(slips.values(), reverse=True)[:5]
    assert [mistake.times for mistake in found.mistakes] == best
    for mistake in found.mistakes:
        assert slips[mistake.question, mistake.name] == mistake.times
        last = max(
            (o for o in log if o.question == mistake.question and o.mistakes
             and o.mistakes[0].name == mistake.name), key=lambda o: o.at
        )  # fmt: skip
        assert mistake.day == last.day
    first = NOON.date() - timedelta(days=DAYS - 1)
    assert [day.day - first for day in found.days] == [
        timedelta(days=number) for number in range(DAYS)
    ]
    for day in found.days:
        assert day.answered == sum(one.day == day.day for one in answered)


def test_what_was_undone_does_not_count(history: History) -> None:
    """An answer that was taken back is in no number."""
    history.record(tried("pool-a", "right", -2))
    before = standing(history, NOON)
    history.record(tried("pool-a", "wrong", -1, slip=0))
    assert standing(history, NOON) != before
    history.undo()
    assert standing(history, NOON) == before


def test_memory_is_the_mean_of_what_was_met(history: History) -> None:
    """Questions that were never met have no memory to speak of."""
    history.record(tried("pool-a", "right", -3), tried("conv-a", "wrong", -3))
    found = standing(history, NOON)
    chances = {
        name: retrievability(memory.state, NOON)
        for name, memory in history.memories().items()
    }
    by_name = {topic.name: topic for topic in found.topics}
    assert by_name["pool"].memory == pytest.approx(chances["pool-a"])
    assert by_name["pool"].met == 1
    assert by_name["pool"].questions == 2
    assert found.all.memory == pytest.approx(sum(chances.values()) / 2)
    assert by_name["conv"].due == 1


def test_what_was_just_missed_is_not_remembered(history: History) -> None:
    """The model is sure right after an answer; a day later it knows better."""
    history.record(tried("pool-a", "wrong"), tried("conv-a", "right"))
    by_name = {topic.name: topic for topic in standing(history, NOON).topics}
    missed, known = by_name["pool"].memory, by_name["conv"].memory
    assert missed is not None
    assert known is not None
    assert missed < known < 1


def test_only_the_named_topics(history: History) -> None:
    """Topics that are not asked for are in no number, and in no mistake."""
    history.record(tried("pool-a", "wrong", -1, 0), tried("conv-a", "wrong", -1, 1))
    found = standing(history, NOON, {"pool"})
    assert [topic.name for topic in found.topics] == ["pool"]
    assert found.all.answered == 1
    assert [mistake.question for mistake in found.mistakes] == ["pool-a"]


def test_a_later_exam_expects_less(history: History) -> None:
    """What is not practised fades."""
    history.record(*(tried(known.id, "right", -2) for known in KNOWN))
    memories = history.memories()
    scores = [
        forecast(KNOWN, memories, NOON + timedelta(days=days)).score
        for days in (0, 3, 10, 60)
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_the_score_is_the_mean_of_topics(history: History) -> None:
    """Each topic counts the same; what was not met is guessed from first meetings."""
    history.record(tried("pool-a", "right", -2), tried("conv-a", "wrong", -2))
    memories, exam = history.memories(), NOON + timedelta(days=5)
    found = forecast(KNOWN, memories, exam)
    chance = {n: retrievability(m.state, exam) for n, m in memories.items()}
    right, count = PRIOR
    pool = (chance["pool-a"] + (right + 1) / (count + 1)) / 2
    conv = (chance["conv-a"] + 2 * right / (count + 1)) / 3
    assert [one.score for one in found.topics] == pytest.approx([conv, pool])
    assert found.score == pytest.approx((conv + pool) / 2)
    assert first_meetings(memories, KNOWN[:2]) == (right + 1) / (count + 1)


def test_the_best_step_is_the_best(history: History) -> None:
    """Of all single questions, none raises the score more than the first step's."""
    history.record(tried("pool-a", "right", -20), tried("conv-a", "right", -1))
    memories, exam = history.memories(), NOON + timedelta(days=12)
    met = [known for known in KNOWN if known.id in memories]
    (step,) = steps(met, memories, NOON, exam, minutes=2)
    before = forecast(met, memories, exam).score
    raised = {}
    for known in met:
        memory = memories[known.id]
        passed = replace(memory, state=review(memory.state, GOOD, NOON))
        after = {**memories, known.id: passed}
        raised[known.topic] = forecast(met, after, exam).score - before
    assert step.topic == max(raised, key=lambda topic: raised[topic]) == "pool"
    # It may also be missed, so less is promised than a right answer brings.
    assert 0 < step.gain < raised["pool"]
    assert step.minutes == 2
    assert (step.questions, step.new) == (1, 0)


def test_what_was_answered_today_is_no_step(history: History) -> None:
    """More practice on the same day does not move the schedule."""
    history.record(*(tried(known.id, "wrong", -0.1) for known in KNOWN))
    exam = NOON + timedelta(days=4)
    assert steps(KNOWN, history.memories(), NOON, exam, 30) == ()


def test_no_more_steps_than_there_is_time(history: History) -> None:
    """Thirty minutes are not planned twice."""
    history.record(tried("pool-a", "wrong", -2))
    exam = NOON + timedelta(days=4)
    for minutes in (1, 2, 5, 60):
        found = steps(KNOWN, history.memories(), NOON, exam, minutes)
        assert sum(step.minutes for step in found) <= minutes


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("bars", [True, False])
@pytest.mark.parametrize("skills", [True, False])
def test_no_line_is_too_long(
    history: History, width: int, bars: bool, skills: bool
) -> None:
    """At every width all names and numbers are there, none cut off."""
    history.record(*(tried(k.id, "wrong", -n, n % 2) for n, k in enumerate(KNOWN)))
    found = standing(history, NOON)
    exam = NOON + timedelta(days=9)
    expected = forecast(KNOWN, history.memories(), exam)
    today = steps(KNOWN, history.memories(), NOON, exam, 30)
    for screen in (
        StandingScreen(found, bars, skills),
        ForecastScreen(expected, today, exam.date(), NOON.date(), bars),
    ):
        out = io.StringIO()
        Console(file=out, width=width, markup=False, highlight=False).print(screen)
        text = out.getvalue()
        assert max(map(len, text.splitlines())) <= width
        assert "…" not in text
        assert "pool" in text
        assert "conv" in text
        assert ("█" in text) <= bars


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with a history in it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DRILL_HOME", str(folder))
    with open_history(folder / NAME, NOON) as history:
        know(history, KNOWN)
        history.record(tried("pool-a", "right", -2), tried("pool-b", "wrong", -1, 0))
    return folder


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command and return its code, its output and its errors."""
    code = run(["stats", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The screen has the topic, the mistake by its sentence, and its ticket."""
    code, out, _ = told(capsys)
    assert code == 0
    assert out.startswith("2 answers, 50 % right at the first try")
    assert re.search(r"^pool +2 +50 %", out, re.MULTILINE)
    assert "You flipped the kernel." in out
    assert "drill show pool-b@" in out
    assert re.search(r"again: drill quiz --mistake \w+$", out, re.MULTILINE)
    assert "  a " not in out
    assert re.search(r"^  a +1 +100 %", told(capsys, "pool")[1], re.MULTILINE)


def test_as_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object with a version."""
    data = json.loads(told(capsys, "--json")[1])
    assert data["version"] == 1
    assert (data["answered"], data["first"]) == (2, 1)
    assert [skill["name"] for skill in data["topics"][0]["skills"]] == ["a", "b"]
    assert data["mistakes"][0]["say"] == "You flipped the kernel."
    exam = json.loads(told(capsys, "--json", "--exam-date", "2999-01-01")[1])
    assert (exam["version"], exam["exam"]) == (1, "2999-01-01")
    assert 0 < exam["score"] < 1


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        pytest.param(["nope"], "nothing was answered in 'nope' yet", id="topic"),
        pytest.param(["--exam-date", "2020-01-01"], "2020-01-01 is over", id="past"),
        pytest.param(["--exam-date", "soon"], "'soon' is no day", id="no date"),
    ],
)
def test_what_cannot_be_told(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], say: str
) -> None:
    """A sentence, and 2."""
    code, _, err = told(capsys, *arguments)
    assert code == 2
    assert say in err


def test_before_anything_was_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is told, kindly, and no file is made."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "none"))
    assert told(capsys)[:2] == (0, "Nothing was answered yet. Start with: drill\n")
    assert json.loads(told(capsys, "--json")[1])["answered"] == 0
    assert not (tmp_path / "none").exists()


def test_it_loads_no_numpy_and_no_bank(home: Path) -> None:
    """What is counted is in the history."""
    code = (
        "import sys; from drill.cli.main import run;"
        "run(['stats']); run(['stats', '--exam-date', '2999-01-01']);"
        "print({'numpy', 'yaml', 'msgspec'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("set()\n")


def test_in_a_terminal(home: Path) -> None:
    """Bars at a terminal; with ACCESSIBLE=1, and in ASCII, complete without."""
    with Terminal("stats") as t:
        assert t.wait() == 0
        assert "█" in t.text
    with Terminal("stats", ACCESSIBLE="1", NO_COLOR="1") as t:
        assert t.wait() == 0
        assert "█" not in t.text
        assert "\x1b[3" not in t.raw
    done = subprocess.run(
        [sys.executable, "-m", "drill", "stats"],
        env={
            **os.environ,
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
        capture_output=True,
        check=True,
    )
    assert done.stdout.isascii()
    assert b"\\u" not in done.stdout


@pytest.mark.parametrize("width", [40, 80, 120])
def test_topics_tell_how_far_one_is(
    width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    """Met and remembered beside the topics that were begun, at every width."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))
    assert run(["topics"]) == 0
    before = capsys.readouterr().out
    assert "memory" not in before
    assert not (tmp_path / "home").exists()
    with open_history(tmp_path / "home" / NAME, NOON) as history:
        history.record(tried("relu-derivative", "right", -1))
    assert run(["topics"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    (line,) = (line for line in out.splitlines() if line.strip().startswith("relu"))
    assert re.search(r"1 met, memory \d+ %|\b12 +1 +\d+ %$", line.rstrip())


def test_topics_are_listed_without_a_readable_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    """A history from a later program is told, and the list is there."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path))
    with open_history(tmp_path / NAME, NOON) as history:
        history.connection.execute("PRAGMA user_version = 999")
    assert run(["topics"]) == 0
    out, err = capsys.readouterr()
    assert "relu" in out
    assert err.startswith("drill: ")


def test_an_option_is_no_mistake_to_ask_for(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`drill quiz --mistake option b` would ask for nothing."""
    with open_history(home / NAME, NOON) as history:
        history.record(attempt("wrong", 0, "pool-a", mistakes=("option b",)))
    assert "option b" not in re.findall(r"--mistake (.*)", told(capsys)[1])
