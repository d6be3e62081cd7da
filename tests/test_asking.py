"""Laws of asking: whatever is done in whatever order, nothing is lost or unfair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from learner import bank, right_reply, wrong_reply
from msgspec.structs import asdict, replace

import drill
from drill.asking import (
    TRIES,
    Answered,
    Asking,
    Event,
    HintGiven,
    Judged,
    Reply,
    Step,
    Unread,
    begin,
    pause,
    take,
)
from drill.asking.attempts import attempt
from drill.asking.grading import answer_once, grade_answer
from drill.drawing import Instance
from drill.errors import UsageError

# One part and several, numbers, letters, matrices and programs.
QUESTIONS = (
    "conv-pool-conv",
    "conv-output-size",
    "max-pool-backward",
    "backprop-three-steps",
    "centre-rows-code",
)
WORDS = ("hint", "give up", "skip", "leave")
Take = Callable[[Asking, Event, float], Step]


@cache
def instance_of(name: str) -> Instance:
    """Draw one of `QUESTIONS`."""
    return drill.draw(bank()[name], 7)


def event_of(word: str, asking: Asking) -> Event:
    """Return what a person does who means `word` at this part."""
    match word:
        case "right":
            return Reply(right_reply(asking.instance, asking.part))
        case "wrong":
            return Reply(wrong_reply(asking.instance, asking.part))
        case "unread":
            return Reply("[what?")
    return word  # type: ignore[return-value]


def play(
    instance: Instance, words: list[str], take: Take = take
) -> tuple[Asking, list[Step]]:
    """Do one thing a second, and hold each step against the laws."""
    asking, steps, at = begin(instance, "a", 0.0), [], 0.0
    kept: dict[str, Answered] = {}
    shown_at = 0.0
    for word in words:
        before, at = asking, at + 1.0
        event = event_of(word, asking)
        step = take(asking, event, at)
        asking = step.asking
        steps.append(step)
        if before.over:
            assert (step.asking, step.show, step.keep) == (before, None, None)
            continue
        if isinstance(step.show, Unread):
            assert step.asking is before, "an unreadable reply costs nothing"
            assert step.keep is None
        if isinstance(step.show, Judged):
            assert step.keep is not None, "a verdict is shown only when it is kept"
            assert step.keep.verdict is step.show.verdict
            assert step.show.last == (len(step.keep.tries) == TRIES)
            assert isinstance(event, Reply)
            again = grade_answer(
                instance, before.part, event.answer, expected_earlier(before)
            )
            assert again.right == step.show.verdict.right
        if step.keep is not None:
            last = kept.get(step.keep.id)
            if last is not None:
                assert last.tries == step.keep.tries[: len(last.tries)]
                assert last.seconds == step.keep.seconds
            else:
                assert step.keep.seconds == at - shown_at
            assert len(step.keep.tries) <= TRIES
            assert step.keep.part == before.part
            assert 0 <= step.keep.hints <= len(before.target.part.hints)
            kept[step.keep.id] = step.keep
        assert asking.part - before.part in (0, 1)
        if asking.part != before.part:
            shown_at = at
            assert (asking.hints, asking.tries) == (0, ())
    check_done(asking, kept)
    return asking, steps


def expected_earlier(asking: Asking) -> dict[str, object]:
    """Say what is carried forward, without looking at how it is done."""
    found = {}
    for one in asking.done:
        read = one.tries[-1].verdict.read if one.tries else None
        if read is not None and read.shape == one.target.reference.shape:
            found[one.target.part.name] = read if read.ndim else read.item()
    return found


def check_done(asking: Asking, kept: dict[str, Answered]) -> None:
    """Hold what is behind against what was kept of it."""
    assert [one.part for one in asking.done] == list(range(len(asking.done)))
    assert len({one.id for one in asking.done}) == len(asking.done)
    for one in asking.done:
        rights = [tried.verdict.right for tried in one.tries]
        assert not any(rights[:-1]), "nobody is asked again who was right"
        expected = {(True,): "right", (False, True): "right later"}.get(tuple(rights))
        assert one.outcome == expected or one.outcome in ("wrong", "gave up", "skipped")
        if one.outcome == "skipped":
            assert not one.tries
        if one.tries:
            assert one.score == one.tries[0].verdict.score
        if one.tries or one.outcome != "wrong":
            assert kept[one.id].tries == one.tries
    for before, after in pairwise(asking.done):
        assert before.outcome not in ("gave up", "skipped"), after


words = st.lists(
    st.sampled_from(["right", "wrong", "wrong", "unread", "unread", *WORDS]),
    max_size=14,
)


@given(name=st.sampled_from(QUESTIONS), words=words)
def test_the_laws_hold_in_any_order(name: str, words: list[str]) -> None:
    """At most two tries, verdicts kept first, unreadable replies free, no way back."""
    play(instance_of(name), words)


@given(name=st.sampled_from(QUESTIONS), words=words, place=st.integers(0, 13))
def test_a_value_is_not_changed(name: str, words: list[str], place: int) -> None:
    """Going on from an old value gives what it gave: it can be kept and taken up."""
    _, steps = play(instance_of(name), words)
    if place + 1 >= len(steps):
        return
    old, new = steps[place].asking, steps[place + 1]
    again = take(old, event_of(words[place + 1], old), place + 2.0)
    assert asdict(replace(again.asking, tries=(), done=())) == asdict(
        replace(new.asking, tries=(), done=())
    )
    assert [d.outcome for d in again.asking.done] == [
        d.outcome for d in new.asking.done
    ]
    assert type(again.show) is type(new.show)


def unkept(asking: Asking, event: Event, at: float) -> Step:
    """Show a verdict that is not kept."""
    return replace(take(asking, event, at), keep=None)


def costly(asking: Asking, event: Event, at: float) -> Step:
    """Count an unreadable reply as a hint."""
    step = take(asking, event, at)
    if isinstance(step.show, Unread):
        return replace(step, asking=replace(step.asking, hints=1))
    return step


def generous(asking: Asking, event: Event, at: float) -> Step:
    """Forget the first try."""
    step = take(asking, event, at)
    now = step.asking
    return replace(step, asking=replace(now, tries=now.tries[:-1]))


def restarted(asking: Asking, event: Event, at: float) -> Step:
    """Go on after the end."""
    return take(replace(asking, over=False), event, at)


@pytest.mark.parametrize("fault", [unkept, costly, generous, restarted])
def test_the_laws_catch(fault: Take) -> None:
    """Each law refuses the asking that breaks it."""
    words = ["unread", "wrong", "wrong", "wrong", "skip", "skip"]
    play(instance_of("conv-output-size"), words)
    with pytest.raises(AssertionError):
        play(instance_of("conv-output-size"), words, fault)


def test_a_wrong_part_is_carried_forward() -> None:
    """What is right given a wrong earlier answer is right, and says so."""
    asking = begin(instance_of("conv-pool-conv"), "a", 0.0)
    for text in ("(25, 25, 3)", "(25, 25, 3)", "(12, 12, 3)"):
        step = take(asking, Reply(text), 1.0)
        asking = step.asking
    assert isinstance(step.show, Judged)
    assert step.show.verdict.right
    assert step.show.verdict.carried


def test_hints_come_in_order_and_end() -> None:
    """Each once; then it is said that there are no more."""
    asking = begin(instance_of("max-pool-backward"), "a", 0.0)
    count = len(asking.target.part.hints)
    assert count
    for number in [*range(1, count + 1), count, count]:
        step = take(asking, "hint", 1.0)
        assert isinstance(step.show, HintGiven)
        assert (step.show.number, step.show.of) == (number, count)
        assert (step.show.prose is None) == (step.asking is asking)
        asking = step.asking


def test_time_in_the_help_does_not_count() -> None:
    """Only time before the first graded reply counts, and not in the help."""
    asking = pause(begin(instance_of("conv-output-size"), "a", 100.0), 30.0)
    asking = take(asking, Reply("?!"), 135.0).asking
    step = take(asking, Reply("1"), 140.0)
    assert step.keep is not None
    assert step.keep.seconds == 10.0
    later = take(step.asking, Reply("2"), 190.0).keep
    assert later is not None
    assert later.seconds == 10.0


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        ("centre-rows-code", np.eye(2), "wants a formula"),
        ("max-pool-backward", np.array(["a", "b"]), "made of real numbers"),
    ],
)
def test_an_array_that_is_no_answer_costs_nothing(
    name: str, answer: np.ndarray, says: str
) -> None:
    """As a text that cannot be read."""
    asking = begin(instance_of(name), "a", 0.0)
    step = take(asking, Reply(answer), 1.0)
    assert isinstance(step.show, Unread)
    assert isinstance(step.show.error, UsageError)
    assert says in str(step.show.error)
    assert step.asking is asking


def test_letters_are_no_numbers() -> None:
    """An option is named by its letter: nobody knows whether b is 1 or 2."""
    choice = next(q for q in bank().questions if q.parts[0].answer.kind == "choice")
    asking = begin(drill.draw(choice, 7), "a", 0.0)
    step = take(asking, Reply(np.array(1)), 1.0)
    assert isinstance(step.show, Unread)
    assert "a letter" in str(step.show.error)


def test_an_array_is_as_good_as_its_text() -> None:
    """Arrays and the texts of them are worth the same, and are kept alike."""
    instance = instance_of("max-pool-backward")
    reference = instance.targets[0].reference
    by_array = take(begin(instance, "a", 0.0), Reply(reference + 1.0), 1.0)
    text = str((reference + 1.0).tolist())
    by_text = take(begin(instance, "a", 0.0), Reply(text), 1.0)
    assert by_array.keep is not None
    assert by_text.keep is not None
    assert by_array.keep.score == by_text.keep.score
    assert by_array.keep.named == by_text.keep.named
    assert by_array.keep.replies[0][1] == by_text.keep.replies[0][1]


def test_what_the_history_keeps() -> None:
    """An attempt says what was replied, how it was read and what was named."""
    instance = instance_of("conv-output-size")
    step = take(begin(instance, "a", 0.0), Reply(wrong_reply(instance, 0)), 1.25)
    assert step.keep is not None
    now = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)  # noqa: UP017
    kept = attempt(step.keep, "s", "quiz", now)
    assert (kept.id, kept.asking, kept.sitting, kept.ms) == ("a-0", "a", "s", 1250)
    assert (kept.outcome, kept.part, kept.parts) == ("wrong", 0, 1)
    assert kept.mistakes
    assert kept.ticket == str(instance.ticket)


def test_one_reply_each() -> None:
    """Where there is one try: unread and unanswered parts stop nothing."""
    instance = instance_of("conv-pool-conv")
    found = answer_once(instance, ["(25, 25, 3)", None, "what?"])
    assert [one.outcome for one in found] == ["wrong", "skipped", "unread"]
    assert found[2].problem
    kept = attempt(found[2], "s", "exam", datetime(2026, 5, 1))
    assert (kept.outcome, kept.replies[0].typed) == ("wrong", "what?")
