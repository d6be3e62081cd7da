"""Where the bank is: folders and file names, before anything is opened."""

from __future__ import annotations

from pathlib import Path

from drill.errors import UsageError
from drill.visible import shown


def built_in() -> Path:
    """Return the folder of the bank that comes with the program.

    A wheel holds it inside the package; a checkout beside it.
    """
    here = Path(__file__).resolve().parent
    inside = here / "question_bank"
    return inside if inside.is_dir() else here.parent / "question_bank"


def bank_directories(given: Path | None = None) -> tuple[Path, ...]:
    """Return the folders of the bank at hand.

    Raises
    ------
    UsageError
        When a given folder does not exist.
    """
    if given is None:
        return (built_in(),)
    if not given.is_dir():
        raise UsageError(f"there is no bank folder '{shown(str(given))}'")
    return (given,)


def topic_names(directories: tuple[Path, ...]) -> list[str]:
    """Return the topics that have a file, in the order of their names."""
    return sorted(
        path.stem
        for directory in directories
        for path in directory.glob("*.yaml")
        if not path.name.startswith(".")
    )
