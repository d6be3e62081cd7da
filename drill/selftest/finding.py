"""What the self-test finds, and what it counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong with a question of the bank.

    Attributes
    ----------
    rule : str
        The name of the rule that found it.
    question : str
    ticket : str
        The instance that shows it; empty when it concerns all of them.
    message : str
        What is wrong, on this instance's numbers.
    file : str
    line : int
        Where the question starts.
    """

    rule: str
    question: str
    ticket: str
    message: str
    file: str
    line: int


@dataclass(frozen=True)
class Mutant:
    """What became of one known mistake: a mutant of the solver.

    Attributes
    ----------
    on : int
        On how many instances it is on, and was graded.
    wrong : int
        … and was graded wrong.
    alone : int
        … and was told apart: diagnosed, and nothing else with it.
    scored : int
        On how many instances it is off because it gives the right answer: whoever
        makes it scores there.
    near : int
        On how many it is off because it differs by a few tolerances only, or less.
    margin : float
        The least by which it misses where it is on, in tolerances; infinite for
        answers that are exact.
    """

    on: int = 0
    wrong: int = 0
    alone: int = 0
    scored: int = 0
    near: int = 0
    margin: float = math.inf


@dataclass(frozen=True)
class Record:
    """What was seen of one question over all its seeds.

    Attributes
    ----------
    digest : str
        Of the question as it was examined.
    seeds : int
        How many seeds were wanted.
    instances : int
        How many instances were drawn and examined.
    tries : int
        How many draws that took.
    distinct, answers : int
        How many of the instances, and of their answers, differ.
    commonest : int
        How often the most frequent answer came up.
    work : int
        Steps of work of all draws together.
    digits : int
        The most digits that an instance makes a learner type.
    width : int
        The widest line that does not wrap.
    seconds : float
        Time spent; nothing else here depends on the machine.
    counts : mapping of str to int
        For each rule, how often it complained; `findings` has the first few.
    mutants : mapping of str to Mutant
        The known mistakes by name, after their part's name if it has one.
    sample : str
        Identifies the first instances, for a second process to repeat.
    stopped : bool
        Whether it was interrupted before its last seed.
    """

    question: str
    topic: str
    digest: str
    seeds: int
    instances: int
    tries: int
    distinct: int
    seconds: float
    findings: tuple[Finding, ...] = ()
    answers: int = 0
    commonest: int = 0
    work: int = 0
    digits: int = 0
    width: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    mutants: Mapping[str, Mutant] = field(default_factory=dict)
    sample: str = ""
    stopped: bool = False

    @property
    def told_apart(self) -> float:
        """The mutation score: the share of graded mistakes that are told apart."""
        on = sum(mutant.on for mutant in self.mutants.values())
        return sum(mutant.alone for mutant in self.mutants.values()) / on if on else 1.0
