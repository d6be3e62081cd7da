"""Prose: fields are found, parsed once, and refused at their place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.bank import Field, Prose, parse_prose
from drill.bank.prose import read_prose
from drill.errors import LanguageError
from drill.language import BANK, Program, parse

NAMES = ("n", "f", "M")


def reading(*names: str) -> Callable[[str], Program]:
    """Return a parser of formulas that may read `names`."""
    return lambda formula: parse(formula, names=names, table=BANK)


def written(prose: Prose) -> list[object]:
    """Return the parts, a field as its formula and its format."""
    return [
        (part.program.source, part.spec) if isinstance(part, Field) else part
        for part in prose.parts
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("plain", ["plain"], id="plain"),
        pytest.param("{n}", [("n", "")], id="only a field"),
        pytest.param("{n}{f}", [("n", ""), ("f", "")], id="two fields"),
        pytest.param("a {n} × {f}.", ["a ", ("n", ""), " × ", ("f", ""), "."], id="fields in a sentence"),
        pytest.param("{{n}}", ["{n}"], id="braces"),
        pytest.param("{{{n}}}", ["{", ("n", ""), "}"], id="field in braces"),
        pytest.param("{ n + 1 }", [("n + 1", "")], id="blanks"),
        pytest.param("{n / 3:.3f}", [("n / 3", ".3f")], id="decimals"),
        pytest.param("{n / 3:.2e}", [("n / 3", ".2e")], id="exponent"),
        pytest.param("{n / 3:.4g}", [("n / 3", ".4g")], id="digits"),
        pytest.param("{n / 3:.1%}", [("n / 3", ".1%")], id="percent"),
        pytest.param("{M[:, 0]}", [("M[:, 0]", "")], id="slice"),
        pytest.param("{M[1:, :2]:.2f}", [("M[1:, :2]", ".2f")], id="slice with a format"),
        pytest.param("{(n, f)[0]:.2f}", [("(n, f)[0]", ".2f")], id="tuple with a format"),
        pytest.param("{'a}:b' if n == 1 else 'c'}", [("'a}:b' if n == 1 else 'c'", "")], id="brace in quotes"),
        pytest.param("M =\n{M}\nis it", ["M =\n", ("M", ""), "\nis it"], id="lines"),
    ],
)  # fmt: skip
def test_fields_are_found(text: str, parts: list[object]) -> None:
    """A field is a formula in braces, with a format after its last colon."""
    prose = parse_prose(text, NAMES, BANK)

    assert written(prose) == parts
    assert prose.source == text


@pytest.mark.parametrize(
    ("text", "problem", "line", "column"),
    [
        pytest.param("a } b", "a '}' without its '{'; write '}}' for a brace", 1, 3, id="lone closing"),
        pytest.param("a { b", "a '{' without its '}'; write '{{' for a brace", 1, 3, id="lone opening"),
        pytest.param("a\nbc {n} {", "a '{' without its '}'; write '{{' for a brace", 2, 8, id="on line 2"),
        pytest.param("{n {f}}", "a '{' without its '}'; write '{{' for a brace", 1, 1, id="nested"),
        pytest.param("a {} b", "an empty field; write '{{' and '}}' for braces", 1, 3, id="empty"),
        pytest.param("a { } b", "an empty field; write '{{' and '}}' for braces", 1, 3, id="blank"),
        pytest.param("{n:03d}", "a format after ':' is like .3f, .4g, .2e or .1%", 1, 4, id="integer format"),
        pytest.param("{n:>5}", "a format after ':' is like .3f, .4g, .2e or .1%", 1, 4, id="alignment"),
        pytest.param("{n:.999f}", "a format after ':' is like .3f, .4g, .2e or .1%", 1, 4, id="wide format"),
        pytest.param("{n!r}", None, 1, 0, id="conversion"),
        pytest.param("the set {1, 2}", "'1, 2' is always the same; write it out, or '{{' and '}}' for braces", 1, 10, id="constant"),
        pytest.param("a\n{n} {n + q}", None, 2, 10, id="unknown name"),
        pytest.param("{n.__class__}", None, 1, 0, id="dunder"),
    ],
)  # fmt: skip
def test_fields_are_refused_at_their_place(
    text: str, problem: str | None, line: int, column: int
) -> None:
    """An error has the line and column in the whole text, not in the field."""
    with pytest.raises(LanguageError) as refused:
        parse_prose(text, NAMES, BANK)

    error = refused.value
    assert error.source == text
    assert error.line == line
    assert problem is None or error.problem == problem
    assert error.column == column or not column


def test_every_error_of_a_text_is_found() -> None:
    """One wrong field does not hide the next."""
    prose, errors = read_prose("{p} {n} {} {q}", reading(*NAMES))

    assert [error.column for error in errors] == [2, 9, 13]
    assert written(prose) == [" ", ("n", ""), "  "]


@given(st.text("ab {}:.3f\n'[", max_size=30))
def test_splitting_loses_nothing(text: str) -> None:
    """Text and fields, put together again, are the text; or there is an error."""
    prose, errors = read_prose(text, reading("a", "b", "f"))
    if errors:
        return

    again = "".join(
        part.replace("{", "{{").replace("}", "}}")
        if isinstance(part, str)
        else "{" + part.program.source + (f":{part.spec}" if part.spec else "") + "}"
        for part in prose.parts
    )
    assert "".join(again.split()) == "".join(text.split())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_doubled_braces_are_any_text(text: str) -> None:
    """Any text can be written as prose by doubling its braces."""
    prose = parse_prose(text.replace("{", "{{").replace("}", "}}"), (), BANK)

    assert "".join(str(part) for part in prose.parts) == text
