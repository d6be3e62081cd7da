"""A question in a notebook: its arrays, and what may be done with it."""

from __future__ import annotations

import operator
import time
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.asking import (
    Event,
    HintGiven,
    Judged,
    Reply,
    Unread,
    begin,
    take,
)
from drill.asking.grading import carried_forward, grade_answer
from drill.asking.steps import steps_after
from drill.errors import DrillError, UsageError
from drill.notebook import pages
from drill.notebook.given import given
from drill.notebook.keeping import Keeper
from drill.notebook.pages import Page
from drill.practice import new_id
from drill.publishing import PublishedPart
from drill.visible import shown

if TYPE_CHECKING:
    from drill.asking import Step
    from drill.drawing import Instance
    from drill.walk import Walk


PART_OVER = "This part is over, so nothing more was kept."
OVER = "This question is over, so nothing was kept; drill.ask() asks the next one."


class Asked:
    """A question that is being asked in a notebook.

    What the prompt shows is there as attributes: ``q.X`` is a copy of the array X,
    which may be changed. ``q["X"]`` is the same.

    Attributes
    ----------
    ticket : str
        Determines the question and its numbers.
    inputs : mapping
        Every name that the prompt shows, with its value.
    """

    def __init__(self, instance: Instance, keeper: Keeper | None = None) -> None:
        self._instance = instance
        self._keeper = keeper
        self._now = begin(instance, new_id(), time.monotonic())
        self._walk: Walk | None = None
        self._place = -1

    @property
    def ticket(self) -> str:
        """The ticket: `drill show` opens it at the terminal."""
        return str(self._instance.ticket)

    @property
    def inputs(self) -> Mapping[str, Any]:
        """What the prompt gives, by name."""
        names = dict.fromkeys(self._instance.question.inputs)
        for target in self._instance.targets:
            names |= dict.fromkeys(target.part.answer.names)
        values = self._instance.values
        return MappingProxyType(
            {
                name: values[name].copy()  # type: ignore[union-attr]
                if isinstance(values[name], np.ndarray)
                else values[name]
                for name in names
            }
        )

    def is_of(self, ticket: str) -> bool:
        """Tell whether a ticket names this question with these numbers."""
        return ticket in (
            self.ticket,
            self.ticket.rpartition("-")[0],
        )

    def check(self, *answers: object, **named: object) -> Page:
        """Grade an answer, and say which mistake it is.

        Parameters
        ----------
        *answers : array, tensor, list, number, text or function
            One answer; of a question with parts the one that is asked now, or one
            for each part in turn.
        **named
            Answers by their parts' names.

        Returns
        -------
        Page
            What the cell shows; `right` tells whether all of it was.

        Raises
        ------
        HistoryError
            When the answer cannot be kept: then it does not count, and no verdict
            is given.
        UsageError
            When it is clear of no answer what it belongs to.
        """
        found = [
            self._check(part, value)
            for part, value in self._placed(answers, named).items()
        ]
        return pages.both(found)

    def hint(self) -> Page:
        """Give the next hint."""
        step = self._take("hint")
        if isinstance(step.show, HintGiven):
            part = PublishedPart(self._instance, self._now.part)
            return pages.hint(step.show, part)
        return pages.note(OVER)

    def solution(self) -> Page:
        """Show how it is done; whoever has not answered yet gives up."""
        return pages.solved(self._instance, self._give_up())

    def step(self, to: int | None = None) -> Page:
        """Show the solution step by step; whoever has not answered yet gives up.

        Parameters
        ----------
        to : int, optional
            A step, counted from 1; a negative number goes so many back. Without it
            the next one is shown.
        """
        try:
            to = None if to is None else operator.index(to)
        except TypeError:
            said = f"'{shown(str(to), 32)}' is no step: q.step(), q.step(3)"
            raise UsageError(said) from None
        gone = self._give_up()
        if self._walk is None:
            self._walk, start = steps_after(self._instance, self._now.done)
            self._place = start - 1
        if self._walk is None:
            told = "This question has no steps to walk through; its solution:"
            return pages.solved(self._instance, " ".join(filter(None, (gone, told))))
        self._place = moved(self._place, to, len(self._walk.frames))
        told = "q.step() goes on, q.step(-1) back, q.step(3) to step 3."
        return pages.step(self._walk, self._place, " ".join(filter(None, (gone, told))))

    def _placed(
        self, answers: tuple[object, ...], named: Mapping[str, object]
    ) -> dict[int, object]:
        """Tell which answer is to which part, in their order."""
        names = [target.part.name for target in self._instance.targets]
        many = len(names) > 1
        call = ", ".join(names) if many else "answer"
        if not answers and not named:
            raise UsageError(f"there is no answer yet: q.check({call})")
        for name in named:
            if not many or name not in names:
                raise UsageError(
                    f"there is no part '{shown(name, 32)}': q.check({call})"
                )
        if len(answers) == 1 and many and not named:
            return {self._now.part: answers[0]}
        if answers and (named or len(answers) != len(names)):
            raise UsageError(
                f"{len(answers) + len(named)} answers were given to {len(names)}"
                f" part{'s' if many else ''}: q.check({call})"
            )
        found = dict(enumerate(answers))
        found |= {names.index(name): value for name, value in named.items()}
        return dict(sorted(found.items()))

    def _check(self, part: int, value: object) -> Page:
        if self._now.over or part < self._now.part:
            return self._again(part, value)
        if part > self._now.part:
            names = [target.part.name for target in self._instance.targets]
            return pages.note(
                f"{names[part]} was not graded: {names[self._now.part]} comes first."
            )
        try:
            reply = Reply(given(value))
        except UsageError as error:
            return pages.unread(Unread("", error))
        step = self._take(reply)
        if isinstance(step.show, Unread):
            return pages.unread(step.show)
        assert isinstance(step.show, Judged)
        return pages.judged(step.show, "One more try." if step.show.again else "")

    def _again(self, part: int, value: object) -> Page:
        """Grade what is over once more; it teaches still, and counts no more."""
        earlier = carried_forward(self._instance, self._now.done[:part])
        try:
            verdict = grade_answer(self._instance, part, given(value), earlier)
        except DrillError as error:
            return pages.note(f"Not read: {error}")
        target = self._instance.targets[part]
        note = OVER if self._now.over else PART_OVER
        return pages.judged(Judged(verdict, target, last=True), note)

    def _give_up(self) -> str:
        if self._now.over:
            return ""
        self._take("give up")
        return "You gave up here."

    def _take(self, event: Event) -> Step:
        """Take one turn: it is kept before anything of it is known."""
        step = take(self._now, event, time.monotonic())
        if step.keep is not None and self._keeper is not None:
            self._keeper.keep(step.keep)
        self._now = step.asking
        return step

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(
                f"the prompt gives no '{name}'; it gives"
                f" {', '.join(self.inputs) or 'no values'}"
            ) from None

    def __getitem__(self, name: str) -> Any:
        return self.inputs[name]

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *self.inputs]

    def __repr__(self) -> str:
        return pages.question(self._instance).text

    def _repr_html_(self) -> str:
        return pages.question(self._instance).html


def moved(place: int, to: int | None, count: int) -> int:
    """Return the step that is shown next.

    Examples
    --------
    >>> moved(0, None, 3), moved(2, None, 3), moved(2, -1, 3), moved(0, 3, 3)
    (1, 2, 1, 2)
    """
    goal = place + 1 if to is None else place + to if to < 0 else to - 1
    return max(0, min(goal, count - 1))
