"""Sets an instance's prose: text, formulas and matrices, for pages and paper."""

from drill.typesetting.matrices import cells
from drill.typesetting.prose import (
    code,
    formula,
    lines,
    listing,
    runs,
    sentence,
    typeset,
    value,
)
from drill.typesetting.tree import (
    Accent,
    Block,
    Blocks,
    Code,
    Display,
    Fenced,
    Formula,
    Fraction,
    Listing,
    Matrix,
    Node,
    Paragraph,
    Root,
    Row,
    Run,
    Script,
    Symbol,
    Text,
)

__all__ = [
    "Accent", "Block", "Blocks", "Code", "Display", "Fenced", "Formula", "Fraction",
    "Listing", "Matrix", "Node", "Paragraph", "Root", "Row", "Run", "Script", "Symbol",
    "Text", "cells", "code", "formula", "lines", "listing", "runs",
    "sentence", "typeset", "value",
]  # fmt: skip
