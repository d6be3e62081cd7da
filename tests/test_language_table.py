"""The table is data: each row keeps what it promises, and the manual is the table."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from subprocess import run as start

import numpy as np
import pytest

from drill.language import BANK, LEARNER, Function, Table, Value, parse, run
from drill.language.functions.arguments import KINDS, TEXTS, TYPES
from drill.language.functions.costs import sizes, tiled
from drill.language.functions.entries import (
    ALIASES,
    ALSO_METHODS,
    BUILTINS,
    GROUPS,
    METHODS,
)
from drill.language.manual import manual

DOCS = Path(__file__).parent.parent / "docs" / "language.md"
ROWS = [row for rows in GROUPS.values() for row in rows]
M = np.array([[4.0, 1.0, 3.0], [2.0, 6.0, 5.0], [9.0, 8.0, 7.0]])
# An argument for each parameter that must be given.
ARGUMENTS = {
    "a": "M",
    "b": "M",
    "x": "M",
    "y": "M",
    "condition": "M > 3",
    "a_min": "2",
    "a_max": "5",
    "subscripts": "'ij->ji'",
    "arrays": "(M, M)",
    "new_shape": "(9, 1)",
    "axis": "0",
    "axis1": "0",
    "axis2": "1",
    "source": "0",
    "destination": "1",
    "shape": "(3, 3)",
    "reps": "2",
    "repeats": "2",
    "shift": "1",
    "pad_width": "1",
    "fill_value": "7",
    "N": "3",
    "start": "1",
    "stop": "3",
}


# What a function takes that does not take these.
OTHERS = {
    "inner": ["M[0]", "M[0]"],
    "einsum": ["'ij->ji'", "M"],
    "where": ["M > 3", "1", "0"],
    "quantile": ["M", "0.25"],
    "percentile": ["M", "25"],
    "bincount": ["np.array([1, 1, 3])"],
    "lib.stride_tricks.sliding_window_view": ["M", "(2, 2)"],
    "unravel_index": ["4", "(3, 3)"],
    "ravel_multi_index": ["(1, 2)", "(3, 3)"],
    "take": ["M", "[0, 4]"],
    "take_along_axis": ["M", "np.array([[0], [1], [2]])", "1"],
    "searchsorted": ["np.array([1, 3])", "2"],
    "delete": ["M", "1"],
    "insert": ["M", "1", "7"],
    "split": ["M", "3"],
    "array_split": ["M", "2"],
    "ix_": ["np.array([0, 1])", "np.array([1, 2])"],
    "fromiter": ["[1.0, 2.0]", "float"],
    "meshgrid": ["M[0]", "M[1]"],
}


def arguments(function: Function) -> list[str]:
    """Write what a call of `function` needs."""
    needed = [p.name for p in function.parameters if p.required]
    return OTHERS.get(function.name) or [ARGUMENTS[name] for name in needed]


def call(function: Function) -> str:
    """Write a call of `function` with just what it needs."""
    return f"np.{function.name}({', '.join(arguments(function))})"


def found(source: str, table: Table = LEARNER) -> Value:
    """Return the value of `source` for the matrix M."""
    return run(parse(source, names=["M"], table=table), {"M": M})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_is_numpys_function(row: Function) -> None:
    """A call with what a row needs gives what numpy gives for the same arguments."""
    function = np
    for part in row.name.split("."):
        function = getattr(function, part)
    assert callable(function)
    values = [
        float if source == "float" else found(source, BANK) for source in arguments(row)
    ]

    expected = function(*values)

    got = found(call(row))
    if isinstance(expected, list | tuple):
        for mine, theirs in zip(got, expected, strict=True):
            np.testing.assert_allclose(np.asarray(mine), theirs)
    else:
        np.testing.assert_allclose(np.asarray(got), expected)


def unpriced(row: Function) -> set[str]:
    """Return the parameters that a row's price or the argument rules do not know."""
    priced = inspect.signature(row.price).parameters.values()
    anything = any(p.kind is p.VAR_KEYWORD for p in priced)
    by_name = {p.name for p in row.parameters if not (p.by_place or p.rest)}
    known = KINDS.keys() | TEXTS | TYPES
    strange = {p.name for p in row.parameters} - known
    return strange if anything else strange | (by_name - {p.name for p in priced})


@pytest.mark.parametrize("row", [*ROWS, *BUILTINS, *METHODS], ids=lambda row: row.name)
def test_every_row_prices_what_it_calls(row: Function) -> None:
    """A row's price takes every argument that its function takes, by the same name."""
    assert unpriced(row) == set()
    assert row.note


def test_a_row_that_hides_its_price_is_seen() -> None:
    """A parameter that no rule knows, or that the price would miss, is reported."""
    assert unpriced(Function("zeros", "size", np.zeros, sizes)) == {"size"}
    assert unpriced(Function("tile", "a, M", np.tile, tiled)) == {"M"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_option_is_numpys_own(row: Function) -> None:
    """Options that may be given by name are called so by numpy and have its default."""
    for parameter in row.parameters:
        if parameter.required or parameter.by_place or parameter.rest:
            continue
        written = row.signature.split(f"{parameter.name}=")[1].split(",")[0]
        if parameter.name in TYPES:
            continue
        short = call(row)
        named = f"{short[:-1]}, {parameter.name}={written})"
        assert str(found(named)) == str(found(short)), named


@pytest.mark.parametrize("name", ALSO_METHODS)
def test_every_method_is_numpys(name: str) -> None:
    """A method is the array's own, with the function of the same name behind it."""
    takes = {"dot": "M", "swapaxes": "0, 1", "repeat": "2", "take": "[0, 4]"}
    values = {"dot": [M], "swapaxes": [0, 1], "repeat": [2], "take": [[0, 4]]}
    # argsort of a matrix has no ties here, so any order of equals agrees.
    expected = getattr(M, name)(*values.get(name, []))

    np.testing.assert_allclose(
        np.asarray(found(f"M.{name}({takes.get(name, '')})")), expected
    )


@pytest.mark.parametrize(("alias", "name"), ALIASES.items(), ids=ALIASES)
def test_an_alias_is_the_function_it_stands_for(alias: str, name: str) -> None:
    """Programs that use an alias say that they call the canonical function."""
    row = LEARNER.functions[name]
    program = parse(
        call(row).replace(f"np.{name}", f"np.{alias}"), names=["M"], table=LEARNER
    )

    assert program.functions == {name}


def test_names_are_unique() -> None:
    """No two rows of one group of names are called the same."""
    for rows in (ROWS, BUILTINS, METHODS):
        names = [row.name for row in rows]
        assert len(names) == len(set(names))
    assert not set(ALIASES) & {row.name for row in ROWS}
    assert not set(ALSO_METHODS) & {row.name for row in METHODS}


def test_no_row_takes_what_writes_or_allocates() -> None:
    """The keywords of numpy that write into arrays are in no signature."""
    for row in [*ROWS, *BUILTINS, *METHODS]:
        names = {parameter.name for parameter in row.parameters}
        assert not names & {"out", "where", "order", "casting", "subok", "like"}


def test_one_table_does_not_change_the_other() -> None:
    """Extending a table makes a new one."""
    extended = BANK.extended({"double": lambda n: 2 * n})

    assert "double" in extended.builtins
    assert "double" not in BANK.builtins
    assert "double" not in LEARNER.builtins
    assert BANK.text
    assert not LEARNER.text


def test_the_manual_is_the_page_in_docs() -> None:
    """docs/language.md is what `manual()` writes: run it again after a new row."""
    assert DOCS.read_text(encoding="utf-8") == manual()


def test_the_manual_names_every_row() -> None:
    """Nothing that can be called is missing from the manual."""
    text = manual()
    for row in [*ROWS, *BUILTINS]:
        assert f"- `{row.name}({row.signature})`: {row.note}\n" in text
    for name in LEARNER.methods:
        assert f"`.{name}`" in text


def test_importing_the_language_does_little() -> None:
    """The room brings numpy and its own files, no other room and no slow module."""
    code = (
        "import sys; import drill.language; print(*(m for m in sys.modules if"
        " m in ('difflib', 'yaml', 'rich', 'click', 'msgspec')"
        " or m.startswith(('drill.solver', 'drill.bank', 'drill.oracle'))))"
    )
    done = start(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == ""
