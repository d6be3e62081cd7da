"""Keeping what is answered: in the history before anything else is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drill import clock
from drill.cli.stdio import say_error
from drill.errors import HistoryError
from drill.practice import NAME, Attempt, History, Kind, home
from drill.practice import open_history as open_at

if TYPE_CHECKING:
    from drill.asking import Answered
    from drill.drawing import Instance

QUESTION = "Practise without keeping a record? [y/N] "
NOTE = "What is wrong with it? (Enter for no note) "
MOST_NOTED = 2000


def open_history() -> History:
    """Open this person's history, and say what they must know about it."""
    history = open_at(home() / NAME, clock.now())
    if history.notice:
        say_error(history.notice)
    return history


def open_if_agreed() -> History | None:
    """Open the history; None when the person goes on without one.

    Raises
    ------
    HistoryError
        When it cannot be opened and the person does not agree.
    """
    try:
        return open_history()
    except HistoryError as error:
        if not _agrees(error):
            raise
        return None


class Recorder:
    """Keeps the answers of one sitting, as long as there is a history to keep them.

    Attributes
    ----------
    history : History or None
        None when the person agreed to go on unrecorded.
    sitting : str
    """

    def __init__(self, history: History | None, sitting: str, kind: Kind) -> None:
        self.history = history
        self.sitting = sitting
        self.kind = kind

    def keep(self, answered: Answered) -> None:
        """Keep one answer now.

        Raises
        ------
        HistoryError
            When it cannot be kept and the person does not agree to go on.
        """
        if self.history is None:
            return
        try:
            self.history.record(self.attempt(answered))
        except HistoryError as error:
            if not _agrees(error):
                raise
            self.history = None

    def set_aside(
        self, instance: Instance, part: int, typed: str, asking: str | None
    ) -> bool:
        """Ask what is wrong with a question, and ask it no more; False without history.

        Parameters
        ----------
        instance : Instance
        part : int
        typed : str
            The last answer to it.
        asking : str or None
            The one whose answers do not count.
        """
        from drill.practice import Report, new_id
        from drill.practice.reports import set_aside
        from drill.version import __version__

        if self.history is None:
            return False
        note = input(NOTE).strip()[:MOST_NOTED]
        question, ticket = instance.question, str(instance.ticket)
        report = Report(
            new_id(), question.id, question.topic, ticket, part, note, typed,
            clock.now(), __version__,
        )  # fmt: skip
        set_aside(self.history, report, asking)
        return True

    def attempt(self, answered: Answered) -> Attempt:
        """Return what the history keeps of one answer."""
        from drill.asking.attempts import attempt

        return attempt(answered, self.sitting, self.kind, clock.now())


def _agrees(error: HistoryError) -> bool:
    """Ask whether to go on although nothing is kept."""
    say_error(str(error))
    try:
        return input(QUESTION).strip().lower() in ("y", "yes")
    except (EOFError, KeyboardInterrupt):
        return False
