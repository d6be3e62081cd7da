"""What is counted over all instances of a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drill.bank import Question
from drill.drawing import Dealt, Target, inline
from drill.selftest.answers import shown_answers
from drill.selftest.finding import Mutant
from drill.selftest.observation import Graded, Observation
from drill.selftest.prompts import typed_digits, width

LETTERS = "abcdefghi"
# A mistake that misses by this share of a tolerance gives the right answer.
SAME = 1e-3
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")


@dataclass
class Guesses:
    """How far guessing gets with the options of one part.

    Attributes
    ----------
    chance : float
        The right answers that blind guessing is due, added up over the instances.
    hits : Counter of str
        How often a way that needs no knowledge picks the right answer.
    """

    chance: float = 0.0
    hits: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """Counts over the instances of one question, added one by one."""

    question: Question
    instances: int = 0
    tries: int = 0
    work: int = 0
    digits: int = 0
    width: int = 0
    prints: set[str] = field(default_factory=set)
    answers: Counter[tuple[str, ...]] = field(default_factory=Counter)
    shown: Counter[tuple[int, str]] = field(default_factory=Counter)
    mutants: dict[str, Mutant] = field(default_factory=dict)
    together: Counter[tuple[str, str]] = field(default_factory=Counter)
    guesses: dict[int, Guesses] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in self.question.parts:
            dealt = part.answer.distractors
            for mistake in part.mistakes:
                if part.answer.kind != "choice" or mistake.name in dealt:
                    self.mutants[key(part.name, mistake.name)] = Mutant()

    def add(self, observed: Observation, fingerprint: str) -> None:
        """Count one instance."""
        self.instances += 1
        self.tries += observed.instance.tries
        self.prints.add(fingerprint)
        self.answers[tuple(_answer(target) for _, target in observed.parts)] += 1
        digits = sum(count for _, count in typed_digits(observed))
        self.digits = max(self.digits, digits)
        widths = (width(piece) for _, filled in observed.filled for piece in filled)
        self.width = max(self.width, *widths)
        for place, names in shown_answers(observed).items():
            for name in names:
                self.shown[place, name] += 1
        for one in observed.graded:
            self._count(observed, one)
        for place, target in observed.parts:
            if target.options:
                self._guess(place, target)

    def _count(self, observed: Observation, one: Graded) -> None:
        part = observed.instance.targets[one.part].part.name
        name = key(part, one.mistake.name)
        old = self.mutants[name]
        if not one.on:
            near = one.margin > SAME
            self.mutants[name] = replace(
                old, scored=old.scored + (not near), near=old.near + near
            )
            return
        self.mutants[name] = replace(
            old,
            on=old.on + 1,
            wrong=old.wrong + (not one.right),
            alone=old.alone + (one.names == (one.mistake.name,)),
            margin=min(old.margin, one.margin),
        )
        for other in one.names:
            if other != one.mistake.name:
                self.together[name, key(part, other)] += 1

    def _guess(self, place: int, target: Target) -> None:
        guesses = self.guesses.setdefault(place, Guesses())
        options = target.options
        if target.part.answer.kind == "choice":
            guesses.chance += 1 / len(options)
            guesses.hits.update(_ways(options, int(target.reference)))
        else:
            guesses.chance += 1 / (2 ** len(options) - 2)
            ticked = ", ".join(LETTERS[int(i)] for i in target.reference)
            guesses.hits[f"ticking {ticked}"] += 1
            guesses.hits[f"always '{_answer(target)}'"] += 1
            guesses.hits["ticking all"] += len(target.reference) == len(options)


def key(part: str, mistake: str) -> str:
    """Name a mistake within its question.

    Examples
    --------
    >>> key("", "sign"), key("loss", "sign")
    ('sign', 'loss.sign')
    """
    return f"{part}.{mistake}" if part else mistake


def _answer(target: Target) -> str:
    """Write an answer so that the order of its options does not count."""
    if target.cases:
        return ""
    if target.options:
        return "; ".join(sorted(o.text for o in target.options if o.right))
    return inline(target.reference)


def _ways(options: tuple[Dealt, ...], right: int) -> Iterator[str]:
    """Name the ways to the right option that need no knowledge."""
    yield f"option {LETTERS[right]})"
    if right == len(options) - 1:
        yield "the last option"
    lengths = [len(option.text) for option in options]
    if lengths.count(lengths[right]) == 1:
        if lengths[right] == max(lengths):
            yield "the longest option"
        if lengths[right] == min(lengths):
            yield "the shortest option"
    numbers = [_number(option.text) for option in options]
    known = sorted(number for number in numbers if number is not None)
    if len(set(known)) == len(options):
        rank = known.index(numbers[right] or 0.0)
        if rank == 0:
            yield "the smallest number"
        if rank == len(options) - 1:
            yield "the largest number"
        if len(options) % 2 and rank == len(options) // 2:
            yield "the number in the middle"
    yield f"always '{options[right].text}'"


def _number(text: str) -> float | None:
    found = _NUMBER.search(text)
    return float(found[0].replace("−", "-")) if found else None
