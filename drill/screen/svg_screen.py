"""What a terminal shows, as SVG: the same lines, in the theme's colours."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.style import Style

from drill.screen import theme
from drill.screen.grid import ROLES
from drill.screen.svg import BRACKETS, CHARACTER, LINE, Drawing
from drill.walk import Role

MARGIN = 16
_PIECE = re.compile(f"[{BRACKETS}]|[^{BRACKETS}\\s](?:[^{BRACKETS}]*[^{BRACKETS}\\s])?")
# The first that a style is decides its class.
CLASSES = (
    (theme.GOOD, "good"),
    (theme.BAD, "bad"),
    (theme.HINT, "hint"),
    (ROLES[Role.NOW], "fresh"),
    (theme.QUIET, "quiet"),
    (theme.STRONG, "strong"),
)


def screen_svg(
    title: str, lines: Sequence[RenderableType], width: int, typed: str = ""
) -> str:
    """Draw lines as they stand in a terminal.

    Parameters
    ----------
    title : str
        Said instead of the picture where it cannot be seen.
    lines : sequence of renderable
    width : int
        Of the terminal, in columns.
    typed : str
        A command that stands above, after a ``$``.

    Returns
    -------
    str
        The same bytes each time.
    """
    console = Console(
        file=io.StringIO(),
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        _environ={},
    )
    rows = [
        row
        for line in lines
        for row in console.render_lines(line, pad=False, new_lines=False)
    ]
    words = "\n".join("".join(segment.text for segment in row) for row in rows)
    drawing = Drawing(title, words)
    drawing.width = 2 * MARGIN + width * CHARACTER - MARGIN
    y = MARGIN + LINE * 0.75
    if typed:
        drawing.text(MARGIN, y, f"$ {typed}", "quiet", exact=True)
        y += 1.5 * LINE
    for row in rows:
        x = float(MARGIN)
        for segment in row:
            for place, text in _pieces(segment.text):
                if text in BRACKETS:
                    drawing.bracket(x + place * CHARACTER, y, text)
                else:
                    kind = kind_of(segment.style)
                    drawing.text(x + place * CHARACTER, y, text, kind, exact=True)
            x += len(segment.text) * CHARACTER
        y += LINE
    return drawing.document()


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Split a text at the brackets of matrices, which are drawn; say where each is."""
    for found in _PIECE.finditer(text):
        yield found.start(), found[0]


def kind_of(style: Style | None) -> str:
    """Return the class that draws a style.

    Examples
    --------
    >>> kind_of(Style.parse("red")), kind_of(None)
    ('bad', '')
    """
    if style is None:
        return ""
    for name, kind in CLASSES:
        wanted = Style.parse(name)
        colour = wanted.color is None or wanted.color == style.color
        flags = all(
            getattr(style, flag) or not getattr(wanted, flag)
            for flag in ("bold", "dim")
        )
        if colour and flags:
            return kind
    return ""
