"""A walk: frames of named grids with cells marked by role, and one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct, field

Entry: TypeAlias = int | float | str | None
"""A number, a label, or None for an entry that is not computed yet."""


class Role(StrEnum):
    """What a marked cell is in its frame; the screen gives each a cue and a colour."""

    WINDOW = "window"
    WINNER = "winner"
    PADDING = "padding"
    NOW = "now"
    WRONG = "wrong"


class Panel(Struct, frozen=True):
    """One named grid of a frame.

    Attributes
    ----------
    name : str
        What the prompt calls the array, or what it is (``output``).
    rows : tuple of tuple
        The entries, row by row; a vector is one row. None is not computed yet.
    roles : mapping of (row, column) to Role
        The marked cells; unmarked ones are not in it.
    note : str
        A few words beside the name, such as ``channel 0`` or the shape.
    """

    name: str
    rows: tuple[tuple[Entry, ...], ...]
    roles: Mapping[tuple[int, int], Role] = field(default_factory=dict)
    note: str = ""


class Frame(Struct, frozen=True):
    """One step: a sentence that says all of it, and the grids that show it."""

    sentence: str
    panels: tuple[Panel, ...] = ()


class Walk(Struct, frozen=True):
    """A worked solution, step by step; never empty."""

    title: str
    frames: tuple[Frame, ...]
