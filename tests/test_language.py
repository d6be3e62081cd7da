"""What the language accepts, and that it means what numpy means by it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from drill.errors import EvaluationError, LanguageError, SolverError
from drill.language import BANK, LEARNER, Program, Table, Value, parse, run

M = np.array([[13, 9, 29], [5, 11, 1]])
W = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 0.0]])
Z = np.array([[-1.5, 2.0, 0.5], [3.0, -4.0, 0.0]])
VALUES: dict[str, Any] = {
    "M": M,
    "W": W,
    "Z": Z,
    "w": np.array([1.0, -2.0]),
    "x": np.array([3.0, -1.0]),
    "lam": 0.5,
    "mu": 2.0,
    "sigma": 4.0,
    "eps": 1e-5,
    "yhat": 0.25,
    "y": 1,
    "n": 7,
    "f": 3,
    "p": 1,
    "s": 2,
}


def value(
    source: str,
    table: Table = LEARNER,
    *,
    statements: bool = False,
    formula: bool = False,
    result: str | None = None,
) -> Value:
    """Return the value of `source` on the values above."""
    program = parse(
        source,
        names=VALUES,
        table=table,
        statements=statements,
        formula=formula,
        result=result,
    )
    return run(program, VALUES)


def assert_same(found: Value, expected: Any) -> None:
    """Check that two values have one type, one shape and the same entries."""
    if isinstance(expected, np.ndarray):
        assert isinstance(found, np.ndarray)
        assert found.shape == expected.shape
        assert found.dtype.kind == expected.dtype.kind
        np.testing.assert_allclose(found, expected, rtol=1e-13)
    else:
        assert type(found) is type(expected)
        assert found == (pytest.approx(expected) if expected == expected else expected)


SCALARS = {
    "3": 3,
    "2.5e-1": 0.25,
    ".5": 0.5,
    "n": 7,
    "(n + 2*p - f)//s + 1": 4,
    "(n + 2*p - f)/s + 1": 4.0,
    "-(-(n + 2*p - f) // s) + 1": 4,
    "-n // 2": -4,
    "n % 4": 3,
    "-n % 4": 1,
    "2**10": 1024,
    "2**-1": 0.5,
    "n**0.5": math.sqrt(7),
    "10**18 + 1": 10**18 + 1,
    "2**70 // 2**60": 1024,
    "n > 3": True,
    "1 < n <= 7 and not n == 4": True,
    "n if n < 3 else f": 3,
    "n or f": 7,
    "not n": False,
    "True + 1": 2,
    "~(n > 3)": False,
    "(n > 3) & (f > 3)": False,
    "(n, f)": (7, 3),
    "(n,)": (7,),
    "()": (),
    "M.shape": (2, 3),
    "M.shape[0]": 2,
    "M.shape + (1,)": (2, 3, 1),
    "(0,) * 3": (0, 0, 0),
    "M.shape == (2, 3)": True,
    "M.size": 6,
    "M.ndim": 2,
    "len(M)": 2,
    "M[0, 1]": 9,
    "M[-1][-1]": 1,
    "M.sum()": 68,
    "np.sum(M)": 68,
    "M.mean()": 68 / 6,
    "M.max() - M.min()": 28,
    "M.argmax()": 2,
    "np.argmin(M)": 5,
    "(M > 10).any()": True,
    "np.all(M > 0)": True,
    "np.count_nonzero(M > 10)": 3,
    "int(2.7)": 2,
    "int(-2.7)": -2,
    "float(n)": 7.0,
    "bool(n)": True,
    "round(2.5)": 2,
    "round(3.5)": 4,
    "round(2.567, 2)": 2.57,
    "abs(-3)": 3,
    "max(n, f)": 7,
    "min(n, f, 1)": 1,
    "pi": math.pi,
    "np.pi": math.pi,
    "e": math.e,
    "inf": math.inf,
    "np.exp(0)": 1.0,
    "exp(0)": 1.0,
    "numpy.exp(0)": 1.0,
    "sqrt(16)": 4.0,
    "np.floor(7/2)": 3.0,
    "np.linalg.norm(w)": math.sqrt(5),
    "w @ x": 5.0,
    "np.dot(w, x)": 5.0,
    "None": None,
    "(n +\n p)": 8,
    "n\n+ p": 8,
    "  n + p  # padded": 8,
}


@pytest.mark.parametrize("source", SCALARS)
def test_numbers_and_tuples_are_exact_python_values(source: str) -> None:
    """A formula of numbers gives a Python number, a truth value or a tuple."""
    assert_same(value(source), SCALARS[source])


def softmax_rows() -> Any:
    """Return the softmax of every row of Z."""
    shifted = np.exp(Z - Z.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


ARRAYS: dict[str, Callable[[], Any]] = {
    "[1, 2]": lambda: np.array([1, 2]),
    "[[1, 2], [3, 4.5]]": lambda: np.array([[1, 2], [3, 4.5]]),
    "np.array([[1, 2], [3, 4]])": lambda: np.array([[1, 2], [3, 4]]),
    "np.array([1, 2], dtype=float)": lambda: np.array([1.0, 2.0]),
    "M.mean(axis=1)": lambda: M.mean(axis=1),
    "M.mean(1)": lambda: M.mean(1),
    "np.mean(M, 0)": lambda: M.mean(0),
    "mean(M, axis=0, keepdims=True)": lambda: M.mean(0, keepdims=True),
    "np.sum(M, axis=1)/M.shape[1]": lambda: M.mean(axis=1),
    "M - M.mean(axis=1, keepdims=True)": lambda: M - M.mean(axis=1, keepdims=True),
    "M - M.mean(1)[:, None]": lambda: M - M.mean(1)[:, None],
    "M - M.mean(1)[:, np.newaxis]": lambda: M - M.mean(1)[:, np.newaxis],
    "(M.T - M.mean(1)).T": lambda: M - M.mean(1)[:, None],
    "np.exp(Z)/np.exp(Z).sum(0)": lambda: np.exp(Z) / np.exp(Z).sum(0),
    "np.exp(Z - np.max(Z, axis=1, keepdims=True))"
    "/np.sum(np.exp(Z - np.max(Z, axis=1, keepdims=True)), axis=1, keepdims=True)": (
        softmax_rows
    ),
    "M // 4": lambda: M // 4,
    "-M // 4": lambda: -M // 4,
    "M % 4": lambda: M % 4,
    "M ** 2": lambda: M**2,
    "M ** -1": lambda: 1 / M,
    "M ** 0.5": lambda: np.sqrt(M),
    "2 ** M": lambda: 2**M,
    "M / 2": lambda: M / 2,
    "M @ W": lambda: M @ W,
    "W.T @ W": lambda: W.T @ W,
    "np.matmul(M, W)": lambda: M @ W,
    "M.dot(W)": lambda: M @ W,
    "M @ np.ones(3)": lambda: M @ np.ones(3),
    "np.outer(w, x)": lambda: np.outer(w(), x()),
    "np.kron(M, [[1, 0], [0, 0]])": lambda: np.kron(M, [[1, 0], [0, 0]]),
    "np.einsum('ij,jk->ik', M, W)": lambda: M @ W,
    "einsum('ij->j', M)": lambda: M.sum(0),
    "Z > 0": lambda: Z > 0,
    "(Z > 0) & (Z < 2)": lambda: (Z > 0) & (Z < 2),
    "(Z < 0) | (Z == 2)": lambda: (Z < 0) | (Z == 2),
    "~(Z > 0)": lambda: Z <= 0,
    "Z * (Z > 0)": lambda: Z * (Z > 0),
    "np.maximum(0, Z)": lambda: np.maximum(0, Z),
    "np.where(Z > 0, Z, 0.01*Z)": lambda: np.where(Z > 0, Z, 0.01 * Z),
    "np.sign(Z)": lambda: np.sign(Z),
    "np.abs(Z)": lambda: np.abs(Z),
    "abs(Z)": lambda: np.abs(Z),
    "np.square(M)": lambda: M**2,
    "np.clip(Z, -1, 1)": lambda: np.clip(Z, -1, 1),
    "Z.clip(0, None)": lambda: np.maximum(Z, 0),
    "1/(1 + np.exp(-Z))": lambda: 1 / (1 + np.exp(-Z)),
    "np.tanh(Z)": lambda: np.tanh(Z),
    "np.log1p(np.exp(Z))": lambda: np.log1p(np.exp(Z)),
    "np.logaddexp(0, Z)": lambda: np.logaddexp(0, Z),
    "M[0]": lambda: M[0],
    "M[:, 1]": lambda: M[:, 1],
    "M[:, 1:]": lambda: M[:, 1:],
    "M[::-1, ::2]": lambda: M[::-1, ::2],
    "M[..., -1]": lambda: M[..., -1],
    "M[M > 9]": lambda: M[M > 9],
    "M[[0, 1], [1, 2]]": lambda: M[[0, 1], [1, 2]],
    "M[:, [0, 2]]": lambda: M[:, [0, 2]],
    "M[range(2), [0, 2]]": lambda: M[range(2), [0, 2]],
    "np.eye(3)[[0, 2]]": lambda: np.eye(3)[[0, 2]],
    "M[np.array([True, False])]": lambda: M[np.array([True, False])],
    "M.reshape(3, 2)": lambda: M.reshape(3, 2),
    "M.reshape((3, -1))": lambda: M.reshape((3, -1)),
    "np.reshape(M, (3, 2))": lambda: M.reshape(3, 2),
    "M.reshape(-1)": lambda: M.reshape(-1),
    "M.ravel()": lambda: M.ravel(),
    "M.flatten()": lambda: M.flatten(),
    "M.transpose()": lambda: M.T,
    "np.transpose(M)": lambda: M.T,
    "np.transpose(np.ones((2, 3, 4)), (2, 0, 1))": lambda: np.ones((4, 2, 3)),
    "M.astype(float)": lambda: M.astype(float),
    "(Z > 0).astype(int)": lambda: (Z > 0).astype(int),
    "(Z > 0).astype(np.float64)": lambda: (Z > 0).astype(np.float64),
    "Z.var(axis=0)": lambda: Z.var(axis=0),
    "Z.std(axis=1, ddof=1)": lambda: Z.std(axis=1, ddof=1),
    "np.median(M, axis=0)": lambda: np.median(M, axis=0),
    "np.argmax(M, axis=0)": lambda: np.argmax(M, axis=0),
    "np.argsort(M, axis=1)": lambda: np.argsort(M, axis=1),
    "np.cumsum(M, axis=1)": lambda: np.cumsum(M, axis=1),
    "np.sort(M, axis=1)": lambda: np.sort(M, axis=1),
    "np.linalg.norm(M, axis=0)": lambda: np.linalg.norm(M, axis=0),
    "np.linalg.norm(Z, axis=1, keepdims=True)": (
        lambda: np.linalg.norm(Z, axis=1, keepdims=True)
    ),
    "np.zeros((2, 3))": lambda: np.zeros((2, 3)),
    "np.ones(3, dtype=int)": lambda: np.ones(3, dtype=int),
    "np.full((2, 2), 7)": lambda: np.full((2, 2), 7),
    "np.zeros_like(M)": lambda: np.zeros_like(M),
    "np.eye(3)": lambda: np.eye(3),
    "np.arange(5)": lambda: np.arange(5),
    "np.arange(1, 2, 0.25)": lambda: np.arange(1, 2, 0.25),
    "np.linspace(0, 1, 5)": lambda: np.linspace(0, 1, 5),
    "np.concatenate([M, M], axis=1)": lambda: np.concatenate([M, M], axis=1),
    "np.stack((w, x))": lambda: np.stack((w(), x())),
    "np.vstack([w, x])": lambda: np.vstack([w(), x()]),
    "np.hstack([w, x])": lambda: np.hstack([w(), x()]),
    "np.tile(w, (2, 2))": lambda: np.tile(w(), (2, 2)),
    "np.repeat(M, 2, axis=0)": lambda: np.repeat(M, 2, axis=0),
    "np.pad(M, 1)": lambda: np.pad(M, 1),
    "np.pad(M, ((1, 0), (0, 2)), mode='edge')": (
        lambda: np.pad(M, ((1, 0), (0, 2)), mode="edge")
    ),
    "np.pad(M, 1, constant_values=-1)": lambda: np.pad(M, 1, constant_values=-1),
    "np.expand_dims(w, 0)": lambda: np.expand_dims(w(), 0),
    "np.squeeze(M[None])": lambda: M,
    "np.broadcast_to(w, (3, 2))": lambda: np.broadcast_to(w(), (3, 2)),
    "np.flip(M)": lambda: np.flip(M),
    "np.rot90(M)": lambda: np.rot90(M),
    "np.diag([1, 2])": lambda: np.diag([1, 2]),
    "np.isin(M, [9, 1])": lambda: np.isin(M, [9, 1]),
    "np.unique([3, 1, 3])": lambda: np.unique([3, 1, 3]),
    "M * 10**16": lambda: M * 1e16,
    "sum(M, axis=0)": lambda: M.sum(0),
    "max(M, axis=1)": lambda: M.max(1),
    "range(2, 8, 3)": lambda: np.arange(2, 8, 3),
    "ŷ * x": lambda: 0.25 * x(),
    "λ × w − x": lambda: 0.5 * w() - x(),
    "σ² * w": lambda: 16 * w(),
}


def w() -> Any:
    """Return the weights."""
    return VALUES["w"]


def x() -> Any:
    """Return the input."""
    return VALUES["x"]


@pytest.mark.parametrize("source", ARRAYS)
def test_programs_mean_what_numpy_means(source: str) -> None:
    """An accepted expression has numpy's shape, numpy's type and numpy's entries."""
    assert_same(value(source), ARRAYS[source]())


PROGRAMS = [
    pytest.param("a = 3\nb = a + n\nb*2", 20, id="lines"),
    pytest.param("a = 1; b = 2; a + b", 3, id="semicolons"),
    pytest.param("a = n + 1", 8, id="last-line-assigns"),
    pytest.param("a, b = M.shape\na*b", 6, id="unpacks-a-shape"),
    pytest.param("(a, b) = 1, 2\nb", 2, id="unpacks-a-tuple"),
    pytest.param("a, b = w\nb", -2.0, id="unpacks-a-vector"),
    pytest.param("a = b = n\na + b", 14, id="assigns-twice"),
    pytest.param("n += 1\nn", 8, id="augments-a-number"),
    pytest.param("n = n*2\nn", 14, id="rebinds-a-given-name"),
    pytest.param("w -= 0.5*x\nw", np.array([-0.5, -1.5]), id="steps-the-weights"),
    pytest.param("k = M*1\nk += 0.5\nk[0]", np.array([13.5, 9.5, 29.5]), id="widens"),
    pytest.param("A = Z.copy()\nA[A < 0] = 0\nA", np.maximum(Z, 0), id="masks"),
    pytest.param("A = 1*Z\nA[:, 0] += 1\nA[0, 0]", -0.5, id="augments-entries"),
    pytest.param("Z = Z.copy()\nZ[0] = 0\nZ.sum()", -1.0, id="copies-a-given-name"),
    pytest.param("A = np.zeros(2)\nA[0], b = 4, 5\nA[0]", 4.0, id="mixed-targets"),
    pytest.param("import numpy as np\nnp.exp(0)", 1.0, id="imports-numpy"),
    pytest.param("from numpy import exp\nexp(0)", 1.0, id="imports-from-numpy"),
    pytest.param(">>> n + 1", 8, id="prompt"),
    pytest.param("  a = 1\n    b = 2\n\n  # done\n  a + b", 3, id="indented"),
    pytest.param("a = (n +\n     p)\na", 8, id="brackets-span-lines"),
    pytest.param("a = n + \\\n  p\na", 8, id="backslash"),
    pytest.param("exp = np.exp(Z)\nexp/np.sum(exp, axis=0)", "softmax", id="shadows"),
    pytest.param("σ = 3\nσ*2", 6, id="greek-target"),
]


@pytest.mark.parametrize(("source", "expected"), PROGRAMS)
def test_lines_run_one_after_another(source: str, expected: Any) -> None:
    """A program's lines may assign, unpack, augment and set entries of their own."""
    if expected is None:
        with pytest.raises(LanguageError):
            value(source, statements=True)
        return
    if isinstance(expected, str):
        expected = np.exp(Z) / np.exp(Z).sum(axis=0)
    assert_same(value(source, statements=True), expected)


def test_the_asked_for_name_is_the_result() -> None:
    """The value is that of `result` when it is assigned, else the last line's."""
    source = "dw = 2*w\ndb = 3"

    assert_same(value(source, statements=True, result="dw"), 2 * w())
    assert value(source, statements=True, result="dz") == 3


FORMULAS = {
    "2p": 2,
    "2(n + p)": 16,
    "(n)(p)": 7,
    "n p s": 14,
    "(n + 2p − f)/s + 1": 4.0,
    "⌊(n + 2p − f)/s⌋ + 1": 4.0,
    "⌈n/s⌉": 4.0,
    "n^2": 49,
    "n²": 49,
    "n⁻¹": 1 / 7,
    "2^-n": 2**-7,
    "2n^2": 98,
    "2n²p": 98,
    "n^2 p": 49,
    "-n²": -49,
    "e^(-λ)": math.exp(-0.5),
    "lambda": 0.5,
    "lambda/2 sum(w^2)": 1.25,
    "λ/2 ∑(w²)": 1.25,
    "½ λ Σ(w²)": 1.25,
    "λ Σ(|w|)": 1.5,
    "|n − 9|": 2,
    "2|p − n|": 12,
    "|p| + |n|": 8,
    "√(n + 2)": 3.0,
    "√n": math.sqrt(7),
    "2√(n + 2)": 6.0,
    "√(λ) n": math.sqrt(0.5) * 7,
    "2π": 2 * math.pi,
    "ln(e)": 1.0,
    "-ln(ŷ)": -math.log(0.25),
    "-(y ln(ŷ) + (1 − y) ln(1 − ŷ))": -math.log(0.25),
    "σ² + μ": 18.0,
    "(n − μ)/√(σ² + ε)": 5 / math.sqrt(16 + 1e-5),
    "max(0, n)": 7,
    "n × p ÷ s": 3.5,
    "n ≥ p": True,
    "1/2 n": 3.5,
    "n if n ≤ p else s": 2,
    "(n, p)": (7, 1),
    "3e2": 300.0,
    "2e": 2 * math.e,
    "W^T[0][1]": 0.5,
    "sum(M)": 68,
}


@pytest.mark.parametrize("source", FORMULAS)
def test_formulas_are_read_as_on_paper(source: str) -> None:
    """Products without a sign, powers, Greek letters and paper's signs are read."""
    assert_same(value(source, formula=True), FORMULAS[source])


PAPER_ARRAYS: dict[str, Callable[[], Any]] = {
    "(ŷ − y)x + λ w": lambda: -0.75 * x() + 0.5 * w(),
    "(yhat-y)x+lambda w": lambda: -0.75 * x() + 0.5 * w(),
    "(ŷ−y) x + 2λw": lambda: -0.75 * x() + w(),
    "λ|w|": lambda: 0.5 * np.abs(w()),
    "max(0, x)": lambda: np.maximum(0, x()),
    "Wᵀ": lambda: W.T,
    "W^T": lambda: W.T,
    "M W": lambda: None,
    "w ⊙ x": lambda: w() * x(),
    "1/(1 + e^(-x))": lambda: 1 / (1 + np.exp(-x())),
    "M @ W": lambda: M @ W,
    "mean(M, axis=1)": lambda: M.mean(axis=1),
}


@pytest.mark.parametrize("source", PAPER_ARRAYS)
def test_formulas_work_entry_by_entry(source: str) -> None:
    """A product on paper is entry by entry; a matrix product is written @."""
    expected = PAPER_ARRAYS[source]()
    if expected is None:
        with pytest.raises(EvaluationError, match="do not broadcast"):
            value(source, formula=True)
    else:
        assert_same(value(source, formula=True), expected)


def test_both_dialects_assign_in_lines() -> None:
    """A formula question may be answered in several lines too."""
    assert_same(
        value("g = (ŷ − y)x\ng + λ w", formula=True, statements=True),
        -0.75 * x() + 0.5 * w(),
    )


def test_a_program_says_what_it_reads_and_calls() -> None:
    """Names are those read before they are assigned; functions are canonical."""
    program = parse(
        "a = np.amax(M, axis=0)\nn = 3\na.sum() + n + lam + norm(w) + np.pi",
        names=VALUES,
        table=LEARNER,
        statements=True,
    )

    assert program.names == {"M", "lam", "w"}
    assert program.functions == {"max", "sum", "linalg.norm"}


def test_programs_compare_by_what_they_say() -> None:
    """Two programs of one text are equal, though their closures are not."""
    first, second = (parse("n + 1", names=["n"], table=BANK) for _ in range(2))

    assert first == second
    assert hash(first) == hash(second)
    assert "lambda" not in repr(first)
    assert isinstance(first, Program)


def test_the_bank_may_use_texts() -> None:
    """Texts are values in the bank's table, to choose and to compare."""
    assert value("'even' if n % 2 == 0 else 'odd'", BANK) == "odd"
    assert value("'größer' == 'größer'", BANK) is True
    assert value("('same', n)", BANK) == ("same", 7)


def area(side: int, *, twice: bool = False) -> int:
    """Return the area of a square."""
    if side < 0:
        raise SolverError(f"side must not be negative, not {side}")
    return side * side * (1 + twice)


def test_the_bank_calls_functions_by_name() -> None:
    """An extended table has the function bare, with its own keywords."""
    table = BANK.extended({"area": area})

    assert value("area(n) + area(f, twice=True)", table) == 67
    with pytest.raises(EvaluationError, match="side must not be negative, not -7"):
        value("area(-n)", table)
    with pytest.raises(LanguageError, match="takes no `colour=`"):
        value("area(n, colour=1)", table)
    with pytest.raises(LanguageError, match="no function `area`"):
        value("area(n)", BANK)
    with pytest.raises(LanguageError, match=r"no function `np\.area`"):
        value("np.area(n)", table)


def test_the_banks_functions_may_have_a_price() -> None:
    """A price is asked before the function is called, with the same arguments."""
    called = []
    table = BANK.extended(
        {"cube": called.append}, lambda name, call: lambda side: (1, side**3)
    )

    with pytest.raises(EvaluationError, match="steps of work"):
        value("cube(10**3)", table)
    assert not called
    assert value("cube(10)", table) is None
    assert called == [10]


def test_a_foreign_functions_slips_are_its_own_complaint() -> None:
    """What another room raises on strange arguments does not escape as it is."""

    def first(value: Any) -> Any:
        return value.entries[0]

    with pytest.raises(EvaluationError):
        value("first(n)", BANK.extended({"first": first}))


def test_results_are_values_of_the_language() -> None:
    """Foreign results are brought to Python numbers and three kinds of array."""
    results = {
        "small": lambda: np.float32(1.5),
        "bytes_": lambda: np.array([1, 2], dtype=np.uint8),
        "pair": lambda: (np.int64(3), np.array(4.0)),
    }
    table = BANK.extended(results)

    assert_same(value("small()", table), 1.5)
    assert_same(value("bytes_()", table), np.array([1, 2]))
    assert value("pair()", table) == (3, 4.0)
    with pytest.raises(EvaluationError, match="not a real number"):
        value("root()", BANK.extended({"root": lambda: 1j}))
    with pytest.raises(EvaluationError, match="a set is no value"):
        value("bag()", BANK.extended({"bag": lambda: {1}}))


def test_a_result_is_nobody_elses_array() -> None:
    """Changing a result changes no input, whatever view the program took."""
    for source in ("M", "M.T", "M[0]", "(M, 1)[0]", "np.broadcast_to(w, (2, 2))"):
        found = value(source)
        assert isinstance(found, np.ndarray)
        assert found.flags.writeable
        assert not np.shares_memory(found, M)


def test_inputs_of_any_numeric_kind_are_taken() -> None:
    """Small integers, single floats, 0-d arrays and lists arrive as values."""
    program = parse("a * 300", names=["a"], table=LEARNER)
    expected = np.array([300, 600])

    assert_same(run(program, {"a": np.array([1, 2], dtype=np.int8)}), expected)
    assert_same(run(program, {"a": np.array(2.5)}), 750.0)
    assert_same(run(program, {"a": np.int16(2)}), 600)
    assert_same(run(program, {"a": [1, 2]}), expected)  # type: ignore[dict-item]
    with pytest.raises(EvaluationError, match="'a': the entries are not real"):
        run(program, {"a": np.array(["x"])})
    with pytest.raises(EvaluationError, match="'a': a dict is no value"):
        run(program, {"a": {}})  # type: ignore[dict-item]
    with pytest.raises(EvaluationError, match="'a' has no value"):
        run(program, {})


def test_a_learners_sum_of_a_matrix_is_pythons() -> None:
    """Python's sum adds up the rows of a matrix; in the bank's formulas it is numpy's."""
    assert value("sum(M)").tolist() == M.sum(axis=0).tolist()
    assert value("sum(w)") == -1.0
    assert value("sum(M)", BANK) == 68
