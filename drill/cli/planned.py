"""A day of a plan: its questions, the mock exam the day before, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drill import clock
from drill.errors import UsageError
from drill.visible import counted

if TYPE_CHECKING:
    from rich.console import Console

    from drill.asking import Answered
    from drill.bank import Question
    from drill.exam import Paper
    from drill.library.cards import Library
    from drill.practice import Plan
    from drill.practice.queue import Card

FEWEST, MOST = 3, 12
"""Questions of a mock exam."""
DECLINED = "mock exam declined"
NO_MORE = "That is all for today. To practise more: drill quiz TOPIC"
GOOD_LUCK = "Good luck with the exam!"
ALL_RIGHT = f"Nothing is wrong any more. {GOOD_LUCK}"


def practise(
    console: Console, library: Library, plan: Plan, count: int | None, new: int | None
) -> int:
    """Ask what the plan has for today, and say what tomorrow has."""
    from drill.library.planned import of_today
    from drill.practice import sittings

    if not set(plan.topics) & set(library.topics):
        raise UsageError(
            "none of the topics of your plan is in this bank: look at --bank and"
            " DRILL_BANK, or end the plan with drill plan --off"
        )
    library.know(plan)
    now = clock.now()
    left = plan.days_left(now.date())
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    # On the day itself nothing is begun any more.
    sat = left == 0 or (left == 1 and sittings.handed_in(library.history, midnight))
    if left == 1 and not sat:
        code = mock_exam(console, library, plan)
        if code is not None:
            if code:
                return code
            sat = True
            console.print()
    cards = went_wrong(library, plan) if sat else of_today(library, plan, new)
    return ask(console, library, plan, cards[:count], sat=sat)


def went_wrong(library: Library, plan: Plan) -> list[Card]:
    """Return what was not right when it was last asked; the evening needs no more."""
    from drill.practice.picking import missed
    from drill.practice.queue import Card, arrange

    wrong, memories = missed(library.history), library.history.memories()
    today = clock.now().date()
    # What was wrong in the mock exam comes before what was wrong some day.
    found = sorted(
        (known for known in plan.asks(library.known()) if known.id in wrong),
        key=lambda known: known.id not in memories or memories[known.id].day != today,
    )
    cards, left = [], plan.minutes
    for known in found:
        left -= known.minutes
        if left >= 0:
            cards.append(Card(known.id, known.topic, known.skill, known.minutes))
    return arrange(cards)


def ask(
    console: Console, library: Library, plan: Plan, cards: list[Card], *, sat: bool
) -> int:
    """Ask some cards; say before how many, and after them what comes."""
    from drill.cli.recording import Recorder
    from drill.cli.sitting import ask_cards, sit
    from drill.practice import sittings
    from drill.practice.queue import minutes
    from drill.screen.road import sleeps

    history = library.history
    left = plan.days_left(clock.now().date())
    if not cards:
        console.print(ALL_RIGHT if sat else NO_MORE)
        if left > 1:
            console.print(coming(library, plan))
        return 0
    what = "What went wrong" if sat else sleeps(left).capitalize()
    new, time = sum(card.new for card in cards), minutes(cards)
    fresh = f", {new} of them new" if new else ""
    console.print(
        f"{what}: {counted(len(cards), 'question')}{fresh}, about"
        f" {counted(time, 'minute')}.\n"
    )
    asked: dict[str, object] = {"questions": [card.question for card in cards]}
    sitting = sittings.begin(history, "review", asked, clock.now())
    done: list[Answered] = []
    upcoming = ask_cards(library, cards, done)
    code = sit(console, upcoming, Recorder(history, sitting, "review"), done)
    if code == 0:
        console.print()
        console.print(coming(library, plan))
    return code


def coming(library: Library, plan: Plan) -> str:
    """Say what tomorrow has."""
    from drill.cli.plan import look_ahead
    from drill.screen.road import outlook

    today = clock.now().date()
    if plan.days_left(today) < 1:
        return GOOD_LUCK
    return outlook(look_ahead(library.history, plan, from_tomorrow=True), plan, today)


def mock_exam(console: Console, library: Library, plan: Plan) -> int | None:
    """Propose a mock exam, or to go on with one; None when it is not wanted."""
    from drill.cli.exam import Ending, begin, go_on
    from drill.practice import sittings
    from drill.practice.known_questions import remember_setting, setting

    history, end = library.history, Ending(console, None, False)
    today = clock.now().date().isoformat()
    if setting(history, DECLINED) == today:
        return None
    console.print("Tomorrow is the exam.")
    left = sittings.unfinished(history, "exam")
    if left is not None:
        question = "Go on with the mock exam that you left?"
    else:
        paper, questions = mock_paper(library, plan)
        asked = counted(len(paper.items), "question")
        size = f"{asked}, {counted(paper.minutes, 'minute')}"
        question = f"Sit a mock exam now ({size})?"
    if not agreed(f"{question} [Y/n] "):
        remember_setting(history, DECLINED, today)
        console.print()
        return None
    console.print()
    if left is not None:
        return go_on(library.directories, end)
    return begin(paper, paper.minutes, questions, end)


def agreed(question: str) -> bool:
    """Ask whether to do what is proposed."""
    try:
        return input(question).strip().lower() in ("", "y", "yes")
    except EOFError:
        return False


def mock_paper(library: Library, plan: Plan) -> tuple[Paper, tuple[Question, ...]]:
    """Compose a paper over the plan's topics that takes about a day's minutes."""
    from drill.exam import compose
    from drill.library.tickets import random_seed

    there = {known.id for known in plan.asks(library.known())}
    questions = tuple(
        question
        for topic in plan.topics
        if topic in library.topics
        for question in library.open(topic).values()
        if question.id in there
    )
    if not questions:
        raise UsageError(
            "the topics of the plan are gone; end it with drill plan --off"
        )
    each = sum(question.minutes for question in questions) / len(questions)
    count = max(FEWEST, min(MOST, round(plan.minutes / each)))
    return compose(questions, count, random_seed()), questions
