"""Gradescope: ``submission_N/`` folders, ``submission_metadata.yml`` beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from drill.classroom.export import Export
from drill.classroom.layouts.found import Found, read_time
from drill.errors import UnreadableError, UsageError
from drill.visible import shown

NAME = "Gradescope's export of submissions"
METADATA = "submission_metadata.yml"
MAX_METADATA = 256 * 1024 * 1024
MAX_DEPTH = 40
_FOLDER = re.compile(r"submission_\d+")


def fits(export: Export, known: Callable[[str], bool] | None) -> bool:
    """Tell it by its metadata file."""
    return METADATA in export.tops


def read(export: Export) -> Iterator[Found]:
    """Join each folder with its submitters; a group's files are everybody's."""
    entry = next(one for one in export.entries if one.parts == (METADATA,))
    try:
        about = parse(entry.read(MAX_METADATA).decode("utf-8-sig"))
    except (UnreadableError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{METADATA} cannot be read: {shown(str(error))}") from None
    for one in export.entries:
        if len(one.parts) < 2 or not _FOLDER.fullmatch(one.parts[0]):
            continue
        data = about.get(one.parts[0])
        data = data if isinstance(data, dict) else {}
        when = data.get(":created_at")
        submitted = read_time(when) if isinstance(when, str) else None
        people = data.get(":submitters")
        for person in people if isinstance(people, list) else []:
            if isinstance(person, dict):
                keys = (person.get(key) for key in (":sid", ":email", ":name"))
                named = tuple(key for key in keys if isinstance(key, str) and key)
                yield Found(
                    named or (one.parts[0],), one.parts[1:], one, submitted,
                )  # fmt: skip
        if not people:
            yield Found((one.parts[0],), one.parts[1:], one, submitted)


def parse(text: str) -> dict[str, Any]:
    """Read the YAML's maps, lists and texts; tags mean nothing, aliases are refused.

    The history of earlier tries is left out: it is most of the file.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = yaml.parse(text, Loader=loader)
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            found = _value(event, events, 0)
            return found if isinstance(found, dict) else {}
        if isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent):
            break
    return {}


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Any:
    if isinstance(event, yaml.AliasEvent):
        raise yaml.YAMLError("it holds an alias")
    if depth > MAX_DEPTH:
        raise yaml.YAMLError("it is nested too deep")
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(_value(inner, events, depth + 1))
        return items
    pairs: dict[str, Any] = {}
    for inner in events:
        if isinstance(inner, yaml.MappingEndEvent):
            break
        key = str(_value(inner, events, depth + 1)).rstrip(":")
        # Ruby writes its symbols as :name: - YAML reads that as ":name".
        value = _value(next(events), events, depth + 1)
        if key not in (":history", ":results"):
            pairs[key] = value
    return pairs
