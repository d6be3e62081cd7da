"""Sizes: a window's places marked along one side of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from drill import solver
from drill.walk.axis import LONGEST, ruler
from drill.walk.frame import Frame, Walk

FIRST = 3


def conv_output_size(n: int, f: int, p: int = 0, s: int = 1, d: int = 1) -> Walk:
    """Show `drill.solver.conv_output_size`.

    Examples
    --------
    >>> conv_output_size(7, 3, 1, 2).frames[-1].sentence
    'floor((7 + 2·1 - 3)/2) + 1 = floor(6/2) + 1 = 4.'
    """
    size = solver.conv_output_size(n, f, p, s, d)
    span = solver.effective_filter_size(f, d)
    frames = []
    if d > 1:
        said = f"With dilation {d} the filter spans {f} + ({f} - 1)·({d} - 1) = {span}"
        frames.append(Frame(f"{said} cells."))
    frames += _places((n, span, d), p, s, size, "filter")
    frames.append(_formula(n, span, p, s, size))
    return Walk(f"Output size along a side of {n}", tuple(frames))


def pool_output_size(n: int, f: int, s: int, p: int = 0, ceil: bool = False) -> Walk:
    """Show `drill.solver.pool_output_size`.

    Examples
    --------
    >>> pool_output_size(6, 3, 2).frames[-1].sentence
    'floor((6 - 3)/2) + 1 = floor(3/2) + 1 = 2.'
    """
    size = solver.pool_output_size(n, f, s, p, ceil)
    frames = _places((n, f, 1), p, s, size, "window")
    frames.append(_formula(n, f, p, s, size, "ceil" if ceil else "floor"))
    return Walk(f"Output size along a side of {n}", tuple(frames))


def same_output_size(n: int, s: int) -> Walk:
    """Show `drill.solver.same_output_size`.

    Examples
    --------
    >>> same_output_size(7, 2).frames[-1].sentence
    'Padded as needed, a window starts at every cell marked: ceil(7/2) = 4.'
    """
    size = solver.same_output_size(n, s)
    marked = ruler(n, 0, [], range(0, n, s))
    said = f"Padded as needed, a window starts at every cell marked: ceil({n}/{s})"
    return Walk(f"Same padding over {n}", (Frame(f"{said} = {size}.", (marked,)),))


def same_padding(f: int) -> Walk:
    """Show `drill.solver.same_padding`.

    Examples
    --------
    >>> same_padding(5).frames[-1].sentence
    'So each side gets (5 - 1)/2 = 2 cells of padding.'
    """
    p = solver.same_padding(f)
    first = f"At the first place the middle of the {f} cells lies on cell 0"
    last = f"So each side gets ({f} - 1)/2 = {p} cells of padding."
    grid = ruler(f, p, range(f), [p])
    return Walk(
        f"Padding that keeps the size, filter {f}",
        (
            Frame(f"{first}, so {p} of them lie before it.", (grid,)),
            Frame(last, (grid,)),
        ),
    )


def same_padding_split(n: int, f: int, s: int = 1) -> Walk:
    """Show `drill.solver.same_padding_split`.

    Examples
    --------
    >>> same_padding_split(6, 3, 2).frames[1].sentence
    'The last of 3 windows ends after (3 - 1)·2 + 3 = 7 cells.'
    """
    total, before, after = solver.same_padding_split(n, f, s)
    size = solver.same_output_size(n, s)
    reach = (size - 1) * s + f
    starts = range(0, size * s, s)
    last = range(starts[-1], reach)
    more = f"{total} more than {n}" if total else f"not more than {n}"
    split = f"{total} in all, {before} before and {after} after"
    return Walk(
        f"Same padding over {n}",
        (
            Frame(
                f"Same padding makes ceil({n}/{s}) = {size} places.",
                (ruler(n, 0, [], starts),),
            ),
            Frame(
                f"The last of {size} windows ends after ({size} - 1)·{s} + {f} ="
                f" {reach} cells.",
                (ruler(max(reach, n), 0, last, starts),),
            ),
            Frame(
                f"That is {more}, so the padding is {split}.",
                (ruler(n, (before, after), [], starts),),
            ),
        ),
    )


def conv_transpose_output_size(
    n: int, f: int, p: int = 0, s: int = 1, output_padding: int = 0, d: int = 1
) -> Walk:
    """Show `drill.solver.conv_transpose_output_size`.

    Examples
    --------
    >>> conv_transpose_output_size(4, 3, 1, 2, 1).frames[-1].sentence
    'Take off 2·1 and add the output padding 1: 9 - 2 + 1 = 8.'
    """
    size = solver.conv_transpose_output_size(n, f, p, s, output_padding, d)
    span = solver.effective_filter_size(f, d)
    whole = (n - 1) * s + span
    frames = []
    for cell in _shown(n):
        start = cell * s
        grid = ruler(whole, 0, range(start, start + span, d), range(0, start, s))
        if cell == n - 1:
            end = f"ends after ({n} - 1)·{s} + {span} = {whole} cells."
            said = _after(n, f"input cell {cell} is the last; what it lays down {end}")
        elif cell:
            said = f"Input cell {cell} starts {s} further, at {start}."
        else:
            said = f"Input cell 0 is spread over {span} output cells, from 0 on."
        frames.append(Frame(said, (grid,)))
    if p or output_padding:
        more = f" and add the output padding {output_padding}" if output_padding else ""
        sum_ = f" + {output_padding}" if output_padding else ""
        said = f"Take off 2·{p}{more}: {whole} - {2 * p}{sum_} = {size}."
        frames.append(Frame(said, (ruler(size, p, [], []),)))
    return Walk(f"Transposed convolution of {n}", tuple(frames))


def effective_filter_size(f: int, d: int = 1) -> Walk:
    """Show `drill.solver.effective_filter_size`.

    Examples
    --------
    >>> effective_filter_size(3, 2).frames[0].sentence
    'Between 3 cells there are 2 gaps of 1: 3 + 2·1 = 5.'
    """
    span = solver.effective_filter_size(f, d)
    grid = ruler(span, 0, range(0, span, d), [])
    said = f"Between {f} cells there are {f - 1} gaps of {d - 1}: {f} + {f - 1}·{d - 1}"
    return Walk(
        f"A filter of {f}, dilation {d}", (Frame(f"{said} = {span}.", (grid,)),)
    )


def receptive_field(layers: Iterable[tuple[int, int]]) -> Walk:
    """Show `drill.solver.receptive_field`.

    Examples
    --------
    >>> [frame.sentence for frame in receptive_field([(3, 2), (3, 1)]).frames]
    ['One cell sees itself: 1. Steps are 1 cell of the input wide.', \
'Layer 1, 3 wide: 1 + (3 - 1)·1 = 3. Its stride 2 makes steps 1·2 = 2.', \
'Layer 2, 3 wide: 3 + (3 - 1)·2 = 7.']
    """
    listed = [(int(f), int(s)) for f, s in layers]
    field, step = 1, 1
    whole = solver.receptive_field(listed)
    first = "One cell sees itself: 1. Steps are 1 cell of the input wide."
    frames = [Frame(first, (ruler(whole, 0, [0], []),))]
    for number, (f, s) in enumerate(listed, 1):
        wider = field + (f - 1) * step
        said = f"Layer {number}, {f} wide: {field} + ({f} - 1)·{step} = {wider}."
        if number < len(listed):
            said += f" Its stride {s} makes steps {step}·{s} = {step * s}."
        field, step = wider, step * s
        frames.append(Frame(said, (ruler(whole, 0, range(field), []),)))
    return Walk("Receptive field, layer by layer", tuple(frames))


def _places(
    lengths: tuple[int, int, int], p: int, s: int, size: int, what: str
) -> list[Frame]:
    """Return a frame for each place of the window; of many the first and the last.

    The lengths are those of the side and of the window, and from one of its cells to
    the next.
    """
    n, f, d = lengths
    frames = []
    for place in _shown(size):
        start = place * s
        starts = range(0, start + 1, s)
        grid = ruler(n, p, range(start, start + f, d), starts)
        left = n + 2 * p - (start + f)
        if place and place == size - 1:
            said = f"place {size} is the last: {_unused(left, s, p)}"
            said = _after(size, said)
        elif not place:
            padded = f", {p} of padding on each side" if p else ""
            verb = "spans" if d > 1 else "covers"
            said = f"The {what} {verb} {f} of the {n + 2 * p} cells{padded}: place 1."
            if size == 1:
                said = f"{said[:-1]}, the only one; {_unused(left, s, p)}"
        else:
            said = f"{s} further: place {place + 1}."
        frames.append(Frame(said, (grid,)))
    return frames


def _shown(count: int) -> list[int]:
    """Choose the places that are drawn."""
    if count <= 2 * FIRST:
        return list(range(count))
    return [*range(FIRST), count - 1]


def _after(count: int, said: str) -> str:
    """Say before the last how many were left out."""
    if count > 2 * FIRST:
        return f"After {count - 1 - FIRST} more like these, {said}"
    return said[0].upper() + said[1:]


def _unused(left: int, s: int, p: int) -> str:
    end = "padding" if p else "input"
    if left < 0:
        lie = "cell lies" if left == -1 else "cells lie"
        return f"{-left} {lie} beyond the end."
    if not left:
        return f"it ends where the {end} ends."
    cells = "cell is" if left == 1 else "cells are"
    return f"{left} {cells} left over, and one more place needs {s}."


def _formula(n: int, f: int, p: int, s: int, size: int, cut: str = "floor") -> Frame:
    padded = f"{n} + 2·{p} - {f}" if p else f"{n} - {f}"
    rest = n + 2 * p - f
    starts = range(0, size * s, s)
    grids = (ruler(n, p, [], starts),) if n + 2 * p <= LONGEST else ()
    if s == 1:
        return Frame(f"{padded} + 1 = {rest} + 1 = {size}.", grids)
    told = f"{cut}(({padded})/{s}) + 1 = {cut}({rest}/{s}) + 1"
    if cut == "ceil" and -(-rest // s) + 1 != size:
        return Frame(f"{told}, but the last would start in the padding: {size}.", grids)
    return Frame(f"{told} = {size}.", grids)


WALKS: Mapping[str, Callable[..., Walk]] = {
    "conv_output_size": conv_output_size,
    "pool_output_size": pool_output_size,
    "same_output_size": same_output_size,
    "same_padding": same_padding,
    "same_padding_split": same_padding_split,
    "conv_transpose_output_size": conv_transpose_output_size,
    "effective_filter_size": effective_filter_size,
    "receptive_field": receptive_field,
}
