"""The table's rows: to add a function, add one line.

A line has the name, the parameters, what computes it, its price, and what it gives.
A parameter's name says what it takes: see `drill.language.functions.arguments`.
"""

from __future__ import annotations

import numpy as np

from drill.language.functions import costs as cost
from drill.language.functions import guarded, products
from drill.language.functions.costs import (
    each,
    free,
    once,
    slow,
    sorting,
    steep,
    thrice,
)
from drill.language.functions.function import Function
from drill.language.operators import truth

F = Function
AXIS = "a, axis=None, *, keepdims=False"
DDOF = "a, axis=None, *, ddof=0, keepdims=False"
NEAR = "x, y, rtol=1e-5, atol=1e-8"

# One line each is the point: a formatter would make six of it.
# fmt: off
ENTRIES = (
    F("exp", "x", np.exp, slow, "e to the power of each entry"),
    F("exp2", "x", np.exp2, slow, "2 to the power of each entry"),
    F("expm1", "x", np.expm1, slow, "exp(x) - 1, exact near 0"),
    F("log", "x", np.log, slow, "natural logarithm"),
    F("log2", "x", np.log2, slow, "logarithm to base 2"),
    F("log10", "x", np.log10, slow, "logarithm to base 10"),
    F("log1p", "x", np.log1p, slow, "log(1 + x), exact near 0"),
    F("logaddexp", "x, y", np.logaddexp, slow, "log(exp(x) + exp(y))"),
    F("sqrt", "x", np.sqrt, slow, "square root"),
    F("square", "a", np.square, each, "each entry times itself"),
    F("power", "a, b", guarded.raised, steep, "a ** b"),
    F("reciprocal", "x", guarded.reciprocal, each, "1/x"),
    F("abs", "a", guarded.absolute, each, "absolute value"),
    F("sign", "x", np.sign, each, "-1, 0 or 1"),
    F("floor", "x", guarded.floor, each, "the whole number below"),
    F("ceil", "x", guarded.ceil, each, "the whole number above"),
    F("round", "x, decimals=0", np.round, thrice, "rounded, halves to even"),
    F("sin", "x", np.sin, slow, "sine"),
    F("cos", "x", np.cos, slow, "cosine"),
    F("sinh", "x", np.sinh, slow, "hyperbolic sine"),
    F("cosh", "x", np.cosh, slow, "hyperbolic cosine"),
    F("tanh", "x", np.tanh, slow, "hyperbolic tangent"),
    F("maximum", "a, b", np.maximum, each, "the larger of two entries"),
    F("minimum", "a, b", np.minimum, each, "the smaller of two entries"),
    F("clip", "a, a_min, a_max", guarded.clip, each, "entries kept between bounds"),
    F("where", "condition, a, b", np.where, each, "a where true, else b"),
    F("heaviside", "x, y", np.heaviside, each, "0 below 0, 1 above it, y at 0"),
    F("add", "a, b", np.add, each, "a + b"),
    F("subtract", "a, b", np.subtract, each, "a - b"),
    F("multiply", "a, b", np.multiply, each, "a * b"),
    F("divide", "x, y", np.divide, each, "a / b"),
    F("floor_divide", "a, b", np.floor_divide, cost.share, "a // b"),
    F("mod", "a, b", np.mod, cost.share, "a % b"),
    F("negative", "x", np.negative, each, "-x"),
)
CONDITIONS = (
    F("equal", "a, b", np.equal, each, "a == b"),
    F("not_equal", "a, b", np.not_equal, each, "a != b"),
    F("greater", "a, b", np.greater, each, "a > b"),
    F("greater_equal", "a, b", np.greater_equal, each, "a >= b"),
    F("less", "a, b", np.less, each, "a < b"),
    F("less_equal", "a, b", np.less_equal, each, "a <= b"),
    F("logical_and", "a, b", np.logical_and, each, "both true"),
    F("logical_or", "a, b", np.logical_or, each, "at least one true"),
    F("logical_not", "a", np.logical_not, each, "true where a is not"),
    F("isnan", "x", np.isnan, each, "true where not a number"),
    F("isfinite", "x", np.isfinite, each, "true where neither inf nor nan"),
    F("isclose", NEAR, np.isclose, slow, "true where nearly equal"),
    F("isin", "a, b", guarded.isin, products.member, "true where the entry is in b"),
)
REDUCTIONS = (
    F("sum", AXIS, np.sum, once, "sum"),
    F("prod", AXIS, np.prod, once, "product"),
    F("mean", AXIS, guarded.filled(np.mean), once, "mean"),
    F("median", AXIS, guarded.filled(np.median), sorting, "median"),
    F("var", DDOF, guarded.scattered(np.var), thrice, "variance, of n - ddof"),
    F("std", DDOF, guarded.scattered(np.std), thrice, "root of the variance"),
    F("max", AXIS, np.max, once, "largest entry"),
    F("min", AXIS, np.min, once, "smallest entry"),
    F("argmax", AXIS, np.argmax, once, "place of the largest, the first of equals"),
    F("argmin", AXIS, np.argmin, once, "place of the smallest, the first of equals"),
    F("any", AXIS, np.any, once, "true if one is"),
    F("all", AXIS, np.all, once, "true if all are"),
    F("count_nonzero", AXIS, np.count_nonzero, once, "how many are not 0"),
    F("linalg.norm", "x, ord=None, axis=None, keepdims=False", guarded.norm,
      products.norm, "length"),
    F("allclose", NEAR, np.allclose, slow, "true if all are nearly equal"),
    F("array_equal", "a, b", np.array_equal, once, "true if the two are the same"),
    F("cumsum", "a, axis=None", np.cumsum, once, "sums so far"),
    F("cumprod", "a, axis=None", np.cumprod, once, "products so far"),
    F("diff", "x, *, axis=-1", np.diff, once, "differences of neighbours"),
)
PRODUCTS = (
    F("matmul", "a, b", np.matmul, products.matmul, "a @ b"),
    F("dot", "a, b", np.dot, products.dot, "a @ b, for up to two axes"),
    F("inner", "a, b", np.inner, products.inner, "a @ b for two vectors"),
    F("outer", "a, b", np.outer, products.outer, "each entry of a times each of b"),
    F("kron", "a, b", np.kron, products.kron, "each entry of a times all of b"),
    F("einsum", "subscripts, *a", guarded.einsum, products.indices,
      "a sum of products over indices, as 'ij,jk->ik'"),
    F("trace", "a", np.trace, once, "sum of the diagonal"),
    F("linalg.inv", "a", guarded.inverse, products.cubic, "the inverse"),
    F("linalg.det", "a", guarded.determinant, products.cubic, "the determinant"),
    F("linalg.solve", "a, b", guarded.solved, products.cubic, "x with a @ x = b"),
)
SHAPES = (
    F("shape", "a", cost.shape_of, free, "the size of every axis"),
    F("size", "a", cost.size_of, free, "the number of entries"),
    F("ndim", "a", np.ndim, free, "the number of axes"),
    F("reshape", "a, new_shape", guarded.reshape, once, "the entries in a new shape"),
    F("transpose", "a, axes=None", np.transpose, free, "axes reversed or reordered"),
    F("ravel", "a", np.ravel, once, "all entries along one axis"),
    F("expand_dims", "a, axis", np.expand_dims, cost.grown, "a new axis of size 1"),
    F("squeeze", "a, axis=None", np.squeeze, free, "without the axes of size 1"),
    F("swapaxes", "a, axis1, axis2", np.swapaxes, free, "two axes exchanged"),
    F("moveaxis", "a, source, destination", np.moveaxis, free, "an axis moved"),
    F("broadcast_to", "a, shape", np.broadcast_to, cost.spread, "stretched to a shape"),
    F("concatenate", "arrays, axis=0", np.concatenate, cost.joined, "joined"),
    F("stack", "arrays, axis=0", np.stack, cost.stacked, "joined along a new axis"),
    F("vstack", "arrays", np.vstack, cost.joined, "one below the other"),
    F("hstack", "arrays", np.hstack, cost.joined, "side by side"),
    F("column_stack", "arrays", np.column_stack, cost.joined, "vectors as columns"),
    F("tile", "a, reps", np.tile, cost.tiled, "copies of the array side by side"),
    F("repeat", "a, repeats, axis=None", np.repeat, cost.repeated, "entries repeated"),
    F("pad", "a, pad_width, mode='constant', *, constant_values=0", guarded.pad,
      cost.padded, "a border round it"),
    F("flip", "a, axis=None", np.flip, free, "in reverse"),
    F("rot90", "a, k=1", np.rot90, free, "turned by quarters"),
    F("roll", "a, shift, axis=None", np.roll, once, "moved round"),
    F("diag", "a, k=0", np.diag, cost.diagonal, "the diagonal, or a matrix of it"),
    F("triu", "a, k=0", guarded.diagonal_part(np.triu), once, "upper triangle"),
    F("tril", "a, k=0", guarded.diagonal_part(np.tril), once, "lower triangle"),
    F("sort", "a, axis=-1", np.sort, sorting, "in rising order"),
    F("argsort", "a, axis=-1", guarded.argsort, cost.placing, "places in rising order"),
    F("unique", "a", guarded.unique, sorting, "the different entries, in order"),
    F("argwhere", "a", np.argwhere, cost.places, "the places that are not 0"),
)
ARRAYS = (
    F("array", "a, dtype=None", guarded.array, once, "an array, from lists"),
    F("copy", "a", np.copy, once, "a copy"),
    F("zeros", "shape, dtype=float", np.zeros, cost.sizes, "all 0"),
    F("ones", "shape, dtype=float", np.ones, cost.sizes, "all 1"),
    F("full", "shape, fill_value", np.full, cost.sizes, "all one value"),
    F("zeros_like", "a, dtype=None", np.zeros_like, once, "all 0, in a's shape"),
    F("ones_like", "a, dtype=None", np.ones_like, once, "all 1, in a's shape"),
    F("full_like", "a, fill_value", np.full_like, once, "all one value, in a's shape"),
    F("eye", "N, M=None, k=0", np.eye, cost.square, "1 on the diagonal, else 0"),
    F("arange", "start, stop=None, step=1", np.arange, cost.steps, "counted up"),
    F("float64", "a", guarded.floats, once, "as floats"),
    F("int64", "a", guarded.integers, once, "as whole numbers, the fraction dropped"),
    F("linspace", "start, stop, num=50, *, endpoint=True", np.linspace, cost.points,
      "evenly spaced"),
)
BUILTINS = (
    F("max", "a, *b, axis=None, keepdims=False",
      guarded.picked(max, np.max, "maximum"), once, "the largest number"),
    F("min", "a, *b, axis=None, keepdims=False",
      guarded.picked(min, np.min, "minimum"), once, "the smallest number"),
    F("round", "value, ndigits=None", guarded.rounded, thrice, "halves to even"),
    F("int", "value", guarded.whole, free, "a whole number, the fraction dropped"),
    F("float", "value", guarded.fraction, free, "a float"),
    F("bool", "value", truth, free, "True or False"),
    F("len", "value", guarded.length, free, "size of the first axis"),
    F("range", "start, stop=None, step=1", guarded.counted, cost.steps, "counted up"),
)
LEARNERS_OWN = (
    F("sum", AXIS, guarded.total, once, "sum of a vector, or along an axis"),
)
METHODS = (
    F("reshape", "a, *sizes", guarded.reshape, once, "the entries in a new shape"),
    F("transpose", "a, *sizes", guarded.transpose, free, "axes reversed or reordered"),
    F("astype", "a, dtype", guarded.array, once, "entries as float, int or bool"),
    F("flatten", "a", np.ravel, once, "all entries along one axis"),
    F("item", "a", guarded.scalar, free, "its one number"),
    F("clip", "a, a_min=None, a_max=None", guarded.clip, each, "kept between bounds"),
    F("tolist", "a", guarded.listed, once, "its entries as lists"),
)
# fmt: on
ALSO_METHODS = (
    "sum",
    "prod",
    "mean",
    "var",
    "std",
    "max",
    "min",
    "argmax",
    "argmin",
    "any",
    "all",
    "cumsum",
    "cumprod",
    "round",
    "ravel",
    "dot",
    "copy",
    "squeeze",
    "swapaxes",
    "repeat",
    "trace",
    "argsort",
)  # fmt: skip
GROUPS = {
    "Entry by entry": ENTRIES,
    "Conditions": CONDITIONS,
    "Along an axis": REDUCTIONS,
    "Products": PRODUCTS,
    "Shapes": SHAPES,
    "Making arrays": ARRAYS,
}
ALIASES = {
    "absolute": "abs",
    "amax": "max",
    "amin": "min",
    "around": "round",
    "asarray": "array",
    "average": "mean",
    "fabs": "abs",
    "float32": "float64",
    "int32": "int64",
    "empty": "zeros",
    "empty_like": "zeros_like",
    "identity": "eye",
    "norm": "linalg.norm",
    "pow": "power",
    "remainder": "mod",
    "true_divide": "divide",
}
CONSTANTS = {
    "pi": float(np.pi),
    "e": float(np.e),
    "inf": float(np.inf),
    "nan": float(np.nan),
    "newaxis": None,
}
