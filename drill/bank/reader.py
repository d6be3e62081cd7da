"""YAML text to plain values, each with its line; YAML's surprises are refused.

The values are built from the parser's events.  PyYAML's own constructor resolves
``no``, ``010`` and ``1:30`` to what nobody meant, follows aliases without a bound,
and keeps the last of two equal keys without a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from drill.bank.decoding import (
    ESCAPE,
    INVISIBLE,
    decoded,
    invisible,
    masked,
    plainly,
    unmasked,
)
from drill.bank.document import BROKEN, Document, Path, Problems
from drill.visible import shown

MAX_DEPTH = 24
MAX_NODES = 200_000

LIBYAML: Any = getattr(yaml, "CSafeLoader", None)
LOADER: Any = LIBYAML or yaml.SafeLoader

_TOO_DEEP = "exceeded maximum nesting depth"

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_WORDS |= {"~": None, "": None}
_NUMERIC = re.compile(r"[-+.0-9]")
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?"
)
_SURPRISES = (
    (
        re.compile(r"[-+]?0[xXoObB][0-9A-Fa-f_]+"),
        "is not read as a number here; write it in decimal, or in quotes as text",
    ),
    (
        re.compile(r"[-+]?[0-9]+(?:_[0-9]*)+(?:\.[0-9_]*)?"),
        "has an underscore; write the number without, or in quotes as text",
    ),
    (
        re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?"),
        "starts with a zero; write the number without, or in quotes as text",
    ),
    (
        re.compile(r"[-+]?[0-9]{19,}"),
        "has too many digits; a whole number has 18 at most",
    ),
)


class _StopReadingError(Exception):
    """The rest of the file cannot be read."""


def read(data: bytes, file: str, loader: Any = LOADER) -> Document:
    """Read a bank file's bytes into plain values.

    Parameters
    ----------
    data : bytes
        UTF-8.
    file : str
        The file's name, for the problems.
    loader
        PyYAML's loader class; the one in C when there is one.

    Returns
    -------
    Document
        With everything that was refused among its problems; never raises.

    Examples
    --------
    >>> read(b"level: 2\\nanswer: no", "x.yaml").value
    {'level': 2, 'answer': 'no'}
    """
    of_text = Problems(file, {})
    text = decoded(data, of_text)
    return Document(BROKEN, of_text) if text is None else _parsed(text, of_text, loader)


def _parsed(text: str, of_text: Problems, loader: Any) -> Document:
    lines: dict[Path, int] = {}
    blocks: dict[Path, int] = {}
    before = list(of_text.found), set(of_text.touched)
    problems = Problems(of_text.file, lines, blocks, *before)
    reading = _Reading(problems, lines, blocks)
    parser = loader(text if loader is LIBYAML else masked(text))
    try:
        value = reading.document(_events(parser))
    except _StopReadingError:
        value = BROKEN
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and _TOO_DEEP in str(error.problem):
            # libyaml has a limit of its own and looks ahead: cut there, the text
            # comes to our limit first, which knows the place.
            return _parsed(text[: mark.index], of_text, loader)
        # Characters that were replaced are what a syntax error comes from.
        if not problems.found:
            line = mark.line + 1 if mark else reading.last
            problems.add((), plainly(error), line=line)
        value = BROKEN
    except (yaml.YAMLError, ValueError, OverflowError):
        # PyYAML in Python lets chr() fail on an escape beyond Unicode.
        problems.add((), f"this is not YAML: {ESCAPE}", line=reading.last)
        value = BROKEN
    finally:
        parser.dispose()
    return Document(value, problems)


def _events(parser: Any) -> Iterator[Any]:
    while parser.check_event():
        yield parser.get_event()


@dataclass
class _Reading:
    """One pass over the events of one file."""

    problems: Problems
    lines: dict[Path, int]
    blocks: dict[Path, int]
    nodes: int = 0
    last: int = 1

    def document(self, events: Iterator[Any]) -> object:
        """Build the value of the only document."""
        value: object = BROKEN
        seen = False
        for event in events:
            self.last = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self.stop((), "a second document starts here; a bank file is one")
                seen = True
                value = self.value(next(events), events, (), 1)
        if not seen:
            self.last = 0
            self.stop((), "the file is empty; a bank file starts with 'format: 1'")
        return value

    def stop(self, path: Path, message: str) -> None:
        """Note a problem that ends the reading."""
        self.problems.add(path, message, line=self.last)
        raise _StopReadingError

    def value(
        self, event: Any, events: Iterator[Any], path: Path, depth: int
    ) -> object:
        """Build the value that starts with `event`."""
        line = self.last = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop(path, f"the file has over {MAX_NODES:,} values; split it")
        if isinstance(event, yaml.AliasEvent):
            self.problems.add(
                path, "an alias (*) is not allowed; write the value out", line=line
            )
            return BROKEN
        if event.anchor is not None:
            self.problems.add(path, "an anchor (&) is not allowed; remove it")
        if event.tag is not None:
            self.problems.add(
                path,
                f"the tag '{shown(event.tag, 60)}' is not allowed; remove it",
                line=line,
            )
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path, line)
        if depth > MAX_DEPTH:
            self.stop(path, f"values are nested over {MAX_DEPTH} deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(events, path, depth)
        return self.mapping(events, path, depth)

    def items(self, events: Iterator[Any], path: Path, depth: int) -> list[object]:
        found: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.value(event, events, (*path, len(found)), depth + 1))
        return found

    def mapping(
        self, events: Iterator[Any], path: Path, depth: int
    ) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                self.problems.add(path, "a key must be a plain text", line=line)
                self.skip(event, events)
                self.skip(next(events), events)
                continue
            key = self.key(event, path, line)
            below = (*path, key)
            if key == "<<" and not event.style:
                self.problems.add(
                    path, "a merge key (<<) is not read; write the keys out", line=line
                )
                self.skip(next(events), events)
                continue
            if key in found:
                self.problems.add(
                    below,
                    f"the key '{shown(key, 40)}' is given twice, first on line"
                    f" {self.lines[below]}; keep one",
                    line=line,
                )
                self.value(next(events), events, below, depth + 1)
                continue
            self.lines[below] = line
            found[key] = self.value(next(events), events, below, depth + 1)
        return found

    def skip(self, event: Any, events: Iterator[Any]) -> None:
        """Pass over a value that nobody needs, however deep."""
        depth = 0
        while True:
            self.nodes += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            if depth > MAX_DEPTH or self.nodes > MAX_NODES:
                self.stop((), "a key that is itself a list or mapping is too large")
            event = next(events)

    def key(self, event: Any, path: Path, line: int) -> str:
        """Return a key as text, whatever it looks like."""
        self.nodes += 1
        if event.anchor is not None or event.tag is not None:
            self.problems.add(
                path, "a key has no anchor (&) and no tag (!); remove it", line=line
            )
        text = unmasked(event.value)
        return text if self.visible(text, path, line) else INVISIBLE.sub("\ufffd", text)

    def visible(self, text: str, path: Path, line: int) -> bool:
        """Complain of what only an escape can have put into `text`."""
        found = INVISIBLE.search(text)
        if found is None:
            return True
        if "\ud800" <= found[0] <= "\udfff":
            # libyaml refuses these itself, and both parsers must say the same.
            self.problems.add((), f"this is not YAML: {ESCAPE}", line=line)
            raise _StopReadingError
        self.problems.add(path, invisible(found[0]), line=line)
        return False

    def scalar(self, event: Any, path: Path, line: int) -> object:
        text = unmasked(event.value)
        if event.style == "|":
            self.blocks.setdefault(path, line + 1)
        if event.style:
            return text if self.visible(text, path, line) else BROKEN
        if text in _WORDS:
            return _WORDS[text]
        if not _NUMERIC.match(text):
            return text
        if _INT.fullmatch(text):
            return int(text)
        for pattern, complaint in _SURPRISES:
            if pattern.fullmatch(text):
                self.problems.add(path, f"{shown(text, 40)} {complaint}", line=line)
                return BROKEN
        if _FLOAT.fullmatch(text):
            number = float(text)
            if math.isfinite(number):
                return number
            self.problems.add(path, f"{shown(text, 40)} is too large", line=line)
            return BROKEN
        return text
