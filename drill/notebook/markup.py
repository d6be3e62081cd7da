"""What a cell shows as HTML: sentences, formulas, and matrices as tables.

Jupyter sets formulas of TeX by MathJax, also in a notebook that it does not trust, from
which it strips MathML down to its letters: σ² would become σ2.  VS Code and Colab set
no TeX in HTML, and draw MathML.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from drill.publishing import embedded
from drill.typesetting import (
    Blocks,
    Code,
    Display,
    Formula,
    Listing,
    Matrix,
    Node,
    Row,
    Run,
    cells,
    sentence,
)
from drill.typesetting.latex import latex

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A tint suits a light page and a dark one; no mark is told by colour alone.
TINTS = {"wrong": "rgba(213,94,0,.25)", "right": "rgba(0,114,178,.22)"}
WITHOUT_TEX = ("VSCODE_PID", "VSCODE_CWD", "COLAB_RELEASE_TAG")
"""Variables of the environment by which notebooks are known that set no TeX."""
_CELL = "padding:.1em .6em;text-align:right;border:none"


def paragraph(text: str, style: str = "") -> str:
    """Write one paragraph as it stands; its lines stay lines."""
    lines = "<br>".join(embedded.safe(line) for line in text.split("\n"))
    return f'<p style="margin:.4em 0;{style}">{lines}</p>'


def explained(text: str) -> str:
    """Write a sentence of the bank, with its formulas set."""
    return f'<p style="margin:.4em 0">{runs(sentence(text))}</p>'


def quiet(text: str) -> str:
    """Write what need not be read, or is to be typed as it stands."""
    return f'<p style="margin:.4em 0;opacity:.7">{embedded.safe(text)}</p>'


def strong(text: str) -> str:
    """Write what stands out."""
    return f"<strong>{embedded.safe(text)}</strong>"


def table(
    array: NDArray[Any],
    spec: str = "",
    marked: Collection[tuple[int, ...]] = (),
    role: str = "wrong",
) -> str:
    """Write a matrix as a table; marked cells have a sign and a tint.

    Parameters
    ----------
    array : ndarray, shape (r, c)
    spec : str
        How each entry is formatted.
    marked : collection of index
    role : str
        ``wrong`` or ``right``.
    """
    return _rows(cells(array, spec), marked, role)


def _rows(
    entries: Sequence[Sequence[str]],
    marked: Collection[tuple[int, ...]] = (),
    role: str = "wrong",
) -> str:
    sign = "✗" if role == "wrong" else "✓"
    rows = []
    for r, row in enumerate(entries):
        made = []
        for c, entry in enumerate(row):
            text, style = embedded.safe(entry), _CELL
            if (r, c) in marked:
                text = f"{text}&nbsp;{sign}"
                style += f";background:{TINTS[role]};font-weight:bold"
            made.append(f'<td style="{style}">{text}</td>')
        rows.append(f"<tr>{''.join(made)}</tr>")
    edges = "border-left:1px solid;border-right:1px solid;border-radius:4px"
    return (
        f'<table style="margin:.4em 0;border-collapse:separate;{edges}">'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def blocks(found: Blocks) -> str:
    """Write typeset prose: paragraphs, programs, and matrices as tables."""
    made = ""
    for one in found:
        if isinstance(one, Display):
            made += _display(one.formula)
        elif isinstance(one, Listing):
            made += embedded.listing(one.text)
        else:
            made += f'<p style="margin:.4em 0">{runs(one.runs)}</p>'
    return made


def runs(found: Sequence[Run]) -> str:
    """Write the runs of a sentence."""
    written = ""
    for run in found:
        if isinstance(run, Formula):
            written += _formula(run.inside)
        elif isinstance(run, Code):
            written += f"<code>{embedded.safe(run.text)}</code>"
        else:
            written += embedded.safe(run.text)
    return written


def _formula(found: Node) -> str:
    """Write a formula as the notebook at hand sets it."""
    if any(name in os.environ for name in WITHOUT_TEX):
        return embedded.node(found)
    tex = escape(latex(Formula("", found)))
    return rf'<span class="drill-formula">\({tex}\)</span>'


def _display(formula: Formula) -> str:
    """Write a formula of its own line; a table stands for each matrix in it."""
    inside = formula.inside
    parts = inside.parts if isinstance(inside, Row) else (inside,)
    made = ""
    for part in parts:
        if isinstance(part, Matrix):
            made += _rows(part.rows)
        else:
            made += _formula(part)
    return f'<div style="display:flex;align-items:center;gap:.3em">{made}</div>'
