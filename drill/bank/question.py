"""The checked form of a bank: what the rest of the program works with.

Formulas are parsed, prose is split into text and fields, names are known to exist.
Everything here is frozen and made by `drill.bank.load`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from drill.bank.prose import Prose
from drill.language import Definition, Program

Kind = Literal["integer", "shape", "number", "array", "choice", "choices", "expression"]
Constant = int | float | bool | str | tuple["Constant", ...]
Size = int | Program


class Where(Struct, frozen=True):
    """The file and line a question starts at."""

    file: str
    line: int


class Draw(Struct, frozen=True):
    """How one name gets its value.

    Attributes
    ----------
    low, high : int, Program or None
        The bounds of an integer draw, both included.
    items : tuple
        What a `one_of` draw picks from; empty for an integer draw.
    shape : tuple of int and Program, or None
        One size for each axis, or a single program that gives them all; None
        draws one value.
    exclude : frozenset of int
        Integers that are never drawn.
    distinct : bool
        Whether the entries of an array must all differ.
    """

    name: str
    low: Size | None = None
    high: Size | None = None
    items: tuple[Constant, ...] = ()
    shape: tuple[Size, ...] | None = None
    exclude: frozenset[int] = frozenset()
    distinct: bool = False

    @property
    def programs(self) -> tuple[Program, ...]:
        """What decides its bounds and sizes, where they are no plain numbers."""
        sizes = (self.low, self.high, *(self.shape or ()))
        return tuple(size for size in sizes if isinstance(size, Program))


class Mistake(Struct, frozen=True):
    """A known wrong way, and what is said to whoever went it."""

    name: str
    value: Program
    say: Prose
    must_differ: bool = True


class Option(Struct, frozen=True):
    """One option of a choice."""

    text: Prose
    right: Program
    why: Prose | None = None


class Answer(Struct, frozen=True):
    """What is asked for, and how exactly.

    Attributes
    ----------
    kind : str
        One of the seven kinds.
    value : Program or None
        The reference; None for a choice among written options.
    decimals, relative : int, float or None
        The tolerance; both None means exact.
    percent : bool
        Whether ``33%`` may be written for 0.33.
    strict : bool
        Whether a row or column is refused for a vector.
    calculation : bool
        Whether a calculation may stand for its result.
    options, distractors, show, ordered
        A choice's options; see `drill.bank.schema.Choice`.
    names, result, form, cases, stable, starter
        An expression's interface; see `drill.bank.schema.Expression`.
    """

    kind: Kind
    value: Program | None = None
    decimals: int | None = None
    relative: float | None = None
    percent: bool = False
    strict: bool = False
    calculation: bool = True
    options: tuple[Option, ...] = ()
    distractors: tuple[str, ...] = ()
    show: int | None = None
    ordered: bool = False
    names: tuple[str, ...] = ()
    result: str | None = None
    form: Literal["numpy", "formula"] = "numpy"
    cases: tuple[Mapping[str, Constant], ...] = ()
    stable: Mapping[str, Constant] | None = None
    starter: str | None = None


class WalkCall(Struct, frozen=True):
    """The walk that shows a solution, by its function's name, and its arguments."""

    function: str
    arguments: Mapping[str, Program]


class Part(Struct, frozen=True):
    """One thing asked: a question has one, or several that build on each other.

    `name` is empty for the only part of a plain question, and its `walk` is None: the
    question has it.
    """

    name: str
    ask: Prose
    answer: Answer
    cross_check: Program | None = None
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[Prose, ...] = ()
    walk: WalkCall | None = None


@dataclass(frozen=True)
class Question:
    """One question of the bank, checked.

    Attributes
    ----------
    digest : str
        Hexadecimal digest of everything that decides what is asked and what is
        right; prose that only explains is not part of it.
    stem : Prose or None
        What is said before the first part of a question with several.
    ties : frozenset of str
        The names in which a tie or a kink is meant to come up.
    walk : WalkCall or None
        What shows the solution of all parts together, if the file says it.
    """

    id: str
    topic: str
    skill: str
    level: int
    minutes: float
    was: tuple[str, ...]
    digest: str
    where: Where
    draws: tuple[Draw, ...]
    lets: tuple[tuple[str, Program], ...]
    require: tuple[Program, ...]
    stem: Prose | None
    parts: tuple[Part, ...]
    solution: Prose
    ties: frozenset[str]
    walk: WalkCall | None

    @cached_property
    def checks(self) -> Mapping[str, tuple[Program, ...]]:
        """The constraints by the name whose value is the last that they wait for.

        One may protect those after it, so that none goes before an earlier one; those
        of draws alone are asked first, and those that wait for nothing are under "".
        """
        drawn = [draw.name for draw in self.draws]
        names = ["", *drawn, *(name for name, _ in self.lets)]
        found: dict[str, tuple[Program, ...]] = {}
        last = 0
        for need in sorted(self.require, key=lambda need: not need.names <= {*drawn}):
            last = max([last, *map(names.index, need.names)])
            found[names[last]] = (*found.get(names[last], ()), need)
        return found

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that the prompt shows as they are, in order."""
        asked = [self.stem, *(part.ask for part in self.parts)]
        own = {part.name for part in self.parts}
        found: dict[str, None] = {}
        for prose in asked:
            for field in prose.parts if prose else ():
                if not isinstance(field, str):
                    name = field.program.source.strip()
                    if name in field.program.names and name not in own:
                        found[name] = None
        return tuple(found)


class Deferred:
    """What is known to be right, and made when more than a list tells is asked of it.

    Parameters
    ----------
    make : callable
        Returns the other fields by name.
    **known
        The fields that are there at once.
    """

    def __init__(self, make: Callable[[], Mapping[str, Any]], **known: object) -> None:
        self.__dict__.update(known, _make=make)

    def __getattr__(self, name: str) -> Any:
        """Make it, and have what it has."""
        if name.startswith("__"):
            raise AttributeError(name)
        self.__dict__.update(self.__dict__["_make"]())
        return self.__dict__[name]

    def __eq__(self, other: object) -> bool:
        """Compare as values: when each was made makes no difference."""
        if not isinstance(other, type(self).__bases__[1]):
            return NotImplemented
        names = [one.name for one in fields(type(self))]  # type: ignore[arg-type]
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        """Equal values have one hash."""
        return hash(self.__dict__["id"])


class DeferredQuestion(Deferred, Question):
    """A question that is composed when it is first used."""


@dataclass(frozen=True)
class Topic:
    """One topic: a file of the bank, with the functions that it defines."""

    id: str
    title: str
    group: str
    summary: str
    conventions: str
    questions: tuple[Question, ...]
    file: str
    functions: tuple[Definition, ...]


class DeferredTopic(Deferred, Topic):
    """A topic whose functions are defined when they are first used."""


class Bank(Struct, frozen=True):
    """Topics by id, in the order of their names."""

    topics: Mapping[str, Topic]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, topic by topic."""
        return tuple(q for topic in self.topics.values() for q in topic.questions)

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The topics of each group, by its name; those without one are in none."""
        found: dict[str, tuple[str, ...]] = {}
        for topic in self.topics.values():
            if topic.group:
                found[topic.group] = (*found.get(topic.group, ()), topic.id)
        return found

    def __getitem__(self, question: str) -> Question:
        """Return a question by its id."""
        for found in self.questions:
            if found.id == question:
                return found
        raise KeyError(question)
