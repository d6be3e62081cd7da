"""The command line: transcripts, exit codes, manners."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import numpy as np
import pytest

import drill
from drill.bank import load_bank
from drill.cli.main import COMMANDS, cli, run
from drill.cli.options import complete_topics
from drill.drawing import MAX_SEED, draw, inline, parse_ticket, separation

ROOT = Path(__file__).parent.parent


class Done:
    """What a run of the command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def go(capsys, monkeypatch, tmp_path):
    """Return a function that runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_here(*arguments: str) -> Done:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return run_here


def reference(ticket: str) -> np.ndarray:
    """Return the right answer to a ticket's only part."""
    name, _, rest = ticket.partition("@")
    instance = drill.draw(drill.load()[name], int(rest.partition("-")[0]))
    return instance.targets[0].reference


# --- help and usage ---------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    """Neither help nor completion loads numpy, yaml or rich."""
    for extra in ({}, {"_DRILL_COMPLETE": "bash_complete", "COMP_WORDS": "drill quiz ",
                       "COMP_CWORD": "2"}):  # fmt: skip
        code = (
            "import sys; from drill.cli.main import run; code = run(['--help']);"
            "heavy = {'numpy', 'yaml', 'rich', 'msgspec'} & set(sys.modules);"
            "sys.exit(f'{heavy}' if heavy else 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **extra},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_completion_offers_topics() -> None:
    """Shell completion names the topics from their files alone."""
    done = subprocess.run(
        [sys.executable, "-c", "from drill.__main__ import main; main()"],
        env={
            **os.environ,
            "_DRILL_COMPLETE": "bash_complete",
            "COMP_WORDS": "drill quiz max",
            "COMP_CWORD": "2",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split(",")[-1].strip() == "max-pool"


def test_importing_drill_is_cheap() -> None:
    """`import drill` alone loads nothing heavy."""
    code = "import sys, drill; sys.exit(bool({'numpy', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_and_an_example(name: str, go) -> None:
    """The help of a command says what it does and shows an example."""
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.short_help == COMMANDS[name]
    done = go(name, "--help")
    assert done.code == 0
    assert "Example:" in done.out
    assert f"drill {name}" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["quizz"], "no command 'quizz'. Did you mean 'quiz'?", id="typo"),
        pytest.param(["quiz", "cnn-size"], "cnn-sizes", id="topic"),
        pytest.param(["show", "conv-output-siz"], "conv-output-size", id="question"),
        pytest.param(["show", "x@1-abcd"], "no question 'x'", id="ticket"),
        pytest.param(["show", "conv-output-size@7-0000"], "another edition", id="old"),
        pytest.param(["quiz"], "--answers FILE", id="no terminal"),
        pytest.param(["quiz", "--json"], "--answers FILE", id="json alone"),
        pytest.param(["check"], "nothing to check", id="nothing"),
        pytest.param(["check", "--answer", "3"], "--ticket", id="no ticket"),
        pytest.param(["quiz", "--bank", "nowhere"], "no bank folder", id="no bank"),
        pytest.param(["check", "gone.npy"], "which ticket", id="no name"),
    ],
)
def test_bad_usage(arguments: list[str], message: str, go) -> None:
    """Bad usage is a sentence on standard error, and exit code 2."""
    done = go(*arguments)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


# --- show and topics --------------------------------------------------------------


def test_show_a_question_and_its_ticket_again(go) -> None:
    """A ticket shows the same instance that its question and seed did."""
    first = go("show", "conv-output-size", "--seed", "7", "--solution")
    ticket = first.out.split()[0]
    again = go("show", ticket, "--solution")
    assert (first.code, again.code) == (0, 0)
    assert first.out == again.out
    assert "Answer: " in first.out


def test_show_json_hides_the_answer(go) -> None:
    """The solution is in the JSON only where it was asked for."""
    plain = json.loads(go("show", "max-pool-backward", "--seed", "7", "--json").out)
    full = json.loads(
        go("show", "max-pool-backward", "--seed", "7", "--json", "--solution").out
    )
    assert plain["version"] == 1
    assert "solution" not in plain
    assert "reference" not in plain["parts"][0]
    assert full["parts"][0]["reference"]["shape"] == [4, 4]


def test_topics(go) -> None:
    """The topics are listed; one topic shows its questions."""
    assert "cnn-sizes" in go("topics").out
    assert "conv-output-size" in go("topics", "cnn-sizes").out


def test_a_group_stands_for_its_topics(go) -> None:
    """One is listed and asked as a whole; a name like none of them is told."""
    listed = go("topics", "convolutions").out
    assert "max-pool" in listed and "dropout" not in listed
    heads = [line.strip() for line in go("topics").out.splitlines() if line[:1] != " "]
    assert heads[1:3] == ["basics", "convolutions"]
    asked = quiz_tickets(go, "convolutions", "relu-forward", count=120)
    bank = load_bank()
    topics = {bank[ticket.split("@")[0]].topic for ticket in asked}
    assert topics == {*bank.groups["convolutions"], "relu"}
    context = click.Context(cli)
    assert [item.value for item in complete_topics(context, cli, "conv")] == [
        "conv-layers", "convolution", "convolutions"]  # fmt: skip
    assert "did you mean 'strategy'" in go("topics", "strateg").err


# --- new and check ----------------------------------------------------------------


def test_new_and_check(go, tmp_path: Path) -> None:
    """A folder is made, the answer saved in it is graded, from in and outside."""
    made = go("new", "max-pool-backward", "--seed", "7")
    assert made.code == 0
    folder = next(tmp_path.iterdir())
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["G.npy", "X.npy", "problem.md"]
    right = reference(folder.name)
    np.save(folder / "answer.npy", right)
    assert go("check", str(folder)).code == 0
    assert go("check", str(folder / "answer.npy")).code == 0
    np.save(folder / "answer.npy", np.asfortranarray(right.astype(">f4")))
    assert go("check", str(folder / "answer.npy")).code == 0
    np.save(folder / "answer.npy", -right)
    wrong = go("check", str(folder / "answer.npy"))
    assert wrong.code == 1
    assert "Not right" in wrong.out
    (folder / "answer.npy").write_bytes(b"not an array")
    broken = go("check", str(folder / "answer.npy"))
    assert broken.code == 2
    assert "could not be graded" in broken.err


def test_check_twice_new_refuses(go) -> None:
    """A folder that is there already is not written over."""
    go("new", "max-pool-backward", "--seed", "7")
    again = go("new", "max-pool-backward", "--seed", "7")
    assert again.code == 2
    assert "is there already" in again.err


def test_check_text(go) -> None:
    """Text is graded against a ticket."""
    ticket = go("show", "conv-output-size", "--seed", "7").out.split()[0]
    right = inline(reference(ticket))
    assert go("check", "--ticket", ticket, "--answer", right).code == 0
    assert go("check", "--ticket", ticket, "--answer", "1").code == 1
    unread = go("check", "--ticket", ticket, "--answer", "many")
    assert unread.code == 2


def test_one_bad_file_never_stops_the_rest(go, tmp_path: Path) -> None:
    """A folder is graded row by row; the exit code is the worst."""
    ticket = go("show", "max-pool-backward", "--seed", "7").out.split()[0]
    right = reference(ticket)
    folder = tmp_path / "handed in"
    folder.mkdir()
    np.save(folder / f"ann {ticket}.npy", right)
    np.save(folder / f"bob {ticket}.npy", right * 2)
    (folder / f"eve {ticket}.npy").write_bytes(b"\x80\x04pickle")
    (folder / "mystery\x1b[2J.npy").write_bytes(b"")
    done = go("check", str(folder), "--json", "marks.json")
    assert done.code == 2
    assert "\x1b" not in done.out
    marks = json.loads(Path("marks.json").read_text())
    assert marks["version"] == 1
    outcomes = [mark["outcome"] for mark in marks["marks"]]
    assert outcomes == ["right", "wrong", "not graded", "not graded"]
    assert list(tmp_path.glob(".drill-*")) == []


# --- quiz without a terminal ------------------------------------------------------


def quiz_tickets(go, *topics: str, count: int = 3) -> list[str]:
    """Return the tickets that a seeded quiz deals."""
    Path("none.txt").write_text("skip\n" * 200)
    done = go("quiz", *topics, "-n", str(count), "--seed", "7", "--answers", "none.txt",
              "--json")  # fmt: skip
    rows = [json.loads(line) for line in done.out.splitlines()]
    return list(dict.fromkeys(row["ticket"] for row in rows))


def test_quiz_from_a_file_is_repeatable(go) -> None:
    """The same seed deals the same tickets, in the same order."""
    first = quiz_tickets(go, "cnn-sizes", count=5)
    assert first == quiz_tickets(go, "cnn-sizes", count=5)
    assert len(set(first)) == 5


def test_quiz_from_a_file_counts(go) -> None:
    """Missing answers count as skipped, and the exit code says so."""
    Path("answers.txt").write_text("banana\n")
    done = go("quiz", "cnn-sizes", "-n", "2", "--seed", "7", "--answers", "answers.txt")
    assert done.code == 2
    assert "could not be read" in done.out
    assert "no answer" in done.out


def test_selftest_command(go) -> None:
    """A good topic passes; the table says what its draws cost."""
    done = go("selftest", "cnn-sizes", "--seeds", "3", "--jobs", "1")
    assert done.code == 0, done.out
    assert "Nothing found" in done.out


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        pytest.param(["max-pool-wrong-cell"], {"max-pool-wrong-cell"}, id="question"),
        pytest.param(["pool-size"], {"pool-output-volume", "pool-rounding", "pool-size-formula", "pool-share-dropped"}, id="skill"),
        pytest.param(["relu-backward-code", "conv-output-size"], {"relu-backward-code", "conv-output-size"}, id="of two topics"),
    ],
)  # fmt: skip
def test_a_quiz_over_skills_and_questions(
    names: list[str], asked: set[str], tmp_path: Path, capsys
) -> None:
    """Only what was named is asked, however often that is."""
    answers = tmp_path / "answers.txt"
    answers.write_text("0\n" * 6)
    code = run(["quiz", *names, "-n", "6", "--seed", "3", "--answers", str(answers)])

    assert code in (0, 1, 2)
    tickets = re.findall(
        r"^([a-z0-9-]+)@\d+-[0-9a-f]{4}", capsys.readouterr().out, re.M
    )
    assert set(tickets) <= asked
    assert len(tickets) >= 6


def test_a_wrong_matrix_in_a_file_is_shown(tmp_path: Path, capsys) -> None:
    """The entries that are wrong stand under the verdict, as at the terminal."""
    answers = tmp_path / "answers.txt"
    answers.write_text("1 2; 3 4\n")
    arguments = ["quiz", "max-pool-forward", "--seed", "3", "-n", "1"]
    assert run([*arguments, "--answers", str(answers)]) == 1

    out = capsys.readouterr().out
    assert "Not right." in out
    assert re.search(r"^ +⎣ ", out, re.M)


@pytest.mark.parametrize("seed", ["3", "77"])
def test_a_quiz_over_one_mistake(seed: str, tmp_path: Path, capsys) -> None:
    """At every question asked the mistake can be made, and gives another answer."""
    answers = tmp_path / "answers.txt"
    answers.write_text("0\n\n" * 12)
    name = "padding_once"
    arguments = ["quiz", "--mistake", name, "-n", "8", "--seed", seed]
    assert run([*arguments, "--answers", str(answers)]) in (0, 1, 2)
    out = capsys.readouterr().out
    tickets = set(re.findall(r"^[a-z0-9-]+@\d+-[0-9a-f]{4}", out, re.M))
    assert len(tickets) == 8
    bank = load_bank()
    for ticket in map(parse_ticket, tickets):
        instance = draw(bank[ticket.question], ticket.seed)
        assert separation(instance, [name]) > 0


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("paddng_once", "did you mean 'padding_once'?"),
        ("x\x1b[2J", "drill stats names those that you make"),
    ],
    ids=["near", "foreign"],
)
def test_a_mistake_that_nobody_makes(
    name: str, says: str, tmp_path: Path, capsys
) -> None:
    """What is near is named; what is typed is shown harmlessly."""
    answers = tmp_path / "answers.txt"
    answers.write_text("0\n")
    assert run(["quiz", "--mistake", name, "--answers", str(answers)]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    "more", [[], ["--mistake", "padding_once"]], ids=["all", "mistake"]
)
def test_the_largest_seed_gives_tickets_that_open(
    more: list[str], tmp_path: Path, capsys
) -> None:
    """Counting on from the largest seed begins again at 0."""
    answers = tmp_path / "answers.txt"
    answers.write_text("0\n0\n")
    arguments = ["quiz", "cnn-sizes", *more, "-n", "2", "--seed", str(MAX_SEED)]
    run([*arguments, "--answers", str(answers)])
    out = capsys.readouterr().out
    tickets = re.findall(r"^[a-z0-9-]+@\d+-[0-9a-f]{4}", out, re.M)
    assert len(set(tickets)) == 2
    assert all(parse_ticket(ticket).seed <= MAX_SEED for ticket in tickets)


def test_a_quiz_over_nothing_names_what_is_near(capsys) -> None:
    """A topic, skill or question that does not exist."""
    assert run(["quiz", "max-pool-wrong-cel", "--answers", "-"]) == 2
    assert "did you mean 'max-pool-wrong-cell'?" in capsys.readouterr().err


def test_a_device_and_a_link_are_written_to_never_replaced(go, tmp_path: Path) -> None:
    """A pipe stays a pipe; a link leads to the new file."""
    pipe, real, link = (tmp_path / name for name in ("pipe", "real.md", "link.md"))
    os.mkfifo(pipe)
    link.symlink_to(real)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    asked = ("publish", "conv-output-size", "-n", "1", "--to", "markdown", "-o")
    try:
        assert go(*asked, str(pipe)).code == 0
        assert os.read(reader, 11) == b"# Questions"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert go(*asked, str(link)).code == 0
    assert link.is_symlink() and real.read_text().startswith("# Questions")


def test_a_name_that_is_too_long_is_one_sentence(go) -> None:
    """Tidying up after a file that never was must not fail in turn."""
    name = f"{'a' * 300}.md"
    done = go("publish", "conv-output-size", "-n", "1", "-o", name)
    assert done.code == 2 and "cannot be written: File name too long" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("quiz", "-n", "1e3"), "'1e3' is no whole number"),
        (("plan", "--exam-date", "soon"), "'soon' is no day: write it like 2026-12-10"),
    ],
    ids=["number", "day"],
)
def test_numbers_and_days_are_refused_in_plain_words(go, arguments, says) -> None:
    """No pattern of strftime, and no class of a library."""
    done = go(*arguments)
    assert done.code == 2 and says in done.err


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "vision",
            "'vision' is a group: name one question, as listed by 'drill topics",
        ),
        ("cnn-sizes", "'cnn-sizes' is a topic: name one question"),
    ],
)
@pytest.mark.parametrize("command", ["show", "new"])
def test_many_questions_are_not_one(go, command: str, name: str, says: str) -> None:
    """Whoever names a topic is not told that there is no such question."""
    done = go(command, name)
    assert done.code == 2 and says in done.err


def test_a_class_is_dealt_topics_groups_and_questions_in_order(go, tmp_path) -> None:
    """As where a quiz names them; a wrong name is told what is near it."""
    (tmp_path / "r.csv").write_text("id,name\na1,Ann\n")
    deal = ("class", "deal", str(tmp_path / "r.csv"), "--seed", "7", "-o")
    done = go(*deal, "out", "conv-output-size", "strategy")
    assert done.code == 0 and "1 student ×" in done.out
    dealt = json.loads(Path("out/deal.json").read_text())["questions"]
    topics = drill.load().groups["strategy"]
    wanted = [q.id for t in topics for q in drill.load().topics[t].questions]
    assert dealt[0] == "conv-output-size" and sorted(dealt[1:]) == sorted(wanted)
    assert "did you mean 'strategy'?" in go(*deal, "no", "stratgy").err
    assert not Path("no").exists()


def test_one_of_several_options_is_marked_wrongly(go) -> None:
    """The verb follows the one, the noun all of them."""
    done = go("check", "--ticket", "adversarial-facts@4", "--answer", "b")
    assert done.code == 1 and "1 of 5 options is marked wrongly." in done.out


def test_several_topics_are_shown_one_after_the_other(go) -> None:
    """Sheets of topics, each once; with a group among them a list of all."""
    sheets = go("topics", "relu", "softmax", "relu").out
    assert sheets.count("(relu)") == sheets.count("(softmax)") == 1
    listed = go("topics", "vision", "relu").out
    assert "detection" in listed and "  relu" in listed
    assert listed.endswith("drill quiz vision relu\n")
