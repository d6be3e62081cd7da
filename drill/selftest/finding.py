"""What the self-test finds, and what it counts."""

from __future__ import annotations

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
class Record:
    """What was seen of one question over all its seeds.

    Attributes
    ----------
    instances : int
        How many were drawn and examined.
    tries : int
        How many draws that took.
    distinct : int
        How many of the instances differ.
    seconds : float
        Time spent.
    met : mapping of str to int
        For each mistake, on how many instances it was on.
    named : mapping of str to int
        … and on how many of these it was diagnosed alone.
    """

    question: str
    topic: str
    instances: int
    tries: int
    distinct: int
    seconds: float
    findings: tuple[Finding, ...]
    met: dict[str, int] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
