"""Faults in the program itself, each wrong in one way, planted by replacing a function.

A bank cannot hold these: a solver or an oracle that computes something else, a grader,
a reader or a draw that does not do what it should.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import numpy as np
import pytest

from drill import oracle, solver
from drill.answer import npy
from drill.bank.vocabulary import vocabulary
from drill.drawing import instance, stream
from drill.grading import arrays
from drill.selftest import submission

Patch = pytest.MonkeyPatch


def _solves(patch: Patch, room: Any, name: str, wrong: Callable[..., Any]) -> None:
    """Put a wrong function where the bank's formulas find the right one."""
    right = getattr(room, name)
    patch.setattr(room, name, wraps(right)(lambda *a, **k: wrong(right, *a, **k)))
    vocabulary.cache_clear()


def flipped_kernel(patch: Patch) -> None:
    """Convolve as mathematicians do: with the filter turned round."""

    def wrong(conv2d: Any, x: Any, w: Any, *rest: Any, **named: Any) -> Any:
        return conv2d(x, np.asarray(w)[::-1, ::-1], *rest, **named)

    _solves(patch, solver, "conv2d", wrong)


def unbiased_variance(patch: Patch) -> None:
    """Normalise with 1/(m − 1)."""

    def wrong(batch_norm: Any, z: Any, gamma: Any, beta: Any, eps: float = 0.0,
              axis: int = 0) -> Any:  # fmt: skip
        m = np.shape(z)[axis]
        return batch_norm(z, np.asarray(gamma) * np.sqrt((m - 1) / m), beta, eps, axis)

    _solves(patch, solver, "batch_norm", wrong)


def swapped_axis(patch: Patch) -> None:
    """Normalise the rows where the columns were meant."""

    def wrong(softmax: Any, z: Any, axis: int = -1) -> Any:
        return softmax(z, axis=1 - axis if np.ndim(z) == 2 else axis)

    _solves(patch, solver, "softmax", wrong)


def last_cell_wins(patch: Patch) -> None:
    """Give the gradient to the last of a window's cells instead of its largest."""

    def wrong(backward: Any, x: Any, dout: Any, *rest: Any) -> Any:
        return backward(np.arange(np.size(x)).reshape(np.shape(x)), dout, *rest)

    _solves(patch, solver, "max_pool_backward", wrong)


def rounded_up(patch: Patch) -> None:
    """Count a last window that does not fit."""

    def wrong(size: Any, n: int, f: int, p: int = 0, s: int = 1, d: int = 1) -> Any:
        return -(-(n + 2 * p - d * (f - 1) - 1) // s) + 1

    _solves(patch, solver, "conv_output_size", wrong)


def oracle_off_by_one(patch: Patch) -> None:
    """Count one window too many, in the second route."""
    _solves(patch, oracle, "count_windows", lambda count, *a, **k: count(*a, **k) + 1)


def oracle_of_rows(patch: Patch) -> None:
    """Take the means of the columns in the second route."""
    _solves(patch, oracle, "loop_row_means", lambda means, m: means(np.transpose(m)))


def always_yes(patch: Patch) -> None:
    """Compare as if everything were right."""
    _compares(patch, lambda found: replace(found, same_shape=True, wrong=()))


def always_no(patch: Patch) -> None:
    """Compare as if everything were wrong."""
    _compares(patch, lambda found: replace(found, same_shape=False))


def _compares(patch: Patch, change: Callable[[Any], Any]) -> None:
    compare = arrays.compare
    patch.setattr(arrays, "compare", lambda *a, **k: change(compare(*a, **k)))


def broadcasting_comparator(patch: Patch) -> None:
    """Compare whatever numpy stretches."""
    compare = arrays.compare

    def wrong(got: Any, reference: Any, *rest: Any, **named: Any) -> Any:
        with contextlib.suppress(ValueError):
            got = np.broadcast_to(got.ravel()[: reference.size], reference.shape)
        return compare(got, reference, *rest, **named)

    patch.setattr(arrays, "compare", wrong)


def nan_equals_anything(patch: Patch) -> None:
    """Compare with `difference > allowed`, which is false of nan."""
    compare = arrays.compare

    def wrong(got: Any, reference: Any, *rest: Any, **named: Any) -> Any:
        filled = np.where(np.isnan(got), reference, got) if got.shape == (
            reference.shape
        ) else got  # fmt: skip
        return compare(filled, reference, *rest, **named)

    patch.setattr(arrays, "compare", wrong)


def exact_comparator(patch: Patch) -> None:
    """Compare floats with ==."""
    compare = arrays.compare
    patch.setattr(arrays, "compare", lambda a, b, _, **k: compare(a, b, 0.0, **k))


def nothing_recognised(patch: Patch) -> None:
    """Grade, and name no mistake."""
    patch.setattr(arrays, "_recognised", lambda *_: ())


def nothing_carried(patch: Patch) -> None:
    """Grade a later part as if the earlier ones had been right."""
    patch.setattr(arrays, "carried", lambda *_: None)


def neighbour_option(patch: Patch) -> None:
    """Take every option for the one before it."""
    grade = arrays._grade_options
    patch.setattr(
        arrays,
        "_grade_options",
        lambda target, got: grade(target, (got - 1) % len(target.options)),
    )


def lost_sign(patch: Patch) -> None:
    """Read a typed answer without its signs."""
    read = submission.read_typed
    patch.setattr(submission, "read_typed", lambda *a: np.abs(read(*a)))


def transposed_files(patch: Patch) -> None:
    """Read a file's numbers in Fortran's order."""
    for room in (npy, submission):
        patch.setattr(
            room,
            "parse_npy",
            lambda data, parse=npy.parse_npy: parse(data).T,
        )


def anything_read(patch: Patch) -> None:
    """Read nonsense as 0."""
    read = submission.read_typed

    def wrong(target: Any, text: str) -> Any:
        return np.array(0) if "banana" in text else read(target, text)

    patch.setattr(submission, "read_typed", wrong)


def _turned(patch: Patch, turn: Callable[[], float]) -> None:
    begin = stream.Stream.__init__

    def wrong(self: Any, *key: object) -> None:
        begin(self, *key)
        following = self._next
        self._next = lambda: (following() + turn()) % 1

    patch.setattr(stream.Stream, "__init__", wrong)


def restless_draw(patch: Patch) -> None:
    """Draw from a generator that remembers how often it was asked."""
    counter = itertools.count()
    _turned(patch, lambda: next(counter) / 97)


def restless_cases(patch: Patch) -> None:
    """Draw the hidden cases of a program anew whenever a ticket is opened."""
    counter = itertools.count()
    hidden = instance.hidden_values

    def wrong(question: Any, cases: Any, key: tuple[object, ...]) -> Any:
        return hidden(question, cases, (*key, next(counter)))

    patch.setattr(instance, "hidden_values", wrong)


def hash_of_the_day(patch: Patch) -> None:
    """Draw from what Python's own hash makes of a text: another in every process."""
    _turned(patch, lambda: 0.2 + hash("today") % 997 / 2000)


def must_differ_ignored(patch: Patch) -> None:
    """Keep draws on which a mistake that must differ does not."""
    patch.setattr(instance, "must_differ", lambda *_: {})
