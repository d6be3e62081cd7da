"""What Python's parser says, in our words."""

from __future__ import annotations

import re

_MEANINGS = (
    (r"expected ':'", "a `:` is missing at the end of this line"),
    (r"expected an indented block", "the lines inside must be indented"),
    (r"unexpected indent", "this line is indented further than the one before"),
    (r"unindent does not match", "this line's indentation fits no line before"),
    (r"inconsistent use of tabs", "tabs and blanks are mixed: indent with blanks"),
    (r"was never closed", "this bracket is never closed"),
    (r"unmatched|does not match opening", "this bracket closes nothing"),
    (r"cannot assign|Maybe you meant '=='", "`=` gives a value to a name: == compares"),
    (r"unterminated string", "this text is never closed"),
    (r"outside function", "`return` stands in a function"),
)


def explained(said: str) -> str:
    """Say what Python's parser found wrong.

    Examples
    --------
    >>> explained("expected ':'")
    'a `:` is missing at the end of this line'
    """
    for pattern, meaning in _MEANINGS:
        if re.search(pattern, said):
            return meaning
    return "this cannot be read from here on"
