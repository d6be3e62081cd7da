"""Which questions changed since a git revision of the bank."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from drill.bank import Bank, open_files
from drill.errors import UsageError
from drill.visible import shown

SECONDS = 60


def changed_since(
    bank: Bank, directories: Sequence[Path], revision: str
) -> frozenset[str]:
    """Return the ids of the questions whose digest differs from a revision's.

    Hints, solutions and what is said to a mistake are no part of a digest.

    Parameters
    ----------
    bank : Bank
    directories : sequence of Path
        Where it was loaded from.
    revision : str
        What git calls a revision: a branch, a tag, ``HEAD~1``.

    Raises
    ------
    UsageError
        When a folder is in no git repository, or there is no such revision.
    """
    before: dict[str, str] = {}
    for directory in directories:
        before.update(_digests(directory, revision))
    return frozenset(
        question.id
        for question in bank.questions
        if before.get(question.id) != question.digest
    )


def _digests(directory: Path, revision: str) -> dict[str, str]:
    """Return the digests of a folder's questions, as they were."""
    commit = _commit(directory, revision)
    names = _git(directory, "ls-tree", "-z", "--name-only", commit).split(b"\0")
    with TemporaryDirectory(prefix="drill-") as folder:
        paths = []
        for name in sorted(map(bytes.decode, names)):
            if not name.endswith(".yaml"):
                continue
            path = Path(folder) / name
            # Not `git show`, which may run a program that the repository names.
            path.write_bytes(_git(directory, "cat-file", "blob", f"{commit}:./{name}"))
            paths.append(path)
        # Questions of a file that was broken then have changed since.
        opened, _ = open_files(paths)
    return {
        question.id: question.digest
        for one in opened
        if one.topic is not None
        for question in one.topic.questions
    }


def _commit(directory: Path, revision: str) -> str:
    try:
        _git(directory, "rev-parse", "--git-dir")
    except _GitError:
        raise UsageError(
            f"--since compares with git, and '{shown(str(directory))}' is in no git"
            " repository: leave --since out to examine every question"
        ) from None
    try:
        found = _git(
            directory, "rev-parse", "--verify", "--quiet", "--end-of-options",
            f"{revision}^{{commit}}",
        )  # fmt: skip
    except _GitError:
        raise UsageError(
            f"git knows no revision '{shown(revision, 80)}' here: give a branch, a tag"
            " or HEAD~1, and fetch it first where the checkout is shallow"
        ) from None
    return found.decode().strip()


class _GitError(Exception):
    """Git said no."""


def _git(directory: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(directory), *arguments],
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except FileNotFoundError:
        raise UsageError("--since compares with git, which is not installed") from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"--since: git could not be asked: {error}") from None
    if done.returncode:
        raise _GitError
    return done.stdout
