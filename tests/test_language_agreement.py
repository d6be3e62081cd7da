"""Whatever the language accepts, numpy says the same: on formulas nobody wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.errors import EvaluationError
from drill.language import BANK, LEARNER, parse, run

INPUTS: dict[str, Any] = {
    "M": np.array([[13, 9, 29], [5, 11, 1]]),
    "W": np.array([[0.5, -1.5], [2.0, 0.25], [-3.0, 1.0]]),
    "w": np.array([1.0, -2.0, 0.5]),
    "Z": np.array([[1.0, -2.0], [-3.0, 4.0]]),
    "B": np.array([True, False, True]),
    "n": 7,
    "lam": 0.5,
}
# A formula is its text together with what plain Python and numpy make of it.
Formula = tuple[str, Callable[[], Any]]


def real(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Give `function` floats: of truth values numpy computes it to three digits."""
    return lambda a: function(np.asarray(a) * 1.0)


ONE: dict[str, Callable[[Any], Any]] = {
    "(-{})": lambda a: -a,
    "abs({})": np.abs,
    "np.exp({})": real(np.exp),
    "np.log1p({})": real(np.log1p),
    "np.sqrt({})": real(np.sqrt),
    "tanh({})": real(np.tanh),
    "np.square({})": np.square,
    "np.sign({})": np.sign,
    "np.floor({})": lambda a: (
        a if np.asarray(a).dtype.kind == "i" else real(np.floor)(a)
    ),
    "{}.T": lambda a: np.asarray(a).T,
    "{}.shape": np.shape,
    "{}.size": np.size,
    "{}.sum()": np.sum,
    "{}.sum(0)": lambda a: np.sum(a, 0),
    "np.sum({}, axis=1)": lambda a: np.sum(a, axis=1),
    "{}.mean(axis=1, keepdims=True)": lambda a: np.mean(a, axis=1, keepdims=True),
    "np.mean({}, 0)": lambda a: np.mean(a, 0),
    "{}.max(-1)": lambda a: np.max(a, -1),
    "{}.min()": np.min,
    "{}.var(0)": lambda a: np.var(a, 0),
    "{}.std(axis=-1, ddof=1)": lambda a: np.std(a, axis=-1, ddof=1),
    "{}.argmax(0)": lambda a: np.argmax(a, 0),
    "np.argmin({})": np.argmin,
    "{}.any()": np.any,
    "np.all({}, axis=0)": lambda a: np.all(a, axis=0),
    "{}.cumsum()": np.cumsum,
    "np.cumsum({}, axis=0)": lambda a: np.cumsum(a, axis=0),
    "np.linalg.norm({}, axis=0)": lambda a: np.linalg.norm(a, axis=0),
    "np.sort({})": np.sort,
    "np.flip({})": np.flip,
    "{}.ravel()": np.ravel,
    "{}.reshape(-1, 1)": lambda a: np.reshape(a, (-1, 1)),
    "{}[0]": lambda a: a[0],
    "{}[:, None]": lambda a: a[:, None],
    "{}[None]": lambda a: a[None],
    "{}[..., -1]": lambda a: a[..., -1],
    "{}[::-1]": lambda a: a[::-1],
    "{}[[0, -1]]": lambda a: a[[0, -1]],
    "({} > 0)": lambda a: a > 0,
    "({} == 1)": lambda a: a == 1,
    "np.diag({})": np.diag,
    "np.pad({}, 1)": lambda a: np.pad(a, 1),
    "np.repeat({}, 2)": lambda a: np.repeat(a, 2),
    "np.tile({}, 2)": lambda a: np.tile(a, 2),
    "np.zeros_like({})": np.zeros_like,
    "np.array({})": np.array,
    "np.median({})": np.median,
    "np.count_nonzero({})": np.count_nonzero,
    "np.clip({}, -1, 2)": lambda a: np.clip(a, -1, 2),
    "{}.astype(float)": lambda a: np.asarray(a).astype(float),
    "np.expand_dims({}, 0)": lambda a: np.expand_dims(a, 0),
    "np.squeeze({})": np.squeeze,
}
TWO: dict[str, Callable[[Any, Any], Any]] = {
    "({} + {})": lambda a, b: a + b,
    "({} - {})": lambda a, b: a - b,
    "({} * {})": lambda a, b: a * b,
    "({} / {})": lambda a, b: a / b,
    "({} // {})": lambda a, b: a // b,
    "({} % {})": lambda a, b: a % b,
    "({} ** {})": lambda a, b: a**b,
    "({} @ {})": lambda a, b: a @ b,
    "({} < {})": lambda a, b: a < b,
    "({} != {})": lambda a, b: a != b,
    "np.maximum({}, {})": np.maximum,
    "np.outer({}, {})": np.outer,
    "np.kron({}, {})": np.kron,
    "np.dot({}, {})": np.dot,
    "np.where({} > 0, {}, 0)": lambda a, b: np.where(a > 0, b, 0),
    "np.stack([{}, {}])": lambda a, b: np.stack([a, b]),
    "np.concatenate([{}, {}])": lambda a, b: np.concatenate([a, b]),
    "np.isin({}, {})": np.isin,
    "np.broadcast_to({}, {}.shape)": lambda a, b: np.broadcast_to(a, np.shape(b)),
}


class BeyondComparisonError(Exception):
    """numpy has wrapped or rounded a whole number that stays exact here."""


def python(value: Any) -> Any:
    """Return numpy's value as the language holds it: one number is Python's."""
    array = np.asarray(value)
    if np.any(np.abs(array * 1.0) > 2**53):
        raise BeyondComparisonError
    return array.item() if array.ndim == 0 else value


def name(word: str) -> Formula:
    """Return the formula that is one name."""
    return word, lambda: INPUTS[word]


def constant(number: float) -> Formula:
    """Return the formula that is one number."""
    return f"({number})", lambda: number


@st.composite
def grown(draw: st.DrawFn, smaller: st.SearchStrategy[Formula]) -> Formula:
    """Put one or two formulas into a larger one."""
    first, compute_first = draw(smaller)
    if draw(st.booleans()):
        text = draw(st.sampled_from(sorted(ONE)))
        return text.format(first), lambda: python(ONE[text](compute_first()))
    text = draw(st.sampled_from(sorted(TWO)))
    second, compute_second = draw(smaller)
    return (
        text.format(first, second),
        lambda: python(TWO[text](compute_first(), compute_second())),
    )


FORMULAS = st.recursive(
    st.one_of(
        st.sampled_from(sorted(INPUTS)).map(name),
        st.sampled_from([0, 1, 2, 3, -1, 0.5, -2.5]).map(constant),
    ),
    grown,
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(FORMULAS, st.sampled_from([LEARNER, BANK]))
def test_what_is_accepted_agrees_with_numpy(formula: Formula, table: Any) -> None:
    """A value that the language gives is numpy's value, entry by entry."""
    text, compute = formula
    try:
        found = run(parse(text, names=INPUTS, table=table), INPUTS)
    except EvaluationError:
        return
    with np.errstate(all="ignore"):
        try:
            expected = compute()
        except BeyondComparisonError:
            return
        except (TypeError, ValueError, IndexError, AttributeError, ArithmeticError):
            # Here a whole number has a negative power, and a truth value a sign.
            assert "**" in text or "np.sign" in text, text
            return
    assert np.shape(found) == np.shape(expected), text
    np.testing.assert_allclose(found, expected, rtol=1e-9, err_msg=text)
