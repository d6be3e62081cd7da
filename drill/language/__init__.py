"""One small safe language for the bank's formulas and the learners' programs.

Text is checked once and becomes a `Program`; a program is run on values.  Nothing is
compiled to Python code: the syntax, the names, the functions and their keywords are
allow-lists, and every limit is decided before the work is done.
"""

from drill.language.function import Function, Table
from drill.language.outline import Piece, outline
from drill.language.program import Program, parse, run
from drill.language.purse import charge, purse
from drill.language.table import BANK, LEARNER
from drill.language.value import Value

__all__ = [
    "BANK",
    "LEARNER",
    "Function",
    "Piece",
    "Program",
    "Table",
    "Value",
    "charge",
    "outline",
    "parse",
    "purse",
    "run",
]
