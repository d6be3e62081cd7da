"""Counting parameters and multiplications of a layer."""

from __future__ import annotations

from drill.solver.checks import flag, whole


def conv_params(f: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Parameters of a convolution layer: ``(f f C_in + 1) C_out``.

    Parameters
    ----------
    f, c_in, c_out : int
        Side of the filters, channels in, number of filters.
    bias : bool
        Whether every filter has a bias.

    Raises
    ------
    SolverError
        When a size is below 1.

    Examples
    --------
    >>> conv_params(3, 3, 10)
    280
    """
    f, c_in, c_out = _layer(f, c_in, c_out)
    return (f * f * c_in + flag("bias", bias)) * c_out


def dense_params(n_in: int, n_out: int, bias: bool = True) -> int:
    """Parameters of a fully connected layer: ``(n_in + 1) n_out``.

    Parameters
    ----------
    n_in, n_out : int
        Units before and in the layer.
    bias : bool
        Whether every unit has a bias.

    Raises
    ------
    SolverError
        When a size is below 1.

    Examples
    --------
    >>> dense_params(400, 120)
    48120
    """
    n_in, n_out = whole("n_in", n_in, 1), whole("n_out", n_out, 1)
    return (n_in + flag("bias", bias)) * n_out


def depthwise_separable_params(
    f: int, c_in: int, c_out: int, bias: bool = False
) -> int:
    """Parameters of a depthwise filter per channel and a 1×1 convolution after it.

    ``f f C_in + C_in C_out``; with `bias`, C_in + C_out more.

    Parameters
    ----------
    f, c_in, c_out : int
        Side of the depthwise filters, channels in, channels out.
    bias : bool
        Whether both layers have biases.

    Raises
    ------
    SolverError
        When a size is below 1.

    Notes
    -----
    MobileNet (Howard et al., 2017), section 3.1.

    Examples
    --------
    >>> depthwise_separable_params(3, 32, 64), conv_params(3, 32, 64, bias=False)
    (2336, 18432)
    """
    f, c_in, c_out = _layer(f, c_in, c_out)
    return f * f * c_in + c_in * c_out + flag("bias", bias) * (c_in + c_out)


def conv_macs(h_out: int, w_out: int, f: int, c_in: int, c_out: int) -> int:
    """Multiply-accumulates of a convolution layer: ``H' W' f f C_in C_out``.

    Parameters
    ----------
    h_out, w_out : int
        Sides of the OUTPUT.
    f, c_in, c_out : int
        Side of the filters, channels in, number of filters.

    Raises
    ------
    SolverError
        When a size is below 1.

    Examples
    --------
    >>> conv_macs(28, 28, 5, 192, 32)
    120422400
    """
    f, c_in, c_out = _layer(f, c_in, c_out)
    return whole("h_out", h_out, 1) * whole("w_out", w_out, 1) * f * f * c_in * c_out


def conv_flops(
    h_out: int, w_out: int, f: int, c_in: int, c_out: int, bias: bool = False
) -> int:
    """Floating-point operations of a convolution layer: two per multiply-accumulate.

    Parameters
    ----------
    h_out, w_out, f, c_in, c_out : int
        As in `conv_macs`.
    bias : bool
        Count one more addition per output.

    Raises
    ------
    SolverError
        When a size is below 1.

    Examples
    --------
    >>> conv_flops(2, 2, 3, 1, 1), conv_flops(2, 2, 3, 1, 1, bias=True)
    (72, 76)
    """
    macs = conv_macs(h_out, w_out, f, c_in, c_out)
    return 2 * macs + flag("bias", bias) * h_out * w_out * c_out


def _layer(f: int, c_in: int, c_out: int) -> tuple[int, int, int]:
    return whole("f", f, 1), whole("c_in", c_in, 1), whole("c_out", c_out, 1)
