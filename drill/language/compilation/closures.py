"""Functions that a program defines: called with a frame of their own, at a price."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drill.language.functions.function import Function
from drill.language.operators import RUNTIME, UNSET, Frame, spend
from drill.language.values import Complaint, normal

MAX_CALLS = 40
"""How many calls may be under way at once."""
CALL = 200


@dataclass
class Runtime:
    """What all frames of one run share: what is printed, the calls, the trace."""

    printed: list[str]
    depth: int = 0
    tracer: Any = None


@dataclass(frozen=True, eq=False)
class Closure:
    """A function with the frame in which it was defined.

    Attributes
    ----------
    name : str
    parameters : tuple of str
        Their slots come first in its frames.
    defaults : mapping
        The values of the parameters that may be left out.
    body : callable
        Takes the new frame and returns the value.
    size : callable
        How many places a frame has: known when the body is compiled.
    """

    name: str
    parameters: tuple[str, ...]
    defaults: Mapping[str, Any]
    body: Callable[[Frame], Any]
    size: Callable[[], int]
    outer: Frame = field(repr=False)

    def __call__(
        self, frame: Frame, given: Sequence[Any], named: Mapping[str, Any]
    ) -> Any:
        """Run the body on arguments, paid from the caller's budget."""
        spend(frame, CALL)
        values = (
            self.bound(given, named)
            if named or len(given) != len(self.parameters)
            else given
        )
        runtime = frame[RUNTIME]
        if runtime.depth >= MAX_CALLS:
            raise Complaint(
                f"`{self.name}` calls on more than {MAX_CALLS} deep: does it end?"
            )
        inner = [frame[0], runtime, self.outer, *values]
        inner += [UNSET] * (self.size() - len(inner))
        runtime.depth += 1
        try:
            return self.body(inner)
        finally:
            runtime.depth -= 1
            frame[0] = inner[0]

    def bound(self, given: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
        """Give each argument to its parameter."""
        if len(given) > len(self.parameters):
            raise Complaint(
                f"`{self.name}` takes {len(self.parameters)} values, not {len(given)}"
            )
        values = {**self.defaults, **dict(zip(self.parameters, given, strict=False))}
        for name, value in named.items():
            if name not in self.parameters[len(given) :]:
                raise Complaint(f"`{self.name}` takes no `{name}=` here")
            values[name] = value
        missing = [name for name in self.parameters if name not in values]
        if missing:
            raise Complaint(f"`{self.name}` needs a value for `{missing[0]}`")
        return [values[name] for name in self.parameters]


@dataclass(frozen=True, eq=False)
class Wrapped:
    """A function of the table, or one made from another, used as a value."""

    name: str
    call: Callable[[Frame, Sequence[Any], Mapping[str, Any]], Any]

    def __call__(
        self, frame: Frame, given: Sequence[Any], named: Mapping[str, Any]
    ) -> Any:
        """Call it, paid from the caller's budget."""
        return self.call(frame, given, named)


def wrapped(function: Function) -> Wrapped:
    """Make a value of a function of the table: its arguments are bound as it runs."""

    if function.runs is not None:
        return Wrapped(function.name, function.runs)

    singles = [p for p in function.parameters if not p.by_name and not p.rest]
    rest = [p for p in function.parameters if p.rest]
    by_name = {p.name: p for p in function.parameters if not p.rest}
    required = sum(p.required for p in singles)

    def call(frame: Frame, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if len(given) > len(singles) and not rest:
            raise Complaint(f"`{function.name}` takes {len(singles)} values by place")
        takes = [*singles, *rest * len(given)] if rest else singles
        values = [p.convert(value) for p, value in zip(takes, given, strict=False)]
        if any(name not in by_name for name in named):
            raise Complaint(f"`{function.name}` takes: {function.signature}")
        keys = {name: by_name[name].convert(value) for name, value in named.items()}
        if len(values) < required:
            raise Complaint(f"`{function.name}` takes: {function.signature}")
        spend(frame, function.price(*values, **keys)[1] + 20)
        return normal(function.call(*values, **keys))

    return Wrapped(function.name, call)


def invoke(
    frame: Frame,
    function: Any,
    given: Sequence[Any],
    named: Mapping[str, Any] | None = None,
) -> Any:
    """Call a value.

    Raises
    ------
    Complaint
        When it is no function.
    """
    if not isinstance(function, Closure | Wrapped):
        raise Complaint("only a function can be called: write * for a product")
    return function(frame, given, named or {})


def call_with_inputs(
    frame: Frame, function: Closure, order: Sequence[str], given: dict[str, Any]
) -> Any:
    """Call the program's function with the names of the prompt.

    By name where its parameters are those names, in whatever order; else by place.
    """
    values = {name: given[name] for name in order}
    wanted = function.parameters
    needed = [name for name in wanted if name not in function.defaults]
    if set(needed) <= values.keys():
        named = {name: values[name] for name in wanted if name in values}
        return function(frame, [], named)
    if not len(needed) <= len(values) <= len(wanted):
        raise Complaint(
            f"`{function.name}` takes {len(wanted)} values; the question gives"
            f" {', '.join(values)}"
        )
    return function(frame, list(values.values()), {})
