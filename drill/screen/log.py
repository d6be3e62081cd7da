"""The log of attempts, a line each, or two where it is narrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from drill.screen import theme
from drill.visible import shown

if TYPE_CHECKING:
    from drill.practice import Attempt

WIDE = 84
SIGNS = {
    "right": ("✓", theme.GOOD),
    "right later": ("2", theme.HINT),
    "wrong": ("✗", theme.BAD),
    "gave up": ("?", theme.BAD),
    "skipped": ("–", theme.QUIET),
}
LEGEND = "✓ right, 2 at the second try, ✗ wrong, ? gave up, – skipped"


@dataclass(frozen=True)
class Log:
    """Attempts, the oldest first."""

    attempts: tuple[Attempt, ...]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw a table, or two lines each."""
        years = {attempt.day.year for attempt in self.attempts}
        form = "%d %b %Y" if len(years) > 1 else "%d %b"
        if options.max_width < WIDE:
            for attempt in self.attempts:
                yield from _lines(attempt, form, console, options.max_width)
        else:
            yield _table(self.attempts, form)
        yield Text(LEGEND, theme.QUIET)


def _lines(attempt: Attempt, form: str, console: Console, width: int) -> Iterator[Text]:
    """Yield an attempt's lines; what wraps is indented beneath the sign."""
    sign, style = SIGNS[attempt.outcome]
    lead = Text(f"{sign} ", style)
    for text in (
        Text(f"{attempt.day:{form}} {_ticket(attempt)}"),
        Text(_told(attempt), theme.QUIET),
    ):
        if not text:
            continue
        for line in text.wrap(console, max(10, width - 2)):
            line.rstrip()
            yield lead + line
            lead = Text("  ")


def _table(attempts: tuple[Attempt, ...], form: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for attempt in attempts:
        sign, style = SIGNS[attempt.outcome]
        table.add_row(
            Text(sign, style),
            f"{attempt.day:{form}}",
            _ticket(attempt),
            f"{attempt.ms / 1000:.0f} s",
            Text(_told(attempt), theme.QUIET),
        )
    return table


def _ticket(attempt: Attempt) -> str:
    part = f" part {attempt.part + 1}" if attempt.parts > 1 else ""
    return shown(attempt.ticket, 90) + part


def _told(attempt: Attempt) -> str:
    """Return the first answer and its mistake, in a line."""
    if not attempt.replies:
        return ""
    typed = " / ".join(line.strip() for line in attempt.replies[0].typed.split("\n"))
    told = shown(typed if len(typed) <= 40 else f"{typed[:39]}…", 60)
    named = f": {attempt.mistakes[0].name}" if attempt.mistakes else ""
    return told + shown(named, 60)
