"""A learner at the keyboard, and a clock that can be turned."""

from __future__ import annotations

import builtins
import contextlib
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

import pytest

import drill
from drill.bank import Bank, load_bank
from drill.cli.main import run
from drill.drawing import Instance, mistake_arrays
from drill.drawing.target import Target

TICKET = re.compile(r"([a-z0-9-]+)@(\d+)-[0-9a-f]{4}")
LETTERS = "abcdefghi"
Answerer = Callable[[Instance, int, bool], str]


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def turn(self, **amount: float) -> None:
        """Go on, or back, by so much."""
        self.moment += timedelta(**amount)


@lru_cache
def bank() -> Bank:
    """Return the built-in bank, loaded once."""
    return load_bank()


def right_reply(instance: Instance, part: int) -> str:
    """Return what a learner types who knows the answer."""
    target = instance.targets[part]
    answer = target.part.answer
    if answer.kind == "expression":
        source = answer.value.source
        return f"{answer.result} = {source}" if answer.result else source
    return _typed(target, target.reference.tolist())


def wrong_reply(instance: Instance, part: int, names: tuple[str, ...] = ()) -> str:
    """Return a wrong answer: one of the named mistakes, if they show here."""
    target = instance.targets[part]
    if target.part.answer.kind not in ("expression", "choice", "choices"):
        arrays = mistake_arrays(target, instance.values)
        for name in (*names, *arrays):
            if name in arrays and arrays[name].shape == target.reference.shape:
                return _typed(target, arrays[name].tolist())
    if target.options:
        right = {k for k, option in enumerate(target.options) if option.right}
        other = next(k for k in range(len(target.options)) if k not in right)
        return LETTERS[other]
    if target.part.answer.kind == "expression":
        return (
            "0" if not target.part.answer.result else f"{target.part.answer.result} = 0"
        )
    return _typed(target, (target.reference + 12_345).tolist())


def _typed(target: Target, value: object) -> str:
    if target.options:
        places = value if isinstance(value, list) else [value]
        return ", ".join(LETTERS[int(place)] for place in places) or "none"
    return str(tuple(value)) if target.part.answer.kind == "shape" else str(value)


class Desk:
    """A terminal that is not there: commands are run, and prompts are answered.

    Attributes
    ----------
    clock : Clock
        What the commands take for the time; each reply takes `seconds`.
    answer : callable
        Says what is typed: an instance, a part, and whether it is the second try.
    asked : list of (instance, part)
        What was asked, in order, second tries left out.
    other : str
        The reply to every prompt that is no question.
    """

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, clock: Clock, answer: Answerer
    ) -> None:
        self.clock = clock
        self.answer = answer
        self.asked: list[tuple[Instance, int]] = []
        self.out = io.StringIO()
        self.other = "y"
        self.seconds = 30.0
        monkeypatch.setattr("drill.clock.now", clock.now)
        monkeypatch.setattr(builtins, "input", self.type)
        for name in ("today", "quiz"):
            monkeypatch.setattr(f"drill.cli.{name}.is_terminal", lambda: True)
        monkeypatch.setattr("signal.signal", lambda *_: None)

    def type(self, prompt: str = "") -> str:
        """Answer a prompt as this learner would."""
        if not prompt.startswith(">"):
            return self.other
        shown = self.out.getvalue()
        name, seed = TICKET.findall(shown)[-1]
        parts = re.findall(
            r"^Part (\d+) of", shown[shown.rindex(f"{name}@") :], re.MULTILINE
        )
        part = int(parts[-1]) - 1 if parts else 0
        instance = drill.draw(bank()[name], int(seed))
        again = shown.rstrip().endswith("One more try.")
        if not again:
            self.asked.append((instance, part))
        self.clock.turn(seconds=self.seconds)
        return self.answer(instance, part, again)

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command; return its exit code and what it printed."""
        self.out = io.StringIO()
        with contextlib.redirect_stdout(self.out):
            code = run(list(arguments))
        return code, self.out.getvalue()


def always_right(instance: Instance, part: int, again: bool) -> str:
    """Know everything."""
    return right_reply(instance, part)
