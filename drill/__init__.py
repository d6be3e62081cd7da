"""Exam drill and grader for deep-learning courses.

Examples
--------
>>> import drill
>>> bank = drill.load()
>>> instance = drill.draw(bank["conv-output-size"], 7)
>>> drill.grade(instance, instance.targets[0].reference).right
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from drill.version import __version__

if TYPE_CHECKING:
    from drill.bank import load_bank as load
    from drill.drawing import draw
    from drill.grading import grade
    from drill.notebook.ask import ask
    from drill.notebook.magics import load_ipython_extension, unload_ipython_extension

__all__ = [
    "__version__",
    "ask",
    "draw",
    "grade",
    "load",
    "load_ipython_extension",
    "unload_ipython_extension",
]

_HOMES = {
    "load": ("drill.bank", "load_bank"),
    "draw": ("drill.drawing", "draw"),
    "grade": ("drill.grading", "grade"),
    "ask": ("drill.notebook.ask", "ask"),
    # What %load_ext drill and %unload_ext drill look for.
    "load_ipython_extension": ("drill.notebook.magics", "load_ipython_extension"),
    "unload_ipython_extension": ("drill.notebook.magics", "unload_ipython_extension"),
}


def __getattr__(name: str) -> object:
    # Importing the package must stay cheap: numpy comes with the first real use.
    if name in _HOMES:
        module, attribute = _HOMES[name]
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module 'drill' has no attribute '{name}'")
