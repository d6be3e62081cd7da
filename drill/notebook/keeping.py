"""Keeping a notebook's answers, where the terminal keeps its own."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drill import clock
from drill.practice import NAME, History, Kind, home, open_history, sittings

if TYPE_CHECKING:
    from drill.asking import Answered


def opened() -> History:
    """Open this person's history; what they must know about it goes to stderr."""
    history = open_history(home() / NAME, clock.now())
    if history.notice:
        print(history.notice, file=sys.stderr)
    return history


@dataclass
class Keeper:
    """Keeps the answers to one question, each in a transaction of its own.

    Nothing stays open between cells: a terminal may write meanwhile, and a kernel
    that is killed loses nothing.
    """

    kind: Kind
    sitting: str = ""

    def keep(self, answered: Answered) -> None:
        """Keep one answer now.

        Raises
        ------
        HistoryError
            When it cannot be kept.
        """
        from drill.asking.attempts import attempt

        with opened() as history:
            if not self.sitting:
                # Ended at once: a cell that is never run again must not look like a
                # quiz that was cut off.
                plan: dict[str, object] = {"tickets": [str(answered.instance.ticket)]}
                name = sittings.begin(history, self.kind, plan, clock.now())
                sittings.finish(history, name, clock.now())
                self.sitting = name
            history.record(attempt(answered, self.sitting, self.kind, clock.now()))
