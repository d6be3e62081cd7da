"""Rules about known mistakes: wrong by a margin, named, and carried forward."""

from __future__ import annotations

from collections.abc import Iterator

from drill.drawing import Instance
from drill.drawing.target import MARGIN, as_array, same
from drill.errors import DrillError
from drill.grading import earlier_answers, grade
from drill.language import Value, run
from drill.selftest.observation import NUMERIC, Observation

# Drawing promises this many tolerances; here the promise is held to its word.
LEAST = 3.0


def told(observed: Observation) -> Iterator[str]:
    """Every mistake that is on is graded wrong and diagnosed as itself."""
    for one in observed.graded:
        name = one.mistake.name
        if not one.on:
            continue
        if one.right:
            yield f"whoever makes the mistake '{name}' is graded right"
        elif name not in one.names:
            said = " and ".join(f"'{other}'" for other in one.names) or "nothing"
            yield f"whoever makes the mistake '{name}' is told {said}"


def margin(observed: Observation) -> Iterator[str]:
    """Every mistake that must differ misses by several tolerances."""
    for one in observed.graded:
        if one.mistake.must_differ and one.margin < LEAST:
            by = f"misses by {one.margin:.2g} tolerances only; {LEAST:g} are the least"
            how = by if one.margin else "gives the right answer"
            yield f"the mistake '{one.mistake.name}' must differ, and {how}"


def carried_forward(observed: Observation) -> Iterator[str]:
    """A later part that is right given a wrong earlier answer is marked so."""
    instance = observed.instance
    for place, target in observed.parts:
        if not target.part.name:
            return
        for name, array in instance.mistakes(place).items():
            earlier = earlier_answers(instance, {target.part.name: array})
            if earlier:
                yield from _follow(instance, place, name, earlier)


def _follow(
    instance: Instance, place: int, name: str, earlier: dict[str, Value]
) -> Iterator[str]:
    part_name = instance.targets[place].part.name
    for later in range(place + 1, len(instance.targets)):
        wanted = instance.targets[later]
        answer = wanted.part.answer
        if answer.kind not in NUMERIC or answer.value is None:
            continue
        if part_name not in answer.value.names:
            continue
        try:
            value = run(answer.value, {**instance.values, **earlier})
            follow = as_array(value, answer.kind)
        except DrillError:
            continue
        if same(follow, wanted.reference, MARGIN * wanted.tolerance):
            continue
        if not grade(instance, follow, later, earlier).carried:
            yield (
                f"part '{wanted.part.name}', right given the mistake '{name}' in part"
                f" '{part_name}', is not marked as carried forward"
            )
