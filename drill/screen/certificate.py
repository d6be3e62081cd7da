"""The self-test's findings and its table."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from drill.screen import theme
from drill.selftest import Finding, Record
from drill.visible import shown


def finding(found: Finding) -> list[Text]:
    """Say what was found, and how to see it again."""
    place = f"{found.file}:{found.line}"
    head = Text(f"{found.rule}: ", theme.BAD)
    head.append(f"{found.ticket or found.question}: {shown(found.message, 500)}")
    return [head, Text(f"  {place}", theme.QUIET)]


def certificate(records: list[Record]) -> Table:
    """Show, for each question, what its draws cost and how many differ."""
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("question", overflow="fold")
    for name in ("drawn", "distinct", "tries", "mistakes", "findings"):
        table.add_column(name, justify="right")
    for record in records:
        tries = record.tries / record.instances if record.instances else 0.0
        table.add_row(
            record.question,
            str(record.instances),
            str(record.distinct),
            f"{tries:.2f}",
            str(sum(1 for count in record.met.values() if count)),
            Text(str(len(record.findings)), theme.BAD if record.findings else ""),
        )
    return table


def verdict(records: list[Record], seconds: float) -> Text:
    """Say in one line how the self-test ended."""
    findings = sum(len(record.findings) for record in records)
    instances = sum(record.instances for record in records)
    what = f"{len(records)} questions, {instances} instances, {seconds:.1f} s"
    if findings:
        return Text(f"{findings} findings: {what}", theme.BAD)
    return Text(f"Nothing found: {what}", theme.GOOD)
