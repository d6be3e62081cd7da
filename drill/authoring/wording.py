"""Advice about texts: how they are broken into lines, how long they are, markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from drill.authoring.entry import Advice, Path

MOST = {"say": 160, "why": 240, "text": 240, "hints": 400, "ask": 1_500}
"""How many characters a text may have before nobody reads it to its end."""

_OPEN_END = re.compile(r"[\w,–—\-]$")
_GOES_ON = re.compile(r"(?:and|or|[a-zà-ÿ]{2,})\b")
_FORMULA = re.compile(r"[=:≤≥]|\s{2,}")
_MARKUP = (
    (re.compile(r"\\[a-zA-Z]{2,}"), "LaTeX"),
    (re.compile(r"\$[^$\s][^$]*\$"), "LaTeX"),
    (re.compile(r"(?<![\w)\]])\*\*\w[^*]*\w\*\*(?!\w)"), "Markdown"),
    (re.compile(r"`"), "Markdown"),
    (re.compile(r"^#{1,4} ", re.MULTILINE), "Markdown"),
)
_FIELD = re.compile(r"\{[^{}]*\}")


def wording(value: Any, path: Path) -> Iterator[Advice]:
    """Yield advice about every text at or below `path`."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from wording(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from wording(item, (*path, place))
    elif isinstance(value, str) and _is_prose(path):
        yield from _of_text(value, path)


def _is_prose(path: Path) -> bool:
    names = [step for step in path if isinstance(step, str)]
    return names[-1] in (*MOST, "solution", "summary", "conventions")


def _of_text(text: str, path: Path) -> Iterator[Advice]:
    name = next(step for step in reversed(path) if isinstance(step, str))
    most = MOST.get(name)
    if most is not None and len(text) > most:
        yield path, f"has {len(text)} characters; say it in {most}"
    for line in broken_lines(text):
        yield (
            path,
            f"a sentence is broken by hand after '…{line[-30:]}'; let it run on, or"
            " write >- instead of |-",
        )
    bare = _FIELD.sub("", text)
    for pattern, what in _MARKUP:
        if pattern.search(bare):
            yield path, f"{what} is shown as it stands; write plain text and Unicode"
            break


def broken_lines(text: str) -> list[str]:
    """Return the lines that end in the middle of a sentence.

    Examples
    --------
    >>> broken_lines("Count the places\\nof the filter.\\nn = 3\\nso it is 4.")
    ['Count the places']
    """
    lines = [line.strip() for line in text.rstrip("\n").split("\n")]
    return [line for line, following in pairwise(lines) if _broken(line, following)]


def _broken(line: str, following: str) -> bool:
    # A field alone may be a matrix, which has lines of its own.
    if _FIELD.fullmatch(line):
        return False
    one, other = _FIELD.sub("x", line), _FIELD.sub("x", following)
    formula = _FORMULA.search(one) or _FORMULA.search(other)
    return not formula and bool(_OPEN_END.search(one) and _GOES_ON.match(other))
