"""GitHub Classroom: a repository each, ``assignment-user``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drill.classroom.export import Export
from drill.classroom.layouts.found import Found

NAME = "GitHub Classroom's repositories"


def fits(export: Export, known: Callable[[str], bool] | None) -> bool:
    """Tell it by one beginning of all folders' names; a deal decides when in doubt."""
    tops = export.tops
    prefix = _prefix(list(tops))
    if len(tops) < 2 or not prefix or not all(tops.values()):
        return False
    if known is None:
        # Ids such as s-001 and s-002 begin alike as well.
        return not all(top[len(prefix) :].isdigit() for top in tops)
    as_users = sum(any(map(known, _users(top, prefix))) for top in tops)
    return as_users > sum(known(top) for top in tops)


def read(export: Export) -> Iterator[Found]:
    """Take the user from behind the assignment's name."""
    prefix = _prefix(list(export.tops))
    for one in export.entries:
        keys = (*_users(one.parts[0], prefix), one.parts[0])
        yield Found(keys, one.parts[1:], one, one.modified)


def _prefix(names: list[str]) -> str:
    """Return what all begin with, up to a hyphen."""
    first, last = min(names, default=""), max(names, default="")
    common = 0
    while common < min(len(first), len(last)) and first[common] == last[common]:
        common += 1
    return first[: first.rfind("-", 0, common) + 1]


def _users(name: str, prefix: str) -> list[str]:
    """Return who it may be: users' names may begin alike, and hold hyphens too."""
    cuts = [place for place, sign in enumerate(prefix) if sign == "-"]
    return [name[cut + 1 :] for cut in reversed(cuts)]
