"""What a plan chooses, where its road leads, and what is kept of it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice import NOON, attempt

from drill.errors import HistoryError
from drill.practice import (
    NAME,
    History,
    Known,
    Memory,
    Plan,
    Report,
    open_history,
    plans,
)
from drill.practice.attempt import stamp
from drill.practice.exchange import heading, merge, parsed, written
from drill.practice.forecast import forecast
from drill.practice.known_questions import know, known
from drill.practice.memory import remember, review
from drill.practice.planning import choose
from drill.practice.reports import reports, set_aside, settle
from drill.practice.road import road

DAY = timedelta(days=1)
TOPICS = ("attention", "boxes", "cells", "drift")
KNOWN = [
    Known(f"{topic}-{n}", topic, f"{topic}-s{n % 3}", 1 + n // 4, 1.0 + n % 3)
    for topic in TOPICS
    for n in range(10)
]
BY_ID = {one.id: one for one in KNOWN}
EXAM = NOON + 9 * DAY
PLAN = Plan(EXAM.date(), 30, TOPICS)


def memory(question: str, outcome: str = "right", days: float = -1) -> Memory:
    one = BY_ID[question]
    made = remember(None, [attempt(outcome, days, question, topic=one.topic)])
    assert made is not None
    return made


MEMORIES = st.dictionaries(
    st.sampled_from(sorted(BY_ID)),
    st.tuples(st.sampled_from(["right", "wrong"]), st.integers(-20, 0)),
    max_size=25,
).map(lambda found: {name: memory(name, *how) for name, how in found.items()})


@settings(max_examples=40)
@given(MEMORIES, st.integers(1, 30), st.floats(1, 60), st.floats(0.3, 3))
def test_what_is_chosen(
    memories: dict[str, Memory], left: int, minutes: float, pace: float
) -> None:
    """No question twice, none that was right today, and not more than there is time."""
    missed = {name for name, one in memories.items() if one.rating == 1}
    cards = choose(KNOWN, memories, NOON, NOON + left * DAY, minutes, missed, pace)
    names = [card.question for card in cards]
    assert len(set(names)) == len(names)
    assert sum(card.minutes for card in cards) <= minutes + 1e-9
    for card in cards:
        one = memories.get(card.question)
        assert card.new == (one is None)
        assert card.minutes == pytest.approx(BY_ID[card.question].minutes * pace)
        assert one is None or one.day < NOON.date()
    rest = minutes - sum(card.minutes for card in cards)
    fits = [q for q in KNOWN if q.id not in names and q.minutes * pace <= rest]
    # Nothing that is due is left out while something else is asked.
    due = [q for q in fits if q.id in memories and memories[q.id].due_day <= NOON.date()
           and memories[q.id].day < NOON.date()]  # fmt: skip
    assert not due


def test_what_was_missed_today_comes_again_after_a_pause() -> None:
    """Until it was right once; before the pause is over it waits."""
    name = "boxes-0"
    for minutes, asked in ((5, False), (15, True)):
        there = {name: memory(name, "wrong", -minutes / 1440)}
        for missed, again in (({name}, asked), (set(), False)):
            cards = choose(KNOWN, there, NOON, EXAM, 30, missed)
            assert (name in [card.question for card in cards]) == again


def test_once_a_day_is_enough() -> None:
    """Only the first answer of a day moves the schedule."""
    there = {q.id: memory(q.id, "wrong", 0) for q in KNOWN}
    assert choose(KNOWN, there, NOON, EXAM, 90) == []


def test_every_topic_is_begun_in_time() -> None:
    """Also with little time, and with much that is due in one topic."""
    there = {q.id: memory(q.id, "wrong", -2) for q in KNOWN if q.topic == "boxes"}
    for left, minutes in ((3, 6), (9, 5), (2, 20)):
        exam = NOON + left * DAY
        way = road(Plan(exam.date(), minutes, TOPICS), KNOWN, there, NOON)
        assert way.all_met is not None
        assert way.all_met < exam.date() - (DAY if left > 2 else timedelta())
        begun = [topic for day in way.days for topic in day.begun]
        assert sorted(begun) == [topic for topic in TOPICS if topic != "boxes"]


def test_a_minute_goes_where_it_adds_most() -> None:
    """Of two topics alike the one that is known less; of two questions the short one."""
    easy = {q.id: memory(q.id, "right", -1) for q in KNOWN[:10]}
    cards = choose(KNOWN[:20], easy, NOON, EXAM, 12)
    assert Counter(card.topic for card in cards).most_common(1)[0][0] == "boxes"
    pair = [Known("brief", "t", "a", 1, 1.0), Known("long", "t", "b", 1, 4.0)]
    assert [c.question for c in choose(pair, {}, NOON, EXAM, 4)] == ["brief"]


def test_what_is_known_well_is_left_alone() -> None:
    """A day on which nothing would help is a free day."""
    there = {}
    for one in KNOWN:
        state = None
        for days in (-40, -37, -26, -2):
            state = review(state, 3, NOON + days * DAY)
        there[one.id] = replace(
            memory(one.id), state=state, day=(NOON - 2 * DAY).date()
        )
    assert choose(KNOWN, there, NOON, EXAM, 30) == []


@settings(max_examples=15)
@given(MEMORIES, st.integers(1, 12))
def test_the_road(memories: dict[str, Memory], left: int) -> None:
    """A day each until the exam; the plan never expects less than doing nothing."""
    plan = Plan((NOON + left * DAY).date(), 20, TOPICS)
    way = road(plan, KNOWN, memories, NOON, spent=5)
    assert [day.day for day in way.days] == [
        (NOON + n * DAY).date() for n in range(left)
    ]
    assert way.days[0].minutes <= 15
    assert all(day.minutes <= 20 for day in way.days)
    assert way.without == forecast(KNOWN, memories, NOON + left * DAY)
    begun = [topic for day in way.days for topic in day.begun]
    met = {BY_ID[name].topic for name in memories}
    assert len(set(begun)) == len(begun)
    assert not met & set(begun)
    assert way == road(plan, KNOWN, memories, NOON, spent=5)


def test_a_plan_is_worth_it() -> None:
    """Nine days of half an hour raise what is expected; on the last day little is."""
    way = road(PLAN, KNOWN, {}, NOON)
    assert way.planned.score > way.without.score + 0.1
    assert sum(one.met for one in way.planned.topics) == len(KNOWN)


def test_missed_days_cost_nothing_but_time() -> None:
    """Whoever stays away finds a plan for the days that are left."""
    there = {"boxes-0": memory("boxes-0", "wrong", -6)}
    way = road(replace(PLAN, exam=(NOON + 3 * DAY).date()), KNOWN, there, NOON)
    assert len(way.days) == 3
    assert all(0 < day.minutes <= 30 for day in way.days)


# What is kept


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Give a history that knows the questions."""
    with open_history(tmp_path / NAME, NOON) as opened:
        know(opened, KNOWN)
        yield opened


def test_a_plan_is_kept_and_ends(history: History) -> None:
    """It is followed until its day is over, replaced, or ended."""
    today = NOON.date()
    assert plans.current(history, today) is None
    plans.keep(history, PLAN, NOON)
    assert plans.current(history, today) == PLAN
    assert plans.current(history, PLAN.exam) == PLAN
    assert plans.current(history, PLAN.exam + DAY) is None
    assert plans.plan_of(plans.kept(history)) == PLAN
    plans.keep(history, replace(PLAN, minutes=45), NOON)
    assert plans.current(history, today) == replace(PLAN, minutes=45)
    plans.keep(history, None, NOON)
    assert plans.current(history, today) is None


def test_how_much_of_today_is_over(history: History) -> None:
    """Each question of the plan once, at the learner's pace; undone ones not."""
    today = NOON.date()
    plan = Plan(EXAM.date(), 30, ("boxes",))
    assert (plans.pace(history, today), plans.spent(history, plan, today, 1)) == (1, 0)
    slow = [
        attempt("right", -2, f"boxes-{n}", ms=600_000 * n, topic="boxes")
        for n in (1, 2)
    ]
    history.record(*slow)
    assert plans.pace(history, today) == pytest.approx((10 + 30) / (10 + 2 + 3))
    history.record(
        attempt("wrong", 0, "boxes-1", topic="boxes"),
        attempt("right", 0.01, "boxes-1", topic="boxes"),
        attempt("skipped", 0.01, "boxes-2", topic="boxes"),
        attempt("right", 0.01, "cells-1", topic="cells"),
        attempt("right", 0.02, "boxes-3", topic="boxes"),
    )
    assert plans.spent(history, plan, today, 2.0) == 2 * (2 + 1)
    history.undo()
    assert plans.spent(history, plan, today, 2.0) == 2 * 2
    assert plans.pace(history, today) == pytest.approx(40 / 15)


REPORT = Report(
    "r1", "boxes-0", "boxes", "boxes-0@7-abcd", 0, "Is it?", "3", NOON, "0.1.0"
)


def test_what_is_set_aside_is_not_known(history: History) -> None:
    """Neither due nor new, until it is settled; the answer before does not count."""
    answer = attempt("wrong", -3, "boxes-0", topic="boxes")
    history.record(answer)
    set_aside(history, REPORT, answer.asking)
    assert "boxes-0" not in {one.id for one in known(history)}
    assert len(known(history)) == len(KNOWN) - 1
    assert history.memories() == {}
    assert list(history.attempts()) == []
    assert reports(history) == (REPORT,)
    settle(history, ["r1"])
    assert len(known(history)) == len(KNOWN)
    assert reports(history) == ()
    assert reports(history, settled=None) == (replace(REPORT, settled=True),)


def test_a_question_that_is_renamed_stays_aside(history: History) -> None:
    """A new name brings it back no more than new numbers."""
    set_aside(history, REPORT)
    renamed = [replace(KNOWN[10], id="boxes-new", was=("boxes-0",)), *KNOWN[11:20]]
    know(history, renamed)
    assert "boxes-new" not in {one.id for one in known(history)}


def carried(path: Path, *files: list[str]) -> tuple[object, object]:
    with open_history(path, NOON) as history:
        for lines in files:
            merge(history, parsed(lines, "file"), heading(lines[0], "file"))
        return plans.kept(history), reports(history, settled=None)


def test_two_machines(tmp_path: Path) -> None:
    """The later plan counts, its end too, and every report, in whichever order."""
    files = []
    for number, (plan, hours) in enumerate(
        [(PLAN, 0), (replace(PLAN, minutes=10), 2), (None, 1)]
    ):
        with open_history(tmp_path / f"{number}.db", NOON) as history:
            plans.keep(history, plan, NOON + timedelta(hours=hours))
            set_aside(history, replace(REPORT, id=f"r{number % 2}"))
            settle(history, ["r0"] if number == 2 else [])
            history.record(attempt(id=f"a{number}"))
            files.append(list(written(history)))
    one = carried(tmp_path / "a.db", *files)
    assert one == carried(tmp_path / "b.db", *files[::-1], *files)
    kept, found = one
    assert plans.plan_of(kept) == replace(PLAN, minutes=10)
    assert [(r.id, r.settled) for r in found] == [("r0", True), ("r1", False)]
    ended = carried(tmp_path / "c.db", files[0], files[2])[0]
    assert plans.plan_of(ended) is None


@pytest.mark.parametrize(
    "beside",
    [
        {"plan": []},
        {"plan": {"at": "soon"}},
        {"plan": {"at": stamp(NOON), "exam": "never", "minutes": 9, "topics": []}},
        {"plan": {"at": stamp(NOON), "exam": "2026-05-09", "minutes": -1, "topics": []}},
        {"plan": {"at": stamp(NOON), "exam": "2026-05-09", "minutes": 9,
                  "topics": ["\x1b"]}},
        {"plan": {"at": stamp(NOON), "exam": "2026-05-09"}},
        {"reports": 1},
        {"reports": [{"id": "r"}]},
        {"reports": [{"id": 1, "question": "q", "topic": "t", "ticket": "x", "part": 0,
                      "note": "", "typed": "", "at": stamp(NOON), "version": "1",
                      "settled": False}]},
    ],
)  # fmt: skip
def test_what_is_no_export(beside: dict[str, object]) -> None:
    """A sentence that names the line."""
    head = {"format": 1, "name": "drill history", "attempts": 0, **beside}
    with pytest.raises(HistoryError, match=r"^file, line 1: "):
        heading(json.dumps(head), "file")


def test_a_history_of_the_first_format(tmp_path: Path) -> None:
    """It is brought up to date, with all that is in it."""
    path = tmp_path / NAME
    with open_history(path, NOON) as history:
        history.record(attempt())
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DROP TABLE report")
        file.execute("PRAGMA user_version = 1")
    from drill.practice.health import examine

    assert examine(path).troubles == ()
    with open_history(path, NOON) as history:
        assert len(list(history.attempts())) == 1
        set_aside(history, REPORT)
        assert reports(history) == (REPORT,)
    assert examine(path).format == 2


def test_practice_is_not_expected_to_lower_a_score() -> None:
    """However late a topic begins, and however often it will be wrong."""
    topics = tuple(f"topic-{n:02}" for n in range(24))
    many = [
        Known(f"{topic}-{n}", topic, f"skill-{n % 5}", 1 + n % 3, 2.0)
        for topic in topics
        for n in range(16)
    ]
    way = road(Plan((NOON + 22 * DAY).date(), 20, topics), many, {}, NOON)
    for planned, without in zip(way.planned.topics, way.without.topics, strict=True):
        assert planned.score >= without.score
    assert way.planned.score > way.without.score
