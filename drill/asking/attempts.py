"""What the history keeps of an answer."""

from __future__ import annotations

from datetime import datetime

from drill.asking.answered import Answered
from drill.drawing import drawn_text
from drill.practice import Attempt, Kind, Named, Reply
from drill.version import __version__


def attempt(answered: Answered, sitting: str, kind: Kind, at: datetime) -> Attempt:
    """Return what the history keeps of one answer.

    Parameters
    ----------
    answered : Answered
    sitting : str
        The id of the quiz, review or exam that it belongs to.
    kind : str
    at : datetime
        When it was answered; its day is the learner's.
    """
    instance = answered.instance
    question = instance.question
    return Attempt(
        id=answered.id,
        sitting=sitting,
        asking=answered.asking,
        kind=kind,
        question=question.id,
        topic=question.topic,
        skill=question.skill,
        level=question.level,
        part=answered.part,
        parts=len(instance.targets),
        ticket=str(instance.ticket),
        drawn=drawn_text(instance),
        replies=tuple(Reply(*pair) for pair in answered.replies),
        outcome="wrong" if answered.outcome == "unread" else answered.outcome,
        score=answered.score,
        mistakes=tuple(Named(one.name, one.say) for one in answered.named),
        hints=answered.hints,
        hints_of=len(answered.target.part.hints),
        ms=round(1000 * answered.seconds),
        at=at,
        day=at.date(),
        version=__version__,
    )
