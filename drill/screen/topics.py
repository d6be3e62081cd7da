"""Topics as a list, and one topic as its formula sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
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
        if options.max_width < NARROW:
            for group, topics in groups.items():
                if len(groups) > 1:
                    yield Text(f"\n{group or OTHER}", theme.STRONG)
                for topic in topics:
                    yield from self._lines(topic)
            return
        columns = ("questions", "met", "memory")[: 3 if self.begun else 1]
        indent = "  " if len(groups) > 1 else ""
        longest = max(len(indent + topic.id) for topic in self.topics)
        room = options.max_width - longest - sum(len(name) + 2 for name in columns) - 2
        table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
        table.add_column("topic", no_wrap=True, min_width=longest)
        table.add_column("about", no_wrap=True, max_width=room)
        for name in columns:
            table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
        for group, topics in groups.items():
            if len(groups) > 1:
                table.add_row(Text(group or OTHER, theme.STRONG))
            for topic in topics:
                stands = self._far(topic)[: len(columns) - 1]
                about = Text(topic.title)
                about.truncate(room, overflow="ellipsis")
                count = str(topic.questions)
                table.add_row(f"{indent}{topic.id}", about, count, *stands)
        yield table

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
