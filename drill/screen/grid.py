"""Grids of cells: aligned, marked by signs as well as by colour, never cropped.

What does not fit is split by columns; what is too large shows its corners and the
marked cells, and a line beneath says what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from rich.text import Text

from drill.screen import theme
from drill.walk import Role

MOST = 12
"""Rows or columns that are all shown; of more, only some are."""
FEW = (8, 7, 6, 5, 4)
"""About how many are shown of more, the first of these numbers that fits."""
CORNER, MARKED = 2, 6
GAP = 3
"""Columns between grids that stand side by side."""
SKIP = " … "
SIGNS = {
    Role.WINDOW: ("[", "", "]"),
    Role.WINNER: ("[", "*", "]"),
    Role.NOW: (">", "", ""),
    Role.WRONG: ("", "!", ""),
    Role.PADDING: ("", "", ""),
}
"""What stands before a marked entry, after it, and at the end of its place."""
ROLES = {
    Role.WINDOW: "cyan",
    Role.WINNER: "bold cyan",
    Role.PADDING: theme.QUIET,
    Role.NOW: "bold magenta",
    Role.WRONG: theme.BAD,
}
"""The style of each."""
_FIRST = (Role.NOW, Role.WINNER, Role.WRONG, Role.WINDOW)


class Layout(Struct, frozen=True):
    """How wide a grid's columns are, and which signs have a place beside entries.

    Attributes
    ----------
    widths : tuple of int
        For each column.
    places : tuple of bool
        Whether any cell has a sign before, after, at the end.
    """

    widths: tuple[int, ...]
    places: tuple[bool, bool, bool] = (False, False, False)

    def joined(self, other: Layout) -> Layout:
        """Make room for both, so that grids do not jump from step to step."""
        short, long = sorted((self.widths, other.widths), key=len)
        widths = [max(a, b) for a, b in zip(short, long, strict=False)]
        before, after, end = (
            a or b for a, b in zip(self.places, other.places, strict=True)
        )
        return Layout((*widths, *long[len(short) :]), (before, after, end))


class Grid(Struct, frozen=True):
    """Texts in rows, of equal length, with cells marked by role."""

    texts: Sequence[Sequence[str]]
    roles: Mapping[tuple[int, int], Role] = field(default_factory=dict)

    @property
    def layout(self) -> Layout:
        """What this grid needs by itself."""
        widths = tuple(
            max(map(len, column)) for column in zip(*self.texts, strict=True)
        )
        return Layout(widths, places(self.roles.values()))


def places(roles: Iterable[Role]) -> tuple[bool, bool, bool]:
    """Tell which signs these roles need: before an entry, after it, at the end."""
    signs = [SIGNS[role] for role in set(roles)]
    before, after, end = (any(sign[place] for sign in signs) for place in range(3))
    return before, after, end


def draw(
    grid: Grid,
    width: int,
    layout: Layout | None = None,
    few: Sequence[int] = FEW,
) -> list[Text]:
    """Draw a grid in lines of at most `width` columns.

    Parameters
    ----------
    grid : Grid
    width : int
        A column that is wider by itself is drawn all the same.
    layout : Layout, optional
        At least as wide as the grid's own, which is the default.
    few : sequence of int
        About how many rows of more than `MOST` are shown; columns, the first of these
        numbers that fits, or the last.

    Examples
    --------
    >>> marked = {(0, 1): Role.WINDOW, (1, 1): Role.WINNER, (1, 0): Role.NOW}
    >>> print(*draw(Grid([["1", "10"], ["4", "20"]], marked), 40), sep="\\n")
    ⎡  1  [10 ] ⎤
    ⎣ >4  [20*] ⎦
    """
    layout = layout or grid.layout
    rows = kept(len(grid.texts), marked(grid.roles, 0), few[0])
    important = marked(grid.roles, 1)
    for number in few:
        columns = kept(len(grid.texts[0]), important, number)
        bands = list(_bands(columns, layout, width))
        if len(bands) == 1:
            break
    lines = []
    for band in bands:
        if len(bands) > 1:
            lines.append(Text(f"{_span('column', band[0], band[-1])}:", theme.QUIET))
        lines += _rows(grid, rows, band, layout)
    for words in (gaps("row", rows), gaps("column", columns)):
        lines += [Text(line, theme.QUIET) for line in _folded(words, width)]
    return lines


def kept(count: int, marked: Sequence[int] = (), few: int = FEW[0]) -> list[int]:
    """Choose the rows or columns to show: the corners, and the marked ones.

    Parameters
    ----------
    count : int
        How many there are.
    marked : sequence of int
        Those to show, the most important first.
    few : int
        About how many to show when not all are.

    Examples
    --------
    >>> kept(5), kept(100, [50])
    ([0, 1, 2, 3, 4], [0, 1, 2, 50, 97, 98, 99])
    """
    if count <= MOST:
        return list(range(count))
    chosen = {*range(CORNER), *range(count - CORNER, count)}
    chosen |= set(list(dict.fromkeys(marked))[:MARKED])
    for more in range(CORNER, count):
        if len(chosen) + 2 > few:
            break
        chosen |= {more, count - 1 - more}
    # Words about one row that is not shown would take the room of the row.
    chosen |= {i for i in range(count) if i - 1 in chosen and i + 1 in chosen}
    return sorted(chosen)


def marked(roles: Mapping[tuple[int, int], Role], axis: int) -> list[int]:
    """Return the rows (axis 0) or columns with marks, the most important first."""
    found: list[int] = []
    for role in _FIRST:
        found += sorted(place[axis] for place, given in roles.items() if given is role)
    return found


def _bands(columns: list[int], layout: Layout, width: int) -> Iterable[list[int]]:
    """Split the columns so that each band fits."""
    band: list[int] = []
    room = width - 4
    for column in columns:
        need = _place(layout, column) + (len(SKIP) + 2 if _jump(band, column) else 0)
        if band and need > room:
            yield band
            band, room = [], width - 4
            need = _place(layout, column)
        band.append(column)
        room -= need
    yield band


def _place(layout: Layout, column: int) -> int:
    return layout.widths[column] + sum(layout.places) + _apart(layout)


def _apart(layout: Layout) -> int:
    """Brackets stand between entries already; else a space does."""
    return 0 if layout.places[0] and layout.places[2] else 1


def _jump(band: list[int], column: int) -> bool:
    return bool(band) and column - band[-1] > 1


def _rows(
    grid: Grid, rows: list[int], columns: list[int], layout: Layout
) -> list[Text]:
    lines = []
    for place, row in enumerate(rows):
        if place and row - rows[place - 1] > 1:
            lines.append(_row(grid, None, columns, layout))
        lines.append(_row(grid, row, columns, layout))
    return lines


def _row(grid: Grid, row: int | None, columns: list[int], layout: Layout) -> Text:
    """Draw one row; None stands for those that are left out here."""
    count = len(grid.texts)
    # One row in brackets would look like a window itself.
    left, right = ("⎡⎢⎣│", "⎤⎥⎦│") if layout.places[2] else ("⎡⎢⎣[", "⎤⎥⎦]")
    line = Text(f"{_side(row, count, left)} ", no_wrap=True, overflow="ignore")
    for place, column in enumerate(columns):
        line.append(SKIP if _jump(columns[:place], column) else "")
        line.append(" " * _apart(layout) if place else "")
        role = None if row is None else grid.roles.get((row, column))
        style = "" if role is None else ROLES[role]
        text = ":" if row is None else grid.texts[row][column]
        signs = ("", "", "") if role is None else SIGNS[role]
        line.append(_cell(text, signs, layout.widths[column], layout.places), style)
    line.append(f" {_side(row, count, right)}")
    return line


def _cell(
    text: str, signs: tuple[str, str, str], width: int, places: tuple[bool, ...]
) -> str:
    before, after, end = (
        sign.ljust(wanted) for sign, wanted in zip(signs, places, strict=True)
    )
    # Brackets stand in line, an arrow stands at its number.
    if signs[2]:
        return f"{before}{text.rjust(width)}{after}{end}"
    return f"{(before.strip() + text).rjust(width + len(before))}{after}{end}"


def _side(row: int | None, rows: int, signs: str) -> str:
    if rows == 1:
        return signs[3]
    return signs[1 if row is None else 0 if row == 0 else 2 if row == rows - 1 else 1]


def gaps(what: str, shown: list[int]) -> str:
    """Say which rows or columns are left out."""
    pairs = pairwise(shown)
    left_out = [(a + 1, b - 1) for a, b in pairs if b - a > 1]
    if not left_out:
        return ""
    first, *others = (_span(what, a, b) for a, b in left_out)
    numbers = [other.partition(" ")[2] for other in others]
    return " and ".join([first, *numbers]) + " not shown"


def _span(what: str, first: int, last: int) -> str:
    return f"{what} {first}" if first == last else f"{what}s {first}–{last}"


def beside(blocks: Sequence[Sequence[Text]]) -> list[Text]:
    """Put blocks of lines side by side."""
    lines = []
    for height in range(max(map(len, blocks))):
        line = Text(no_wrap=True, overflow="ignore")
        start = 0
        for block in blocks:
            if height < len(block):
                line.append(" " * (start - len(line)))
                line.append_text(block[height])
            start += max(map(len, block)) + GAP
        lines.append(line)
    return lines


def _folded(words: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(words, max(width, 20))
