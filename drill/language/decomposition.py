"""The outline of a checked formula: what it is put together from.

Whoever explains a formula step by step needs the value of every part of it, and what
the part is.  Both come from the checked tree, which is read again for that: almost no
formula is ever explained, so none keeps its tree; the last ones that were are kept, for
the self-test explains each on many numbers.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from drill.language.compilation.calls import callee
from drill.language.compilation.expressions import SYMBOLS, compile_expression
from drill.language.compilation.scope import Scope
from drill.language.functions.arguments import TYPES
from drill.language.parsing import made, read
from drill.language.program import Program, Reading
from drill.language.syntax.position import Text

PieceKind = Literal[
    "constant",
    "name",
    "sign",
    "operation",
    "comparison",
    "logic",
    "either",
    "call",
    "attribute",
    "entry",
    "slice",
    "tuple",
    "list",
]
SIGNS = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}


@dataclass(frozen=True, eq=False)
class Piece:
    """One part of a formula.

    Attributes
    ----------
    kind : str
        ``either`` is ``a if test else b``, with the test as its first part; ``entry``
        is what square brackets take out, with the array as its first part.
    word : str
        The constant or name as it is written, the operation's sign, the attribute or
        the canonical name of the function that is called.
    parts : tuple of Piece
        What it is made from, in reading order; a method's array is the first.
    keys : tuple of str
        For a call the parameter that each part is given to.
    program : Program or None
        What computes its value; None for what has none by itself: a slice, or the
        name of an element type.
    """

    kind: PieceKind
    word: str = ""
    parts: tuple[Piece, ...] = ()
    keys: tuple[str, ...] = ()
    program: Program | None = None


def decompose(program: Program) -> Piece:
    """Take a formula apart.

    Raises
    ------
    ValueError
        When it is a program of several lines.

    Examples
    --------
    >>> from drill.language import BANK, parse, run
    >>> floor, one = decompose(parse("(n - f)//s + 1", names="nfs", table=BANK)).parts
    >>> floor.word, floor.program.source, run(floor.program, {"n": 9, "f": 2, "s": 2})
    ('//', '(n - f) // s', 3)
    """
    # Programs that are equal may call different functions by one name.
    return _outline(program.source, program.reading)


@lru_cache(maxsize=64)
def _outline(source: str, reading: Reading) -> Piece:
    text, tree = read(source, reading)
    if not isinstance(tree, ast.Expression):
        raise ValueError(f"{source!r} is no formula")
    return _piece(tree.body, text, reading)


def _piece(node: ast.expr, text: Text, reading: Reading) -> Piece:
    """Return a node's outline."""

    def inside(*nodes: ast.expr | None) -> tuple[Piece, ...]:
        return tuple(_piece(part, text, reading) for part in nodes if part is not None)

    def piece(kind: PieceKind, word: str = "", *nodes: ast.expr) -> Piece:
        return Piece(kind, word, inside(*nodes), (), program)

    scope = Scope(text, reading.table, reading.names, formula=reading.formula)
    if isinstance(node, ast.Slice):
        return Piece("slice", "", inside(node.lower, node.upper, node.step))
    if isinstance(node, ast.Constant) and node.value is ...:
        return Piece("constant", "...")
    program = made(ast.unparse(node), reading, scope, compile_expression(scope, node))
    if isinstance(node, ast.Call):
        return _call(node, text, reading, program)
    if isinstance(node, ast.Attribute):
        if scope.path(node):
            return piece("name", node.attr)
        return piece("attribute", node.attr, node.value)
    if isinstance(node, ast.Subscript):
        keys = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return piece("entry", "", node.value, *keys)
    if isinstance(node, ast.Name):
        return piece("name", node.id)
    if isinstance(node, ast.UnaryOp):
        return piece("sign", SIGNS[type(node.op)], node.operand)
    if isinstance(node, ast.BinOp):
        return piece("operation", SYMBOLS[type(node.op)], node.left, node.right)
    if isinstance(node, ast.Compare):
        words = " ".join(SYMBOLS[type(operation)] for operation in node.ops)
        return piece("comparison", words, node.left, *node.comparators)
    if isinstance(node, ast.BoolOp):
        word = "and" if isinstance(node.op, ast.And) else "or"
        return piece("logic", word, *node.values)
    if isinstance(node, ast.IfExp):
        return piece("either", "", node.test, node.body, node.orelse)
    if isinstance(node, ast.Tuple | ast.List):
        kind: PieceKind = "tuple" if isinstance(node, ast.Tuple) else "list"
        return piece(kind, "", *node.elts)
    return piece("constant", ast.unparse(node))


def _call(node: ast.Call, text: Text, reading: Reading, program: Program) -> Piece:
    """Return the outline of a call, with the parameters that its arguments go to."""
    scope = Scope(text, reading.table, reading.names, formula=reading.formula)
    function, owner = callee(scope, node)
    arguments = [*([owner] if owner else []), *node.args]
    single = [p.name for p in function.parameters if not p.by_name and not p.rest]
    rest = [p.name for p in function.parameters if p.rest]
    keys = [*single, *rest * len(arguments)][: len(arguments)]
    keys += [keyword.arg or "" for keyword in node.keywords]
    values = [*arguments, *(keyword.value for keyword in node.keywords)]
    parts = tuple(
        Piece("constant", ast.unparse(value))
        if key in TYPES
        else _piece(value, text, reading)
        for key, value in zip(keys, values, strict=True)
    )
    return Piece("call", function.name, parts, tuple(keys), program)
