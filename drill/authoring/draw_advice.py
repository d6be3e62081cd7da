"""Advice that takes a few draws: what a hint gives away, what is hard to draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.authoring.entry import Advice, Entry, fields
from drill.bank import Prose
from drill.drawing import Instance
from drill.errors import DrillError
from drill.language import run

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMERIC = ("integer", "shape", "number", "array")
MANY_TRIES = 20
# With fewer different answers, a number in a hint agrees by chance.
FEW_ANSWERS = 3


def draw_advice(entry: Entry) -> Iterator[Advice]:
    """Yield advice about one question, from its instances."""
    instances = entry.instances
    if not instances:
        return
    tries = sum(instance.tries for instance in instances)
    if tries > MANY_TRIES * len(instances):
        yield (
            entry.path,
            f"{tries} draws were tried for {len(instances)} instances; ask less of"
            " 'require', or let fewer mistakes be must_differ",
        )
    for place, (path, _, part) in enumerate(entry.parts):
        wanted = [instance.targets[place].reference for instance in instances]
        if part.answer.kind not in NUMERIC or _different(wanted) < FEW_ANSWERS:
            continue
        own = part.name or "answer"
        for number, hint in enumerate(part.hints):
            if _gives(hint, instances, wanted, own):
                where = (*path, "hints", number)
                yield where, "gives the answer; stop one step before it"
        if _gives(part.ask, instances, wanted, own):
            yield (*path, "ask"), "shows the answer"


def _different(arrays: list[NDArray[Any]]) -> int:
    return len({(array.shape, array.tobytes()) for array in arrays})


def _gives(
    prose: Prose, instances: tuple[Instance, ...], wanted: list[NDArray[Any]], own: str
) -> bool:
    """Tell whether one field of a text is the answer on every instance."""
    for field in fields(prose):
        if field.program.source == own:
            continue
        try:
            found = [run(field.program, instance.values) for instance in instances]
        except DrillError:
            continue
        if all(map(_equal, found, wanted)):
            return True
    return False


def _equal(value: Any, wanted: NDArray[Any]) -> bool:
    if isinstance(value, str) or value is None:
        return False
    try:
        array = np.array(value)
    except ValueError:
        return False
    if array.dtype.kind not in "biuf" or array.shape != wanted.shape:
        return False
    return bool(np.allclose(array.astype(np.float64), wanted.astype(np.float64)))
