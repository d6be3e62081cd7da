"""Placing: which file answers which ticket of which student."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from drill.answer import SUFFIXES
from drill.bank import Question
from drill.classroom.deal import Deal, Dealt
from drill.classroom.export import Entry
from drill.classroom.layouts import Found
from drill.drawing import Ticket, find_ticket, parse_ticket
from drill.visible import shown

_NUMBER = re.compile(
    r"(?:^|[^a-z0-9])(?:q|question|problem|exercise|ex)?[ _-]?0*(\d{1,3})(?![0-9a-z])"
)
_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class Piece:
    """A file that answers a part.

    Attributes
    ----------
    part : str
        The part's name; empty for a question of one.
    """

    part: str
    entry: Entry


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one ticket, perhaps nothing.

    Attributes
    ----------
    ticket : Ticket
        The student's own.
    numbers : str
        The digest of what was dealt; empty when no deal says.
    foreign : Ticket or None
        Whose ticket the pieces carry, when it is not the student's own.
    owners : tuple of str
        Who was dealt the foreign ticket.
    late : bool
    notes : tuple of str
        What the teacher should know.
    """

    student: str
    name: str
    ticket: Ticket
    numbers: str
    pieces: tuple[Piece, ...]
    foreign: Ticket | None = None
    owners: tuple[str, ...] = ()
    submitted: datetime | None = None
    late: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unplaced:
    """A file of which nobody can say whose or for what it is."""

    place: str
    reason: str


@dataclass(frozen=True)
class Deadline:
    """Until when; times without a zone are of the deadline's."""

    until: datetime | None
    zone: tzinfo = UTC

    def aware(self, when: datetime | None) -> datetime | None:
        """Give a time its zone."""
        if when is None or when.tzinfo is not None:
            return when
        return when.replace(tzinfo=self.zone)

    def missed(self, when: datetime | None) -> bool:
        """Tell whether a time is after it."""
        return self.until is not None and when is not None and when > self.until


Load = Callable[[str], Question]


def place(
    found: Iterable[Found], deal: Deal | None, load: Load, deadline: Deadline
) -> tuple[list[Submission], list[Unplaced]]:
    """Sort files by student and ticket.

    Parameters
    ----------
    found : iterable of Found
    deal : Deal or None
        With one, everybody in it has a submission for each of their tickets.
    load : callable
        Finds a question; raises `DrillError` when there is none.
    deadline : Deadline

    Returns
    -------
    list of Submission
        In the deal's order; without one, by student and ticket.
    list of Unplaced
    """
    unplaced: list[Unplaced] = []
    students: dict[str, list[Found]] = {}
    dealt: dict[str, Dealt] = {}
    for one in found:
        if Path(one.inside[-1]).suffix.lower() not in SUFFIXES:
            continue
        student = one.keys[0]
        if deal is not None:
            known = deal.find(*one.keys)
            if known is None:
                called = " / ".join(shown(key, 60) for key in one.keys)
                reason = f"{called} is not in the deal"
                unplaced.append(Unplaced(one.entry.place, reason))
                continue
            student = known.id
        students.setdefault(student, []).append(one)
    if deal is not None:
        dealt = deal.by_id
        order = [student.id for student in deal.students]
    else:
        order = sorted(students)
    submissions: list[Submission] = []
    for student in order:
        desk = _Desk(student, dealt.get(student), deal, load, deadline, unplaced)
        submissions += desk.sort(students.get(student, ()))
    return submissions, unplaced


@dataclass(frozen=True)
class _Claim:
    """A file with the ticket and part that it answers."""

    ticket: Ticket
    part: str
    found: Found
    submitted: datetime | None
    foreign: Ticket | None


@dataclass(frozen=True)
class _Desk:
    """One student's files."""

    student: str
    dealt: Dealt | None
    deal: Deal | None
    load: Load
    deadline: Deadline
    unplaced: list[Unplaced]

    def sort(self, found: Sequence[Found]) -> Iterator[Submission]:
        claims: dict[Ticket, list[_Claim]] = {}
        for one in found:
            claim = self._claim(one)
            if claim is not None:
                claims.setdefault(claim.ticket, []).append(claim)
        own = self._own() or sorted(claims, key=str)
        for ticket in own:
            yield self._submission(ticket, claims.get(ticket, []))

    def _own(self) -> list[Ticket]:
        return [parse_ticket(text) for text in self.dealt.tickets] if self.dealt else []

    def _claim(self, one: Found) -> _Claim | None:
        carried = next(filter(None, map(find_ticket, reversed(one.inside))), None)
        ticket, foreign = carried, None
        if self.dealt is not None:
            own = self._own()
            if carried is None:
                ticket = self._named(one.inside, own)
            elif carried not in own:
                ticket = next((t for t in own if t.question == carried.question), None)
                foreign = carried
                if ticket is None:
                    self._refuse(one, f"{carried} was not dealt to {self._who()}")
                    return None
        if ticket is None:
            self._refuse(one, "which question is it for? Name it by its ticket")
            return None
        part = self._part(one, ticket)
        if part is None:
            return None
        when = self.deadline.aware(one.submitted)
        return _Claim(ticket, part, one, when, foreign)

    def _who(self) -> str:
        return shown(self.student, 60)

    def _refuse(self, one: Found, reason: str) -> None:
        self.unplaced.append(Unplaced(one.entry.place, reason))

    def _named(self, inside: tuple[str, ...], own: list[Ticket]) -> Ticket | None:
        """Find the ticket by the question's name, its number, or a part's name."""
        if len(own) == 1:
            return own[0]
        for piece in reversed(inside):
            text = piece.lower()
            named = [ticket for ticket in own if ticket.question in text]
            if named:
                return max(named, key=lambda ticket: len(ticket.question))
            number = _NUMBER.search(text)
            if number and 1 <= int(number[1]) <= len(own):
                return own[int(number[1]) - 1]
        stem = Path(inside[-1]).stem
        by_part = [t for t in own if stem in self._parts(t) and stem]
        return by_part[0] if len(by_part) == 1 else None

    def _parts(self, ticket: Ticket) -> tuple[str, ...]:
        from drill.errors import DrillError

        try:
            return tuple(part.name for part in self.load(ticket.question).parts)
        except DrillError:
            return ("",)

    def _part(self, one: Found, ticket: Ticket) -> str | None:
        """Return the part's name, or None for a file that is no answer."""
        from drill.errors import DrillError

        stem = Path(one.inside[-1]).stem
        parts = self._parts(ticket)
        try:
            inputs = self.load(ticket.question).inputs
        except DrillError:
            inputs = ()
        if stem in inputs and stem not in parts:
            return None
        if len(parts) == 1:
            return parts[0]
        words = _WORD.findall(stem)
        exact = [part for part in parts if part in (stem, *words[-1:])]
        loose = [part for part in parts if part.lower() in (w.lower() for w in words)]
        chosen = exact or loose
        if len(chosen) != 1:
            wanted = ", ".join(f"{part}.npy" for part in parts)
            self._refuse(one, f"which part is it? Save {wanted}")
            return None
        return chosen[0]

    def _submission(self, ticket: Ticket, claims: list[_Claim]) -> Submission:
        notes: list[str] = []
        own = [claim for claim in claims if claim.foreign is None]
        strange = [claim for claim in claims if claim.foreign is not None]
        used = own or strange
        if own and strange:
            named = ", ".join(sorted({str(claim.foreign) for claim in strange}))
            notes.append(f"a file for {named}, another's ticket, was left out")
        if strange and not own:
            used = [claim for claim in strange if claim.foreign == strange[0].foreign]
        parts: dict[str, list[_Claim]] = {}
        for claim in used:
            parts.setdefault(claim.part, []).append(claim)
        pieces = []
        times = []
        late = False
        for part in self._parts(ticket):
            several = sorted(parts.get(part, []), key=_age)
            if not several:
                continue
            last = several[-1]
            if len(several) > 1:
                what = f"{part}: " if part else ""
                notes.append(
                    f"{what}of {len(several)} files the last counts,"
                    f" {shown(last.found.entry.name, 80)}"
                )
            pieces.append(Piece(part, last.found.entry))
            late = late or last.found.late or self.deadline.missed(last.submitted)
            times += [last.submitted] if last.submitted else []
        foreign = used[0].foreign if used else None
        owners: tuple[str, ...] = ()
        if foreign is not None and self.deal is not None:
            owners = self.deal.owners.get(str(foreign), ())
        numbers = ""
        if self.dealt is not None:
            numbers = self.dealt.numbers[self.dealt.tickets.index(str(ticket))]
        return Submission(
            self.student,
            self.dealt.name if self.dealt else "",
            ticket,
            numbers,
            tuple(pieces),
            foreign,
            owners,
            max(times, default=None),
            late,
            tuple(notes),
        )


def _age(claim: _Claim) -> tuple[int, float, float, bool, str]:
    """Order files by attempt, by when they came, by their own time, by their names."""
    when = claim.submitted.timestamp() if claim.submitted else 0.0
    entry = claim.found.entry
    # A zip's times have no zone; among the files of one zip that does not matter.
    own = entry.modified.replace(tzinfo=UTC).timestamp() if entry.modified else 0.0
    stem = Path(claim.found.inside[-1]).stem
    return claim.found.attempt, when, own, stem == "answer", entry.place
