"""An exam at the terminal: answers may be changed until it is handed in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from drill import clock
from drill.answer import echo
from drill.asking.reading import unfinished
from drill.classroom import read_as
from drill.cli.asking import LEAVE, REPORT, UNKEPT, edited, edits, show_lines
from drill.cli.recording import Recorder
from drill.cli.typing_in import forget, read_reply
from drill.errors import LanguageError, UnreadableError
from drill.language import Program
from drill.practice import sittings
from drill.screen import exam as screen
from drill.screen import question as show

if TYPE_CHECKING:
    from rich.console import Console

    from drill.exam import Graded, Paper, Place
    from drill.practice import History, Sitting

GO = re.compile(r"(?:go )?(\d{1,3})([a-f]?)")
HAND_IN = ("hand in", "handin", "submit")


class Left(Exception):  # noqa: N818 - it is no error: the person goes on later
    """The person leaves the exam without handing it in."""


@dataclass
class Desk:
    """One sitting of one paper.

    Attributes
    ----------
    history : History or None
        None when nothing is kept.
    sitting : str
        Its id in the history.
    left : float
        Seconds that were left when it was begun or gone on with.
    answers : dict of int to str
        The last answer of each place.
    spent : dict of int to float
        Seconds at each place.
    shown : int
        The number of the question that was shown last.
    """

    console: Console
    paper: Paper
    left: float
    history: History | None = None
    sitting: str = ""
    plan: dict[str, object] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    spent: dict[int, float] = field(default_factory=dict)
    place: int = 0
    shown: int = 0
    began: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Start the time."""
        self.began = clock.now()

    @property
    def remaining(self) -> float:
        """Seconds that are left; a clock that is set back gives no time."""
        return self.left - max(0.0, (clock.now() - self.began).total_seconds())

    def go_on(self, left: Sitting, answers: dict[int, str]) -> None:
        """Take up what was kept: the answers, the place and the time."""
        plan = dict(left.plan)
        spent = plan.get("spent", {})
        assert isinstance(spent, dict)
        self.plan = plan
        self.left = float(str(plan.get("left", 60)))
        self.place = int(str(plan.get("place", 0))) % len(self.paper.places)
        self.spent = {int(place): float(s) for place, s in spent.items()}
        self.answers = {
            place: text
            for place, text in answers.items()
            if place < len(self.paper.places)
        }

    def sit(self) -> None:
        """Ask until it is handed in, or the time is over.

        Raises
        ------
        Left
            When the person leaves it unfinished; what was answered is kept.
        """
        while self.remaining > 0:
            place = self.paper.places[self.place]
            came = clock.now()
            try:
                done = self.ask(place)
            except (EOFError, KeyboardInterrupt):
                self.spend(place, came)
                self.save()
                raise Left from None
            self.spend(place, came)
            if done:
                return
        self.console.print(Text("Time is over: what you answered so far is handed in."))
        self.console.print()

    def spend(self, place: Place, came: datetime) -> None:
        """Count the time since the person came to a place."""
        gone = max(0.0, (clock.now() - came).total_seconds())
        self.spent[place.index] = self.spent.get(place.index, 0.0) + gone

    def ask(self, place: Place) -> bool:
        """Ask one place until something moves on; True when it is handed in."""
        forget()
        of, answer = len(self.paper.items), place.target.part.answer
        jumped = self.shown != place.item.number
        lines = screen.asked(place, self.answers.get(place.index), jumped=jumped)
        show_lines(self.console, [*screen.heading(place, of), *lines])
        self.shown = place.item.number
        while True:
            self.console.print(screen.status(place, of, self.remaining))
            text = read_reply("> ", partial(unfinished, answer))
            if self.remaining <= 0:
                if text.strip():
                    self.console.print("This came too late, so it does not count.")
                return False
            word = " ".join(text.lower().split())
            if edits(word, place.target):
                text = edited(place.target, self.answers.get(place.index, "")) or ""
                if not text:
                    continue
                word = "edit"
            if word in LEAVE:
                raise EOFError
            if word in HAND_IN:
                if self.agreed():
                    self.console.print()
                    return True
            elif word == REPORT:
                self.report(place)
            elif word == "help":
                self.console.print(screen.HELP)
            elif word == "list":
                show_lines(self.console, screen.listing(self.paper, self.answers))
            elif self.moved(place, word):
                self.console.print()
                return False
            elif word and self.take(place, text):
                self.console.print()
                return self.onward(place)

    def report(self, place: Place) -> None:
        """Keep that something seems wrong with a question; the paper stays as it is."""
        recorder = Recorder(self.history, self.sitting, "exam")
        typed = self.answers.get(place.index, "")
        kept = recorder.set_aside(place.item.instance, place.part, typed, None)
        told = "Kept: after this exam it is not asked again." if kept else UNKEPT
        self.console.print(Text(told))

    def moved(self, place: Place, word: str) -> bool:
        """Go where a command says; False when it is none, or leads nowhere."""
        goal = None
        if word in ("", "next"):
            goal = place.index + 1
        elif word == "back":
            goal = place.index - 1
        elif found := GO.fullmatch(word) if word.startswith("go ") else None:
            names = {p.name: p.index for p in reversed(self.paper.places)}
            name = found[1] + found[2]
            goal = names.get(name, names.get(f"{name}a"))
            if goal is None:
                self.console.print(Text(f"There is no question {name}."))
                return False
        if goal is None:
            return False
        self.place = goal % len(self.paper.places)
        self.save()
        return True

    def take(self, place: Place, text: str) -> bool:
        """Keep an answer if it can be read; say why when it cannot."""
        try:
            read = read_as(text, place.target)
        except (LanguageError, UnreadableError) as error:
            show_lines(self.console, show.unread(text, error))
            return False
        if self.history is not None:
            now = clock.now()
            sittings.keep_draft(self.history, self.sitting, place.index, text, now)
        self.answers[place.index] = text
        told, answer = "Kept.", place.target.part.answer
        if not isinstance(read, Program) and not place.target.options:
            told = f"Kept, read as {echo(read.array, answer.kind)}."
        self.console.print(Text(told))
        return True

    def onward(self, place: Place) -> bool:
        """Go to the next place without an answer; True when all is handed in."""
        count = len(self.paper.places)
        open_ = [n for n in range(count) if n not in self.answers]
        if not open_:
            self.save()
            if self.agreed():
                return True
            self.place = (place.index + 1) % count
            return False
        self.place = next((n for n in open_ if n > place.index), open_[0])
        self.save()
        return False

    def agreed(self) -> bool:
        """Ask whether to hand in."""
        left = len(self.paper.places) - len(self.answers)
        what = "All is answered." if not left else f"{left} not answered."
        reply = read_reply(f"{what} Hand in? [y/N] ", lambda _: False)
        return reply.strip().lower() in ("y", "yes")

    def save(self) -> None:
        """Keep where the person is, and how much time is left."""
        if self.history is None:
            return
        self.plan |= {
            "left": round(self.remaining, 1),
            "place": self.place,
            "spent": {str(place): round(s, 1) for place, s in self.spent.items()},
        }
        sittings.replan(self.history, self.sitting, self.plan)


def reopened(left: Sitting, directories: tuple[Path, ...]) -> Paper:
    """Draw the paper of an exam that was left.

    Raises
    ------
    TicketError
        When a question was edited since: its answers would be about other numbers.
    """
    from drill.bank import find_question
    from drill.drawing import check_ticket, draw, parse_ticket
    from drill.exam import paper_of

    tickets, seed = left.plan.get("tickets"), left.plan.get("seed")
    assert isinstance(tickets, list)
    assert isinstance(seed, int)
    instances = []
    for text in tickets:
        ticket = parse_ticket(str(text))
        question = find_question(directories, ticket.question)
        check_ticket(ticket, question)
        instances.append(draw(question, ticket.seed))
    return paper_of(seed, instances)


def keep(desk: Desk, graded: tuple[Graded, ...]) -> None:
    """Keep what was handed in: all attempts at once, and the sitting is over.

    Their names follow from the sitting, so that handing in again after a crash
    keeps nothing twice.
    """
    from msgspec.structs import replace

    history = desk.history
    assert history is not None
    recorder = Recorder(history, desk.sitting, "exam")
    found = []
    for one in graded:
        place = one.place
        answered = replace(
            one.answered,
            seconds=desk.spent.get(place.index, 0.0),
            id=f"{desk.sitting}-{place.index}",
            asking=f"{desk.sitting}-{place.item.number}",
        )
        found.append(recorder.attempt(answered))
    history.record(*found)
    sittings.finish(history, desk.sitting, clock.now())
