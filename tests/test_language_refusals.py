"""What the language refuses: the sentence, word for word, and its place."""

from __future__ import annotations

import numpy as np
import pytest

from drill.errors import EvaluationError, LanguageError
from drill.language import LEARNER, parse, run

VALUES = {
    "M": np.array([[13, 9, 29], [5, 11, 1]]),
    "W": np.arange(6.0).reshape(3, 2),
    "w": np.array([1.0, -2.0]),
    "x": np.array([3.0, -1.0]),
    "lam": 0.5,
    "yhat": 0.25,
    "n": 7,
    "p": 1,
    "s": 2,
}
NAMES = "M, W, lam, n, p, s, w, x, yhat"


def refused(source: str, *, formula: bool) -> LanguageError:
    """Return the refusal of `source`."""
    with pytest.raises(LanguageError) as caught:
        run(
            parse(
                source, names=VALUES, table=LEARNER, statements=True, formula=formula
            ),
            VALUES,
        )
    assert caught.value.source == source
    return caught.value


# Each line: the text, the line and column of the complaint, and the complaint.
PROGRAMS = [
    ("", (1, 1), "there is nothing to read: write a formula"),
    ("# later", (1, 1), "there is nothing to read: write a formula"),
    ("2p", (1, 2), "an operator is missing between `2` and `p`: write 2*p for a product"),
    ("n p", (1, 3), "an operator is missing between `n` and `p`: write n*p for a product"),
    ("(n)(p)", (1, 4), "an operator is missing between `)` and `(`"),
    ("n^2", (1, 2), "`^` is bitwise in Python: write **"),
    ("n ^= 2", (1, 3), "`^` is bitwise in Python: write **"),
    ("lambda*w", (1, 1), "`lambda` is a Python word: write lam or λ"),
    ("z + 1", (1, 1), f"there is no `z`: the names you may use are {NAMES}"),
    ("yhatt", (1, 1), "there is no `yhatt`: did you mean `yhat`?"),
    ("n + lamw", (1, 5), "there is no `lamw`: write lam*w for a product"),
    ("θ", (1, 1), f"there is no `theta`: the names you may use are {NAMES}"),
    ("ж", (1, 1), "`ж` (U+0436) has no meaning here"),
    ("np.foo(M)", (1, 4), "there is no function `np.foo`: did you mean `np.floor`?"),
    ("np.maen(M)", (1, 4), "there is no function `np.maen`: did you mean `np.mean`?"),
    ("softmax(x)", (1, 1), "there is no function `softmax`: write it out, as np.exp(z) / np.sum(np.exp(z))"),
    ("np.linalg.sum(M)", (1, 11), "there is no `np.linalg.sum`: write np.sum"),
    ("np.random.rand(3)", (1, 11), "random numbers would differ on each run: they are not here"),
    ("np.sum", (1, 4), "`np.sum` is a function: write np.sum(…)"),
    ("exp", (1, 1), "`exp` is a function: write exp(…)"),
    ("np", (1, 1), "there is no `np`: write n*p for a product"),
    ("math.exp(n)", (1, 6), "write np.exp instead of math.exp: it takes arrays too"),
    ("torch.exp(n)", (1, 7), "write np.exp instead of torch.exp"),
    ("math.pi", (1, 6), "write np.pi instead of math.pi: it takes arrays too"),
    ("n\nimport torch", (2, 1), "only numpy is here, and it needs no import: leave this line out"),
    ("print n", (1, 7), "nothing is printed: let the last line be the value itself"),
    ("n if p", (1, 3), "`if` needs an `else`: write a if n > 0 else b"),
    ("n else p", (1, 3), "`else` needs an `if`: write a if n > 0 else b"),
    ("n := 3", (1, 3), "write = on a line of its own"),
    ("n <> p", (1, 3), "write !="),
    ("n && p", (1, 3), "write & between conditions in parentheses, or `and`"),
    ("n << 2", (1, 3), "bits are not moved here: write * 2**n"),
    ("n!", (1, 2), "`!` has no meaning here: `not` or ~ turns a condition round"),
    ("n ? p", (1, 3), "`?` has no meaning here"),
    ("$n$", (1, 1), "`$` has no meaning here: leave TeX signs out"),
    ("'abc'", (1, 1), "text in quotes has no place here: only numbers and arrays are computed"),
    ('f"{n}"', (1, 2), "text in quotes has no place here: only numbers and arrays are computed"),
    ("W' + 1", (1, 2), "for a transpose write .T: quotes have no place here"),
    ("x'w'", (1, 2), "for a transpose write .T: quotes have no place here"),
    ("n +", (1, 3), "something is missing after `+`"),
    ("a =", (1, 3), "something is missing after `=`"),
    ("* n", (1, 1), "something is missing before `*`"),
    ("(n + )", (1, 4), "something is missing after `+`"),
    ("n.", (1, 2), "something is missing after `.`"),
    ("(n", (1, 1), "`(` is never closed"),
    ("n)", (1, 2), "`)` closes nothing"),
    ("(n]", (1, 3), "`]` does not close `(`: write ) before"),
    ("n = 3 = p", (1, 5), "this cannot be read from here on"),
    ("x[]", (1, 3), "this cannot be read from here on"),
    ("007", (1, 1), "write 7 without the leading 0"),
    ("99999999999999999999", (1, 1), "the number is too large: write it as a power, as 2.0**64"),
    ("...", (1, 1), "`...` stands between square brackets only"),
    ("n(3)", (1, 1), "`n` is a value, not a function: write n*(…) for a product"),
    ("M.T(3)", (1, 3), "`.T` is not called: write .T alone, and * for a product"),
    ("M.exp()", (1, 3), "arrays have no `.exp(…)`: write np.exp(…)"),
    ("M.maen()", (1, 3), "arrays have no `.maen(…)`: did you mean `.mean(…)`?"),
    ("M.mean", (1, 3), "`.mean` is called: write .mean(…)"),
    ("M.dtype", (1, 3), "there is no `.dtype`: arrays have .T, .shape, .size and .ndim"),
    ("M._shape", (1, 3), "a name cannot start with `_`"),
    ("_n = 1", (1, 1), "a name cannot start with `_`"),
    ("np = 1", (1, 1), "`np` is numpy: choose another name"),
    ("M.mean(dim=1)", (1, 8), "numpy writes `axis=`, not `dim=`"),
    ("np.sum(M, keepdim=True)", (1, 11), "numpy writes `keepdims=`, not `keepdim=`"),
    ("np.sum(M, out=M)", (1, 11), "`sum` takes no `out=`: sum(a, axis=None, *, dtype=None, keepdims=False)"),
    ("np.multiply(M, 0, M)", (1, 19), "`multiply` takes 2 arguments by place: multiply(a, b, *, dtype=None)"),
    ("np.exp()", (1, 4), "`exp` needs `x`: exp(x)"),
    ("np.exp(x=M)", (1, 8), "`x` is given by its place, once: exp(x)"),
    ("np.sum(M, 0, axis=1)", (1, 14), "`axis` is given by its place, once: sum(a, axis=None, *, dtype=None, keepdims=False)"),
    ("M.astype(str)", (1, 10), "an element type is float, int or bool"),
    ("np.zeros(2, dtype=object)", (1, 19), "an element type is float, int or bool"),
    ("A[0] = 1", (1, 1), "there is no `A` yet: make it first, as np.zeros(…)"),
    ("M.T = 1", (1, 3), "`=` gives a value to a name: write the name before it"),
    ("A = 1\nA.x += 1", (2, 3), "only a name or an entry can be changed"),
    ("(n += 1)", (1, 4), "`+=` changes a name on a line of its own"),
    ("del n", (1, 1), "names need not be deleted: leave this line out"),
    ("n\u200b + 1", (1, 2), "ZERO WIDTH SPACE (U+200B) has no meaning here"),
    ("a = 1\nb = a +* 2", (2, 8), "something is missing before `*`"),
]  # fmt: skip

RUNS = [
    ("n / 0", (1, 3), "this divides by zero"),
    ("n + n // (p - 1)", (1, 7), "this divides by zero"),
    ("M - M.mean(axis=1)", (1, 3), "(2, 3) and (2,) do not broadcast: keepdims=True, or [:, None], keeps the axis"),
    ("W * M", (1, 3), "(3, 2) and (2, 3) do not broadcast: a transpose, .T, may be missing"),
    ("M + np.ones((4, 3))", (1, 3), "(2, 3) and (4, 3) do not broadcast: lined up at the right, 2 meets 4"),
    ("np.maximum(M, w)", (1, 4), "(2, 3) and (2,) do not broadcast: keepdims=True, or [:, None], keeps the axis"),
    ("np.ones((1, 3)) @ np.ones((2, 3))", (1, 17), "(1, 3) @ (2, 3): the inner sizes 3 and 2 differ; a transpose, .T, may be missing"),
    ("M @ np.ones(4)", (1, 3), "(2, 3) @ (4,): the inner sizes 3 and 4 differ"),
    ("M @ 2", (1, 3), "@ multiplies arrays: write * for a number"),
    ("M > 3 and M < 9", (1, 1), "6 truth values at once: write np.where(…), np.all(…) or np.any(…); join with & | ~ and parentheses"),
    ("0 < M < 9", (1, 3), "comparisons in a row take single numbers: for arrays write (a < b) & (b < c), each in parentheses"),
    ("M > 0.5 & M < 9", (1, 9), "& joins conditions: put each comparison in parentheses, as (a > 0) & (b > 0)"),
    ("M if M else n", (1, 6), "6 truth values at once: write np.where(…), np.all(…) or np.any(…); join with & | ~ and parentheses"),
    ("(x > 0) - (x < 0)", (1, 9), "truth values cannot be subtracted: write a != b, or .astype(float)"),
    ("-(x > 0)", (1, 1), "- on truth values has no meaning: write ~ for not"),
    ("M[2]", (1, 2), "index 2 is outside: the entries of axis 0 are 0 to 1"),
    ("M[0, -4]", (1, 2), "index -4 is outside: the entries of axis 1 are 0 to 2"),
    ("M[0, 0, 0]", (1, 2), "3 indices are too many: the shape is (2, 3)"),
    ("M[0.5]", (1, 2), "an index must be a whole number: write //, or .astype(int)"),
    ("M[x > 0, [True]]", (1, 2), "a mask of shape (1,) over axes (3,)"),
    ("M.shape[2]", (1, 8), "index 2 is outside: the entries are 0 to 1"),
    ("n[0]", (1, 2), "a number has no entries: [ ] indexes an array"),
    ("M.reshape(4, 2)", (1, 3), "6 entries cannot fill the shape (4, 2)"),
    ("M.mean(axis=2)", (1, 3), "there is no axis 2: there are 2, counted from 0"),
    ("np.zeros((n/s, 3))", (1, 4), "3.5 is not a whole number"),
    ("np.zeros((n*2/s, 3))", (1, 4), "7.0 is not a whole number: write int(…), or // for /"),
    ("np.zeros((2, -1))", (1, 4), "the shape (2, -1) has a negative size"),
    ("np.concatenate(M, M)", (1, 4), "an array of shape (2, 3) is not a whole number"),
    ("np.stack(n)", (1, 4), "write the arrays, 1,000 at most, as one tuple: ((a, b))"),
    ("np.array([[1, 2], [3]])", (1, 4), "the rows of a list differ in length"),
    ("[1, 2] * 0.5", (1, 8), "a list * a number has no meaning: write np.array([…])"),
    ("(1, 2).mean()", (1, 8), "a tuple has no methods: write np.array([…])"),
    ("[1, 2].T", (1, 8), "a list has no .T: write np.array([…])"),
    ("None + 1", (1, 6), "None cannot be used with +"),
    ("np.mean(np.zeros(0))", (1, 4), "there is nothing to average: the array is empty"),
    ("np.var([1], ddof=1)", (1, 4), "1 entry is too few for ddof=1"),
    ("max(0, x)", (1, 1), "max(…) of several values takes numbers: write np.maximum(…) for entries, or axis="),
    ("np.triu(w)", (1, 4), "a triangle is taken of a matrix"),
    ("np.pad(w, 1, mode='empty')", (1, 4), "the mode is one of constant, edge, reflect, symmetric, wrap"),
    ("(-8.0)**(1/3)", (1, 7), "a negative number to a broken power is not real"),
    ("10.0**400", (1, 5), "a number is too large here"),
    ("a, b, c = M.shape", (1, 1), "2 values for 3 names"),
    ("a, b = n", (1, 1), "a number cannot be shared among names"),
    ("A = 1*w\nA[:] = [1, 2, 3]", (2, 2), "an array of shape (3,) does not fit into the chosen entries"),
]  # fmt: skip

FORMULAS = [
    ("n/2p", (1, 4), "`/` before `2p` can be read in two ways: put `2p`, or what stands before it, in parentheses"),
    ("n/s p", (1, 5), "`/` before `s p` can be read in two ways: put `s p`, or what stands before it, in parentheses"),
    ("w @ 2x", (1, 6), "`@` before `2x` can be read in two ways: put `2x`, or what stands before it, in parentheses"),
    ("n(p)", (1, 2), "`n` is a value, not a function: write n*(…) for a product"),
    ("ŷ (ŷ)", (1, 3), "`ŷ` is a value, not a function: write ŷ*(…) for a product"),
    ("n 2", (1, 3), "`n 2` could be a product or a power: write n*2 or n**2"),
    ("2^2n", (1, 4), "where does the power end? Write …**2 * n, or …**(2*n)"),
    ("ln n", (1, 1), "`ln` needs parentheses: write ln(…)"),
    ("tanh x", (1, 1), "`tanh` needs parentheses: write tanh(…)"),
    ("tanh²(x)", (1, 5), "write the power after the parentheses: tanh(…)**2"),
    ("tanh^2(x)", (1, 5), "write the power after the parentheses: tanh(…)**2"),
    ("∑ w²", (1, 1), "`sum` needs parentheses: write sum(…)"),
    ("Σ w²", (1, 1), "`sum` needs parentheses: write sum(…)"),
    ("√2n", (1, 1), "put what is under the root in parentheses: √(…)"),
    ("[n + 2p]/s", (1, 1), "`[…]` makes a list: write ( ) around a part of a formula"),
    ("2[n + p]", (1, 2), "square brackets index an array: write round ones for a product"),
    ("0,5 n", (1, 2), "write a decimal point: 0.5"),
    ("|n| p |s|", (1, 7), "`|` could open or close here: write abs(…)"),
    ("||x||", (1, 1), "write | between conditions, `or`; np.linalg.norm(x) for a length"),
    ("‖x‖", (1, 1), "write np.linalg.norm(x) for a length"),
    ("|n", (1, 1), "`|` is never closed"),
    ("⌊n)", (1, 3), "`)` does not close `⌊`: write ⌋ before"),
    ("50%", (1, 3), "something is missing after `%`: a percentage is written 0.05"),
    ("np", (1, 1), "there is no `np`: write n*p for a product"),
    ("λ + ∮", (1, 5), "`∮` (U+222E) has no meaning here"),
    ("²", (1, 1), "something is missing before `²`"),
    ("∂w", (1, 1), "derivatives are not computed here: write the derivative itself"),
    ("x′", (1, 2), "write .T for a transpose, and another name for a derivative"),
    ("\\lambda", (1, 1), "`\\` has no meaning here: write names as lam, not as \\lambda"),
    ("2λ w - M", (1, 6), "(2,) and (2, 3) do not broadcast: keepdims=True, or [:, None], keeps the axis"),
]  # fmt: skip


def rows(table: list[tuple[str, tuple[int, int], str]]) -> list[object]:
    """Give each row of a table its text as its name."""
    return [pytest.param(*row, id=ascii(row[0])) for row in table]


@pytest.mark.parametrize(("source", "place", "problem"), rows(PROGRAMS))
def test_programs_are_refused_with_advice(
    source: str, place: tuple[int, int], problem: str
) -> None:
    """A refusal names the place and says what to write instead."""
    error = refused(source, formula=False)

    assert type(error) is LanguageError
    assert (error.problem, (error.line, error.column)) == (problem, place)


@pytest.mark.parametrize(("source", "place", "problem"), rows(RUNS))
def test_runs_fail_in_the_learners_terms(
    source: str, place: tuple[int, int], problem: str
) -> None:
    """What goes wrong on values is said with its operator, shapes and way out."""
    error = refused(source, formula=False)

    assert type(error) is EvaluationError
    assert (error.problem, (error.line, error.column)) == (problem, place)


@pytest.mark.parametrize(("source", "place", "problem"), rows(FORMULAS))
def test_formulas_are_not_guessed(
    source: str, place: tuple[int, int], problem: str
) -> None:
    """What paper leaves open is refused at the column in the text as typed."""
    error = refused(source, formula=True)

    assert (error.problem, (error.line, error.column)) == (problem, place)


def test_a_single_formula_has_no_lines() -> None:
    """Where one formula is wanted, assignments, imports and `;` are refused."""
    for source, problem in {
        "a = n": "`=` gives a name to a value; one value is wanted here: `==` compares",
        "n; p": "one formula is wanted here: no `;`",
        "n += 1": "`+=` changes a name on a line of its own",
        "import numpy as np": (
            "only numpy is here, and it needs no import: leave this line out"
        ),
    }.items():
        with pytest.raises(LanguageError) as caught:
            parse(source, names=VALUES, table=LEARNER)
        assert caught.value.problem == problem


def test_the_caret_stands_under_what_was_typed() -> None:
    """Columns count the letters that were typed, not those they are spelled as."""
    error = refused("a = 1\nλ ŷ² + √(zz)", formula=True)

    assert error.caret() == "λ ŷ² + √(zz)\n         ^"


def test_every_complaint_is_one_plain_sentence() -> None:
    """No complaint ends in a full stop, spans lines or quotes Python's own words."""
    for table in (PROGRAMS, RUNS, FORMULAS):
        for _, _, problem in table:
            assert "\n" not in problem
            assert not problem.endswith(".")
            assert "SyntaxError" not in problem
            assert "invalid syntax" not in problem
