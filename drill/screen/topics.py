"""Topics as a list, and one topic as its formula sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from drill.screen import theme
from drill.screen.hanging import Flowing, Hanging
from drill.screen.standing import percent
from drill.topic_index import by_group
from drill.visible import counted

if TYPE_CHECKING:
    from drill.bank import Topic
    from drill.practice.standing import Group
    from drill.topic_index import TopicSummary

NARROW = 60
GAP = 2
HEADS = ("topic", "about", "questions", "met", "memory")
STRONG = Style.parse(theme.STRONG)
OTHER = "other"
"""What the topics without a group are listed under."""


@dataclass(frozen=True)
class Overview:
    """Every topic with the number of its questions, and how far one is in it.

    Attributes
    ----------
    topics : sequence of TopicSummary
    begun : mapping
        The standing in each topic that was begun; none without a history.
    """

    topics: Sequence[TopicSummary]
    begun: Mapping[str, Group]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw a table, or where it is narrow two lines a topic."""
        groups = by_group(self.topics)
        indent = "  " if len(groups) > 1 else ""
        heads = HEADS[: None if self.begun else 3]
        rows = {
            group: [self._cells(indent, topic, len(heads)) for topic in topics]
            for group, topics in groups.items()
        }
        everything = [heads, *(cells for found in rows.values() for cells in found)]
        widths = [
            max(map(cell_len, column)) for column in zip(*everything, strict=True)
        ]
        room = options.max_width - sum(widths) + widths[1] - GAP * (len(widths) - 1)
        if options.max_width < NARROW or room < len("about"):
            for group, topics in groups.items():
                if len(groups) > 1:
                    yield Text(f"\n{group or OTHER}", theme.STRONG)
                for topic in topics:
                    yield from self._lines(topic)
            return
        widths[1] = min(widths[1], room)
        yield _row(heads, widths, STRONG)
        for group, found in rows.items():
            if len(groups) > 1:
                yield Segment(f"{group or OTHER}\n", STRONG)
            # Not as a table of rich's: ten thousand topics would take seconds.
            for cells in found:
                yield _row(cells, widths)

    def _cells(self, indent: str, topic: TopicSummary, number: int) -> tuple[str, ...]:
        known = (f"{indent}{topic.id}", topic.title, str(topic.questions))
        return (*known, *self._far(topic))[:number]

    def _lines(self, topic: TopicSummary) -> Iterator[RenderableType]:
        count = counted(topic.questions, "question")
        met, memory = self._far(topic)
        far = f", {met} met, memory {memory}" if met else ""
        yield Hanging("", Text(f"{topic.id}: {count}{far}"))
        yield Hanging("  ", Text(topic.title, theme.QUIET))

    def _far(self, topic: TopicSummary) -> tuple[str, ...]:
        group = self.begun.get(topic.id)
        if group is None or group.memory is None:
            return "", ""
        return str(min(group.met, topic.questions)), percent(group.memory)


def _row(
    cells: Sequence[str], widths: Sequence[int], style: Style | None = None
) -> Segment:
    """Write a row: its texts to the left, its numbers to the right."""
    name, about, *numbers = cells
    if cell_len(about) > widths[1]:
        about = set_cell_size(about, widths[1] - 1) + "…"
    left = [set_cell_size(name, widths[0]), set_cell_size(about, widths[1])]
    right = [one.rjust(width) for one, width in zip(numbers, widths[2:], strict=True)]
    return Segment((" " * GAP).join((*left, *right)) + "\n", style)


def sheet(topic: Topic) -> list[RenderableType]:
    """Show one topic: its formulas, its conventions, its questions."""
    pieces: list[RenderableType] = [
        Text(f"{topic.title}  ({topic.id})", theme.STRONG),
        Text(),
    ]
    for head, text in (("", topic.summary), ("Conventions", topic.conventions)):
        if text:
            pieces += [Text(head, theme.STRONG)] if head else []
            pieces += [Flowing(text.strip()), Text()]
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("question", overflow="fold")
    table.add_column("answer", no_wrap=True)
    table.add_column("level", justify="right")
    table.add_column("min", justify="right")
    for question in topic.questions:
        kinds = ", ".join(dict.fromkeys(p.answer.kind for p in question.parts))
        parts = len(question.parts)
        kind = f"{parts} parts" if parts > 1 else kinds
        table.add_row(question.id, kind, str(question.level), f"{question.minutes:g}")
    return [*pieces, table]
