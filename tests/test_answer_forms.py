"""Answers as people write them: what is read, what was assumed, what is refused."""

from __future__ import annotations

import contextlib
import math
import time

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from drill.answer import read_text
from drill.answer.calculation import calculated
from drill.errors import UnreadableError
from drill.language import LEARNER, parse, run

ROWS = [[1, 2], [3, 4]]
WORKED = "2*1 was read as 2, 9/3 as 3, 2**2 as 4"
ADDED = "a pair of brackets was put around all"

MATRICES = [
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", ""),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \\ \end{pmatrix}", ""),
    (r"$$\begin{bmatrix}1&2\\3&4\end{bmatrix}$$", ""),
    (r"$A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$", ""),
    (r"\left[\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right]", ""),
    (r"1 & 2 \\ 3 & 4", ""),
    ("\\[\n\\begin{matrix}\n1 & 2 \\\\\n3 & 4\n\\end{matrix}\n\\]", ""),
    (r"\begin{bmatrix} \frac{2}{2} & 2 \\[4pt] 3 & 4.0 \end{bmatrix}", None),
    ("{{1,2},{3,4}}", ""),
    ("{{1, 2},\n {3, 4}}", ""),
    ("(1,2),(3,4)", ADDED),
    ("[1,2],[3,4]", ADDED),
    ("[1, 2]\n[3, 4]", ADDED),
    ("[1 2]\n[3 4]", ADDED),
    ("[1,2];[3,4]", ADDED),
    ("array([1, 2]), array([3, 4])", ADDED),
    ("|---|---|\n| 1 | 2 |\n| 3 | 4 |", ""),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", ""),
    ("|  |  |\n|:-:|--:|\n| 1 | 2 |\n| 3 | 4 |\n", ""),
    ("a | b\n--|--\n1 | 2\n3 | 4", None),
    ("| 1 | 2 |\n| 3 | 4 |", ""),
    ("   0  1\n0  1  2\n1  3  4", "the labels 0, 1, … were left out"),
    ("[1 2\n 3 4]", "each line was read as a row"),
    ("[1, 2\n 3, 4]", "each line was read as a row"),
    ("[\n1 2\n3 4\n]", "each line was read as a row"),
    ("[1 2;\n3 4]", ""),
    ("1 2;\n3 4;", ""),
    ("[[1, 2], [3, 4]]  # answer", ""),
    ("[[1, 2], # first\n [3, 4]] # second", ""),
    ("[[1, 2], [3, 4]].", ""),
    ("[[1, 2], [3, 4]];", ""),
    ("'[[1, 2], [3, 4]]'", ""),
    ("“[[1, 2], [3, 4]]”", ""),
    ("`[[1, 2], [3, 4]]`", ""),
    ("```\n1 2\n3 4\n```", ""),
    ("```python\n[[1, 2],\n [3, 4]]\n```", ""),
    (">>> A\narray([[1, 2],\n       [3, 4]])", ""),
    (">>> print(A)\n[[1 2]\n [3 4]]", ""),
    ("In [3]: A\nOut[3]: \narray([[1, 2],\n       [3, 4]])", ""),
    ("row 1: 1 2\nrow 2: 3 4", ""),
    ("Row 0 = 1 2\nRow 1 = 3 4", ""),
    ("np.matrix('1 2; 3 4')", ""),
    ("matrix([[1, 2], [3, 4]])", ""),
    ("[[1, 2*1], [9/3, 2**2]]", "2*1 was read as 2, 2**2 as 4"),
    ("[[1, 2 * 1], [3, 5 - 1]]", "2 * 1 was read as 2, 5 - 1 as 4"),
    ("1 sqrt(4); 3 (1+3)", "sqrt(4) was read as 2, (1+3) as 4"),
    ("1 2^1; 3 2²", "2^1 was read as 2, 2² as 4"),
    ("1e0 20×10⁻¹; 3 0.4*10^1", None),
]


@pytest.mark.parametrize(
    ("text", "note"), MATRICES, ids=lambda value: ascii(value)[:40]
)
def test_a_matrix_in_any_of_its_forms(text: str, note: str | None) -> None:
    """Each is 1 2 over 3 4, with what was assumed about it."""
    reading = read_text(text, "array")

    np.testing.assert_allclose(reading.array, ROWS)
    assert reading.array.shape == (2, 2)
    assert note is None or reading.note == note


OTHERS = [
    ("½ −1.25; 3 4e-3", "array", [[0.5, -1.25], [3, 0.004]]),
    ("4×10⁻³ 4*10^-3", "array", [0.004, 0.004]),
    (r"\begin{bmatrix} 1 & 2 \end{bmatrix}", "array", [[1, 2]]),
    (r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}", "array", [[1], [2]]),
    ("row 1: 1 2 3", "array", [[1, 2, 3]]),
    ("{1, 2, 3}", "array", [1, 2, 3]),
    ("[1, 2, 3].", "array", [1, 2, 3]),
    ("30+1", "integer", 31),
    ("(46+2*6-11)//2+1", "integer", 24),
    ("(46+12−11)//2+1", "integer", 24),
    ("2^5-1", "integer", 31),
    ("2**5", "integer", 32),
    ("31 - 1", "integer", 30),
    ("sqrt(0.25)", "number", 0.5),
    ("np.sqrt(0.25)", "number", 0.5),
    ("ln(2)", "number", math.log(2)),
    ("log(2)", "number", math.log(2)),
    ("exp(-1)", "number", math.exp(-1)),
    ("e^-1", "number", math.exp(-1)),
    ("e^(-1)", "number", math.exp(-1)),
    ("√2", "number", math.sqrt(2)),
    ("√(2)", "number", math.sqrt(2)),
    ("1-1/4", "number", 0.75),
    ("tanh(0.5)", "number", math.tanh(0.5)),
    ("⌊65/2⌋+1", "integer", 33),
    ("int(47/2)+1", "number", 24),
    ("|-3|", "number", 3),
    ("2^{5}-1", "integer", 31),
    ("30 + 1 = 31", "integer", 31),
    ("1/3 ≈ 0.333", "number", 1 / 3),
    ("30+1 cells", "integer", 31),
    ("np.float64(0.5)", "number", 0.5),
    ("[int(7/2), 4]", "array", [3, 4]),
    ("1/(1+e^-2)", "number", 1 / (1 + math.exp(-2))),
    ("-(1/2)", "number", -0.5),
    ("max(1, 2) + 1", "number", 3),
    ("½", "number", 0.5),
    ("1½", "number", 1.5),
    ("-1½", "number", -1.5),
    (r"\frac{1}{2}", "number", 0.5),
    (r"-\frac{1}{2}", "number", -0.5),
    (r"$0.5$", "number", 0.5),
    (r"$\frac{3}{4}$", "number", 0.75),
    (r"\dfrac{1}{2}", "number", 0.5),
    (r"5 \cdot 10^{-1}", "number", 0.5),
    (r"$5 \times 10^{-1}$", "number", 0.5),
    (r"\sqrt{0.25}", "number", 0.5),
    ("5·10^-1", "number", 0.5),
    ("5×10⁻¹", "number", 0.5),
    ("5 × 10⁻¹", "number", 0.5),
    ("5x10^-1", "number", 0.5),
    ("2.5x10^3", "integer", 2500),
    ("1*10^5", "number", 1e5),
    ("3.5*10^-2", "number", 0.035),
    ("≈0.5", "number", 0.5),
    ("≈ 0.5", "number", 0.5),
    ("~0.5", "number", 0.5),
    ("=0.5", "number", 0.5),
    ("= 0.5", "number", 0.5),
    ("x = 0.5", "number", 0.5),
    ("0.5.", "number", 0.5),
    ("'0.5'", "number", 0.5),
    ("`31`", "integer", 31),
    ("31 # by the formula", "integer", 31),
    ("31 cells", "integer", 31),
    ("0.5 m", "number", 0.5),
    ("(31, 31, 64) (H×W×C)", "shape", [31, 31, 64]),
    ("(31, 31, 64) HWC", "shape", [31, 31, 64]),
    ("H=31, W=31, C=64", "shape", [31, 31, 64]),
    ("H = 31, W = 31, C = 64", "shape", [31, 31, 64]),
    ("[31; 31; 64]", "shape", [31, 31, 64]),
    ("(32-2+1, 31, 64)", "shape", [31, 31, 64]),
    (r"$31 \times 31 \times 64$", "shape", [31, 31, 64]),
    ("{31, 31, 64}", "shape", [31, 31, 64]),
]


@pytest.mark.parametrize(
    ("text", "kind", "value"), OTHERS, ids=[ascii(row[0]) for row in OTHERS]
)
def test_every_other_form(text: str, kind: str, value: object) -> None:
    """Numbers, vectors and shapes, worked out, typeset, and with what stands around."""
    reading = read_text(text, kind)

    np.testing.assert_allclose(reading.array, value, rtol=1e-15)
    assert reading.array.shape == np.shape(value)


REFUSED = [
    ("1 2 | 3 4", "array", "'|' could part rows or columns", 5),
    ("| 1 2 | 3 4 |", "array", "'|' could part rows or columns", 7),
    ("1;2\n3;4", "array", "';' and line ends both separate rows here", 2),
    ("1 2 / 3 4", "array", "rows are parted by ';'", 5),
    ("0,5 -1,25; 3 0,004", "array", "write a decimal point", None),
    ("[]", "array", "there is no number in it", 0),
    ("[[]]", "array", "there is no number in it", 0),
    ("[[1+0j, 2], [3, 4]]", "array", "there are no complex numbers here", 5),
    ("1+0j", "number", "there are no complex numbers here", 3),
    ("| 1 | 2 |\n|---|---|\n| 3 | 4 |", "array", "could be names (1 rows are left) or", 1),
    ("   a  b\n0  1  2\n1  3  4", "array", "numbers are due here, not 'a'", 4),
    ("   0  2\n0  1  2\n1  3  4", "array", "the rows differ", None),
    ("1 3-1; 2 4", "array", "is this a difference or two numbers?", 4),
    ("[1 2 - 3 4]", "array", "this sign stands alone", 6),
    ("1,000", "number", "write a decimal point", 2),
    ("1 000", "integer", "no number starts with 0 and a digit", 3),
    ("31 or 32", "integer", "numbers are due here, not 'or'", 4),
    ("31 (30+1)", "integer", "this could be two numbers or a product", 3),
    ("5e", "number", "an unfinished power of ten", 2),
    ("30+1 = 32", "integer", "the calculation gives 31", 8),
    ("np.int64(7/2)", "number", "", None),
    ("30-31", "integer", "this could be a range or the difference 30 − 31", 3),
    ("0.4–0.5", "number", "this could be a range or the difference", 4),
    (r"1\frac{1}{2}", "number", "this could be a sum, 1 + 1/2, or a product", 1),
    ("1 1/2", "number", "one number is due; this has 2", 0),
    ("3 million", "integer", "'million' changes the number", 3),
    ("12 k", "integer", "'k' changes the number", 4),
    ("thirty", "integer", "numbers are due here, not 'thirty'", 1),
    ("2x+1", "number", "numbers are due here", 2),
    ("x+1", "number", "numbers are due here, not 'x+1'", 1),
    ("30+", "number", "", None),
    ("(30", "number", "", None),
    ("1/0 + 1", "number", "this divides by zero", None),
    ("10^400", "number", "", None),
    ("sqrt(-1)", "number", "this calculation gives nan", 1),
    ("log(0)", "number", "this calculation gives -inf", 1),
    ("9**9**9", "number", "too large", None),
    ("(None, 31, 31, 64)", "shape", "the batch is not counted here", 2),
    ("(batch, 31, 64)", "shape", "the batch is not counted here", 2),
    ("(?, 31, 64)", "shape", "the batch is not counted here", 2),
    ("array([1, 2])[0]", "array", "the brackets are closed here already", 14),
    ("[1, 2] [3, 4]", "array", "the brackets are closed here already", 8),
    (r"\foo{1}", "array", r"numbers are due here, not '\foo'", 1),
    (r"\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}", "array", "numbers are due", 1),
    ("1, 2 and 3", "array", "", None),
    ("__import__('os')", "number", "without '_'", 1),
    ("[" + "".join(f"{k}+1, " for k in range(300)) + "1]", "array", "more than 200 calculations", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "said", "column"),
    REFUSED,
    ids=[ascii(row[0])[:40] for row in REFUSED],
)
def test_what_is_refused(text: str, kind: str, said: str, column: int | None) -> None:
    """In one sentence, with the place in the text as it was typed."""
    with pytest.raises(UnreadableError) as caught:
        read_text(text, kind)

    assert said in str(caught.value)
    assert column is None or caught.value.column == column
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [
        ("(46+12−11)//2+1", "integer", "(46+12−11)//2+1 was read as 24"),
        ("sqrt(2)", "number", "sqrt(2) was read as 1.41421"),
        ("31 cells", "integer", "the word 'cells' was left out"),
        ("1+1, 2+2, 3+3, 4+4", "array", "1+1 was read as 2, 2+2 as 4, 3+3 as 6, and 1 more"),
        ("[0.5]", "number", "the one number in the brackets was read"),
        ("½", "number", "½ was read as 0.5"),
        ("1/3", "number", ""),
        ("0.5", "number", ""),
    ],
)  # fmt: skip
def test_what_was_assumed_is_said(text: str, kind: str, note: str) -> None:
    """Whatever was worked out or left out is told with the verdict."""
    assert read_text(text, kind).note == note


@pytest.mark.parametrize("text", ["30+1", "2^5", "sqrt(4)", "(28-3)/2+1"])
def test_a_question_may_want_the_result(text: str) -> None:
    """Where the arithmetic is the point, it is not done for the learner."""
    with pytest.raises(UnreadableError, match="give the result, not the calculation"):
        read_text(text, "integer", calculation=False)
    with pytest.raises(UnreadableError):
        read_text(f"[{text}, 1]", "array", calculation=False)


NUMBERS = st.integers(-99, 99) | st.floats(-99, 99).map(lambda x: round(x, 2))
TEMPLATES = [
    r"\begin{{bmatrix}} {} & {} \\ {} & {} \end{{bmatrix}}",
    r"$\begin{{pmatrix}}{}&{}\\{}&{}\end{{pmatrix}}$",
    r"{} & {} \\ {} & {}",
    "{{{{{},{}}},{{{},{}}}}}",
    "({}, {}), ({}, {})",
    "[{},{}],[{},{}]",
    "| a | b |\n|---|---|\n| {} | {} |\n| {} | {} |",
    "| {} | {} |\n| {} | {} |",
    "[{} {}\n {} {}]",
    "[[{}, {}], [{}, {}]]  # answer",
    "row 1: {} {}\nrow 2: {} {}",
    "np.matrix('{} {}; {} {}')",
    "“[[{}, {}], [{}, {}]]”",
    "```\n{} {}\n{} {}\n```",
]


@given(st.sampled_from(TEMPLATES), st.lists(NUMBERS, min_size=4, max_size=4))
def test_the_forms_with_other_numbers(template: str, numbers: list[float]) -> None:
    """Whatever numbers stand in a form, they are read in their places."""
    text = template.format(*numbers)

    np.testing.assert_array_equal(
        read_text(text, "array").array, np.reshape(numbers, (2, 2))
    )


CALCULATIONS = st.recursive(
    st.integers(0, 20).map(str) | st.sampled_from(["0.5", "1.25", "pi"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/^"), inner).map("".join)
        | inner.map("({})".format)
        | inner.map("sqrt({})".format)
    ),
    max_leaves=6,
)


@given(CALCULATIONS)
def test_a_calculation_gives_what_the_formula_language_gives(text: str) -> None:
    """The same text, read as a formula, has the same value; or both are refused."""
    try:
        value = run(parse(text, names=(), table=LEARNER, formula=True), {})
    except Exception:
        assume(False)
    assume(isinstance(value, int | float) and math.isfinite(value))
    with contextlib.suppress(UnreadableError):
        assert read_text(text, "number").array == pytest.approx(value, rel=1e-15)


def test_64_kib_of_calculations_are_answered_at_once() -> None:
    """The limit on calculations holds before the work is done."""
    start = time.process_time()
    for text in (
        ", ".join(f"{k}+1" for k in range(9_000)),
        " ".join(f"sqrt({k})" for k in range(6_000)),
    ):
        with pytest.raises(UnreadableError):
            read_text(text, "array")
    for text in ("1+1, " * 13_000 + "1", "((1+1)*2) " * 6_000):
        assert set(read_text(text, "array").array.tolist()) <= {1, 2, 4}
    assert time.process_time() - start < 5


def test_an_unfinished_calculation_is_told_by_the_language() -> None:
    """Its own sentence, at its own place."""
    with pytest.raises(UnreadableError) as caught:
        calculated("2*(3+")
    assert caught.value.column


@given(
    hnp.arrays(
        st.sampled_from([np.float64, np.int64, np.bool_]),
        hnp.array_shapes(min_dims=0, max_dims=4, min_side=1, max_side=4),
    ),
    st.sampled_from(["unique", "maxprec", "fixed", "maxprec_equal"]),
    st.sampled_from([" ", "+", "-"]),
    st.booleans(),
    st.sampled_from([40, 75, 200]),
)
def test_whatever_numpy_prints_is_read_back_or_refused(
    array: np.ndarray, mode: str, sign: str, small: bool, width: int
) -> None:
    """With all its digits, however they are laid out; never changed."""
    options = {"floatmode": mode, "sign": sign, "suppress": small, "linewidth": width}
    with np.printoptions(precision=17, threshold=10**6, **options):
        texts = [str(array), repr(array), str(array.tolist())]
    for text in texts:
        with contextlib.suppress(UnreadableError):
            np.testing.assert_array_equal(read_text(text, "array").array, array)


@given(st.integers(2, 90), st.sampled_from([60, 75, 100]))
def test_a_vector_that_numpy_wraps_is_no_matrix(size: int, width: int) -> None:
    """Its lines are joined, or both readings are shown."""
    vector = np.linspace(-1, 1, size)
    with np.printoptions(linewidth=width, threshold=10**6, floatmode="unique"):
        text = str(vector)
    with contextlib.suppress(UnreadableError):
        np.testing.assert_array_equal(read_text(text, "array").array, vector)


def test_a_summarised_print_is_refused() -> None:
    """numpy left numbers out."""
    for array in (np.arange(2000), np.ones((2000, 3)), np.zeros((50, 50))):
        with pytest.raises(UnreadableError, match="left numbers out"):
            read_text(str(array), "array")


@pytest.mark.extra
@given(
    hnp.arrays(
        np.float64,
        hnp.array_shapes(min_dims=0, max_dims=4, max_side=4),
        elements=st.floats(-1e6, 1e6),
    )
)
def test_whatever_torch_prints_is_read_back_or_refused(array: np.ndarray) -> None:
    """As numpy's: all digits, or a sentence."""
    torch = pytest.importorskip("torch")
    torch.set_printoptions(precision=17, threshold=10**6, sci_mode=None)
    tensor = torch.tensor(array)
    for text in (str(tensor), str(tensor.tolist()), str(tensor.requires_grad_())):
        with contextlib.suppress(UnreadableError):
            np.testing.assert_allclose(
                read_text(text, "array").array, array, rtol=1e-15
            )
