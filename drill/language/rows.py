"""The table's rows: to add a function of numpy, add one line."""

from __future__ import annotations

from typing import Any

import numpy as np

from drill.language import price as cost
from drill.language.function import Function
from drill.language.operators import _power_of_arrays as power_of_arrays
from drill.language.operators import power, truth
from drill.language.price import each, free, once, slow, sorting, thrice
from drill.language.value import NUMBERS, Complaint, kind_of

F = Function


def _filled(function: Any) -> Any:
    """Refuse an empty array where numpy would only warn."""

    def call(a: Any, *args: Any, **named: Any) -> Any:
        if np.size(a) == 0:
            raise Complaint("there is nothing to average: the array is empty")
        return function(a, *args, **named)

    return call


def _spread(function: Any) -> Any:
    def call(a: Any, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> Any:
        shape = np.shape(a)
        axes = range(len(shape)) if axis is None else np.atleast_1d(axis).tolist()
        entries = int(np.prod([shape[k] for k in axes], dtype=np.int64))
        if entries <= ddof:
            raise Complaint(f"{entries} entries are too few for ddof={ddof}")
        return function(a, axis, ddof=ddof, keepdims=keepdims)

    return call


def _power(a: Any, b: Any) -> Any:
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return power_of_arrays(a, b)
    return power(a, b)


def _absolute(a: Any) -> Any:
    return abs(a) if type(a) in NUMBERS else np.abs(a)


def _reshape(a: Any, *sizes: Any) -> Any:
    shape = sizes[0] if len(sizes) == 1 else tuple(sizes)
    flat = tuple(np.atleast_1d(shape).tolist()) if sizes else ()
    if not sizes or any(not isinstance(size, int) for size in flat):
        raise Complaint("reshape takes the new sizes, as (rows, columns)")
    known = int(np.prod([size for size in flat if size != -1], dtype=np.float64))
    if -1 not in flat and known != np.size(a):
        raise Complaint(f"{np.size(a)} entries cannot fill {flat}, which holds {known}")
    if flat.count(-1) == 1 and (not known or np.size(a) % known):
        raise Complaint(f"{np.size(a)} entries cannot fill {flat}")
    return np.reshape(a, flat)


def _transpose(a: Any, *axes: Any) -> Any:
    given = axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes
    return np.transpose(a, given or None)


def _array(a: Any, dtype: str | None = None) -> Any:
    return np.array(a, dtype=dtype)


def _scalar(a: Any) -> Any:
    if type(a) in NUMBERS:
        return a
    if not isinstance(a, np.ndarray) or a.size != 1:
        raise Complaint(f"{kind_of(a)} is not one number")
    return a.item()


def _whole(value: Any) -> int:
    return int(_scalar(value))


def _float(value: Any) -> float:
    return float(_scalar(value))


def _round(x: Any, ndigits: int | None = None) -> Any:
    if isinstance(x, np.ndarray):
        return np.round(x, ndigits or 0)
    return round(x, ndigits)


def _length(value: Any) -> int:
    if isinstance(value, np.ndarray | tuple | list):
        return len(value)
    raise Complaint(f"{kind_of(value)} has no length")


def _pick(python: Any, whole: Any, entrywise: str) -> Any:
    """Make Python's max or min, which on one array is numpy's."""

    def call(a: Any, *rest: Any, **named: Any) -> Any:
        if not rest:
            return whole(a, **named)
        for value in (a, *rest):
            if isinstance(value, np.ndarray):
                raise Complaint(
                    f"{python.__name__}(…) compares whole arrays: write"
                    f" np.{entrywise}(…), or axis="
                )
        return python(a, *rest)

    return call


def _range(start: int, stop: int | None = None, step: int = 1) -> Any:
    return np.array(range(start) if stop is None else range(start, stop, step), int)


def _einsum(subscripts: str, *operands: Any) -> Any:
    return np.einsum(subscripts.replace(" ", ""), *operands, optimize=False)


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    return np.linalg.norm(x, ord, axis, keepdims)


GROUPS: tuple[tuple[str, tuple[Function, ...]], ...] = (
    (
        "Entry by entry",
        (
            F("exp", "x", np.exp, slow, "e to the power of each entry"),
            F("expm1", "x", np.expm1, slow, "exp(x) - 1, exact near 0"),
            F("log", "x", np.log, slow, "natural logarithm"),
            F("log2", "x", np.log2, slow, "logarithm to base 2"),
            F("log10", "x", np.log10, slow, "logarithm to base 10"),
            F("log1p", "x", np.log1p, slow, "log(1 + x), exact near 0"),
            F("logaddexp", "x, y", np.logaddexp, slow, "log(exp(x) + exp(y))"),
            F("sqrt", "x", np.sqrt, slow, "square root"),
            F("square", "a", np.square, each, "each entry times itself"),
            F("power", "a, b", _power, slow, "a to the power of b"),
            F("reciprocal", "x", lambda x: np.divide(1.0, x), each, "1/x"),
            F("abs", "a", _absolute, each, "absolute value"),
            F("sign", "a", np.sign, each, "-1, 0 or 1"),
            F("floor", "x", np.floor, each, "next whole number below"),
            F("ceil", "x", np.ceil, each, "next whole number above"),
            F("round", "x, decimals=0", np.round, thrice, "rounded, halves to even"),
            F("sin", "x", np.sin, slow, "sine"),
            F("cos", "x", np.cos, slow, "cosine"),
            F("tanh", "x", np.tanh, slow, "hyperbolic tangent"),
            F("maximum", "a, b", np.maximum, each, "the larger of two entries"),
            F("minimum", "a, b", np.minimum, each, "the smaller of two entries"),
            F("clip", "a, low, high", np.clip, each, "entries kept between two bounds"),
            F("where", "condition, a, b", np.where, each, "a where true, else b"),
            F("heaviside", "x, y", np.heaviside, each, "0 below 0, 1 above, y at 0"),
            F("add", "a, b", np.add, each, "a + b"),
            F("subtract", "a, b", np.subtract, each, "a - b"),
            F("multiply", "a, b", np.multiply, each, "a * b"),
            F("divide", "a, b", np.divide, each, "a / b"),
            F("floor_divide", "a, b", np.floor_divide, slow, "a // b"),
            F("mod", "a, b", np.mod, slow, "a % b"),
            F("negative", "x", np.negative, each, "-x"),
        ),
    ),
    (
        "Conditions",
        (
            F("equal", "a, b", np.equal, each, "a == b"),
            F("not_equal", "a, b", np.not_equal, each, "a != b"),
            F("greater", "a, b", np.greater, each, "a > b"),
            F("greater_equal", "a, b", np.greater_equal, each, "a >= b"),
            F("less", "a, b", np.less, each, "a < b"),
            F("less_equal", "a, b", np.less_equal, each, "a <= b"),
            F("logical_and", "a, b", np.logical_and, each, "both true"),
            F("logical_or", "a, b", np.logical_or, each, "one or both true"),
            F("logical_not", "a", np.logical_not, each, "true where a is not"),
            F("isnan", "x", np.isnan, each, "true where not a number"),
            F("isfinite", "x", np.isfinite, each, "true where neither inf nor nan"),
            F(
                "isclose",
                "x, y, rtol=1e-5, atol=1e-8",
                np.isclose,
                slow,
                "true where nearly equal",
            ),
            F("isin", "a, b", np.isin, cost.member, "true where the entry occurs in b"),
        ),
    ),
    (
        "One number from many",
        (
            F("sum", "a, axis=None, *, keepdims=False", np.sum, once, "sum"),
            F("prod", "a, axis=None, *, keepdims=False", np.prod, once, "product"),
            F(
                "mean",
                "a, axis=None, *, keepdims=False",
                _filled(np.mean),
                once,
                "mean",
            ),
            F(
                "median",
                "a, axis=None, *, keepdims=False",
                _filled(np.median),
                sorting,
                "median",
            ),
            F(
                "var",
                "a, axis=None, *, ddof=0, keepdims=False",
                _spread(np.var),
                thrice,
                "variance",
            ),
            F(
                "std",
                "a, axis=None, *, ddof=0, keepdims=False",
                _spread(np.std),
                thrice,
                "standard deviation",
            ),
            F("max", "a, axis=None, *, keepdims=False", np.max, once, "largest entry"),
            F("min", "a, axis=None, *, keepdims=False", np.min, once, "smallest entry"),
            F(
                "argmax",
                "a, axis=None, *, keepdims=False",
                np.argmax,
                once,
                "place of the largest, the first of equals",
            ),
            F(
                "argmin",
                "a, axis=None, *, keepdims=False",
                np.argmin,
                once,
                "place of the smallest, the first of equals",
            ),
            F("any", "a, axis=None, *, keepdims=False", np.any, once, "true if one is"),
            F(
                "all",
                "a, axis=None, *, keepdims=False",
                np.all,
                once,
                "true if all are",
            ),
            F(
                "count_nonzero",
                "a, axis=None, *, keepdims=False",
                np.count_nonzero,
                once,
                "how many are not 0",
            ),
            F(
                "linalg.norm",
                "x, ord=None, axis=None, keepdims=False",
                _norm,
                cost.norm,
                "length",
            ),
            F("cumsum", "a, axis=None", np.cumsum, once, "sums so far"),
            F("cumprod", "a, axis=None", np.cumprod, once, "products so far"),
            F("diff", "a, *, axis=-1", np.diff, once, "differences of neighbours"),
            F(
                "allclose",
                "x, y, rtol=1e-5, atol=1e-8",
                np.allclose,
                slow,
                "true if all are nearly equal",
            ),
            F(
                "array_equal",
                "a, b",
                np.array_equal,
                once,
                "true if shapes and entries agree",
            ),
        ),
    ),
    (
        "Products",
        (
            F("matmul", "a, b", np.matmul, cost.matmul, "a @ b"),
            F("dot", "a, b", np.dot, cost.dot, "a @ b for up to two axes"),
            F("inner", "a, b", np.inner, cost.inner, "inner product of two vectors"),
            F("outer", "a, b", np.outer, cost.outer, "every product of two entries"),
            F(
                "kron",
                "a, b",
                np.kron,
                cost.kron,
                "b in place of every entry of a, times it",
            ),
            F(
                "einsum",
                "subscripts, *arrays",
                _einsum,
                cost.indices,
                "sum of products over indices",
            ),
            F("trace", "a", np.trace, once, "sum of the diagonal"),
        ),
    ),
    (
        "Shape",
        (
            F(
                "reshape",
                "a, new_shape",
                _reshape,
                free,
                "the same entries in another shape",
            ),
            F(
                "transpose",
                "a, axes=None",
                np.transpose,
                free,
                "axes reversed, or in this order",
            ),
            F("ravel", "a", np.ravel, once, "all entries in one axis"),
            F(
                "expand_dims",
                "a, axis",
                np.expand_dims,
                cost.grown,
                "a new axis of size 1",
            ),
            F("squeeze", "a, axis=None", np.squeeze, free, "without axes of size 1"),
            F("swapaxes", "a, axis1, axis2", np.swapaxes, free, "two axes exchanged"),
            F("moveaxis", "a, source, destination", np.moveaxis, free, "an axis moved"),
            F(
                "broadcast_to",
                "a, shape",
                np.broadcast_to,
                cost.spread,
                "stretched to a shape",
            ),
            F(
                "concatenate",
                "arrays, axis=0",
                np.concatenate,
                cost.joined,
                "joined along an axis",
            ),
            F(
                "stack",
                "arrays, axis=0",
                np.stack,
                cost.joined,
                "joined along a new axis",
            ),
            F("vstack", "arrays", np.vstack, cost.joined, "rows on rows"),
            F("hstack", "arrays", np.hstack, cost.joined, "side by side"),
            F(
                "column_stack",
                "arrays",
                np.column_stack,
                cost.joined,
                "vectors as columns",
            ),
            F("tile", "a, reps", np.tile, cost.tiled, "copies side by side"),
            F(
                "repeat",
                "a, repeats, axis=None",
                np.repeat,
                cost.repeated,
                "every entry several times",
            ),
            F(
                "pad",
                "a, pad_width, mode='constant', *, constant_values=0",
                np.pad,
                cost.padded,
                "a border",
            ),
            F("flip", "a, axis=None", np.flip, free, "reversed"),
            F("rot90", "a, k=1", np.rot90, free, "turned by quarters"),
            F("roll", "a, shift, axis=None", np.roll, once, "moved round"),
            F(
                "diag",
                "a, k=0",
                np.diag,
                cost.diagonal,
                "the diagonal, or the matrix that has it",
            ),
            F("triu", "a, k=0", np.triu, once, "the upper triangle"),
            F("tril", "a, k=0", np.tril, once, "the lower triangle"),
            F("sort", "a, axis=-1", np.sort, sorting, "in order"),
            F("argsort", "a, axis=-1", np.argsort, sorting, "places in order"),
            F("unique", "a", np.unique, sorting, "the different entries, in order"),
            F("argwhere", "a", np.argwhere, sorting, "the places that are not 0"),
        ),
    ),
    (
        "Making arrays",
        (
            F("array", "a, dtype=None", _array, once, "an array from lists"),
            F("copy", "a", np.copy, once, "a copy"),
            F("zeros", "shape, dtype=float", np.zeros, cost.sizes, "zeros"),
            F("ones", "shape, dtype=float", np.ones, cost.sizes, "ones"),
            F("full", "shape, fill_value", np.full, cost.sizes, "one value"),
            F(
                "zeros_like",
                "a, dtype=None",
                np.zeros_like,
                once,
                "zeros in the shape of a",
            ),
            F(
                "ones_like",
                "a, dtype=None",
                np.ones_like,
                once,
                "ones in the shape of a",
            ),
            F(
                "full_like",
                "a, fill_value",
                np.full_like,
                once,
                "one value in the shape of a",
            ),
            F("eye", "N, M=None, k=0", np.eye, cost.square, "ones on the diagonal"),
            F(
                "arange",
                "start, stop=None, step=1",
                np.arange,
                cost.steps,
                "numbers counted up, the stop left out",
            ),
            F(
                "linspace",
                "start, stop, num=50, *, endpoint=True",
                np.linspace,
                cost.points,
                "evenly spaced numbers",
            ),
        ),
    ),
)
BUILTINS: tuple[Function, ...] = (
    F(
        "max",
        "a, *b, axis=None, keepdims=False",
        _pick(max, np.max, "maximum"),
        once,
        "the largest",
    ),
    F(
        "min",
        "a, *b, axis=None, keepdims=False",
        _pick(min, np.min, "minimum"),
        once,
        "the smallest",
    ),
    F("round", "x, ndigits=None", _round, thrice, "rounded, halves to even"),
    F("int", "value", _whole, free, "a whole number, the fraction dropped"),
    F("float", "value", _float, free, "a number with a fraction"),
    F("bool", "value", truth, free, "True or False"),
    F("len", "value", _length, free, "the size of the first axis"),
    F(
        "range",
        "start, stop=None, step=1",
        _range,
        cost.steps,
        "whole numbers counted up",
    ),
)
METHODS: tuple[Function, ...] = (
    F("reshape", "a, *sizes", _reshape, free, "the same entries in another shape"),
    F("transpose", "a, *axes", _transpose, free, "axes reversed, or in this order"),
    F("astype", "a, dtype", _array, once, "entries as float, int or bool"),
    F("flatten", "a", np.ravel, once, "all entries in one axis"),
    F("item", "a", _scalar, free, "the one number it holds"),
)
ALSO_METHODS = ["sum", "prod", "mean", "var", "std", "max", "min", "argmax", "argmin", "any", "all", "cumsum", "cumprod", "round", "ravel", "dot", "clip", "copy", "squeeze", "swapaxes", "repeat", "trace", "argsort"]
ALIASES = {
    "absolute": "abs",
    "amax": "max",
    "amin": "min",
    "asarray": "array",
    "norm": "linalg.norm",
    "identity": "eye",
    "remainder": "mod",
    "true_divide": "divide",
    "pow": "power",
    "around": "round",
}
CONSTANTS = {
    "pi": float(np.pi),
    "e": float(np.e),
    "inf": float(np.inf),
    "nan": float(np.nan),
    "newaxis": None,
}
