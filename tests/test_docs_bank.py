"""The documents for authors: their examples are banks, and pass."""

from __future__ import annotations

import re
import shlex
import textwrap
from pathlib import Path

import click
import pytest
import yaml

from drill.authoring import advise
from drill.bank import load_bank, open_files
from drill.bank.schema import Array, Choice, Draw, Expression, Part, Question, Topic
from drill.cli.main import cli, run
from drill.selftest import certify
from drill.selftest.rules import OF_QUESTIONS, OVER_ALL, RULES

DOCS = Path(__file__).parent.parent / "docs"
HEAD = "format: 1\ntopic: {topic}\ntitle: From the documents\nquestions:\n"


def examples(name: str) -> list[tuple[str, str]]:
    """Return the YAML blocks of a document that are a bank or its questions."""
    text = (DOCS / name).read_text("utf-8")
    found = []
    for block in re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        topic = re.search(r"^topic: (\S+)", block, re.MULTILINE)
        if topic is not None:
            found.append((topic[1], block))
            continue
        assert block.startswith("- id: "), f"no bank and no questions:\n{block}"
        name_of = re.match(r"- id: (\S+)", block)
        assert name_of is not None
        questions = textwrap.indent(block, "  ")
        found.append((name_of[1], HEAD.format(topic=name_of[1]) + questions))
    return found


BANK = examples("bank.md")


@pytest.mark.parametrize(
    ("topic", "text"), [pytest.param(*one, id=one[0]) for one in BANK]
)
def test_the_formats_examples_pass(topic: str, text: str, tmp_path: Path) -> None:
    """Each example of docs/bank.md is loaded, certified and needs no advice."""
    path = tmp_path / f"{topic}.yaml"
    path.write_text(text, encoding="utf-8")

    for question in load_bank([tmp_path]).questions:
        assert certify(question, range(25)).findings == ()
    failures, advice = advise(open_files([path])[0])
    assert failures == []
    # An example shows one thing; a topic would have a warm-up and more mistakes.
    small = ("no question of level", "mistakes are known")
    assert [one for one in advice if not any(word in str(one) for word in small)] == []


def test_every_kind_has_an_example() -> None:
    """The seven kinds, parts and options made of mistakes are all shown."""
    together = "".join(text for _, text in BANK)

    kinds = set(re.findall(r"kind: (\w+)", together))
    assert kinds == {
        "integer",
        "shape",
        "number",
        "array",
        "choice",
        "choices",
        "expression",
    }
    assert "parts:" in together
    assert "distractors:" in together


@pytest.mark.parametrize(
    "struct", [Topic, Question, Part, Draw, Array, Choice, Expression]
)
def test_every_field_is_described(struct: type) -> None:
    """No field of the schema is missing from docs/bank.md."""
    text = (DOCS / "bank.md").read_text("utf-8")

    for field in struct.__struct_fields__:
        assert re.search(rf"\b{field}\b", text), field


# docs/authoring.md

GUIDE = (DOCS / "authoring.md").read_text("utf-8")


def test_the_guides_topic_is_certified(tmp_path: Path) -> None:
    """Whoever follows docs/authoring.md arrives at a file without findings."""
    ((topic, text),) = examples("authoring.md")
    path = tmp_path / f"{topic}.yaml"
    path.write_text(text, encoding="utf-8")

    for question in load_bank([tmp_path]).questions:
        assert certify(question, range(60)).findings == ()
    failures, advice = advise(open_files([path])[0])
    assert [*failures, *advice] == []


def test_the_guides_steps_make_up_its_file() -> None:
    """What is written step by step is what stands in the whole file."""
    ((_, whole),) = examples("authoring.md")
    steps = re.findall(r"^```text\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)

    assert len(steps) == 4
    for step in steps:
        assert step in whole


# What the documents tell people to run


def commands() -> list[tuple[str, list[str]]]:
    """Return every `drill` command of the documents for authors, with its arguments."""
    found = []
    for name in ("authoring.md", "bank.md", "ci/bank.yml"):
        text = (DOCS / name).read_text("utf-8")
        for line in re.findall(r"(?:^|- run: |`)(drill [^`\n]*)", text, re.MULTILINE):
            words = shlex.split(line, comments=True)
            if not {"...", "|", ">"} & set(words):
                found.append((f"{name}: {' '.join(words)}", words[1:]))
    return found


@pytest.mark.parametrize(
    "words", [pytest.param(words, id=name) for name, words in commands()]
)
def test_the_documents_commands_exist(words: list[str]) -> None:
    """Each command, and each of its options, is one that this program has."""
    command: click.Command = cli
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words[0]
        command, words = found, words[1:]
        if not words:
            return
    options = {name for one in command.params for name in one.opts}
    for word in words:
        assert not word.startswith("-") or word in options, word


def test_the_workflow_proves_the_bank() -> None:
    """The workflow checks and certifies, may only read, and cannot run for ever."""
    workflow = yaml.safe_load((DOCS / "ci" / "bank.yml").read_text("utf-8"))

    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["timeout-minutes"] <= 60
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert runs[1:] == [
        'drill bank check "$BANK" --github',
        'drill selftest --bank "$BANK" --seeds 200 --github',
    ]


def test_the_hook_is_the_check(tmp_path: Path) -> None:
    """The hook that pre-commit finds runs `drill bank check` on the whole bank."""
    (hook,) = yaml.safe_load(
        (DOCS.parent / ".pre-commit-hooks.yaml").read_text("utf-8")
    )
    config = yaml.safe_load((DOCS / "ci" / "pre-commit-config.yaml").read_text("utf-8"))

    assert hook["id"] == config["repos"][0]["hooks"][0]["id"] == "drill-bank-check"
    assert hook["entry"] == "drill bank check"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "my-bank/pruning.yaml")
    (tmp_path / "bad.yaml").write_text("format: 1\n", encoding="utf-8")
    assert run([*hook["entry"].split()[1:], str(tmp_path)]) == 2


def test_nothing_names_a_registry() -> None:
    """A package comes from wherever the reader's pip is told to look."""
    sources = (DOCS.parent / "drill").rglob("*.py")
    for path in [*DOCS.rglob("*.md"), *DOCS.rglob("*.y*ml"), *sources]:
        assert not re.search(
            r"pypi|pythonhosted|conda\.", path.read_text("utf-8"), re.I
        )


def test_the_guide_knows_the_findings() -> None:
    """The guide says what to do about each rule that an author can break."""
    known = {*RULES, *OF_QUESTIONS, *OVER_ALL}
    # These would be mistakes of the program, or are explained where they come up.
    ours = {"determinism", "other process", "reference accepted", "wrong refused"}
    ours |= {"options", "carried forward"}
    table = GUIDE.partition("| finding | what to do |")[2].partition("## 8.")[0]
    named = {
        name
        for row in re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", row)
    }

    assert named == known - ours
