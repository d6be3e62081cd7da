"""drill today, and `drill` alone: what is due, mixed with a little that is new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill import clock
from drill.cli.options import Whole, bank_option
from drill.cli.stdio import is_terminal
from drill.errors import UsageError
from drill.visible import counted

if TYPE_CHECKING:
    from rich.console import Console

    from drill.asking import Answered
    from drill.library.cards import Library
    from drill.practice import History, Plan, Sitting
    from drill.practice.queue import Card

WELCOME = """\
Welcome to drill: exam questions with fresh numbers, one at a time.
Type an answer and press Enter. A wrong one is told which mistake it was.
? gives a hint, ?? gives up, skip goes on, quit stops; help says more.
What you miss comes back soon, what you know comes back later.
Every answer is kept on this machine only: drill stats shows how you stand.
Come back each day and type drill; for one topic, type drill quiz TOPIC."""


@click.command(
    name="today", short_help="Practise what is due (what `drill` alone does)."
)
@click.option("-n", "count", type=Whole(1, 1000), help="At most so many questions.")
@click.option(
    "--new",
    "new",
    type=Whole(0, 1000),
    help="At most so many new questions (default: 5 a day, or what the plan has).",
)
@bank_option
def command(count: int | None, new: int | None, bank: tuple[Path, ...]) -> int:
    """Practise what is due, mixed over topics, with a few new questions.

    The first time it starts with an easy question. Later it offers to go on with a
    quiz that was cut off, and then asks what is due today. With a plan (drill plan) it
    asks what helps the exam most in the minutes of a day.

    \b
    Example:
      drill
      drill today -n 10 --new 3
    """
    from drill.locate import bank_directories

    if not is_terminal():
        from drill.cli.due import command as count_due

        click.get_current_context().invoke(count_due, as_json=False)
        return 0
    from drill.cli.recording import open_if_agreed
    from drill.cli.terminal import make_console
    from drill.library.cards import Library
    from drill.practice import sittings

    directories = bank_directories(bank)
    console = make_console()
    history = open_if_agreed()
    if history is None:
        raise UsageError("without a history nothing is due; try: drill quiz TOPIC")
    with history:
        welcome(console, history)
        left = sittings.unfinished(history, "quiz")
        if left is not None:
            code = offer(console, history, left, directories)
            if code is not None:
                return code
        library = Library(history, directories, clock.now)
        plan = plan_of_today(console, history)
        if plan is not None:
            from drill.cli.planned import practise

            return practise(console, library, plan, count, new)
        return review(console, library, count, new)


def plan_of_today(console: Console, history: History) -> Plan | None:
    """Return the plan that is followed; say so, once, when its exam is over."""
    from drill.practice.plans import current

    plan = current(history, clock.now().date())
    if plan is None:
        from drill.cli.plan import farewell

        over = farewell(history)
        if over:
            console.print(f"{over}\n")
    return plan


def welcome(console: Console, history: History) -> None:
    """Greet whoever is here for the first time, once."""
    from drill.practice.known_questions import remember_setting, setting

    if setting(history, "welcomed") is None:
        console.print(WELCOME, soft_wrap=False)
        console.print()
        remember_setting(history, "welcomed", "yes")


def offer(
    console: Console, history: History, left: Sitting, directories: tuple[Path, ...]
) -> int | None:
    """Offer to go on with a quiz that was cut off; None when there is none to go on."""
    from drill.cli.quiz import resume, still_to_ask
    from drill.practice import sittings

    tickets = still_to_ask(history, left)
    planned = left.plan.get("tickets")
    of = len(planned) if isinstance(planned, list) else 0
    if tickets:
        gone = of - len(tickets)
        console.print(f"A quiz was cut off after {gone} of {counted(of, 'question')}.")
        try:
            reply = input("Go on with it? [Y/n] ").strip().lower()
        except EOFError:
            console.print()
            return 0
        if reply in ("", "y", "yes"):
            console.print()
            return resume(console, history, left, tickets, directories)
        console.print()
    sittings.finish(history, left.id, clock.now())
    return None


def review(
    console: Console, library: Library, count: int | None, new: int | None
) -> int:
    """Ask what is due, and what is new, mixed over topics."""
    from drill.cli.recording import Recorder
    from drill.cli.sitting import ask_cards, sit
    from drill.library.cards import nothing_due
    from drill.practice import sittings
    from drill.practice.queue import NEW_A_DAY, arrange

    history = library.history
    owed = library.due()
    fresh = library.fresh(NEW_A_DAY if new is None else new)
    cards = arrange([*owed, *fresh])[:count]
    if not cards:
        console.print(nothing_due(history, "drill quiz TOPIC"))
        return 0
    console.print(f"{due_and_new(cards)}.\n")
    plan: dict[str, object] = {"questions": [card.question for card in cards]}
    sitting = sittings.begin(history, "review", plan, clock.now())
    done: list[Answered] = []
    upcoming = ask_cards(library, cards, done)
    return sit(console, upcoming, Recorder(history, sitting, "review"), done)


def due_and_new(cards: list[Card]) -> str:
    """Say how many cards there are, and how long they take."""
    from drill.practice.queue import minutes

    fresh = sum(card.new for card in cards)
    counts = {"due": len(cards) - fresh, "new": fresh}
    time = minutes(cards)
    what = ", ".join(f"{many} {kind}" for kind, many in counts.items() if many)
    return f"{what}, about {counted(time, 'minute')}"
