"""What holds for every text: one kind of error, no change, little time."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drill.errors import EvaluationError, LanguageError
from drill.language import BANK, LEARNER, Value, parse, run
from drill.language.functions.costs import broadcast_shapes, cells_together
from drill.language.limits import MAX_CELLS
from drill.language.notation.symbols import GREEK, MARKS, SIGNS, spelled
from drill.language.notation.tokens import scan
from drill.language.values import Complaint

INPUTS: dict[str, Any] = {
    "M": np.array([[13, 9, 29], [5, 11, 1]]),
    "W": np.arange(6.0).reshape(3, 2),
    "w": np.array([1.0, -2.0]),
    "Z": np.array([[1.0, -2.0], [-3.0, 4.0]]),
    "B": np.array([True, False, True]),
    "E": np.zeros((0, 3)),
    "U": np.array([np.nan, np.inf, 1.0]),
    "L": np.arange(50_000),
    "lam": 0.5,
    "n": 7,
    "p": 1,
    "y": True,
}
HONEST = [
    "(n + 2*p - 3)//2 + 1",
    "M.mean(axis=1, keepdims=True)",
    "np.exp(M)/np.sum(np.exp(M), axis=0)",
    "np.exp(M - M.max(1)[:, None]).sum(0)",
    "np.argmin(np.sum((M - W.T)**2, axis=1))",
    "(1.5*np.sqrt(Z) @ W.T)*(1 - np.tanh(Z @ W.T)**2)",
    "np.where(Z > 0, Z, 0)",
    "A = Z.copy()\nA[A < 0] = 0\nA",
    "mu = Z.mean(0)\nv = Z.var(0)\n(Z - mu)/np.sqrt(v + 1e-5)",
    "w -= lam*w\nw",
    "a, b = M.shape\nM.reshape(b, a) @ M",
    "(n - p)w + λ w²",
    "½ λ ∑(w²) + √(n)|p|",
    "⌊(n + 2p − 3)/2⌋ + 1",
    "np.einsum('ij,jk->ik', M, W)",
    "np.concatenate([M, M], axis=0)[::-1, 1:]",
    "np.pad(Z, 1, mode='edge')",
    "M if n > 3 and not y else W",
]
PIECES = [
    *INPUTS,
    *("A", "np", "np.", ".T", ".shape", ".mean(", ".sum(", ".reshape(", ".astype("),
    *("axis=0", "axis=1", "keepdims=True", "ddof=1", "dtype=int", "mode='edge'"),
    *(f"np.{name}(" for name in sorted(LEARNER.functions)),
    *(f"{name}(" for name in sorted(BANK.builtins)),
    *"()[]{},.:;=+-*/%@<>!&|^~'\"#\\ \n\t_?$",
    *("**", "//", "==", "<=", "!=", "+=", ":=", "->", "...", "||", "&&", ">>>"),
    *("and ", " or ", "not ", " if ", " else ", "in ", "is ", "lambda ", "for "),
    *("0", "1", "-1", "2", "3.5", "1e308", "10**9", "2**62", "1e-300", "007", "1j"),
    *("None", "True", "np.inf", "np.nan", "(2, 3)", "[0, 1]", "[[1, 2], [3, 4]]"),
    *("λ", "ŷ", "σ²", "√", "⌊", "⌋", "½", "∑", "×", "−", "≤", "ᵀ", "′", "‖", "ж"),
    *("\u200b", "\u202e", "\x00", "\x1b", "\ud800", "\ufeff", "é", "🎲", "﹍"),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Change an honest answer in a few places."""
    text = draw(st.sampled_from(HONEST))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        end = min(len(text), place + draw(st.integers(0, 3)))
        text = text[:place] + draw(st.sampled_from(["", *PIECES])) + text[end:]
    return text


def is_value(value: Value) -> bool:
    """Tell whether a result is one of the kinds that are promised."""
    if isinstance(value, tuple):
        return all(map(is_value, value))
    if isinstance(value, np.ndarray):
        kinds = (np.dtype(np.int64), np.dtype(np.float64), np.dtype(np.bool_))
        return value.dtype in kinds and 0 < value.ndim <= 8 and value.size <= MAX_CELLS
    return value is None or type(value) in (int, float, bool, str)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(SOUP, mutated(), st.text(max_size=60)),
    st.booleans(),
    st.booleans(),
    st.sampled_from([LEARNER, BANK]),
)
@example("np.expand_dims(w, L)", False, False, LEARNER)
@example("np.stack(L)", False, False, LEARNER)
@example("'sa\u200bme' @ M", False, False, BANK)
@example("n[None] / 0", False, False, LEARNER)
@example("(1e308, 1e308) @ (1e308, 1e308)", False, False, LEARNER)
@example("[1e308, n] * np.array(1e308)", False, False, LEARNER)
@example("A = A = 1\nA[0] = A", True, False, LEARNER)
def test_no_text_does_anything_but_what_it_may(
    source: str, statements: bool, formula: bool, table: Any
) -> None:
    """Any text gives a value of the language or one error, soon, and changes nothing."""
    before = {
        name: value.copy() if isinstance(value, np.ndarray) else value
        for name, value in INPUTS.items()
    }
    start = time.process_time()
    try:
        program = parse(
            source, names=INPUTS, table=table, statements=statements, formula=formula
        )
        assert is_value(run(program, INPUTS))
    except LanguageError as error:
        lines = error.source.split("\n")
        assert 1 <= error.line <= len(lines)
        assert 0 <= error.column <= len(lines[error.line - 1]) + 1
        assert error.problem.isprintable()
        assert len(error.problem) < 300
    assert time.process_time() - start < 0.5
    for name, value in before.items():
        np.testing.assert_array_equal(INPUTS[name], value)


@given(st.text(max_size=80))
def test_scanning_loses_nothing(text: str) -> None:
    """Tokens put together are the text again, each where it stood."""
    tokens = scan(text)

    assert "".join(token.text for token in tokens) == text
    assert all(text.startswith(token.text, token.start) for token in tokens)


NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6, allow_nan=False), st.booleans()
)
SIGNS_OF_TWO = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "==": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
}


@given(st.sampled_from(sorted(SIGNS_OF_TWO)), NUMBERS, NUMBERS)
def test_numbers_follow_python(sign: str, a: Any, b: Any) -> None:
    """An operator between two numbers is Python's, down to the type of its result."""
    program = parse(f"a {sign} b", names=["a", "b"], table=LEARNER)
    try:
        expected = SIGNS_OF_TWO[sign](a, b)
    except ZeroDivisionError:
        with pytest.raises(EvaluationError, match="divides by zero"):
            run(program, {"a": a, "b": b})
        return
    found = run(program, {"a": a, "b": b})

    assert type(found) is type(expected)
    assert found == expected


SHAPES = st.sampled_from([(), (1,), (3,), (2, 3), (2, 1), (1, 3), (3, 2), (0, 3)])


@given(st.sampled_from(sorted(SIGNS_OF_TWO)), SHAPES, SHAPES, st.booleans())
def test_arrays_follow_numpy(
    sign: str, first: tuple[int, ...], second: tuple[int, ...], whole: bool
) -> None:
    """An operator between arrays is numpy's; where numpy refuses, so does it."""
    a = np.arange(-2.0, 4.0)[: int(np.prod(first))].reshape(first)
    b = np.arange(1.0, 7.0)[: int(np.prod(second))].reshape(second)
    if whole:
        a, b = a.astype(np.int64), b.astype(np.int64)
    program = parse(f"a {sign} b", names=["a", "b"], table=LEARNER)
    try:
        expected = np.asarray(SIGNS_OF_TWO[sign](a, b))
    except ValueError:
        with pytest.raises(EvaluationError, match="do not broadcast"):
            run(program, {"a": a, "b": b})
        return
    found = np.asarray(run(program, {"a": a, "b": b}))

    assert found.shape == expected.shape
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=4), st.integers(-3, 70))
def test_powers_of_whole_numbers_never_wrap(bases: list[int], exponent: int) -> None:
    """A power of whole numbers is exact or a float, and never what 64 bits leave."""
    if exponent < 0 and 0 in bases:
        return
    program = parse("a**k", names=["a", "k"], table=LEARNER)
    found = run(program, {"a": np.array(bases), "k": exponent})

    assert isinstance(found, np.ndarray)
    np.testing.assert_allclose(found, [float(base) ** exponent for base in bases])


@given(st.sampled_from(sorted(GREEK)), st.sampled_from(["", *MARKS]))
def test_letters_have_one_spelling(letter: str, mark: str) -> None:
    """Every letter of paper has a spelling, and a given name is preferred to others."""
    first = spelled(letter + mark, ())

    assert first is not None
    assert first.isidentifier()
    assert spelled(letter + mark, [first]) == first
    for other in GREEK[letter]:
        assert spelled(letter, [other]) == other


@given(st.sampled_from(sorted(SIGNS)), st.sampled_from([" ", ""]))
def test_signs_of_paper_are_operators(sign: str, gap: str) -> None:
    """A sign of paper means the operator that it is written for."""
    typed = parse(f"n{gap}{SIGNS[sign]}{gap}p", names="np", table=LEARNER)
    paper = parse(f"n{gap}{sign}{gap}p", names="np", table=LEARNER)

    values = {"n": 7, "p": 2}
    assert run(paper, values) == run(typed, values)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 9))
def test_paper_and_python_agree(n: int, p: int, s: int) -> None:
    """The formula of a size is the same written as on paper and in Python."""
    paper = parse("⌊(n + 2p − 3)/s⌋ + 1", names="nps", table=LEARNER, formula=True)
    python = parse("(n + 2*p - 3)//s + 1", names="nps", table=LEARNER)
    values = {"n": n, "p": p, "s": s}

    assert run(paper, values) == run(python, values)


ANY_SHAPE = st.lists(st.integers(0, 3), max_size=4).map(tuple)


@given(ANY_SHAPE, ANY_SHAPE)
@example((3, 1), (0,))
def test_shapes_meet_as_in_numpy(
    first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    """The shape that two arrays have together is numpy's, or there is none in both."""
    try:
        wanted = np.broadcast_shapes(first, second)
    except ValueError:
        with pytest.raises(Complaint, match="do not broadcast"):
            broadcast_shapes(first, second)
    else:
        assert broadcast_shapes(first, second) == wanted
        cells = cells_together(np.zeros(first), np.zeros(second))
        assert cells == np.prod(wanted, dtype=int)


ENDS = st.none() | st.integers(-4, 4)
ONE_INDEX = (
    st.integers(-4, 4).map(str)
    | st.tuples(ENDS, ENDS, st.none() | st.integers(-2, 2)).map(
        lambda ends: ":".join("" if end is None else str(end) for end in ends)
    )
    | st.sampled_from(["None", "..."])
)


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),
    st.lists(ONE_INDEX, min_size=1, max_size=4).filter(lambda k: k.count("...") < 2),
)
def test_entries_and_slices_are_those_of_numpy(
    shape: tuple[int, ...], parts: list[str]
) -> None:
    """What an index takes is numpy's; where numpy refuses, so does the language."""
    text = f"X[{', '.join(parts)}]"
    values = {"X": np.arange(float(np.prod(shape))).reshape(shape)}
    program = parse(text, names=["X"], table=LEARNER)
    try:
        wanted = eval(text, dict(values))
    except (IndexError, ValueError):
        with pytest.raises(EvaluationError):
            run(program, values)
    else:
        np.testing.assert_array_equal(run(program, values), wanted)


@given(
    st.sampled_from(["mean", "var", "std"]),
    st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple),
    st.sampled_from(["float64", "int64", "bool"]),
    st.none() | st.integers(-3, 2),
    st.booleans(),
)
def test_means_and_spreads_are_those_of_numpy_to_the_last_bit(
    name: str, shape: tuple[int, ...], kind: str, axis: int | None, keeps: bool
) -> None:
    """The sums and the quotients are numpy's own, in numpy's order."""
    count = int(np.prod(shape))
    values = {"X": (np.sin(np.arange(count)) * 9).reshape(shape).astype(kind)}
    text = f"np.{name}(X, axis={axis}, keepdims={keeps})"
    program = parse(text, names=["X"], table=LEARNER)
    try:
        wanted = getattr(np, name)(values["X"], axis=axis, keepdims=keeps)
    except np.exceptions.AxisError:
        with pytest.raises(EvaluationError):
            run(program, values)
    else:
        found = np.asarray(run(program, values))
        assert found.shape == np.shape(wanted)
        assert found.tobytes() == np.asarray(wanted, dtype=np.float64).tobytes()
