"""A learner's own program as a walk: what it read and wrote, where it went astray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.answer import read_program
from drill.drawing import Case, Instance, Target, inline, tolerance
from drill.errors import LanguageError
from drill.grading.comparison import equal
from drill.grading.programs import inputs
from drill.language import (
    LEARNER,
    Event,
    Program,
    Reading,
    Touched,
    Tracer,
    trace,
    traceable,
)
from drill.sandbox import run_here
from drill.visible import shown
from drill.walk import Frame, Panel, Role, Walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_FRAMES = 200
ENDS = 40
WIDEST = 16


@dataclass(frozen=True, eq=False)
class OwnRun:
    """A program's run in steps, and the step at which to open it.

    Attributes
    ----------
    walk : Walk
    opens : int
        The first write of a wrong entry, else where it fails, else the end.
    where : str
        That line, with the variables of its loops; empty at the end.
    """

    walk: Walk
    opens: int
    where: str = ""


def own_run(instance: Instance, part: int, source: str) -> OwnRun:
    """Follow a program on the smallest case on which it is wrong, or the first.

    Raises
    ------
    LanguageError
        When the program is refused.
    """
    target = instance.targets[part]
    answer = target.part.answer
    reading = Reading(
        frozenset(answer.names), LEARNER, statements=True, result=answer.result
    )
    program = traceable(source, reading, answer.names)
    plain = read_program(
        source, names=answer.names, form=answer.form, result=answer.result
    )
    case = _case(target, plain)
    value, tracer = trace(program, case.values)
    got = _array(value)
    events = tracer.events
    wrong = _wrong(target, case, got)
    place = _astray(events, got, wrong)
    lines = source.split("\n")
    told = [
        (event, _sentence(event, lines, case, wrong if n == place else None))
        for n, event in enumerate(events)
    ]
    kept = _kept(len(told), place)
    frames = [
        Frame(sentence, _panels(event, case, got, wrong))
        for event, sentence in (told[n] for n in kept)
    ]
    frames.append(_last(case, got, tracer, len(told) - len(kept)))
    opens = kept.index(place) if place in kept else len(frames) - 1
    where = _where(events[place]) if place < len(events) else ""
    return OwnRun(Walk("Your program, step by step", tuple(frames)), opens, where)


def _case(target: Target, program: Program) -> Case:
    """Choose the failing case with the fewest numbers; the first when none fails."""
    failing = []
    for case, outcome in zip(
        target.cases, run_here(program, inputs(target)), strict=False
    ):
        allowed = tolerance(target.part.answer, case.reference)
        got = outcome.got
        if got is None or not equal(got, case.reference, allowed, strict=True):
            failing.append(case)
    return min(failing, key=_cells) if failing else target.cases[0]


def _cells(case: Case) -> int:
    return sum(
        value.size if isinstance(value, np.ndarray) else 1
        for value in case.values.values()
    )


def _array(value: Any) -> NDArray[Any] | None:
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError):
        return None
    return None if value is None else array


def _wrong(
    target: Target, case: Case, got: NDArray[Any] | None
) -> NDArray[np.bool_] | None:
    """Mark the entries that are wrong, where there is one for each."""
    if got is None or got.shape != case.reference.shape:
        return None
    allowed = tolerance(target.part.answer, case.reference)
    found: NDArray[np.bool_] = np.array(
        [
            not equal(np.array(mine), np.array(right), allowed, strict=True)
            for mine, right in zip(got.flat, case.reference.flat, strict=True)
        ],
        dtype=bool,
    ).reshape(got.shape)
    return found


def _astray(
    events: list[Event], got: NDArray[Any] | None, wrong: NDArray[np.bool_] | None
) -> int:
    """Return the step at which a wrong entry got its last value, or the failure."""
    for n, event in enumerate(events):
        if event.problem:
            return n
    if wrong is None or not wrong.any() or got is None:
        return len(events)
    last: dict[tuple[int, ...], int] = {}
    for n, event in enumerate(events):
        if event.wrote is not None and _is_result(event.wrote.array, got):
            last |= {cell: n for cell in event.wrote.cells if wrong[cell]}
            continue
        for value in event.made.values():
            if isinstance(value, np.ndarray) and value.shape == got.shape:
                same = np.isclose(value, got, equal_nan=True) & wrong
                for cell in map(tuple, np.argwhere(same).tolist()):
                    last.setdefault(cell, n)
    return min(last.values(), default=len(events))


def _is_result(array: NDArray[Any] | None, got: NDArray[Any]) -> bool:
    return array is not None and array.shape == got.shape


def _kept(count: int, place: int) -> list[int]:
    """Choose the steps that are shown: the first, the last, those around `place`."""
    if count <= MOST_FRAMES:
        return list(range(count))
    around = range(place - ENDS, place + ENDS)
    kept = {*range(ENDS), *range(count - ENDS, count), *around}
    return sorted(n for n in kept if 0 <= n < count)


def _sentence(
    event: Event,
    lines: list[str],
    case: Case,
    wrong: NDArray[np.bool_] | None,
) -> str:
    """Say what a statement did; at the first wrong entry, what it should be."""
    text = lines[event.line - 1].strip() if event.line <= len(lines) else ""
    did: list[str] = []
    if event.read:
        did.append(f"reads {', '.join(dict.fromkeys(r.text for r in event.read))}")
    if event.wrote is not None:
        did.append(f"writes {event.wrote.text}{_written(event.wrote)}")
    for name, value in event.made.items():
        verb = "returns" if name == "return" else f"{name} is"
        did.append(f"{verb} {_value(value)}")
    if event.problem:
        did.append(f"fails: {shown(event.problem, 160)}")
    said = f"; {', '.join(did)}" if did else ""
    should = "".join(_should(event, case, wrong)) if wrong is not None else ""
    return f"{_where(event)}: {shown(text, 70)}{said}{should}."


def _where(event: Event) -> str:
    """Name a statement: its line, and the variables of the loops around it."""
    loops = ", ".join(f"{name} = {_number(v)}" for name, v in event.loops.items())
    return f"line {event.line}" + (f" ({loops})" if loops else "")


def _should(event: Event, case: Case, wrong: NDArray[np.bool_]) -> list[str]:
    cells = event.wrote.cells if event.wrote else tuple(map(tuple, np.argwhere(wrong)))
    for cell in cells:
        if wrong[cell]:
            right = inline(case.reference[cell])
            where = "there" if event.wrote and len(cells) == 1 else f"at {_place(cell)}"
            return [f"; the solution has {right} {where}"]
    return []


def _place(cell: Any) -> str:
    return ", ".join(str(int(at)) for at in cell) or "its place"


def _written(touched: Touched) -> str:
    if touched.array is None or len(touched.cells) != 1:
        return ""
    return f" = {inline(touched.array[touched.cells[0]])}"


def _value(value: Any) -> str:
    if isinstance(value, np.ndarray):
        text = inline(value)
        short = text if len(text) <= 60 else "an array"
        return f"{short} of shape {value.shape}"
    return "a value" if value is None else _number(value)


def _number(value: Any) -> str:
    return inline(value) if isinstance(value, int | float) else shown(str(value), 20)


def _panels(
    event: Event,
    case: Case,
    got: NDArray[Any] | None,
    wrong: NDArray[np.bool_] | None,
) -> tuple[Panel, ...]:
    found: dict[str, Panel] = {}
    for touched in event.read:
        _add(
            found,
            touched.name,
            touched.array,
            dict.fromkeys(touched.cells, Role.WINDOW),
        )
    if event.wrote is not None:
        roles = dict.fromkeys(event.wrote.cells, Role.NOW)
        if wrong is not None and got is not None and _is_result(event.wrote.array, got):
            roles = {c: Role.WRONG if wrong[c] else Role.NOW for c in roles}
        _add(found, event.wrote.name, event.wrote.array, roles)
    for name, value in event.made.items():
        if isinstance(value, np.ndarray):
            _add(found, "result" if name == "return" else name, value, {})
    return tuple(list(found.values())[:3])


def _add(
    found: dict[str, Panel],
    name: str,
    array: NDArray[Any] | None,
    roles: dict[tuple[int, ...], Role],
) -> None:
    if array is None or not 1 <= array.ndim <= 2 or max(array.shape) > WIDEST:
        return
    if not array.size:
        return
    table = array.reshape(1, -1) if array.ndim == 1 else array
    rows = tuple(tuple(_entry(v) for v in row) for row in table.tolist())
    places = {
        (0, c[0]) if array.ndim == 1 else (c[0], c[1]): r for c, r in roles.items()
    }
    found[name] = Panel(name, rows, places)


def _entry(value: Any) -> int | float:
    return int(value) if float(value).is_integer() else float(value)


def _last(case: Case, got: NDArray[Any] | None, tracer: Tracer, hidden: int) -> Frame:
    """Close with what came out beside what was wanted."""
    panels: dict[str, Panel] = {}
    _add(panels, "solution", np.asarray(case.reference, dtype=float), {})
    if got is None:
        sentence = "It gave no result."
    else:
        _add(panels, "yours", got, {})
        same = got.shape == case.reference.shape
        sentence = (
            f"Your program gives {_value(got)}; the solution is"
            f" {_value(np.asarray(case.reference))}."
            if not same or got.ndim == 0
            else "That is what your program gives, beside the solution."
        )
    rest = hidden + tracer.left_out
    if rest:
        sentence += f" {rest:,} steps are not shown."
    return Frame(sentence, tuple(panels.values()))


def can_follow(instance: Instance, part: int, source: str) -> OwnRun | None:
    """Follow a program where that is possible."""
    if instance.targets[part].part.answer.form != "numpy":
        return None
    try:
        return own_run(instance, part, source)
    except LanguageError:
        return None
