"""Sizes: a window's places marked along one side of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from drill import solver
from drill.walk.draft import marks
from drill.walk.frame import Entry, Frame, Panel, Role, Walk

LONGEST, FIRST = 12, 3
SKIPPED, OUTSIDE = "…", "."


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
    frames += _places(n, span, p, s, size, "filter")
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
    frames = _places(n, f, p, s, size, "window")
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
    starts = range(0, n, s)
    ruler = _ruler(n, 0, [], list(starts))
    said = f"Padded as needed, a window starts at every cell marked: ceil({n}/{s})"
    return Walk(f"Same padding over {n}", (Frame(f"{said} = {size}.", (ruler,)),))


def same_padding(f: int) -> Walk:
    """Show `drill.solver.same_padding`.

    Examples
    --------
    >>> same_padding(5).frames[-1].sentence
    'So each side gets (5 - 1)/2 = 2 cells of padding.'
    """
    p = solver.same_padding(f)
    ruler = _ruler(f, p, range(f), [p])
    first = f"At the first place the middle of the {f} cells lies on cell 0"
    last = f"So each side gets ({f} - 1)/2 = {p} cells of padding."
    return Walk(
        f"Padding that keeps the size, filter {f}",
        (
            Frame(f"{first}, so {p} of them lie before it.", (ruler,)),
            Frame(last, (ruler,)),
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
    return Walk(
        f"Same padding over {n}",
        (
            Frame(f"Same padding makes ceil({n}/{s}) = {size} places."),
            Frame(
                f"The last of {size} windows ends after ({size} - 1)·{s} + {f} ="
                f" {reach} cells."
            ),
            Frame(
                f"That is {total} more than {n}, if not negative: {total} in all,"
                f" {before} before and {after} after."
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
    frames = [
        Frame(f"Each of the {n} input cells lays down {span} cells, {s} apart."),
        Frame(f"The last one ends after ({n} - 1)·{s} + {span} = {whole} cells."),
    ]
    more = f" and add the output padding {output_padding}" if output_padding else ""
    sum_ = f" + {output_padding}" if output_padding else ""
    if p or output_padding:
        said = f"Take off 2·{p}{more}: {whole} - {2 * p}{sum_} = {size}."
        frames.append(Frame(said))
    return Walk(f"Transposed convolution of {n}", tuple(frames))


def effective_filter_size(f: int, d: int = 1) -> Walk:
    """Show `drill.solver.effective_filter_size`.

    Examples
    --------
    >>> effective_filter_size(3, 2).frames[0].sentence
    'Between 3 cells there are 2 gaps of 1: 3 + 2·1 = 5.'
    """
    span = solver.effective_filter_size(f, d)
    ruler = _ruler(span, 0, range(0, span, d), [])
    said = f"Between {f} cells there are {f - 1} gaps of {d - 1}: {f} + {f - 1}·{d - 1}"
    return Walk(
        f"A filter of {f}, dilation {d}", (Frame(f"{said} = {span}.", (ruler,)),)
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
    frames = [Frame("One cell sees itself: 1. Steps are 1 cell of the input wide.")]
    for number, (f, s) in enumerate(listed, 1):
        wider = field + (f - 1) * step
        said = f"Layer {number}, {f} wide: {field} + ({f} - 1)·{step} = {wider}."
        if number < len(listed):
            said += f" Its stride {s} makes steps {step}·{s} = {step * s}."
        field, step = wider, step * s
        frames.append(Frame(said))
    assert field == solver.receptive_field(listed)
    return Walk("Receptive field, layer by layer", tuple(frames))


def _places(n: int, f: int, p: int, s: int, size: int, what: str) -> list[Frame]:
    """Return a frame for each place of the window; of many the first and the last."""
    shown = list(range(size)) if size <= 2 * FIRST else [*range(FIRST), size - 1]
    frames = []
    for number, place in enumerate(shown):
        start = place * s
        cells = range(start, start + f)
        starts = [at * s for at in range(place + 1)]
        ruler = _ruler(n, p, cells, starts)
        left = n + 2 * p - (start + f)
        if number and place - shown[number - 1] > 1:
            said = f"And so on; place {place + 1} is the last: {_unused(left, s)}"
        elif place == size - 1:
            said = f"Place {place + 1} is the last: {_unused(left, s)}"
        elif not place:
            padded = f", {p} of padding on each side" if p else ""
            said = f"The {what} covers {f} of the {n} cells{padded}: place 1."
        else:
            said = f"{s} further: place {place + 1}."
        frames.append(Frame(said, (ruler,)))
    return frames


def _unused(left: int, s: int) -> str:
    if left < 0:
        return f"{-left} of its cells lie beyond the end."
    if not left:
        return "it ends where the input ends."
    return f"{left} left over, and {s} more would be needed."


def _formula(n: int, f: int, p: int, s: int, size: int, cut: str = "floor") -> Frame:
    padded = f"{n} + 2·{p} - {f}" if p else f"{n} - {f}"
    rest = n + 2 * p - f
    if s == 1:
        return Frame(f"{padded} + 1 = {rest} + 1 = {size}.")
    told = f"{cut}(({padded})/{s}) + 1 = {cut}({rest}/{s}) + 1"
    if cut == "ceil" and -(-rest // s) + 1 != size:
        return Frame(f"{told}, but the last would start in the padding: {size}.")
    return Frame(f"{told} = {size}.")


def _ruler(n: int, p: int, covered: Iterable[int], starts: list[int]) -> Panel:
    """Draw one side with its padding, the covered cells and the window's starts.

    Cells are counted from the first one of the padding.
    """
    length = n + 2 * p
    inside = [at for at in covered if at < length]
    keep = _kept(length, inside)
    entries: list[Entry] = []
    roles: dict[tuple[int, int], Role] = {}
    for at in keep:
        column = len(entries)
        if at is None:
            entries.append(SKIPPED)
            continue
        padding = at < p or at >= n + p
        entries.append(OUTSIDE if padding else at - p)
        if padding:
            roles[0, column] = Role.PADDING
        if at in starts:
            roles[0, column] = Role.NOW
        if at in inside:
            roles |= marks([(0, column)], Role.WINDOW)
    return Panel("cells", (tuple(entries),), roles, f"{n} long")


def _kept(length: int, inside: list[int]) -> list[int | None]:
    """Choose the cells of a long ruler that are drawn; None where some are left out."""
    if length <= LONGEST:
        return list(range(length))
    seen = inside if len(inside) <= 6 else [*inside[:2], *inside[-2:]]
    wanted = sorted({0, 1, *seen, length - 2, length - 1})
    found: list[int | None] = []
    for number, at in enumerate(wanted):
        if number and at - wanted[number - 1] > 1:
            found.append(None)
        found.append(at)
    return found


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
