"""Frames of a walk as SVG: grids of cells, side by side, and their sentence."""

from __future__ import annotations

from collections.abc import Mapping

from drill.screen.grid import Layout, gaps, kept, marked
from drill.screen.picture import (
    Setting,
    caption,
    entry_text,
    heading,
    said,
    setting,
)
from drill.screen.svg import CHARACTER, LINE, Drawing, folded
from drill.walk import Panel, Role, Walk

MARGIN, GAP, WIDTH = 16, 28, 760
CELL, SKIP = 26, 18
_INK = {Role.WINNER: "chosen", Role.PADDING: "quiet"}
_LEGEND = {
    Role.WINDOW: "looked at",
    Role.WINNER: "chosen",
    Role.NOW: "new",
    Role.PADDING: "padding",
    Role.WRONG: "wrong",
}


def frame_svg(walk: Walk, place: int, given: Setting | None = None) -> str:
    """Write one frame of a walk as an SVG document.

    Parameters
    ----------
    walk : Walk
    place : int
        Which frame, from 0.
    given : Setting, optional
        The walk's, when several frames are written.

    Returns
    -------
    str
        Well-formed XML without anything from the network; the same bytes each time.
    """
    found = setting(walk) if given is None else given
    frame = walk.frames[place]
    drawing = Drawing(heading(walk, place), said(frame))
    y = MARGIN + LINE * 0.75
    drawing.text(MARGIN, y, heading(walk, place), "strong")
    for line in folded(said(frame), WIDTH):
        y += LINE
        drawing.text(MARGIN, y, line)
    x, y = float(MARGIN), y + LINE
    below = y
    for panel in frame.panels:
        width, _ = _size(panel, found.layouts[panel.name])
        if x > MARGIN and x + width > MARGIN + WIDTH:
            x, y = float(MARGIN), below + LINE / 2
        below = max(below, _panel(drawing, panel, found.layouts[panel.name], x, y))
        x += width + GAP
    _legend(drawing, walk, below + LINE / 2)
    return drawing.document()


def _places(panel: Panel, axis: int) -> list[int]:
    count = len(panel.rows) if axis == 0 else len(panel.rows[0])
    return kept(count, marked(panel.roles, axis))


def _steps(places: list[int], size: float) -> Mapping[int, float]:
    """Say where each row or column starts; a gap stands for what is left out."""
    found: dict[int, float] = {}
    at = 0.0
    before = places[0]
    for place in places:
        at += SKIP if place - before > 1 else 0
        found[place] = at
        at += size
        before = place
    return found


def _size(panel: Panel, layout: Layout) -> tuple[float, float]:
    """Return how wide a panel is, and how wide each cell."""
    cell = max(CELL, (max(layout.widths) + sum(layout.places[:2])) * CHARACTER + 10)
    columns = _steps(_places(panel, 1), cell)
    name, note = caption(panel)
    head = (len(name) + len(note) + 2) * CHARACTER
    return max(max(columns.values()) + cell, head), cell


def _panel(drawing: Drawing, panel: Panel, layout: Layout, x: float, y: float) -> float:
    """Draw one grid with its name; return where it ends."""
    name, note = caption(panel)
    drawing.text(x, y + LINE * 0.75, name, "strong")
    if note:
        drawing.text(x + (len(name) + 2) * CHARACTER, y + LINE * 0.75, note, "quiet")
    _, cell = _size(panel, layout)
    top = y + LINE + 4
    rows = _steps(_places(panel, 0), CELL)
    columns = _steps(_places(panel, 1), cell)
    # What is marked is drawn last, so that no neighbour's edge covers its own.
    places = [(r, c) for r in rows for c in columns]
    for place in sorted(places, key=lambda at: at in panel.roles):
        row, column = place
        _cell(drawing, panel, place, x + columns[column], top + rows[row], cell)
    bottom = top + max(rows.values()) + CELL
    for words in (gaps("row", list(rows)), gaps("column", list(columns))):
        if words:
            bottom += LINE * 0.9
            drawing.text(x, bottom, words, "quiet")
    return bottom + 4


def _cell(
    drawing: Drawing,
    panel: Panel,
    place: tuple[int, int],
    x: float,
    y: float,
    width: float,
) -> None:
    role = panel.roles.get(place)
    entry = panel.rows[place[0]][place[1]]
    # The edge of padding is broken, so that its number can stand there.
    text = entry_text(entry) if entry is not None else ""
    before, after = _signs(role) if text else ("", "")
    drawing.rectangle(x, y, width, CELL, "cell" if role is None else role.value)
    if text:
        kind = "" if role is None else _INK.get(role, "")
        words = f"{before}{text}{after}"
        drawing.text(x + width / 2, y + CELL * 0.68, words, kind, middle=True)


def _signs(role: Role | None) -> tuple[str, str]:
    """Return what stands before and after a marked entry, beside its edge."""
    return {
        Role.NOW: (">", ""),
        Role.WINNER: ("", "*"),
        Role.WRONG: ("", "!"),
    }.get(role or Role.WINDOW, ("", ""))


def _legend(drawing: Drawing, walk: Walk, y: float) -> None:
    used = {
        role for frame in walk.frames for p in frame.panels for role in p.roles.values()
    }
    x = float(MARGIN)
    for role in (role for role in Role if role in used):
        before, after = _signs(role)
        drawing.rectangle(x, y, 16, 16, role.value)
        words = f"{before}{after} {_LEGEND[role]}".strip()
        drawing.text(x + 24, y + 13, words, "quiet")
        x += 24 + len(words) * CHARACTER + 20
