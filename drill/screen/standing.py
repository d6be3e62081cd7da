"""How a person stands, on a screen: bars and a small map, or a plain table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from drill.screen import theme
from drill.screen.hanging import Hanging
from drill.visible import counted, shown

if TYPE_CHECKING:
    from drill.practice.forecast import Expected, Forecast
    from drill.practice.planning import Step
    from drill.practice.standing import Day, Group, Repeated, Standing

NARROW = 60
BAR = 10
NUMBERS, MET = 44, 7
"""What the columns of numbers take; those of what was met are left out first."""
SHADES = "·░▒▓█"
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@dataclass(frozen=True)
class StandingScreen:
    """Topics, skills, the mistakes made most, and the last days.

    Attributes
    ----------
    bars : bool
        Whether numbers may be drawn as well.
    skills : bool
        Whether the skills of each topic have lines of their own.
    """

    standing: Standing
    bars: bool = True
    skills: bool = False

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw it as wide as there is room."""
        yield Text(headline(self.standing.all))
        yield Text()
        if not self.skills:
            fit = (options.max_width + 1) // 3
            yield from days(self.standing.days[-fit:], bars=self.bars)
            yield Text()
        rows = list(_rows(self.standing, skills=self.skills))
        room = options.max_width - max(len(name) for name, _ in rows) - NUMBERS
        if room < 0:
            yield from (Text(sentence(group)) for _, group in rows)
        else:
            yield _table(rows, bars=self.bars and room > BAR, met=room >= MET)
        if self.standing.mistakes:
            yield Text()
            yield Text("The mistakes you make most", theme.STRONG)
            for mistake in self.standing.mistakes:
                yield from repeated(mistake)


@dataclass(frozen=True)
class ForecastScreen:
    """What is expected on the day, and what to do today."""

    forecast: Forecast
    steps: tuple[Step, ...]
    exam: date
    today: date
    bars: bool = True

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw it as wide as there is room."""
        left = (self.exam - self.today).days
        when = "today" if not left else f"in {counted(left, 'day')}"
        score = f"{percent(self.forecast.score)}"
        day = f"{self.exam:%A, %d %B %Y}"
        yield Text.assemble(
            f"Exam {when}, on {day}: ", (score, theme.STRONG), " expected if you stop"
            " practising now.",
        )  # fmt: skip
        yield Text()
        if options.max_width < NARROW:
            yield from (Text(expectation(one)) for one in self.forecast.topics)
        else:
            yield expectations(self.forecast.topics, bars=self.bars)
        yield Text()
        if not self.steps:
            yield Text("Nothing that you could do today would change it by much.")
            return
        minutes = round(sum(step.minutes for step in self.steps))
        gain = sum(step.gain for step in self.steps)
        yield Text(
            f"In {minutes} minutes today you raise it most, by about"
            f" {100 * gain:.1f} points, with:"
        )
        for step in self.steps:
            yield Hanging("  ", Text(advice(step)))


def headline(group: Group) -> str:
    """Say the whole in one line."""
    right = share(group.first, group.answered)
    answers = "1 answer" if group.answered == 1 else f"{group.answered:,} answers"
    return f"{answers}, {right} right at the first try, in {spent(group.seconds)}."


def days(found: Sequence[Day], *, bars: bool) -> list[Text]:
    """Draw the last days: a shade and a number each."""
    names = " ".join(f"{WEEKDAYS[day.day.weekday()]:>2}" for day in found)
    counts = " ".join(f"{_short(day.answered):>2}" for day in found)
    practised = sum(day.answered > 0 for day in found)
    lines = [
        Text(f"Practised on {practised} of the last {len(found)} days"),
        Text(names, theme.QUIET),
        Text(counts),
    ]
    if bars:
        most = max(day.answered for day in found) or 1
        shades = Text(" ").join(
            Text(2 * _shade(day.answered, most), theme.GOOD if day.answered else "")
            for day in found
        )
        lines.insert(2, shades)
    return lines


def _shade(count: int, most: int) -> str:
    return SHADES[0 if not count else 1 + round(3 * count / most)]


def _short(count: int) -> str:
    return str(count) if count < 100 else "99"


def repeated(mistake: Repeated) -> list[Text | Hanging]:
    """Tell one mistake, where it was made the last time, and how to practise it."""
    say = shown(mistake.say or mistake.name, 400)
    mark = f"{mistake.times:>4} × "
    last = f"last {mistake.day:%d %b}: drill show {shown(mistake.ticket, 100)}"
    again = f"again: drill quiz --mistake {shown(mistake.name, 64)}"
    lines: list[Text | Hanging] = [
        Hanging(mark, Text(say)),
        Hanging(" " * len(mark), Text(last, theme.QUIET)),
    ]
    # An option that was wrongly marked has no name to ask for.
    if mistake.name.isidentifier():
        lines.append(Hanging(" " * len(mark), Text(again, theme.QUIET)))
    return lines


def sentence(group: Group) -> str:
    """Tell one topic, or one skill, in words."""
    memory = "" if group.memory is None else f", memory {percent(group.memory)}"
    return (
        f"{group.name}: {group.answered} answered,"
        f" {share(group.first, group.answered)} right at the first try{memory},"
        f" {group.due} due, {spent(group.seconds)}"
    )


def advice(step: Step) -> str:
    """Say what to type, and what it brings."""
    fresh = step.new == step.questions
    new = "" if fresh or not step.new else f", {step.new} of them new"
    option = " --new" if fresh else ""
    return (
        f"drill quiz {step.topic}{option} -n {step.questions}"
        f"   {max(1, round(step.minutes))} min, +{100 * step.gain:.1f}{new}"
    )


def percent(value: float) -> str:
    """Write a share.

    Examples
    --------
    >>> percent(0.817)
    '82 %'
    """
    return f"{round(100 * value)} %"


def share(part: int, whole: int) -> str:
    """Write how much a part is of a whole; nothing of nothing is a dash."""
    return percent(part / whole) if whole else "–"


def spent(seconds: float) -> str:
    """Write how long something took.

    Examples
    --------
    >>> spent(40), spent(600), spent(7500)
    ('1 min', '10 min', '2 h 05 min')
    """
    minutes = max(1, round(seconds / 60)) if seconds else 0
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def hours(seconds: float) -> str:
    """Write how long something took, in a column.

    Examples
    --------
    >>> hours(600), hours(7500)
    ('10 min', '2.1 h')
    """
    return spent(seconds) if seconds < 3570 else f"{seconds / 3600:.1f} h"


def bar(value: float) -> str:
    """Draw a share.

    Examples
    --------
    >>> bar(0.42)
    '████░░░░░░'
    """
    full = round(BAR * value)
    return "█" * full + "░" * (BAR - full)


def _rows(standing: Standing, *, skills: bool) -> list[tuple[str, Group]]:
    rows = []
    for topic in standing.topics:
        rows.append((topic.name, topic))
        if skills:
            rows += [(f"  {skill.name}", skill) for skill in topic.skills]
    if len(standing.topics) > 1:
        rows.append((standing.all.name, standing.all))
    return rows


def _table(rows: Sequence[tuple[str, Group]], *, bars: bool, met: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("topic", no_wrap=True)
    for name in ("answered", "1st try"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("memory now", no_wrap=True)
    for name in (*(["met"] if met else []), "due", "time"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, group in rows:
        memory = "–" if group.memory is None else f"{percent(group.memory):>5}"
        if bars and group.memory is not None:
            memory = f"{bar(group.memory)} {memory}"
        table.add_row(
            name,
            str(group.answered),
            share(group.first, group.answered),
            memory,
            *([f"{group.met}/{group.questions}"] if met else []),
            str(group.due),
            hours(group.seconds),
            style=theme.QUIET if name.startswith(" ") else "",
        )
    return table


def expectation(one: Expected) -> str:
    """Tell what is expected of one topic in words."""
    return (
        f"{one.topic}: {percent(one.score)} expected, {one.met} of"
        f" {one.questions} questions met"
    )


def expectations(topics: Sequence[Expected], *, bars: bool) -> Table:
    """Draw what is expected of each topic."""
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("topic", no_wrap=True)
    table.add_column("expected", no_wrap=True)
    table.add_column("met", justify="right", no_wrap=True)
    for one in topics:
        drawn = f"{bar(one.score)} " if bars else ""
        score = f"{drawn}{percent(one.score):>5}"
        table.add_row(one.topic, score, f"{one.met}/{one.questions}")
    return table
