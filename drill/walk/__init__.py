"""Worked solutions as frames: what is looked at, step by step, on these numbers.

`WALKS` holds a function for every solver whose work can be watched, by the solver's
name and with the solver's arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drill.walk.frame import Frame, Panel, Role, Walk

WALKS: Mapping[str, Callable[..., Walk]] = {}

__all__ = ["WALKS", "Frame", "Panel", "Role", "Walk"]
