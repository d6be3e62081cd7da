"""Moodle: ``Full Name_ID_assignsubmission_file_``, as folders or before file names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from drill.classroom.export import Export
from drill.classroom.layouts.found import Found

NAME = "Moodle's download of submissions"
# Names may hold underscores: the id is the last number before the plugin's name.
_NAMED = re.compile(r"(.+)_(\d+)_assignsubmission_(?:file|onlinetext)(?:_(.*))?")


def fits(export: Export, known: Callable[[str], bool] | None) -> bool:
    """Tell it by the plugin's name in most names."""
    tops = list(export.tops)
    return bool(tops) and sum(map(bool, map(_NAMED.fullmatch, tops))) * 2 > len(tops)


def read(export: Export) -> Iterator[Found]:
    """Take the participant's id and the full name from each name."""
    for one in export.entries:
        named = _NAMED.fullmatch(one.parts[0])
        if named is None:
            continue
        inside = one.parts[1:] or (named[3] or one.name,)
        keys = (named[2], named[1].replace("_", " "))
        yield Found(keys, inside, one, one.modified)
