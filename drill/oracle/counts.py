"""Parameters, multiplications, errors and labels, counted one by one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from drill.oracle.cells import ArrayLike, vector

DEV_EXAMPLES = 10_000


def enumerate_conv_params(f: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Walk over the filters and their taps; a tap has a weight per input channel.

    Examples
    --------
    >>> enumerate_conv_params(3, 3, 10)
    280
    """
    weights = 0
    for _ in range(c_out):
        for _ in range(f):
            for _ in range(f):
                weights += c_in
        if bias:
            weights += 1
    return weights


def enumerate_dense_params(n_in: int, n_out: int, bias: bool = True) -> int:
    """Walk over the units; each has a weight per input, and perhaps a bias.

    Examples
    --------
    >>> enumerate_dense_params(400, 120)
    48120
    """
    weights = 0
    for _ in range(n_out):
        weights += n_in
        if bias:
            weights += 1
    return weights


def enumerate_separable_params(
    f: int, c_in: int, c_out: int, bias: bool = False
) -> int:
    """One filter of depth 1 per channel, then filters of side 1 over all channels.

    Examples
    --------
    >>> enumerate_separable_params(3, 32, 64)
    2336
    """
    depthwise = sum(enumerate_conv_params(f, 1, 1, bias) for _ in range(c_in))
    return depthwise + enumerate_conv_params(1, c_in, c_out, bias)


def count_macs(h_out: int, w_out: int, f: int, c_in: int, c_out: int) -> int:
    """Walk over the output's cells; each costs as many products as it has weights.

    Examples
    --------
    >>> count_macs(28, 28, 5, 192, 32)
    120422400
    """
    one_cell = enumerate_conv_params(f, c_in, c_out, bias=False)
    products = 0
    for _ in range(h_out):
        for _ in range(w_out):
            products += one_cell
    return products


def count_flops(
    h_out: int, w_out: int, f: int, c_in: int, c_out: int, bias: bool = False
) -> int:
    """Walk over the output's cells; a product and an addition each, and the bias.

    Examples
    --------
    >>> count_flops(2, 2, 3, 1, 1), count_flops(2, 2, 3, 1, 1, bias=True)
    (72, 76)
    """
    products = count_macs(h_out, w_out, f, c_in, c_out)
    operations = products + products
    if bias:
        for _ in range(c_out):
            operations += len([1 for _ in range(h_out) for _ in range(w_out)])
    return operations


def count_precision(tp: int, fp: int) -> float:
    """List what was predicted positive and count what was so in truth.

    Examples
    --------
    >>> count_precision(6, 2)
    0.75
    """
    truths = [True] * int(tp) + [False] * int(fp)
    return float(Fraction(truths.count(True), len(truths)))


def count_recall(tp: int, fn: int) -> float:
    """List what is positive in truth and count what was predicted so.

    Examples
    --------
    >>> count_recall(6, 6)
    0.5
    """
    found = [True] * int(tp) + [False] * int(fn)
    return float(Fraction(found.count(True), len(found)))


def count_f1(tp: int, fp: int, fn: int) -> float:
    """Harmonic mean of the two shares that the lists give.

    Examples
    --------
    >>> round(count_f1(6, 2, 6), 12)
    0.6
    """
    from statistics import harmonic_mean

    return harmonic_mean([count_precision(tp, fp), count_recall(tp, fn)])


def count_error_after_fix(error: int, share: int) -> float:
    """Percent still wrong when `share` percent of the errors are put right.

    A dev set with `error` percent of mistakes is written down, those of the
    category are corrected, and what is left is counted.

    Examples
    --------
    >>> count_error_after_fix(10, 5), count_error_after_fix(10, 50)
    (9.5, 5.0)
    """
    return _percent(_dev_set(error, share).count("other error"))


def count_points_gained(error: int, share: int) -> float:
    """Percentage points of the dev set that putting a category right gains.

    Examples
    --------
    >>> count_points_gained(10, 5)
    0.5
    """
    return _percent(_dev_set(error, share).count("category"))


def count_share(marks: ArrayLike) -> float:
    """Percent of the marks that are set.

    Examples
    --------
    >>> count_share([1, 0, 0, 1])
    50.0
    """
    listed = vector(marks)
    return 100 * sum(1 for mark in listed if mark) / len(listed)


def count_combinations(*sizes: int) -> int:
    """Count the ways to take one of each, adding a whole copy for every choice.

    Examples
    --------
    >>> count_combinations(10, 20, 30)
    6000
    """
    ways = 1
    for size in sizes:
        ways = sum(ways for _ in range(size))
    return ways


def count_positive_labels(steps: int, ends: Iterable[int], ones: int) -> int:
    """Write a clip's labels, 1 for `ones` steps behind each word's end, and count.

    Examples
    --------
    >>> count_positive_labels(100, (10, 95), 20)
    24
    """
    labels = [0] * steps
    for end in ends:
        for step in range(end + 1, end + 1 + ones):
            if step < steps:
                labels[step] = 1
    return labels.count(1)


def _dev_set(error: int, share: int) -> list[str]:
    wrong = round(Fraction(str(error)) * DEV_EXAMPLES / 100)
    category = round(Fraction(str(share)) * wrong / 100)
    return (
        ["category"] * category
        + ["other error"] * (wrong - category)
        + ["right"] * (DEV_EXAMPLES - wrong)
    )


def _percent(examples: int) -> float:
    return float(Fraction(100 * examples, DEV_EXAMPLES))
