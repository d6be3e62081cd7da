"""drill bank: start a topic, check it, preview it, compare two editions."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drill.authoring import accept, advise, compare, template, tried
from drill.authoring.template import question_id
from drill.authoring.wording import broken_lines
from drill.bank import Bank, load_bank, open_files, topic_files
from drill.bank.json_schema import rendered
from drill.cli.main import run
from drill.drawing import draw
from drill.selftest import certify

ROOT = Path(__file__).parent.parent

SUM = {
    "draw": {"n": {"int": [1, 40]}, "m": {"int": [2, 9]}},
    "answer": {"kind": "integer", "value": "n + m"},
    "cross_check": "m + n",
    "mistakes": {
        "less": {"value": "n - m", "say": "Add."},
        "times": {"value": "n * m", "say": "Do not multiply.", "must_differ": False},
        "one": {"value": "n + 1", "say": "Add all of it.", "must_differ": False},
    },
    "hints": ["Count.", "Count on from {n}."],
    "solution": "{n} + {m} = {answer}",
}
CHOICE = {
    "answer": {
        "kind": "choice",
        "options": [
            {"text": "it grows by a few cells", "right": True},
            {"text": "it shrinks by a cell", "why": "No."},
            {"text": "it stays as large as it was", "why": "No."},
        ],
    },
    "solution": "It grows.",
}


@pytest.fixture
def go(capsys, monkeypatch, tmp_path):
    """Return a function that runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_here


# new


@pytest.mark.parametrize("topic", ["pruning", "2024", "1e5", "true", "null", "a" * 64])
def test_a_new_topic_passes(topic: str, go, tmp_path: Path) -> None:
    """Whatever the topic is called, its first question is certified and needs no advice."""
    code, out, err = go("bank", "new", "my-bank", topic)

    assert (code, out.strip()) == (0, f"my-bank/{topic}.yaml")
    assert f"drill bank preview {question_id(topic)} --bank my-bank --watch" in err
    assert go("bank", "check", "my-bank")[1].count("no p") == 2
    question = load_bank([tmp_path / "my-bank"])[question_id(topic)]
    assert certify(question, range(30)).findings == ()


def test_a_new_topic_is_explained_and_known_to_editors(go, tmp_path: Path) -> None:
    """The schema lies beside the topic, and the first line leads editors there."""
    go("bank", "new", "my-bank", "pruning")
    text = (tmp_path / "my-bank" / "pruning.yaml").read_text("utf-8")

    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert found is not None
    assert (tmp_path / "my-bank" / found[1]).read_text("utf-8") == rendered()
    assert len(re.findall("#", text)) > 10


def test_new_writes_over_nothing(go, tmp_path: Path) -> None:
    """A topic that is there stays, and so does a schema that somebody edited."""
    go("bank", "new", "my-bank", "pruning")
    (tmp_path / "my-bank" / "pruning.yaml").write_text("mine")
    (tmp_path / "my-bank" / "bank.schema.json").write_text("mine")
    (tmp_path / "file").write_text("mine")

    assert go("bank", "new", "my-bank", "pruning")[::2] == (
        2,
        "drill: 'my-bank/pruning.yaml' is there already\n",
    )
    assert go("bank", "new", "file", "pruning")[0] == 2
    assert go("bank", "new", "my-bank", "quantisation")[0] == 0
    for name in ("my-bank/pruning.yaml", "my-bank/bank.schema.json", "file"):
        assert (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize(
    "topic", ["Pruning", "a b", "../x", "", "-a", "\x1b[2J", "a" * 65]
)
def test_new_refuses_what_is_no_topic(topic: str, go, tmp_path: Path) -> None:
    """A name that the loader would refuse makes no file."""
    code, _, err = go("bank", "new", "my-bank", "--", topic)

    assert code == 2
    assert "is no topic's name" in err
    assert err.replace("\n", "").isprintable()
    assert not (tmp_path / "my-bank").exists()


# check


def test_check_says_everything_at_once(go, tmp_path: Path) -> None:
    """Problems of several files, a question that cannot be drawn, and advice."""
    bank = tmp_path / "bank"
    bank.mkdir()
    (bank / "bad.yaml").write_text("format: 1\ntopic: bed\ntitle: 1\nquestions: []\n")
    never = template("never").replace("n != m", "n > 99")
    (bank / "never.yaml").write_text(never, "utf-8")
    early = template("early").replace(
        "One unit has {n} weights, and", "It is {n*m + m}, with"
    )
    (bank / "early.yaml").write_text(early, "utf-8")

    code, out, _ = go("bank", "check", "bank")

    assert code == 2
    lines = out.splitlines()
    assert (
        lines[0]
        == "bank/bad.yaml:2: topic: must be 'bad' as the file's name says, got 'bed'"
    )
    assert lines[1].startswith("bank/bad.yaml:3: title: must be text")
    assert lines[2].startswith("bank/bad.yaml:4: questions: must be a list")
    assert re.match(
        r"bank/never.yaml:\d+: questions\[0\]: never-first: seed 0 found no draw",
        lines[3],
    )
    assert re.match(
        r"bank/early.yaml:\d+: advice: questions\[0\].hints\[2\]: gives the answer",
        lines[4],
    )
    assert lines[5] == "3 topics, 2 questions, 4 problems, 1 piece of advice"
    assert len(lines) == 6  # fmt: skip


def test_check_takes_advice_seriously_when_asked(go, tmp_path: Path) -> None:
    """Advice alone is no failure; with --strict it is."""
    text = template("late").replace("level: 1 ", "level: 3 ")
    (tmp_path / "late.yaml").write_text(text, "utf-8")

    code, out, _ = go("bank", "check")
    assert code == 0
    assert "late.yaml:11: advice: questions: no question of level 1" in out
    assert go("bank", "check", "--strict")[0] == 2


def test_check_marks_the_lines_on_github(go, tmp_path: Path) -> None:
    """Each problem is also a workflow command; percent signs are escaped."""
    text = template("late").replace("level: 1 ", "level: 3 ")
    (tmp_path / "late.yaml").write_text(text, "utf-8")
    (tmp_path / "bad.yaml").write_text("format: 1\n%\n")

    out = go("bank", "check", "--github")[1]

    assert "::error file=bad.yaml,line=2::a line that starts with %25 must" in out
    assert "::warning file=late.yaml,line=11::questions: no question of level 1" in out


def test_check_takes_files_and_several_banks(go, tmp_path: Path) -> None:
    """A file alone is checked; two banks are checked for clashes; so are variables."""
    go("bank", "new", "one", "pruning")
    go("bank", "new", "two", "pruning")

    assert go("bank", "check", "one/pruning.yaml")[0] == 0
    assert "1 topic, " in go("bank", "check", "one", "one/pruning.yaml")[1]
    code, out, _ = go("bank", "check", "one", "two")
    assert code == 2
    assert "'pruning' is taken already, in one/pruning.yaml" in out
    assert "'pruning-first' is taken already" in out


def test_check_looks_at_what_the_variable_lists(
    go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder DRILL_BANK counts, and then the current folder."""
    go("bank", "new", "one", "pruning")
    monkeypatch.setenv("DRILL_BANK", f"one{os.pathsep}two")
    assert go("bank", "check")[0] == 2
    go("bank", "new", "two", "quantisation")
    assert "2 topics" in go("bank", "check")[1]
    monkeypatch.delenv("DRILL_BANK")
    assert go("bank", "check")[0] == 2
    monkeypatch.chdir(tmp_path / "one")
    assert "1 topic" in go("bank", "check")[1]


def test_check_is_quick() -> None:
    """Loading and advising takes less than a second for the largest topic."""
    files = topic_files([ROOT / "question_bank"])
    largest = max(files, key=lambda path: path.stat().st_size)
    start = time.process_time()

    opened, problems = open_files([largest])
    advise(opened)

    assert time.process_time() - start < 1
    assert problems == []


def advice_of(bank: Bank, tmp_path: Path) -> list[str]:
    """Return the advice about a bank of the fixture, without the file's name."""
    opened, problems = open_files(topic_files([tmp_path]))
    failures, advice = advise(opened)
    assert bank.questions
    assert [*problems, *failures] == []
    return [f"{one.path}: {one.message}" for one in advice]


ADVICE = {
    "a hint shows the answer": (
        {"hints": ["It is {answer}."]},
        "questions[0].hints[0]: gives the answer; stop one step before it",
    ),
    "a hint repeats the formula": (
        {"hints": ["It is {n + m}."]},
        "questions[0].hints[0]: gives the answer; stop one step before it",
    ),
    "a hint computes the answer": (
        {"hints": ["Look.", "It is {2*m + n - m}."]},
        "questions[0].hints[1]: gives the answer; stop one step before it",
    ),
    "the prompt shows the answer": (
        {"ask": "Add {n} and {m}, which is {m + n}."},
        "questions[0].ask: shows the answer",
    ),
    "a hint repeats the right option": (
        {**CHOICE, "hints": ["Because it grows by  a few cells."]},
        "questions[0].hints[0]: repeats the right option; stop one step before it",
    ),
    "a hint spells a program out": (
        {
            "answer": {"kind": "expression", "value": "n + m * 20", "names": ["n", "m"]},
            "hints": ["Write n+m*20."],
        },
        "questions[0].hints[0]: spells the answer out; stop one step before it",
    ),
    "no warm-up": (
        {"level": 2},
        "questions: no question of level 1; begin with a warm-up",
    ),
    "few mistakes": (
        {"mistakes": {"less": {"value": "n - m", "say": "Add."}}},
        "questions[0]: 1 mistake is known; think of 3 that people make",
    ),
    "a long sentence": (
        {"mistakes": {**SUM["mistakes"], "one": {"value": "n + 1", "say": "Add. " * 40}}},
        "questions[0].mistakes.one.say: has 200 characters; say it in 160",
    ),
    "a long prompt": (
        {"ask": "Add {n} and {m}. " + "Well. " * 300},
        "questions[0].ask: has 1817 characters; say it in 1500",
    ),
    "a broken sentence": (
        {"solution": "The sum of both\nnumbers is {answer}."},
        "questions[0].solution: a sentence is broken by hand after '…The sum of both';"
        " let it run on, or write >- instead of |-",
    ),
    "LaTeX": (
        {"ask": "What is $x+y$ for {n} and {m}?"},
        "questions[0].ask: LaTeX is shown as it stands; write plain text and Unicode",
    ),
    "more LaTeX": (
        {"ask": "What is \\alpha for {n} and {m}?"},
        "questions[0].ask: LaTeX is shown as it stands; write plain text and Unicode",
    ),
    "Markdown": (
        {"ask": "What is `x` for {n} and {m}?"},
        "questions[0].ask: Markdown is shown as it stands; write plain text and Unicode",
    ),
    "a solution without numbers": (
        {"solution": "Add both."},
        "questions[0].solution: shows none of the numbers; work it out on these numbers",
    ),
    "a number that is not shown": (
        {"ask": "What is {n} and some more?"},
        "questions[0].ask: never shows m, from which the answer is computed",
    ),
    "hard to draw": (
        {"require": ["n == 40", "m > 2"]},
        "questions[0]: {tries} draws were tried for 5 instances; ask less of 'require',"
        " or let fewer mistakes be must_differ",
    ),
    "a long right option": (
        {
            **CHOICE,
            "answer": {
                "kind": "choice",
                "options": [
                    {"text": "it grows, since the padding adds cells", "right": True},
                    {"text": "it shrinks", "why": "No."},
                    {"text": "it stays", "why": "No."},
                ],
            },
        },
        "questions[0].answer.options: the longest option is right in 100 % of the deals;"
        " make the wrong ones as long",
    ),
    "a short right option": (
        {
            **CHOICE,
            "answer": {
                "kind": "choice",
                "options": [
                    {"text": "it grows", "right": True},
                    {"text": "it shrinks by a row", "why": "No."},
                    {"text": "it stays as it was", "why": "No."},
                ],
            },
        },
        "questions[0].answer.options: the shortest option is right in 100 % of the"
        " deals; make the wrong ones as short",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ADVICE)
def test_advice(name: str, bank_of: Callable[..., Bank], tmp_path: Path) -> None:
    """Each thing that no student would thank for is said, and nothing else."""
    change, message = ADVICE[name]
    kind = change.get("answer", SUM["answer"])["kind"]
    fields = {**(CHOICE if kind == "choice" else SUM), **change}
    if kind == "expression":
        del fields["cross_check"]

    (said,) = advice_of(bank_of(fields), tmp_path)

    assert re.fullmatch(re.escape(message).replace(r"\{tries\}", r"\d+"), said)


def test_good_questions_get_no_advice(bank_of, tmp_path: Path) -> None:
    """A sound question, and one that shows its numbers through what they make."""
    dims = {
        "draw": {"d": {"one_of": [[2, 3], [3, 4]]}, "M": {"int": [0, 9], "shape": "d"}},
        "ask": "How many entries has {M}?",
        "answer": {"kind": "integer", "value": "d[0] * d[1]"},
        "cross_check": "sum(np.ones(d[0])) * d[1]",
        "mistakes": {
            name: {
                "value": f"d[0] {sign} d[1]",
                "say": f"{name}.",
                "must_differ": False,
            }
            for name, sign in (("Plus", "+"), ("Minus", "-"), ("Over", "/"))
        },
        "hints": ["Count."],
        "solution": "{d[0]} · {d[1]} = {answer}",
    }
    cancels = {
        **SUM,
        "let": {"k": "n + m"},
        "ask": "What is {n} + {k}?",
        "answer": {"kind": "integer", "value": "2*k - m"},
        "cross_check": "n + k",
        "solution": "{n} + {k} = {answer}",
    }

    good = (SUM, {**CHOICE, "level": 2}, dims, cancels)
    assert advice_of(bank_of(*good), tmp_path) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("One sentence.\nand another", [], id="ends"),
        pytest.param("The filter\nfits", ["The filter"], id="broken"),
        pytest.param("The filter,\nhowever, fits", ["The filter,"], id="comma"),
        pytest.param("X = {X}\nholds", [], id="formula"),
        pytest.param("{X}\nholds", [], id="a matrix"),
        pytest.param("It has {n}\nweights", ["It has {n}"], id="field"),
        pytest.param("n: side\nf: filter", [], id="sheet"),
        pytest.param("The image\n\nis large", [], id="paragraph"),
        pytest.param("The image\nIs large", [], id="capital"),
        pytest.param("The image\nx fits", [], id="name"),
        pytest.param("Its columns are\nX = {X}", [], id="leads to a formula"),
    ],
)
def test_broken_lines(text: str, wanted: list[str]) -> None:
    """Only a line that ends within a sentence is broken."""
    assert broken_lines(text) == wanted


# preview


def test_preview_shows_everything(go, tmp_path: Path) -> None:
    """Prompt, hints, solution, each mistake with its value, acceptance and advice."""
    go("bank", "new", "my-bank", "pruning")
    path = tmp_path / "my-bank" / "pruning.yaml"
    path.write_text(path.read_text("utf-8").replace("level: 1 ", "level: 2 "), "utf-8")

    code, out, err = go("bank", "preview", "pruning-first", "--bank", "my-bank")

    assert (code, err) == (0, "")
    text = " ".join(out.split())
    for wanted in (
        "pruning-first@1-",
        "A dense layer takes 16 numbers and has 5 units",
        "Hint 3 of 3: One unit has 16 weights, and 1 bias.",
        "no_bias 80 You counted the weights only",
        "added 21 You added the sizes",
        "Answer: 85",
        "5 · 17 = 85",
        "200 of 200 seeds gave an instance",
    ):
        assert wanted in text
    again = go("bank", "preview", "pruning-first", "--bank", "my-bank", "--seed", "1")
    assert again[1] == out
    other = go("bank", "preview", "pruning-first", "--bank", "my-bank", "--seed", "2")
    assert other[1] != out


@pytest.mark.parametrize("kind", ["integer", "shape", "number", "array", "choice",
                                  "made-choice", "choices", "expression", "parts"])  # fmt: skip
def test_preview_of_every_kind(kind: str, go) -> None:
    """All kinds of answers can be previewed."""
    bank = str(ROOT / "tests" / "banks" / "good")

    code, out, err = go("bank", "preview", f"kind-{kind}", "--bank", bank)

    assert (code, err) == (0, "")
    assert "seeds gave an instance" in out


def test_tried_says_what_the_grader_says(bank_of: Callable[..., Bank]) -> None:
    """A mistake that is right, undefined, or told as another shows in the preview."""
    mistakes = {
        "less": {"value": "n - m", "say": "Add."},
        "minus": {"value": "n - m + 0", "say": "Plus.", "must_differ": False},
        "same": {"value": "m + n + 0", "say": "No.", "must_differ": False},
        "root": {"value": "(-n)**0.5", "say": "No.", "must_differ": False},
    }
    question = bank_of({**SUM, "mistakes": mistakes}).questions[0]

    found = {one.name: one for one in tried(draw(question, 3))}

    assert set(found["less"].named) == set(found["minus"].named) == {"less", "minus"}
    assert found["same"].right
    assert found["root"].value == ""


def test_acceptance_counts(bank_of: Callable[..., Bank]) -> None:
    """Seeds, tries, different answers, and the most frequent one's share."""
    coin = {
        **SUM,
        "draw": {"n": {"int": [1, 2]}, "m": {"int": [2, 3]}},
        "require": ["n < m"],
    }
    question = bank_of(coin).questions[0]

    found = accept(question, range(50))

    assert (found.seeds, found.drawn, found.problem) == (50, 50, "")
    assert found.tries > 50
    assert found.answers == 3
    assert 50 / 3 <= found.commonest < 50


def test_acceptance_says_why_not(bank_of: Callable[..., Bank]) -> None:
    """A question that cannot be drawn is counted, and the reason is kept."""
    found = accept(bank_of({**SUM, "require": ["n > 99"]}).questions[0], range(2))

    assert (found.drawn, found.tries, found.answers) == (0, 0, 0)
    assert "found no draw" in found.problem


def test_watch_shows_again_what_was_saved(tmp_path: Path) -> None:
    """A save is shown, a broken save is explained, and Ctrl-C ends it in peace."""
    path = tmp_path / "pruning.yaml"
    path.write_text(template("pruning"), "utf-8")
    log = tmp_path / "out.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "drill", "bank", "preview", "pruning-first",
             "--bank", str(tmp_path), "--watch"],
            stdout=out, stderr=subprocess.STDOUT, cwd=ROOT,
        )  # fmt: skip
    try:
        wait_for(log, "watching; Ctrl-C ends it", 1)
        path.write_text(
            template("pruning").replace("A dense layer", "A new layer"), "utf-8"
        )
        wait_for(log, "watching", 2)
        assert "A new layer takes 16 numbers" in log.read_text("utf-8")
        path.write_text("format: 1\n", "utf-8")
        wait_for(log, "missing key 'topic'", 1)
        path.write_text(template("pruning"), "utf-8")
        wait_for(log, "watching", 4)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
    text = log.read_text("utf-8")
    assert text.endswith("stopped watching\n")
    assert "Traceback" not in text


def wait_for(log: Path, text: str, times: int) -> None:
    """Wait until `text` stands in the log that often."""
    end = time.monotonic() + 20
    while log.read_text("utf-8").count(text) < times:
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.05)


# diff

EDITS = {
    "nothing": ({}, None),
    "better prose": ({"solution": "{answer}"}, ("prose", ("solution",))),
    "level": ({"level": 3}, ("prose", ("level",))),
    "another check": ({"cross_check": "m - -n"}, ("prose", ("cross_check",))),
    "asked otherwise": ({"ask": "Add {n} to {m}."}, ("changed", ("ask",))),
    "judged otherwise": (
        {"answer": {"kind": "number", "value": "n + m"}},
        ("changed", ("answer",)),
    ),
    "drawn otherwise": (
        {"draw": {**SUM["draw"], "n": {"int": [1, 41]}}},
        ("redrawn", ("draw",)),
    ),
    "required otherwise": (
        {"require": ["n > 20"]},
        ("redrawn", ("require",)),
    ),
    "another name": (
        {
            "draw": {**SUM["draw"], "k": {"int": [0, 9]}},
            "ask": "What is {n} + {m}, not {k}?",
        },
        ("redrawn", ("draw", "ask")),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_compare_one_edit(name: str, bank_of: Callable[..., Bank]) -> None:
    """An edit is as grave as what it does to tickets, and names its fields."""
    change, wanted = EDITS[name]
    old = bank_of({**SUM, "ask": "What is {n} + {m}?"})
    new = bank_of({**SUM, "ask": "What is {n} + {m}?", **change})

    found = [(one.what, one.fields) for one in compare(old, new)]

    assert found == ([] if wanted is None else [wanted])


def test_compare_identities(bank_of: Callable[..., Bank]) -> None:
    """Gone, renamed, reused and new are told apart; the gravest comes first."""
    old = bank_of(
        {**SUM, "id": "stays"},
        {**SUM, "id": "goes"},
        {**SUM, "id": "before"},
        {**SUM, "id": "heir", "was": ["ancestor"]},
    )
    new = bank_of(
        {**SUM, "id": "stays"},
        {**SUM, "id": "after", "was": ["before"], "level": 2},
        {**SUM, "id": "heir"},
        {**SUM, "id": "ancestor"},
        {**SUM, "id": "fresh"},
    )

    found = [(one.what, one.question, one.was) for one in compare(old, new)]

    assert found == [
        ("gone", "goes", ""),
        ("reused", "ancestor", ""),
        ("renamed", "after", "before"),
        ("prose", "heir", ""),
        ("new", "fresh", ""),
    ]


def test_diff_command(go, tmp_path: Path) -> None:
    """The exit code says whether every old ticket opens as it did."""
    go("bank", "new", "old", "pruning")
    go("bank", "new", "new", "pruning")
    assert go("bank", "diff", "old", "new")[:2] == (
        0,
        "The two banks ask the same questions.\n",
    )
    path = tmp_path / "new" / "pruning.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("You added the sizes", "You summed"), "utf-8")
    code, out, _ = go("bank", "diff", "old", "new")
    assert code == 0
    assert "pruning-first explains otherwise; its tickets stay (mistakes)" in out
    path.write_text(text.replace("- id: pruning-first", "- was: [pruning-first]\n    id: pruning-one"), "utf-8")  # fmt: skip
    code, out, _ = go("bank", "diff", "old", "new")
    assert code == 1
    assert "pruning-one was pruning-first" in out


# Identity


def test_a_ticket_with_an_old_id_is_told_the_new_one(go, tmp_path: Path) -> None:
    """`was` keeps old tickets from being a riddle, in every command that opens them."""
    text = template("pruning")
    text = text.replace(
        "- id: pruning-first", "- was: [pruning-old]\n    id: pruning-new"
    )
    (tmp_path / "pruning.yaml").write_text(text, "utf-8")

    for command in (
        ("show", "pruning-old@7-abcd"),
        ("show", "pruning-old"),
        ("new", "pruning-old@7"),
        ("check", "--ticket", "pruning-old@7-abcd", "--answer", "3"),
        ("bank", "preview", "pruning-old"),
    ):
        code, _, err = go(*command, "--bank", ".")
        assert code == 2
        assert "the question 'pruning-old' is now called 'pruning-new'" in err


@pytest.mark.parametrize(
    ("one", "other", "taken"),
    [
        pytest.param({"id": "a"}, {"id": "a"}, "a", id="the same id"),
        pytest.param({"id": "a", "was": ["b"]}, {"id": "b"}, "b", id="a former id"),
        pytest.param({"id": "b"}, {"id": "a", "was": ["b"]}, "b", id="an id as former one"),
        pytest.param({"id": "a", "was": ["c"]}, {"id": "b", "was": ["c"]}, "c", id="the same former id"),
        pytest.param({"id": "a"}, {"id": "b", "was": ["b"]}, "b", id="its own id"),
    ],
)  # fmt: skip
def test_no_id_belongs_to_two_questions(
    one: dict[str, object], other: dict[str, object], taken: str, bank_of
) -> None:
    """Ids and former ids are one pool: a ticket must mean one question for ever."""
    from drill.errors import BankError

    with pytest.raises(BankError, match=f"'{taken}' is taken already"):
        bank_of({**SUM, **one}, {**SUM, **other})


# schema and the hook


def test_schema_command(go) -> None:
    """The schema that is printed is the one in docs/, and it is JSON."""
    code, out, _ = go("bank", "schema")

    assert code == 0
    assert out == (ROOT / "docs" / "bank.schema.json").read_text("utf-8")
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize(
    "name", ["new", "preview", "check", "diff", "functions", "schema"]
)
def test_every_subcommand_has_help_and_an_example(name: str, go) -> None:
    """Help says what each does and shows an example."""
    code, out, _ = go("bank", name, "--help")

    assert code == 0
    assert f"drill bank {name}" in out.partition("Example:")[2]


def test_functions_are_offered(go) -> None:
    """Solvers and second routes that fit a word are listed, each with what it gives."""
    code, out, _ = go("bank", "functions", "pool")

    assert code == 0
    values, _, checks = out.partition("For its cross_check:")
    assert "max_pool_backward(x, dout, f, s)" in values
    assert "loop_max_pool(x, f, s, p=0)" in checks
    assert go("bank", "functions", "zebra")[0] == 1
    assert len(go("bank", "functions")[1].splitlines()) > 200


def test_the_groups_help_and_completion_import_nothing_heavy() -> None:
    """What a shell asks for while one types is answered without numpy."""
    completing = {
        "_DRILL_COMPLETE": "bash_complete",
        "COMP_WORDS": "drill bank ",
        "COMP_CWORD": "2",
    }
    for extra in ({}, completing):
        code = (
            "import atexit, sys; from drill.cli.main import run;"
            "atexit.register(lambda: sys.stderr.write(' '.join("
            "{'numpy', 'yaml', 'rich', 'msgspec'} & set(sys.modules))));"
            "run(['bank', '--help'])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **extra},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        assert "preview" in done.stdout
