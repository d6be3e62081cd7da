"""Papers: which questions an exam asks, in which order, and for how many points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from drill.bank import Question
from drill.drawing import Instance, Target, draw
from drill.drawing.stream import Stream
from drill.errors import DrawError

SPARE, STRIDE = 5, 1000
"""Seeds that are tried for a question of a variant, so far apart that none is used."""


@dataclass(frozen=True, eq=False)
class Item:
    """One question of a paper, numbered from 1."""

    number: int
    instance: Instance

    @property
    def points(self) -> int:
        """What all of its parts are worth."""
        return worth(self.instance) * len(self.instance.targets)


@dataclass(frozen=True, eq=False)
class Place:
    """One thing to answer: a question, or one of its parts.

    Attributes
    ----------
    index : int
        Counted over the whole paper, from 0.
    """

    index: int
    item: Item
    part: int

    @property
    def points(self) -> int:
        """What this part is worth."""
        return worth(self.item.instance)

    @property
    def target(self) -> Target:
        """What is wanted here."""
        return self.item.instance.targets[self.part]

    @property
    def name(self) -> str:
        """The question's number, with a letter for its part."""
        if len(self.item.instance.targets) == 1:
            return str(self.item.number)
        return f"{self.item.number}{'abcdef'[self.part]}"


@dataclass(frozen=True, eq=False)
class Paper:
    """A fixed paper: the same bank, topics and seed give the same one."""

    seed: int
    items: tuple[Item, ...]

    @property
    def points(self) -> int:
        """What all of it is worth."""
        return sum(item.points for item in self.items)

    @property
    def minutes(self) -> int:
        """How long it takes by hand, in steps of five minutes."""
        minutes = sum(item.instance.question.minutes for item in self.items)
        return max(5, 5 * -(-round(minutes) // 5))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Everything that is to be answered, in order."""
        found = [
            (item, part)
            for item in self.items
            for part in range(len(item.instance.targets))
        ]
        return tuple(Place(index, *one) for index, one in enumerate(found))


def worth(instance: Instance) -> int:
    """Return the points of each part: the level, and one less for one of several."""
    level = instance.question.level
    return level if len(instance.targets) == 1 else max(1, level - 1)


def paper_of(seed: int, instances: Sequence[Instance]) -> Paper:
    """Number instances that are drawn already."""
    items = (Item(number, instance) for number, instance in enumerate(instances, 1))
    return Paper(seed, tuple(items))


def variants(paper: Paper, count: int) -> tuple[Paper, ...]:
    """Return papers that ask the same questions with other numbers.

    Parameters
    ----------
    paper : Paper
        The first of them.
    count : int
        How many there are, `paper` among them.

    Returns
    -------
    tuple of Paper
        Each from a seed of its own, the next one after the last.

    Raises
    ------
    DrawError
        When a question has no draw for any seed near that of a paper.
    """
    made = [paper]
    seed = paper.seed
    while len(made) < count:
        seed += 1
        drawn = [_drawn(item.instance.question, seed) for item in paper.items]
        made.append(paper_of(seed, drawn))
    return tuple(made)


def _drawn(question: Question, seed: int) -> Instance:
    """Draw a question, with a later seed of the same paper where that one fails."""
    problem: DrawError | None = None
    for step in range(SPARE):
        try:
            return draw(question, seed + step * STRIDE)
        except DrawError as error:
            problem = error
    assert problem is not None
    raise problem


def compose(
    questions: Sequence[Question],
    count: int,
    seed: int,
    groups: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Paper:
    """Choose and draw the questions of a paper.

    The topics take turns, those of different groups first.  No two questions train
    the same skill while their topic has others.  Easy ones come first.

    Parameters
    ----------
    questions : sequence of Question
        In any order.
    count : int
        How many are wanted; there are fewer when there are not so many.
    seed : int
        Of the paper, and of each ticket.
    groups : mapping, optional
        The topics of each group.

    Raises
    ------
    DrawError
        When none of the questions can be drawn.
    """
    drawn: list[Instance] = []
    problem: DrawError | None = None
    for question in _chosen(questions, seed, groups):
        if len(drawn) == count:
            break
        try:
            drawn.append(draw(question, seed))
        except DrawError as error:
            problem = error
    if not drawn:
        raise problem or DrawError("there is no question to ask")
    drawn.sort(key=lambda instance: instance.question.level)
    return paper_of(seed, drawn)


def _chosen(
    questions: Sequence[Question], seed: int, groups: Mapping[str, Sequence[str]]
) -> Iterator[Question]:
    """Yield questions, a topic at a time, fresh skills first."""
    stream = Stream("exam", seed)
    by_topic: dict[str, list[Question]] = {}
    ordered = sorted(questions, key=lambda question: question.id)
    for question in stream.sample(ordered, len(ordered)):
        by_topic.setdefault(question.topic, []).append(question)
    topics = _spread(stream.sample(sorted(by_topic), len(by_topic)), groups)
    used: set[str] = set()
    while by_topic:
        for topic in topics:
            left = by_topic.get(topic)
            if not left:
                by_topic.pop(topic, None)
                continue
            fresh = (question for question in left if question.skill not in used)
            question = next(fresh, left[0])
            left.remove(question)
            used.add(question.skill)
            yield question


def _spread(topics: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """Order topics so that however few are asked, they are of many groups.

    >>> _spread(["conv", "pool", "rnn", "mine"], {"cnn": ["pool", "conv"]})
    ['conv', 'rnn', 'mine', 'pool']
    """
    group_of = {topic: name for name, members in groups.items() for topic in members}
    seen: Counter[str] = Counter()
    turns: dict[str, int] = {}
    for topic in topics:
        # A topic in no group is one of its own.
        group = group_of.get(topic, f" {topic}")
        turns[topic] = seen[group]
        seen[group] += 1
    return sorted(topics, key=turns.__getitem__)
