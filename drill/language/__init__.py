"""One small safe language for the bank's formulas and the learners' programs.

Text is checked once and becomes a `Program`; a program is run on values.  Nothing is
compiled to Python code: the syntax, the names, the functions and their keywords are
allow-lists, and every limit is decided before the work is done.
"""

from drill.language.budget import budget, charge
from drill.language.compilation.routines import STOPPED
from drill.language.decomposition import Piece, decompose
from drill.language.definitions import Definition, define
from drill.language.functions.function import Function, Table
from drill.language.functions.table import BANK, LEARNER
from drill.language.parsing import parse, traceable
from drill.language.program import Deferred, Program, Reading, execute, run, trace
from drill.language.tracing import Event, Touched, Tracer
from drill.language.values import Value

__all__ = [
    "BANK",
    "LEARNER",
    "STOPPED",
    "Deferred",
    "Definition",
    "Event",
    "Function",
    "Piece",
    "Program",
    "Reading",
    "Table",
    "Touched",
    "Tracer",
    "Value",
    "budget",
    "charge",
    "decompose",
    "define",
    "execute",
    "parse",
    "run",
    "trace",
    "traceable",
]
