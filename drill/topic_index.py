"""The topics of a bank at a glance, from what was kept: no bank is opened for it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from drill import cache
from drill.locate import bank_files

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


class TopicSummary(NamedTuple):
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
    found: dict[str, TopicSummary] = {}
    for directory in directories:
        here = _listed(directory)
        if here is None or found.keys() & here.keys():
            return None
        found |= here
    return [found[name] for name in sorted(found)] or None


Stamp = list[int]
"""What changes with a file: its times of change, its size and its place."""


def _listed(directory: Path) -> dict[str, TopicSummary] | None:
    """Return the topics of a folder: those whose file is as it was are not read."""
    place = b"topics of " + os.fsencode(directory.resolve())
    before = _before(place)
    after: dict[str, tuple[Stamp, TopicSummary]] = {}
    names, misnamed = bank_files([directory])
    if misnamed:
        return None
    for name in names:
        try:
            told = os.lstat(f"{directory}/{name}.yaml")
        except OSError:
            return None
        # What is no regular file is refused with its sentence elsewhere.
        if not stat.S_ISREG(told.st_mode):
            return None
        stamp = [told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino]
        known = before.get(name)
        if known is None or known[0] != stamp:
            summary = _summary(directory / f"{name}.yaml", name)
            if summary is None:
                return None
            known = (stamp, summary)
        after[name] = known
    if after != before:
        rows = [[stamp, *summary] for stamp, summary in after.values()]
        cache.write(place, [json.dumps(rows).encode()])
    return {name: summary for name, (_, summary) in after.items()}


def _before(place: bytes) -> dict[str, tuple[Stamp, TopicSummary]]:
    """Return what a folder had when its topics were listed last."""
    kept = cache.read(place, 1)
    if kept is None:
        return {}
    return {row[1]: (row[0], TopicSummary(*row[1:])) for row in json.loads(kept[0])}


def _summary(path: Path, name: str) -> TopicSummary | None:
    """Return what was kept of a file with these bytes, when it was checked."""
    try:
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
