"""What an export carries besides answers: the plan, and what was set aside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from drill.practice.attempt import Report, moment, stamp
from drill.practice.history import History
from drill.practice.plans import NAME, kept
from drill.practice.reports import keep, reports

MOST = 10_000
LONGEST_NAME, LONGEST_TEXT = 200, 70_000
MINUTES = (1, 600)
_NAMES = {"id", "question", "topic", "ticket", "version"}
_ALL = {field.name for field in fields(Report)}


@dataclass(frozen=True)
class Beside:
    """The plan as it is kept, and all reports."""

    plan: Mapping[str, Any] | None = None
    reports: tuple[Report, ...] = ()


def data_beside(history: History) -> dict[str, Any]:
    """Return it as the heading of an export has it; nothing where there is nothing."""
    plan, found = kept(history), reports(history, settled=None)
    told: dict[str, Any] = {"plan": plan} if plan else {}
    if found:
        told["reports"] = [asdict(one) | {"at": stamp(one.at)} for one in found]
    return told


def beside_of(head: Mapping[str, Any]) -> Beside:
    """Check what a heading carries.

    Raises
    ------
    ValueError, TypeError, KeyError
        When it is none of ours.
    """
    plan, found = head.get("plan"), head.get("reports", [])
    if not isinstance(found, list) or len(found) > MOST:
        raise ValueError("'reports' must be a list")
    return Beside(None if plan is None else _plan(plan), tuple(map(_report, found)))


def merge_beside(history: History, found: Beside) -> Mapping[str, Any] | None:
    """Take it in, within a transaction: the later plan counts, and every report.

    Returns
    -------
    mapping or None
        The plan, as it is kept, if it is followed here from now on; one without an
        exam has ended, and the plan here with it.
    """
    for report in found.reports:
        keep(history, report)
    mine = kept(history)
    if not found.plan or (mine is not None and _order(found.plan) <= _order(mine)):
        return None
    history.connection.execute(
        "INSERT OR REPLACE INTO setting VALUES (?, ?)",
        (NAME, json.dumps(dict(found.plan))),
    )
    followed = any("exam" in plan for plan in (found.plan, mine) if plan)
    return found.plan if followed else None


def _order(plan: Mapping[str, Any]) -> tuple[str, str]:
    """Order plans the same way on every machine."""
    return plan["at"], json.dumps(plan, sort_keys=True)


def _plan(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError("'plan' must be an object")
    found: dict[str, Any] = {"at": stamp(_moment(data["at"]))}
    if "exam" not in data:
        return found
    minutes, topics = data["minutes"], data["topics"]
    low, high = MINUTES
    if type(minutes) not in (int, float) or not low <= minutes <= high:
        raise ValueError("'minutes' of the plan cannot be that")
    if not isinstance(topics, list) or len(topics) > MOST:
        raise ValueError("'topics' of the plan must be a list")
    exam = date.fromisoformat(data["exam"]).isoformat()
    names = [_name("topics", topic) for topic in topics]
    return found | {"exam": exam, "minutes": minutes, "topics": names}


def _report(data: Any) -> Report:
    if not isinstance(data, dict) or data.keys() < _ALL:
        raise ValueError("this is no report")
    values = {name: data[name] for name in _ALL}
    for name in _NAMES:
        _name(name, values[name])
    for name in ("note", "typed"):
        text = values[name]
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise ValueError(f"'{name}' of a report must be a text")
        text.encode()
    part, settled = values["part"], values["settled"]
    if type(part) is not int or not 0 <= part < 2**31 or type(settled) is not bool:
        raise ValueError("'part' or 'settled' of a report cannot be that")
    return Report(**{**values, "at": _moment(values["at"])})


def _name(name: str, value: Any) -> str:
    good = isinstance(value, str) and value.isprintable()
    if not good or len(value) > LONGEST_NAME:
        raise ValueError(f"'{name}' cannot be {str(value)[:40]!r}")
    return str(value)


def _moment(value: Any) -> Any:
    found = moment(value)
    # Far outside of these years the calendar ends.
    if not 1970 <= found.year < 2200:
        raise ValueError(f"'at' cannot be {value[:40]!r}")
    return found
