"""Questions as they are published: variants, each with all that can be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from drill.bank import Question
from drill.drawing import (
    Filled,
    Instance,
    Target,
    Ticket,
    draw,
    hints,
    inline,
    plain,
    prompt,
    say,
    solution,
    stem,
)
from drill.errors import DrawError
from drill.screen import words
from drill.typesetting import Blocks, Run, Text, code, sentence, typeset, value

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPARE = 20
"""Seeds that are tried beyond twice as many as variants are wanted."""


@dataclass(frozen=True, eq=False)
class Known:
    """A wrong answer that is known, and what is said to whoever gives it.

    Attributes
    ----------
    name : str
        The mistake's, as statistics know it.
    array : ndarray or None
        Its value; None for a program.
    text : str
        Its value as text: numbers, or the program.
    said : str
        The sentence on this variant's numbers.
    names : frozenset of str
        What a person types in a program, set as code.
    """

    name: str
    array: NDArray[Any] | None
    text: str
    said: str
    names: frozenset[str] = frozenset()

    @property
    def text_runs(self) -> tuple[Run, ...]:
        """Its value, set."""
        if self.array is None:
            return code(self.text)
        if self.array.ndim > 1:
            return value(self.array)
        return (Text(self.text.replace("-", "−")),)

    @cached_property
    def said_runs(self) -> tuple[Run, ...]:
        """The sentence, set."""
        return sentence(self.said, self.names)


@dataclass(frozen=True)
class Option:
    """An option of a choice, as it was dealt.

    Attributes
    ----------
    mistake : str
        The mistake whose value it is; empty for a written option.
    """

    letter: str
    text: str
    right: bool
    why: str = ""
    mistake: str = ""
    names: frozenset[str] = frozenset()

    @property
    def runs(self) -> tuple[Run, ...]:
        """What it says, set."""
        return sentence(self.text, self.names)

    @property
    def why_runs(self) -> tuple[Run, ...]:
        """Why it is wrong, or right, set."""
        return sentence(self.why, self.names)


@dataclass(frozen=True, eq=False)
class PublishedPart:
    """One thing asked in a variant.

    Attributes
    ----------
    name : str
        Empty for the only part of a question.
    form : str
        What form an answer has, and how exact it is.
    answer : str
        The right answer as text: numbers, a letter with its option, or a program.
    """

    instance: Instance
    place: int

    @property
    def target(self) -> Target:
        """What is wanted: the reference and how exactly."""
        return self.instance.targets[self.place]

    @property
    def name(self) -> str:
        """The part's name."""
        return self.target.part.name

    @property
    def kind(self) -> str:
        """The kind of its answer."""
        return self.target.part.answer.kind

    @property
    def form(self) -> str:
        """What form an answer has."""
        return words.form(self.target)

    @property
    def answer(self) -> str:
        """The right answer as text."""
        return words.answer_text(self.target)

    @property
    def explained(self) -> tuple[tuple[tuple[Run, ...], tuple[Run, ...]], ...]:
        """Each known wrong answer with its sentence, each option with its reason."""
        known = ((one.text_runs, one.said_runs) for one in self.known)
        options = (
            ((Text(f"{one.letter})"),), one.why_runs) for one in self.options if one.why
        )
        return (*known, *options)

    @property
    def answer_runs(self) -> tuple[Run, ...]:
        """The right answer, set; several lines of a program stand in one."""
        target = self.target
        if target.options:
            right = [one for one in self.options if one.right]
            if self.kind == "choice":
                return (Text(f"{right[0].letter}) "), *right[0].runs)
            return (Text(", ".join(one.letter for one in right) or "none"),)
        if self.kind == "expression":
            return code(self.answer)
        if target.reference.ndim > 1:
            decimals = target.part.answer.decimals
            return value(target.reference, "" if decimals is None else f".{decimals}f")
        return (Text(self.answer.replace("-", "−")),)

    @property
    def asked(self) -> Filled:
        """What is asked, as plain text and matrices."""
        return prompt(self.instance, self.place)

    @cached_property
    def prompt(self) -> Blocks:
        """What is asked, set."""
        return typeset(self.asked, typed(self.instance))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What a choice offers; nothing for the other kinds."""
        names = typed(self.instance)
        return tuple(
            Option(letter, one.text, one.right, one.why, one.mistake, names)
            for letter, one in zip(words.LETTERS, self.target.options, strict=False)
        )

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """The wrong answers that are known here; a choice has them as its options."""
        return tuple(self._known())

    @cached_property
    def hints(self) -> tuple[Blocks, ...]:
        """The hints, in the order in which they are given, set."""
        return tuple(
            typeset(hint, typed(self.instance))
            for hint in hints(self.instance, self.place)
        )

    def _known(self) -> Iterator[Known]:
        target, values = self.target, self.instance.values
        names = typed(self.instance)
        if target.options:
            return
        if self.kind == "expression":
            for mistake in target.part.mistakes:
                source = mistake.value.source.strip()
                said = say(mistake, values)
                yield Known(mistake.name, None, source, said, names)
            return
        mistakes = {mistake.name: mistake for mistake in target.part.mistakes}
        for name, array in self.instance.mistakes(self.place).items():
            shape = self.kind == "shape" and array.ndim == 1
            text = inline(tuple(array.tolist()) if shape else array)
            said = say(mistakes[name], values)
            yield Known(name, array, text, said, names)


@dataclass(frozen=True, eq=False)
class Variant:
    """One question with one set of numbers."""

    instance: Instance

    @property
    def ticket(self) -> Ticket:
        """Determines it, and stands in every format that has room for a name."""
        return self.instance.ticket

    @cached_property
    def stem(self) -> Blocks:
        """What is said before the first of several parts, set."""
        return typeset(stem(self.instance), typed(self.instance))

    @cached_property
    def parts(self) -> tuple[PublishedPart, ...]:
        """What is asked."""
        places = range(len(self.instance.targets))
        return tuple(PublishedPart(self.instance, place) for place in places)

    @property
    def hinted(self) -> bool:
        """Whether there are hints."""
        return any(part.hints for part in self.instance.question.parts)

    @cached_property
    def solution(self) -> Blocks:
        """The worked solution, a paragraph for each step, set."""
        return typeset(solution(self.instance), typed(self.instance))


@dataclass(frozen=True, eq=False)
class Published:
    """A question with its variants, no two of which ask the same."""

    question: Question
    variants: tuple[Variant, ...]


def publish(
    question: Question,
    count: int,
    seed: int,
    refused: Callable[[Variant], str] = lambda _: "",
) -> Published:
    """Draw variants of a question, from a seed upwards.

    Parameters
    ----------
    question : Question
    count : int
        How many are wanted; a question with few draws has fewer.
    seed : int
        The first that is tried.
    refused : callable
        Says why a variant cannot be published; another takes its place.

    Returns
    -------
    Published
        The same for the same bank, count and seed.

    Raises
    ------
    DrawError
        When no variant can be published.
    """
    found: list[Variant] = []
    seen: set[str] = set()
    problem = ""
    for one in range(seed, seed + 2 * count + SPARE):
        if len(found) == count:
            break
        variant = Variant(draw(question, one))
        asked = _asked(variant.instance)
        if asked in seen:
            continue
        seen.add(asked)
        if why := refused(variant):
            problem = why
        else:
            found.append(variant)
    if not found:
        raise DrawError(problem or f"{question.id} has no variant to publish")
    return Published(question, tuple(found))


def typed(instance: Instance) -> frozenset[str]:
    """Return the names that a person types in a program."""
    answers = [part.answer for part in instance.question.parts]
    found = [one for answer in answers for one in (*answer.names, answer.result)]
    return frozenset(name for name in found if name)


def _asked(instance: Instance) -> str:
    """Return the same text for variants that ask the same."""
    parts = [
        plain(prompt(instance, place)) + repr([o.text for o in target.options])
        for place, target in enumerate(instance.targets)
    ]
    return "\n".join([plain(stem(instance)), *parts])
