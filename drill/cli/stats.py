"""drill stats: how you stand, and what an exam would bring."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from drill.cli.options import Day, complete_topics
from drill.errors import UsageError
from drill.visible import shown

if TYPE_CHECKING:
    from drill.practice import History
    from drill.practice.forecast import Forecast
    from drill.practice.planning import Step
    from drill.practice.standing import Standing


@click.command(name="stats", short_help="Show how you stand, and what you get wrong.")
@click.argument("topics", nargs=-1, shell_complete=complete_topics)
@click.option(
    "--exam-date",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="Expect the score on that day, and say what raises it most today.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(1, 600),
    default=30,
    show_default=True,
    help="With --exam-date: how much time you have today.",
)
@click.option("--plain", is_flag=True, help="Tables without bars.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(
    topics: tuple[str, ...],
    exam_date: datetime | None,
    minutes: float,
    plain: bool,
    as_json: bool,
) -> None:
    """Show how you stand: by topic, and by skill when you name topics.

    Memory is how likely you answer a question that you have met right now, on
    average. The last days, and the mistakes you make most, come with it.

    \b
    Example:
      drill stats
      drill stats cnn-sizes max-pool
      drill stats --exam-date 2026-12-10
    """
    from drill import clock
    from drill.cli.recording import open_history
    from drill.cli.terminal import make_console, plain_wanted
    from drill.practice import has_history

    now = clock.now()
    if exam_date is not None and exam_date.date() < now.date():
        raise UsageError(f"{exam_date:%Y-%m-%d} is over: name a day to come")
    if not has_history():
        nothing(as_json=as_json)
        return
    bars = not plain_wanted(flag=plain)
    with open_history() as history:
        if exam_date is not None:
            exam = now.replace(
                year=exam_date.year, month=exam_date.month, day=exam_date.day
            )
            expected, found = expect(history, topics, now, exam, minutes)
            if as_json:
                write_json(forecast_data(expected, found, exam))
                return
            from drill.screen.standing import ForecastScreen

            screen = ForecastScreen(expected, found, exam.date(), now.date(), bars)
            make_console().print(screen)
            return
        from drill.practice.standing import standing

        stands = standing(history, now)
        if topics:
            known = {group.name for group in stands.topics}
            stands = standing(history, now, begun(topics, known))
    if as_json:
        write_json(standing_data(stands))
    elif not stands.all.answered:
        nothing(as_json=False)
    else:
        from drill.screen.standing import StandingScreen

        make_console().print(StandingScreen(stands, bars, bool(topics)))


def expect(
    history: History,
    topics: tuple[str, ...],
    now: datetime,
    exam: datetime,
    minutes: float,
) -> tuple[Forecast, tuple[Step, ...]]:
    """Forecast the named topics; without names those that were begun."""
    from drill.practice.forecast import forecast
    from drill.practice.known_questions import known
    from drill.practice.picking import missed
    from drill.practice.planning import steps

    questions = known(history)
    memories = history.memories()
    met = {memory.topic for memory in memories.values()}
    if not topics and not met:
        raise UsageError(
            "nothing was answered yet, so nothing can be expected; start with: drill"
        )
    wanted = set(begun(topics, {question.topic for question in questions})) or met
    asked = [question for question in questions if question.topic in wanted]
    today = steps(asked, memories, now, exam, minutes, missed(history))
    return forecast(asked, memories, exam), today


def begun(names: tuple[str, ...], there: set[str]) -> tuple[str, ...]:
    """Return the topics that names stand for, of which the history has something.

    Raises
    ------
    UsageError
        When it has nothing of a topic, or of a whole group.
    """
    found: dict[str, None] = {}
    for name in names:
        topics = [name] if name in there else sorted(there & members(name))
        if not topics:
            known = f"; you began {', '.join(sorted(there))}" if there else ""
            raise UsageError(f"nothing was answered in '{shown(name, 64)}' yet{known}")
        found |= dict.fromkeys(topics)
    return tuple(found)


def members(group: str) -> set[str]:
    """Return the topics of a group in the banks that are always used."""
    from drill.locate import bank_directories, listed
    from drill.topic_index import index

    directories = bank_directories(listed())
    summaries = index(directories)
    if summaries is not None:
        return {topic.id for topic in summaries if topic.group == group}
    from drill.bank import load_bank

    return set(load_bank(directories).groups.get(group, ()))


def nothing(*, as_json: bool) -> None:
    """Say that there is nothing to tell yet."""
    if as_json:
        write_json({"version": 1, "answered": 0, "topics": [], "mistakes": []})
        return
    click.echo("Nothing was answered yet. Start with: drill")


def write_json(data: dict[str, Any]) -> None:
    """Write one JSON object."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False))


def standing_data(found: Standing) -> dict[str, Any]:
    """Return a standing as JSON has it; seconds, and shares from 0 to 1."""
    from dataclasses import asdict

    whole = asdict(found.all)
    del whole["skills"], whole["name"]
    return {
        "version": 1,
        **whole,
        "topics": [asdict(topic) for topic in found.topics],
        "mistakes": [
            {**asdict(one), "day": one.day.isoformat()} for one in found.mistakes
        ],
        "days": [{**asdict(one), "day": one.day.isoformat()} for one in found.days],
    }


def forecast_data(
    expected: Forecast, steps: tuple[Step, ...], exam: datetime
) -> dict[str, Any]:
    """Return a forecast as JSON has it."""
    from dataclasses import asdict

    return {
        "version": 1,
        "exam": exam.date().isoformat(),
        **asdict(expected),
        "steps": [asdict(step) for step in steps],
    }
