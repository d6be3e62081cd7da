"""Sides of feature maps: how many places a window fits."""

from __future__ import annotations

from collections.abc import Iterable

from drill.errors import SolverError
from drill.solver.checks import flag, series, short, whole


def conv_output_size(n: int, f: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """Side of a convolution's output, partial windows dropped.

    ``out = floor((n + 2p − (d(f − 1) + 1)) / s) + 1``

    Parameters
    ----------
    n, f : int
        Sides of the input and of the filter, in cells.
    p : int
        Cells of padding on each side.
    s : int
        Stride.
    d : int
        Dilation; 1 is a dense filter.

    Raises
    ------
    SolverError
        When a size is impossible or the filter does not fit.

    Notes
    -----
    The size slides of the review print the formula without the floor; Dumoulin
    and Visin (2016) and the frameworks round down.

    Examples
    --------
    >>> conv_output_size(6, 3), conv_output_size(6, 3, 1), conv_output_size(7, 3, 0, 2)
    (4, 6, 3)
    """
    n, f = whole("the input side n", n, 1), whole("the filter side f", f, 1)
    p, s = whole("the padding p", p), whole("the stride s", s, 1)
    span = effective_filter_size(f, d)
    room = n + 2 * p - span
    if room < 0:
        raise SolverError(
            f"a filter spanning {span} cells does not fit in {n + 2 * p}"
            f" (n={n}, p={p} on each side)"
        )
    return room // s + 1


def pool_output_size(n: int, f: int, s: int, p: int = 0, ceil: bool = False) -> int:
    """Side of a pooling layer's output.

    ``out = floor((n + 2p − f) / s) + 1``; with `ceil` the last partial window
    counts too, unless it would start in the padding behind the input.

    Parameters
    ----------
    n, f, s : int
        Sides of the input and of the window, and the stride.
    p : int
        Cells of padding on each side, fewer than `f`.
    ceil : bool
        Round up, as PyTorch's ``ceil_mode`` does.

    Raises
    ------
    SolverError
        When a size is impossible or the window does not fit.

    Notes
    -----
    Pooling slides of the review (4, 2, 2 gives 2); ``ceil`` as in GoogLeNet.

    Examples
    --------
    >>> pool_output_size(4, 2, 2), pool_output_size(112, 3, 2, ceil=True)
    (2, 56)
    """
    n, f = whole("the input side n", n, 1), whole("the window side f", f, 1)
    s, p = whole("the stride s", s, 1), whole("the padding p", p)
    if p >= f:
        raise SolverError(
            f"padding {p} leaves a window of {f} nothing but padding; use p < f"
        )
    room = n + 2 * p - f
    if room < 0:
        raise SolverError(
            f"a window of {f} does not fit in {n + 2 * p} cells"
            f" (n={n}, p={p} on each side)"
        )
    if not flag("ceil", ceil):
        return room // s + 1
    steps = -(-room // s)
    return steps + 1 if steps * s < n + p else steps


def same_padding(f: int) -> int:
    """Padding on each side that keeps the size at stride 1: ``(f − 1) / 2``.

    Raises
    ------
    SolverError
        When `f` is even: no symmetric padding keeps the size.

    Notes
    -----
    The slide on "same" convolutions never says which padding it means.

    Examples
    --------
    >>> [same_padding(f) for f in (1, 3, 5, 11)]
    [0, 1, 2, 5]
    """
    f = whole("the filter side f", f, 1)
    if f % 2 == 0:
        raise SolverError(
            f"no symmetric padding keeps the size for an even filter, f={f}"
        )
    return (f - 1) // 2


def same_output_size(n: int, s: int) -> int:
    """Side under TensorFlow's "same": ``ceil(n / s)``, whatever the filter.

    Raises
    ------
    SolverError
        When `n` or `s` is below 1.

    Examples
    --------
    >>> same_output_size(7, 2)
    4
    """
    n, s = whole("the input side n", n, 1), whole("the stride s", s, 1)
    return -(-n // s)


def same_padding_split(n: int, f: int, s: int = 1) -> tuple[int, int, int]:
    """TensorFlow's "same" padding along one side: total, before and after.

    ``total = max((ceil(n / s) − 1) s + f − n, 0)``; the odd cell goes after,
    which is the bottom or the right.

    Returns
    -------
    tuple of int
        ``(total, before, after)``.

    Raises
    ------
    SolverError
        When a size is below 1.

    Examples
    --------
    >>> same_padding_split(224, 7, 2)
    (5, 2, 3)
    """
    f = whole("the filter side f", f, 1)
    total = max((same_output_size(n, s) - 1) * s + f - n, 0)
    return total, total // 2, total - total // 2


def conv_transpose_output_size(
    n: int, f: int, p: int = 0, s: int = 1, output_padding: int = 0, d: int = 1
) -> int:
    """Side of a transposed convolution's output, as PyTorch counts it.

    ``out = (n − 1) s − 2p + d(f − 1) + output_padding + 1``

    Raises
    ------
    SolverError
        When a size is impossible, nothing is left after cutting the padding, or
        `output_padding` is not smaller than the stride or the dilation.

    Examples
    --------
    >>> conv_transpose_output_size(14, 7, 3, 16), conv_transpose_output_size(4, 4, 1, 2)
    (209, 8)
    """
    n, p = whole("the input side n", n, 1), whole("the padding p", p)
    s, d = whole("the stride s", s, 1), whole("the dilation d", d, 1)
    extra = whole("output_padding", output_padding)
    if extra >= max(s, d):
        raise SolverError(
            f"output_padding {extra} must be smaller than the stride {s}"
            f" or the dilation {d}"
        )
    spread = (n - 1) * s + effective_filter_size(f, d) + extra
    if spread <= 2 * p:
        raise SolverError(
            f"padding {p} on each side cuts away all {spread} cells of the output"
        )
    return spread - 2 * p


def effective_filter_size(f: int, d: int = 1) -> int:
    """Cells that a dilated filter spans: ``f + (f − 1)(d − 1)``; d = 1 is dense.

    Raises
    ------
    SolverError
        When a size is below 1.

    Examples
    --------
    >>> effective_filter_size(3, 1), effective_filter_size(3, 2)
    (3, 5)
    """
    f, d = whole("the filter side f", f, 1), whole("the dilation d", d, 1)
    return d * (f - 1) + 1


def receptive_field(layers: Iterable[tuple[int, int]]) -> int:
    """Side of the patch of the input that one output cell looks at.

    From the input on: ``r ← r + (f − 1) j`` and then ``j ← j s``, with r = j = 1.

    Parameters
    ----------
    layers : iterable of (f, s)
        Filter or window side and stride of each layer, the input's first.

    Raises
    ------
    SolverError
        When a layer is not such a pair.

    Examples
    --------
    >>> receptive_field([(3, 1), (3, 1)]), receptive_field([(7, 2), (3, 2)])
    (5, 11)
    """
    field = jump = 1
    for number, layer in enumerate(series("layers", layers, "pairs (f, s)"), 1):
        try:
            f, s = layer
        except (TypeError, ValueError):
            raise SolverError(
                f"layer {number} must be a pair (f, s), not {short(layer)}"
            ) from None
        field += (whole(f"f of layer {number}", f, 1) - 1) * jump
        jump *= whole(f"s of layer {number}", s, 1)
    return field
