"""Verdicts: what became of one answer, as data; the screen puts it into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from drill.drawing import Case

if TYPE_CHECKING:
    from numpy.typing import NDArray

Reason = Literal["right", "value", "shape", "not finite", "options", "program"]


@dataclass(frozen=True)
class Diagnosis:
    """A recognised wrong way: its name, and the sentence that names it."""

    name: str
    say: str


@dataclass(frozen=True, eq=False)
class Counterexample:
    """The smallest draw on which a program is wrong.

    Attributes
    ----------
    case : Case
        The inputs and what a right program gives.
    got : ndarray or None
        What this one gives; None when it fails.
    error : str
        How it fails, in the learner's terms.
    shown : bool
        Whether this is the draw that the prompt shows.
    """

    case: Case
    got: NDArray[Any] | None
    error: str
    shown: bool


@dataclass(frozen=True, eq=False)
class Verdict:
    """What became of one answer.

    Attributes
    ----------
    right : bool
    score : float
        From 0 to 1: the share of entries, or of options, that are right.
    reason : str
        What decided it: shape comes before value.
    read : ndarray or None
        The answer as it was compared; None for a program.
    reference : ndarray
        What was wanted; with `carried`, given the earlier answers.
    mistakes : tuple of Diagnosis
        The question's own mistakes that give just this answer; when there are
        several, the answer is consistent with each.
    relation : Diagnosis or None
        How a wrong answer relates to the right one, when no mistake does.
    wrong : tuple of index
        The places of the wrong entries, in reading order.
    counterexample : Counterexample or None
    note : str
        What was assumed or is advised, also of a right answer.
    assumed : str
        What was assumed about the form of the reply when it was read.
    printed : tuple of str
        What a program printed, on the draw that the verdict speaks of.
    astray : str
        The line in which a program first goes wrong, with the loops' variables.
    carried : bool
        Whether an answer is right only with an earlier wrong one carried forward.
    """

    right: bool
    score: float
    reason: Reason
    read: NDArray[Any] | None
    reference: NDArray[Any]
    mistakes: tuple[Diagnosis, ...] = ()
    relation: Diagnosis | None = None
    wrong: tuple[tuple[int, ...], ...] = field(default=())
    counterexample: Counterexample | None = None
    note: str = ""
    assumed: str = ""
    printed: tuple[str, ...] = ()
    astray: str = ""
    carried: bool = False
