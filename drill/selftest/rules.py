"""The rules, by the names that findings carry.

A rule yields one sentence for each thing that is wrong.  Rules about an instance go
through the public functions that the learner's path uses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import numpy as np

from drill.bank import Question
from drill.drawing import Instance, draw
from drill.errors import DrillError
from drill.language import Value
from drill.selftest.answers import (
    accepted,
    options,
    printed_digits,
    refused,
    second_route,
)
from drill.selftest.independence import independent
from drill.selftest.mutants import carried_forward, margin, told
from drill.selftest.observation import Observation, observe
from drill.selftest.prompts import budget, prose
from drill.selftest.ties import ties
from drill.selftest.walk_rules import walks

Rule = Callable[[Observation], Iterator[str]]


def deterministic(observed: Observation) -> Iterator[str]:
    """The ticket alone determines the instance."""
    instance = observed.instance
    again = draw(instance.question, instance.ticket.seed)
    if fingerprint(again) != fingerprint(instance):
        yield "drawing the same ticket again gives another instance"
    elif _hidden(again) != _hidden(instance):
        yield "drawing the same ticket again runs a program on other hidden draws"


def fingerprint(instance: Instance) -> str:
    """Return a short text that is equal for equal instances only."""
    options = [[o.text for o in target.options] for target in instance.targets]
    values = [(name, _exact(value)) for name, value in instance.values.items()]
    # Thousands of them are kept, and a hostile instance may hold 100,000 numbers.
    return hashlib.sha256(repr((values, options)).encode()).hexdigest()


def _hidden(instance: Instance) -> list[object]:
    """Return everything that a program is run on, and what is right there."""
    return [
        [_exact(value) for value in (*case.values.values(), case.reference)]
        for target in instance.targets
        for case in (*target.cases, *([target.stable] if target.stable else []))
    ]


def _exact(value: Value) -> object:
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, value.tobytes())
    return value


RULES: dict[str, Rule] = {
    "determinism": deterministic,
    "prose": prose,
    "budget": budget,
    "reference accepted": accepted,
    "wrong refused": refused,
    "options": options,
    "second route": second_route,
    "printed digits": printed_digits,
    "ties": ties,
    "mistakes told": told,
    "tolerance": margin,
    "carried forward": carried_forward,
    "walk": walks,
}
"""Rules about one instance."""

OF_QUESTIONS: dict[str, Callable[[Question], Iterator[str]]] = {
    "independence": independent
}
"""Rules about a question before anything is drawn."""

OVER_ALL = (
    "draw",
    "acceptance",
    "mistake never met",
    "mistakes apart",
    "variety",
    "guessability",
    "answer shown",
    "other process",
)
"""Rules about all instances of a question; 'budget' and 'tolerance' have some, too."""


def examine(instance: Instance) -> list[tuple[str, str]]:
    """Return what each rule finds wrong with one instance."""
    return judge(observe(instance))


def judge(observed: Observation) -> list[tuple[str, str]]:
    """Return what each rule finds wrong with an instance that was looked at."""
    found = []
    for name, rule in RULES.items():
        try:
            found += [(name, message) for message in rule(observed)]
        except DrillError as error:
            found.append((name, f"cannot be checked, for something fails: {error}"))
    return found
