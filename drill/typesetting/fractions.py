"""Quotients: which are set as fractions, and which keep their stroke."""

from __future__ import annotations

from collections.abc import Sequence

from drill.typesetting.tree import (
    Fenced,
    Fraction,
    Matrix,
    Node,
    Root,
    Row,
    Script,
    Symbol,
)

_STROKE = Symbol("/", "sign")


def with_fractions(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Set the quotients among parts that stand beside each other.

    A quotient of two plain names or numbers keeps its stroke, as ``1/m`` does in print.
    Where a factor follows the divisor with nothing between, nobody knows whether it is
    divided by as well: then everything stays as it was written.
    """
    parts = list(nodes)
    place = 0
    while place < len(parts):
        if parts[place] == _STROKE:
            place = _quotient(parts, place)
        place += 1
    return tuple(_released(parts))


def _quotient(parts: list[Node], place: int) -> int:
    """Set one quotient in place; return where to go on."""
    start = _start(parts, place)
    first = place + 1 + (place + 1 < len(parts) and _is_space(parts[place + 1]))
    stop = _stop(parts, first)
    if start is None or stop is None:
        return place
    above, below = _trimmed(parts[start:place]), _trimmed(parts[first:stop])
    spaced = _is_space(parts[place - 1])
    if not spaced and _is_plain(above) and _is_plain(below):
        return place
    if _is_differential(below) and any(map(_is_small, above)):
        return place
    parts[start:stop] = [Fraction(_bare(above), _bare(below))]
    return start


def _start(parts: list[Node], place: int) -> int | None:
    """Return where the dividend begins: factors beside each other belong together.

    So do those that a sign joins without spaces, as in ``u·v/n``.
    """
    start = place
    while start and not (
        _is_operator(parts[start - 1]) and not _joins(parts, start - 1)
    ):
        start -= 1
    while start < place and _is_space(parts[start]):
        start += 1
    return start if start < place else None


def _joins(parts: list[Node], place: int) -> bool:
    """Tell whether a sign multiplies what stands close around it."""
    sign = parts[place]
    if not isinstance(sign, Symbol) or sign.text not in "·×*∗":
        return False
    around = parts[max(place - 1, 0) : place + 2]
    return len(around) == 3 and not any(map(_is_space, around))


def _stop(parts: list[Node], first: int) -> int | None:
    """Return where the divisor ends; None where that is not sure."""
    stop = first
    while stop < len(parts) and not _is_operator(parts[stop]):
        stop += 1
    if stop < len(parts) and parts[stop] == _STROKE:
        return None
    one = _trimmed(parts[first:stop])
    if not one or any(_is_space(part) for part in one):
        return None
    while stop > first and _is_space(parts[stop - 1]):
        stop -= 1
    return stop


def _trimmed(parts: list[Node]) -> list[Node]:
    while parts and _is_space(parts[0]):
        parts = parts[1:]
    while parts and _is_space(parts[-1]):
        parts = parts[:-1]
    return parts


def _is_space(part: Node) -> bool:
    return isinstance(part, Symbol) and part.kind == "space"


def _is_operator(part: Node) -> bool:
    sums = "ΣΠ∑∂∇…∞"
    return isinstance(part, Symbol) and part.kind == "sign" and part.text not in sums


def _is_plain(parts: list[Node]) -> bool:
    """Tell whether a stroke beside these can be misread by nobody."""
    return len(parts) == 1 and not isinstance(
        parts[0], Fenced | Fraction | Root | Matrix
    )


def _is_differential(parts: list[Node]) -> bool:
    """Tell whether these are dx or ∂x; a derivative is read at a glance."""
    return _is_small(parts[0])


def _is_small(part: Node) -> bool:
    """Tell whether a part begins with the sign of a small change."""
    if isinstance(part, Script):
        part = part.base
    if isinstance(part, Row):
        return part.parts[0] == Symbol("d", "name")
    return part == Symbol("∂", "sign")


def _bare(parts: list[Node]) -> Node:
    """Take off the parentheses that the fraction's line stands for."""
    if len(parts) == 1:
        only = parts[0]
        if isinstance(only, Fenced) and only.opening == "(" and not _is_list(only):
            return only.inside
        return only
    return Row(tuple(parts))


def _is_list(fenced: Fenced) -> bool:
    inside = fenced.inside
    parts = inside.parts if isinstance(inside, Row) else (inside,)
    return any(part == Symbol(",", "sign") for part in parts)


def _released(parts: list[Node]) -> list[Node]:
    """Set ``(3/2) u`` as a fraction before its factor."""
    made: list[Node] = []
    for place, part in enumerate(parts):
        follows = place + 1 < len(parts) and _is_space(parts[place + 1])
        alone = not made or _is_operator(made[-1]) or _is_space(made[-1])
        if follows and alone and isinstance(part, Fenced) and part.opening == "(":
            inside = part.inside
            if (
                isinstance(inside, Row)
                and len(inside.parts) == 3
                and inside.parts[1] == _STROKE
            ):
                made.append(Fraction(inside.parts[0], inside.parts[2]))
                continue
        made.append(part)
    return made
