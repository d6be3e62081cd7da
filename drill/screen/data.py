"""Instances and verdicts as plain data for ``--json``, with a version."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import Instance, hints, plain, prompt, solution, stem
from drill.grading import Verdict
from drill.screen import words
from drill.walk import Walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 1


def dumps(data: object) -> str:
    """Write JSON that every reader takes: no NaN, nothing but ASCII.

    Examples
    --------
    >>> dumps({"read": float("nan")})
    '{"read": "nan"}'
    """
    try:
        return _encode(data)
    except ValueError:
        # A number that is not finite.  To look at each before costs more than all else.
        return _encode(_clean(data))


def _plain(data: object) -> object:
    """Return what JSON knows no word for as what it knows."""
    if isinstance(data, np.ndarray):
        return data.tolist()
    if isinstance(data, np.generic):
        return data.item()
    if isinstance(data, Mapping):
        return dict(data)
    raise TypeError(f"{type(data).__name__} is no data")


_encode = json.JSONEncoder(allow_nan=False, default=_plain).encode


def _clean(data: object) -> object:
    if isinstance(data, Mapping):
        return {str(key): _clean(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_clean(item) for item in data]
    if isinstance(data, np.ndarray | np.generic):
        return _clean(_plain(data))
    if isinstance(data, float) and not math.isfinite(data):
        return str(data)
    return data


def numbers(array: NDArray[Any] | None) -> dict[str, object] | None:
    """Write an array with its shape, which an empty list would lose."""
    if array is None:
        return None
    return {"shape": list(array.shape), "values": array.tolist()}


def instance_data(instance: Instance, *, with_solution: bool) -> dict[str, object]:
    """Describe an instance: what is asked, and if wanted what is right."""
    question = instance.question
    parts: list[dict[str, object]] = []
    for place, target in enumerate(instance.targets):
        part: dict[str, object] = {
            "name": target.part.name,
            "prompt": plain(prompt(instance, place)),
            "kind": target.part.answer.kind,
            "form": words.form(target),
            "options": [option.text for option in target.options],
        }
        if with_solution:
            part["hints"] = [plain(hint) for hint in hints(instance, place)]
            part["answer"] = words.answer_text(target)
            part["reference"] = numbers(target.reference)
        parts.append(part)
    data: dict[str, object] = {
        "version": VERSION,
        "ticket": str(instance.ticket),
        "question": question.id,
        "topic": question.topic,
        "level": question.level,
        "minutes": question.minutes,
        "stem": plain(stem(instance)),
        "parts": parts,
        "values": dict(instance.values) if with_solution else _given(instance),
    }
    if with_solution:
        data["solution"] = plain(solution(instance))
    return data


def _given(instance: Instance) -> dict[str, object]:
    """Keep the values that the prompt shows anyway."""
    return {name: instance.values[name] for name in instance.question.inputs}


def verdict_data(verdict: Verdict) -> dict[str, object]:
    """Describe a verdict; the reference is never part of it."""
    relation = verdict.relation
    return {
        "right": verdict.right,
        "score": verdict.score,
        "reason": verdict.reason,
        "carried": verdict.carried,
        "read": numbers(verdict.read),
        "wrong": [list(place) for place in verdict.wrong],
        "mistakes": [{"name": m.name, "say": m.say} for m in verdict.mistakes],
        "relation": {"name": relation.name, "say": relation.say} if relation else None,
        "counterexample": words.counterexample(verdict) or None,
        "astray": verdict.astray or None,
        "printed": list(verdict.printed) or None,
        "note": verdict.note,
        "assumed": verdict.assumed,
    }


def walk_data(walk: Walk) -> dict[str, object]:
    """Describe a walk: each step's sentence, its grids, and the marked cells."""
    return {
        "version": VERSION,
        "title": walk.title,
        "steps": [
            {
                "sentence": frame.sentence,
                "grids": [
                    {
                        "name": panel.name,
                        "rows": [list(row) for row in panel.rows],
                        "marked": [
                            {"row": row, "column": column, "role": str(role)}
                            for (row, column), role in panel.roles.items()
                        ],
                    }
                    for panel in frame.panels
                ],
            }
            for frame in walk.frames
        ],
    }
