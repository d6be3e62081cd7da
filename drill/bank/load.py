"""Load a bank: topics from their files, checked together."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from drill.bank.claims import Claim, claimed, clashes
from drill.bank.compose import compose_topic
from drill.bank.place import BROKEN, Document, Problems, nearest, ordered
from drill.bank.question import Bank, Question, Topic
from drill.bank.reader import read
from drill.bank.text import MAX_BYTES
from drill.errors import BankError, Problem, UsageError
from drill.locate import bank_directories, topic_names
from drill.visible import shown


def load_topic(path: Path) -> Topic:
    """Load one file of a bank.

    Parameters
    ----------
    path : Path
        ``TOPIC.yaml``.

    Raises
    ------
    BankError
        With every problem of the file.
    """
    return next(iter(_load([path]).topics.values()))


def load_bank(
    directories: Sequence[Path] | Path | str | None = None,
    topics: Sequence[str] | None = None,
) -> Bank:
    """Load a bank, or some topics of it.

    Parameters
    ----------
    directories : Path or sequence of Path, optional
        The folders of the bank, or the only one; the built-in bank when left out.
    topics : sequence of str, optional
        The topics to open; no other file is read.

    Returns
    -------
    Bank

    Raises
    ------
    BankError
        With every problem of every file that was opened.
    UsageError
        When a folder or a topic does not exist.
    """
    places = _directories(directories)
    known = _topics(places)
    wanted = known if topics is None else list(dict.fromkeys(topics))
    for topic in wanted:
        if topic not in known:
            near = nearest(topic, known) or f"; the topics are {', '.join(known)}"
            raise UsageError(f"there is no topic '{shown(topic, 64)}'{near}")
    return _load([path for topic in wanted for path in _files(topic, places)])


def find_question(directories: Sequence[Path] | None, question_id: str) -> Question:
    """Find a question by its id, opening as few files as will do.

    Parameters
    ----------
    directories : sequence of Path or None
        The folders of the bank; None is the built-in one.
    question_id : str

    Raises
    ------
    BankError
        When a file that was opened is broken, or two files have the question.
    UsageError
        When no file has it.
    """
    places = _directories(directories)
    paths = [path for topic in _topics(places) for path in _files(topic, places)]
    for question in _load(_likely(paths, question_id)).questions:
        if question.id == question_id:
            return question
    # YAML can spell an id in ways that no search for text foresees.
    everything = _load(paths).questions
    for question in everything:
        if question.id == question_id:
            return question
    for question in everything:
        if question_id in question.was:
            raise UsageError(
                f"the question '{shown(question_id, 64)}' is now called '{question.id}'"
            )
    near = nearest(question_id, [question.id for question in everything])
    raise UsageError(
        f"there is no question '{shown(question_id, 64)}' in this bank"
        + (near or "; see 'drill topics'")
    )


def _likely(paths: Sequence[Path], question_id: str) -> list[Path]:
    """Return the files that have the id written out after ``id:``."""
    pattern = re.compile(
        rb"""\bid["']?\s*:\s*["']?""" + re.escape(question_id.encode()) + rb"(?![\w-])"
    )
    found = []
    for path in paths:
        try:
            if pattern.search(_bytes(path)):
                found.append(path)
        except OSError:
            continue
    return found


def _load(paths: Sequence[Path]) -> Bank:
    found: dict[str, Topic] = {}
    claims: list[Claim] = []
    problems: list[Problem] = []
    for path in paths:
        document = _document(path)
        topic = compose_topic(document, path.stem)
        problems += document.problems.found
        claims += claimed(document, path.stem)
        if topic is not None:
            found[topic.id] = topic
    problems += clashes(claims)
    if problems:
        raise BankError(ordered(problems))
    return Bank(MappingProxyType(dict(sorted(found.items()))))


def _document(path: Path) -> Document:
    name = shown(str(path), 1000)
    try:
        return read(_bytes(path), name)
    except OSError as error:
        why = error.strerror or "it is not a regular file"
        problem = Problem(name, 0, "", f"cannot be read: {why}")
        return Document(BROKEN, Problems(name, {}, found=[problem]))


def _bytes(path: Path) -> bytes:
    """Read a file, at most a byte more than a bank file may have."""
    # A pipe without a writer would block open() for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, None)
        return file.read(MAX_BYTES + 1)


def _directories(given: Sequence[Path] | Path | str | None) -> tuple[Path, ...]:
    if given is None:
        return bank_directories()
    if isinstance(given, str | Path):
        return bank_directories([Path(given)])
    return bank_directories(map(Path, given))


def _topics(places: tuple[Path, ...]) -> list[str]:
    """Return the topics that have a file; refuse folders in which none can be."""
    misnamed = [path for place in places for path in sorted(place.glob("*.yml"))]
    if misnamed:
        raise BankError(
            [
                Problem(
                    shown(str(path), 1000), 0, "", "a bank file's name ends in .yaml"
                )
                for path in misnamed
            ]
        )
    names = list(dict.fromkeys(topic_names(places)))
    if not names:
        where = ", ".join(shown(str(place)) for place in places)
        raise UsageError(f"there is no topic (TOPIC.yaml) in {where}")
    return names


def _files(topic: str, places: Sequence[Path]) -> list[Path]:
    return [path for place in places if (path := place / f"{topic}.yaml").exists()]
