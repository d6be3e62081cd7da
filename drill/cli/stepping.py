"""Walking through a worked solution: a key, a step."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from drill.cli.keys import Key, keyboard
from drill.cli.stdio import is_terminal
from drill.cli.terminal import make_console, plain_wanted
from drill.screen import theme
from drill.screen.picture import Picture, sentences, setting
from drill.walk import Role

if TYPE_CHECKING:
    from drill.drawing import Instance
    from drill.walk import Walk

HELP = (
    "space, Enter, n or → goes on; b, p or ← goes back; g is the first step, G the"
    " last; d is where it opened, w the next that writes; q or Esc ends."
)


def walk_through(walk: Walk, *, plain: bool = False, start: int = 0) -> None:
    """Show a walk: key by key at a terminal, else all of it in sentences.

    Parameters
    ----------
    walk : Walk
    plain : bool
        Whether sentences are wanted at a terminal too.
    start : int
        The step at which it opens.
    """
    if plain_wanted(flag=plain) or not is_terminal():
        console = make_console()
        for line in sentences(walk):
            console.print(Text(line))
        return
    Player(walk, start).play()


def walk_for(instance: Instance) -> Walk | None:
    """Return the worked solution of a question in steps; None when it has none."""
    from drill.drawing import walk_of

    return walk_of(instance)


def moved(place: int, key: Key, count: int) -> int:
    """Return the step that a key leads to.

    Examples
    --------
    >>> moved(0, "next", 3), moved(2, "next", 3), moved(0, "back", 3)
    (1, 2, 0)
    """
    goal = {"next": place + 1, "back": place - 1, "first": 0, "last": count - 1}
    return max(0, min(goal.get(key, place), count - 1))


class Player:
    """A walk at a terminal, and how much of the screen its last picture takes."""

    def __init__(self, walk: Walk, start: int = 0) -> None:
        self.walk = walk
        self.start = start
        self.setting = setting(walk)
        self.drawn = 0
        self.columns = 0

    def play(self) -> None:
        """Show steps until the person has had enough."""
        count = len(self.walk.frames)
        place = self.start
        try:
            with keyboard() as keys:
                self.show(place)
                while (key := keys.next()) != "quit":
                    goal = moved(place, key, count)
                    if key == "opening":
                        goal = self.start
                    elif key == "write":
                        goal = next(filter(self.writes, range(place + 1, count)), place)
                    if key == "redraw":
                        self.show(place, again=True)
                    elif key == "help":
                        self.show(place, HELP)
                    elif goal != place:
                        self.show(goal)
                    place = goal
        finally:
            sys.stdout.write("\n")
            sys.stdout.flush()

    def writes(self, place: int) -> bool:
        """Tell whether something new stands in a step's grids."""
        roles = {
            role
            for panel in self.walk.frames[place].panels
            for role in panel.roles.values()
        }
        return not roles.isdisjoint((Role.NOW, Role.WRONG))

    def show(self, place: int, note: str = "", *, again: bool = False) -> None:
        """Draw one step: over the last one where there is room, else beneath it.

        A window of another size may have broken the lines of the last picture, so
        that nobody knows how many there are: what is drawn `again` goes beneath.
        """
        text = self.picture(place, note)
        columns, rows = shutil.get_terminal_size((80, 24))
        height = _height(text, columns)
        same = columns == self.columns and not again
        if same and max(height, self.drawn) < rows:
            up = f"\x1b[{self.drawn - 1}A" if self.drawn > 1 else ""
            sys.stdout.write(f"\r{up}\x1b[J")
        elif self.drawn:
            sys.stdout.write("\n\n")
        sys.stdout.write(text)
        sys.stdout.flush()
        self.drawn, self.columns = height, columns

    def picture(self, place: int, note: str = "") -> str:
        """Return one step as it is written, with the keys beneath."""
        console = make_console()
        with console.capture() as captured:
            console.print(Picture(self.walk, place, self.setting))
            console.print()
            if note:
                console.print(Text(note))
            console.print(Text(self.keys(place), theme.QUIET), end="")
        return captured.get()

    def keys(self, place: int) -> str:
        """Name the keys that do something here."""
        last = place + 1 == len(self.walk.frames)
        on = "" if last else "space next · "
        back = "b back · " if place else ""
        return f"{on}{back}q quit · ? keys"


def _height(text: str, columns: int) -> int:
    """Count the lines that a text takes on a screen."""
    lines = Text.from_ansi(text).plain.split("\n")
    return sum(max(1, -(-len(line) // columns)) for line in lines)
