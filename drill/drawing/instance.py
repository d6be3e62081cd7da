"""Instances: a question with its numbers drawn, from a ticket alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from drill.bank import Answer, Constant, Question
from drill.drawing.aim import aim, case_of
from drill.drawing.filled_prose import Filled, fill
from drill.drawing.mistakes import Known, in_cases, mistake_arrays, must_differ
from drill.drawing.stream import Stream
from drill.drawing.target import Case, Target
from drill.drawing.ticket import Ticket, issue
from drill.drawing.values import Values, attempt
from drill.errors import DrawError, EvaluationError
from drill.language import Value, budget

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TRIES = 1000
MAX_WORK = 100_000_000


@dataclass(frozen=True, eq=False)
class Instance:
    """A question with its numbers: what is asked, and what is right.

    Attributes
    ----------
    ticket : Ticket
        Determines everything else, given the bank.
    values : mapping
        Every drawn and derived name; a part's name holds its reference.
    targets : tuple of Target
        One for each part of the question.
    tries : int
        How many draws were made until one met the constraints.
    """

    ticket: Ticket
    question: Question
    values: Values
    targets: tuple[Target, ...]
    tries: int
    _known: tuple[Known, ...] = field(repr=False)
    _mistakes: dict[int, Mapping[str, NDArray[Any]]] = field(
        default_factory=dict, init=False, repr=False
    )
    _in_cases: dict[int, tuple[tuple[NDArray[Any] | None, ...], ...]] = field(
        default_factory=dict, init=False, repr=False
    )

    def mistakes(self, part: int) -> Mapping[str, NDArray[Any]]:
        """Return the mistakes of one part that are on, with their values.

        They are computed once: whoever grades many answers asks many times.
        """
        if part not in self._mistakes:
            self._mistakes[part] = mistake_arrays(
                self.targets[part], self.values, self._known[part]
            )
        return self._mistakes[part]

    def in_cases(self, part: int) -> tuple[tuple[NDArray[Any] | None, ...], ...]:
        """Return what each mistake of an expression gives on each of its cases."""
        if part not in self._in_cases:
            self._in_cases[part] = in_cases(self.targets[part], self._known[part])
        return self._in_cases[part]


def draw(question: Question, seed: int) -> Instance:
    """Draw the instance of `question` that `seed` determines.

    Parameters
    ----------
    question : Question
    seed : int
        Not negative.

    Returns
    -------
    Instance
        The same for the same question and seed, on every machine.

    Raises
    ------
    DrawError
        When no draw within the limit meets the question's constraints, or one of
        its formulas fails.
    """
    with budget(MAX_WORK) as left:
        for number in range(MAX_TRIES):
            values = attempt(question, (seed, number), {})
            aimed = (
                None if values is None else _targets(question, values, (seed, number))
            )
            if left.empty:
                # What no mistake could pay for would count as undefined.
                raise DrawError(
                    f"{question.where.file}:{question.where.line}: {question.id}: seed"
                    f" {seed} costs more than {MAX_WORK:,} steps of work in"
                    f" {number + 1} tries; draw smaller arrays, or let more draws meet"
                    " 'require'"
                )
            if values is not None and aimed is not None:
                ticket = issue(question, seed)
                targets, known = aimed
                return Instance(ticket, question, values, targets, number + 1, known)
    raise DrawError(
        f"{question.where.file}:{question.where.line}: {question.id}: seed {seed} found"
        f" no draw in {MAX_TRIES} that meets 'require' and keeps the must-differ"
        " mistakes apart; widen the draws or let fewer mistakes be must_differ"
    )


def _targets(
    question: Question, values: dict[str, Value], key: tuple[object, ...]
) -> tuple[tuple[Target, ...], tuple[Known, ...]] | None:
    targets = []
    known = []
    for part in question.parts:

        def cases(answer: Answer) -> Sequence[Values]:
            fixed = [*answer.cases, *([answer.stable] if answer.stable else [])]
            return hidden_values(question, fixed, key)

        stream = partial(Stream, question.id, *key, "options", part.name)
        try:
            target = aim(part, values, stream, cases)
        except DrawError as error:
            raise DrawError(f"{question.id}: seed {key[0]}: {error}") from None
        made = None if target is None else must_differ(target, values)
        if target is None or made is None:
            return None
        targets.append(target)
        known.append(made)
        values[part.name or "answer"] = _bound(target)
    return tuple(targets), tuple(known)


def _bound(target: Target) -> Value:
    """Return a reference as later formulas and the solution know it."""
    if target.part.answer.kind == "shape":
        return tuple(target.reference.tolist())
    return target.reference if target.reference.ndim else target.reference[()].item()


def hidden_values(
    question: Question,
    cases: Sequence[Mapping[str, Constant]],
    key: tuple[object, ...],
) -> list[Values]:
    """Draw the hidden cases of an expression: the question again, partly fixed."""
    found: list[Values] = []
    for place, fixed in enumerate(cases):
        for number in range(MAX_TRIES):
            values = attempt(question, (*key, "case", place, number), fixed)
            if values is not None:
                found.append(values)
                break
        else:
            raise DrawError(
                f"case {place + 1} found no draw in {MAX_TRIES} that meets 'require'"
            )
    return found


def more_cases(instance: Instance, part: int, tries: int) -> Iterator[Case]:
    """Yield further cases of an expression: the question drawn again, nothing fixed.

    The same for the same question, whatever the ticket.
    """
    question, answer = instance.question, instance.targets[part].part.answer
    for number in range(tries):
        values = attempt(question, ("more", number), {})
        if values is None or not {*answer.names} <= values.keys():
            continue
        try:
            yield case_of(answer, values)
        except EvaluationError:
            continue


def stem(instance: Instance) -> Filled:
    """Return what is said before the first of several parts; else nothing."""
    prose = instance.question.stem
    return fill(prose, instance.values) if prose else ()


def prompt(instance: Instance, part: int = 0) -> Filled:
    """Return what is asked in one part."""
    return fill(instance.question.parts[part].ask, instance.values)


def hints(instance: Instance, part: int = 0) -> tuple[Filled, ...]:
    """Return the hints of one part, in the order in which they are given."""
    prose = instance.question.parts[part].hints
    return tuple(fill(hint, instance.values) for hint in prose)


def solution(instance: Instance) -> Filled:
    """Return the worked solution on these numbers."""
    return fill(instance.question.solution, instance.values)


def carried(
    instance: Instance, part: int, earlier: Mapping[str, Value]
) -> Target | None:
    """Return a later part's target given the earlier answers as they were made.

    Parameters
    ----------
    instance : Instance
    part : int
        The later part's place.
    earlier : mapping
        Earlier parts' names with the learner's answers.

    Returns
    -------
    Target or None
        None when the part does not exist for these answers.
    """
    values = {**instance.values, **earlier}
    try:
        return aim(
            instance.question.parts[part],
            values,
            lambda: Stream("carried"),
            lambda _: (),
        )
    except DrawError:
        return None
