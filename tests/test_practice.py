"""The history and the memory made from it."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice import NOON, attempt

from drill.errors import HistoryError
from drill.practice import (
    Attempt,
    History,
    Known,
    Memory,
    Reply,
    open_history,
    retrievability,
    sittings,
)
from drill.practice.known_questions import know, known
from drill.practice.memory import rate, remember, replay


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Give an empty history in a file of its own."""
    with open_history(tmp_path / "history.db", NOON) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asking", "times", "rating"),
    [
        pytest.param([attempt("right")], (), 3, id="right"),
        pytest.param([attempt("wrong")], (), 1, id="wrong"),
        pytest.param([attempt("right later")], (), 1, id="right after being told"),
        pytest.param([attempt("gave up")], (), 1, id="gave up"),
        pytest.param([attempt("skipped")], (), None, id="skipped"),
        pytest.param([attempt("right", hints=1)], (), 2, id="with a hint"),
        pytest.param([attempt("right", hints=3)], (), 1, id="with every hint"),
        pytest.param([attempt("right", ms=61_000)], [20_000] * 5, 2, id="slow"),
        pytest.param([attempt("right", ms=61_000)], [20_000] * 4, 3, id="too few"),
        pytest.param([attempt("right", parts=2)], (), None, id="half of it"),
        pytest.param([attempt("wrong", parts=2)], (), 1, id="first part wrong"),
        pytest.param(
            [attempt(parts=2), attempt(part=1, parts=2)], (), 3, id="both parts"
        ),
    ],
)
def test_ratings(asking: list[Attempt], times: list[int], rating: int | None) -> None:
    """What one asking says about the memory of a question."""
    assert rate(asking, times) == rating


def test_only_the_first_asking_of_a_day_is_rated() -> None:
    """Later ones are practice: they move nothing."""
    first = remember(None, [attempt("wrong")])

    both = remember(first, [attempt("wrong"), attempt("right", 0.1)])

    assert first is not None
    assert both is not None
    assert (both.rating, both.state.lapses, both.state.passes) == (1, 1, 0)


@pytest.mark.parametrize(
    ("ratings", "days"),
    [
        pytest.param("GGGGG", [2, 11, 46, 163, 365], id="good"),
        pytest.param("AGGG", [1, 2, 6, 17], id="again first"),
        pytest.param("GGAGG", [2, 11, 2, 5, 12], id="a lapse"),
    ],
)
def test_intervals(ratings: str, days: list[int]) -> None:
    """The published model's intervals, with no steps and no fuzz."""
    memory: Memory | None = None
    after = 0.0
    found = []
    for letter in ratings:
        memory = remember(
            memory, [attempt("right" if letter == "G" else "wrong", after)]
        )
        assert memory is not None
        interval = (memory.state.due - memory.state.reviewed).days
        found.append(interval)
        after += interval

    assert found == days


outcomes = st.sampled_from(["right", "wrong", "gave up", "skipped", "right later"])
logs = st.lists(
    st.tuples(outcomes, st.integers(0, 12), st.sampled_from(["q-one", "q-two"])),
    max_size=20,
)


@given(logs)
def test_a_replay_gives_the_same_memory(
    tmp_path_factory: pytest.TempPathFactory, log: list[tuple[str, int, str]]
) -> None:
    """The schedule is a cache: whatever the order of days in which answers came."""
    folder = tmp_path_factory.mktemp("log")
    with open_history(folder / "history.db", NOON) as history:
        for outcome, days, question in log:
            history.record(attempt(outcome, days, question))
        kept = history.memories()
        history.rebuild()

        assert history.memories() == kept
        for question, memory in kept.items():
            assert replay(history.attempts(question)) == memory


def test_an_undone_answer_leaves_the_schedule_as_it_was(history: History) -> None:
    """Undo takes back the last answer and its effect, and nothing else."""
    history.record(attempt("right"))
    before = history.memories()
    history.record(attempt("wrong", 3))
    assert history.memories() != before

    undone = history.undo()

    assert undone is not None
    assert undone.outcome == "wrong"
    assert history.memories() == before
    assert len(list(history.attempts())) == 1


def test_an_attempt_comes_back_as_it_was(history: History) -> None:
    """Every field survives the file."""
    replies = (Reply("1\n\x1b[2J é", "1"),)
    given = attempt("wrong", replies=replies, mistakes=("no_plus_one", "other"))
    history.record(given)
    history.record(given)

    assert list(history.attempts()) == [given]


def test_one_more_reply_takes_the_place_of_the_first(history: History) -> None:
    """An attempt is kept at its first reply, and completed by its second."""
    first = attempt("wrong")
    second = replace(
        first, outcome="right later", replies=(*first.replies, Reply("2", "2"))
    )

    for one in (first, second, first):
        history.record(one)

    assert list(history.attempts()) == [second]


def test_memory_fades(history: History) -> None:
    """A day later a little, a month later more."""
    history.record(attempt("right"))
    state = history.memories()["q-one"].state

    chances = [retrievability(state, NOON + timedelta(days=d)) for d in (-1, 0, 1, 30)]

    assert chances == sorted(chances, reverse=True)
    assert chances[:2] == [1.0, 1.0]
    assert 0.2 < chances[3] < chances[2] < 1


def test_a_renamed_question_keeps_its_history(history: History) -> None:
    """What was learnt under the old name counts for the new."""
    history.record(attempt("right", question="q-old"))

    know(history, [Known("q-new", "topic-a", "skill-a", 1, 1.0, ("q-old",))])

    assert list(history.memories()) == ["q-new"]
    assert [known.id for known in known(history)] == ["q-new"]
    assert [a.ticket for a in history.attempts("q-new")] == ["q-old@7-abcd"]


def test_a_sitting_that_was_left_is_found_again(history: History) -> None:
    """Until it is finished, and with the last answer of each place."""
    name = sittings.begin(history, "exam", {"tickets": ["a", "b"]}, NOON)
    for place, reply in ((0, "1"), (1, "2"), (0, "3")):
        sittings.keep_draft(history, name, place, reply, NOON)

    found = sittings.unfinished(history, "exam")

    assert found is not None
    assert (found.id, found.plan) == (name, {"tickets": ["a", "b"]})
    assert sittings.drafts(history, name) == {0: "3", 1: "2"}
    assert sittings.unfinished(history, "quiz") is None
    sittings.finish(history, name, NOON)
    assert sittings.unfinished(history, "exam") is None


# What can go wrong with the file


def refused(path: Path) -> str:
    with pytest.raises(HistoryError) as error:
        open_history(path, NOON)
    return str(error.value)


def test_a_broken_file_is_moved_aside(tmp_path: Path) -> None:
    """Nothing is overwritten, and the person is told where it is."""
    path = tmp_path / "history.db"
    path.write_bytes(b"this is no database at all" * 100)

    with open_history(path, NOON) as history:
        history.record(attempt())
        notice = history.notice

    aside = tmp_path / "history.broken-20260501-120000.db"
    assert str(aside) in notice
    assert aside.read_bytes().startswith(b"this is no database")


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    """A page that was overwritten in the middle counts as broken."""
    path = tmp_path / "history.db"
    with open_history(path, NOON) as history:
        history.record(*[attempt(days=d) for d in range(60)])
    data = bytearray(path.read_bytes())
    data[4096 * 8 : 4096 * 12] = b"\xff" * 4096 * 4
    path.write_bytes(data)

    with open_history(path, NOON) as history:
        assert "moved to" in history.notice
        assert list(history.attempts()) == []
    assert len(list(tmp_path.glob("*.broken-*.db"))) == 1


def test_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    """A database from the future is refused with what to do."""
    path = tmp_path / "history.db"
    with open_history(path, NOON) as history:
        history.connection.execute("PRAGMA user_version = 99")

    said = refused(path)

    assert "newer drill" in said
    assert str(path) in said
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (99,)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the way is named."""
    (tmp_path / "home").write_text("")

    assert "cannot be made" in refused(tmp_path / "home" / "history.db")


def test_a_full_disk_keeps_what_was_kept(history: History) -> None:
    """The answer that does not fit is refused with a sentence; the others stay."""
    history.record(attempt())
    pages = history.connection.execute("PRAGMA page_count").fetchone()[0]
    history.connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(HistoryError, match="the disk is full"):
        history.record(attempt(days=1, drawn="9" * 100_000))

    assert len(list(history.attempts())) == 1
    history.record(attempt(days=2))


def test_a_file_that_may_not_be_written(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may only read is told so."""
    history.connection.execute("PRAGMA query_only = ON")

    with pytest.raises(HistoryError, match="may not be written"):
        history.record(attempt())


def test_two_terminals_at_once(tmp_path: Path) -> None:
    """Both records are kept."""
    path = tmp_path / "history.db"
    with open_history(path, NOON) as one, open_history(path, NOON) as two:
        for day in range(20):
            one.record(attempt(days=day, question="q-one"))
            two.record(attempt(days=day, question="q-two"))

        assert len(list(one.attempts())) == 40
    assert stat.S_ISREG(path.stat().st_mode)
    assert sorted(p.name for p in tmp_path.iterdir()) in (
        ["history.db"],
        ["history.db", "history.db-journal"],
    )


def test_another_program_that_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while the person is told who is in the way."""
    monkeypatch.setattr("drill.practice.database.PATIENCE", 0.05)
    path = tmp_path / "history.db"
    with open_history(path, NOON) as one, open_history(path, NOON) as two:
        two.connection.execute("BEGIN IMMEDIATE")

        with pytest.raises(HistoryError, match="held it for too long"):
            one.record(attempt())


def test_days_out_of_order(history: History) -> None:
    """A clock that was set back changes no more than the order says."""
    history.record(attempt("right", 5), attempt("wrong", 2))

    memory = history.memories()["q-one"]

    assert memory.day == date(2026, 5, 6)
    assert (memory.state.passes, memory.state.lapses) == (1, 1)


def test_what_was_skipped_is_new_still(history: History) -> None:
    """A question that was only skipped was not met."""
    history.record(attempt("skipped", -1, "q-one"), attempt("wrong", -1, "q-two"))
    assert set(history.first_seen()) == {"q-two"}
    history.record(attempt("right", 0, "q-one"))
    assert history.first_seen()["q-one"] == NOON.date()
