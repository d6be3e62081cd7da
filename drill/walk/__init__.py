"""Worked solutions as frames: what is looked at, step by step, on these numbers.

`drill.walk.registry` holds a function for every solver whose work can be watched.
"""

from drill.walk.frame import Frame, Panel, Role, Walk

__all__ = ["Frame", "Panel", "Role", "Walk"]
