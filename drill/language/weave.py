"""From a checked tree to closures: each takes the frame and gives a value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np

from drill.errors import LanguageError
from drill.language.advice import TEXT, no_attribute, no_function, no_method, no_name
from drill.language.argument import TEXTS, TYPES
from drill.language.function import Function, Parameter, Table
from drill.language.limits import MAX_CELLS
from drill.language.operators import (
    ARITHMETIC,
    COMPARISONS,
    OTHERS,
    Frame,
    inverted,
    negative,
    positive,
    spend,
    truth,
)
from drill.language.place import Place, Text
from drill.language.price import shape_of, size_of
from drill.language.subscript import take
from drill.language.value import (
    LARGE,
    NUMBERS,
    TOO_LARGE,
    Complaint,
    count,
    kind_of,
    normal,
)

Step: TypeAlias = Callable[[Frame], Any]

FAULTS = (
    ArithmeticError,
    ValueError,
    TypeError,
    IndexError,
    MemoryError,
    RecursionError,
)
SYMBOLS: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
NUMPY = frozenset({"np", "numpy"})
ELEMENT_TYPES = {
    "float": "f8",
    "float64": "f8",
    "int": "i8",
    "int64": "i8",
    "bool": "?",
    "bool_": "?",
}


class Loom:
    """What one text's closures share while they are woven.

    Attributes
    ----------
    text : Text
    table : Table
    slots : dict
        The place of each name's value in the frame.
    given : frozenset of str
        The names that come from outside.
    read : set of str
        The given names that the text reads.
    called : set of str
        The canonical names of the functions it calls.
    made : set of str
        The names that it has assigned so far.
    quiet : bool
        Whether plain numbers in it stay away from numpy and its warnings.
    """

    def __init__(self, text: Text, table: Table, given: frozenset[str]) -> None:
        self.text = text
        self.table = table
        self.given = given
        self.slots: dict[str, int] = {}
        self.read: set[str] = set()
        self.called: set[str] = set()
        self.made: set[str] = set()
        self.quiet = True

    def slot(self, name: str) -> int:
        """Return the name's place in the frame; 0 is the work that is left."""
        return self.slots.setdefault(name, len(self.slots) + 1)

    def refuse(self, node: ast.AST, problem: str) -> LanguageError:
        """Return the refusal of `node`."""
        return Place(self.text, node).refusal(problem)

    # -- one method for each kind of node ------------------------------------

    def weave(self, node: ast.expr) -> Step:
        """Return the closure that computes `node`."""
        step: Step = _WEAVE[type(node)](self, node)
        return step

    def constant(self, node: ast.Constant) -> Step:
        value = node.value
        if value is ...:
            raise self.refuse(node, "`...` stands between square brackets only")
        if type(value) is str and not self.table.text:
            raise self.refuse(node, TEXT)
        return lambda frame: value

    def name(self, node: ast.Name) -> Step:
        name = node.id
        if name in self.made:
            return itemgetter(self.slot(name))
        if name in self.given:
            self.read.add(name)
            return itemgetter(self.slot(name))
        if name in self.table.constants and name != "newaxis":
            value = self.table.constants[name]
            return lambda frame: value
        raise self.refuse(node, no_name(name, self.given | self.made, self.table))

    def binary(self, node: ast.BinOp) -> Step:
        left, right = self.weave(node.left), self.weave(node.right)
        place = Place(self.text, node)
        symbol = SYMBOLS[type(node.op)]
        if symbol in ARITHMETIC:
            quick, whole = ARITHMETIC[symbol]

            def step(frame: Frame) -> Any:
                a = left(frame)
                b = right(frame)
                first = type(a)
                second = type(b)
                try:
                    if (first is int or first is float) and (
                        second is int or second is float
                    ):
                        c = quick(a, b)
                        if type(c) is float or -LARGE < c < LARGE:
                            return c
                        raise Complaint(TOO_LARGE)
                    return whole(frame, a, b)
                except FAULTS as error:
                    raise place.failure(error) from None

            return step
        operation = OTHERS[symbol]

        def other(frame: Frame) -> Any:
            a = left(frame)
            b = right(frame)
            try:
                return operation(frame, a, b)
            except FAULTS as error:
                raise place.failure(error) from None

        return other

    def unary(self, node: ast.UnaryOp) -> Step:
        inner = self.weave(node.operand)
        place = Place(self.text, node)
        if isinstance(node.op, ast.Not):

            def opposite(frame: Frame) -> Any:
                value = inner(frame)
                try:
                    return not truth(value)
                except FAULTS as error:
                    raise place.failure(error) from None

            return opposite
        operation = {ast.USub: negative, ast.UAdd: positive, ast.Invert: inverted}[
            type(node.op)
        ]

        def step(frame: Frame) -> Any:
            value = inner(frame)
            try:
                return operation(frame, value)
            except FAULTS as error:
                raise place.failure(error) from None

        return step

    def boolean(self, node: ast.BoolOp) -> Step:
        steps = tuple(map(self.weave, node.values))
        stop = isinstance(node.op, ast.Or)
        place = Place(self.text, node)

        def step(frame: Frame) -> Any:
            for inner in steps[:-1]:
                value = inner(frame)
                try:
                    if truth(value) is stop:
                        return value
                except FAULTS as error:
                    raise place.failure(error) from None
            return steps[-1](frame)

        return step

    def compare(self, node: ast.Compare) -> Step:
        place = Place(self.text, node)
        steps = tuple(map(self.weave, (node.left, *node.comparators)))
        pairs = tuple(COMPARISONS[SYMBOLS[type(op)]] for op in node.ops)
        if len(pairs) == 1:
            left, right = steps
            quick, whole = pairs[0]

            def single(frame: Frame) -> Any:
                a = left(frame)
                b = right(frame)
                first = type(a)
                second = type(b)
                if (first is int or first is float) and (
                    second is int or second is float
                ):
                    return quick(a, b)
                try:
                    return whole(frame, a, b)
                except FAULTS as error:
                    raise place.failure(error) from None

            return single

        def chain(frame: Frame) -> Any:
            a = steps[0](frame)
            holds: Any = True
            for (_, whole), inner in zip(pairs, steps[1:], strict=True):
                b = inner(frame)
                try:
                    holds = whole(frame, a, b)
                    if not truth(holds):
                        return holds
                except FAULTS as error:
                    raise place.failure(error) from None
                a = b
            return holds

        return chain

    def conditional(self, node: ast.IfExp) -> Step:
        test, then, other = map(self.weave, (node.test, node.body, node.orelse))
        place = Place(self.text, node.test)

        def step(frame: Frame) -> Any:
            value = test(frame)
            try:
                holds = truth(value)
            except FAULTS as error:
                raise place.failure(error) from None
            return then(frame) if holds else other(frame)

        return step

    def sequence(self, node: ast.Tuple | ast.List) -> Step:
        steps = tuple(map(self.weave, node.elts))
        place = Place(self.text, node)
        self.quiet = self.quiet and isinstance(node, ast.Tuple)
        make: Callable[..., Any] = tuple if isinstance(node, ast.Tuple) else list

        def step(frame: Frame) -> Any:
            value = make([inner(frame) for inner in steps])
            for item in value:
                if type(item) not in NUMBERS:
                    try:
                        spend(frame, count(value))
                    except FAULTS as error:
                        raise place.failure(error) from None
                    break
            return value

        return step

    def attribute(self, node: ast.Attribute) -> Step:
        dotted = self.dotted(node)
        if dotted is not None:
            if dotted in self.table.constants:
                value = self.table.constants[dotted]
                return lambda frame: value
            if dotted in self.table.functions:
                raise self.refuse(
                    node, f"`np.{dotted}` is a function: write np.{dotted}(…)"
                )
            raise self.refuse(node, no_function(dotted, self.table, dotted=True))
        read = _ATTRIBUTES.get(node.attr)
        if read is None:
            raise self.refuse(node, no_attribute(node.attr, self.table))
        inner = self.weave(node.value)
        place = Place(self.text, node)

        def step(frame: Frame) -> Any:
            value = inner(frame)
            try:
                return read(value)
            except FAULTS as error:
                raise place.failure(error) from None

        return step

    def dotted(self, node: ast.AST) -> str | None:
        """Return what follows ``np.``, or None when `node` is no such name."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if (
            not isinstance(node, ast.Name)
            or node.id not in NUMPY
            or node.id in self.given | self.made
        ):
            return None
        return ".".join(reversed(parts))

    def subscript(self, node: ast.Subscript) -> Step:
        inner = self.weave(node.value)
        key = self.key(node.slice)
        place = Place(self.text, node)

        def step(frame: Frame) -> Any:
            value = inner(frame)
            index = key(frame)
            try:
                return take(frame, value, index)
            except FAULTS as error:
                raise place.failure(error) from None

        return step

    def key(self, node: ast.expr) -> Step:
        """Weave what stands between square brackets."""
        if isinstance(node, ast.Slice):
            ends = (node.lower, node.upper, node.step)
            lower, upper, step = (
                self.weave(end) if end is not None else _nothing for end in ends
            )
            return lambda frame: slice(lower(frame), upper(frame), step(frame))
        if isinstance(node, ast.Constant) and node.value is ...:
            return lambda frame: ...
        if isinstance(node, ast.Tuple):
            keys = tuple(map(self.key, node.elts))
            return lambda frame: tuple([key(frame) for key in keys])
        return self.weave(node)

    # -- calls ----------------------------------------------------------------

    def call(self, node: ast.Call) -> Step:
        function, owner = self.callee(node.func)
        self.called.add(function.name)
        self.quiet = False
        given = ([owner] if owner else []) + list(node.args)
        places, named = self.bind(node, function, given)
        call, price = function.call, function.price
        place = Place(self.text, node, function.name)
        if len(places) == 1 and not named:
            convert, inner = places[0]

            def single(frame: Frame) -> Any:
                value = inner(frame)
                try:
                    value = convert(value)
                    cells, work = price(value)
                    frame[0] -= work
                    if frame[0] < 0 or cells > MAX_CELLS:
                        _overspent(frame)
                    return normal(call(value))
                except FAULTS as error:
                    raise place.failure(error) from None

            return single

        def step(frame: Frame) -> Any:
            values = [inner(frame) for _, inner in places]
            keys = {name: inner(frame) for name, _, inner in named}
            try:
                values = [
                    convert(value)
                    for (convert, _), value in zip(places, values, strict=True)
                ]
                for name, convert, _ in named:
                    keys[name] = convert(keys[name])
                cells, work = price(*values, **keys)
                frame[0] -= work
                if frame[0] < 0 or cells > MAX_CELLS:
                    _overspent(frame)
                return normal(call(*values, **keys))
            except FAULTS as error:
                raise place.failure(error) from None

        return step

    def callee(self, node: ast.expr) -> tuple[Function, ast.expr | None]:
        """Find what is called, and the array whose method it is."""
        if isinstance(node, ast.Name):
            found = self.table.builtins.get(node.id) or self.table.functions.get(
                node.id
            )
            if found is None:
                known = self.given | self.made
                raise self.refuse(node, no_function(node.id, self.table, known))
            return found, None
        if isinstance(node, ast.Attribute):
            dotted = self.dotted(node)
            if dotted is None:
                method = self.table.methods.get(node.attr)
                if method is None:
                    raise self.refuse(node, no_method(node.attr, self.table))
                return method, node.value
            found = self.table.functions.get(dotted)
            if found is None:
                raise self.refuse(node, no_function(dotted, self.table, dotted=True))
            return found, None
        raise self.refuse(node, "only a function can be called: write * for a product")

    def bind(
        self, node: ast.Call, function: Function, given: list[ast.expr]
    ) -> tuple[list[tuple[Any, Step]], list[tuple[str, Any, Step]]]:
        """Give each argument to a parameter, or say why none takes it."""
        parameters = function.parameters
        ordered = [p for p in parameters if not p.by_name]
        rest = next((p for p in ordered if p.rest), None)
        singles = [p for p in ordered if not p.rest]
        if len(given) > len(singles) and rest is None:
            extra = given[len(singles)]
            raise self.refuse(
                extra,
                f"`{function.name}` takes {_arguments(len(singles))} by place:"
                f" {function.name}({function.signature})",
            )
        places = []
        for place, argument in enumerate(given):
            parameter = singles[place] if place < len(singles) else rest
            assert parameter is not None
            places.append((parameter.convert, self.argument(argument, parameter)))
        byname = {p.name: p for p in parameters if not p.rest}
        taken = {p.name for p in singles[: len(given)]}
        named = []
        for keyword in node.keywords:
            parameter = byname.get(keyword.arg or "")
            if parameter is None:
                raise self.refuse(keyword, _no_keyword(keyword.arg, function))
            if parameter.name in taken:
                raise self.refuse(keyword, f"`{parameter.name}` is given twice")
            taken.add(parameter.name)
            step = self.argument(keyword.value, parameter)
            named.append((parameter.name, parameter.convert, step))
        for parameter in parameters:
            if parameter.required and parameter.name not in taken:
                raise self.refuse(
                    node,
                    f"`{function.name}` needs `{parameter.name}`:"
                    f" {function.name}({function.signature})",
                )
        return places, named

    def argument(self, node: ast.expr, parameter: Parameter) -> Step:
        """Weave an argument; some parameters take a word of a closed set."""
        if parameter.name in TYPES:
            word = node.id if isinstance(node, ast.Name) else self.dotted(node)
            code = ELEMENT_TYPES.get(word or "")
            if code is None:
                raise self.refuse(node, "an element type is float, int or bool")
            return lambda frame: code
        if (
            parameter.name in TEXTS
            and isinstance(node, ast.Constant)
            and type(node.value) is str
        ):
            word = node.value
            return lambda frame: word
        return self.weave(node)


def _nothing(frame: Frame) -> None:
    return None


def _arguments(number: int) -> str:
    return f"{number} argument" if number == 1 else f"{number} arguments"


def _no_keyword(name: str | None, function: Function) -> str:
    if name is None:
        return "** before an argument is not understood here: write them one by one"
    translated = {"dim": "axis", "keepdim": "keepdims"}.get(name)
    if translated:
        return f"numpy writes `{translated}=`, not `{name}=`"
    return (
        f"`{function.name}` takes no `{name}=`: {function.name}({function.signature})"
    )


def _overspent(frame: Frame) -> None:
    spend(frame, 0)
    raise Complaint(f"the result has more than {MAX_CELLS:,} cells")


def _array_only(value: Any, what: str) -> Any:
    if isinstance(value, tuple | list) or value is None or isinstance(value, str):
        raise Complaint(f"{kind_of(value)} has no .{what}: write np.array([…])")
    return value


def _shape(value: Any) -> tuple[int, ...]:
    return shape_of(_array_only(value, "shape"))


def _size(value: Any) -> int:
    return size_of(_array_only(value, "size"))


def _ndim(value: Any) -> int:
    return len(shape_of(_array_only(value, "ndim")))


def _turned(value: Any) -> Any:
    value = _array_only(value, "T")
    return value.T if isinstance(value, np.ndarray) else value


_ATTRIBUTES: Mapping[str, Callable[[Any], Any]] = {
    "T": _turned,
    "shape": _shape,
    "size": _size,
    "ndim": _ndim,
}
_WEAVE: Mapping[type[ast.AST], Callable[[Loom, Any], Step]] = {
    ast.Constant: Loom.constant,
    ast.Name: Loom.name,
    ast.BinOp: Loom.binary,
    ast.UnaryOp: Loom.unary,
    ast.BoolOp: Loom.boolean,
    ast.Compare: Loom.compare,
    ast.IfExp: Loom.conditional,
    ast.Tuple: Loom.sequence,
    ast.List: Loom.sequence,
    ast.Attribute: Loom.attribute,
    ast.Subscript: Loom.subscript,
    ast.Call: Loom.call,
}
