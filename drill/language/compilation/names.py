"""The names that a block or a function makes: what is assigned, what is a parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from drill.language.compilation.comprehensions import Comprehension
from drill.language.compilation.expressions import compile_expression
from drill.language.compilation.scope import Scope, Step


def assigned(body: Iterable[ast.stmt]) -> set[str]:
    """Return the names to which statements give a value, functions included."""
    found: set[str] = set()
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda | Comprehension):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        stack.extend(ast.iter_child_nodes(node))
    return found


def parameters(
    scope: Scope, arguments: ast.arguments, node: ast.AST
) -> tuple[Scope, tuple[str, ...], dict[str, Step]]:
    """Return the scope of a function, its parameters, and what their defaults are."""
    if arguments.vararg or arguments.kwarg:
        raise scope.refuse(node, "write the parameters one by one: no * before them")
    placed = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    named = [a.arg for a in arguments.kwonlyargs]
    values = [*zip(placed[::-1], arguments.defaults[::-1], strict=False)]
    values += [(n, v) for n, v in zip(named, arguments.kw_defaults, strict=True) if v]
    defaults = {name: compile_expression(scope, value) for name, value in values}
    inner = scope.child()
    for name in (*placed, *named):
        inner.made.add(name)
        inner.sure.add(name)
        inner.slot(name)
    return inner, (*placed, *named), defaults
