"""The frames of a learner's own run: what each statement read, wrote and made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from drill.drawing import Case, inline
from drill.language import Event, Touched, Tracer
from drill.visible import shown
from drill.walk import Frame, Panel, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDEST = 16


def sentence(
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
    return f"{where_of(event)}: {shown(text, 70)}{said}{should}."


def given(case: Case) -> Frame:
    """Tell the numbers, where they are not those that were asked about."""
    panels: dict[str, Panel] = {}
    told = []
    for name, value in case.values.items():
        if isinstance(value, np.ndarray):
            _add(panels, name, value, {})
        told.append(f"{name} = {shown(inline(value), 120)}")
    return Frame(f"On other numbers: {', '.join(told)}.", tuple(panels.values()))


def where_of(event: Event) -> str:
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


def panels_of(
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
        if wrong is not None and got is not None and is_result(event.wrote.array, got):
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


def closing(case: Case, got: NDArray[Any] | None, tracer: Tracer, hidden: int) -> Frame:
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


def is_result(array: NDArray[Any] | None, got: NDArray[Any]) -> bool:
    return array is not None and array.shape == got.shape
