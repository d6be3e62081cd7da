"""The allow-list: which kinds of node a tree may have, how many and how deep."""

from __future__ import annotations

import ast
import math

from drill.language.limits import MAX_DEPTH, MAX_LITERAL, MAX_NODES
from drill.language.syntax.position import Place, Text

FORMULA = frozenset(
    {
        ast.Expression, ast.Load, ast.Constant, ast.Name, ast.Attribute, ast.Subscript,
        ast.Slice, ast.Call, ast.keyword, ast.Tuple, ast.List, ast.IfExp,
        ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow,
        ast.MatMult, ast.BitAnd, ast.BitOr,
        ast.UnaryOp, ast.USub, ast.UAdd, ast.Not, ast.Invert,
        ast.BoolOp, ast.And, ast.Or,
        ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
    }
)  # fmt: skip
LINES = frozenset({ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.Store})
CONSTANTS = frozenset({int, float, bool, str, type(None), type(...)})
LONG = f"this is too long: {MAX_NODES} parts are allowed; write it in steps"
DEEP = f"this is nested more than {MAX_DEPTH} deep: write it in steps"


def check(tree: ast.AST, text: Text, *, formula: bool) -> None:
    """Refuse a tree that has anything but what is allowed.

    Parameters
    ----------
    tree : ast.AST
    text : Text
    formula : bool
        Whether square brackets might have been meant as parentheses.

    Raises
    ------
    LanguageError
        At the first thing that is not allowed.
    """
    # A stack of our own: a hostile tree may be deeper than Python's.
    stack: list[tuple[ast.AST, int, ast.AST]] = [(tree, 0, tree)]
    nodes = 0
    while stack:
        node, depth, near = stack.pop()
        kind = type(node)
        near = node if "lineno" in node._attributes else near
        nodes += 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            problem = LONG if nodes > MAX_NODES else DEEP
            raise Place(text, near).refusal(problem)
        if kind not in FORMULA and kind not in LINES:
            raise Place(text, near).refusal(
                f"{kind.__name__.lower()} is not understood here"
            )
        problem = _problem(node, formula)
        if problem:
            raise Place(text, near).refusal(problem)
        stack.extend((child, depth + 1, near) for child in ast.iter_child_nodes(node))


def _problem(node: ast.AST, formula: bool) -> str:
    """Return what is wrong with this node alone."""
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        if name.startswith("_"):
            return "a name cannot start with `_`"
    elif isinstance(node, ast.Constant):
        if type(node.value) not in CONSTANTS or node.kind:
            return f"a {type(node.value).__name__} has no place here"
        if type(node.value) is int and abs(node.value) >= MAX_LITERAL:
            return "the number is too large: write it as a power, as 2.0**64"
        if node.value == math.inf:
            return "the number is too large for a float: infinity is np.inf"
    elif isinstance(node, ast.List) and formula and len(node.elts) == 1:
        return "`[…]` makes a list: write ( ) around a part of a formula"
    return ""
