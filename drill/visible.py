"""Foreign text made safe to show."""

from __future__ import annotations

import re
from functools import cache

# What a terminal acts upon or does not show: controls (C0, DEL, C1), the soft hyphen,
# marks that turn the direction of writing, zero-width and invisible characters, line
# separators, tags and variation selectors, lone surrogates, noncharacters.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000))
)
_SHORT = {"\n": "\\n", "\t": "\\t"}


def shown(text: str, limit: int = 200, *, block: bool = False) -> str:
    r"""Make every hidden character of `text` visible, and cut it.

    Every text that was not written by us passes through here before it is printed: a
    file's name, a learner's reply, an entry of somebody's bank.

    Parameters
    ----------
    text : str
        Any text, lone surrogates included.
    limit : int
        The most characters to return, without the count of those left out.
    block : bool
        Whether the text stands in lines of its own, so that newlines and tabs stay.

    Returns
    -------
    str
        Hidden characters are written ``\n``, ``\t``, ``\x1b``, ``\u202e`` or
        ``\U000e0041``; none is cut in the middle.

    Examples
    --------
    >>> print(shown("\x1b[2Jgone\u202e.npy"))
    \x1b[2Jgone\u202e.npy
    >>> print(shown("1\n2"), shown("1\n2", block=True), sep=" | ")
    1\n2 | 1
    2
    >>> shown("a" * 500, 5)
    'aaaaa … (495 more characters)'
    """
    hidden = _hidden(block)
    if hidden.search(text, 0, limit) is None:
        kept, used = text[:limit], min(limit, len(text))
    else:
        kept, used = _escaped(text, limit, hidden)
    left = len(text) - used
    if not left:
        return kept
    return f"{kept} … ({counted(left, 'more character')})"


@cache
def _hidden(block: bool) -> re.Pattern[str]:
    return re.compile(f"[{_UNSEEN}]" if block else f"[{_UNSEEN}\t\n]")


def _escaped(text: str, limit: int, hidden: re.Pattern[str]) -> tuple[str, int]:
    """Escape as much of `text` as has room; tell how much that is."""
    pieces: list[str] = []
    for used, sign in enumerate(text[:limit]):
        piece = _escape(sign) if hidden.match(sign) else sign
        limit -= len(piece)
        if limit < 0:
            return "".join(pieces), used
        pieces.append(piece)
    return "".join(pieces), len(pieces)


def _escape(sign: str) -> str:
    code = ord(sign)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return _SHORT.get(sign) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def counted(number: float, noun: str) -> str:
    """Say how many of something there are.

    Examples
    --------
    >>> counted(1, "question"), counted(2.5, "point"), counted(2400, "answer")
    ('1 question', '2.5 points', '2,400 answers')
    """
    many = f"{number:,}" if isinstance(number, int) else f"{number:,g}"
    return f"{many} {noun}{'' if number == 1 else 's'}"
