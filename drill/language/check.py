"""The allow-list: which kinds of node a tree may have, how many and how deep."""

from __future__ import annotations

import ast

from drill.language.function import Table
from drill.language.limits import MAX_DEPTH, MAX_LITERAL, MAX_NODES
from drill.language.place import Place, Text

ALLOWED = frozenset(
    {
        ast.Expression, ast.Constant, ast.Name, ast.Load, ast.BinOp, ast.UnaryOp,
        ast.BoolOp, ast.Compare, ast.IfExp, ast.Tuple, ast.List, ast.Attribute,
        ast.Subscript, ast.Slice, ast.Call, ast.keyword, ast.Add, ast.Sub, ast.Mult,
        ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult, ast.BitAnd, ast.BitOr,
        ast.USub, ast.UAdd, ast.Not, ast.Invert, ast.And, ast.Or, ast.Eq, ast.NotEq,
        ast.Lt, ast.LtE, ast.Gt, ast.GtE,
    }
)  # fmt: skip


def check(tree: ast.AST, text: Text, table: Table) -> None:
    """Refuse a tree that has anything but what is allowed."""
    stack: list[tuple[ast.AST, int, ast.AST]] = [(tree, 0, tree)]
    nodes = 0
    while stack:
        node, depth, near = stack.pop()
        near = node if hasattr(node, "lineno") else near
        nodes += 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise Place(text, near).refusal("this is too long: write it in steps")
        if type(node) not in ALLOWED:
            raise Place(text, near).refusal("this is not understood here")
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name.startswith("_"):
                raise Place(text, node).refusal("a name cannot start with `_`")
        if isinstance(node, ast.Constant):
            value = node.value
            if not (value is None or value is ... or type(value) in (bool, int, float)):
                if type(value) is not str or not table.text:
                    raise Place(text, node).refusal("text has no place here")
            if type(value) is int and abs(value) >= MAX_LITERAL:
                raise Place(text, node).refusal("the number is too large")
        stack.extend((child, depth + 1, near) for child in ast.iter_child_nodes(node))
