"""The few styles there are.  Each also has a cue in words or signs."""

from __future__ import annotations

QUIET = "dim"
STRONG = "bold"
GOOD = "green"
BAD = "red"
HINT = "cyan"
