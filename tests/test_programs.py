"""Programs as people write them in an exam: loops, functions, containers, and how they fail."""

from __future__ import annotations

import time

import numpy as np
import pytest

import drill
from drill.classroom import grade_text
from drill.errors import EvaluationError, LanguageError
from drill.language import LEARNER, parse, run
from drill.sandbox import run_here

M = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])
X = np.arange(16.0).reshape(4, 4)
VALUES = {"M": M, "X": X, "f": 2, "s": 2}
POOLED = [[5, 7], [13, 15]]


def value(source: str, names: str = "M") -> object:
    """Return what a program gives."""
    program = parse(source, names=list(names), table=LEARNER, statements=True)
    return run(program, VALUES)


PROGRAMS = {
    "mu = np.zeros(M.shape[0])\nfor i in range(M.shape[0]):\n    mu[i] = np.mean(M[i])\nmu": [
        2,
        6,
    ],
    "mu = []\nfor row in M:\n    mu.append(np.mean(row))\nmu = np.array(mu)": [2, 6],
    'def row_means(M):\n    """One mean per row."""\n    return M.mean(axis=1)': [2, 6],
    "np.array([r.mean() for r in M])": [2, 6],
    "d = [np.sum(M[:, j]) for j in range(M.shape[1])]\nnp.argmin(d)": 0,
    "min(range(M.shape[1]), key=lambda j: -np.sum(M[:, j]))": 2,
    "import math\nout = {}\nfor i, row in enumerate(M):\n    out[i] = math.sqrt(row.sum())\n[out[i] for i in sorted(out)]": [
        6**0.5,
        18**0.5,
    ],
    "```python\nt = 0.0\nfor r in range(2):\n    for c in range(3):\n        t += M[r, c]\nt / M.size\n```": 4,
    "f = np.vectorize(lambda x: 1 if x > 2 else 0)\nf(M)": [[0, 0, 1], [1, 1, 1]],
    "np.apply_along_axis(np.mean, 1, M)": [2, 6],
    "sum(x for row in M for x in row)": 24,
    "def fact(n: int) -> int:\n    if n <= 1:\n        return 1\n    return n * fact(n - 1)\nfact(10)": 3628800,
    "n = 0\nwhile True:\n    n += 1\n    if n == 3:\n        continue\n    elif n > 7:\n        break\nn": 8,
    "def outer(M):\n    def spread(r):\n        return r.max() - r.min()\n    return np.array([spread(r) for r in M])": [
        2,
        5,
    ],
    "s = set()\nfor v in M.ravel():\n    s.add(v > 2)\nlen(s)": 2,
    "A = M.copy()\nA[A < 3] = 0\nfor _ in range(2):\n    A += 1\nA": [
        [2, 2, 5],
        [6, 7, 11],
    ],
    "B = M\nfor i in range(2):\n    B[i, 0] = 0\nM": [[0, 2, 3], [0, 5, 9]],
    "x = [5]\ny = [x for x in range(3)]\nx[0]": 5,
    "def f(a, b=2):\n    return a * b\nf(3) + f(b=1, a=4)": 10,
    "a = np.array([1, 2])\nfor i in range(2):\n    a /= 2\na": [0.25, 0.5],
    "x, (y, *z) = 1, (2, 3, 4)\nx + sum(z)": 8,
    "d = {}\nfor v in M[0]:\n    d[v] = d.get(v, 0) + 1\nmin(d, key=d.get)": 1,
    "M = M * 2\nfor row in M:\n    row -= row[0]\nM": [[0, 2, 4], [0, 2, 10]],
    "best = float('inf')\nfor v in M.flat:\n    best = min(best, v)\nbest": 1,
    "fs = [lambda x: x + k for k in range(3)]\nk = 9\nfs[0](1)": 3,
    "assert M.ndim == 2\nr: list = [v for v in M[0] if v > 1 and v in (2, 3)]\nr": [
        2,
        3,
    ],
    "print(M)\nx = None\nM[0, 0] if x is None else 0": 1,
    "list(map(np.sum, M)) + sorted([3, 1], reverse=True)": [6, 18, 3, 1],
    "out = []\nfor a, (i, b) in zip(M[0], enumerate(M[1])):\n    out.append(a * b + i)\nout": [
        4,
        11,
        29,
    ],
}


@pytest.mark.parametrize("source", PROGRAMS, ids=lambda source: repr(source[:40]))
def test_programs_do_what_they_do_in_python(source: str) -> None:
    """Written by hand beside each; nothing that was given is changed."""
    before = M.copy()

    np.testing.assert_allclose(np.array(value(source), dtype=float), PROGRAMS[source])
    assert (before == M).all()


POOL = """
def pool({}):
    h, w = X.shape
    out = np.zeros(((h - f)//s + 1, (w - f)//s + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.max(X[i*s:i*s+f, j*s:j*s+f])
    return out
"""


@pytest.mark.parametrize("parameters", ["X, f, s", "s, X, f", "X, f, s=2"])
def test_a_function_is_called_with_the_names_of_the_prompt(parameters: str) -> None:
    """By name where it has them, in whatever order."""
    assert value(POOL.format(parameters), "Xfs").tolist() == POOLED


def test_a_function_is_called_by_place() -> None:
    """Whoever names the parameters otherwise means them in the prompt's order."""
    assert value("def g(a, b):\n    return a[0, b]", "Xf") == 2
    with pytest.raises(
        EvaluationError, match="takes 3 values; the question gives X, f"
    ):
        value("def g(a, b, c):\n    return a", "Xf")


FAILURES = {
    "n = 0\nwhile True:\n    n += 1": ("ran .* times; the program is stopped", 2),
    "for k in range(10**9):\n    pass\n1": ("line 1 ran .* the program is stopped", 1),
    "def f(x):\n    return f(x)\nf(1)": ("`f` calls on more than 40 deep", 2),
    "f = lambda g: list(map(g, [g]))\nf(f)": ("", 1),
    "for i in range(5):\n    M[i, 0] = 1\nM": (
        "index 2 is outside: the entries of axis 0 are 0 to 1",
        2,
    ),
    "a = [1]\nwhile True:\n    a = a + a": ("a list may hold", 3),
    "a = [1]\nfor i in range(100):\n    a.extend(a)\na": ("", 3),
    "a = [1]\nfor i in range(100):\n    a = [a, a]\nnp.array(a)": (
        "nested more than 8 deep",
        3,
    ),
    "d = {}\nfor i in range(3):\n    d[M] = d\n1": ("cannot be a key", 3),
    "if M[0, 0] > 5:\n    y = 1\ny": ("`y` has no value yet here", 3),
    "def f():\n    x += 1\n    return x\nx = 1\nf()": ("`x` has no value yet here", 2),
    "x = 2\nwhile True:\n    x = x**2": ("a whole number has more than", 3),
    "for x in 3:\n    x\n1": ("cannot be gone through", 1),
    "assert M.ndim == 3\nM": ("this assertion does not hold", 1),
}


@pytest.mark.parametrize("source", FAILURES, ids=lambda source: repr(source[:40]))
def test_programs_fail_in_a_sentence_with_a_line(source: str) -> None:
    """Whatever does not end or grows without bound is stopped, soon."""
    start = time.process_time()
    problem, line = FAILURES[source]
    with pytest.raises(EvaluationError, match=problem or None) as raised:
        value(source)
    assert problem or raised.value.problem
    assert raised.value.line == line
    assert time.process_time() - start < 5


REFUSED = {
    "class A:\n    pass": "class",
    "try:\n    x = 1\nexcept ValueError:\n    x = 2": "`try` has no",
    "with M as f:\n    x = 1": "with",
    "def f(*args):\n    return 1": "one by one",
    "@f\ndef g(M):\n    return M": "decorator",
    "def g(M):\n    global x\n    return M": "global",
    "def g(M):\n    yield M": "generator",
    "g = (x for x in M)": "generator",
    "for i in range(2):\n    x = M.__class__": "cannot start with `_`",
    "def __f(M):\n    return M": "cannot start with `_`",
    "def f(__x):\n    return 1": "cannot start with `_`",
    "import os\nfor i in M:\n    pass": "only numpy",
    "from os import path\nfor i in M:\n    pass": "only numpy",
    "for i in range(3)\n    x = 1": "`:` is missing",
    "for i in range(3):\nx = 1": "indented",
    "return M\nfor i in M:\n    pass": "stands in a function",
    "for i in M:\n    pass\nbreak": "stands in a loop",
    "for i in M:\n    eval('1')": "there is no function",
    "for i in M:\n    getattr(M, 'T')": "there is no function",
    "for i in M:\n    x = torch.sum(M)": "torch",
    "for i in M:\n    x = f'{i:{i}}'": "the format is too long",
    "for i in M:\n    x = f'{i:99999}'": "the format is too long",
    "for i in M:\n    np.random.rand(3)": "random",
}


@pytest.mark.parametrize("source", REFUSED, ids=lambda source: repr(source[:40]))
def test_what_stays_refused_says_why(source: str) -> None:
    """Refused before anything runs."""
    with pytest.raises(LanguageError, match=REFUSED[source]) as raised:
        value(source)
    assert not isinstance(raised.value, EvaluationError)


def test_a_program_that_does_not_end_is_run_once() -> None:
    """The other draws are not waited for."""
    program = parse(
        "while True:\n    pass", names=["M"], table=LEARNER, statements=True
    )
    outcomes = run_here(program, [VALUES] * 50)

    assert len({outcome.error for outcome in outcomes}) == 1
    assert "the program is stopped" in outcomes[0].error


LOOPS = "mu = np.zeros(M.shape[0])\nfor i in range(M.shape[0]):\n    mu[i] = M[i].sum() / M.shape[{}]\nrow_mu = mu"


@pytest.mark.parametrize(("axis", "right"), [(1, True), (0, False)])
def test_loops_are_graded_like_any_program(axis: int, right: bool) -> None:
    """The question on row means takes a loop, and tells a wrong one its draw."""
    question = next(
        q
        for q in drill.load().questions
        if q.parts[0].answer.kind == "expression"
        and q.parts[0].answer.result == "row_mu"
    )
    verdict = grade_text(drill.draw(question, 7), 0, LOOPS.format(axis), {})

    assert verdict.right is right
    assert right or verdict.counterexample is not None


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("from itertools import product\nt = 0\nfor i, j in product(range(2), range(3)):\n    t += M[i, j]\nt", 24),
        ("import itertools\nlen(itertools.product([1, 2], repeat=3))", 8),
        ("assert isinstance(M, np.ndarray) and not isinstance(3, (list, str))\nB = np.zeros(M.shape, dtype=M.dtype)\nB[0] = M[0]\nB", [[1, 2, 3], [0, 0, 0]]),
        ("P = np.pad(M, ((1, 0), (0, 0)), mode='constant', constant_values=(0, 0))\nfor i in range(1):\n    P[0] += 1\nP", [[1, 1, 1], [1, 2, 3], [4, 5, 9]]),
        ("h = {'stride': 2}\ndef f(M, hp):\n    s = hp[\"stride\"]\n    return M[:, ::s]\nf(M, h)", [[1, 3], [4, 9]]),
    ],
)  # fmt: skip
def test_what_assignments_bring_along(source: str, wanted: object) -> None:
    """Parameters in a dict, shapes asserted, indices from itertools."""
    np.testing.assert_array_equal(value(source), wanted)
