"""The one console, and the policy for colour."""

from __future__ import annotations

import os
import shutil
import sys
from typing import IO, Literal

from rich.console import Console

Colour = Literal["auto", "always", "never"]
NARROWEST, WIDEST = 40, 100


def colour_wanted(stream: IO[str], choice: Colour = "auto") -> bool:
    """Decide about colour: option, NO_COLOR, FORCE_COLOR, CLICOLOR, the terminal.

    A variable that is empty counts as not set; FORCE_COLOR=0 means no.
    """
    if choice != "auto":
        return choice == "always"
    get = os.environ.get
    if get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if get(name):
            return get(name) not in ("0", "false")
    if get("CLICOLOR") == "0" or get("TERM") == "dumb":
        return False
    return stream.isatty()


def plain_wanted(*, flag: bool = False) -> bool:
    """Decide about pictures: sentences when asked for, and where none can be drawn."""
    get = os.environ.get
    asked = get("ACCESSIBLE", "").lower() not in ("", "0", "false")
    return flag or asked or get("TERM") == "dumb"


def make_console(stream: IO[str] | None = None, choice: Colour = "auto") -> Console:
    """Make the console: no markup, no emoji, no highlighting, a sane width.

    Markup would eat the brackets that deep learning is written with.
    """
    out = stream or sys.stdout
    width = shutil.get_terminal_size((80, 24)).columns
    colour = colour_wanted(out, choice)
    return Console(
        file=out,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        width=max(NARROWEST, min(width, WIDEST)),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )
