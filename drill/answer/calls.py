"""What stands around numbers on a screen: a name, ``array(…)``, ``dtype=…``.

All of it is blanked out, place for place, so that the places of the numbers stay true
to the text as it was typed.  Only what is known to hold numbers is: the rest of
``array([1, 2]).T`` is left for the reader to stumble over.
"""

from __future__ import annotations

import re

from drill.errors import UnreadableError

# One sign for one, so that places stay true.  An old Mac's line ends in \r alone; the
# wide forms are what an East Asian keyboard gives.
_PLAIN = str.maketrans(
    "\r\x0b\x0c\u0085\u2028\u2029\ufeff\u2010\u2011\uff0d\u2212"
    "，、；（）［］．／％０１２３４５６７８９",
    "\n  \n\n\n ----,,;()[]./%0123456789",
)
_BLANKS = dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_LABEL = re.compile(
    r"[ \n]*(?:[^\W\d]|∂)[\w.'’^/∂ ()\[\]\u0300-\u036f]{0,40}?[ \t]*(?:=(?!=)|:)"
)
_FLOW = re.compile(r"[ \n]*<tf\.[^\n]{1,200}?numpy=")
_PIECE = re.compile(
    r"(?P<call>(?<![\w.])(?:(?:np|numpy|torch|jnp|jax|tf|cp|sympy)\.){0,2}"
    r"(?:array|asarray|matrix|Matrix|tensor|Tensor|constant|Size|TensorShape|Array"
    r")[ \t]*\("
    # Around one number only: int(7/2) is a calculation, and no number as it stands.
    r"|(?<![\w.])(?:(?:np|numpy|torch|jnp|jax|tf)\.)?(?:(?:float|int|uint)[0-9]{0,2}"
    r"|bool_?)[ \t]*\((?=[ \t]*[-+]?[\w.]+(?:[eE][-+][0-9]+)?[ \t]*\)))"
    r"|(?P<open>[(\[])|(?P<close>[)\]])"
    r"|(?P<extra>,[ \n]*(?!nan\b|inf\b|NaN\b|Inf\b|True\b|False\b)[A-Za-z_][\w.]*+"
    r"(?![ \t]*\())"
)
_TRUTH = (("np.True_", "True    "), ("np.False_", "False    "))
_CLOSES = {"(": ")", "[": "]", "call": ")"}


def bare(text: str) -> str:
    """Blank out names and calls around numbers.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        As long as `text`, with one character for each of its characters.

    Raises
    ------
    UnreadableError
        When a call is not closed, or closed by another bracket.

    Examples
    --------
    >>> bare("W = array([1.5], dtype=float32)")
    '          [1.5]                '
    >>> bare("[np.float64(0.5), np.float64(1.5)]")
    '[           0.5 ,            1.5 ]'
    >>> bare("array([1, 2]).T")
    '      [1, 2] .T'
    """
    line = text.translate(_PLAIN).translate(_BLANKS)
    for written, plain in _TRUTH:
        line = line.replace(written, plain)
    flow = _FLOW.match(line)
    if flow and line.rstrip().endswith(">"):
        line = _blank(line.rstrip()[:-1].ljust(len(line)), 0, flow.end())
    return _without_calls(text, unlabelled(line))


def unlabelled(line: str) -> str:
    """Blank out the name before the numbers: ``dX =``, ``Out[3]:``."""
    label = _LABEL.match(line)
    if label and _balanced(label[0]):
        return _blank(line, 0, label.end())
    return line


def _balanced(label: str) -> bool:
    return all(label.count(o) == label.count(c) for o, c in ("()", "[]"))


def _blank(line: str, start: int, end: int) -> str:
    return line[:start] + " " * (end - start) + line[end:]


def _without_calls(text: str, line: str) -> str:
    """Blank out each call's name and brackets, and what follows its first value."""
    kept: list[str] = []
    stack: list[str] = []
    done = 0
    extra = -1
    depth = 0
    for piece in _PIECE.finditer(line):
        kind = piece.lastgroup or ""
        if kind == "extra":
            if extra < 0 and stack and stack[-1] == "call":
                extra, depth = piece.start(), len(stack)
            continue
        if kind == "close":
            if not stack:
                continue
            opened = stack.pop()
            if _CLOSES[opened] != piece[0]:
                if opened == "call" or extra >= 0:
                    raise UnreadableError(
                        f"'(' is closed by '{piece[0]}'", text, piece.start() + 1
                    )
                continue
            if opened != "call" or (extra >= 0 and len(stack) >= depth):
                continue
            start = extra if extra >= 0 else piece.start()
            extra = -1
        else:
            stack.append("call" if kind == "call" else piece[0])
            if kind != "call" or extra >= 0:
                continue
            start = piece.start()
        kept += [line[done:start], " " * (piece.end() - start)]
        done = piece.end()
    if "call" in stack:
        raise UnreadableError("the bracket of the call is not closed", text, len(text))
    return "".join([*kept, line[done:]])
