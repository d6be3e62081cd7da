"""The topics of a bank at a glance, from what was kept: no bank is opened for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from drill import cache
from drill.locate import topic_names

MAX_BYTES = 2 * 1024 * 1024
GROUPS = (
    "basics",
    "convolutions",
    "training",
    "sequences",
    "vision",
    "evaluation",
    "strategy",
)
"""The groups of the built-in bank, in the order in which a course comes to them."""


@dataclass(frozen=True)
class TopicSummary:
    """What a list of topics says of one."""

    id: str
    title: str
    group: str
    questions: int


def by_group(topics: Iterable[TopicSummary]) -> dict[str, list[TopicSummary]]:
    """Return topics by their group: in a course's order, those without one last.

    Examples
    --------
    >>> rnn = TopicSummary("rnn", "Recurrent networks", "sequences", 10)
    >>> relu = TopicSummary("relu", "ReLU", "basics", 12)
    >>> mine = TopicSummary("mine", "My topic", "", 1)
    >>> list(by_group([mine, rnn, relu]))
    ['basics', 'sequences', '']
    """
    found: dict[str, list[TopicSummary]] = {}
    for topic in topics:
        found.setdefault(topic.group, []).append(topic)
    known = [group for group in GROUPS if group in found]
    others = sorted(found.keys() - {*GROUPS, ""})
    return {group: found[group] for group in (*known, *others, "") if group in found}


def index(directories: Iterable[Path]) -> list[TopicSummary] | None:
    """Return the topics in the order of their names, or None when one is not known.

    A topic that two folders have, or a file that has changed since it was checked, is
    for whoever opens the bank to judge.
    """
    found: list[TopicSummary] = []
    for directory in directories:
        for name in topic_names([directory]):
            summary = _summary(directory / f"{name}.yaml", name)
            if summary is None or any(one.id == name for one in found):
                return None
            found.append(summary)
        if any(directory.glob("*.yml")):
            return None
    return sorted(found, key=lambda one: one.id) or None


def _summary(path: Path, name: str) -> TopicSummary | None:
    try:
        # What is no regular file is refused with its sentence elsewhere.
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(MAX_BYTES)
    except OSError:
        return None
    parts = cache.read(data, 2)
    if parts is None:
        return None
    told = json.loads(parts[0])
    if told.get("topic") != name:
        return None
    return TopicSummary(
        name, str(told["title"]), str(told["group"]), int(told["count"])
    )
