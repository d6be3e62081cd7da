"""Draws instances: a question and a seed become numbers, a prompt and an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drill.drawing.choosing import choose_draw, drawn_text, separation
from drill.drawing.filled_prose import (
    Block,
    Filled,
    Sentence,
    inline,
    number,
    plain,
    slices,
)
from drill.drawing.instance import (
    Instance,
    carried,
    draw,
    hints,
    more_cases,
    prompt,
    solution,
    stem,
)
from drill.drawing.mistakes import mistake_array, mistake_arrays, say
from drill.drawing.target import Case, Dealt, Target, tolerance
from drill.drawing.ticket import (
    MAX_SEED,
    Ticket,
    check_ticket,
    find_ticket,
    issue,
    parse_ticket,
)

if TYPE_CHECKING:
    from drill.drawing.walking import walk_of

__all__ = [
    "MAX_SEED",
    "Block",
    "Case",
    "Dealt",
    "Filled",
    "Instance",
    "Sentence",
    "Target",
    "Ticket",
    "carried",
    "check_ticket",
    "choose_draw",
    "draw",
    "drawn_text",
    "find_ticket",
    "hints",
    "inline",
    "issue",
    "mistake_array",
    "mistake_arrays",
    "more_cases",
    "number",
    "parse_ticket",
    "plain",
    "prompt",
    "say",
    "separation",
    "slices",
    "solution",
    "stem",
    "tolerance",
    "walk_of",
]


def __getattr__(name: str) -> object:
    # The walks of all solvers come with it, and few commands show one.
    if name == "walk_of":
        from drill.drawing.walking import walk_of

        return walk_of
    raise AttributeError(f"module 'drill.drawing' has no attribute '{name}'")
