"""Topics as a list, and one topic as its formula sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from drill.screen import theme

if TYPE_CHECKING:
    from drill.bank import Topic
    from drill.topic_index import TopicSummary


def overview(topics: Iterable[TopicSummary]) -> Table:
    """List every topic with the number of its questions."""
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("topic", no_wrap=True)
    table.add_column("about", overflow="fold")
    table.add_column("questions", justify="right")
    for topic in topics:
        table.add_row(topic.id, topic.title, str(topic.questions))
    return table


def sheet(topic: Topic) -> list[RenderableType]:
    """Show one topic: its formulas, its conventions, its questions."""
    pieces: list[RenderableType] = [
        Text(f"{topic.title}  ({topic.id})", theme.STRONG),
        Text(),
    ]
    for head, text in (("", topic.summary), ("Conventions", topic.conventions)):
        if text:
            pieces += [Text(head, theme.STRONG)] if head else []
            pieces += [Text(text.strip()), Text()]
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
