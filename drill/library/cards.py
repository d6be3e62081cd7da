"""The bank as practice needs it: opened topic by topic, and drawn for one learner."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drill.errors import UsageError
from drill.library.tickets import random_seed
from drill.locate import topic_names
from drill.practice import History, Known, Plan
from drill.practice.known_questions import know, known
from drill.practice.picking import missed
from drill.practice.queue import Card, due, fresh
from drill.topic_index import by_group, index

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.drawing import Instance

FIRST_TOPIC = "cnn-sizes"
CANDIDATES = 8


def known_of(questions: Iterable[Question]) -> list[Known]:
    """Return questions as the history knows them."""
    return [Known(q.id, q.topic, q.skill, q.level, q.minutes, q.was) for q in questions]


def nothing_due(history: History, more: str) -> str:
    """Say that nothing is due, when something will be, and how to practise more."""
    days = [memory.due_day for memory in history.memories().values()]
    coming = f" The next is due on {min(days):%A, %d %B}." if days else ""
    return f"Nothing is due today.{coming} To practise more: {more}"


class Library:
    """A bank and the history of whoever practises with it.

    Loading a topic takes a tenth of a second, loading all of them two: each is opened
    when its first question comes up.

    Parameters
    ----------
    history : History
    directories : tuple of Path
        The folders of the bank.
    now : callable
        The clock, in the learner's time zone.
    """

    def __init__(
        self,
        history: History,
        directories: tuple[Path, ...],
        now: Callable[[], datetime],
    ) -> None:
        self.history = history
        self.directories = directories
        self.now = now
        self.topics = topic_names(directories)
        self._opened: dict[str, dict[str, Question]] = {}

    def open(self, topic: str) -> dict[str, Question]:
        """Return a topic's questions by id, and let the history know them."""
        from drill.bank import load_bank

        if topic not in self._opened:
            found = load_bank(self.directories, [topic]).questions
            know(self.history, known_of(found))
            self._opened[topic] = {question.id: question for question in found}
        return self._opened[topic]

    def known(self) -> list[Known]:
        """Return the questions that were seen before of the topics that exist."""
        return [k for k in known(self.history) if k.topic in self.topics]

    def know(self, plan: Plan) -> None:
        """Open the topics of a plan that this history never saw: it was imported."""
        there = {one.topic for one in known(self.history)}
        for topic in plan.topics:
            if topic in self.topics and topic not in there:
                self.open(topic)

    def due(self) -> list[Card]:
        """Return what is due today."""
        memories = self.history.memories().values()
        return due(memories, self.known(), self.now(), missed(self.history))

    def fresh(self, a_day: int) -> list[Card]:
        """Return today's new questions; the next topic begins when one is used up."""
        seen = self.history.first_seen()
        memories = self.history.memories()
        passed = {name for name, memory in memories.items() if memory.state.passes}
        today = self.now().date()
        topics = {k.id: k.topic for k in self.known()}
        begun = list(dict.fromkeys(topics[name] for name in seen if name in topics))
        waiting = [topic for topic in self._in_order() if topic not in begun]
        while True:
            for topic in begun:
                self.open(topic)
            cards = fresh(self.known(), begun, seen, passed, today, a_day)
            used_up = not cards and sum(day == today for day in seen.values()) < a_day
            if not (used_up and waiting):
                return cards
            begun.append(waiting.pop(0))

    def _in_order(self) -> list[str]:
        """Return the topics in the order of a course, as far as it is known."""
        groups = by_group(index(self.directories) or ()).values()
        listed = [topic.id for group in groups for topic in group]
        first = [topic for topic in self.topics if topic == FIRST_TOPIC]
        return list(dict.fromkeys([*first, *listed, *self.topics]))

    def upcoming(
        self, topics: Sequence[str], chosen: Collection[str], a_day: int
    ) -> Card | None:
        """Return what to ask next: what is due, then what is new.

        Parameters
        ----------
        topics, chosen
            What was named, as `drill.library.selection.named` finds it; no topics
            are all of them.
        a_day : int
            How many new questions a day brings, unless some were named.

        Returns
        -------
        Card or None
            None when nothing is due and all was seen.
        """
        for topic in topics:
            self.open(topic)
        if not topics:
            return next(iter([*self.due(), *self.fresh(a_day)]), None)
        owed = [card for card in self.due() if card.topic in topics]
        return next(
            (
                card
                for card in [*owed, *self._unseen(topics)]
                if not chosen or card.question in chosen
            ),
            None,
        )

    def whichever(self, topics: Sequence[str], chosen: Collection[str]) -> Card:
        """Return any of the questions that were named, all of them being seen.

        Raises
        ------
        UsageError
            When all of them are set aside.
        """
        import secrets

        from drill.practice.reports import reports

        # What was named itself is asked although it was set aside.
        aside = {report.question for report in reports(self.history)} - set(chosen)
        here = [
            question
            for topic in topics
            for question in self.open(topic).values()
            if question.id not in aside and (not chosen or question.id in chosen)
        ]
        if not here:
            raise UsageError(
                "all of that is set aside: look at drill history --reported"
            )
        found = secrets.choice(here)
        return Card(found.id, found.topic, found.skill, found.minutes)

    def _unseen(self, topics: Sequence[str]) -> list[Card]:
        """Return what was never seen of some topics, the easier first."""
        seen = self.history.first_seen()
        here = [k for k in self.known() if k.topic in topics and k.id not in seen]
        here.sort(key=lambda known: known.level)
        return [Card(k.id, k.topic, k.skill, k.minutes, new=True) for k in here]

    def draw(self, card: Card) -> Instance:
        """Draw a card afresh, so that this learner's mistakes would show.

        Raises
        ------
        DrillError
            When the question is gone, or cannot be drawn.
        """
        from drill.drawing import choose_draw

        question = self.open(card.topic).get(card.question)
        if question is None:
            raise UsageError(f"{card.question} is no longer in the bank")
        return choose_draw(
            question,
            [random_seed() for _ in range(CANDIDATES)],
            self.history.last_drawn(card.question),
            self.history.mistakes_of(card.question),
        )
