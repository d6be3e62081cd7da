"""What became of one part of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from drill.drawing import Instance, Target

if TYPE_CHECKING:
    from drill.grading import Diagnosis, Verdict

Outcome = Literal["right", "right later", "wrong", "gave up", "skipped", "unread"]


class Try(Struct, frozen=True, eq=False):
    """One reply, and what it was worth.

    Attributes
    ----------
    text : str
        As it was given.
    verdict : Verdict or None
        None when it could not be read; `problem` then says why.
    """

    text: str
    verdict: Verdict | None
    problem: str = ""


class Answered(Struct, frozen=True, eq=False):
    """What became of one part of a question.

    Attributes
    ----------
    outcome : str
        ``right`` is at the first try; ``unread`` only where there is no second one.
    tries : tuple of Try
        The replies that counted, in turn.
    hints : int
        How many were taken.
    seconds : float
        From the question to the first graded reply, without time spent in the help.
    id, asking : str
        Of this part, and of all parts of this instance.
    """

    instance: Instance
    part: int
    outcome: Outcome
    tries: tuple[Try, ...] = ()
    hints: int = 0
    seconds: float = 0.0
    id: str = ""
    asking: str = ""

    @property
    def target(self) -> Target:
        """What was wanted."""
        return self.instance.targets[self.part]

    @property
    def verdict(self) -> Verdict | None:
        """Of the last reply."""
        return self.tries[-1].verdict if self.tries else None

    @property
    def text(self) -> str:
        """The last reply."""
        return self.tries[-1].text if self.tries else ""

    @property
    def problem(self) -> str:
        """Why the last reply could not be read; empty when it could."""
        return self.tries[-1].problem if self.tries else ""

    @property
    def score(self) -> float:
        """Of the first reply, from 0 to 1."""
        first = self.tries[0].verdict if self.tries else None
        return first.score if first else 0.0

    @property
    def named(self) -> tuple[Diagnosis, ...]:
        """The mistakes, or relations, that were named on the way, each once."""
        found: dict[Diagnosis, None] = {}
        for verdict in (one.verdict for one in self.tries if one.verdict):
            related = (verdict.relation,) if verdict.relation else ()
            found |= dict.fromkeys(verdict.mistakes or related)
        return tuple(found)

    @property
    def replies(self) -> tuple[tuple[str, str], ...]:
        """Each reply as it was given, and as it was read."""
        return tuple((one.text, self._read(one.verdict)) for one in self.tries)

    def _read(self, verdict: Verdict | None) -> str:
        if verdict is None or verdict.read is None or self.target.cases:
            return ""
        from drill.answer import echo

        return echo(verdict.read, self.target.part.answer.kind)
