"""Banks: one good, many broken in one named way, and where questions are found."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest
from msgspec import Struct

from drill.bank import (
    Bank,
    Field,
    Prose,
    Question,
    find_question,
    load_bank,
    load_topic,
    topic_names,
    vocabulary,
)
from drill.bank.document import MAX_PROBLEMS
from drill.errors import BankError, UsageError
from drill.language import Program, run

BANKS = Path(__file__).parent / "banks"
BROKEN = sorted((BANKS / "broken").glob("*.yaml"))
# What the language room says in its own words; the place around it is ours.
ITS_WORDS = "‹…›"


def expected() -> dict[str, list[str]]:
    """Read broken.txt: the lines that each broken file's error must have."""
    found: dict[str, list[str]] = {}
    for line in (BANKS / "broken.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            found.setdefault(line.split(".yaml")[0], []).append(line)
    return found


def matches(line: str, wanted: str) -> bool:
    """Tell whether a line is the wanted one, whatever the language's words are."""
    pattern = ".+".join(map(re.escape, wanted.split(ITS_WORDS)))
    return re.fullmatch(pattern, line) is not None


@pytest.fixture
def good() -> Bank:
    """Return the bank that has everything."""
    return load_bank([BANKS / "good"])


# The good bank


def test_every_kind_is_loaded(good: Bank) -> None:
    """All seven kinds of answer, and a question with parts, are in the good bank."""
    kinds = {part.answer.kind for q in good.questions for part in q.parts}

    assert len(kinds) == 7
    assert [len(question.parts) for question in good.questions] == [1] * 8 + [2]
    assert good["kind-parts"].stem is not None
    assert all(q.stem is None for q in good.questions if q.id != "kind-parts")


def test_fields_arrive(good: Bank) -> None:
    """What the file says is what the checked question has."""
    question = good["kind-integer"]
    n, mistake = question.draws[2], question.parts[0].mistakes[1]

    assert (question.topic, question.skill, question.level) == (
        "every-kind",
        "sizes",
        2,
    )
    assert (question.minutes, question.was) == (1.5, ("kind-whole",))
    assert question.where.line == 7
    assert [draw.name for draw in question.draws] == ["f", "p", "n"]
    assert question.draws[0].items == (3, 5)
    (low,) = n.programs
    assert (low.source, low.names, n.exclude) == ("f + 10", {"f"}, {20})
    assert (mistake.name, mistake.must_differ) == ("padding_once", False)
    assert re.fullmatch("[0-9a-f]{64}", question.digest)


def test_shapes_and_lists_arrive(good: Bank) -> None:
    """A size is a number or a program; a list in the file is a tuple."""
    x = good["kind-number"].draws[0]
    _, matrix, vector = good["kind-array"].draws
    whole = good["kind-expression"].draws[2]

    assert (x.shape, x.distinct) == ((3,), True)
    assert matrix.shape is not None
    assert [program.source for program in matrix.programs] == ["r"]
    assert matrix.shape[1:] == (4,)
    assert [run(size, {"r": 2, "c": 5}) for size in whole.programs] == [(2, 5)]
    assert vector.items == ((1, 0, 0, 0), (0, 1, 0, 0))


def test_expression_arrives(good: Bank) -> None:
    """An expression's reference and mistakes read its own names and nothing else."""
    part = good["kind-expression"].parts[0]
    answer = part.answer
    assert answer.value is not None

    assert answer.names == ("M",)
    assert answer.value.names == part.mistakes[0].value.names == {"M"}
    assert answer.cases == ({"r": 3, "c": 3}, {"M": ((1, 2), (3, 4))})
    assert answer.stable == {"M": ((1.5, 2.5),)}
    assert answer.starter == "total = ...  # {not a field}"
    got = run(answer.value, {"M": np.array([[1, 2], [3, 4]])})
    assert np.array_equal(np.array(got), [3, 7])


def test_options_arrive(good: Bank) -> None:
    """Written options keep their reasons; made ones name their mistakes."""
    written, made = good["kind-choice"].parts[0], good["kind-made-choice"].parts[0]

    assert [option.right.names for option in written.answer.options] == [{"word"}] * 2
    assert written.answer.ordered
    assert made.answer.distractors == ("doubled", "cubed")
    assert (made.answer.show, made.answer.options) == (3, ())


def test_everything_is_frozen(good: Bank) -> None:
    """No list and no dict that could be changed is left in a loaded bank."""

    def walk(value: object) -> None:
        assert not isinstance(value, list | set), value
        if isinstance(value, Program):
            return
        if is_dataclass(value) and not isinstance(value, type):
            assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
            for field in fields(value):
                walk(getattr(value, field.name))
        if isinstance(value, Struct):
            assert value.__struct_config__.frozen
            for name in value.__struct_fields__:
                walk(getattr(value, name))
        if isinstance(value, tuple):
            for item in value:
                walk(item)

    for topic in good.topics.values():
        walk(topic)
    with pytest.raises(TypeError):
        good.topics["new"] = good.topics["every-kind"]  # type: ignore[index]


def test_prose_has_the_names_it_may(good: Bank) -> None:
    """Hints and solution may read the reference, a later part the earlier ones."""
    plain, parts = good["kind-integer"], good["kind-parts"]

    assert names(plain.parts[0].hints[1]) == names(plain.solution) - {"n", "p", "f"}
    assert names(parts.parts[1].ask) == {"first"}
    assert names(parts.solution) == {"first", "second"}


def names(prose: Prose) -> set[str]:
    """Return the names that a text reads."""
    found = [part.program.names for part in prose.parts if isinstance(part, Field)]
    return set().union(*found)


# Broken banks


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in BROKEN])
def test_broken_in_one_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each broken file says exactly what is wrong with it, and where."""
    monkeypatch.chdir(path.parent)
    with pytest.raises(BankError) as refused:
        load_topic(Path(path.name))

    lines = str(refused.value).splitlines()
    wanted = expected()[path.stem]
    assert len(lines) == len(wanted), lines
    for line, want in zip(lines, wanted, strict=True):
        assert matches(line, want), line
    assert refused.value.exit_code == 2


def test_every_broken_file_is_expected() -> None:
    """broken.txt and the folder list the same files, over thirty of them."""
    assert sorted(expected()) == sorted(path.stem for path in BROKEN)
    assert len(BROKEN) > 30


def test_problems_of_all_files_come_together(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """Two broken files are reported at once, in the order of their names."""
    write("a", level=4)
    write("b", skill="Sizes")

    with pytest.raises(BankError) as refused:
        load_bank([tmp_path])

    assert [problem.path for problem in refused.value.problems] == [
        "questions[0].level",
        "questions[0].skill",
    ]


def test_a_flood_of_problems_is_cut(write: Callable[..., Path], tmp_path: Path) -> None:
    """A file with a thousand problems shows a hundred, and says how many more."""
    write("a", hints=["''"] * 1000)

    with pytest.raises(BankError) as refused:
        load_bank([tmp_path])

    assert len(refused.value.problems) == MAX_PROBLEMS + 1
    assert str(refused.value).endswith("and at least 901 more problems")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("".join(f"    k{n}: 1\n" for n in range(50_000)), id="unknown keys"),
        pytest.param("    hints: [" + "1," * 100_000 + "]\n", id="wrong values"),
        pytest.param("    hints: [" + "'{x'," * 50_000 + "]\n", id="wrong prose"),
        pytest.param("    answer: {" + "".join(f"k{n}: 1," for n in range(50_000)) + "}\n", id="no kind"),
        pytest.param("    id: 1" + "_" * 500_000 + "x\n", id="many underscores"),
        pytest.param("    ask: '" + "{" * 19_000 + "'\n", id="many braces"),
    ],
)  # fmt: skip
def test_a_flood_costs_little(body: str, tmp_path: Path) -> None:
    """A file with everything wrong is refused in the time of reading it."""
    path = tmp_path / "a.yaml"
    path.write_text(f"format: 1\ntopic: a\ntitle: A\nquestions:\n  - skill: a\n{body}")
    start = time.process_time()

    with pytest.raises(BankError):
        load_topic(path)

    assert time.process_time() - start < 5


def test_a_newer_format_is_the_only_problem(tmp_path: Path) -> None:
    """Nothing else is said about a file of a format that is not known here."""
    path = tmp_path / "a.yaml"
    path.write_text("format: 3\ntopic: 010\nnovel: [1, 2]\nnovel: &x\n", "utf-8")

    with pytest.raises(BankError) as refused:
        load_topic(path)

    (problem,) = refused.value.problems
    assert problem.message == (
        "this bank has format 3; this drill reads format 1: upgrade it"
    )


def test_no_message_has_a_control_character(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """Foreign text reaches a message only with everything visible, on one line."""
    for escape in ("\\e[2J", "\\x9b", "\\u202e", "\\n", "\\0", "\\u200b", "\\a"):
        path = write("a", **{f'"k{escape}"': 1, "id": f'"x{escape}"'})
        path.write_text(
            path.read_text("utf-8")
            + f'    answer: {{kind: "{escape}", value: "n{escape}"}}\n'
            f'    parts: ["{escape}"]\n',
            "utf-8",
        )
        with pytest.raises(BankError) as refused:
            load_topic(path)
        for problem in refused.value.problems:
            assert str(problem).isprintable(), problem


# Finding


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a topic of one small question."""

    def make(topic: str, folder: str = "", **change: object) -> Path:
        entry = {
            "id": f"{topic}-one",
            "skill": "sums",
            "draw": "{n: {int: [1, 9]}}",
            "ask": "'What is {n} + 1?'",
            "answer": "{kind: integer, value: n + 1}",
            "cross_check": "1 + n",
            "mistakes": "{less: {value: n, say: Add 1.}}",
            "hints": ["Count."],
            "solution": "Count on.",
            **change,
        }
        lines = [f"format: 1\ntopic: {topic}\ntitle: Made\nquestions:\n  -"]
        for key, value in entry.items():
            text = f"[{', '.join(value)}]" if isinstance(value, list) else value
            lines.append(f"    {key}: {text}")
        (tmp_path / folder).mkdir(exist_ok=True)
        path = tmp_path / folder / f"{topic}.yaml"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return make


def test_topics_are_in_the_order_of_their_names(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """The order of a bank does not depend on the file system or on directories."""
    write("zebra", "one")
    write("apple", "two")
    write("melon", "one")
    bank = load_bank([tmp_path / "one", tmp_path / "two"])

    assert list(bank.topics) == ["apple", "melon", "zebra"]
    assert topic_names((tmp_path / "two", tmp_path / "one")) == list(bank.topics)


def test_one_folder_is_enough(write: Callable[..., Path], tmp_path: Path) -> None:
    """A single folder may be given as a path or as text, not letter by letter."""
    write("apple")

    assert list(load_bank(tmp_path).topics) == ["apple"]
    assert list(load_bank(str(tmp_path)).topics) == ["apple"]


def test_only_named_topics_are_opened(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """A broken file elsewhere in the bank does not stop another topic."""
    write("good")
    write("bad", level=9)

    assert list(load_bank([tmp_path], ["good", "good"]).topics) == ["good"]
    assert find_question([tmp_path], "good-one").id == "good-one"


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        pytest.param("goood", "there is no topic 'goood'; did you mean 'good'?", id="near"),
        pytest.param("zebra", "there is no topic 'zebra'; the topics are good, other", id="far"),
        pytest.param("../good", "there is no topic '../good'; did you mean 'good'?", id="path"),
        pytest.param("\x1b[2J", "there is no topic '\\x1b[2J'; the topics are good, other", id="escape"),
    ],
)  # fmt: skip
def test_unknown_topic(
    topic: str, message: str, write: Callable[..., Path], tmp_path: Path
) -> None:
    """A topic that does not exist is bad usage, with the nearest name or all."""
    write("good")
    write("other")

    with pytest.raises(UsageError) as refused:
        load_bank([tmp_path], [topic])

    assert str(refused.value) == message


def test_folder_without_topics(tmp_path: Path) -> None:
    """An empty folder and a missing one are bad usage."""
    with pytest.raises(UsageError, match=r"there is no topic \(TOPIC.yaml\) in"):
        load_bank([tmp_path])
    with pytest.raises(UsageError, match="there is no bank folder"):
        load_bank([tmp_path / "nowhere"])


def test_misnamed_file_is_refused(write: Callable[..., Path], tmp_path: Path) -> None:
    """A .yml file would be passed over in silence."""
    write("good").rename(tmp_path / "good.yml")

    with pytest.raises(
        BankError, match=r"good\.yml: a bank file's name ends in \.yaml"
    ):
        load_bank([tmp_path])


@pytest.mark.parametrize(
    ("other", "change", "message"),
    [
        pytest.param("good", {}, "two/good.yaml:2: topic: 'good' is taken already, in one/good.yaml:2; rename one", id="topic"),
        pytest.param("other", {"id": "good-one"}, "two/other.yaml:6: questions[0].id: 'good-one' is taken already, in one/good.yaml:6; rename one", id="question"),
        pytest.param("other", {"was": ["good-one"]}, "two/other.yaml:15: questions[0].was: 'good-one' is taken already, in one/good.yaml:6; rename one", id="former id"),
    ],
)  # fmt: skip
def test_clashes_between_directories(
    other: str,
    change: dict[str, object],
    message: str,
    write: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two directories cannot both define a topic or a question."""
    monkeypatch.chdir(tmp_path)
    write("good", "one")
    write(other, "two", **change)

    with pytest.raises(BankError) as refused:
        load_bank([Path("one"), Path("two")])

    assert message in str(refused.value).splitlines()


def test_find_question_opens_few_files(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """Only the file that has the id written in it is loaded."""
    for topic in ("a", "b", "c"):
        write(topic)
    write("broken", level=9)

    assert find_question([tmp_path], "b-one").topic == "b"


@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param('"a\\x2done"', id="escaped"),
        pytest.param("'a-one'", id="quoted"),
        pytest.param(">-\n        a-one", id="folded"),
        pytest.param("a-one   # the first", id="comment"),
    ],
)
def test_find_question_however_it_is_spelled(
    spelling: str, write: Callable[..., Path], tmp_path: Path
) -> None:
    """The quick search for text is only quick; the answer comes from loading."""
    write("a", id=spelling, ask="'{n}: id: b-one'")
    write("c")

    assert find_question([tmp_path], "a-one").id == "a-one"


def test_find_question_is_not_fooled_by_prose(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """An id that only stands in a text belongs to nobody."""
    write("a", ask="'Which has id: ghost, if {n}?'")

    with pytest.raises(UsageError) as refused:
        find_question([tmp_path], "ghost")

    assert str(refused.value) == (
        "there is no question 'ghost' in this bank; see 'drill topics'"
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        pytest.param("a-once", "there is no question 'a-once' in this bank; did you mean 'a-one'?", id="near"),
        pytest.param("old", "the question 'old' is now called 'a-one'", id="former"),
        pytest.param("a-on", "there is no question 'a-on' in this bank; did you mean 'a-one'?", id="prefix"),
    ],
)  # fmt: skip
def test_find_question_that_is_not_there(
    asked: str, message: str, write: Callable[..., Path], tmp_path: Path
) -> None:
    """An unknown id gets the nearest one; a former id gets today's."""
    write("a", was=["old"])

    with pytest.raises(UsageError) as refused:
        find_question([tmp_path], asked)

    assert str(refused.value) == message


def test_found_and_loaded_are_the_same(good: Bank) -> None:
    """A question found by its id has the digest it has in the whole bank."""
    for question in good.questions:
        found = find_question([BANKS / "good"], question.id)
        assert isinstance(found, Question)
        assert (found.id, found.digest) == (question.id, question.digest)


def test_files_that_are_no_files(tmp_path: Path) -> None:
    """A folder or a pipe named like a topic is a problem, and nothing waits for it."""
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.yaml")

    with pytest.raises(BankError) as refused:
        load_bank([tmp_path])

    for problem in refused.value.problems:
        assert problem.message.startswith("cannot be read: ")
    assert len(refused.value.problems) >= 2


def test_vocabulary_has_both_rooms() -> None:
    """A bank's formula may call every public function of solver and oracle."""
    from drill import oracle, solver

    functions = vocabulary().builtins
    assert not set(solver.__all__) & set(oracle.__all__)
    for name in (*solver.__all__, *oracle.__all__):
        assert name in functions
