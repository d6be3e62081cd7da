"""Functions that a bank's file defines: checked at the door, paid as they run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drill.bank import load_bank
from drill.cli.main import run as run_command
from drill.drawing import draw
from drill.errors import BankError, EvaluationError, LanguageError
from drill.language import BANK, define, parse, run
from drill.selftest import certify

FILE = re.search(
    r"^```yaml\n(format: 1\ntopic: detection\n.*?)^```",
    (Path(__file__).parent.parent / "docs" / "bank.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
assert FILE is not None
DETECTION = FILE[1]


@pytest.fixture
def written(tmp_path: Path):
    """Return what writes the documents' file with something replaced."""

    def write(old: str = "", new: str = "") -> Path:
        assert old in DETECTION
        text = DETECTION.replace(old, new) if old else DETECTION
        (tmp_path / "detection.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_bank_with_its_own_functions_is_certified(written) -> None:
    """Two definitions that go different ways agree on every draw."""
    bank = load_bank([written()])

    assert [str(one) for one in bank.topics["detection"].functions] == [
        "area(box)",
        "overlap(a, b)",
        "count_overlap(a, b)",
    ]
    assert certify(bank.questions[0], range(60)).findings == ()
    assert 0 < draw(bank.questions[0], 3).targets[0].reference < 1


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        pytest.param("return both / (", "retrun both / (", 13, "cannot be read", id="syntax"),
        pytest.param("both / (area", "both / (aera", 13, "did you mean `area`", id="name"),
        pytest.param("def overlap(", "def sum(", 9, "is a function already", id="taken"),
        pytest.param("def count_overlap", "def overlap", 15, "defined twice", id="twice"),
        pytest.param("count_overlap(A, B)", "overlap(B, A)", 40, "calls 'overlap' as the answer's", id="shared"),
        pytest.param("      one = two", "      import os\n      one = two", 17, "only numpy is here", id="import"),
        pytest.param("      one = two", "      a.__class__\n      one = two", 17, "cannot start with `_`", id="reaches-out"),
    ],
)  # fmt: skip
def test_a_broken_function_has_its_line(
    written, old: str, new: str, line: int, said: str
) -> None:
    """What is wrong is said with the line in the file, and once."""
    with pytest.raises(BankError) as caught:
        load_bank([written(old, new)])

    assert {problem.line for problem in caught.value.problems} == {line}
    assert said in str(caught.value)


def test_a_shared_function_is_seen_through_a_let(written) -> None:
    """A cross-check of what the value calls under another name is no second way."""
    folder = written(
        "require: ['0.05 < overlap(A, B) < 0.95']", "require: ['0.05 < u < 0.95']"
    )
    path = folder / "detection.yaml"
    text = path.read_text("utf-8").replace(
        "    require:", "      u: overlap(A, B)\n    require:"
    )
    text = text.replace("value: 'overlap(A, B)'", "value: u * 1")
    path.write_text(
        text.replace("count_overlap(A, B)", "overlap(B, A)"), encoding="utf-8"
    )

    (finding, *_) = certify(load_bank([folder]).questions[0], range(3)).findings

    assert "'area'" in finding.message
    assert "'overlap'" in finding.message


def test_changing_a_function_changes_the_ticket(written) -> None:
    """The digest of a question holds the functions that it comes to call."""
    before = load_bank([written()]).questions[0].digest
    also = load_bank([written("one = two = both", "two = one = both")]).questions[0]
    changed = load_bank([written("max(box[2]", "max(0 + box[2]")]).questions[0]

    # count_overlap is the cross-check's, which decides nothing.
    assert also.digest == before
    assert changed.digest != before


HOSTILE = {
    "def f(n):\n    while True:\n        n += 1": "ran .* times",
    "def f(n):\n    return f(n)": "does it end",
    "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)": "does it end",
    "def f(n):\n    a = [0]\n    for i in range(99):\n        a = a + a\n    return a": "items",
    "def f(n):\n    return [f(k) for k in range(n)]": "nested|does it end",
    "def f(n):\n    return list(map(f, [n, n]))": "does it end|steps of work",
    "def f(n):\n    return np.ones((10**6, 10**6))": "too large",
    "def f(n):\n    return 9**9**9": "too large",
    "def f(n):\n    return lambda: n": "function",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_function_is_stopped(text: str) -> None:
    """It is paid from the formula's own budget, round by round and call by call."""
    table, _ = define(text, BANK)
    program = parse("f(n) + f(n)", names=["n"], table=table)

    with pytest.raises(EvaluationError, match=HOSTILE[text]):
        run(program, {"n": 9})


@pytest.mark.parametrize(
    "text",
    ["x = 1", "print(1)", "", "'''nothing'''", "class A:\n    pass", "f = lambda x: x"],
)
def test_only_definitions_stand_there(text: str) -> None:
    """Nothing runs when a file is loaded."""
    with pytest.raises(LanguageError):
        define(text, BANK)


def test_they_are_listed(written, capsys) -> None:
    """`drill bank functions --bank` names them with their first line."""
    assert run_command(["bank", "functions", "area", "--bank", str(written())]) == 0
    assert "area(box)" in capsys.readouterr().out


REMEMBERING = {
    "a default": "def total(x, found=[]):\n    found.append(x)\n    return len(found)",
    "another's": (
        "def total(x):\n    return kept(x)\n"
        "def kept(x, found={}):\n    found[x] = len(found)\n    return len(found)"
    ),
}


@pytest.mark.parametrize("text", REMEMBERING.values(), ids=REMEMBERING)
def test_a_call_leaves_nothing_behind(text: str) -> None:
    """A draw depends on nothing that ran before it, whatever a function keeps."""
    table, _ = define(text, BANK)
    program = parse("total(x)", names=["x"], table=table)

    assert [run(program, {"x": x}) for x in (1, 2, 3)] == [1, 1, 1]
