"""Grading replies part by part: a wrong answer is carried forward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from drill.asking.answered import Answered, Outcome, Try
from drill.classroom import grade_text
from drill.drawing import Instance
from drill.errors import DrillError, UsageError
from drill.grading import Verdict, earlier_answers, grade

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drill.language import Value


def carried_forward(instance: Instance, done: Iterable[Answered]) -> dict[str, Value]:
    """Return the answers to earlier parts, wrong ones too, that a later one may use."""
    read = {
        one.target.part.name: one.verdict.read
        for one in done
        if one.verdict is not None and one.verdict.read is not None
    }
    return earlier_answers(instance, read)


def grade_answer(
    instance: Instance,
    part: int,
    answer: str | NDArray[Any],
    earlier: Mapping[str, Value],
) -> Verdict:
    """Grade a reply: text as it was typed, or numbers as they are.

    Raises
    ------
    UnreadableError, LanguageError, UsageError
        When the reply is no answer to this part.
    """
    if isinstance(answer, str):
        return grade_text(instance, part, answer, earlier)
    if instance.targets[part].options:
        raise UsageError("this question wants a letter, such as 'b', not numbers")
    return grade(instance, answer, part, earlier)


def answer_once(
    instance: Instance, texts: Iterable[str | None]
) -> tuple[Answered, ...]:
    """Grade one reply to each part, where there is no hint and no second try.

    Parameters
    ----------
    instance : Instance
    texts : iterable of str or None
        One for each part; None where none was given.
    """
    done: list[Answered] = []
    for part, text in enumerate(texts):
        if text is None:
            done.append(Answered(instance, part, "skipped"))
            continue
        try:
            earlier = carried_forward(instance, done)
            verdict = grade_answer(instance, part, text, earlier)
        except DrillError as error:
            unread = Try(text, None, str(error))
            done.append(Answered(instance, part, "unread", (unread,)))
            continue
        outcome: Outcome = "right" if verdict.right else "wrong"
        done.append(Answered(instance, part, outcome, (Try(text, verdict),)))
    return tuple(done)
