"""Comprehensions, sets and dicts: containers written out."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from drill.language.compilation.scope import FAULTS, Compile, Scope, Step
from drill.language.functions.builtins import written
from drill.language.functions.containers import ITEM, items, key_of, limited
from drill.language.operators import Frame, spend, truth
from drill.language.syntax.position import Place
from drill.language.values import PLAIN

MOST_FORMAT = 4

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def comprehension(
    scope: Scope, node: Comprehension, compile_expression: Compile, target: Any
) -> Step:
    """Return the closure that makes a list, set or dict by going through others.

    Its names are its own: outside, they mean what they meant before.
    """
    loops: list[tuple[Step, Any, list[Step], Place]] = []
    made, sure, aliases = set(scope.made), set(scope.sure), dict(scope.aliases)
    for each in node.generators:
        over = compile_expression(scope, each.iter)
        names = {n.id for n in ast.walk(each.target) if isinstance(n, ast.Name)}
        scope.made |= names
        scope.aliases |= {n: f"<{n} {node.lineno} {node.col_offset}>" for n in names}
        store = target(scope, each.target)
        tests = [compile_expression(scope, test) for test in each.ifs]
        loops.append((over, store, tests, Place(scope.text, each.iter)))
    if isinstance(node, ast.DictComp):
        part = _pair(
            compile_expression(scope, node.key), compile_expression(scope, node.value)
        )
    else:
        part = compile_expression(scope, node.elt)
    scope.made, scope.sure, scope.aliases = made, sure, aliases
    place = Place(scope.text, node)
    finish = _FINISH[type(node)]

    def rounds(frame: Frame, depth: int, found: list[Any]) -> None:
        if depth == len(loops):
            found.append(part(frame))
            return
        over, store, tests, here = loops[depth]
        value = over(frame)
        try:
            going = items(frame, value)
        except FAULTS as error:
            raise here.failure(error) from None
        for item in going:
            try:
                spend(frame, 20 * ITEM)
            except FAULTS as error:
                raise here.failure(error) from None
            store(frame, item)
            for test in tests:
                holds = test(frame)
                try:
                    if not truth(holds):
                        break
                except FAULTS as error:
                    raise here.failure(error) from None
            else:
                rounds(frame, depth + 1, found)

    def step(frame: Frame) -> Any:
        found: list[Any] = []
        rounds(frame, 0, found)
        try:
            return finish(limited(frame, found))
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def _pair(key: Step, value: Step) -> Step:
    return lambda frame: (key(frame), value(frame))


_FINISH: dict[type[ast.AST], Callable[[list[Any]], Any]] = {
    ast.ListComp: lambda found: found,
    ast.GeneratorExp: lambda found: found,
    ast.SetComp: lambda found: {key_of(value) for value in found},
    ast.DictComp: lambda found: {key_of(key): value for key, value in found},
}


def compile_items(
    scope: Scope, nodes: Sequence[ast.expr], compile_expression: Compile
) -> Callable[[Frame], list[Any]]:
    """Return what makes the list of several values, ``*`` before one spread out."""
    if not any(isinstance(node, ast.Starred) for node in nodes):
        steps = [compile_expression(scope, node) for node in nodes]
        return lambda frame: [step(frame) for step in steps]
    parts = [
        (compile_expression(scope, node.value), Place(scope.text, node))
        if isinstance(node, ast.Starred)
        else (compile_expression(scope, node), None)
        for node in nodes
    ]

    def step(frame: Frame) -> list[Any]:
        found: list[Any] = []
        for part, spread in parts:
            value = part(frame)
            try:
                found += items(frame, value) if spread else [value]
                limited(frame, found)
            except FAULTS as error:
                raise (spread or Place(scope.text, nodes[0])).failure(error) from None
        return found

    return step


def joined_text(scope: Scope, node: ast.JoinedStr, compile_expression: Compile) -> Step:
    """Return the closure of ``f"{x:.3f}"``: it is for what a program prints."""
    parts: list[tuple[Step, str]] = []
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            spec = value.format_spec
            written_out = ast.unparse(spec)[2:-1] if spec else ""
            if len(written_out) > MOST_FORMAT or "{" in written_out:
                raise scope.refuse(node, "the format is too long: write {x:.3f}")
            parts.append((compile_expression(scope, value.value), written_out))
        else:
            parts.append((compile_expression(scope, value), ""))
    place = Place(scope.text, node)

    def step(frame: Frame) -> str:
        found = [(part(frame), spec) for part, spec in parts]
        try:
            spend(frame, 20 * ITEM * len(found))
            return "".join(
                format(value, spec) if spec and type(value) in PLAIN else written(value)
                for value, spec in found
            )
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def dictionary(scope: Scope, node: ast.Dict, compile_expression: Compile) -> Step:
    """Return the closure that makes a dict."""
    pairs = [
        (compile_expression(scope, key), compile_expression(scope, value))
        for key, value in zip(node.keys, node.values, strict=True)
        if key is not None
    ]
    if len(pairs) < len(node.keys):
        raise scope.refuse(node, "`**` is not understood here: write the keys out")
    place = Place(scope.text, node)

    def step(frame: Frame) -> Any:
        found = [(key(frame), value(frame)) for key, value in pairs]
        try:
            return {key_of(key): value for key, value in found}
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def written_set(scope: Scope, node: ast.Set, compile_expression: Compile) -> Step:
    """Return the closure that makes a set."""
    steps = compile_items(scope, node.elts, compile_expression)
    place = Place(scope.text, node)

    def step(frame: Frame) -> Any:
        found = steps(frame)
        try:
            return {key_of(item) for item in found}
        except FAULTS as error:
            raise place.failure(error) from None

    return step
