"""A function of the language, and a table of them: data, one line each."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

from drill.language.functions.arguments import (
    KINDS,
    PLACED,
    TEXTS,
    TYPES,
    Convert,
    anything,
    text,
)
from drill.language.functions.costs import Price, everything


@dataclass(frozen=True)
class Parameter:
    """One parameter of a function.

    Attributes
    ----------
    name : str
    required : bool
    rest : bool
        Whether it takes all further positional arguments.
    by_name, by_place : bool
        Whether it is given by its name only, or by its place only.
    convert : callable
        What checks and converts an argument.
    """

    name: str
    required: bool = False
    rest: bool = False
    by_name: bool = False
    by_place: bool = False
    convert: Convert = anything


@dataclass(frozen=True)
class Function:
    """One function: what it is called, takes, does and costs.

    Attributes
    ----------
    name : str
        Its canonical name, without ``np.``.
    signature : str
        Its parameters as numpy documents them, as ``a, axis=None, *, ddof=0``.
        A parameter's name decides what it takes (`drill.language.functions.arguments`).
    call : callable
        What computes it.
    price : callable
        What it costs, from the same arguments (`drill.language.functions.costs`).
    note : str
        What it gives, in a few words.
    foreign : bool
        Whether it comes from another room, which checks its arguments itself.
    runs : callable, optional
        Of a function that a bank defines: computes it in a caller's frame, and is
        paid from its budget as it runs.
    calls : frozenset of str
        The functions that such a function comes to call.
    """

    name: str
    signature: str
    call: Callable[..., Any]
    price: Price
    note: str = ""
    foreign: bool = False
    runs: Callable[[list[Any], Sequence[Any], Mapping[str, Any]], Any] | None = None
    calls: frozenset[str] = frozenset()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The signature, read."""
        return _read(self.signature, self.foreign)


def _cells_given(name: str, call: Callable[..., Any]) -> Price:
    return everything


@lru_cache(maxsize=1024)
def _read(signature: str, foreign: bool) -> tuple[Parameter, ...]:
    parameters = []
    by_name = False
    for part in filter(None, map(str.strip, signature.split(","))):
        name, equals, _ = part.partition("=")
        if name == "*":
            by_name = True
            continue
        rest = name.startswith("*")
        name = name.lstrip("*")
        convert = text if name in TEXTS | TYPES else KINDS.get(name, anything)
        # Another room's parameters mean what that room says.
        convert = anything if foreign else convert
        required = not (equals or rest)
        # As in Python, what comes after a star is given by its name.
        by_place = name in PLACED and not foreign
        parameters.append(Parameter(name, required, rest, by_name, by_place, convert))
        by_name = by_name or rest
    return tuple(parameters)


class OnDemand(Mapping[str, Function]):
    """Functions by name, each made when it is first asked for.

    Reading the signatures of two hundred functions takes longer than any formula of
    a question, which calls a few of them.
    """

    def __init__(
        self, make: Mapping[str, Callable[[], Function]], others: Mapping[str, Function]
    ) -> None:
        self._make = make
        self._others = others
        self._made: dict[str, Function] = {}

    def __getitem__(self, name: str) -> Function:
        """Make a function, or return it as it was made."""
        if name in self._made:
            return self._made[name]
        if name not in self._make:
            return self._others[name]
        made = self._made[name] = self._make[name]()
        return made

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a function, without making it."""
        return name in self._make or name in self._others

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(dict.fromkeys((*self._others, *self._make)))

    def __len__(self) -> int:
        """Count the functions."""
        return len({*self._make, *self._others})


@dataclass(frozen=True, eq=False)
class Table:
    """Everything that a formula or program may name.

    Attributes
    ----------
    name : str
        What the table is called in messages and in the manual.
    functions : mapping
        Functions by name, written bare or after ``np.``; a name may be dotted.
    builtins : mapping
        Python's own functions; they go before `functions` when written bare.
    methods : mapping
        What may follow an array's dot and be called.
    constants : mapping
        Numbers by name, and None as ``newaxis``.
    text : bool
        Whether text constants are allowed.
    """

    name: str
    functions: Mapping[str, Function] = field(repr=False)
    builtins: Mapping[str, Function] = field(repr=False)
    methods: Mapping[str, Function] = field(repr=False)
    constants: Mapping[str, Any] = field(repr=False)
    text: bool = False

    def extended(
        self,
        functions: Mapping[str, Callable[..., Any]],
        price: Callable[[str, Callable[..., Any]], Price] = _cells_given,
    ) -> Table:
        """Return this table with further functions, written bare.

        Parameters
        ----------
        functions : mapping
            Callables by name; their signatures say what they take.  They must not
            change their arguments.
        price : callable, optional
            Returns what a function costs, from its name and itself: the price takes
            the same arguments and returns the cells of the result and the steps of
            work.  Without, a function costs the cells that it is given.

        Returns
        -------
        Table

        Examples
        --------
        >>> from drill.language import BANK, parse, run
        >>> def area(n: int) -> int:
        ...     return n * n
        >>> table = BANK.extended({"area": area})
        >>> run(parse("area(n) + 1", names=["n"], table=table), {"n": 3})
        10
        """

        def make(name: str, call: Callable[..., Any]) -> Function:
            return Function(name, _write(call), call, price(name, call), "", True)

        added = {name: partial(make, name, call) for name, call in functions.items()}
        return replace(self, builtins=OnDemand(added, self.builtins))


def _write(call: Callable[..., Any]) -> str:
    """Write a callable's parameters in the table's notation, without types."""
    written = []
    starred = False
    for parameter in inspect.signature(call).parameters.values():
        name = parameter.name
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            written.append("*")
            starred = True
        if parameter.kind is parameter.VAR_POSITIONAL:
            name, starred = f"*{name}", True
        has_default = parameter.default is not parameter.empty
        written.append(f"{name}=" if has_default else name)
    return ", ".join(written)
