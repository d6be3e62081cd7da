"""YAML text to plain values: what is read, what is refused, by both parsers."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drill.bank import reader
from drill.bank.decoding import MAX_BYTES
from drill.bank.document import BROKEN, Document
from drill.bank.reader import read

BANKS = Path(__file__).parent / "banks"
PARSERS = [pytest.param(yaml.SafeLoader, id="python")]
if hasattr(yaml, "CSafeLoader"):
    PARSERS.append(pytest.param(yaml.CSafeLoader, id="libyaml"))


def messages(document: Document) -> list[str]:
    """Return the problems as lines."""
    return [str(problem) for problem in document.problems.found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("true", True, id="true"),
        pytest.param("false", False, id="false"),
        pytest.param("null", None, id="null"),
        pytest.param("~", None, id="tilde"),
        pytest.param("", None, id="nothing"),
        pytest.param("12", 12, id="int"),
        pytest.param("-12", -12, id="negative"),
        pytest.param("+3", 3, id="plus"),
        pytest.param("0", 0, id="zero"),
        pytest.param("999999999999999999", 10**18 - 1, id="18 digits"),
        pytest.param("1.10", 1.1, id="float"),
        pytest.param("1e-3", 0.001, id="exponent"),
        pytest.param("1e3", 1000.0, id="exponent without a dot"),
        pytest.param("5E+2", 500.0, id="capital exponent"),
        pytest.param(".5", 0.5, id="no leading digit"),
        pytest.param("5.", 5.0, id="no trailing digit"),
        pytest.param("-0.0", -0.0, id="minus zero"),
        pytest.param("yes", "yes", id="yes"),
        pytest.param("no", "no", id="norway"),
        pytest.param("on", "on", id="on"),
        pytest.param("off", "off", id="off"),
        pytest.param("True", "True", id="capital true"),
        pytest.param("NULL", "NULL", id="capital null"),
        pytest.param("1:30", "1:30", id="no base 60"),
        pytest.param("2024-01-02", "2024-01-02", id="no date"),
        pytest.param("1.2.3", "1.2.3", id="version"),
        pytest.param(".inf", ".inf", id="no infinity"),
        pytest.param(".nan", ".nan", id="no nan"),
        pytest.param("1e", "1e", id="half an exponent"),
        pytest.param("n + 2*p", "n + 2*p", id="formula"),
        pytest.param("-(-n // s)", "-(-n // s)", id="formula with a sign"),
        pytest.param("[Why? Is it so?, ok? no]", ["Why? Is it so?", "ok? no"], id="questions in a list"),
        pytest.param("'12'", "12", id="quoted"),
        pytest.param('"true"', "true", id="double quoted"),
        pytest.param("'010'", "010", id="quoted octal"),
        pytest.param("[1, [2, x]]", [1, [2, "x"]], id="nested list"),
        pytest.param("{1: a, true: b, ~: c}", {"1": "a", "true": "b", "~": "c"}, id="keys are text"),
        pytest.param("|\n    a\n    b", "a\nb", id="block"),
        pytest.param(">-\n    a\n    b", "a b", id="folded"),
        pytest.param("λ × 😀", "λ × 😀", id="unicode"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("parser", PARSERS)
def test_scalars_mean_what_they_look_like(
    text: str, value: object, parser: Any
) -> None:
    """A plain scalar is a number, a truth value or nothing by our rules; else text."""
    document = read(f"a: {text}".encode(), "x.yaml", parser)

    assert messages(document) == []
    assert repr(document.value) == repr({"a": value})


ESCAPE = "a backslash escape that names no character; in single quotes a backslash is just a backslash"
INDENT = (
    "the indentation does not fit the lines before, or a text that starts with a quote"
    " or a bracket needs quotes around all of it"
)
QUOTED_TEXT = "write the number without, or in quotes as text"
OPEN = (
    "a bracket is never closed, a comma is missing, or a text with braces, brackets or commas"
    " in it needs quotes"
)
COLON = (
    "a ':' inside a text (put the text in quotes), or an indentation that does not fit"
    " the line before"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("a: 010", f"x.yaml:1: a: 010 starts with a zero; {QUOTED_TEXT}", id="octal"),
        pytest.param("a: 00.5", f"x.yaml:1: a: 00.5 starts with a zero; {QUOTED_TEXT}", id="zeros"),
        pytest.param("a: 1_000", f"x.yaml:1: a: 1_000 has an underscore; {QUOTED_TEXT}", id="underscore"),
        pytest.param("a: 0x1F", "x.yaml:1: a: 0x1F is not read as a number here; write it in decimal, or in quotes as text", id="hex"),
        pytest.param("a: 0o17", "x.yaml:1: a: 0o17 is not read as a number here; write it in decimal, or in quotes as text", id="octal prefix"),
        pytest.param(f"a: {'9' * 5000}", f"x.yaml:1: a: {'9' * 40} … (4,960 more characters) has too many digits; a whole number has 18 at most", id="huge"),
        pytest.param("a: 1e999", "x.yaml:1: a: 1e999 is too large", id="infinite"),
        pytest.param("a: 1\nb: 2\n'a': 3", "x.yaml:3: a: the key 'a' is given twice, first on line 1; keep one", id="duplicate"),
        pytest.param("1: x\n1: y", "x.yaml:2: 1: the key '1' is given twice, first on line 1; keep one", id="duplicate number"),
        pytest.param("[a]: 1", "x.yaml:1: a key must be a plain text", id="list as key"),
        pytest.param("? {a: b}\n: 1", "x.yaml:1: a key must be a plain text", id="mapping as key"),
        pytest.param("%YAML 1.1\n---\na: 1", "x.yaml:1: a line that starts with % must be in quotes", id="directive"),
        pytest.param("a: 1\n---\nb: 2", "x.yaml:2: a second document starts here; a bank file is one", id="second document"),
        pytest.param("a: !!int '3'", "x.yaml:1: a: the tag 'tag:yaml.org,2002:int' is not allowed; remove it", id="tag"),
        pytest.param("a: !!python/object/apply:os.system [id]", "x.yaml:1: a: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed; remove it", id="python tag"),
        pytest.param("a: ! x", "x.yaml:1: a: the tag '!' is not allowed; remove it", id="bare tag"),
        pytest.param("a: &x 1", "x.yaml:1: a: an anchor (&) is not allowed; remove it", id="anchor"),
        pytest.param("a: *x", "x.yaml:1: a: an alias (*) is not allowed; write the value out", id="alias"),
        pytest.param("&x a: 1", "x.yaml:1: a key has no anchor (&) and no tag (!); remove it", id="anchored key"),
        pytest.param('a: "\\e[2J"', "x.yaml:1: a: the invisible character U+001B is not allowed; remove it", id="escaped control"),
        pytest.param('"\\e": 1', "x.yaml:1: the invisible character U+001B is not allowed; remove it", id="control in key"),
        pytest.param("a: x\u202ey", "x.yaml:1: the invisible character U+202E is not allowed; remove it", id="bidi"),
        pytest.param("a:\n\tb: 1", "x.yaml:2: a tab is not allowed; use blanks", id="tab"),
        pytest.param("", "x.yaml: the file is empty; a bank file starts with 'format: 1'", id="empty"),
        pytest.param("# only this", "x.yaml: the file is empty; a bank file starts with 'format: 1'", id="comment"),
        pytest.param("a: b: c", f"x.yaml:1: this is not YAML: {COLON}", id="colon"),
        pytest.param("a: 1\n  b: 2", f"x.yaml:2: this is not YAML: {COLON}", id="indented"),
        pytest.param("a: @x", "x.yaml:1: this is not YAML: a text cannot start like this; put it in quotes", id="at sign"),
        pytest.param("a: 1\nb\nc: 2", "x.yaml:3: this is not YAML: a key without its ':', or a line that is indented too little", id="no colon"),
        pytest.param("a: 'x\nb: 1", "x.yaml:2: this is not YAML: a quote that is opened before is never closed", id="open quote"),
        pytest.param("a: [1, 2\nb: 3", f"x.yaml:2: this is not YAML: {OPEN}", id="open bracket"),
        pytest.param("a: {x: {n} wide}", f"x.yaml:1: this is not YAML: {OPEN}", id="field in a flow"),
        pytest.param('a: "\\q"', f"x.yaml:1: this is not YAML: {ESCAPE}", id="unknown escape"),
        pytest.param('a: "\\U00110000"', f"x.yaml:1: this is not YAML: {ESCAPE}", id="beyond unicode"),
        pytest.param('a: "\\ud800"', f"x.yaml:1: this is not YAML: {ESCAPE}", id="surrogate"),
        pytest.param("a:\n    b: 2\n  c: 3", f"x.yaml:3: this is not YAML: {INDENT}", id="dedent"),
        pytest.param("a: [n, f] + 1", f"x.yaml:1: this is not YAML: {INDENT}", id="after a bracket"),
        pytest.param("a: 'x' y", f"x.yaml:1: this is not YAML: {INDENT}", id="after a quote"),
        pytest.param("a: {: 1, x}", "x.yaml:1: this is not YAML: a ':' or ',' with nothing before it", id="nothing before"),
        pytest.param("a: & b", "x.yaml:1: this is not YAML: a text that starts with & or * must be in quotes", id="ampersand"),
        pytest.param("a: !<x", "x.yaml:1: this is not YAML: a text that starts with ! must be in quotes", id="exclamation"),
        pytest.param("a: | x", "x.yaml:1: this is not YAML: after | or > the text starts on the next line", id="text after bar"),
        pytest.param("a: 1\n...\nb: 2", "x.yaml:3: this is not YAML: a line of its own that is '...' or starts a second document", id="document end"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("parser", PARSERS)
def test_surprises_are_refused_in_a_sentence(
    text: str, wanted: str, parser: Any
) -> None:
    """What YAML would read as something else is one problem at its line."""
    assert messages(read(text.encode(), "x.yaml", parser)) == [wanted]


DEEP = "values are nested over 24 deep"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        pytest.param(b"[" * 100_000, DEEP, id="lists 100,000 deep"),
        pytest.param(b"a: 1\nb: " + b"[\n" * 3_000, DEEP, id="lists 3,000 deep, a line each"),
        pytest.param(b"{a: " * 100_000, DEEP, id="mappings 100,000 deep"),
        pytest.param(b"- " * 100_000, DEEP, id="block lists 100,000 deep"),
        pytest.param(b"".join(b" " * n + b"a:\n" for n in range(1_500)), DEEP, id="mappings 1,500 deep, a line each"),
        pytest.param(b"? " * 100_000, "a key that is itself a list or mapping is too large", id="keys 100,000 deep"),
        pytest.param(b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (n, n, b", ".join([b"*%c" % (n - 1)] * 10)) for n in range(98, 123)), "an alias (*) is not allowed; write the value out", id="ten to the 25 laughs"),
        pytest.param(b"a: &m {x: 1}\nb: &n {<<: [*m, *m]}\nc: {<<: [" + b", ".join([b"*n"] * 400) + b"]}", "a merge key (<<) is not read; write the keys out", id="merge bomb"),
        pytest.param(b"a: &a [*a]", "an alias (*) is not allowed; write the value out", id="self reference"),
        pytest.param(b"#" * (MAX_BYTES + 1), "the file is over 2 MiB; split the topic in two", id="too many bytes"),
        pytest.param(b"a: \xe9", "the file is not UTF-8 from here on; save it as UTF-8", id="latin-1"),
        pytest.param("a: 1".encode("utf-16"), "the file is not UTF-8 from here on; save it as UTF-8", id="utf-16"),
        pytest.param(b"a: \x00", "the invisible character U+0000 is not allowed; remove it", id="nul"),
        pytest.param("a: \u200bx".encode() * 1000, "and more invisible characters", id="a flood of them"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("parser", PARSERS)
def test_bombs_are_refused_at_once(data: bytes, wanted: str, parser: Any) -> None:
    """A hostile file costs no more than reading it, and says what is wrong."""
    start = time.process_time()
    document = read(data, "x.yaml", parser)

    assert time.process_time() - start < 2
    assert wanted in {problem.message for problem in document.problems.found}
    assert messages(document) == messages(read(data, "x.yaml", PARSERS[0].values[0]))


@pytest.mark.parametrize("parser", PARSERS)
def test_values_are_counted(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with too many values is not read to its end."""
    monkeypatch.setattr(reader, "MAX_NODES", 1000)

    document = read(b"a: [" + b"1," * 1000 + b"]", "x.yaml", parser)

    assert messages(document) == [
        "x.yaml:1: a[997]: the file has over 1,000 values; split it"
    ]


def test_both_parsers_give_the_same_lines() -> None:
    """Values, the line of every path and the start of every block agree."""
    data = (
        b"# top\na:\n  - x: 1\n    y: |\n      one\n      two\n"
        b"  - [3,\n     4]\nb: >-\n  c\n  d\n"
    )
    documents = [read(data, "x.yaml", parser.values[0]) for parser in PARSERS]

    for document in documents:
        lines = document.problems.lines
        assert document.value == {
            "a": [{"x": 1, "y": "one\ntwo\n"}, [3, 4]],
            "b": "c d",
        }
        assert lines[("a",)] == 2
        assert lines[("a", 0, "y")] == 4
        assert lines[("a", 1, 1)] == 8
        assert document.problems.blocks == {("a", 0, "y"): 5}
        assert lines == documents[0].problems.lines


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=p.stem) for p in sorted(BANKS.glob("*/*.yaml"))]
)
def test_both_parsers_read_every_bank_alike(path: Path) -> None:
    """Good or broken: the same values, lines and problems."""
    first, *others = (read(path.read_bytes(), "x", p.values[0]) for p in PARSERS)

    for other in others:
        assert repr(other.value) == repr(first.value)
        assert other.problems == first.problems


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcxyz", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(plain)
def test_what_yaml_writes_is_read_back(value: object) -> None:
    """Every plain value that PyYAML writes comes back as it was, text as text."""

    class Plain(yaml.SafeDumper):
        """Writes no aliases, as a person does."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    text = yaml.dump({"value": value}, Dumper=Plain, allow_unicode=True)
    for parser in PARSERS:
        document = read(text.encode(), "x.yaml", parser.values[0])
        assert messages(document) == []
        assert document.value == {"value": value}


@given(st.text("ab:-[]{}'\"#&*!|>%@`?,\n \\0123", max_size=40))
def test_nothing_makes_the_reader_raise(text: str) -> None:
    """Any text is a value or at least one problem; two parsers give one value.

    They differ in what they refuse: `>#` is a comment to the one in Python only.
    """
    read_by = [read(text.encode(), "x.yaml", parser.values[0]) for parser in PARSERS]

    for document in read_by:
        assert document.problems.found or document.value is not BROKEN
    values = [document.value for document in read_by if not document.problems.found]
    assert all(value == values[0] for value in values)
