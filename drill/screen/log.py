"""The log of attempts, a line each, or two where it is narrow."""

from __future__ import annotations

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
        if options.max_width < WIDE:
            for attempt in self.attempts:
                yield from _lines(attempt)
        else:
            yield _table(self.attempts)
        yield Text(LEGEND, theme.QUIET)


def _lines(attempt: Attempt) -> list[Text]:
    sign, style = SIGNS[attempt.outcome]
    head = Text(f"{sign} ", style)
    head.append(f"{attempt.day:%d %b} {_ticket(attempt)}")
    told = _told(attempt)
    return [head, Text(f"  {told}", theme.QUIET)] if told else [head]


def _table(attempts: tuple[Attempt, ...]) -> Table:
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
            f"{attempt.day:%d %b}",
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
    typed = " / ".join(attempt.replies[0].typed.strip().split("\n"))
    told = shown(typed if len(typed) <= 40 else f"{typed[:39]}…", 60)
    named = f": {attempt.mistakes[0].name}" if attempt.mistakes else ""
    return told + shown(named, 60)
