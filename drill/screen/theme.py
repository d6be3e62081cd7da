"""The few styles there are.  Each also has a cue in words or signs.

The sixteen colours of a terminal are its owner's, so they suit his background; none
is told from another by red against green alone.
"""

from __future__ import annotations

QUIET = "dim"
STRONG = "bold"
GOOD = "green"
BAD = "red"
HINT = "cyan"

# Pictures on paper: blue, purple and vermilion stay apart for every kind of eye.
LIGHT = {
    "paper": "#ffffff", "ink": "#1f2328", "quiet": "#636c76", "line": "#c4cad1",
    "window": "#0072b2", "window-fill": "#e4f1f9",
    "winner": "#0072b2", "winner-fill": "#0072b2", "winner-ink": "#ffffff",
    "now": "#8e3b8a", "now-fill": "#f7e9f6",
    "wrong": "#b93a1b", "wrong-fill": "#fdebe5",
    "good": "#116d4e", "hint": "#0b6480",
}  # fmt: skip
DARK = {
    "paper": "#0d1117", "ink": "#e6edf3", "quiet": "#9198a1", "line": "#3d444d",
    "window": "#56b4e9", "window-fill": "#102a3e",
    "winner": "#56b4e9", "winner-fill": "#56b4e9", "winner-ink": "#0d1117",
    "now": "#d9a3d6", "now-fill": "#35213a",
    "wrong": "#ff9478", "wrong-fill": "#3c1b13",
    "good": "#5fc89b", "hint": "#6cc5dd",
}  # fmt: skip
