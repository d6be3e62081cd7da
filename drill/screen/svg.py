"""SVG documents: text in one width and rectangles, nothing from the network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from drill.screen import theme
from drill.visible import shown

FONT = (
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono',"
    " 'Liberation Mono', monospace"
)
SIZE, CHARACTER, LINE = 14, 8.4, 20
"""Of the letters: their size, the width of each, and from line to line."""
BRACKETS = "⎡⎢⎣⎤⎥⎦"
"""The pieces of a matrix's brackets: no two fonts give them one width."""
HOOK = 4
_LONGEST = 4000


def style(colours: Mapping[str, str]) -> str:
    """Write the classes of one set of colours."""
    rules = [
        f".paper{{fill:{colours['paper']}}}",
        f".cell{{fill:none;stroke:{colours['line']}}}",
        f".bracket{{fill:none;stroke:{colours['ink']};stroke-width:1.4}}",
        f".padding{{fill:none;stroke:{colours['quiet']};stroke-dasharray:2 3}}",
    ]
    for name in ("window", "winner", "now", "wrong"):
        fill, stroke = colours[f"{name}-fill"], colours[name]
        rules.append(f".{name}{{fill:{fill};stroke:{stroke};stroke-width:2.5}}")
    rules.append("text{fill:%s}" % colours["ink"])  # noqa: UP031 - braces of CSS
    for name, key in (
        ("quiet", "quiet"),
        ("chosen", "winner-ink"),
        ("good", "good"),
        ("bad", "wrong"),
        ("hint", "hint"),
        ("fresh", "now"),
        ("seen", "window"),
    ):
        rules.append(f".{name}{{fill:{colours[key]}}}")
    return "".join(rules)


@dataclass
class Drawing:
    """A picture that grows by texts and rectangles; `document` writes it out."""

    title: str
    description: str
    parts: list[str] = field(default_factory=list)
    width: float = 0
    height: float = 0

    def rectangle(
        self, x: float, y: float, width: float, height: float, kind: str
    ) -> None:
        """Add a rectangle of a class."""
        self.parts.append(
            f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}"'
            f' height="{height:g}" rx="3"/>'
        )
        self._reach(x + width, y + height)

    def bracket(self, x: float, y: float, piece: str) -> None:
        """Draw one of `BRACKETS` where it would stand on the base line `y`.

        Its line reaches from row to row, whatever font there is.
        """
        top, bottom = y - LINE * 0.75, y + LINE * 0.25
        at = x + CHARACTER / 2
        turn = HOOK if piece in BRACKETS[:3] else -HOOK
        start = (
            f"{at + turn:g} {top + 1:g}H{at:g}" if piece in "⎡⎤" else f"{at:g} {top:g}"
        )
        end = f"V{bottom - 1:g}H{at + turn:g}" if piece in "⎣⎦" else f"V{bottom:g}"
        self.parts.append(f'<path class="bracket" d="M{start}{end}"/>')
        self._reach(x + CHARACTER, bottom)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        kind: str = "",
        *,
        middle: bool = False,
        exact: bool = False,
    ) -> None:
        """Add one line of text, whose base line is `y`.

        With `exact` the text takes the width that its characters have in a terminal,
        whatever font there is.
        """
        words = shown(words, _LONGEST)
        width = len(words) * CHARACTER
        given = f' class="{kind}"' if kind else ""
        given += ' text-anchor="middle"' if middle else ""
        given += f' textLength="{width:g}"' if exact and words.strip() else ""
        self.parts.append(f'<text x="{x:g}" y="{y:g}"{given}>{escape(words)}</text>')
        self._reach(x + (width / 2 if middle else width), y + LINE / 3)

    def document(self, margin: float = 16) -> str:
        """Write the whole picture; the same picture gives the same bytes."""
        width, height = round(self.width + margin), round(self.height + margin)
        title = shown(self.title, _LONGEST)
        said = shown(self.description, _LONGEST)
        light, dark = style(theme.LIGHT), style(theme.DARK)
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}"'
            f' height="{height}" viewBox="0 0 {width} {height}" role="img"'
            f" aria-label={quoteattr(title)}>",
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(said)}</desc>",
            "<style>",
            f"text{{font:{SIZE}px {FONT};white-space:pre}}.strong{{font-weight:bold}}",
            light,
            f"@media (prefers-color-scheme:dark){{{dark}}}",
            "</style>",
            f'<rect class="paper" width="{width}" height="{height}" rx="6"/>',
            *self.parts,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"

    def _reach(self, x: float, y: float) -> None:
        self.width, self.height = max(self.width, x), max(self.height, y)


def folded(words: str, width: float) -> Iterable[str]:
    """Break a sentence into lines of at most `width`."""
    from textwrap import wrap

    return wrap(words, max(20, int(width / CHARACTER)))
