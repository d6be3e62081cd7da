"""Formulas and prose of one question: parsed, with every complaint at its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache, partial

from msgspec import Struct, field

from drill.bank.document import Path, Problems
from drill.bank.prose import DeferredProse, Prose, read_prose
from drill.bank.vocabulary import vocabulary
from drill.errors import EvaluationError, LanguageError
from drill.language import (
    BANK,
    Deferred,
    Definition,
    Program,
    Table,
    Value,
    define,
    parse,
    run,
)
from drill.visible import shown

Names = frozenset[str]

_EXCERPT = 60
_LATER = "; it is known further down only"
_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_TRUTHS |= {"TRUE": "true", "FALSE": "false"}


class Scope(Struct, frozen=True):
    """Which names the formulas of one part may read.

    Attributes
    ----------
    drawn : frozenset of str
        Every draw.
    made : frozenset of str
        The same and every let: what an instance has before its references.
    names : frozenset of str
        The same and the references of earlier parts.
    ends : frozenset of str
        What hints and solution may read: all references too.
    """

    drawn: Names
    made: Names
    names: Names
    ends: Names


@cache
def nothing() -> Program:
    """Return what stands for a formula that was refused."""
    return parse("0", names=(), table=vocabulary())


def same(one: Program | None, other: Program | None) -> bool:
    """Tell whether two formulas are the same but for blanks."""
    if one is None or other is None or one is nothing() or other is nothing():
        return False
    return "".join(one.source.split()) == "".join(other.source.split())


class Own(Struct, frozen=True):
    """What the formulas of one file may call: the vocabulary and the file's own."""

    table: Table = field(default_factory=vocabulary)
    functions: Mapping[str, Definition] = field(default_factory=dict)

    def sources(self, called: Collection[str]) -> dict[str, str]:
        """Return the source of each of the file's functions among those called."""
        return {
            name: one.source for name, one in self.functions.items() if name in called
        }


def define_functions(text: str | None, problems: Problems) -> Own:
    """Check the functions that a file defines."""
    if text is None:
        return Own()
    try:
        table, functions = define(text, vocabulary(), BANK)
    except LanguageError as error:
        Formulas(problems).complain(error, ("functions",), ())
        return Own()
    return Own(table, {one.name: one for one in functions})


class Formulas(Struct):
    """Parses the formulas of one question.

    Attributes
    ----------
    problems : Problems
        Where the complaints go.
    used : set of str
        Every name that anything parsed so far reads.
    programs : dict
        The plain formulas parsed so far, by their text: prose repeats them.
    everything : frozenset of str
        Every name that the question makes anywhere.
    own : Own
        What its file defines.
    called : set of str
        The functions that decide what is asked and what is right.
    trusted : bool
        Whether the file was found to be right before: nothing is checked again, and
        each formula is compiled when it is first used.
    """

    problems: Problems
    used: set[str] = field(default_factory=set)
    programs: dict[str, Program] = field(default_factory=dict)
    everything: Names = frozenset()
    own: Own = field(default_factory=Own)
    called: set[str] = field(default_factory=set)
    trusted: bool = False

    def formula(
        self,
        value: str | int | float | bool,
        names: Collection[str],
        path: Path,
        *,
        statements: bool = False,
        formula: bool = False,
        result: str | None = None,
    ) -> Program:
        """Parse a formula, or a constant that stands for one."""
        source = value if isinstance(value, str) else repr(value)
        if self.problems.flooded:
            return nothing()
        if self.trusted:
            if not (statements or formula):
                return self.parsed(source, names)
            return Deferred(
                source,
                partial(
                    parse,
                    source,
                    names=tuple(names),
                    table=self.own.table,
                    statements=statements,
                    formula=formula,
                    result=result,
                ),
            )
        try:
            if statements or formula:
                program = parse(
                    source,
                    names=names,
                    table=self.own.table,
                    statements=statements,
                    formula=formula,
                    result=result,
                )
            else:
                program = self.parsed(source, names)
        except LanguageError as error:
            self.complain(error, path, names, program=statements)
            # A refused formula may read any name: none of them is called unused.
            self.used |= set(re.findall(r"[A-Za-z_]\w*", source))
            return nothing()
        self.used |= program.names
        if path[-1] != "cross_check" and "walk" not in path:
            self.called |= program.functions
        return program

    def parsed(self, source: str, names: Collection[str]) -> Program:
        """Parse a plain formula, once for all the places that have it."""
        known = self.programs.get(source)
        if self.trusted:
            if known is None:
                table, may_read = self.own.table, frozenset(names)
                make = partial(parse, source, names=may_read, table=table)
                known = self.programs[source] = Deferred(source, make)
            return known
        # What was accepted with other names is accepted with these, if it reads
        # nothing else: no name of a question is a function's name too.
        if known is None or not known.names.issubset(names):
            known = parse(source, names=names, table=self.own.table)
            self.programs[source] = known
        return known

    def prose(self, text: str, names: Collection[str], path: Path) -> Prose:
        """Split a text into sentences and fields."""
        if self.trusted:
            may_read = frozenset(names)
            return DeferredProse(
                text,
                lambda: read_prose(text, lambda found: self.parsed(found, may_read))[0],
            )
        if not text.strip():
            self.problems.add(path, "must say something; it is blank")
        prose, errors = read_prose(text, lambda formula: self.parsed(formula, names))
        for error in errors:
            self.complain(error, path, names)
        self.used |= prose.names
        if errors:
            self.used |= set(re.findall(r"[A-Za-z_]\w*", text))
        return prose

    def constant(self, program: Program, path: Path) -> Value:
        """Return what a formula without names is worth; None when it has names."""
        if self.trusted or program.names:
            return None
        try:
            return run(program, {})
        except EvaluationError as error:
            self.complain(error, path, ())
            return None

    def complain(
        self,
        error: LanguageError,
        path: Path,
        names: Collection[str],
        *,
        program: bool = False,
    ) -> None:
        """Note what is wrong with a formula or program, with its line in the file."""
        start = self.problems.blocks.get(path)
        line = None if start is None else start + error.line - 1
        hint = ""
        for word, truth in _TRUTHS.items():
            if word not in names and re.search(f"['`]{word}['`]", error.problem):
                hint = f"; for a truth value write {truth}"
        for name in sorted(self.everything.difference(names)):
            if f"there is no `{name}`" in error.problem:
                hint = _LATER if not program else "; list it in the answer's 'names'"
        where = _where(error)
        self.problems.add(path, f"{shown(error.problem)}{hint}{where}", line=line)


def _where(error: LanguageError) -> str:
    """Say where in a formula or a text something is wrong."""
    rows = error.source.split("\n")
    if not 1 <= error.line <= len(rows):
        return ""
    row = rows[error.line - 1]
    if not error.column:
        return f" (in '{shown(row, _EXCERPT)}')" if row.strip() else ""
    start = max(0, min(error.column - 1 - _EXCERPT // 2, len(row) - _EXCERPT))
    excerpt = row[start : start + _EXCERPT]
    before = "…" if start else ""
    after = "…" if start + _EXCERPT < len(row) else ""
    of_line = f"line {error.line}, " if len(rows) > 1 else ""
    return f" ({of_line}column {error.column} of '{before}{shown(excerpt)}{after}')"
