"""A bank file as plain values, its places, and what is wrong at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from drill.errors import Problem
from drill.visible import shown

Path = tuple[str | int, ...]

MAX_BYTES = 2 * 1024 * 1024
MAX_PROBLEMS = 100
FLOOD = 1000
FEW = 12
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


def spelled(path: Path) -> str:
    """Write a path as a person would.

    Examples
    --------
    >>> spelled(("questions", 2, "draw", "f"))
    'questions[2].draw.f'
    >>> spelled(("let", "a b"))
    "let['a b']"
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"['{shown(step, 40)}']"
    return text


def quoted(text: str) -> str:
    """Quote a foreign text in a message.

    Examples
    --------
    >>> quoted("n")
    "'n'"
    """
    return f"'{shown(text, 64)}'"


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?``, or nothing when nothing is near.

    Examples
    --------
    >>> nearest("anwser", ["answer", "ask"])
    "; did you mean 'answer'?"
    >>> nearest("zebra", ["answer", "ask"])
    ''
    """
    from difflib import get_close_matches

    # A long foreign key would make difflib slow, and resembles nothing anyway.
    found = get_close_matches(word[:80], sorted(choices), n=1, cutoff=0.6)
    return f"; did you mean '{found[0]}'?" if found else ""


def instead(topics: Sequence[str]) -> str:
    """Say what there is instead of a topic like none: the few, or where all are told.

    Examples
    --------
    >>> instead(["relu", "softmax"])
    '; the topics are relu, softmax'
    """
    if len(topics) > FEW:
        return "; 'drill topics' lists what there is"
    return f"; the topics are {', '.join(topics)}"


class Problems(Struct):
    """What is wrong with one file, so far.

    Attributes
    ----------
    file : str
        The file's name as it was given.
    lines : mapping
        The line of every path that the file has.
    blocks : mapping
        For a text written as a block (``|``): the line its first line stands on.
    found : list of Problem
        In the order in which they were found.
    touched : set of Path
        Every path at or below which something was found.
    """

    file: str
    lines: Mapping[Path, int]
    blocks: Mapping[Path, int] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)
    touched: set[Path] = field(default_factory=set)

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest path above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def add(self, path: Path, message: str, *, line: int | None = None) -> None:
        """Note one problem."""
        where = self.line(path) if line is None else line
        self.touched.update(path[:depth] for depth in range(len(path) + 1))
        self.found.append(Problem(self.file, where, spelled(path), message))

    def touches(self, path: Path) -> bool:
        """Tell whether anything at or below `path` is wrong."""
        return path in self.touched

    @property
    def flooded(self) -> bool:
        """Whether so much is wrong that looking for more helps nobody."""
        return len(self.found) > FLOOD


class Broken:
    """Stands where a value was refused, so that it is complained of only once."""

    def __repr__(self) -> str:
        return "BROKEN"


BROKEN = Broken()


class Document(Struct):
    """A bank file as plain values.

    Attributes
    ----------
    value
        dict, list, str, int, float, bool or None; BROKEN where one was refused.
    problems : Problems
        The lines of every path, and what was refused.
    """

    value: object
    problems: Problems


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file and line, and cut a flood of them short."""
    unique = sorted(set(problems))
    if len(unique) <= MAX_PROBLEMS:
        return unique
    rest = Problem(
        unique[MAX_PROBLEMS - 1].file,
        0,
        "",
        f"and at least {len(unique) - MAX_PROBLEMS} more problems",
    )
    return [*unique[:MAX_PROBLEMS], rest]
