"""The sentences that need no more than to be said: why not, and what instead."""

from __future__ import annotations

from keyword import kwlist

from drill.language.limits import MAX_DEPTH

KEYWORDS = {"dim": "axis", "keepdim": "keepdims"}
NO_CALL = "only a function can be called: write * for a product"
WORDS_OF_PYTHON = frozenset(kwlist)
TEXT = "text in quotes has no place here: only numbers and arrays are computed"
IMPORT = "only numpy is here, and it needs no import: leave this line out"
STAR = "`*` before an argument is not understood here: write the arguments one by one"
COLON = "`:` makes a slice and belongs between square brackets, as M[:, 0]"
EQUALS = "`=` gives a name to a value; one value is wanted here: `==` compares"
SQUARE = "square brackets index an array: write round ones for a product"
DEEP = f"brackets are nested more than {MAX_DEPTH} deep: write it in steps"
BARS = "`|` could open or close here: write abs(…)"
SEMICOLON = "one formula is wanted here: no `;`"
NO_LOOP = (
    "a loop is not needed: arrays compute all entries at once, as np.sum(M, axis=0)"
)
ALL_AT_ONCE = "arrays compute all entries at once, as np.sum(M, axis=0)"
NO_FUNCTION = "a function is not needed: write the lines of its body, the result last"
NO_ELSE = "`if` needs an `else`: write a if n > 0 else b"
NO_IF = "`else` needs an `if`: write a if n > 0 else b"
PERCENT = "something is missing after `%`: a percentage is written 0.05"
NOTHING = "there is nothing to read: write a formula"
TICK = "for a transpose write .T: quotes have no place here"
TIGHT = frozenset({"/", "//", "%", "@"})
WORDS = {
    "for": NO_LOOP,
    "while": NO_LOOP,
    "def": NO_FUNCTION,
    "class": NO_FUNCTION,
    "return": "`return` ends a function: end with the result itself",
    "if": "`if` stands between values here, as a if n > 0 else b; for arrays np.where",
    "elif": "write a if n > 0 else b; for arrays np.where(condition, a, b)",
    "in": "`in` is not understood here: write np.isin(a, b), or compare with ==",
    "is": "`is` is not understood here: compare with ==",
    "not": "`not` stands before a condition, as not (a < b)",
    "del": "names need not be deleted: leave this line out",
    "pass": "`pass` does nothing: leave it out",
    "with": "`with` is not needed here: warnings are off already",
    "import": IMPORT,
    "from": IMPORT,
}
SIGNS = {
    "^": "`^` is bitwise in Python: write **",
    "^=": "`^` is bitwise in Python: write **",
    ":=": "write = on a line of its own",
    "->": "`->` has no meaning here",
    "<>": "write !=",
    "&&": "write & between conditions in parentheses, or `and`",
    "||": "write | between conditions, `or`; np.linalg.norm(x) for a length",
    "<<": "bits are not moved here: write * 2**n",
    ">>": "bits are not moved here: write // 2**n",
    "{": "curly brackets have no meaning here: write round ones",
    "}": "curly brackets have no meaning here: write round ones",
    "!": "`!` has no meaning here: `not` or ~ turns a condition round",
    "=": EQUALS,
    ";": SEMICOLON,
    ">>>": "leave the prompt >>> out",
    "~": "`~` stands before a condition, as ~(a > 0)",
}
CHARACTERS = {
    "‖": "write np.linalg.norm(x) for a length",
    "∥": "write np.linalg.norm(x) for a length",
    "→": "`→` has no meaning here: write = to give a name to a value",
    "←": "`←` has no meaning here: write = to give a name to a value",
    "≈": "`≈` is no question for exact numbers: write ==",
    "∈": "write np.isin(a, b)",
    "’": "write .T for a transpose; text has no place here",
    "′": "write .T for a transpose, and another name for a derivative",
    "‘": TEXT,
    "“": TEXT,
    "”": TEXT,
    "`": "leave the backquotes out",
    "?": "`?` has no meaning here",
    "$": "`$` has no meaning here: leave TeX signs out",
    "\\": "`\\` has no meaning here: write names as lam, not as \\lambda",
    "\N{INTEGRAL}": "integrals are not computed here",
    "∂": "derivatives are not computed here: write the derivative itself",
    "∇": "derivatives are not computed here: write the derivative itself",
}
FUNCTIONS = {
    "print": "let the last line be the value itself",
    "softmax": "write it out, as np.exp(z) / np.sum(np.exp(z))",
    "sigmoid": "write it out, as 1 / (1 + np.exp(-z))",
    "relu": "write it out, as np.maximum(0, z)",
    "ln": "the natural logarithm is np.log",
    "arctanh": "the inverse of tanh is not needed here",
    "matrix": "write np.array([…])",
    "load": "files are not read here: the arrays are given by name",
    "save": "files are not written here",
    "open": "files are not read here",
    "eval": "text is not run here: write the formula itself",
    "exec": "text is not run here: write the lines themselves",
    "vectorize": ALL_AT_ONCE,
    "fromfunction": ALL_AT_ONCE,
    "nditer": ALL_AT_ONCE,
    "enumerate": ALL_AT_ONCE,
    "zip": ALL_AT_ONCE,
    "map": ALL_AT_ONCE,
    "list": "write the entries between [ and ]",
    "tuple": "write the entries between ( and )",
    "float32": "numbers are 64-bit floats here: leave it out",
    "nansum": "there are no missing values here: write np.sum",
    "nanmean": "there are no missing values here: write np.mean",
}
MODULES = {
    "math": "write np.{} instead of math.{}: it takes arrays too",
    "torch": "write np.{} instead of torch.{}",
    "tf": "write np.{} instead of tf.{}",
    "jnp": "write np.{} instead of jnp.{}",
    "scipy": "scipy is not here: write it with np",
    "random": "random numbers would differ on each run: they are not here",
    "os": "there are only arrays here, no files",
    "sys": "there are only arrays here, no files",
}
