"""Which questions a quiz asks: by name, by how they went, by a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drill.errors import DrawError, UsageError
from drill.visible import shown

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.practice import History

CANDIDATES = 8
"""Draws among which the one is taken on which a mistake shows best."""


def named(
    directories: tuple[Path, ...], names: tuple[str, ...]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Find what names stand for: topics, groups of them, skills or questions.

    Returns
    -------
    topics : tuple of str
        Those to open.
    chosen : frozenset of str
        The questions meant; empty for all of the topics.

    Raises
    ------
    UsageError
        When nothing has such a name.
    """
    from drill.bank import load_bank
    from drill.bank.document import instead, nearest
    from drill.bank.load import refuse_former
    from drill.locate import has_topic, topic_names

    if all(has_topic(directories, name) for name in names):
        return names, frozenset()
    known = topic_names(directories)
    chosen: set[str] = set()
    topics: dict[str, None] = {}
    bank = load_bank(directories)
    everything = bank.questions
    skills = {question.skill for question in everything}
    for name in names:
        # A question may be called like its skill: then it alone is meant.
        found = next(
            filter(
                None,
                (
                    [q for q in everything if name == getattr(q, kind)]
                    for kind in ("topic", "id", "skill")
                ),
            ),
            [q for q in everything if q.topic in bank.groups.get(name, ())],
        )
        if not found:
            refuse_former(name, everything)
            words = {*known, *bank.groups, *skills, *(q.id for q in everything)}
            near = nearest(name, words) or instead(known)
            raise UsageError(
                f"there is no topic, skill or question '{shown(name, 64)}'{near}"
            )
        chosen |= {question.id for question in found}
        topics |= dict.fromkeys(question.topic for question in found)
    return tuple(topics), frozenset(chosen)


def only(
    questions: tuple[Question, ...], chosen: frozenset[str]
) -> tuple[Question, ...]:
    """Keep the questions that were named; all, when topics were."""
    found = tuple(one for one in questions if not chosen or one.id in chosen)
    if not found:
        raise UsageError("none of the questions named is left: name others")
    return found


def making(
    questions: tuple[Question, ...], mistake: str | None
) -> tuple[Question, ...]:
    """Keep the questions at which a mistake can be made; all without one.

    Raises
    ------
    UsageError
        When it can be made at none.
    """
    from drill.bank.document import nearest

    if mistake is None:
        return questions
    found = tuple(one for one in questions if mistake in mistakes_at(one))
    if not found:
        names = {name for question in questions for name in mistakes_at(question)}
        near = nearest(mistake, names) or "; drill stats names those that you make"
        raise UsageError(f"no question here has a mistake '{shown(mistake, 64)}'{near}")
    return found


def mistakes_at(question: Question) -> set[str]:
    """Return the names of what can be got wrong at a question."""
    return {mistake.name for part in question.parts for mistake in part.mistakes}


def picked(
    history: History,
    directories: tuple[Path, ...],
    topics: tuple[str, ...],
    pick: str | None,
    named: tuple[str, ...] = (),
) -> tuple[Question, ...]:
    """Load the topics, and keep the questions that went as `pick` says.

    What was set aside is asked only when it is among what was named.

    Raises
    ------
    UsageError
        When none did.
    """
    from drill.bank import load_bank
    from drill.library.cards import known_of
    from drill.practice.known_questions import know, known
    from drill.practice.picking import NOTHING, PICKS
    from drill.practice.reports import reports

    wanted = topics
    if pick in ("missed", "slow") and not topics:
        names = PICKS[pick](history)
        wanted = tuple({k.topic for k in known(history) if k.id in names})
    questions = load_bank(directories, wanted or None).questions
    know(history, known_of(questions))
    aside = {report.question for report in reports(history)} - set(named)
    questions = tuple(question for question in questions if question.id not in aside)
    if not questions:
        raise UsageError("all of that is set aside: look at drill history --reported")
    if pick is None:
        return questions
    names = PICKS[pick](history)
    found = tuple(question for question in questions if question.id in names)
    if not found:
        where = f" in {', '.join(topics)}" if topics else ""
        raise UsageError(f"{NOTHING[pick]}{where}: leave --{pick} out")
    return found


def choose(
    questions: tuple[Question, ...], count: int, seed: int, mistake: str | None = None
) -> list[tuple[Question, int]]:
    """Choose questions and their seeds: every question once before any twice.

    With a mistake each seed is the first of a few on which it shows best.
    """
    from drill.drawing import MAX_SEED, choose_draw
    from drill.drawing.stream import Stream

    chosen: list[Question] = []
    stream = Stream("quiz", seed)
    while len(chosen) < count:
        chosen += stream.sample(questions, min(count - len(chosen), len(questions)))
    if mistake is None:
        return [
            (question, (seed + place) % (MAX_SEED + 1))
            for place, question in enumerate(chosen)
        ]
    found = []
    for place, question in enumerate(chosen):
        # Apart, so that a question asked twice has other numbers.
        tried = range(seed + CANDIDATES * place, seed + CANDIDATES * (place + 1))
        seeds = [number % (MAX_SEED + 1) for number in tried]
        try:
            best = choose_draw(question, seeds, (), (mistake,)).ticket.seed
        except DrawError:
            best = seeds[0]  # Whoever asks it says why it is left out.
        found.append((question, best))
    return found
