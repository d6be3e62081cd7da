"""Typeset prose as Markdown, its formulas between dollars as MathJax reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drill.typesetting.latex import latex
from drill.typesetting.tree import (
    Block,
    Code,
    Display,
    Formula,
    Listing,
    Paragraph,
    Run,
    Text,
)
from drill.visible import shown

LONGEST = 20_000
# What Markdown would take for markup where it stands; prose is full of * and _.
_MARKUP = re.compile(
    r"[`\\$|]|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|\](?=[(:\[])|(?<=\S)\*|\*(?=\S)"
    r"|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|~(?=~)|!(?=\[)|(?<=:)/(?=/)|(?<=www)\."
    r"|(?m:^\s*(?:[#>+-](?=[\s#])|[=-](?=[=-]*[ ]*$)|[-*_](?=[ *_-]*$)))"
    r"|(?m:(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$))"
)


def safe(text: str) -> str:
    r"""Write a text so that no character of it is markup.

    Examples
    --------
    >>> print(safe("<b> costs $3, `code` and *"))
    \<b> costs \$3, \`code\` and *
    """
    return _MARKUP.sub(r"\\\g<0>", shown(text, LONGEST, block=True))


def blocks(found: Sequence[Block]) -> str:
    """Write blocks with an empty line between two."""
    return "\n\n".join(block(one) for one in found)


def block(found: Block) -> str:
    """Write one block."""
    match found:
        case Display():
            return f"$${latex(found.formula)}$$"
        case Listing():
            return fenced(found.text)
        case Paragraph():
            return runs(found.runs).strip()


def fenced(text: str) -> str:
    """Write lines of a program; the fence is longer than any in them."""
    text = shown(text, LONGEST, block=True)
    longest = max((len(one) for one in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}python\n{text}\n{fence}"


def runs(found: Sequence[Run]) -> str:
    """Write the runs of a sentence."""
    written = []
    for run in found:
        match run:
            case Text():
                written.append(safe(run.text))
            case Code():
                written.append(_code(run.text))
            case Formula():
                written.append(f"${latex(run)}$")
    return "".join(written)


def _code(text: str) -> str:
    text = shown(text, LONGEST)
    longest = max((len(one) for one in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1) if longest else "`"
    gap = " " if longest else ""
    return f"{ticks}{gap}{text}{gap}{ticks}"
