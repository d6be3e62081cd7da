"""Prose, numbers and matrices as HTML of a cell: nothing in it is markup of its own."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from typing import TYPE_CHECKING, Any

from drill.drawing import Filled, number
from drill.typesetting import slices
from drill.visible import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 20_000
# A tint suits a light page and a dark one; no mark is told by colour alone.
TINTS = {"wrong": "rgba(213,94,0,.25)", "right": "rgba(0,114,178,.22)"}
_CELL = "padding:.1em .6em;text-align:right;border:none"


def words_of(text: str) -> str:
    r"""Write foreign words as HTML in which nothing is a tag or a formula of TeX.

    A notebook typesets what stands between dollars, and a formula of TeX may hold a
    link that runs a script.

    Examples
    --------
    >>> words_of("<b> $x$")
    '&lt;b&gt; <span>$</span>x<span>$</span>'
    """
    safe = escape(shown(text, LONGEST, block=True))
    for sign in "\\$":
        safe = safe.replace(sign, f"<span>{sign}</span>")
    return safe


def paragraph(text: str, style: str = "") -> str:
    """Write one paragraph; its lines stay lines."""
    lines = "<br>".join(words_of(line) for line in text.split("\n"))
    return f'<p style="margin:.4em 0;{style}">{lines}</p>'


def strong(text: str) -> str:
    """Write what stands out."""
    return f"<strong>{words_of(text)}</strong>"


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
    sign = "✗" if role == "wrong" else "✓"
    rows = []
    for r, row in enumerate(array):
        cells = []
        for c, entry in enumerate(row):
            text, style = number(entry, spec), _CELL
            if (r, c) in marked:
                text = f"{text}&nbsp;{sign}"
                style += f";background:{TINTS[role]};font-weight:bold"
            cells.append(f'<td style="{style}">{text}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    edges = "border-left:1px solid;border-right:1px solid;border-radius:4px"
    return (
        f'<table style="margin:.4em 0;border-collapse:separate;{edges}">'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def prose(filled: Filled) -> str:
    """Write filled prose: paragraphs, and matrices as tables."""
    made = []
    for piece in filled:
        if isinstance(piece, str):
            made.append(paragraph(piece))
            continue
        for place, array in slices(piece.array):
            label = piece.label
            if place:
                label = f"{label}[..., {', '.join(map(str, place))}]"
            made.append(_labelled(label, table(array, piece.spec)))
    return "".join(made)


def _labelled(label: str, inside: str) -> str:
    name = f"<em>{words_of(label)}</em>&nbsp;=&nbsp;" if label else ""
    return f'<div style="display:flex;align-items:center">{name}{inside}</div>'
