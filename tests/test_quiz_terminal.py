"""The quiz in a real terminal: typing, pasting, giving up, leaving."""

from __future__ import annotations

import re
import signal

import numpy as np
import pytest
from terminal import Terminal

import drill

TICKET = re.compile(r"([a-z0-9-]+)@(\d+)-[0-9a-f]{4}")


def reference(shown: str) -> np.ndarray:
    """Return the right answer to the last ticket that was shown."""
    name, seed = TICKET.findall(shown)[-1]
    return drill.draw(drill.load()[name], int(seed)).targets[0].reference


@pytest.fixture(scope="module")
def one_array(tmp_path_factory) -> str:
    """Return a bank with one question about a matrix and one about a number."""
    folder = tmp_path_factory.mktemp("bank")
    (folder / "tiny.yaml").write_text(
        """\
format: 1
topic: tiny
title: Tiny
questions:
  - id: tiny-double
    skill: tiny
    draw: {M: {int: [1, 9], shape: [2, 3]}}
    ask: |-
      Double M.
      M = {M}
    answer: {kind: array, value: 2*M}
    cross_check: M + M
    mistakes:
      squared: {value: 'M*M', say: 'Twice, not squared.'}
      unchanged: {value: M, say: 'You left M as it is.'}
    hints: [Add M to itself., 'The first entry is {2*M[0, 0]}.']
    solution: Twice {M[0, 0]} is {2*M[0, 0]}, and so on.
""",
        encoding="utf-8",
    )
    return str(folder)


def test_a_pasted_matrix_is_one_answer(one_array: str) -> None:
    """Lines pasted from numpy are read together, and are right."""
    with Terminal("quiz", "tiny", "-n", "1", "--seed", "3", "--bank", one_array) as t:
        shown = t.expect("> ")
        text = str(reference_in(shown, one_array))
        t.send(f"\x1b[200~{text}\x1b[201~\r")
        t.expect("Right.")
        assert t.wait() == 0
        assert "1      0" in t.text or "right" in t.text


def reference_in(shown: str, bank: str) -> np.ndarray:
    """Return the right answer in another bank."""
    from pathlib import Path

    name, seed = TICKET.findall(shown)[-1]
    return drill.draw(drill.load([Path(bank)])[name], int(seed)).targets[0].reference


def test_before_the_first_reply_nothing_that_grades_is_loaded(one_array: str) -> None:
    """Whoever is asked reads first; a second run finds its bank checked."""
    rooms = (
        "answer",
        "grading",
        "sandbox",
        "classroom",
        "walk.registry",
        "bank.reader",
    )
    for _ in range(2):
        traced = ("-X", "importtime", "-m", "drill")
        with Terminal("quiz", "--bank", one_array, program=traced) as terminal:
            terminal.expect("\n> ")
            loaded = terminal.raw
    assert re.search(r"\| +drill\.drawing\.instance\b", loaded)
    assert not re.search(rf"\| +(drill\.({'|'.join(rooms)})|yaml)\b", loaded)


def test_continuation_lines_finish_a_bracket(one_array: str) -> None:
    """An open bracket waits for the rest."""
    with Terminal("quiz", "tiny", "-n", "1", "--seed", "3", "--bank", one_array) as t:
        rows = reference_in(t.expect("> "), one_array).tolist()
        t.send(f"[{rows[0]},\r")
        t.expect("… ")
        t.send(f"{rows[1]}]\r")
        t.expect("Right.")


def test_a_wrong_answer_gets_its_mistake_and_one_more_try(one_array: str) -> None:
    """The mistake is named, then one more try, then the worked solution."""
    with Terminal("quiz", "tiny", "-n", "1", "--seed", "3", "--bank", one_array) as t:
        right = reference_in(t.expect("> "), one_array)
        t.send(f"{(right // 2).tolist()}\r")
        assert "You left M as it is." in t.expect("One more try.")
        t.send(f"{right.T.tolist()}\r")
        ended = t.expect("and so on.")
        assert "transposed" in ended
        t.expect("step walks through it")
        t.send("step\r")
        t.expect("? keys")
        t.send("n")
        t.expect("step 2 of 2")
        t.send("q")
        assert t.wait() == 0


def test_an_unreadable_reply_costs_nothing(one_array: str) -> None:
    """What cannot be read is asked again; the answer after it counts as the first."""
    with Terminal("quiz", "tiny", "-n", "1", "--seed", "3", "--bank", one_array) as t:
        right = reference_in(t.expect("> "), one_array)
        for _ in range(3):
            t.send("1 2; 3\r")
            t.expect("Not read, so not counted")
            t.expect("> ")
        t.send("\r")
        t.expect("> ")
        t.send(f"{right.tolist()}\r")
        t.expect("Right.")
        assert t.wait() == 0
        assert re.search(r"tiny\s+1\s+1\s+0\s+0\s+0", t.text)


def test_hints_come_in_order(one_array: str) -> None:
    """Each ? gives the next hint; ?? gives up with the solution."""
    with Terminal("quiz", "tiny", "-n", "1", "--seed", "3", "--bank", one_array) as t:
        t.expect("> ")
        t.send("?\r")
        t.expect("Hint 1 of 2: Add M to itself.")
        t.send("?\r")
        t.expect("Hint 2 of 2")
        t.send("?\r")
        t.expect("No more hints")
        t.send("??\r")
        t.expect("and so on.")
        t.expect("step walks through it")
        t.send("\r")
        assert t.wait() == 0


@pytest.mark.parametrize(
    ("keys", "code", "ignoring"),
    [
        pytest.param("quit\r", 0, (), id="quit"),
        pytest.param("\x04", 0, (), id="Ctrl-D"),
        pytest.param("\x03", 130, (), id="Ctrl-C"),
        pytest.param("\x03", 130, (signal.SIGINT,), id="Ctrl-C, ignored at the start"),
    ],
)
def test_leaving_is_polite(
    one_array: str, keys: str, code: int, ignoring: tuple[signal.Signals, ...]
) -> None:
    """Every way out shows the summary and no traceback."""
    arguments = "quiz", "tiny", "-n", "2", "--seed", "3", "--bank", one_array
    with Terminal(*arguments, ignoring=ignoring) as t:
        t.expect("> ")
        t.send("skip\r")
        t.expect("2/2")
        t.expect("> ")
        t.settle()
        t.send(keys)
        assert t.wait() == code
        assert re.search(r"tiny\s+1\s+0\s+0\s+0\s+1", t.text)
        assert "Traceback" not in t.text


def test_leaving_within_a_question_keeps_its_parts(one_array: str) -> None:
    """Who quits in the second part has answered the first."""
    with Terminal("quiz", "batchnorm", "-n", "14", "--seed", "2") as t:
        while "Part 1 of" not in t.expect("> "):
            t.send("skip\r")
        t.send("-12345\r")
        t.expect("One more try.")
        t.send("-12345\r")
        t.expect("Part 2 of")
        t.expect("> ")
        t.send("quit\r")
        assert t.wait() == 0
        assert re.search(r"batchnorm\s+\d+\s+0\s+0\s+1\s+\d+", t.text)


def test_sigterm_ends_quietly(one_array: str) -> None:
    """A terminated quiz prints no traceback."""
    with Terminal("quiz", "tiny", "-n", "1", "--bank", one_array) as t:
        t.expect("> ")
        t.settle()
        t.process.send_signal(signal.SIGTERM)
        assert t.wait() == 143
        assert "Traceback" not in t.text


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_nothing_is_wider_than_the_terminal(one_array: str, columns: int) -> None:
    """No line is longer than the terminal is wide."""
    with Terminal("quiz", "tiny", "-n", "1", "--bank", one_array, columns=columns) as t:
        t.expect("> ")
        assert max(map(len, t.text.split("\n"))) <= columns


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"NO_COLOR": "1"}, id="NO_COLOR"),
        pytest.param({"TERM": "dumb"}, id="dumb"),
    ],
)
def test_without_colour(one_array: str, environment: dict[str, str]) -> None:
    """Where colour is not wanted no styling is sent."""
    with Terminal("topics", **environment) as t:
        assert t.wait() == 0
        assert "\x1b[" not in t.raw
        assert "max-pool" in t.text


def test_an_ascii_terminal_gets_twins(one_array: str) -> None:
    """Signs that the encoding lacks are written in ASCII."""
    with Terminal("show", "max-pool-backward", PYTHONIOENCODING="ascii") as t:
        assert t.wait() == 0
        assert t.text.isascii()
        assert "\\u" not in t.text


@pytest.fixture(scope="module")
def one_program(tmp_path_factory) -> str:
    """Return a bank with one question that asks for a program."""
    folder = tmp_path_factory.mktemp("programs")
    (folder / "tiny.yaml").write_text(
        """\
format: 1
topic: tiny
title: Tiny
questions:
  - id: tiny-mean
    skill: tiny
    draw: {M: {int: [1, 9], shape: [2, 3], distinct: true}}
    ask: |-
      Write the mean of each row.
      M = {M}
    answer: {kind: expression, names: [M], value: M.mean(axis=1)}
    cross_check: M.sum(axis=1) / M.shape[1]
    mistakes:
      columns: {value: M.mean(axis=0), say: 'axis=0 is one mean per column.'}
      total: {value: M.mean(), say: 'This is one mean of everything.'}
    hints: [Which axis?, 'axis=1.']
    solution: M.mean(axis=1)
""",
        encoding="utf-8",
    )
    return str(folder)


def test_a_program_with_loops_is_typed_told_and_mended(one_program: str) -> None:
    """An indented block is one reply; its mistake is named, and what it printed."""
    wrong = (
        "mu = np.zeros(M.shape[1])",
        "for j in range(M.shape[1]):",
        "    mu[j] = M[:, j].mean()",
        "    print(j)",
        "",
    )
    right = ("def mean(M):", "    # one for each row", "    return M.mean(axis=1)", "")
    with Terminal("quiz", "tiny", "-n", "1", "--seed", "3", "--bank", one_program) as t:
        t.expect("> ")
        for line in wrong:
            t.send(f"{line}\r")
        shown = t.expect("One more try.")
        assert "axis=0" in shown
        assert "It printed:" in shown
        for line in right:
            t.send(f"{line}\r")
        t.expect("Right.")


def test_step_walks_through_the_learners_own_program(one_program: str) -> None:
    """After the last try, at the write that is wrong; d comes back to it."""
    wrong = (
        "mu = np.zeros(2)",
        "for i in range(2):",
        "    mu[i] = M[i].sum()",
        "mu",
        "",
    )
    with Terminal("quiz", "tiny", "-n", "1", "--seed", "3", "--bank", one_program) as t:
        t.expect("> ")
        for _ in range(2):
            for line in wrong:
                t.send(f"{line}\r")
            t.expect("It first goes wrong in line 3 (i = 0).")
        t.expect("step walks through it")
        t.expect("> ")
        t.send("step\r")
        shown = t.expect("quit")
        assert re.search(r"Your program( on other numbers)?, step by step", shown)
        assert "line 3 (i = 0): mu[i] = M[i].sum()" in shown
        t.send("g")
        t.expect("step 1 of")
        t.send("w")
        t.expect("line 3 (i = 0)")
        t.send("w")
        t.expect("line 3 (i = 1)")
        t.send("d")
        t.expect("line 3 (i = 0)")
        t.send("q")
        assert t.wait() == 0


AFTERWARDS = """
drill.answer drill.grading drill.oracle.cells drill.screen.summary drill.typesetting
drill.walk.registry
yaml rich.table rich.markdown rich.pretty rich.syntax fsrs
click.shell_completion difflib fractions importlib.resources secrets statistics
"""
MODULES_AT_THE_PROMPT = """
import builtins, os, sys

def first_prompt(prompt):
    print("modules:", *sys.modules, flush=True)
    os._exit(0)

builtins.input = first_prompt
from drill.__main__ import main
main()
"""


@pytest.mark.parametrize("words", ["quiz cnn-sizes", "quiz", "today"])
def test_the_first_prompt_waits_for_nothing_else(words: str) -> None:
    """What an answer, a verdict or the end needs is imported when it comes to that."""
    for _ in range(2):  # the first time the bank is read, and the history made
        with Terminal(*words.split(), program=("-c", MODULES_AT_THE_PROMPT)) as t:
            assert t.wait() == 0
            modules = t.text.partition("modules:")[2].split()
    assert {"drill.cli.asking", "numpy", "rich.console"} <= set(modules)
    assert set(AFTERWARDS.split()) & set(modules) == set()
