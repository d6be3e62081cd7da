"""Two files of marks: whose mark changed, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drill.analysis.marks import Marked


@dataclass(frozen=True)
class Changed:
    """A mark that is not what it was; None where there was, or is, none."""

    student: str
    question: str
    part: str
    before: Marked | None
    after: Marked | None

    @property
    def why(self) -> str:
        """What the change comes from."""
        before, after = self.before, self.after
        if before is None or after is None:
            return "new" if before is None else "gone"
        if before.ticket != after.ticket:
            return f"the question was edited: {before.ticket} is {after.ticket} now"
        if before.answer != after.answer:
            return "another answer was handed in"
        if before.expected != after.expected:
            return "the right answer changed"
        if before.late != after.late:
            return "late now" if after.late else "no longer late"
        return "it is judged otherwise"


def compare(old: Iterable[Marked], new: Iterable[Marked]) -> list[Changed]:
    """Return what changed, by student and question."""
    before = {(one.student, one.question, one.part): one for one in old}
    after = {(one.student, one.question, one.part): one for one in new}
    return [
        Changed(*key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if _what(before.get(key)) != _what(after.get(key))
    ]


def _what(mark: Marked | None) -> object:
    return mark and (mark.outcome, mark.score, mark.mistakes, mark.late, mark.answer)
