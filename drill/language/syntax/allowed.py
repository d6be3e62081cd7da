"""The allow-list: which kinds of node a tree may have, how many and how deep."""

from __future__ import annotations

import ast
import math

from drill.language.limits import MAX_DEPTH, MAX_LITERAL, MAX_NODES, MAX_PARTS
from drill.language.messages import sentences
from drill.language.syntax.position import Place, Text

FORMULA: frozenset[type[ast.AST]] = frozenset(
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
ROUTINES = frozenset(
    {
        ast.For, ast.While, ast.If, ast.Break, ast.Continue, ast.Pass, ast.Assert,
        ast.FunctionDef, ast.Return, ast.arguments, ast.arg, ast.Lambda, ast.AnnAssign,
        ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension,
        ast.Dict, ast.Set, ast.In, ast.NotIn, ast.Is, ast.IsNot,
        ast.Import, ast.ImportFrom, ast.alias, ast.Starred,
        ast.JoinedStr, ast.FormattedValue,
    }
)  # fmt: skip
LEAVES = frozenset(
    kind for kind in FORMULA if kind is not ast.Expression and not kind._fields
)
"""Those that are nothing but themselves: how a name is used, which operator it is."""
CONSTANTS = frozenset({int, float, bool, str, type(None), type(...)})
LONG = f"this is too long: {MAX_NODES} parts are allowed; write it in steps"
DEEP = f"this is nested more than {MAX_DEPTH} deep: write it in steps"


def check(tree: ast.AST, text: Text, *, formula: bool, routine: bool = False) -> None:
    """Refuse a tree that has anything but what is allowed.

    Parameters
    ----------
    tree : ast.AST
    text : Text
    formula : bool
        Whether square brackets might have been meant as parentheses.
    routine : bool
        Whether it is a program that may have loops, branches and functions.

    Raises
    ------
    LanguageError
        At the first thing that is not allowed.
    """
    # A stack of our own: a hostile tree may be deeper than Python's.
    stack: list[tuple[ast.AST, int, ast.AST]] = [(tree, 0, tree)]
    nodes = 0
    arguments: set[ast.AST] = set()
    while stack:
        node, depth, near = stack.pop()
        kind = type(node)
        near = node if "lineno" in kind._attributes else near
        nodes += 1
        if nodes > (MAX_PARTS if routine else MAX_NODES) or depth > MAX_DEPTH:
            problem = DEEP if depth > MAX_DEPTH else LONG
            raise Place(text, near).refusal(problem)
        if not (kind in FORMULA or kind in LINES or (routine and kind in ROUTINES)):
            raise Place(text, near).refusal(_NOT_HERE.get(kind, _unknown(kind)))
        if kind is ast.GeneratorExp and node not in arguments:
            raise Place(text, near).refusal(_NOT_HERE[ast.Yield])
        if isinstance(node, ast.Call):
            arguments |= set(node.args)
        problem = _problem(node, formula) or (_statement(node) if routine else "")
        if problem:
            raise Place(text, near).refusal(problem)
        # As ast.iter_child_nodes, which takes twice as long as all the rest.
        for name in kind._fields:
            child = getattr(node, name, None)
            if isinstance(child, list):
                stack += [(c, depth + 1, near) for c in child if isinstance(c, ast.AST)]
            elif type(child) in LEAVES:
                nodes += 1
            elif isinstance(child, ast.AST):
                stack.append((child, depth + 1, near))


_NOT_HERE = {
    ast.BitXor: "`^` is bitwise in Python: write **",
    ast.Delete: "names need not be deleted: leave this line out",
    ast.Try: "`try` has no place here: an error is told with its line",
    ast.With: "`with` is not needed here: warnings are off already",
    ast.ClassDef: "a class is not needed: write a function",
    ast.Global: "`global` is not needed: give the value as an argument, and return it",
    ast.Nonlocal: "`nonlocal` is not needed: return the value",
    ast.Yield: "a generator cannot be kept: write a list, [… for …]",
    ast.NamedExpr: "write = on a line of its own",
}


def _unknown(kind: type[ast.AST]) -> str:
    return f"{kind.__name__.lower()} is not understood here"


def _statement(node: ast.AST) -> str:
    """Return what is wrong with a node that only a program can have."""
    if isinstance(node, ast.FunctionDef) and node.decorator_list:
        return "a function has no decorator here: leave the line with @ out"
    name = ""
    if isinstance(node, ast.FunctionDef | ast.alias):
        name = node.name
    elif isinstance(node, ast.arg | ast.keyword):
        name = node.arg or ""
    if name.startswith("_") and name != "_":
        return "a name cannot start with `_`"
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = node.module if isinstance(node, ast.ImportFrom) else ""
        allowed = {("numpy", "np"), ("numpy", None), ("math", None)}
        allowed |= {("itertools", None)}
        found = {(alias.name, alias.asname) for alias in node.names}
        named = module == "itertools" and found == {("product", None)}
        whole = module in ("numpy", "math") or (not module and found <= allowed)
        if not (whole or named):
            return sentences.IMPORT
    return ""


def _problem(node: ast.AST, formula: bool) -> str:
    """Return what is wrong with this node alone."""
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        if name.startswith("_") and name != "_":
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
