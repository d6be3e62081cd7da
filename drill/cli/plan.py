"""drill plan: the road to the day of the exam."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drill import clock
from drill.cli.options import Day, Whole, bank_option, topics_argument
from drill.errors import UsageError

if TYPE_CHECKING:
    from drill.library.cards import Library
    from drill.practice import History, Plan
    from drill.practice.road import Road

NONE = "There is no plan. Make one with: drill plan --exam-date YYYY-MM-DD"
DEFAULT_MINUTES = 30
LONGEST = 366


@click.command(name="plan", short_help="Plan the days until an exam, and see the road.")
@topics_argument
@click.option(
    "--exam-date",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The day of the exam.",
)
@click.option(
    "--minutes",
    type=Whole(5, 600),
    metavar="N",
    help=f"How much time a day has (default: {DEFAULT_MINUTES}).",
)
@click.option("--off", is_flag=True, help="End the plan.")
@click.option("--plain", is_flag=True, help="Without bars.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@bank_option
def command(
    topics: tuple[str, ...],
    exam_date: datetime | None,
    minutes: int | None,
    off: bool,
    plain: bool,
    as_json: bool,
    bank: tuple[Path, ...],
) -> int:
    """Plan the days until an exam, once; then `drill` asks each day what helps most.

    TOPIC are those of the exam; without any, all. Alone it shows the road: the days
    that are left, what they hold, and the score to expect. Days that you miss are
    planned anew. After the exam the plan ends by itself.

    \b
    Example:
      drill plan --exam-date 2026-12-10 --minutes 30 cnn-sizes max-pool
      drill plan
      drill plan --minutes 20
      drill plan --off
    """
    from drill.cli.recording import open_history
    from drill.library.cards import Library
    from drill.locate import bank_directories
    from drill.practice import has_history, plans

    changes = bool(topics or exam_date or minutes)
    if off and changes:
        raise UsageError("--off ends the plan: leave the rest out")
    today = clock.now().date()
    if exam_date is not None and exam_date.date() <= today:
        raise UsageError(f"{exam_date:%Y-%m-%d} is too late to plan: name a later day")
    if exam_date is not None and (exam_date.date() - today).days > LONGEST:
        raise UsageError(f"{exam_date:%Y-%m-%d} is too far away: plan the last year")
    if exam_date is None and not has_history():
        click.echo(NONE)
        return 1
    with open_history() as history:
        before = plans.current(history, today)
        if off or (exam_date is None and before is None):
            return ended(history, before, changes=changes)
        library = Library(history, bank_directories(bank), clock.now)
        if changes:
            plan = planned(library, before, topics, exam_date, minutes)
            plans.keep(history, plan, clock.now())
        else:
            assert before is not None
            plan = before
            library.know(plan)
        show(history, plan, plain=plain, as_json=as_json)
    return 0


def ended(history: History, before: Plan | None, *, changes: bool) -> int:
    """End the plan that there is, or say that there is none."""
    from drill.practice import plans

    if before is None:
        if changes:
            raise UsageError("there is no plan to change: add --exam-date YYYY-MM-DD")
        over = farewell(history)
        click.echo(over or NONE)
        return 0 if over else 1
    plans.keep(history, None, clock.now())
    click.echo("The plan is off. What you answered stays, and comes back as it is due.")
    return 0


def farewell(history: History) -> str | None:
    """End a plan whose exam is over; return what is to be said of it, once."""
    from drill.practice import plans

    plan = plans.plan_of(plans.kept(history))
    if plan is None or plan.days_left(clock.now().date()) >= 0:
        return None
    plans.keep(history, None, clock.now())
    return (
        f"The exam of {plan.exam:%A, %d %B} is over, and the plan with it. What you"
        " learnt stays, and comes back as it is due."
    )


def planned(
    library: Library,
    before: Plan | None,
    topics: tuple[str, ...],
    exam_date: datetime | None,
    minutes: int | None,
) -> Plan:
    """Make a plan, or change the one before; its topics are opened, to be counted."""
    from drill.bank import load_bank
    from drill.practice import Plan

    named = tuple(load_bank(library.directories, topics).topics) if topics else ()
    wanted = named or (before.topics if before else ())
    wanted = wanted or tuple(library.topics)
    for topic in wanted:
        library.open(topic)
    exam = exam_date.date() if exam_date else before.exam if before else None
    assert exam is not None
    time = minutes or (before.minutes if before else DEFAULT_MINUTES)
    return Plan(exam, time, wanted)


def look_ahead(history: History, plan: Plan, *, from_tomorrow: bool = False) -> Road:
    """Return the road of a plan from now on."""
    from datetime import timedelta

    from drill.practice import plans
    from drill.practice.known_questions import known
    from drill.practice.picking import missed
    from drill.practice.road import road

    now = clock.now()
    pace = plans.pace(history, now.date())
    questions, memories = plan.asks(known(history)), history.memories()
    if from_tomorrow:
        return road(plan, questions, memories, now + timedelta(days=1), pace=pace)
    over = plans.spent(history, plan, now.date(), pace)
    return road(plan, questions, memories, now, over, missed(history), pace)


def show(history: History, plan: Plan, *, plain: bool, as_json: bool) -> None:
    """Show the road."""
    from drill.cli.terminal import make_console, plain_wanted

    road = look_ahead(history, plan)
    if as_json:
        import json

        click.echo(json.dumps(data(plan, road)))
        return
    from drill.screen.road import RoadScreen

    bars = not plain_wanted(flag=plain)
    make_console().print(RoadScreen(plan, road, clock.now().date(), bars))


def data(plan: Plan, road: Road) -> dict[str, Any]:
    """Return a road as JSON has it; minutes, and shares from 0 to 1."""
    from dataclasses import asdict

    return {
        "version": 1,
        "exam": plan.exam.isoformat(),
        "minutes": plan.minutes,
        "topics": list(plan.topics),
        "days_left": plan.days_left(clock.now().date()),
        "days": [{**asdict(day), "day": day.day.isoformat()} for day in road.days],
        "planned": asdict(road.planned),
        "without": asdict(road.without),
    }
