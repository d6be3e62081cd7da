"""The road to an exam on a screen: days as bars, topics, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from drill.screen import theme
from drill.screen.hanging import Hanging
from drill.screen.standing import bar, percent
from drill.visible import counted

if TYPE_CHECKING:
    from drill.practice import Plan
    from drill.practice.road import Road, RoadDay

NARROW, WIDE = 60, 77
MOST_DAYS = 14
EASY = 0.7
"""Of the minutes of the plan: a day with less is called easier."""


@dataclass(frozen=True)
class RoadScreen:
    """A plan, the days until its exam, and the score to expect.

    Attributes
    ----------
    bars : bool
        Whether numbers may be drawn as well.
    """

    plan: Plan
    road: Road
    today: date
    bars: bool = True

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw it as wide as there is room."""
        yield Text(headline(self.plan, self.today))
        with_plan = percent(self.road.planned.score)
        yield Text.assemble(
            "Expected on the day: ", (f"{with_plan} with the plan", theme.STRONG),
            f", {percent(self.road.without.score)} without more practice.",
        )  # fmt: skip
        yield Text()
        if any(day.questions for day in self.road.days):
            yield from self._days(options.max_width)
            yield Text()
        yield from self._topics(options.max_width)
        yield Text()
        if self.road.all_met is not None:
            yield Text(f"All topics {met_by(self.road.all_met, self.today)}.")
        yield Text("drill asks what each day has; drill plan --off ends it.")

    def _days(self, width: int) -> Iterator[Text | Table | Hanging]:
        """Draw a line a day: how full it is, and what it begins."""
        most = self.plan.minutes
        # What today had is done, when nothing of it is left.
        days = [d for d in self.road.days if d.questions or d.day != self.today]
        shown, rest = days[:MOST_DAYS], days[MOST_DAYS:]
        if width < NARROW:
            for day in shown:
                drawn = f"{bar(min(1, day.minutes / most))} " if self.bars else ""
                told = amount(day).replace(" minutes", " min")
                yield Hanging(f"{day.day:%a %d}  ", Text(f"{drawn}{told}"))
        else:
            yield self._table(shown, begins=width >= WIDE)
        if rest:
            time = counted(
                round(sum(day.minutes for day in rest) / len(rest)), "minute"
            )
            many = counted(len(rest), "more day")
            yield Text(f"and {many}, about {time} each", theme.QUIET)

    def _table(self, days: Sequence[RoadDay], *, begins: bool) -> Table:
        table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
        table.add_column("day", no_wrap=True)
        if self.bars:
            table.add_column("", no_wrap=True)
        for name in ("min", "questions", "new"):
            table.add_column(name, justify="right", no_wrap=True)
        if begins:
            table.add_column("begins", overflow="fold")
        for day in days:
            table.add_row(
                _date(day.day),
                *([bar(min(1, day.minutes / self.plan.minutes))] if self.bars else []),
                str(round(day.minutes)),
                str(day.questions),
                str(day.new),
                *([Text(", ".join(day.begun), theme.QUIET)] if begins else []),
            )
        return table

    def _topics(self, width: int) -> Iterator[Text | Table | Hanging]:
        """Tell of each topic what was met, or when it is begun."""
        begun = {topic: day.day for day in self.road.days for topic in day.begun}
        pairs = zip(self.road.without.topics, self.road.planned.topics, strict=True)
        rows = []
        for now, then in pairs:
            met = f"{now.met} of {now.questions} met"
            if not now.met:
                when = begun.get(now.topic)
                met = f"from {day_name(when, self.today)}" if when else "to come"
            rows.append((now.topic, met, percent(now.score), percent(then.score)))
        if width < NARROW:
            for topic, met, now_, then_ in rows:
                yield Text(f"{topic}: {now_} → {then_}, {met}")
            return
        table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
        table.add_column("topic", no_wrap=True)
        table.add_column("", no_wrap=True)
        table.add_column("planned", justify="right", no_wrap=True)
        table.add_column("without", justify="right", no_wrap=True)
        for topic, met, now_, then_ in rows:
            table.add_row(topic, met, then_, now_)
        yield table


def headline(plan: Plan, today: date) -> str:
    """Say when the exam is, and what a day costs."""
    left = plan.days_left(today)
    when = f"Exam on {plan.exam:%A, %d %B %Y}: {sleeps(left)}"
    return f"{when}, {plan.minutes:g} minutes a day." if left else f"{when}."


def sleeps(left: int) -> str:
    """Say how many days are left.

    Examples
    --------
    >>> sleeps(9), sleeps(1), sleeps(0)
    ('9 days left', '1 day left', 'today')
    """
    return {0: "today", 1: "1 day left"}.get(left, f"{left} days left")


def amount(day: RoadDay) -> str:
    """Say how much a day has.

    Examples
    --------
    >>> from drill.practice.road import RoadDay
    >>> amount(RoadDay(date(2026, 5, 1), 14, 3, 24.6, ()))
    '25 minutes, 14 questions'
    """
    if not day.questions:
        return "free"
    minutes = max(1, round(day.minutes))
    return (
        f"{minutes} minute{'' if minutes == 1 else 's'},"
        f" {day.questions} question{'' if day.questions == 1 else 's'}"
    )


def day_name(day: date, today: date) -> str:
    """Name a day as one would: by its weekday, while that is not two weeks off.

    Examples
    --------
    >>> [day_name(date(2026, 5, n), date(2026, 5, 1)) for n in (1, 2, 6, 9)]
    ['today', 'tomorrow', 'Wednesday', '09 May']
    """
    away = (day - today).days
    near = {0: "today", 1: "tomorrow"}
    return near.get(away) or (f"{day:%A}" if 0 < away < 7 else f"{day:%d %B}")


def met_by(day: date, today: date) -> str:
    """Say when all topics will have been met."""
    return "are met today" if day == today else f"met by {day_name(day, today)}"


def outlook(road: Road, plan: Plan, today: date) -> str:
    """Say what tomorrow has, and when all topics will have been met.

    Parameters
    ----------
    road : Road
        From tomorrow on.
    plan : Plan
    today : date
    """
    if not road.days:
        return "That was the plan: tomorrow is the exam. Good luck!"
    coming, met = road.days[0], road.all_met
    easier = coming.minutes < EASY * plan.minutes
    told = f"Tomorrow{' is easier:' if easier else ''} {amount(coming)}"
    if met is None:
        return f"{told}; all topics are met."
    if met == coming.day:
        return f"{told}; then all topics are met."
    return f"{told}; all topics met by {day_name(met, today)}."


def _date(day: date) -> str:
    return f"{day:%a %d %b}"
