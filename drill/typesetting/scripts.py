"""Indices and exponents: what is raised or lowered, and to what it belongs."""

from __future__ import annotations

from drill.typesetting.tree import Node, Script, Symbol


def scripted(base: Node, script: Node, *, raised: bool) -> Script:
    """Add an index or an exponent to something that may have the other already."""
    if isinstance(base, Script):
        if raised and base.above is None:
            return Script(base.base, base.below, script)
        if not raised and base.below is None:
            return Script(base.base, script, base.above)
    return Script(base, None, script) if raised else Script(base, script)


def plain_symbols(text: str) -> list[Node]:
    """Split what was raised: numbers hold together, signs and letters do not.

    Examples
    --------
    >>> [symbol.text for symbol in plain_symbols("12+n")]
    ['12', '+', 'n']
    """
    found: list[str] = []
    for one in text:
        if found and one.isdigit() and found[-1].isdigit():
            found[-1] += one
        else:
            found.append(one)
    return [_plain(one) for one in found]


def _plain(text: str) -> Symbol:
    if text.isdigit():
        return Symbol(text, "number")
    return Symbol(text, "name" if text.isalpha() else "sign")
