"""Load a bank: topics from their files, checked together."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec import Struct

from drill.bank import schema
from drill.bank.claims import Claim, claimed, clashes
from drill.bank.compiled import compose_again, keep, kept
from drill.bank.compose import compose_topic
from drill.bank.document import (
    BROKEN,
    MAX_BYTES,
    Document,
    Problems,
    instead,
    nearest,
    ordered,
)
from drill.bank.question import Bank, Question, Topic
from drill.errors import BankError, Problem, UsageError
from drill.locate import bank_directories, bank_files
from drill.visible import shown

MAX_TOPICS = 10_000
MAX_BANK = 8 * MAX_BYTES


class Opened(Struct, frozen=True, eq=False):
    """A bank file as it was read, and its topic; None when it is broken."""

    document: Document
    topic: Topic | None


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
        The topics to open, or groups of them.

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
    if not set(wanted) <= set(known):
        wanted = _of_groups(wanted, known, places)
    return _load([path for topic in wanted for path in _files(topic, places)])


def _of_groups(
    names: Sequence[str], known: Sequence[str], places: Sequence[Path]
) -> list[str]:
    """Put the topics of a group where its name stands; a topic's name goes first."""
    groups = _load([path for topic in known for path in _files(topic, places)]).groups
    found: dict[str, None] = {}
    for name in names:
        if name not in known and name not in groups:
            near = nearest(name, [*known, *groups])
            raise UsageError(
                f"there is no topic '{shown(name, 64)}'" + (near or instead(known))
            )
        found |= dict.fromkeys([name] if name in known else groups[name])
    return list(found)


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
    paths = topic_files(_directories(directories))
    for question in _load(_likely(paths, question_id)).questions:
        if question.id == question_id:
            return question
    # YAML can spell an id in ways that no search for text foresees.
    bank = _load(paths)
    for question in bank.questions:
        if question.id == question_id:
            return question
    refuse_former(question_id, bank.questions)
    for kind, names in (("topic", bank.topics), ("group", bank.groups)):
        if question_id in names:
            raise UsageError(
                f"'{question_id}' is a {kind}: name one question, as listed by"
                f" 'drill topics {question_id}'"
            )
    near = nearest(question_id, [question.id for question in bank.questions])
    raise UsageError(
        f"there is no question '{shown(question_id, 64)}' in this bank"
        + (near or "; see 'drill topics'")
    )


def refuse_former(name: str, questions: Iterable[Question]) -> None:
    """Refuse a name that a question had in an earlier edition, with today's."""
    for question in questions:
        if name in question.was:
            raise UsageError(
                f"the question '{shown(name, 64)}' is now called '{question.id}'"
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


def topic_files(directories: Iterable[Path]) -> list[Path]:
    """Return the files of a bank, topic by topic.

    Raises
    ------
    UsageError
        When there is none.
    BankError
        When a file's name ends in ``.yml``.
    """
    places = tuple(directories)
    return [path for topic in _topics(places) for path in _files(topic, places)]


def open_files(paths: Iterable[Path]) -> tuple[list[Opened], list[Problem]]:
    """Open bank files and check them together.

    Parameters
    ----------
    paths : iterable of Path

    Returns
    -------
    list of Opened
        One for each file, in the order given.
    list of Problem
        Everything that is wrong with them.

    Raises
    ------
    UsageError
        When they are too large together.
    """
    files = tuple(paths)
    _refuse_too_much(files)
    opened: list[Opened] = []
    claims: list[Claim] = []
    problems: list[Problem] = []
    for path in files:
        document = _document(path)
        opened.append(Opened(document, compose_topic(document, path.stem)))
        problems += document.problems.found
        claims += claimed(document, path.stem)
    return opened, ordered([*problems, *clashes(claims)])


def _load(paths: Sequence[Path]) -> Bank:
    """Load files: what was right before as it is kept, the others from their text."""
    files = tuple(paths)
    _refuse_too_much(files)
    topics: list[Topic] = []
    claims: list[Claim] = []
    problems: list[Problem] = []
    for path in files:
        name = shown(str(path), 1000)
        try:
            data = _bytes(path)
        except OSError:
            data = None
        again = None if data is None else kept(data)
        if again is not None and again.topic == path.stem:
            topics.append(compose_again(again, name))
            claims += [
                Claim(one.what, one.name, name, one.line, one.path)
                for one in again.claims
            ]
            continue
        document = _document(path) if data is None else _read(data, name)
        topic = compose_topic(document, path.stem)
        problems += document.problems.found
        found = list(claimed(document, path.stem))
        claims += found
        if topic is not None:
            topics.append(topic)
            if data is not None:
                entry = msgspec.convert(document.value, schema.Topic)
                keep(data, entry, topic, found)
    problems = ordered([*problems, *clashes(claims)])
    if problems:
        raise BankError(problems)
    by_id = {topic.id: topic for topic in sorted(topics, key=lambda one: one.id)}
    return Bank(MappingProxyType(by_id))


def _refuse_too_much(files: Sequence[Path]) -> None:
    if sum(map(_size, files)) > MAX_BANK:
        raise UsageError(
            f"these bank files have over {MAX_BANK >> 20} MiB together: split the bank"
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _document(path: Path) -> Document:
    name = shown(str(path), 1000)
    try:
        return _read(_bytes(path), name)
    except OSError as error:
        problem = Problem(name, 0, "", f"cannot be read: {error.strerror}")
        return Document(BROKEN, Problems(name, {}, found=[problem]))


def _read(data: bytes, name: str) -> Document:
    # What was checked before needs no reader of YAML.
    from drill.bank.reader import read

    return read(data, name)


def _bytes(path: Path) -> bytes:
    """Read a file, at most a byte more than a bank file may have."""
    # The messages about a broken file quote it: a link in a bank that somebody else
    # made would show what it points at.
    if path.is_symlink():
        folder = os.path.realpath(path.parent)
        if not os.path.realpath(path).startswith(folder + os.sep):
            raise OSError(0, "it is a link to a place outside the bank's folder")
    # A pipe without a writer would block open() for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a regular file")
        return file.read(MAX_BYTES + 1)


def _directories(given: Sequence[Path] | Path | str | None) -> tuple[Path, ...]:
    if given is None:
        return bank_directories()
    if isinstance(given, str | Path):
        return bank_directories([Path(given)])
    return bank_directories(map(Path, given))


def _topics(places: tuple[Path, ...]) -> list[str]:
    """Return the topics that have a file; refuse folders in which none can be."""
    found, misnamed = bank_files(places)
    if misnamed:
        raise BankError(
            [
                Problem(
                    shown(str(path), 1000), 0, "", "a bank file's name ends in .yaml"
                )
                for path in misnamed
            ]
        )
    names = list(dict.fromkeys(found))
    if not names:
        where = ", ".join(shown(str(place)) for place in places)
        raise UsageError(f"there is no topic (TOPIC.yaml) in {where}")
    if len(names) > MAX_TOPICS:
        raise UsageError(
            f"{len(names):,} topics are too many for one bank: {MAX_TOPICS} are allowed"
        )
    return names


def _files(topic: str, places: Sequence[Path]) -> list[Path]:
    paths = (place / f"{topic}.yaml" for place in places)
    # A link to nowhere is a broken file, not a missing one.
    return [path for path in paths if os.path.lexists(path)]
