"""Counts: what one filter, unit or output entry has, times how many there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drill import solver
from drill.walk.frame import Frame, Panel, Role, Walk
from drill.walk.panels import marks, panel


def conv_params(f: int, c_in: int, c_out: int, bias: bool = True) -> Walk:
    """Show `drill.solver.conv_params`.

    Examples
    --------
    >>> for frame in conv_params(5, 3, 12).frames:
    ...     print(frame.sentence)
    One filter has 5·5 weights in each of 3 channels: 5·5·3 = 75.
    With its bias that is 75 + 1 = 76.
    There are 12 filters: 12·76 = 912.
    """
    result = solver.conv_params(f, c_in, c_out, bias)
    numbers, weights = (f, f, c_in, c_out), f * f * c_in
    frames = [
        Frame(
            f"One filter has {_side(f)} in {_each(c_in, 'channel')}:"
            f" {f}·{f}·{c_in} = {weights}.",
            _factors(numbers, 0, 1, 2),
        ),
        _bias(weights, bias, _factors(numbers)),
        Frame(
            f"{_there(c_out, 'filter')}: {c_out}·{weights + bool(bias)} = {result}.",
            _factors(numbers, 3),
        ),
    ]
    return Walk(f"Parameters of a {f}×{f} convolution", tuple(frames))


def dense_params(n_in: int, n_out: int, bias: bool = True) -> Walk:
    """Show `drill.solver.dense_params`.

    Examples
    --------
    >>> for frame in dense_params(400, 120).frames:
    ...     print(frame.sentence)
    One unit has a weight for each of 400 inputs: 400.
    With its bias that is 400 + 1 = 401.
    There are 120 units: 120·401 = 48120.
    """
    result = solver.dense_params(n_in, n_out, bias)
    numbers = (n_in, n_out)
    frames = [
        Frame(
            f"One unit has a weight for {_each(n_in, 'input')}: {n_in}.",
            _factors(numbers, 0),
        ),
        _bias(n_in, bias, _factors(numbers)),
        Frame(
            f"{_there(n_out, 'unit')}: {n_out}·{n_in + bool(bias)} = {result}.",
            _factors(numbers, 1),
        ),
    ]
    return Walk("Parameters of a fully connected layer", tuple(frames))


def depthwise_separable_params(
    f: int, c_in: int, c_out: int, bias: bool = False
) -> Walk:
    """Show `drill.solver.depthwise_separable_params`.

    Examples
    --------
    >>> for frame in depthwise_separable_params(5, 6, 24).frames:
    ...     print(frame.sentence)
    Depthwise, each of 6 channels has one filter with 5·5 weights: 6·5·5 = 150.
    Then each of 24 filters of 1×1 has a weight for each of 6 channels: 24·6 = 144.
    No biases are counted. Together that is 150 + 144 = 294.
    """
    result = solver.depthwise_separable_params(f, c_in, c_out, bias)
    depth, point, more = c_in * f * f, c_out * c_in, c_in + c_out
    numbers = (c_in, f, f, c_out)
    frames = [
        Frame(
            f"Depthwise, {_each(c_in, 'channel')} has one filter with {_side(f)}:"
            f" {c_in}·{f}·{f} = {depth}.",
            _factors(numbers, 0, 1, 2),
        ),
        Frame(
            f"Then {_each(c_out, 'filter')} of 1×1 has a weight for"
            f" {_each(c_in, 'channel')}: {c_out}·{c_in} = {point}.",
            _factors(numbers, 0, 3),
        ),
    ]
    if bias:
        said = f"A bias for each channel and each filter: {c_in} + {c_out} = {more}."
        frames.append(Frame(said, _factors(numbers, 0, 3)))
        last = f"Together that is {depth} + {point} + {more} = {result}."
    else:
        last = f"No biases are counted. Together that is {depth} + {point} = {result}."
    frames.append(Frame(last, _factors(numbers)))
    return Walk(f"Depthwise separable {f}×{f} convolution", tuple(frames))


def conv_macs(h_out: int, w_out: int, f: int, c_in: int, c_out: int) -> Walk:
    """Show `drill.solver.conv_macs`.

    Examples
    --------
    >>> for frame in conv_macs(9, 9, 3, 8, 10).frames:
    ...     print(frame.sentence)
    One output entry adds up 3·3 products in each of 8 channels: 3·3·8 = 72.
    One filter makes 9 rows of 9 such entries: 9·9 = 81.
    There are 10 filters: 10·81 = 810 entries in all.
    Each takes 72 multiply-accumulates: 810·72 = 58320.
    """
    frames = _macs(h_out, w_out, f, c_in, c_out)
    return Walk("Multiply-accumulates of a convolution", tuple(frames))


def conv_flops(
    h_out: int, w_out: int, f: int, c_in: int, c_out: int, bias: bool = False
) -> Walk:
    """Show `drill.solver.conv_flops`.

    Examples
    --------
    >>> for frame in conv_flops(2, 2, 3, 1, 1, True).frames[-2:]:
    ...     print(frame.sentence)
    Each is a multiplication and an addition: 2·36 = 72.
    Each of 4 entries adds its bias too: 72 + 4 = 76.
    """
    result = solver.conv_flops(h_out, w_out, f, c_in, c_out, bias)
    macs = solver.conv_macs(h_out, w_out, f, c_in, c_out)
    said = f"Each is a multiplication and an addition: 2·{macs} = {2 * macs}."
    frames = [*_macs(h_out, w_out, f, c_in, c_out), Frame(said)]
    if bias:
        entries = h_out * w_out * c_out
        each = _each(entries, "entry", "entries").capitalize()
        said = f"{each} adds its bias too: {2 * macs} + {entries} = {result}."
        frames.append(Frame(said))
    return Walk("Floating-point operations of a convolution", tuple(frames))


def _macs(h_out: int, w_out: int, f: int, c_in: int, c_out: int) -> list[Frame]:
    result = solver.conv_macs(h_out, w_out, f, c_in, c_out)
    numbers = (f, f, c_in, h_out, w_out, c_out)
    one, places = f * f * c_in, h_out * w_out
    rows = f"{h_out} row{'s' if h_out > 1 else ''}"
    return [
        Frame(
            f"One output entry adds up {_side(f, 'product')} in"
            f" {_each(c_in, 'channel')}: {f}·{f}·{c_in} = {one}.",
            _factors(numbers, 0, 1, 2),
        ),
        Frame(
            f"One filter makes {rows} of {w_out} such entries: {h_out}·{w_out} ="
            f" {places}.",
            _factors(numbers, 3, 4),
        ),
        Frame(
            f"{_there(c_out, 'filter')}: {c_out}·{places} = {c_out * places} entries"
            " in all.",
            _factors(numbers, 5),
        ),
        Frame(
            f"Each takes {one} multiply-accumulates: {c_out * places}·{one} ="
            f" {result}.",
            _factors(numbers, *range(6)),
        ),
    ]


def _bias(weights: int, bias: bool, grids: tuple[Panel, ...]) -> Frame:
    if bias:
        return Frame(f"With its bias that is {weights} + 1 = {weights + 1}.", grids)
    return Frame(f"No biases are counted, so that stays {weights}.", grids)


def _factors(numbers: tuple[int, ...], *looked: int) -> tuple[Panel, ...]:
    """Draw the factors in a row, those of this step marked."""
    roles = marks(((0, at) for at in looked), Role.WINDOW)
    return (panel("factors", numbers, roles),)


def _side(f: int, what: str = "weight") -> str:
    return f"{f}·{f} {what}s" if f > 1 else f"1·1 {what}"


def _each(count: int, one: str, many: str = "") -> str:
    return f"each of {count} {many or one + 's'}" if count > 1 else f"the one {one}"


def _there(count: int, one: str) -> str:
    return f"There are {count} {one}s" if count > 1 else f"There is 1 {one}"


WALKS: Mapping[str, Callable[..., Walk]] = {
    "conv_params": conv_params,
    "dense_params": dense_params,
    "depthwise_separable_params": depthwise_separable_params,
    "conv_macs": conv_macs,
    "conv_flops": conv_flops,
}
