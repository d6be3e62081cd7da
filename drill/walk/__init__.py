"""Worked solutions as frames: what is looked at, step by step, on these numbers."""

from __future__ import annotations

from drill.walk.frame import Frame, Panel, Role, Walk

__all__ = ["Frame", "Panel", "Role", "Walk"]
