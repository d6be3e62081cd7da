"""Where the bank is: folders and file names, before anything is opened."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from drill.errors import UsageError
from drill.visible import shown

BUILT_IN = "built-in"
"""What stands for the bank that comes with the program, where a folder is named."""
VARIABLE = "DRILL_BANK"
"""The environment variable that lists a person's banks."""


def built_in() -> Path:
    """Return the folder of the bank that comes with the program.

    A wheel holds it inside the package; a checkout beside it.
    """
    here = Path(__file__).resolve().parent
    inside = here / "question_bank"
    return inside if inside.is_dir() else here.parent / "question_bank"


def bank_directories(given: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Return the folders of the bank at hand.

    Parameters
    ----------
    given : iterable of Path
        What was asked for, in order; ``built-in`` is the bank that comes with the
        program, and so is nothing at all.

    Returns
    -------
    tuple of Path
        Each folder once, however often it was given.

    Raises
    ------
    UsageError
        When a given folder does not exist.

    Examples
    --------
    >>> bank_directories() == bank_directories([Path("built-in")]) == (built_in(),)
    True
    """
    found: dict[Path, Path] = {}
    for path in tuple(given) or (Path(BUILT_IN),):
        folder = built_in() if str(path) == BUILT_IN else path
        if not folder.is_dir():
            raise UsageError(
                f"there is no bank folder '{shown(str(path))}'; look at --bank and"
                " DRILL_BANK"
            )
        found.setdefault(folder.resolve(), folder)
    return tuple(found.values())


def listed() -> tuple[Path, ...]:
    """Return the banks that the environment lists."""
    names = os.environ.get(VARIABLE, "").split(os.pathsep)
    return tuple(Path(name) for name in names if name)


def topic_names(directories: Iterable[Path]) -> list[str]:
    """Return the topics that have a file, in the order of their names."""
    return bank_files(directories)[0]


def bank_files(directories: Iterable[Path]) -> tuple[list[str], list[Path]]:
    """Return the topics that have a file, and files that were meant for one.

    A bank file's name ends in ``.yaml``; those that end in ``.yml`` are refused by
    whoever opens the bank.
    """
    topics: list[str] = []
    misnamed: list[Path] = []
    for directory in directories:
        try:
            # A bank may have ten thousand: as paths they take ten times as long.
            names = os.listdir(directory)  # noqa: PTH208
        except PermissionError:
            continue
        topics += [
            name[: -len(".yaml")]
            for name in names
            if name.endswith(".yaml") and name[0] != "."
        ]
        misnamed += sorted(directory / name for name in names if name.endswith(".yml"))
    return sorted(topics), misnamed


def has_topic(directories: Iterable[Path], name: str) -> bool:
    """Tell whether a topic has a file."""
    # A link to nowhere is a broken file, not a missing one.
    return Path(name).name == name and any(
        os.path.lexists(directory / f"{name}.yaml") for directory in directories
    )
