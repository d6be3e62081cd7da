"""Typed answers: every honest form is read, everything else is refused with a place."""

from __future__ import annotations

import contextlib
import re
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from drill.answer import echo, pending, read_text, split_answers
from drill.errors import UnreadableError
from drill.visible import shown

ROWS = [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("[[1, 2], [3, 4]]", ROWS, id="nested lists"),
        pytest.param("((1, 2), (3, 4))", ROWS, id="tuples"),
        pytest.param("[[1 2]\n [3 4]]", ROWS, id="numpy print"),
        pytest.param("[[1. 2.]\n [3. 4.]]", ROWS, id="numpy print of floats"),
        pytest.param("array([[1, 2],\n       [3, 4]])", ROWS, id="numpy repr"),
        pytest.param("np.array([[1,2],[3,4]], dtype=np.float32)", ROWS, id="dtype"),
        pytest.param("tensor([[1, 2], [3, 4]], device='cuda:0')", ROWS, id="torch"),
        pytest.param(
            "tensor([[1., 2.],\n        [3., 4.]], grad_fn=<MulBackward0>)",
            ROWS,
            id="torch with a gradient",
        ),
        pytest.param("dX = [[1, 2], [3, 4]]", ROWS, id="with a name"),
        pytest.param("dX = np.array([[1, 2], [3, 4]])", ROWS, id="name and call"),
        pytest.param("1 2; 3 4", ROWS, id="semicolons"),
        pytest.param("[1 2; 3 4]", ROWS, id="semicolons in brackets"),
        pytest.param("[1, 2; 3, 4];", ROWS, id="as in Octave"),
        pytest.param("1 2\n3 4", ROWS, id="lines"),
        pytest.param("1, 2\n3, 4\n", ROWS, id="CSV"),
        pytest.param("1\t2\n3\t4", ROWS, id="tabs"),
        pytest.param("⎡ 1 2 ⎤\n⎣ 3 4 ⎦", ROWS, id="as drill prints it"),
        pytest.param("| 1 2 |\n| 3 4 |", ROWS, id="as drill prints it in ASCII"),
        pytest.param("[[1,2,],[3,4,],]", ROWS, id="trailing commas"),
        pytest.param("1 2 3", [1, 2, 3], id="a vector"),
        pytest.param("1, 2, 3", [1, 2, 3], id="a vector with commas"),
        pytest.param("[1 -2 3]", [1, -2, 3], id="a sign is no difference"),
        pytest.param("1; 2; 3", [[1], [2], [3]], id="a column"),
        pytest.param("[[1], [2]]", [[1], [2]], id="a nested column"),
        pytest.param("[[1, 2, 3]]", [[1, 2, 3]], id="a row"),
        pytest.param("17\n5.667", [17, 5.667], id="one number a line"),
        pytest.param("1/2 -3/4", [0.5, -0.75], id="fractions"),
        pytest.param("−1 +2", [-1, 2], id="Unicode minus"),
        pytest.param(".5 1e-3 2E2", [0.5, 0.001, 200], id="decimals"),
        pytest.param("[[[1, 2]], [[3, 4]]]", [[[1, 2]], [[3, 4]]], id="three axes"),
        pytest.param("[[[1 2]]\n\n [[3 4]]]", [[[1, 2]], [[3, 4]]], id="its print"),
        pytest.param("5", 5, id="a number"),
        pytest.param("[5]", [5], id="one entry"),
        pytest.param("[True False]", [1, 0], id="truth values"),
        pytest.param(
            "[np.float64(1.0), np.int64(2)]", [1, 2], id="list of numpy scalars"
        ),
        pytest.param("[np.True_, np.False_]", [1, 0], id="list of numpy truth values"),
        pytest.param("[array([1, 2]), array([3, 4])]", ROWS, id="list of arrays"),
        pytest.param("[tensor(1.), tensor(2.)]", [1, 2], id="list of tensors"),
        pytest.param(
            "np.array([1, nan, inf], np.float32)",
            [1, np.nan, np.inf],
            id="type by place",
        ),
        pytest.param(
            "tensor([1.], device=device(type='cuda', index=0), grad_fn=<A>)",
            [1],
            id="brackets after the numbers",
        ),
        pytest.param(
            "tf.Tensor(\n[[1. 2.]\n [3. 4.]], shape=(2, 2), dtype=float32)",
            ROWS,
            id="tf print",
        ),
        pytest.param(
            "<tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>",
            [1, 2],
            id="tf repr",
        ),
        pytest.param("Array([1., 2.], dtype=float32)", [1, 2], id="jax"),
        pytest.param("Matrix([[1, 2], [3, 4]])", ROWS, id="sympy"),
        pytest.param("torch.Size([2, 3])", [2, 3], id="size"),
        pytest.param("Out[3]: array([1, 2])", [1, 2], id="notebook"),
        pytest.param("∂L/∂x = [1, 2]", [1, 2], id="a mathematical name"),
        pytest.param("X =\n  ⎡ 1 2 ⎤\n  ⎣ 3 4 ⎦", ROWS, id="a block with its name"),
        pytest.param("⎡ 1 ⎤\n⎣ 2 ⎦", [[1], [2]], id="a column as drill prints it"),
        pytest.param("1 2\r\n3 4\r\n", ROWS, id="Windows lines"),
        pytest.param("1 2\r3 4", ROWS, id="old Mac lines"),
        pytest.param("[[1 2],[3 4]]", ROWS, id="blanks within, commas between"),
        pytest.param("[1 2;\n 3 4]", ROWS, id="semicolons and lines"),
        pytest.param("(1; 2)", [[1], [2]], id="a column in brackets"),
        pytest.param("（1，2）", [1, 2], id="wide brackets"),
        pytest.param("(5)", 5, id="brackets around a number, as in Python"),
        pytest.param("(5,)", [5], id="a tuple of one"),
        pytest.param("1, 2, 3,", [1, 2, 3], id="a trailing comma"),
        pytest.param("[[[[[[[[1]]]]]]]]", [[[[[[[[1]]]]]]]], id="eight axes"),
    ],
)
def test_arrays(text: str, value: object) -> None:
    """Every form that learners type or paste gives shape and numbers."""
    reading = read_text(text, "array")
    np.testing.assert_array_equal(reading.array, np.array(value))
    assert reading.array.shape == np.shape(value)


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        pytest.param("", "there is no number in it", 0, id="empty"),
        pytest.param("  \n ", "there is no number in it", 0, id="blanks"),
        pytest.param(
            "1 2; 3", "the rows differ: row 2 has 1 entry, row 1 has 2 entries", 6,
            id="ragged rows",
        ),
        pytest.param(
            "[[1, 2], 3]",
            "the rows differ: row 2 has a single number, row 1 has 2 entries",
            0,
            id="a number among rows",
        ),
        pytest.param("[[1, 2], [3, 4]", "this '[' is not closed", 1, id="open"),
        pytest.param("[(1, 2], 3)", "'(' is closed by ']'", 7, id="crossed"),
        pytest.param("[]", "there is no number in it", 0, id="nothing in brackets"),
        pytest.param("[[], []]", "there is no number in it", 0, id="empty rows"),
        pytest.param(
            "array([], shape=(0, 3), dtype=float64)", "there is no number in it", 0, id="empty repr"
        ),
        pytest.param(
            "[1, 2]]",
            "the brackets are closed here already: put one pair around all",
            7,
            id="closed twice",
        ),
        pytest.param(
            "[[1, 2]; [3, 4]]",
            "';' and inner brackets both separate rows: use one of them",
            8,
            id="mixed separators",
        ),
        pytest.param(
            "[1 - 2]",
            "this sign stands alone: write '1 -2' for two numbers, or the result",
            4,
            id="a lone sign",
        ),
        pytest.param(
            "1-2",
            "is this a difference or two numbers? Write '1 -2' for two numbers, or the"
            " result",
            2,
            id="a difference",
        ),
        pytest.param("1/0", "this divides by zero", 3, id="by zero"),
        pytest.param("1/", "a fraction needs a number below", 3, id="half a fraction"),
        pytest.param("[1,,2]", "a number is missing here", 4, id="two commas"),
        pytest.param(
            "1 two 3", "numbers are due here, not 'two'", 3, id="a word"
        ),
        pytest.param("1_000", "write the digits without '_'", 2, id="underscores"),
        pytest.param(
            "33%", "write the number without the % sign, as the question asks for it", 3, id="percent"
        ),
        pytest.param(
            "[[0 1 ... 8 9]]",
            "numpy left numbers out here: print with"
            " np.set_printoptions(threshold=100000)",
            7,
            id="numpy's dots",
        ),
        pytest.param(
            "[[1, 2], [3, 4, 5]]",
            "the rows differ: row 2 has 3 entries, row 1 has 2 entries", 10,
            id="ragged lists",
        ),
        pytest.param(
            "array([[1, 2],\n [3]])",
            "the rows differ: row 2 has 1 entry, row 1 has 2 entries", 17,
            id="ragged on the second line",
        ),
        pytest.param(
            "0,5 1,5; 2,5 3,5",
            "commas and blanks both separate numbers here: use one of them, and a point"
            " for decimals, 0.5", 5,
            id="decimal commas",
        ),
        pytest.param(
            "[1, 2 3]",
            "commas and blanks both separate numbers here: use one of them, and a point"
            " for decimals, 0.5", 7,
            id="a comma forgotten",
        ),
        pytest.param(
            "1 000",
            "no number starts with 0 and a digit: write 7, not 007, and 12000 without a"
            " blank", 3,
            id="thousands with a blank",
        ),
        pytest.param(
            "1, 2,\n3, 4",
            "this line ends in a comma: leave it out, or put brackets around all", 5,
            id="a line that may go on",
        ),
        pytest.param("1;;2", "a number is missing here", 3, id="an empty row"),
        pytest.param("1, ;2", "a number is missing here", 4, id="comma, semicolon"),
        pytest.param(",1", "a number is missing here", 1, id="a comma first"),
        pytest.param("1e999", "this is too large for a number", 1, id="too large"),
        pytest.param("1e999/1e999", "this is too large for a number", 1, id="no nan"),
        pytest.param("array([1, 2]).T", "numbers are due here, not '.T'", 14, id="transposed by code"),
        pytest.param(
            "array([1, 2])[0]",
            "the brackets are closed here already: put one pair around all", 14,
            id="an index",
        ),
        pytest.param(
            "array([1, 2]) + 1",
            "this sign stands alone: write '1 -2' for two numbers, or the result", 15,
            id="a sum of code",
        ),
        pytest.param("np.zeros((2, 2))", "numbers are due here, not 'np.zeros'", 1, id="code"),
        pytest.param("array([1, 2), 3]", "'(' is closed by ']'", 16, id="crossed call"),
        pytest.param("[1 2; [3]]", "';' and inner brackets both separate rows: use one of them", 1, id="brackets after ;"),
        pytest.param("[[1 2; 3 4]]", "';' and inner brackets both separate rows: use one of them", 6, id="; in inner brackets"),
        pytest.param(
            "array([1, 2]", "the bracket of the call is not closed", 12, id="call"
        ),
        pytest.param("[" * 20, "the brackets are too deep", 9, id="deep"),
        pytest.param("1j", "numbers are due here, not 'j'", 2, id="complex"),
        pytest.param(
            "1 [2]", "a bracket in the middle: put one pair around all", 3, id="middle"
        ),
        pytest.param(
            "\x1b[2J", "numbers are due here, not '\\x1b'", 1, id="an escape"
        ),
    ],
)  # fmt: skip
def test_refused_arrays(text: str, message: str, column: int) -> None:
    """What is no array is refused with the place and what to write."""
    with pytest.raises(UnreadableError) as caught:
        read_text(text, "array")
    assert (str(caught.value), caught.value.column) == (message, column)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("31", "integer", 31, id="integer"),
        pytest.param("31.0", "integer", 31, id="integer as a float"),
        pytest.param("14.5", "integer", 14.5, id="a fraction is wrong, not unread"),
        pytest.param("n = 31", "integer", 31, id="with its name"),
        pytest.param("+31", "integer", 31, id="plus"),
        pytest.param("−3", "integer", -3, id="Unicode minus"),
        pytest.param("1e3", "integer", 1000, id="integer with an exponent"),
        pytest.param("31 / 2", "integer", 15.5, id="a spaced fraction"),
        pytest.param("1 / 3", "number", 1 / 3, id="spaced fraction"),
        pytest.param("1÷4", "number", 0.25, id="a division sign"),
        pytest.param("33 %", "number", 0.33, id="spaced percent"),
        pytest.param(".5", "number", 0.5, id="no zero before the point"),
        pytest.param("-inf", "number", -np.inf, id="infinity is read too"),
        pytest.param(
            "tensor(0.25, grad_fn=<MeanBackward0>)", "number", 0.25, id="loss"
        ),
        pytest.param("[31,31,64]", "shape", [31, 31, 64], id="list"),
        pytest.param("31*31*64", "shape", [31, 31, 64], id="with *"),
        pytest.param("31 by 31", "shape", [31, 31], id="in words"),
        pytest.param("(14.5, 14)", "shape", [14.5, 14], id="a fraction among sizes"),
        pytest.param("X.shape = (3, 4)", "shape", [3, 4], id="shape with its name"),
        pytest.param("shape (3, 4)", "shape", [3, 4], id="as it is echoed"),
        pytest.param("torch.Size([])", "shape", [], id="torch without axes"),
        pytest.param("option b", "choice", 1, id="option b"),
        pytest.param("all", "choices", [0, 1, 2, 3], id="all"),
        pytest.param("{a, c}", "choices", [0, 2], id="a set"),
        pytest.param("1,3", "choices", [0, 2], id="numbers with a comma"),
        pytest.param("1/3", "number", 1 / 3, id="fraction"),
        pytest.param("-2/7", "number", -2 / 7, id="negative fraction"),
        pytest.param("3.3e-1", "number", 0.33, id="exponent"),
        pytest.param("33%", "number", 0.33, id="percent"),
        pytest.param("nan", "number", np.nan, id="nan is read, and named later"),
        pytest.param("np.float64(0.25)", "number", 0.25, id="numpy scalar"),
        pytest.param("tensor(0.25)", "number", 0.25, id="torch scalar"),
        pytest.param("[0.25]", "number", 0.25, id="in brackets"),
        pytest.param("(31, 31, 64)", "shape", [31, 31, 64], id="tuple"),
        pytest.param("31x31x64", "shape", [31, 31, 64], id="with x"),
        pytest.param("31 × 31 × 64", "shape", [31, 31, 64], id="with ×"),
        pytest.param("31 31 64", "shape", [31, 31, 64], id="with spaces"),
        pytest.param("torch.Size([2, 3])", "shape", [2, 3], id="torch"),
        pytest.param("(5,)", "shape", [5], id="one axis"),
        pytest.param("5", "shape", [5], id="one size"),
        pytest.param("()", "shape", [], id="no axis"),
        pytest.param("b", "choice", 1, id="letter"),
        pytest.param(" (B) ", "choice", 1, id="letter in brackets"),
        pytest.param("2", "choice", 1, id="number"),
        pytest.param("b)", "choice", 1, id="letter with bracket"),
        pytest.param("a, c", "choices", [0, 2], id="letters"),
        pytest.param("ca", "choices", [0, 2], id="letters together"),
        pytest.param("3 and 1", "choices", [0, 2], id="numbers"),
        pytest.param("none", "choices", [], id="none"),
        pytest.param("a a", "choices", [0], id="twice"),
    ],
)
def test_other_kinds(text: str, kind: str, value: object) -> None:
    """Numbers, shapes and choices are read in each of their forms."""
    array = read_text(text, kind, options=4, percent=True).array
    np.testing.assert_allclose(array, np.array(value))
    assert array.shape == np.shape(value)


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        pytest.param("1 2", "integer", "one number is due; this has 2", id="two"),
        pytest.param("0,5", "number", "write a decimal point, 0.5, and", id="comma"),
        pytest.param("12,000", "integer", "write a decimal point", id="thousands"),
        pytest.param("[[1,2],[3,4]]", "shape", "a shape is one row", id="matrix"),
        pytest.param("e", "choice", "letters from a to d are due, not 'e'", id="e"),
        pytest.param("5", "choice", "letters from a to d are due, not '5'", id="5"),
        pytest.param("a b", "choice", "one letter is due", id="two letters"),
        pytest.param("", "choices", "letters from a to d are due", id="nothing"),
        pytest.param("1.234,5", "number", "write a decimal point", id="both commas"),
        pytest.param("12 000", "integer", "no number starts with 0", id="a blank"),
        pytest.param("12\u202f000", "integer", "no number starts", id="thin blank"),
        pytest.param("1_000", "integer", "write the digits without '_'", id="low line"),
        pytest.param("()", "number", "there is no number in it", id="no number"),
        pytest.param("1 / 0", "number", "this divides by zero", id="by zero, spaced"),
        pytest.param("33 %", "number", "without the % sign", id="percent, spaced"),
        pytest.param("[1, 2]", "choice", "one letter is due", id="two numbers"),
        pytest.param("(None, 31)", "shape", "the batch is not counted here", id="None"),
        pytest.param(
            "31 x 31 64", "shape", "commas and blanks both", id="half crosses"
        ),
        pytest.param("thirty", "integer", "numbers are due here", id="a word"),
        pytest.param("²", "choice", "letters from a to d", id="a superscript"),
    ],
)
def test_refused_kinds(text: str, kind: str, message: str) -> None:
    """What cannot be meant is refused, and what is due is said."""
    with pytest.raises(UnreadableError, match=message.replace("(", "\\(")):
        read_text(text, kind, options=4)


SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)
FLOATS = st.floats(-1e6, 1e6).map(lambda x: round(x, 4))


@given(hnp.arrays(np.float64, SHAPES, elements=FLOATS))
def test_what_numpy_prints_is_read(array: np.ndarray) -> None:
    """str, repr and nested lists of an array are read as that array."""
    with np.printoptions(threshold=10_000, precision=17, floatmode="unique"):
        texts = [str(array), repr(array), str(array.tolist())]
    for text in texts:
        read = read_text(text, "array").array
        assert read.shape == array.shape
        np.testing.assert_array_equal(read, array)


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=2, max_side=4)))
def test_lists_of_numpy_values_are_read(array: np.ndarray) -> None:
    """A list of numpy's own scalars or rows is read as the array."""
    with np.printoptions(floatmode="unique"):
        text = repr(list(array))
    read = read_text(text, "array").array
    assert read.shape == array.shape
    np.testing.assert_array_equal(read, array)


@given(hnp.arrays(np.int64, SHAPES, elements=st.integers(-(2**62), 2**62)))
def test_integers_are_exact(array: np.ndarray) -> None:
    """Integers stay integers, beyond what a float can hold."""
    read = read_text(str(array.tolist()), "array").array
    assert read.dtype == np.int64
    np.testing.assert_array_equal(read, array)


@given(
    st.text(max_size=80) | st.text("0123456789.,;[]() \n-+/eE%x", max_size=80),
    st.sampled_from(["integer", "number", "shape", "array", "choice", "choices"]),
)
def test_nothing_else_is_raised(text: str, kind: str) -> None:
    """Whatever is typed is read, or refused in one sentence."""
    try:
        reading = read_text(text, kind, options=4)
    except UnreadableError as error:
        assert "\n" not in str(error)
        assert shown(str(error), 10_000) == str(error)
    else:
        assert reading.array.dtype.kind in "if"
        assert echo(reading.array).isprintable()


PIECES = re.findall(
    r"\S+",
    "[ ] ( ) , ; 1 0 2.5 - + / % nan array( tensor( np.float64( dtype= :"
    " x= = x × 1e999 ... ⎡ ⎤ ⎣ | − True numpy=array( > shape=(0,3) ， by * # ∂L none",
)


@given(
    st.lists(st.sampled_from([*PIECES, " ", "\n", "\r", "<tf.Tensor: ", "\x1b"])).map(
        "".join
    ),
    st.sampled_from(["integer", "number", "shape", "array", "choice", "choices"]),
    st.booleans(),
)
def test_pieces_of_answers_in_any_order(text: str, kind: str, percent: bool) -> None:
    """What is nearly an answer is read, or refused at a place within it."""
    assert split_answers(text) is not None
    try:
        assert read_text(text, kind, percent=percent).text.isprintable()
    except UnreadableError as error:
        assert 0 <= error.column <= len(text) + 1
        assert str(error).isprintable()


def test_reading_is_linear() -> None:
    """64 kB of anything is refused or read at once."""
    for text in (
        "[" * 65_000,
        "1 " * 32_000,
        "(" * 65_000,
        "-" * 65_000,
        "1,1;" * 16_000,
        "array(" * 10_000,
        "array([1]," * 6_000,
        ", " * 32_000,
        "\n" * 65_000,
        "1,1\n" * 16_000 + "x",
        "a " * 32_000,
        "<tf." + "numpy" * 12_000,
        "9" * 65_000,
        "[1],x=(" * 9_000,
        "shape=(0" * 8_000,
        # A plain ` *` before an optional part took 23 seconds for this one.
        f"1{' ' * 64_000}x",
        f"array{' ' * 64_000}x",
    ):
        for kind in ("array", "shape", "number", "choices"):
            start = time.process_time()
            with contextlib.suppress(UnreadableError):
                read_text(text, kind, options=4)
            assert time.process_time() - start < 5


def test_too_much_is_refused() -> None:
    """An answer over 64 kB is refused unread."""
    with pytest.raises(UnreadableError, match="64 kB"):
        read_text("1 " * 40_000, "array")


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [
        pytest.param("1\n2", "array", "one number a line was read as a vector", id="lines"),
        pytest.param(
            "[1 2\n3 4]", "array",
            "each line was read as a row", id="lines in brackets",
        ),
        pytest.param(
            "[1 2\n3]", "array",
            "the lines were joined to one vector: rows need brackets or ';'", id="joined",
        ),
        pytest.param(
            "0,5", "array", "each comma separates two numbers: a decimal is written 0.5",
            id="a decimal comma",
        ),
        pytest.param(
            "0,5; 1,5", "array",
            "each comma separates two numbers: a decimal is written 0.5",
            id="decimal commas",
        ),
        pytest.param("31.0", "integer", "31.0 was read as 31", id="whole"),
        pytest.param("[31]", "integer", "the one number in the brackets was read", id="one"),
        pytest.param("5", "shape", "one size was read as a shape with one axis", id="size"),
        pytest.param("(5.0, 2)", "shape", "the sizes were read as whole numbers", id="sizes"),
        pytest.param(
            "2*3", "shape", "* was read as × between sizes, not as a product", id="product"
        ),
        pytest.param("1 2", "array", "", id="nothing assumed"),
        pytest.param("(5,)", "shape", "", id="no size assumed"),
        pytest.param("14.5", "integer", "", id="a fraction stays"),
    ],
)  # fmt: skip
def test_assumptions_are_said(text: str, kind: str, note: str) -> None:
    """Whatever was assumed about the form comes with a note."""
    assert read_text(text, kind).note == note


@pytest.mark.parametrize(
    ("text", "kind", "echoed"),
    [
        pytest.param("1 2; 3 4", "array", "2×2: 1 2 / 3 4", id="matrix"),
        pytest.param("(31, 31, 64)", "shape", "shape (31, 31, 64)", id="shape"),
        pytest.param("(5,)", "shape", "shape (5,)", id="shape with one axis"),
        pytest.param("()", "shape", "shape ()", id="shape without axes"),
        pytest.param("1/3", "number", "0.333333", id="number"),
        pytest.param("-0.0", "number", "0", id="negative zero"),
        pytest.param("[5]", "array", "1 number: 5", id="one number"),
        pytest.param("c", "choice", "c", id="choice"),
        pytest.param("c, a", "choices", "a, c", id="choices"),
        pytest.param("none", "choices", "none", id="no choice"),
    ],
)
def test_echo(text: str, kind: str, echoed: str) -> None:
    """What was read is said in one line."""
    assert read_text(text, kind, options=4).text == echoed


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_side=40)))
def test_a_long_echo_is_cut_with_a_count(array: np.ndarray) -> None:
    """A line holds 70 characters; the numbers shown and those left out are all."""
    line = echo(array)
    assert len(line) <= 70
    if line.endswith(" more)"):
        start, _, left = line.partition(" … (")
        numbers = start.partition(": ")[2].replace("/", " ").split()
        assert len(numbers) + int(left.split()[0]) == array.size


def test_readings_cannot_be_changed() -> None:
    """What was read is what is graded."""
    with pytest.raises(ValueError, match="read-only"):
        read_text("1 2", "array").array[0] = 9


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("[[1,", True),
        ("[1]", False),
        ("np.array([1", True),
        ("1 2", False),
        ("]", False),
        ("tensor([1], grad_fn=<A>", True),
        ("⎡ 1 ⎤", True),
        ("⎡ 1 ⎤\n⎣ 2 ⎦", False),
        ("x = M.sum()  # (over rows", False),
    ],
)
def test_pending(text: str, open_: bool) -> None:
    """A bracket that is open asks for another line."""
    assert pending(text) is open_


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        pytest.param("1\n2\n3\n", ["1", "2", "3"], id="lines"),
        pytest.param("1 2\n3 4\n\n5\n", ["1 2\n3 4", "5"], id="blocks"),
        pytest.param("[[1],\n[2]]\n3", ["[[1],\n[2]]", "3"], id="open bracket"),
        pytest.param("# mine\n1\n", ["1"], id="remark"),
        pytest.param("\n\n1\n\n\n2\n\n", ["1", "2"], id="blank lines around"),
        pytest.param("", [], id="nothing"),
        pytest.param("1\r\n2\r\n", ["1", "2"], id="Windows lines"),
        pytest.param("\ufeff1\n2", ["1", "2"], id="byte-order mark"),
        pytest.param(
            "[[[1]]\n\n [[2]]]\n3\n",
            ["[[[1]]\n\n [[2]]]", "3"],
            id="numpy's blank lines are in brackets",
        ),
        pytest.param(
            "[[[1]]\n\n [[2]]]\n\n3\n4\n",
            ["[[[1]]\n\n [[2]]]", "3\n4"],
            id="both kinds of blank lines",
        ),
        pytest.param("[1,\n2", ["[1,\n2"], id="a bracket that stays open"),
        pytest.param("⎡ 1 ⎤\n⎣ 2 ⎦\n5", ["⎡ 1 ⎤\n⎣ 2 ⎦", "5"], id="tall brackets"),
        pytest.param("1\n  # two\n2", ["1", "2"], id="a remark further in"),
    ],
)
def test_split_answers(text: str, answers: list[str]) -> None:
    """A file of answers is split by blank lines, or else by lines."""
    assert split_answers(text) == answers
