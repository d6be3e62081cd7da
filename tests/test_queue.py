"""What is due, what is new, and in which order."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice import NOON, attempt

from drill.bank import load_bank
from drill.drawing import choose_draw, draw, drawn_text, separation
from drill.practice import Known, Memory
from drill.practice.memory import remember
from drill.practice.queue import Card, again, arrange, due, fresh, is_due, unlocked


def memory(outcome: str = "right", days: float = 0, question: str = "q-one") -> Memory:
    """Return the memory of one answer."""
    made = remember(None, [attempt(outcome, days, question)])
    assert made is not None
    return made


KNOWN = Known("q-one", "topic-a", "skill-a", 1, 2.0)


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        pytest.param(NOON + timedelta(days=1.99), True, id="on the day, before noon"),
        pytest.param(NOON + timedelta(days=1.4), False, id="the day before"),
        pytest.param(NOON + timedelta(days=90), True, id="long after"),
        pytest.param(NOON - timedelta(days=300), True, id="the clock was set back"),
        pytest.param(NOON - timedelta(hours=20), False, id="a little back"),
    ],
)
def test_due_by_local_day(now: datetime, answer: bool) -> None:
    """Due on the day, at whatever hour; a right answer comes again after two days."""
    assert is_due(memory(), now) is answer


@pytest.mark.parametrize(
    ("minutes", "missed", "answer"),
    [
        pytest.param(9, True, False, id="it rests first"),
        pytest.param(10, True, True, id="after a pause"),
        pytest.param(120, True, True, id="later that day"),
        pytest.param(120, False, False, id="right since then"),
    ],
)
def test_a_miss_is_due_again_the_same_day(
    minutes: int, missed: bool, answer: bool
) -> None:
    """Until it was right once with fresh numbers."""
    found = memory("wrong")
    now = found.state.reviewed.astimezone(NOON.tzinfo) + timedelta(minutes=minutes)
    assert is_due(found, now, {"q-one"} if missed else ()) is answer


@pytest.mark.parametrize(
    ("hours", "answer"),
    [
        pytest.param(-11, False, id="where it is still the day before"),
        pytest.param(0, True, id="at home"),
        pytest.param(13, True, id="where it is a day later"),
    ],
)
def test_due_in_another_zone(hours: int, answer: bool) -> None:
    """The learner's own midnight counts, also after a flight."""
    zone = timezone(timedelta(hours=hours))
    now = datetime(2026, 5, 3, 8, tzinfo=timezone.utc).astimezone(zone)  # noqa: UP017

    assert is_due(memory(), now) is answer


def test_the_most_faded_comes_first() -> None:
    """What was missed fades quicker than what was known."""
    memories = [memory("right", 0, "known"), memory("wrong", 0, "missed")]
    bank = [Known(name, "t", "s", 1, 1.0) for name in ("known", "missed")]

    cards = due(memories, bank, NOON + timedelta(days=3))

    assert [card.question for card in cards] == ["missed", "known"]


def test_what_the_bank_no_longer_holds_is_not_asked() -> None:
    """A question that is gone is not counted either."""
    assert due([memory()], [], NOON + timedelta(days=9)) == []


LEVELS = [
    Known(f"{letter}{level}", "t", f"s{letter}", level, 1.0)
    for level in (1, 2, 3)
    for letter in "abc"
]


@pytest.mark.parametrize(
    ("passed", "levels"),
    [
        pytest.param(set(), {1}, id="nothing yet"),
        pytest.param({"a1"}, {1}, id="one"),
        pytest.param({"a1", "b1"}, {1, 2}, id="two"),
        pytest.param({"a1", "b1", "a3", "b3"}, {1, 2}, id="never skipping a level"),
        pytest.param({"a1", "b1", "a2", "c2"}, {1, 2, 3}, id="all"),
    ],
)
def test_levels_unlock(passed: set[str], levels: set[int]) -> None:
    """A level opens when two questions of the one below were right at first."""
    assert {known.level for known in unlocked(LEVELS, passed)} == levels


def test_new_questions_are_few_a_day() -> None:
    """What was met today counts against the day's new ones."""
    today = date(2026, 5, 1)
    seen = {"a1": today, "b1": today}

    cards = fresh(LEVELS, ["t"], seen, {"a1", "b1"}, today, 5)

    assert [card.question for card in cards] == ["c1", "a2", "b2"]
    assert fresh(LEVELS, [], seen, set(), today, 5) == []


skills = st.sampled_from("abcd")
cards = st.lists(st.tuples(skills, st.sampled_from("xy")), max_size=12)


@given(cards)
def test_arranging_loses_nothing(made: list[tuple[str, str]]) -> None:
    """Whatever the order, each card is asked once."""
    given = [Card(str(k), topic, skill) for k, (skill, topic) in enumerate(made)]

    assert sorted(c.question for c in arrange(given)) == sorted(
        c.question for c in given
    )


def test_siblings_are_kept_apart() -> None:
    """Where there is enough else, three questions stand between two of one skill."""
    given = [Card(f"{skill}{k}", skill, skill) for skill in "abcde" for k in range(2)]

    order = arrange(given)

    for place, card in enumerate(order):
        assert card.skill not in [c.skill for c in order[max(0, place - 3) : place]]


@pytest.mark.parametrize(
    ("left", "place"),
    [pytest.param(8, 4, id="four later"), pytest.param(1, 1, id="at the end")],
)
def test_a_miss_comes_back(left: int, place: int) -> None:
    """After three to five other questions, or last."""
    rest = [Card(str(k), "t", "s") for k in range(left)]
    missed = Card("missed", "t", "s")

    assert again(rest, missed).index(missed) == place


def test_the_next_draw_is_not_a_recent_one() -> None:
    """None of the last draws comes again while there are others."""
    question = load_bank(None, ["cnn-sizes"])["conv-output-size"]
    recent = {drawn_text(draw(question, seed)) for seed in range(5)}

    found = choose_draw(question, range(8), recent)

    assert found.ticket.seed == 5
    assert choose_draw(question, range(3), recent).ticket.seed == 0


def test_the_next_draw_shows_this_learners_mistake() -> None:
    """A draw in which their mistake would pass for right is avoided."""
    question = load_bank(None, ["cnn-sizes"])["conv-output-size"]
    names = [mistake.name for mistake in question.parts[0].mistakes]
    hidden = {
        name: [s for s in range(60) if separation(draw(question, s), [name]) == 0]
        for name in names
    }
    name, seeds = max(hidden.items(), key=lambda item: len(item[1]))
    assert seeds, "no mistake of this question ever hides: choose another question"
    shows = next(s for s in range(60) if s not in seeds)

    found = choose_draw(question, [*seeds[:5], shows], (), [name])

    assert found.ticket.seed == shows
