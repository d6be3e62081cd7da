"""The end of a quiz: a table by topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from drill.screen import theme

NARROW = 60


@dataclass(frozen=True)
class Tally:
    """How one topic went, counted in things asked."""

    topic: str
    asked: int
    right: int
    later: int
    skipped: int

    @property
    def wrong(self) -> int:
        """Answered, and not right in the end."""
        return self.asked - self.right - self.later - self.skipped


def tally(outcomes: Iterable[tuple[str, str]]) -> list[Tally]:
    """Count outcomes by topic.

    Parameters
    ----------
    outcomes : iterable of (topic, outcome)

    Examples
    --------
    >>> tally([("relu", "right"), ("relu", "skipped")])
    [Tally(topic='relu', asked=2, right=1, later=0, skipped=1)]
    """
    by_topic: dict[str, list[str]] = {}
    for topic, outcome in outcomes:
        by_topic.setdefault(topic, []).append(outcome)
    return [
        Tally(
            topic,
            len(found),
            found.count("right"),
            found.count("right later"),
            found.count("skipped") + found.count("unread"),
        )
        for topic, found in by_topic.items()
    ]


@dataclass(frozen=True)
class Summary:
    """How each topic went: a table, or sentences where it is narrow."""

    rows: tuple[Tally, ...]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Choose by the width there is."""
        if not self.rows:
            yield Text("Nothing was answered.")
        elif options.max_width < NARROW:
            yield from (_sentence(row) for row in self.rows)
        else:
            yield _table(self.rows)


def _sentence(row: Tally) -> Text:
    return Text(
        f"{row.topic}: {row.asked} asked, {row.right} right, {row.later} at the"
        f" second try, {row.wrong} wrong, {row.skipped} skipped"
    )


def _table(rows: tuple[Tally, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("topic", no_wrap=True)
    for name in ("asked", "right", "2nd try", "wrong", "skipped"):
        table.add_column(name, justify="right", no_wrap=True)
    total = Tally("all", *(sum(getattr(row, f) for row in rows) for f in _COUNTS))
    for row in (*rows, total) if len(rows) > 1 else rows:
        counts = (row.asked, row.right, row.later, row.wrong, row.skipped)
        table.add_row(row.topic, *map(str, counts))
    return table


_COUNTS = ("asked", "right", "later", "skipped")
