"""Text that goes on under its own first word."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text


@dataclass(frozen=True)
class Hanging:
    """A line with a mark before it; what wraps is indented by the mark's width."""

    mark: str
    text: Text

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Wrap the text beside its mark."""
        room = max(10, options.max_width - len(self.mark))
        for place, line in enumerate(self.text.wrap(console, room)):
            line.rstrip()
            lead = self.mark if place == 0 else " " * len(self.mark)
            yield Text(lead) + line
