"""Whether what was typed so far is a whole reply."""

from __future__ import annotations

import re

from drill.answer import pending
from drill.bank import Answer

_FENCE = re.compile(r"^\s*(```|~~~)", re.MULTILINE)
_BLOCK = re.compile(
    r"^\s*(def|for|while|if|elif|else|with|class|try)\b.*:", re.MULTILINE
)
# A name, several, or an entry, before an `=` of any kind.
_ASSIGNMENT = re.compile(
    r"([^\W\d]\w*)[\w\s,()*\[\]:.<>+-]*?(?:[-+*/%@&|]|//|\*\*)?=(?!=)"
)
_PREPARATION = re.compile(r"\s*(#|import\b|from\b|assert\b|print\s*\(|$)")


def unfinished(answer: Answer, text: str) -> bool:
    r"""Tell whether a reply wants another line; an empty one ends most.

    An open bracket does; so does a program without its result, a block, and a fence
    of backquotes, in which lines may be empty.

    Examples
    --------
    >>> program = Answer("expression", form="numpy", result="mu")
    >>> [unfinished(program, text) for text in ("n = 2", "mu = 2", "for i in M:")]
    [True, False, True]
    >>> unfinished(program, "def f(M):\n    return 2\n")
    False
    """
    if answer.kind != "expression" or answer.form != "numpy":
        return not text.endswith("\n") and pending(text)
    if len(_FENCE.findall(text)) % 2:
        return True
    if text.endswith("\n"):
        return False
    if pending(text) or _BLOCK.search(text):
        return not _FENCE.search(text)
    last = text.rpartition("\n")[2]
    if _PREPARATION.match(last):
        return True
    assigns = _ASSIGNMENT.match(last.strip())
    return assigns is not None and assigns[1] != answer.result
