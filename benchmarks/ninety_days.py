"""Ninety days of practice by three made-up learners, through the real commands.

Run ``python benchmarks/ninety_days.py [DAYS]``.  The learners type at a desk without a
screen, under a clock that is turned from day to day:

- *strong* is right 19 times of 20;
- *weak on padding* counts the padding once in most questions in which padding matters,
  and is otherwise right 9 times of 10;
- *forgetful* is right with a chance that halves every few days without a review.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from learner import Clock, Desk, bank, right_reply, wrong_reply

from drill.drawing import Instance
from drill.practice import NAME, open_history

START = datetime(2026, 2, 1, 18, tzinfo=ZoneInfo("Europe/Berlin"))
SEED = 7


def about_padding(instance: Instance) -> tuple[str, ...]:
    """Name the mistakes of a question that have to do with padding."""
    return tuple(
        mistake.name
        for target in instance.targets
        for mistake in target.part.mistakes
        if "pad" in mistake.name
    )


class Learner:
    """Somebody who is right with a chance, and wrong in a way of their own."""

    def __init__(self, chance: Callable[[Instance, int], float], clock: Clock) -> None:
        self.chance = chance
        self.clock = clock
        self.random = random.Random(SEED)
        self.last: dict[str, datetime] = {}

    def __call__(self, instance: Instance, part: int, again: bool) -> str:
        """Say what is typed."""
        name = instance.question.id
        last = self.last.get(name)
        days = (self.clock.now() - last).days if last else 0
        self.last[name] = self.clock.now()
        if again or self.random.random() < self.chance(instance, days):
            return right_reply(instance, part)
        return wrong_reply(instance, part, about_padding(instance))


def strong(instance: Instance, days: int) -> float:
    """Be right 19 times of 20."""
    return 0.95


def weak_on_padding(instance: Instance, days: int) -> float:
    """Count the padding once, mostly."""
    return 0.35 if about_padding(instance) else 0.9


def forgetful(instance: Instance, days: int) -> float:
    """Forget half of it in six days."""
    return 0.97 * 0.5 ** (days / 6)


def semester(chance: Callable[[Instance, int], float], days: int) -> None:
    """Practise every day, and print how it went."""
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRILL_HOME", home)
        whole = bank()

        def loaded(directories: object, topics: list[str]) -> object:
            return type(whole)({topic: whole.topics[topic] for topic in topics})

        patch.setattr("drill.bank.load_bank", loaded)
        clock = Clock(START)
        desk = Desk(patch, clock, Learner(chance, clock))
        for day in range(days):
            clock.moment = START
            clock.turn(days=day)
            code, said = desk.run()
            assert code == 0, said
        report(chance.__name__, Path(home) / NAME, clock.now(), days)


def report(name: str, path: Path, now: datetime, days: int) -> None:
    """Print reviews a day, retention, and how often padding came up."""
    with open_history(path, now) as history:
        attempts = list(history.attempts())
        memories = history.memories().values()
        history.rebuild()
        assert list(history.memories().values()) == list(memories)
    first = {}
    for attempt in attempts:
        first.setdefault(attempt.question, attempt.asking)
    reviews = [a for a in attempts if first[a.question] != a.asking]
    a_day = Counter(a.day for a in attempts)
    right = sum(a.outcome == "right" for a in reviews)
    padded = {
        question.id
        for question in bank().questions
        if any("pad" in m.name for part in question.parts for m in part.mistakes)
    }
    met = {a.question for a in attempts}
    often = {
        kind: sum((a.question in padded) is kind for a in attempts)
        / max(1, len({q for q in met if (q in padded) is kind}))
        for kind in (True, False)
    }
    print(f"{name.replace('_', ' ')}, {days} days")
    print(
        f"  answers {len(attempts)}, questions met {len(met)}"
        f" of {len(bank().questions)}"
    )
    print(
        f"  answers a day: mean {len(attempts) / days:.1f}, most"
        f" {max(a_day.values())}, last week"
        f" {sum(a_day[d] for d in sorted(a_day)[-7:]) / 7:.1f}"
    )
    print(f"  right at first in reviews: {right / max(1, len(reviews)):.1%}")
    print(
        f"  asked per question met: {often[True]:.1f} where padding can go wrong,"
        f" {often[False]:.1f} elsewhere"
    )


if __name__ == "__main__":
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 90
    for learner in (strong, weak_on_padding, forgetful):
        semester(learner, length)
