"""The manual of the language, written from the table itself."""

from __future__ import annotations

from textwrap import fill

from drill.language.compilation.closures import CALL, MAX_CALLS
from drill.language.compilation.routines import ROUND
from drill.language.functions.entries import BUILTINS, GROUPS
from drill.language.functions.function import Function
from drill.language.functions.table import LEARNER
from drill.language.limits import (
    MAX_AXES,
    MAX_BITS,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_PROGRAM,
    MAX_WORK,
)

_HEAD = """\
# The language of formulas and programs

Answers of the kind `expression` and the bank's own formulas are read by one
evaluator. It looks like Python with numpy, and runs none of it: what is not on this
page is refused, with its column and with what to write instead.

## Values

| write | for |
| --- | --- |
| `3`, `2.5`, `1e-3`, `True`, `pi`, `e`, `inf` | numbers and truth values |
| `(2, 3)` | a tuple, for example a shape |
| `[1, 2]`, `np.array([[1, 2], [3, 4]])` | a list, an array |
| `+ - * / // % **` | arithmetic; whole numbers stay exact, up to {bits} bits |
| `A @ B`, `W.T` | matrix product, transpose |
| `== != < <= > >=`, `and or not` | single conditions |
| `(A > 0) & (A < 1)`, `\\|`, `~` | conditions entry by entry, in parentheses |
| `a if n > 0 else b` | one of two values; for arrays `np.where` |
| `M[0]`, `M[:, None]`, `M[M > 0]`, `M[..., -1]` | entries, slices, new axes, masks |
| `M.shape`, `M.size`, `M.ndim`, `M.T` | what an array knows of itself |

A function is written `np.exp(M)` or `exp(M)`. An array's methods are {methods}.
One number is a Python number: dividing it by 0 is an error, not `inf`.

## Several lines

A program is lines of `name = value`, and `a, b = M.shape` gives two names. Arrays are
changed in place, as in numpy: `x += 1`, `A[A < 0] = 0`; what was given is copied first.
`x += 0.5` turns whole numbers into floats, where numpy would refuse it. The value of
the program is the name that the question asks for, or else its last line. `import numpy
as np` may stand there and does nothing.

## Loops, branches and functions

| write | for |
| --- | --- |
| `for i in range(n):`, `while a < b:`, `break` | loops, over arrays and lists too |
| `if a > b:`, `elif`, `else` | branches |
| `def pool(X, f, s=2):`, `lambda x: x**2` | functions, also as values: `key=` |
| `[r.mean() for r in M if r[0] > 0]` | lists, sets and dicts from others |
| `out.append(x)`, `d[k] = x`, `x in s` | lists, dicts and sets |
| `[*a, *b]`, `first, *rest = a`, `f(*sizes)` | several at once |
| `print(x, f"{{y:.3f}}")` | shown with the verdict, 20 lines of it |
| `assert`, docstrings, annotations | may stand there |

A program that ends with its function, or with a `lambda`, has it called with the names
of the question: by name where its parameters are those, else by place. There are no
`try`, `with`, `class`, `global`, `yield`, decorators, parameters with a star, and no
names that start with `_`.

A round of a loop costs {round} steps and more with what it does, a call {call}; at
most {calls} calls are under way at once. A program that does not end is told the line
that ran most: it is wrong, not waited for.

## Formulas as on paper

A question that asks for a formula reads it as on paper, besides all of the above:

| write | for |
| --- | --- |
| `2p`, `2(n + p)`, `(a)(b)`, `λ w` | products |
| `x^2`, `x²`, `e^(-x)` | powers |
| `λ`, `lambda`, `ŷ`, `μ`, `σ`, `x₁` | `lam`, `yhat`, `mu`, `sigma`, `x1` |
| `−`, `×`, `·`, `÷`, `≤`, `½` | `-`, `*`, `*`, `/`, `<=`, `(1/2)` |
| `√(x)`, `⌊x⌋`, `⌈x⌉` | `sqrt(x)`, `floor(x)`, `ceil(x)` |
| `\\|x\\|`, `∑(x)`, `ln(x)` | `abs(x)`, `sum(x)`, `log(x)` |
| `Wᵀ`, `W^T` | `W.T` |

What can be read in two ways is not guessed: `a/2b` and `f(x)`, where `f` is a number,
are refused. Greek letters, `²` and `−` are understood in programs too; `^` is not,
because in Python it is no power.
"""
_PYTHON = """
## Python's own functions

Written bare, these do what they do in Python.

"""
_TAIL = """
## Limits

A formula has {characters:,} characters, a program {program:,} and {lines} lines; arrays
have {cells:,} cells and {axes} axes;
{work:,} steps of work in one run. Each is decided from the sizes, before anything is
computed.

## In the bank

The bank's formulas may use texts, as `'same'` and `'even' if n % 2 == 0 else 'odd'`,
and call the reference functions of `drill.solver` by name.
"""


def manual() -> str:
    """Return the manual as Markdown: what can be written, and what it gives.

    Examples
    --------
    >>> manual().splitlines()[0]
    '# The language of formulas and programs'
    """
    methods = ", ".join(f"`.{name}`" for name in sorted(LEARNER.methods))
    head = _HEAD.format(
        bits=f"{MAX_BITS:,}", methods=methods, round=ROUND, call=CALL, calls=MAX_CALLS
    )
    groups = [
        f"\n## {title}\n\n" + "".join(map(_line, rows))
        for title, rows in GROUPS.items()
    ]
    tail = _TAIL.format(
        characters=MAX_CHARACTERS,
        program=MAX_PROGRAM,
        lines=MAX_LINES,
        cells=MAX_CELLS,
        axes=MAX_AXES,
        work=MAX_WORK,
    )
    python = "".join(map(_line, BUILTINS))
    return "".join([_wrapped(head), *groups, _PYTHON, python, tail])


def _line(function: Function) -> str:
    return f"- `{function.name}({function.signature})`: {function.note}\n"


def _wrapped(text: str) -> str:
    """Break the one line that the table makes long."""
    return "\n".join(
        line if line.startswith("|") else fill(line, 88) for line in text.split("\n")
    )
