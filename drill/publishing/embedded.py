"""HTML for the pages of others: no style sheet of ours is there, and filters read it.

Learning platforms look into a text for formulas of TeX, for fields, sounds and filters
of their own; a formula of TeX may hold a link that runs a script. So nothing of the
prose of a bank keeps a sign that any of them starts with.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from drill.typesetting import (
    Block,
    Blocks,
    Code,
    Display,
    Formula,
    Listing,
    Node,
    Run,
    html,
)
from drill.visible import shown

LONGEST = 20_000
# As characters of a page they look the same; who searches the text finds none.
_SIGNS = str.maketrans(
    {
        "\\": "<span>&#92;</span>",
        "$": "<span>&#36;</span>",
        "{": "&#123;",
        "}": "&#125;",
        "[": "&#91;",
        "]": "&#93;",
    }
)
_ENTITIES = str.maketrans({"\\": "&#92;", "$": "&#36;", "{": "&#123;", "}": "&#125;"})


def safe(text: str) -> str:
    r"""Write a text so that no character of it means anything to a platform.

    Examples
    --------
    >>> safe("<b> {1:SA:=x} $x$")
    '&lt;b&gt; &#123;1:SA:=x&#125; <span>&#36;</span>x<span>&#36;</span>'
    """
    return escape(shown(text, LONGEST, block=True)).translate(_SIGNS)


def blocks(found: Blocks) -> str:
    """Write blocks, one after another on one line."""
    return "".join(block(one) for one in found)


def block(found: Block) -> str:
    """Write one block."""
    if isinstance(found, Display):
        return f'<p style="margin-left:1.5em">{formula(found.formula)}</p>'
    if isinstance(found, Listing):
        return listing(found.text)
    return f"<p>{runs(found.runs)}</p>"


def listing(text: str) -> str:
    """Write lines of a program."""
    lines = "<br>".join(
        safe(line).replace("  ", "&#160; ") for line in text.split("\n")
    )
    return f"<p><code>{lines}</code></p>"


def runs(found: Sequence[Run]) -> str:
    """Write the runs of a sentence.

    Examples
    --------
    >>> from drill.typesetting import sentence
    >>> runs(sentence("if x < 2"))
    'if <math><mi>x</mi><mo>&lt;</mo><mn>2</mn></math>'
    """
    written = []
    for run in found:
        match run:
            case Formula():
                written.append(formula(run))
            case Code():
                written.append(f"<code>{safe(run.text)}</code>")
            case _:
                written.append(safe(run.text))
    return "".join(written)


def formula(found: Formula) -> str:
    """Write a formula, matrices too, as MathML, which needs no style."""
    return node(found.inside)


def node(found: Node) -> str:
    """Write a part of a formula by itself."""
    inside = html.node(found).translate(_ENTITIES)
    inside = inside.removeprefix("<mrow>").removesuffix("</mrow>")
    return f"<math>{inside}</math>"
