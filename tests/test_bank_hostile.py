"""Hostile banks: nothing is run, nothing else is read, and everything ends."""

from __future__ import annotations

import inspect
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from drill import oracle, solver
from drill.bank import Bank, load_bank, load_topic, vocabulary
from drill.bank.load import MAX_BANK, MAX_TOPICS
from drill.cli.main import run as drill
from drill.drawing import draw, mistake_arrays, prompt
from drill.errors import BankError, DrillError, UsageError
from drill.language import parse, run
from drill.selftest import certify

# Seconds of processor time: far above what a refusal takes on a slow machine.
PATIENCE = 3.0

GOOD = """\
format: 1
topic: {topic}
title: Made
questions:
  - id: {topic}-one
    skill: sums
    draw: {{n: {{int: [1, 9]}}}}
    ask: What is {{n}} + 1?
    answer: {{kind: integer, value: n + 1}}
    cross_check: 1 + n
    mistakes: {{less: {{value: n, say: Add 1.}}}}
    hints: [Count.]
    solution: Count on.
"""


def spent(start: float) -> float:
    """Return the seconds of processor time since `start`."""
    return time.process_time() - start


def refused(path: Path) -> str:
    """Return what is said about a file that must be refused, soon."""
    start = time.process_time()
    with pytest.raises(BankError) as error:
        load_topic(path)
    assert spent(start) < PATIENCE
    return str(error.value)


# Other files


def test_a_link_out_of_the_bank_is_not_followed(tmp_path: Path) -> None:
    """A message about a broken file would otherwise quote somebody's secret."""
    secret = tmp_path / "secret"
    secret.write_text("password: [hunter2\n")
    bank = tmp_path / "bank"
    bank.mkdir()
    (bank / "a.yaml").symlink_to(secret)
    (bank / "b.yaml").symlink_to("../secret")
    (bank / "c.yaml").symlink_to("/dev/zero")

    with pytest.raises(BankError) as error:
        load_bank([bank])

    said = str(error.value)
    assert said.count("a link to a place outside the bank's folder") == 3
    assert "hunter2" not in said


def test_a_link_within_the_bank_is_followed(tmp_path: Path) -> None:
    """A bank may be a link itself, and may keep its files in a folder below."""
    store = tmp_path / "bank" / "store"
    store.mkdir(parents=True)
    (store / "v1.yaml").write_text(GOOD.format(topic="a"))
    (tmp_path / "bank" / "a.yaml").symlink_to("store/v1.yaml")
    (tmp_path / "link").symlink_to("bank")

    assert list(load_bank([tmp_path / "link"]).topics) == ["a"]


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe without a writer, a loop, a link to nowhere and a folder hang nobody."""
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "gone.yaml").symlink_to("nowhere.txt")
    (tmp_path / "folder.yaml").mkdir()
    start = time.process_time()

    with pytest.raises(BankError) as error:
        load_bank([tmp_path])

    assert spent(start) < PATIENCE
    assert len(error.value.problems) == len(list(tmp_path.iterdir()))
    assert all(
        "cannot be read: " in problem.message for problem in error.value.problems
    )


# Size


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A sparse file of a terabyte is refused in the time of 2 MiB."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(2**40)

    with pytest.raises(UsageError, match="MiB together"):
        load_topic(path)
    with path.open("wb") as file:
        file.truncate(3 * 2**20)
    assert "over 2 MiB" in refused(path)


def test_too_many_topics(tmp_path: Path) -> None:
    """A folder of thousands of files is refused by their number."""
    for number in range(MAX_TOPICS + 1):
        (tmp_path / f"t{number}.yaml").touch()

    with pytest.raises(UsageError, match="topics are too many"):
        load_bank([tmp_path])


def test_a_bank_too_large_together(tmp_path: Path) -> None:
    """Files that pass one by one are refused together."""
    for number in range(MAX_BANK // 2**21 + 1):
        with (tmp_path / f"t{number}.yaml").open("wb") as file:
            file.truncate(2**21)

    with pytest.raises(UsageError, match="split the bank"):
        load_bank([tmp_path])


BOMBS = {
    "laughs": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "cycle": "questions: &q [*q]\n",
    "merge": "a: &a {x: 1}\nb: {<<: *a}\n",
    "deep lists": "questions: " + "[" * 50_000,
    "deep mappings": "questions: " + "{a: " * 50_000,
    "deep indentation": "\n".join(" " * depth + "a:" for depth in range(1000)),
    "deep key": "? " * 20_000 + "a\n",
    "many values": "questions: [" + "0," * 900_000 + "0]\n",
    "many keys": "{" + "".join(f"k{number}: 0," for number in range(150_000)) + "}\n",
    "huge integer": "format: " + "9" * 1_000_000 + "\n",
    "huge float": "format: 1e" + "9" * 1_000 + "\n",
    "huge key": f"{'k' * 1_000_000}: 1\n",
    "code by tag": "format: !!python/object/apply:os.system ['touch pwned']\n",
    "module by tag": "format: !!python/name:os.system\n",
    "binary": "format: !!binary aGVsbG8=\n",
    "no text": "\x00\x01\x02",
    "other encoding": "\x7fELF",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_yaml_bombs(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is refused in about the time of reading it, and nothing has run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.yaml"
    path.write_text(text[: 2**21], encoding="utf-8")

    said = refused(path)

    assert len(said) < 40_000
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_flood_of_bad_formulas(bank_of: Callable[..., Bank]) -> None:
    """After a thousand refusals nobody learns more from the next."""
    formula = "+".join(["n"] * 280)
    dear = {f"m{k}": {"value": formula, "say": "No."} for k in range(60)}
    start = time.process_time()

    with pytest.raises(BankError, match="and at least 901 more problems"):
        bank_of(*[{**SUM, "mistakes": dear}] * 50)

    assert spent(start) < 3 * PATIENCE


LONG_LISTS = {
    "mistakes": {f"m{k}": {"value": f"n - {k}", "say": "No."} for k in range(1, 62)},
    "let": {f"l{k}": "n" for k in range(61)},
    "require": ["n > 0"] * 61,
    "hints": ["Look."] * 10,
}


@pytest.mark.parametrize("field", LONG_LISTS)
def test_long_lists_are_refused(field: str, bank_of: Callable[..., Bank]) -> None:
    """What one question may hold has an end, which the message names."""
    fields = {**SUM, field: LONG_LISTS[field]}

    with pytest.raises(BankError, match=f"{field}: must be a .* of at most"):
        bank_of(fields)


# Cost

SUM = {
    "draw": {"n": {"int": [1, 9]}},
    "answer": {"kind": "integer", "value": "n + 1"},
    "cross_check": "1 + n",
    "mistakes": {"less": {"value": "n", "say": "Add 1."}},
}
BIG = "np.ones((1000, 1000))"
SHAPE = {"kind": "array", "value": "M"}
DEAR = {
    "never met": {"require": ["n > 9"]},
    "never met, at length": {
        "draw": {f"n{k}": {"int": [0, 99_999]} for k in range(60)},
        "require": [f"n{k} < 0" for k in range(60)],
        "answer": {"kind": "integer", "value": "n0 + 1"},
        "mistakes": {"less": {"value": "n0", "say": "Add 1."}},
        "cross_check": "1 + n0",
    },
    "large draws": {
        "draw": {f"M{k}": {"int": [0, 9], "shape": [100_000]} for k in range(60)},
        "answer": {"kind": "integer", "value": "sum(M0) + 1"},
        "mistakes": {"less": {"value": "sum(M0)", "say": "Add 1."}},
        "cross_check": "1 + sum(M0)",
    },
    "large lets": {"let": {f"M{k}": f"{BIG} * n" for k in range(60)}},
    "many lets": {"let": {f"M{k}": "np.ones(99000) * n" for k in range(60)}},
    "long formulas": {
        "let": {f"M{k}": "+".join(["sum(np.ones(99000))"] * 15) for k in range(60)}
    },
    "dear requirements": {"require": [f"np.sum({BIG}) > 9 * n"] * 60},
    "dear mistakes": {
        "mistakes": {
            f"m{k}": {"value": f"n - np.sum({BIG}) - {k}", "say": "No."}
            for k in range(60)
        }
    },
    "dear mistakes that may coincide": {
        "mistakes": {
            f"m{k}": {
                "value": f"n - np.sum({BIG} @ np.ones((1000, 19))) - {k}",
                "say": "No.",
                "must_differ": False,
            }
            for k in range(60)
        }
    },
    "hidden cases": {
        "draw": {"M": {"int": [0, 9], "shape": [100_000]}, "n": {"int": [1, 9]}},
        "require": ["n > 8"],
        "answer": {
            "kind": "expression",
            "value": "M + 1",
            "names": ["M"],
            "cases": [{"n": 1}] * 20,
        },
        "mistakes": {"less": {"value": "M", "say": "Add 1."}},
    },
    "long answer": {
        "let": {"M": "np.ones(99000) * n"},
        "answer": SHAPE,
        "cross_check": "M + 0",
        "mistakes": {"less": {"value": "M - 1", "say": "Add 1."}},
    },
    "long prompt": {"ask": "{n}" + "{np.ones(9000) * n}" * 800},
    "long option": {
        "answer": {
            "kind": "choice",
            "options": [
                {"text": "a" + "{np.ones(9000) * n}" * 800, "right": True},
                {"text": "b", "why": "No."},
            ],
        },
        "mistakes": {},
        "cross_check": None,
    },
    "counting on and on": {"let": {"m": "count_windows(10**9 * n, 3)"}},
    "counting without end": {"let": {"m": "count_layers_until(9 + n, 1, 3)"}},
    "counting on the spot": {"let": {"m": "count_pool_windows(n, 1, 0)"}},
    "a list of everything": {"let": {"m": "count_precision(10**10, n)"}},
    "exact fractions": {"let": {"m": "multiply_layers(1 / 3, 100000 * n)"}},
    "all masks": {"let": {"m": "expect_dropout(np.ones(60) * n, 0.5)"}},
    "padding": {"let": {"m": "conv2d(np.ones((3, 3)) * n, np.ones((3, 3)), None, 1, 99999)"}},
    "stretching": {"let": {"m": "running_average(np.ones((90000, 1)), np.ones((1, 90000)), 0.1) * n"}},
    "towers": {"let": {"m": "9**9**9 * n"}},
}  # fmt: skip


@pytest.mark.parametrize("name", DEAR)
def test_an_instance_has_a_price(name: str, bank_of: Callable[..., Bank]) -> None:
    """Loading, drawing, showing and trying the mistakes all end, whatever they say."""
    fields = {**SUM, **DEAR[name]}
    # A name that nothing reads is refused, and none of these must be refused for that.
    reads = [f"np.sum(0 * {made}) == 0" for made in fields.get("let", ())]
    fields["require"] = [*reads, *fields.get("require", ())]
    fields = {key: value for key, value in fields.items() if value is not None}
    start = time.process_time()
    question = bank_of(fields).questions[0]
    try:
        instance = draw(question, 7)
        prompt(instance)
        mistake_arrays(instance.targets[0], instance.values)
    except DrillError as error:
        assert len(str(error)) < 1_000
    assert spent(start) < PATIENCE


@pytest.mark.parametrize("name", DEAR)
def test_the_self_test_ends(name: str, bank_of: Callable[..., Bank]) -> None:
    """A certificate is refused in seconds, and says why."""
    fields = {**SUM, **DEAR[name]}
    reads = [f"np.sum(0 * {made}) == 0" for made in fields.get("let", ())]
    fields["require"] = [*reads, *fields.get("require", ())]
    fields = {key: value for key, value in fields.items() if value is not None}
    start = time.process_time()

    record = certify(bank_of(fields).questions[0], range(20))

    assert record.findings
    assert spent(start) < 2 * PATIENCE


SIZES = [0, 1, -1, 2, 3, 7, 999, 20_000, 10**6, 10**9, 2**62, 0.5, 1e-9]
SHARES = [0, 1, 0.1, -1, 1e-300, 1e300, 0.9]
GIVEN = [
    np.arange(3),
    np.ones((3, 3)),
    np.ones((1, 300)),
    np.ones((300, 1)),
    np.ones((100, 100)),
    np.linspace(0, 1, 1000),
    np.ones(100_000),
    np.arange(30) * 0.1,
    np.array([[10**6, 1]] * 3),
    (10**9, 10**9),
    (300, 300, 300),
    ((3, 2),) * 30,
    ((10**6, 2),) * 4,
    5,
]  # fmt: skip


def arguments_of(call: Callable[..., object], chance: random.Random) -> list[object]:
    """Return arguments that nobody with good intentions would give."""
    found: list[object] = []
    for parameter in inspect.signature(call).parameters.values():
        kind = str(parameter.annotation)
        if parameter.default is not parameter.empty and chance.random() < 0.4:
            break
        if kind in ("bool", "str"):
            break
        pool = SIZES if kind.startswith("int") else SHARES if kind == "float" else GIVEN
        times = 3 if parameter.kind is parameter.VAR_POSITIONAL else 1
        found += [chance.choice(pool) for _ in range(times)]
    return found


@pytest.mark.parametrize("name", sorted({*solver.__all__, *oracle.__all__}))
def test_no_function_keeps_the_machine_busy(name: str) -> None:
    """Every function of the vocabulary refuses or ends, whatever it is given."""
    room = oracle if name in oracle.__all__ else solver
    chance = random.Random(name)
    for _ in range(15):
        values = arguments_of(getattr(room, name), chance)
        names = [f"v{place}" for place in range(len(values))]
        start = time.process_time()
        try:
            program = parse(
                f"{name}({', '.join(names)})", names=names, table=vocabulary()
            )
            run(program, dict(zip(names, values, strict=True)))
        except DrillError:
            pass
        assert spent(start) < PATIENCE, values


# The terminal

ESCAPES = {
    "clear": r"\e[2J",
    "title": r"\e]0;pwned\a",
    "c1": r"\x9b2J",
    "return": r"\r",
    "backspaces": r"\b\b\b",
    "right to left": r"\u202e",
    "zero width": r"\u200b",
    "null": r"\0",
    "surrogate": r"\ud800",
    "tag": r"\U000e0041",
}
TEXTS = ("title", "ask", "hints", "solution", "say", "text")


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("escape", ESCAPES.values(), ids=ESCAPES)
def test_no_escape_gets_into_a_bank(
    field: str, escape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No text of a bank can hold what a terminal obeys; each command says so visibly."""
    said = f'"Now {escape} look."'
    text = GOOD.format(topic="a")
    text = {
        "title": text.replace("Made", said),
        "ask": text.replace("What is {n} + 1?", f'"{{n}} {said[1:]}'),
        "hints": text.replace("Count.]", f"{said}]"),
        "solution": text.replace("Count on.", said),
        "say": text.replace("Add 1.", said),
        "text": text.replace(
            "{kind: integer, value: n + 1}",
            f"{{kind: choice, options: [{{text: {said}, right: true}}]}}",
        ),
    }[field]
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    bank = ["--bank", str(tmp_path)]

    for command in (["topics"], ["show", "a-one"], ["new", "a-one"]):
        assert drill([*command, *bank]) == 2
        done = capsys.readouterr()
        assert done.out == ""
        assert done.err.replace("\n", "").isprintable()
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a.yaml"]


@pytest.mark.parametrize("escape", [r"\x1b[2J", r"\u202e", r"\N{ESCAPE}", r"\33"])
def test_no_formula_makes_an_escape(escape: str, bank_of: Callable[..., Bank]) -> None:
    """Text constants of formulas have no backslash escapes either."""
    with pytest.raises(BankError):
        bank_of({**SUM, "let": {"t": f"'{escape}'"}, "ask": "{n} {t}"})


def test_names_of_files_are_shown_with_everything_visible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder or a file whose name is an escape sequence is named harmlessly."""
    folder = tmp_path / "ba\x1b[2Jnk"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD.format(topic="b"), encoding="utf-8")
    (folder / "b\x9b\u202e.yaml").write_text(GOOD.format(topic="b"), encoding="utf-8")

    assert drill(["topics", "--bank", str(folder)]) == 2

    said = capsys.readouterr().err
    assert said.replace("\n", "").isprintable()
    assert "ba\\x1b[2Jnk" in said


# Code

REACHING_OUT = (
    "__import__('os').system('touch pwned')",
    "().__class__.__base__.__subclasses__()",
    "open('/etc/passwd').read()",
    "np.load('secret.npy')",
    "np.fromfile('secret')",
    "np.memmap('secret')",
    "np.lib.npyio.os.system('touch pwned')",
    "eval('1')",
    "conv2d.__globals__",
    "(lambda: n)()",
    "[n for n in n]",
    "f'{n}'",
)


@pytest.mark.parametrize("formula", REACHING_OUT)
@pytest.mark.parametrize("place", ["let", "ask", "mistake"])
def test_no_formula_reaches_out(
    formula: str,
    place: str,
    bank_of: Callable[..., Bank],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What would leave the language is refused wherever a formula may stand."""
    monkeypatch.chdir(tmp_path)
    fields = {
        "let": {"let": {"t": formula}},
        "ask": {"ask": f"{{n}} {{{formula}}}"},
        "mistake": {"mistakes": {"less": {"value": formula, "say": "Add 1."}}},
    }[place]

    with pytest.raises(BankError):
        bank_of({**SUM, **fields})

    assert not (tmp_path / "pwned").exists()
