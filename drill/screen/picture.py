"""Frames of a walk as pictures in signs, and as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from drill.drawing import number
from drill.screen import theme
from drill.screen.grid import GAP, Grid, Layout, beside, draw, places
from drill.visible import shown
from drill.walk import Frame, Panel, Role, Walk
from drill.walk.frame import Entry

BLANK, PADDED = "_", "."
LEGEND = {
    Role.WINDOW: "[5] looked at",
    Role.WINNER: "[5*] chosen",
    Role.NOW: ">5 new",
    Role.PADDING: f"{PADDED} padding",
    Role.WRONG: "5! wrong",
}
LONGEST_LABEL, LONGEST_NAME, LONGEST_SENTENCE = 24, 60, 2000


@dataclass(frozen=True)
class Setting:
    """What all pictures of one walk share.

    Attributes
    ----------
    layouts : mapping of str to Layout
        For each grid's name one that suits all of its frames.
    legend : str
        What the signs mean.
    longest : str
        The sentence that takes most room.
    """

    layouts: Mapping[str, Layout]
    legend: str
    longest: str


@dataclass(frozen=True)
class Picture:
    """One frame of a walk, as wide as there is room: side by side, or stacked.

    The columns have one width through all of the walk, so that nothing jumps. Who
    shows one frame after another hands in the `setting` of the walk; the grids then
    stand beneath room for its longest sentence.
    """

    walk: Walk
    place: int
    given: Setting | None = None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw the heading, the sentence, the grids and what the signs mean."""
        yield Text(heading(self.walk, self.place), theme.STRONG)
        sentence = Text(said(self.walk.frames[self.place]))
        yield sentence
        if not self.walk.frames[self.place].panels:
            return
        found = self.given or setting(self.walk)
        if self.given:
            lines = len(sentence.wrap(console, options.max_width))
            most = len(Text(found.longest).wrap(console, options.max_width))
            yield from [Text()] * (most - lines)
        yield Text()
        yield from grids(self.walk.frames[self.place], found, options.max_width)
        if found.legend:
            yield Text()
            yield Text(found.legend, theme.QUIET)


def heading(walk: Walk, place: int) -> str:
    """Say which step of how many this is."""
    count = f"step {place + 1} of {len(walk.frames)}"
    return f"{shown(walk.title, LONGEST_NAME)}, {count}"


def said(frame: Frame) -> str:
    """Return a frame's sentence, safe to show."""
    return shown(frame.sentence, LONGEST_SENTENCE)


def sentences(walk: Walk) -> list[str]:
    """Tell a walk without pictures, a step a line.

    Examples
    --------
    >>> sentences(Walk("Sum", (Frame("1 + 2 = 3."), Frame("Done."))))
    ['Sum, in 2 steps.', 'Step 1 of 2: 1 + 2 = 3.', 'Step 2 of 2: Done.']
    """
    count = len(walk.frames)
    steps = f"{count} steps" if count > 1 else "1 step"
    return [
        f"{shown(walk.title, LONGEST_NAME)}, in {steps}.",
        *(sentence(walk, place) for place in range(count)),
    ]


def sentence(walk: Walk, place: int) -> str:
    """Tell one step without a picture."""
    return f"Step {place + 1} of {len(walk.frames)}: {said(walk.frames[place])}"


def grids(frame: Frame, given: Setting, width: int) -> list[Text]:
    """Draw the grids of one frame: side by side while they fit, else stacked."""
    blocks = [_block(panel, width, given.layouts[panel.name]) for panel in frame.panels]
    lines: list[Text] = []
    for band in _packed(blocks, width):
        lines += [Text()] if lines else []
        lines += beside(band)
    return lines


def legend(walk: Walk) -> str:
    """Say what the signs in this walk mean."""
    panels = [panel for frame in walk.frames for panel in frame.panels]
    used = {role for panel in panels for role in panel.roles.values()}
    words = [LEGEND[role] for role in Role if role in used]
    if any(None in row for panel in panels for row in panel.rows):
        words.append(f"{BLANK} not computed yet")
    return ", ".join(words)


def entry_text(entry: Entry, role: Role | None = None) -> str:
    """Write one entry: a number, a label, or a sign for what is not there.

    Examples
    --------
    >>> entry_text(0.5), entry_text(None), entry_text(0, Role.PADDING)
    ('0.5', '_', '.')
    """
    if entry is None:
        return BLANK
    if role is Role.PADDING:
        return PADDED
    return shown(entry, LONGEST_LABEL) if isinstance(entry, str) else number(entry)


def caption(panel: Panel) -> tuple[str, str]:
    """Return a grid's name, and its shape and note."""
    rows, columns = len(panel.rows), len(panel.rows[0])
    note = shown(panel.note, LONGEST_NAME)
    shape = f"{rows}×{columns}" if rows > 1 and "×" not in note else ""
    return shown(panel.name, LONGEST_NAME), ", ".join(filter(None, (shape, note)))


def setting(walk: Walk) -> Setting:
    """Look through a walk for what its pictures share."""
    longest = max((said(frame) for frame in walk.frames), key=len)
    return Setting(_layouts(walk), legend(walk), longest)


def _layouts(walk: Walk) -> dict[str, Layout]:
    known: dict[tuple[tuple[Entry, ...], ...], tuple[int, ...]] = {}
    found: dict[str, Layout] = {}
    for frame in walk.frames:
        for panel in frame.panels:
            # Most grids stand still from frame to frame.
            if panel.rows not in known:
                known[panel.rows] = Grid(_texts(panel)).layout.widths
            layout = Layout(known[panel.rows], places(panel.roles.values()))
            before = found.get(panel.name)
            found[panel.name] = layout if before is None else before.joined(layout)
    return found


def _texts(panel: Panel) -> list[list[str]]:
    return [
        [entry_text(entry, panel.roles.get((r, c))) for c, entry in enumerate(row)]
        for r, row in enumerate(panel.rows)
    ]


def _block(panel: Panel, width: int, layout: Layout) -> list[Text]:
    name, note = caption(panel)
    head = Text(name, theme.STRONG)
    head.append(f"  {note}" if note else "", theme.QUIET)
    lines = [head] if len(head) <= width else [Text(name, theme.STRONG), Text(note)]
    return lines + draw(Grid(_texts(panel), panel.roles), width, layout)


def _packed(blocks: list[list[Text]], width: int) -> Iterable[list[list[Text]]]:
    band: list[list[Text]] = []
    used = 0
    for block in blocks:
        need = max(map(len, block))
        if band and used + GAP + need > width:
            yield band
            band, used = [], 0
        used += need + (GAP if band else 0)
        band.append(block)
    if band:
        yield band
