"""Typeset prose as HTML, its formulas as MathML: nothing in it is markup of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from drill.typesetting.tree import (
    Accent,
    Block,
    Code,
    Display,
    Fenced,
    Formula,
    Fraction,
    Listing,
    Matrix,
    Node,
    Root,
    Row,
    Run,
    Script,
    Symbol,
    Text,
)
from drill.visible import shown

LONGEST = 20_000
_FINAL = re.compile(r"[,.;:?!)\]]+")
_MARKS = {"hat": "^", "tilde": "~", "bar": "¯"}
_SIGNED = (Symbol("−", "sign"), Symbol("±", "sign"))
_TIGHT = frozenset("·*∗")
STYLE = """
math { font-family: 'STIX Two Math', 'Latin Modern Math', 'Cambria Math', math; }
mfrac { math-style: normal; }
.tied { white-space: nowrap; }
.display { margin: .6em 0 .6em 1.5em; overflow-x: auto; }
.matrix { display: inline-table; vertical-align: middle; position: relative;
  border-left: .09em solid; border-right: .09em solid; margin: .15em .2em;
  padding: .1em .25em; border-collapse: separate; border-spacing: 0; }
.matrix::before, .matrix::after { content: ''; position: absolute; top: 0; bottom: 0;
  width: .3em; border-top: .09em solid; border-bottom: .09em solid; }
.matrix::before { left: 0; }
.matrix::after { right: 0; }
.matrix > span { display: table-row; }
.matrix > span > span { display: table-cell; padding: .08em .35em; text-align: right;
  font-variant-numeric: tabular-nums; }
code, pre { font: .9em/1.4
  ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
pre { margin: .6em 0 .6em 1.5em; overflow-x: auto; white-space: pre-wrap; }
"""


def safe(text: str) -> str:
    """Write a text so that no character of it is markup, and none is invisible.

    Examples
    --------
    >>> safe("a < b & c")
    'a &lt; b &amp; c'
    """
    return escape(shown(text, LONGEST, block=True))


def blocks(found: Sequence[Block]) -> str:
    """Write blocks, each on a line."""
    return "\n".join(block(one) for one in found)


def block(found: Block) -> str:
    """Write one block."""
    if isinstance(found, Display):
        return f'<div class="display">{formula(found.formula, wide=True)}</div>'
    if isinstance(found, Listing):
        return f"<pre><code>{safe(found.text)}</code></pre>"
    return f"<p>{runs(found.runs)}</p>"


def runs(found: Sequence[Run]) -> str:
    """Write the runs of a sentence.

    Examples
    --------
    >>> from drill.typesetting import sentence
    >>> print(runs(sentence("if x < 2")))
    if <math alttext="x &lt; 2"><mi>x</mi><mo>&lt;</mo><mn>2</mn></math>
    """
    written = []
    cut = 0
    for place, run in enumerate(found):
        match run:
            case Text():
                written.append(safe(run.text[cut:]))
            case Code():
                written.append(f"<code>{safe(run.text)}</code>")
            case Formula():
                after = found[place + 1] if place + 1 < len(found) else None
                mark = _FINAL.match(after.text) if isinstance(after, Text) else None
                cut = mark.end() if mark else 0
                end = safe(mark[0]) if mark else ""
                inside = formula(run)
                # Browsers would begin a line with the comma behind a formula.
                whole = f'<span class="tied">{inside}{end}</span>'
                written.append(whole if end else inside)
                continue
        cut = 0
    return "".join(written)


def formula(found: Formula, *, wide: bool = False) -> str:
    """Write a formula; a matrix beside its other parts has brackets that are drawn."""
    inside = found.inside
    parts = inside.parts if isinstance(inside, Row) else (inside,)
    written: list[str] = []
    group: list[Node] = []
    for part in (*parts, None):
        if part is not None and not isinstance(part, Matrix):
            group.append(part)
            continue
        if any(one != Symbol(" ", "space") for one in group):
            said = f' alttext="{safe(found.source)}"' if found.source else ""
            style = ' displaystyle="true"' if wide else ""
            written.append(f"<math{said}{style}>{_row(group)}</math>")
        group = []
        if part is not None:
            written.append(matrix(part))
    return "".join(written)


def matrix(found: Matrix) -> str:
    """Write a matrix between brackets that are lines."""
    rows = "".join(
        '<span role="row">'
        + "".join(f'<span role="cell">{safe(entry)}</span>' for entry in row)
        + "</span>"
        for row in found.rows
    )
    return f'<span class="matrix" role="table">{rows}</span>'


def _row(parts: Sequence[Node]) -> str:
    written = []
    for place, part in enumerate(parts):
        if isinstance(part, Symbol) and part.kind == "space":
            written.append(_space(parts, place))
        elif part in _SIGNED and _begins(parts[:place]):
            sign = safe(part.text)
            written.append(f'<mo form="prefix" lspace="0" rspace="0">{sign}</mo>')
        else:
            written.append(node(part))
    return "".join(written)


def _begins(before: Sequence[Node]) -> bool:
    """Tell whether a sign stands before a number, and not between two."""
    last = [one for one in before if one != Symbol(" ", "space")][-1:]
    return not last or (isinstance(last[0], Symbol) and last[0].kind == "sign")


def _space(parts: Sequence[Node], place: int) -> str:
    """Write the space between factors; signs have their own."""
    around = [*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2]]
    if any(isinstance(one, Symbol) and one.kind == "sign" for one in around):
        return ""
    return '<mspace width=".2em"/>'


def _one(found: Node) -> str:
    """Write a part that must be one element."""
    return (
        f"<mrow>{_row(found.parts)}</mrow>" if isinstance(found, Row) else node(found)
    )


def node(found: Node) -> str:
    """Write one part of a formula."""
    match found:
        case Symbol():
            return _symbol(found)
        case Row():
            return f"<mrow>{_row(found.parts)}</mrow>"
        case Fraction():
            return f"<mfrac>{_one(found.above)}{_one(found.below)}</mfrac>"
        case Root():
            return f"<msqrt>{_one(found.inside)}</msqrt>"
        case Accent():
            mark = f'<mo stretchy="false">{_MARKS[found.mark]}</mo>'
            return f'<mover accent="true">{_one(found.base)}{mark}</mover>'
        case Fenced():
            inside = (
                _row(found.inside.parts)
                if isinstance(found.inside, Row)
                else node(found.inside)
            )
            opening, closing = safe(found.opening), safe(found.closing)
            return (
                f'<mrow><mo fence="true" form="prefix">{opening}</mo>{inside}'
                f'<mo fence="true" form="postfix">{closing}</mo></mrow>'
            )
        case Matrix():
            rows = "".join(
                "<mtr>"
                + "".join(f"<mtd><mn>{safe(e)}</mn></mtd>" for e in row)
                + "</mtr>"
                for row in found.rows
            )
            return f"<mrow><mo>[</mo><mtable>{rows}</mtable><mo>]</mo></mrow>"
        case Script():
            return _script(found)


def _script(found: Script) -> str:
    base = _one(found.base)
    if found.below is not None and found.above is not None:
        return f"<msubsup>{base}{_one(found.below)}{_one(found.above)}</msubsup>"
    if found.below is not None:
        return f"<msub>{base}{_one(found.below)}</msub>"
    assert found.above is not None
    return f"<msup>{base}{_one(found.above)}</msup>"


def _symbol(found: Symbol) -> str:
    text = safe(found.text)
    match found.kind:
        case "number":
            return f"<mn>{text}</mn>"
        case "name":
            return f"<mi>{text}</mi>"
        case "word":
            return (
                f'<mi mathvariant="normal">{text}</mi>'
                if len(found.text) == 1
                else f"<mi>{text}</mi>"
            )
        case "space":
            return ""
    if found.text == ",":
        return '<mo separator="true">,</mo>'
    if found.text == "/":
        return '<mo lspace="0" rspace="0">/</mo>'
    if found.text in _TIGHT:
        return f'<mo lspace=".15em" rspace=".15em">{text}</mo>'
    return f"<mo>{text}</mo>"
