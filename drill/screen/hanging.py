"""Lines that wrap well: under their first word, and with their formulas whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.cells import cell_len
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


# One cell wide and no space: rich breaks lines at no-break spaces, too.
_GLUE = "\ue000"
_LONGEST = 30
# Not compiled here: the first prompt shows no formula sheet.
_OPERATION = r"\S+(?: [-−+·∗*/×=<>≤≥] \S+)+"


@dataclass(frozen=True)
class Flowing:
    """A formula sheet: its lines flow to the width, and short formulas stay whole."""

    text: str

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Wrap each line; what goes on is indented."""
        for line in self.text.split("\n"):
            if cell_len(line) <= options.max_width:
                yield Text(line)
                continue
            whole = re.sub(_OPERATION, _glued, line)
            for place, part in enumerate(
                Text(whole).wrap(console, max(10, options.max_width - 2))
            ):
                plain = part.plain.rstrip().replace(_GLUE, " ")
                yield Text("  " * (place > 0) + plain)


def _glued(found: re.Match[str]) -> str:
    formula = found[0]
    return formula.replace(" ", _GLUE) if len(formula) <= _LONGEST else formula
