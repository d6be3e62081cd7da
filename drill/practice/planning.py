"""What to ask today for an exam to come: by what a minute of it adds to the score."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import ceil

from drill.practice.attempt import Known
from drill.practice.forecast import first_meetings
from drill.practice.memory import AGAIN, GOOD, Memory, State, retrievability, review
from drill.practice.queue import Card, is_due, unlocked

# How much of what an answer teaches helps with the questions of its skill, and of its
# topic, that were not met.  Nobody measured it; with half or twice the first, and none
# of the second, simulated scores (benchmarks/semester.py) differ by less than a point.
OF_SKILL, OF_TOPIC = 0.2, 0.03
# A review before its time must add so much to the chance of its question.
ENOUGH = 0.03
# Of the days before the exam, one in so many is for seeing all of it again.
TO_REPEAT = 2

# In this order, from the last: what has to be begun today, what is due, what is new or
# would not be seen again, topics that can wait, and reviews before their time.
EARLY, AHEAD, OPEN, DUE, BEGIN = range(5)


@dataclass(frozen=True)
class Step:
    """Something to do today.

    Attributes
    ----------
    questions : int
        How many are worth asking.
    minutes : float
    gain : float
        By how much that raises the expected score of all topics, from 0 to 1.
    """

    topic: str
    questions: int
    new: int
    minutes: float
    gain: float


def choose(
    questions: Sequence[Known],
    memories: Mapping[str, Memory],
    now: datetime,
    exam: datetime,
    minutes: float,
    missed: Collection[str] = (),
    pace: float = 1.0,
) -> list[Card]:
    """Choose what raises the score of the exam most, in some minutes of today.

    First comes a question of each topic that has to be begun today, so that all can be
    seen again in the second half of the days.  Then what is due, what is new or would
    not be seen again before the exam, further topics, and reviews before their time:
    each by what a minute of it adds to the expected score.  What was asked today comes
    only when it was missed.

    Parameters
    ----------
    questions : sequence of Known
        What the exam may ask: each topic counts the same, and each question of a topic.
    memories : mapping of str to Memory
    now, exam : datetime
        With the learner's time zone.
    minutes : float
    missed : collection of str
        What was not right when it was last asked.
    pace : float
        How many minutes a minute of the bank takes this learner.

    Returns
    -------
    list of Card
        The most urgent first; not more than the minutes hold.
    """
    outlook = _Outlook(questions, memories, now, exam)
    waiting = [
        candidate
        for question in _open(questions, memories)
        if (candidate := outlook.candidate(question, missed)) is not None
    ]
    left = (exam.date() - now.date()).days
    to_begin = ceil(len(outlook.unmet) / max(1, left - max(1, left // TO_REPEAT)))
    chosen: list[Card] = []
    while True:
        fit = [one for one in waiting if one.known.minutes * pace <= minutes]
        if not fit:
            return chosen
        rank = BEGIN if to_begin > 0 else AHEAD
        best = max(fit, key=lambda one: outlook.urgency(one, rank))
        if best.rank == EARLY and best.own < ENOUGH:
            return chosen
        waiting.remove(best)
        to_begin -= best.known.topic in outlook.unmet
        outlook.take(best)
        known, time = best.known, best.known.minutes * pace
        minutes -= time
        chosen.append(Card(known.id, known.topic, known.skill, time, best.new))


def steps(
    questions: Sequence[Known],
    memories: Mapping[str, Memory],
    now: datetime,
    exam: datetime,
    minutes: float,
    missed: Collection[str] = (),
) -> tuple[Step, ...]:
    """Tell by topic what `choose` would ask, and what that brings.

    Returns
    -------
    tuple of Step
        By their gain; those worth less than a tenth of a point are left out.
    """
    outlook = _Outlook(questions, memories, now, exam)
    by_id = {question.id: question for question in questions}
    cards = choose(questions, memories, now, exam, minutes, missed)
    found = []
    for topic, some in groupby(sorted(cards, key=_topic), key=_topic):
        here = list(some)
        gain = sum(
            candidate.own / outlook.sizes[topic] / len(outlook.sizes)
            for card in here
            if (candidate := outlook.candidate(by_id[card.question], missed))
        )
        new, time = sum(card.new for card in here), sum(card.minutes for card in here)
        found.append(Step(topic, len(here), new, time, gain))
    worth = [step for step in found if step.gain >= 0.001]
    return tuple(sorted(worth, key=lambda step: (-step.gain, step.topic)))


def first_chances(
    questions: Iterable[Known], memories: Mapping[str, Memory]
) -> dict[str, float]:
    """Return by topic how likely a question is answered right that was never met."""
    return {
        topic: first_meetings(memories, here)
        for topic, here in _by_topic(questions).items()
    }


@dataclass(frozen=True)
class _Candidate:
    """A question that may be asked today.

    Attributes
    ----------
    rank : int
    own : float
        What asking it is expected to add to its chance on the day of the exam.
    kept : float
        What asking it is expected to add to what is remembered on that day.
    """

    known: Known
    rank: int
    new: bool
    own: float
    kept: float


class _Outlook:
    """What is expected of the day of the exam, while today's questions are chosen.

    Attributes
    ----------
    sizes : Counter of str
        The questions of each topic.
    unmet : set of str
        The topics of which no question was met.
    """

    def __init__(
        self,
        questions: Sequence[Known],
        memories: Mapping[str, Memory],
        now: datetime,
        exam: datetime,
    ) -> None:
        self.memories, self.now, self.exam = memories, now, exam
        self.fresh = first_chances(questions, memories)
        self.sizes = Counter(question.topic for question in questions)
        self.unmet = set(self.sizes)
        # By skill and by topic: chances that add up, now and then, and what is unmet.
        self.remembered: dict[tuple[str, ...], float] = defaultdict(float)
        self.kept: dict[tuple[str, ...], float] = defaultdict(float)
        self.waiting: Counter[tuple[str, ...]] = Counter()
        for question in questions:
            memory = memories.get(question.id)
            if memory is not None:
                self.unmet.discard(question.topic)
            for place in _places(question):
                if memory is None:
                    self.waiting[place] += 1
                else:
                    self.remembered[place] += retrievability(memory.state, now)
                    self.kept[place] += retrievability(memory.state, exam)

    def candidate(self, known: Known, missed: Collection[str]) -> _Candidate | None:
        """Return a question as a candidate; None when its turn today is over."""
        memory, fresh = self.memories.get(known.id), self.fresh[known.topic]
        if memory is None:
            helped = (1 - OF_SKILL) ** self.remembered[known.topic, known.skill]
            then = self._asked(None, 1 - (1 - fresh) * helped)
            return _Candidate(known, OPEN, True, then - fresh, then)
        due = is_due(memory, self.now, missed)
        since = (self.now.date() - memory.day).days
        if not since and not due:
            # Only the first answer of a day moves the schedule.
            return None
        late = since >= (self.exam.date() - self.now.date()).days
        right = retrievability(memory.state, self.now)
        added = self._asked(memory.state, right) - retrievability(
            memory.state, self.exam
        )
        rank = DUE if due else OPEN if late else EARLY
        return _Candidate(known, rank, False, added, added)

    def _asked(self, state: State | None, right: float) -> float:
        """Return the chance at the exam when a question is asked once today."""
        good = retrievability(review(state, GOOD, self.now), self.exam)
        again = retrievability(review(state, AGAIN, self.now), self.exam)
        return right * good + (1 - right) * again

    def worth(self, one: _Candidate) -> float:
        """Return what a minute of it adds to the expected score."""
        skill, topic = _places(one.known)
        unknown = 1 - self.fresh[one.known.topic]
        helped = (1 - OF_SKILL) ** self.kept[skill]
        gain = one.kept
        if one.new:
            gain *= unknown * helped * (1 - OF_TOPIC) ** self.kept[topic]
        near = self.waiting[skill] - one.new
        far = self.waiting[topic] - self.waiting[skill]
        gain += near * unknown * helped * (1 - (1 - OF_SKILL) ** one.kept)
        gain += far * unknown * (1 - (1 - OF_TOPIC) ** one.kept)
        return float(gain / self.sizes[one.known.topic] / one.known.minutes)

    def urgency(self, one: _Candidate, unmet: int) -> tuple[int, float, str]:
        """Return what the most urgent candidate has most of.

        Parameters
        ----------
        one : _Candidate
        unmet : int
            The rank of questions whose topic is not begun.
        """
        rank = unmet if one.known.topic in self.unmet else one.rank
        return rank, self.worth(one), one.known.id

    def take(self, one: _Candidate) -> None:
        """Expect a question to have been asked."""
        self.unmet.discard(one.known.topic)
        for place in _places(one.known):
            self.kept[place] += one.kept
            self.waiting[place] -= one.new


def _open(questions: Sequence[Known], memories: Mapping[str, Memory]) -> list[Known]:
    """Return what may be asked: what was met, and the levels that are open."""
    passed = {name for name, memory in memories.items() if memory.state.passes}
    found = []
    for here in _by_topic(questions).values():
        ready = {question.id for question in unlocked(here, passed)}
        found += [q for q in here if q.id in ready or q.id in memories]
    return found


def _by_topic(questions: Iterable[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for question in questions:
        found.setdefault(question.topic, []).append(question)
    return found


def _places(known: Known) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (known.topic, known.skill), (known.topic,)


def _topic(card: Card) -> str:
    return card.topic
