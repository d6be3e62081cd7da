"""Which question a notebook asks: a ticket's, a seed's, or what is due."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

from drill import clock
from drill.errors import UsageError
from drill.notebook.asked import Asked
from drill.notebook.keeping import Keeper, opened
from drill.practice import Kind
from drill.practice.queue import NEW_A_DAY
from drill.visible import shown

if TYPE_CHECKING:
    from drill.drawing import Instance
    from drill.library.cards import Library
    from drill.practice.queue import Card


def ask(
    *names: str,
    seed: int | None = None,
    bank: str | Path | Iterable[str | Path] | None = None,
    keep: bool = True,
) -> Asked:
    """Ask a question in a notebook, or in Python's own prompt.

    Parameters
    ----------
    *names : str
        A ticket; or topics, skills and questions: of these what is due is asked, then
        what is new. Without a name it is what is due of the whole bank.
    seed : int, optional
        Repeats the same numbers, and of a topic the same question.
    bank : path or paths, optional
        Another bank than the built-in one; by default what ``DRILL_BANK`` lists.
    keep : bool
        Whether answers go into the history, which the terminal keeps too.

    Returns
    -------
    Asked

    Raises
    ------
    DrillError
        When nothing has this name, nothing is due, or there is no history.

    Examples
    --------
    >>> q = ask("conv-output-size", seed=7, keep=False)
    >>> q.check(1).right, q.check("5").right
    (False, False)
    """
    from drill.library.tickets import open_instance
    from drill.locate import bank_directories

    directories = bank_directories(_paths(bank))
    _check_names(names)
    seed = None if seed is None else _seed(seed)
    if len(names) == 1 and "@" in names[0]:
        instance = open_instance(names[0], seed, directories)
        return Asked(instance, Keeper("quiz") if keep else None)
    if seed is None and keep:
        return _due(names, directories)
    return Asked(_chosen(names, seed, directories), Keeper("quiz") if keep else None)


def _check_names(names: tuple[object, ...]) -> None:
    for name in names:
        if not isinstance(name, str):
            what = shown(type(name).__name__, 32)
            raise UsageError(
                f"a question is named by text, not by {what}:"
                ' drill.ask("max-pool", "relu")'
            )


def _seed(seed: object) -> int:
    from drill.drawing import MAX_SEED

    # Its ticket could not be opened again.
    if isinstance(seed, Integral) and 0 <= int(seed) <= MAX_SEED:
        return int(seed)
    raise UsageError(
        f"'{shown(str(seed), 32)}' is no seed: give a whole number from 0 to"
        f" {MAX_SEED:,}"
    )


def _paths(bank: str | Path | Iterable[str | Path] | None) -> list[Path]:
    from drill.locate import listed

    if bank is None:
        return [*listed()]
    try:
        return [Path(bank)] if isinstance(bank, str | Path) else [*map(Path, bank)]
    except TypeError:
        what = shown(type(bank).__name__, 32)
        raise UsageError(f"a bank is a folder or several, not {what}") from None


def _chosen(
    names: tuple[str, ...], seed: int | None, directories: tuple[Path, ...]
) -> Instance:
    """Draw what a quiz with this seed begins with."""
    from drill.bank import load_bank
    from drill.drawing import draw
    from drill.library.selection import choose, named, only
    from drill.library.tickets import random_seed

    topics, ids = named(directories, names)
    questions = only(load_bank(directories, topics or None).questions, ids)
    first = random_seed() if seed is None else seed
    ((found, number),) = choose(questions, 1, first)
    return draw(found, number)


def _of_today(library: Library) -> Card | None:
    """Return what comes next today: what a plan has, where one is followed."""
    from drill.library.planned import of_today
    from drill.practice.plans import current

    today = clock.now().date()
    plan = current(library.history, today)
    if plan is None or plan.days_left(today) == 0:
        return library.upcoming((), (), NEW_A_DAY)
    library.know(plan)
    return next(iter(of_today(library, plan, None)), None)


def _due(names: tuple[str, ...], directories: tuple[Path, ...]) -> Asked:
    """Ask what is due, or new; of what was named, anything rather than nothing."""
    from drill.library.cards import Library, nothing_due
    from drill.library.selection import named

    topics, ids = named(directories, names)
    with opened() as history:
        library = Library(history, directories, clock.now)
        card = library.upcoming(topics, ids, NEW_A_DAY) if names else _of_today(library)
        kind: Kind = "review" if card else "quiz"
        if card is None:
            if not names:
                raise UsageError(nothing_due(history, 'drill.ask("TOPIC")'))
            card = library.whichever(topics, ids)
        return Asked(library.draw(card), Keeper(kind))
