"""Hostile texts: refused before any work is done, with nothing reached."""

from __future__ import annotations

import ast
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

import drill
from drill.errors import EvaluationError, LanguageError
from drill.language import BANK, LEARNER, Table, parse, run
from drill.language.functions.guarded import BORDERS

VALUES = {
    "M": np.arange(6.0).reshape(2, 3),
    "L": np.arange(100_000),
    "n": 7,
}
# Far above what a refusal takes, far below what the refused work would take.
PATIENCE = 2.0

REACHING_OUT = [
    "().__class__",
    "().__class__.__base__.__subclasses__()",
    "M.__class__",
    "M.__array_interface__",
    "M.__reduce__()",
    "M._﹍class_﹍",
    "M.__clªss__",
    "ｅｖａｌ('1')",
    "𝐞𝐯𝐚𝐥('1')",
    "eval('1')",
    "exec('1')",
    "compile('1', '', 'eval')",
    "open('/etc/passwd')",
    "getattr(M, 'T')",
    "vars()",
    "globals()",
    "type(M)",
    "__import__('os')",
    "__builtins__",
    "np.load('x.npy')",
    "np.save('x', M)",
    "np.fromfile('x')",
    "np.memmap('x')",
    "np.loadtxt('x')",
    "np.genfromtxt('x')",
    "np.savetxt('x', M)",
    "np.core",
    "np.f2py.sys.modules['os'].system('id')",
    "np.ctypeslib.os",
    "np.lib.npyio",
    "np.testing",
    "np.array.__globals__",
    "np.frompyfunc(n, 1, 1)",
    "np.vectorize(n)",
    "np.apply_along_axis(n, 0, M)",
    "np.put(M, 0, 1)",
    "np.place(M, M > 0, 0)",
    "np.random.shuffle(M)",
    "np.seterr(all='raise')",
    "M.tofile('x')",
    "M.dump('x')",
    "M.dumps()",
    "M.ctypes",
    "M.data",
    "M.base",
    "M.resize(9)",
    "M.setflags(write=True)",
    "M.view()",
    "M.astype('O')",
    "M.astype(object)",
    "M.itemset(0, 1)",
    "np.multiply(M, 0, M)",
    "np.exp(M, M)",
    "np.exp(M, out=M)",
    "np.sum(M, 0, None, M)",
    "np.sum(M, dtype=object)",
    "np.sum(M, where=M > 0)",
    "np.clip(M, 0, 1, M)",
    "np.round(M, 1, M)",
    "np.pad(M, 1, mode='empty')",
    "np.pad(M, 1, mode=n)",
    "np.einsum('ij->', M, out=M)",
    "np.einsum('...j', M)",
    "np.einsum(M, [0, 1])",
    "np.where.reduce(M)",
    "'{0.__class__}'.format(M)",
    "f'{M.__class__}'",
    "f'{1:{10**9}}'",
    "'%1000000000d' % 1",
    "M @ (lambda: 0)()",
    "(x for x in M)",
    "{'a': 1}",
    "(y := M)",
    "M if (y := 1) else 0",
    "max(**{})",
    "yield M",
    "await M",
    "b'x'",
    "1j",
    "n.real",
    "n.to_bytes(1)",
    "n.bit_length()",
    "True.__class__",
    "'a'.upper()",
    "...",
    "Ellipsis",
    "NotImplemented",
    "np",
    "numpy",
]

TOO_MUCH = [
    "9**9**9",
    "9**9**9**9",
    "-9**9**9",
    "2**(10**18)",
    "2**2**2**2**2**2",
    "(2**1000)*(2**1000)",
    "((2**1000)*10)**9",
    "10**308*10.0**308*10**9999",
    "'a'*10**9",
    "[0]*10**9",
    "(0,)*10**9",
    "[[0]*9999]*9999",
    "(1, 2)*(2**62)",
    "round(n, -10**9)",
    "round(n, 10**9)",
    "np.round(M, 10**9)",
    "np.ones((10**6, 10**6))",
    "np.ones(10**9)",
    "np.zeros((1000, 1001))",
    "np.full((2**62, 4), 1)",
    "np.eye(10**5)",
    "np.eye(2, 10**9)",
    "np.eye(N=10**5)",
    "np.zeros(shape=(10**9,))",
    "np.arange(10**9)",
    "np.arange(0, 1, 1e-9)",
    "np.arange(0, 1, 0)",
    "np.arange(0, np.inf)",
    "np.arange(np.nan)",
    "range(10**9)",
    "np.linspace(0, 1, 10**9)",
    "np.linspace(0, 1, num=10**9)",
    "np.tile(M, 10**9)",
    "np.tile(M, (10**5, 10**5))",
    "np.repeat(M, 10**9)",
    "np.repeat(M, (10**9, 1), 0)",
    "np.pad(M, 10**9)",
    "np.pad(M, ((0, 10**9), (0, 0)))",
    "np.broadcast_to(M, (10**9, 2, 3))",
    "np.broadcast_to(0, (10**4,)*9)",
    "np.kron(L, L)",
    "np.outer(L, L)",
    "np.diag(L)",
    "np.triu(L)",
    "L[:, None] * L",
    "L[:, None] == L",
    "np.maximum(L[:, None], L)",
    "np.where(L[:, None] > L, 1, 0)",
    "L[:, None] @ L[None]",
    "np.matmul(L[:, None], L[None])",
    "np.einsum('i,j->ij', L, L)",
    "np.einsum('i,j->', L, L)",
    "np.einsum('i,j,k,l', L, L, L, L)",
    "L[np.zeros((100, 100), dtype=int)[:, :, None] + np.arange(200)]",
    "M[(None,)*7]",
    "M[None, None, None, None, None, None, None]",
    "np.expand_dims(M, L)",
    "np.expand_dims(np.ones((1,)*8), 0)",
    "np.stack([np.ones((1,)*8)])",
    "np.reshape(n, (1,)*9)",
    "np.stack(L)",
    "np.concatenate(L[:, None])",
    "M.sum(L)",
    "np.median(np.ones((1000, 1000))) + np.median(np.ones((1000, 1000)))"
    " + np.median(np.ones((1000, 1000)))",
    "np.tanh(np.tanh(np.tanh(np.tanh(np.tanh(np.tanh(np.ones((1000, 1000))))))))",
    "(" * 10_000 + "n" + ")" * 10_000,
    "(" * 1000 + "n" + ")" * 1000,
    "[" * 1000 + "n" + "]" * 1000,
    "np.exp(" * 300 + "n" + ")" * 300,
    "-" * 4000 + "n",
    "~" * 4000 + "n",
    "not " * 1000 + "n",
    "n" + ".T" * 1000,
    "n" + "[0]" * 1000,
    "n" + "+n" * 1000,
    "n" + "**n" * 1000,
    "n" + " if n else n" * 300,
    "n" + "<n" * 1000,
    "n," * 2000,
    "n" * 1_000_000,
    "1" * 1_000_000,
    "1" * 4000,
    " " * 1_000_000,
    "\n" * 1000,
    "9" * 4096,
    "1e" + "9" * 4000,
    "\x00",
    "n\x00",
    "\ud800",
    "'\ud800'",
    "\u202en",
    "n\u200b",
    "\ufeffn",
    "n\x1b[2J",
]

BOMBS = [
    "a = (n, n)\n" + "a = (a, a)\n" * 50,
    "a = [n, n]\n" + "a = [a, a]\n" * 50,
    "a = (n, n)\n" + "a = a + a\n" * 50,
    "a = (n, n)\n" + "a = a * 10\n" * 50,
    "a = M\n" + "a = np.kron(a, M)\n" * 50,
    "a = M\n" + "a = np.concatenate([a, a])\n" * 50,
    "a = M\n" + "a = np.stack([a, a])\n" * 50,
    "a = 10\n" + "a = a*a\n" * 50,
    "a = 10\n" + "a = a**a\n" * 50,
    "a = L\n" + "a = np.sort(a)\n" * 58,
    "a = M.copy()\n" + "a[None, None, None, None, None, None, None] = 1",
    "a = L*1.0\n" + "a += np.exp(a)\n" * 58,
    "a, b = L\n",
    "\n".join(["a = 1"] * 201),
]


@pytest.mark.parametrize("table", [LEARNER, BANK], ids=["learner", "bank"])
@pytest.mark.parametrize(
    "source", [*REACHING_OUT, *TOO_MUCH, *BOMBS], ids=lambda text: ascii(text)[1:40]
)
def test_hostile_texts_are_refused_at_once(source: str, table: Table) -> None:
    """Nothing outside the table is reached and no work beyond the limits is done."""
    start = time.process_time()

    for statements in (False, True):
        with pytest.raises(LanguageError) as caught:
            run(parse(source, names=VALUES, table=table, statements=statements), VALUES)
        assert len(caught.value.problem) < 300
        assert caught.value.problem.isprintable()
        assert len(caught.value.source) <= 4096

    assert time.process_time() - start < PATIENCE


CHANGED_IN_PLACE = [
    "M[0] = 9\nM",
    "M += 1\nM",
    "M.fill(9)\nM",
    "M.sort(axis=0)\nM *= 2\nM",
    "A = M\nA[0] = 9\nA",
    "A = M.T\nA += 1\nA",
    "for row in M:\n    row *= 2\nM",
    "def f(M):\n    M[0] = 9\n    return M",
    "A = np.array(M, copy=False)\nA[0] = 9\nA",
    "x = M.flat\nx[0] = 9\nM + 1",
    "np.copyto(M, 9)\nM",
    "np.fill_diagonal(M, 9)\nM",
    "np.add.at(M, 0, 1)\nM",
    "A = M.reshape(3, 2)\nA[0] = 9\nA",
]


@pytest.mark.parametrize("source", CHANGED_IN_PLACE)
def test_what_a_program_changes_is_its_own(source: str) -> None:
    """Arrays are changed in place, and what was given stays for the next case."""
    given = {"M": VALUES["M"].copy()}  # type: ignore[attr-defined]
    program = parse(source, names=["M"], table=LEARNER, statements=True)

    first = run(program, given)

    assert not np.array_equal(first, VALUES["M"])
    assert np.array_equal(given["M"], VALUES["M"])
    assert np.array_equal(run(program, given), first)


def test_the_work_of_a_run_is_counted_together() -> None:
    """Steps that are each allowed are refused where their sum is too much."""
    line = "b = a*a\n"
    program = parse(
        "a = np.ones((1000, 1000))\n" + line * 10,
        names=(),
        table=LEARNER,
        statements=True,
    )
    assert isinstance(run(program, {}), np.ndarray)

    too_long = parse(
        "a = np.ones((1000, 1000))\n" + line * 30,
        names=(),
        table=LEARNER,
        statements=True,
    )
    with pytest.raises(EvaluationError, match="steps of work"):
        run(too_long, {})
    # The next run starts afresh.
    assert isinstance(run(program, {}), np.ndarray)


@pytest.mark.parametrize(
    "source",
    [
        "\n".join(f"a{k} = np.ones((1000, 1000))" for k in range(38)),
        "a = np.ones(10**6)\n" + "b = np.isin(a, a)\n" * 9,
        "a = np.ones(10**6)\nb = (" + "a, " * 200 + ")\nc = [b, b, b]\nnp.array(c)",
        "a = (n,)*9000\nb = (a, a, a, a, a)\nnp.array(b)",
        "a = np.zeros((1,)*8 + (1,))",
    ],
    ids=["names", "sorts", "one-array-often", "long-tuples", "axes"],
)
def test_memory_is_bounded(source: str) -> None:
    """What a refused program had in memory at once stays far below a gigabyte."""
    program = parse(source, names=VALUES, table=LEARNER, statements=True)
    tracemalloc.start()
    try:
        with pytest.raises(EvaluationError):
            run(program, VALUES)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 400 * 2**20


def test_borders_are_never_what_the_memory_was() -> None:
    """Every mode of a border that is allowed fills it."""
    assert "empty" not in BORDERS
    for mode in BORDERS:
        program = parse(f"np.pad(M, 1, mode='{mode}')", names=["M"], table=LEARNER)
        padded = run(program, {"M": np.ones((3, 3))})
        assert isinstance(padded, np.ndarray)
        assert set(padded.flat) <= {0.0, 1.0}


def test_a_planted_hole_would_be_seen() -> None:
    """A table that lets a text through to a method would fail the tests above."""
    leaky = BANK.extended({"reach": lambda value, name: getattr(value, name)})
    program = parse("reach(M, 'dtype')", names=["M"], table=leaky)

    with pytest.raises(EvaluationError, match="is no value of this language"):
        run(program, VALUES)


FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "jinja2"}
FORBIDDEN_ATTRIBUTES = {
    ("np", "load"),
    ("numpy", "load"),
    ("yaml", "load"),
    ("yaml", "full_load"),
    ("yaml", "unsafe_load"),
    ("os", "system"),
    ("os", "popen"),
}


def forbidden(code: str) -> list[str]:
    """Return what a piece of code does that nothing in this project may do."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found += [node.func.id] if node.func.id in FORBIDDEN_CALLS else []
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pair = (node.value.id, node.attr)
            found += [".".join(pair)] if pair in FORBIDDEN_ATTRIBUTES else []
        if isinstance(node, ast.Import):
            names = [alias.name.partition(".")[0] for alias in node.names]
            found += [name for name in names if name in FORBIDDEN_MODULES]
        if isinstance(node, ast.ImportFrom):
            name = (node.module or "").partition(".")[0]
            found += [name] if name in FORBIDDEN_MODULES else []
        if isinstance(node, ast.keyword) and node.arg in ("shell", "allow_pickle"):
            harmless = isinstance(node.value, ast.Constant) and not node.value.value
            found += [] if harmless else [node.arg]
    return found


FILES = sorted(Path(drill.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_no_code_is_made_from_data(file: Path) -> None:
    """No file of the project evaluates text, unpickles, or starts a shell."""
    assert not forbidden(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "code",
    [
        "eval('1')",
        "exec('1')",
        "import pickle",
        "from pickle import loads",
        "np.load(path)",
        "yaml.load(text)",
        "run('ls', shell=True)",
        "load(path, allow_pickle=True)",
    ],
)
def test_a_planted_slip_is_seen(code: str) -> None:
    """Each thing that is forbidden would be found if it were there."""
    assert forbidden(code)
