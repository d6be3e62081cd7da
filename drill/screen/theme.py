"""The few styles there are.  Each also has a cue in words or signs.

The sixteen colours of a terminal are its owner's, so they suit his background; none
is told from another by red against green alone.
"""

from __future__ import annotations

from drill.walk import Role

QUIET = "dim"
STRONG = "bold"
GOOD = "green"
BAD = "red"
HINT = "cyan"

ROLES = {
    Role.WINDOW: "cyan",
    Role.WINNER: "bold cyan",
    Role.PADDING: QUIET,
    Role.NOW: "bold magenta",
    Role.WRONG: BAD,
}
