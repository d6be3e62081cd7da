"""From text to tokens: what stands there, and where."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\f\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000]+|\\\r?\n)
    | (?P<newline>\r?\n|\r)
    | (?P<comment>\#[^\r\n]*)
    | (?P<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)
    | (?P<word>(?:[A-Za-z_][A-Za-z_0-9]*
               |[\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u1e00-\u1eff])
               [\u0300-\u036f]*[\u2080-\u2089]*(?:(?<=[^\x00-\x7f])(?:_[A-Za-z0-9]+|[0-9]+))?)
    | (?P<text>'[^'\r\n\\]*'|"[^"\r\n\\]*")
    | (?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)
    | (?P<sign>>>>|\.\.\.|\*\*=|//=|<<=|>>=|\*\*|//|:=|->|==|!=|<=|>=|<>|<<|>>
              |\|\||&&|[-+*/%@&|^]=|[-+*/%@&|^()\[\]{}.,:;=<>~!])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the text.

    Attributes
    ----------
    kind : str
        space, newline, comment, number, word, text, raised, sign or other.
    text : str
        As typed.
    start : int
        Its offset in the text.
    """

    kind: str
    text: str
    start: int


def scan(source: str) -> list[Token]:
    """Cut `source` into tokens; every character belongs to exactly one.

    Examples
    --------
    >>> [token.text for token in scan("2p+1")]
    ['2', 'p', '+', '1']
    """
    return [
        Token(match.lastgroup or "other", match[0], match.start())
        for match in _TOKEN.finditer(source)
    ]
