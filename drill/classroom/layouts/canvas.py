"""Canvas: ``lastfirst_[LATE_]USER_FILE_name-N.ext``, all in one folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from drill.classroom.export import Export
from drill.classroom.layouts.found import Found

NAME = "Canvas's download of submissions"
_NAMED = re.compile(r"(.+?)_(LATE_)?(\d+)_(\d+)_(.+)")
_AGAIN = re.compile(r"(.+)-(\d{1,3})(\.[^.]*)?")


def fits(export: Export, known: Callable[[str], bool] | None) -> bool:
    """Tell it by two numbers in most names, and no folders."""
    tops = export.tops
    named = sum(bool(_NAMED.fullmatch(top)) for top in tops)
    return bool(tops) and not any(tops.values()) and named * 2 > len(tops)


def read(export: Export) -> Iterator[Found]:
    """Take user, lateness and attempt from each name."""
    for one in export.entries:
        named = _NAMED.fullmatch(one.parts[0])
        if named is None:
            continue
        name, attempt = named[5], 0
        again = _AGAIN.fullmatch(name)
        # A ticket ends like this too: its digest is never a number behind a seed.
        if again is not None and not re.search(r"@\d+$", again[1]):
            name, attempt = again[1] + (again[3] or ""), int(again[2])
        keys = (named[3], named[1])
        yield Found(keys, (name,), one, one.modified, bool(named[2]), attempt)
