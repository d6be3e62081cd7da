"""Prose: sentences with ``{formula}`` fields, split and parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from drill.errors import LanguageError
from drill.language import Deferred, Program, Table, parse

_SPEC = re.compile(r"\.[0-9]{1,2}[fge%]")
_BRACE = re.compile(r"[{}]")
_OPEN, _CLOSE = "([", ")]"


class Field(Struct, frozen=True):
    """A formula in the middle of a sentence, and how its value is written.

    Attributes
    ----------
    spec : str
        ``.3f``, ``.4g``, ``.2e``, ``.1%`` or empty.
    """

    program: Program
    spec: str = ""


@dataclass(frozen=True)
class Prose:
    """A text whose fields are found and parsed."""

    source: str
    parts: tuple[str | Field, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names that the fields read."""
        return frozenset[str]().union(
            *(part.program.names for part in self.parts if isinstance(part, Field))
        )


class DeferredProse(Prose):
    """A text that is known to be right, and split when it is first used."""

    def __init__(self, source: str, make: Callable[[], Prose]) -> None:
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "_make", make)

    def __getattr__(self, name: str) -> Any:
        """Split it, and have what the prose has."""
        if name != "parts":
            raise AttributeError(name)
        self.__dict__["parts"] = self.__dict__["_make"]().parts
        return self.__dict__["parts"]

    def __eq__(self, other: object) -> bool:
        """Compare as texts: when each was split makes no difference."""
        if not isinstance(other, Prose):
            return NotImplemented
        return self.source == other.source and self.parts == other.parts

    def __hash__(self) -> int:
        """Equal texts have one hash."""
        return hash((self.source, self.parts))


def parse_prose(text: str, names: Collection[str], table: Table) -> Prose:
    """Split `text` into sentences and ``{formula}`` fields.

    Parameters
    ----------
    text : str
        A field is ``{formula}`` or ``{formula:.3f}``; ``{{`` and ``}}`` are braces.
    names : collection of str
        What the formulas may read.
    table : Table
        What the formulas may call.

    Raises
    ------
    LanguageError
        At the first field that is wrong, with its line and column in `text`.

    Examples
    --------
    >>> from drill.language import BANK
    >>> prose = parse_prose("A {n} × {n} image {{n}}", ["n"], BANK)
    >>> [part if isinstance(part, str) else part.program.source for part in prose.parts]
    ['A ', 'n', ' × ', 'n', ' image {n}']
    """
    prose, errors = read_prose(
        text, lambda formula: parse(formula, names=names, table=table)
    )
    if errors:
        raise errors[0]
    return prose


def read_prose(
    text: str, parsed: Callable[[str], Program]
) -> tuple[Prose, list[LanguageError]]:
    """Do the same as `parse_prose`, with every error instead of the first.

    Parameters
    ----------
    text : str
    parsed : callable
        Makes a program of a formula, or raises `LanguageError`.
    """
    parts: list[str | Field] = []
    errors: list[LanguageError] = []
    plain = ""
    place = 0
    while brace := _BRACE.search(text, place):
        start = brace.start()
        plain += text[place:start]
        if text.startswith(brace[0], start + 1):
            plain += brace[0]
            place = start + 2
            continue
        place = start + 1
        if brace[0] == "}":
            errors.append(
                _error("a '}' without its '{'; write '}}' for a brace", text, start)
            )
            continue
        end, colon = _extent(text, start + 1)
        if end is None:
            errors.append(
                _error("a '{' without its '}'; write '{{' for a brace", text, start)
            )
            continue
        place = end + 1
        try:
            field = _field(text, start + 1, end, colon, parsed)
        except LanguageError as error:
            errors.append(error)
            continue
        parts += [plain, field] if plain else [field]
        plain = ""
    plain += text[place:]
    if plain:
        parts.append(plain)
    return Prose(text, tuple(parts)), errors


def _extent(text: str, start: int) -> tuple[int | None, int | None]:
    """Find the end of a field, and the colon before its format if there is one."""
    quote, depth, colon = "", 0, None
    for place in range(start, len(text)):
        character = text[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth -= 1
        elif character == "{":
            return None, None
        elif character == "}":
            return place, colon
        elif character == ":" and depth == 0:
            colon = place
    return None, None


def _field(
    text: str,
    start: int,
    end: int,
    colon: int | None,
    parsed: Callable[[str], Program],
) -> Field:
    spec = ""
    if colon is not None:
        spec = text[colon + 1 : end].strip()
        if not _SPEC.fullmatch(spec):
            raise _error(
                "a format after ':' is like .3f, .4g, .2e or .1%", text, colon + 1
            )
    formula = text[start : end if colon is None else colon]
    if not formula.strip():
        raise _error("an empty field; write '{{' and '}}' for braces", text, start - 1)
    start += len(formula) - len(formula.lstrip())
    formula = formula.strip()
    try:
        program = parsed(formula)
    except LanguageError as error:
        before = formula.split("\n")[: error.line - 1]
        offset = sum(len(line) + 1 for line in before) + max(error.column - 1, 0)
        raise _error(error.problem, text, start + offset) from None
    if type(program) is Deferred:
        return Field(program, spec)
    if not program.names and not program.functions:
        raise _error(
            f"'{formula}' is always the same; write it out, or '{{{{' and '}}}}' for"
            " braces",
            text,
            start,
        )
    return Field(program, spec)


def _error(problem: str, text: str, offset: int) -> LanguageError:
    before = text[:offset]
    return LanguageError(
        problem,
        text,
        line=before.count("\n") + 1,
        column=offset - (before.rfind("\n") + 1) + 1,
    )
