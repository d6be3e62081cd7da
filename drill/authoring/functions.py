"""The reference functions that a bank's formulas may call, and what each gives."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from drill import oracle, solver
from drill.bank import Bank, vocabulary

Room = Literal["bank", "solver", "oracle"]


@dataclass(frozen=True)
class Offered:
    """A function of the vocabulary.

    Attributes
    ----------
    room : str
        ``solver`` for an answer's `value`, ``oracle`` for its `cross_check`, ``bank``
        for what a bank's own file defines.
    """

    room: Room
    name: str
    signature: str
    summary: str

    def __str__(self) -> str:
        return f"{self.name}({self.signature})"


def offered(word: str = "") -> list[Offered]:
    """List the functions whose name or description holds `word`.

    Examples
    --------
    >>> [str(one) for one in offered("dense_params")]
    ['dense_params(n_in, n_out, bias=True)',
     'enumerate_dense_params(n_in, n_out, bias=True)']
    """
    found = []
    table = vocabulary().builtins
    rooms: tuple[Room, Room] = ("solver", "oracle")
    for room, members in zip(rooms, (solver, oracle), strict=True):
        for name in members.__all__:
            member = getattr(members, name)
            if name not in table or isinstance(member, type):
                continue
            summary = (inspect.getdoc(member) or "").partition("\n")[0]
            if word.lower() in f"{name} {summary}".lower():
                found.append(Offered(room, name, _parameters(member), summary))
    return found


def defined(bank: Bank, word: str = "") -> list[Offered]:
    """List the functions that a bank's files define, topic by topic."""
    return [
        Offered("bank", one.name, one.signature, one.note or f"of {topic.id}")
        for topic in bank.topics.values()
        for one in topic.functions
        if word.lower() in f"{one.name} {one.note}".lower()
    ]


def _parameters(call: Callable[..., object]) -> str:
    """Write a function's parameters without their types, which formulas lack."""
    signature = inspect.signature(call)
    bare = [
        one.replace(annotation=inspect.Parameter.empty)
        for one in signature.parameters.values()
    ]
    return str(signature.replace(parameters=bare, return_annotation=signature.empty))[
        1:-1
    ]
