"""Steps in a real terminal: keys, ways out, sizes, and terminals that can do less."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from terminal import ROOT, Terminal

PLAYER = str(ROOT / "tests" / "walk_player.py")


def player(*arguments: str, **options: object) -> Terminal:
    """Return a terminal in which max pooling is walked through."""
    return Terminal(*arguments, program=(PLAYER,), **options)  # type: ignore[arg-type]


def step(terminal: Terminal, number: int) -> None:
    """Wait until a step is there, whole."""
    terminal.expect(f"step {number} of 4")
    terminal.expect("? keys")


def test_keys_go_forward_and_back() -> None:
    """Each key shows its step, without Enter and without an echo."""
    onward = [" ", "\r", "n", "\x1b[C", "\x1bOC", "\x1b[B", "\x1b[6~"]
    back = ["b", "p", "\x1b[D", "\x1bOD", "\x1b[A", "\x7f", "\x1b[5~"]
    with player() as t:
        step(t, 1)
        for there, here in zip(onward, back, strict=True):
            t.send(there)
            step(t, 2)
            t.send(here)
            step(t, 1)
        for end, start in (("G", "g"), ("\x1b[F", "\x1b[H"), ("\x1b[4~", "\x1b[1~")):
            t.send(end)
            step(t, 4)
            t.send(start)
            step(t, 1)
        t.send("q")
        assert t.wait() == 0
        assert "^[" not in t.text


def test_a_step_is_drawn_over_the_last_one() -> None:
    """Where there is room the picture moves; one step is left standing."""
    with player() as t:
        step(t, 1)
        t.send("n")
        step(t, 2)
        t.send("nb")
        step(t, 2)
        t.send("q")
        assert t.wait() == 0
        assert t.screen == [
            "Max pooling, step 2 of 4",
            "The window at row 0, column 1 has the largest entry 3.",
            "",
            "X  3×3              out  2×2",
            "⎡  1  [ 3*][2 ] ⎤   ⎡  5 >3 ⎤",
            "⎢  5  [-4 ][0 ] ⎥   ⎣  _  _ ⎦",
            "⎣  7    8   9   ⎦",
            "",
            "[5] looked at, [5*] chosen, >5 new, _ not computed yet",
            "",
            "space next · b back · q quit · ? keys",
            "",
        ]


def test_a_low_window_appends() -> None:
    """What does not fit is not drawn over: every step is left in the scrollback."""
    with player(rows=8) as t:
        step(t, 1)
        t.send("n")
        step(t, 2)
        t.send("q")
        assert t.wait() == 0
        text = "\n".join(t.screen)
        assert "step 1 of 4" in text
        assert "step 2 of 4" in text
        assert "\x1b[J" not in t.raw


def test_the_ends_are_quiet() -> None:
    """Going on from the last step does nothing, and is not offered."""
    with player() as t:
        step(t, 1)
        t.send("b")
        t.send("G")
        step(t, 4)
        t.send("nnn ")
        t.send("?")
        t.expect("b, p or ← goes back")
        t.expect("? keys")
        assert t.screen[-1] == "b back · q quit · ? keys"
        t.send("\x1b")
        assert t.wait() == 0
        assert t.raw.count("step 4 of 4") == 2


@pytest.mark.parametrize(
    ("leave", "code"),
    [
        pytest.param(lambda t: t.send("q"), 0, id="q"),
        pytest.param(lambda t: t.send("\x1b"), 0, id="Esc"),
        pytest.param(lambda t: t.send("\x04"), 0, id="Ctrl-D"),
        pytest.param(lambda t: t.send("\x03"), 130, id="Ctrl-C"),
        pytest.param(
            lambda t: t.process.send_signal(signal.SIGTERM), 143, id="SIGTERM"
        ),
        pytest.param(lambda t: t.process.send_signal(signal.SIGINT), 130, id="SIGINT"),
    ],
)
def test_the_terminal_is_left_as_it_was(leave, code: int) -> None:
    """Echo, line editing and the cursor are back after every way out."""
    with player() as t:
        before = t.modes
        step(t, 1)
        assert t.modes != before
        leave(t)
        assert t.wait() == code
        assert t.modes == before
        assert "Traceback" not in t.text
        assert "\x1b[?25l" not in t.raw
        assert t.raw.endswith("\n")


def test_stopping_and_going_on_keeps_single_keys() -> None:
    """After Ctrl-Z and fg, keys are single again though the shell reset the modes."""
    with player() as t:
        before = t.modes
        step(t, 1)
        during = t.modes
        os.kill(t.process.pid, signal.SIGSTOP)
        import termios

        termios.tcsetattr(t.primary, termios.TCSANOW, before)
        os.kill(t.process.pid, signal.SIGCONT)
        step(t, 1)
        assert t.modes == during
        t.send("q")
        assert t.wait() == 0
        assert t.modes == before


def test_another_size_draws_the_step_again() -> None:
    """A window that becomes narrow in the middle of a step shows it stacked."""
    with player(columns=80) as t:
        step(t, 1)
        t.send("n")
        step(t, 2)
        start = len(t.raw)
        t.resize(40)
        t.resize(41)
        t.resize(42)
        step(t, 2)
        lines = t.raw[start:].replace("\r", "").split("\n")
        assert max(map(len, lines)) <= 42 + len("\x1b[2m" * 6)
        assert t.raw[start:].count("step 2 of 4") == 1
        t.send("n")
        step(t, 3)
        t.send("q")
        assert t.wait() == 0


@pytest.mark.parametrize("columns", [20, 40, 60, 100])
def test_nothing_is_lost_on_a_narrow_terminal(columns: int) -> None:
    """At 40 columns no line is broken; at 20 the picture still stays in its place."""
    with player(columns=columns, rows=60) as t:
        step(t, 1)
        t.send("n")
        step(t, 2)
        t.send("b")
        step(t, 1)
        t.send("q")
        assert t.wait() == 0
        lines = t.screen
        assert max(map(len, lines)) <= columns
        joined = "".join(lines)
        assert "[5*]" in joined
        assert joined.count("of 4") == 1


def test_no_colour_is_no_colour() -> None:
    """With NO_COLOR the picture still moves; nothing is styled."""
    with player(NO_COLOR="1") as t:
        step(t, 1)
        t.send("n")
        step(t, 2)
        t.send("q")
        assert t.wait() == 0
        assert "[ 3*]" in t.text
        assert re.search(r"\x1b\[[0-9;]*m", t.raw) is None


def test_an_ascii_terminal_gets_twins() -> None:
    """Under LC_ALL=C frames, key line and help are ASCII, and still aligned."""
    with player(LC_ALL="C", PYTHONIOENCODING="ascii") as t:
        step(t, 1)
        t.send("?")
        t.expect("? keys")
        t.send("q")
        assert t.wait() == 0
        assert t.raw.isascii()
        assert "\\u" not in t.text
        assert "| [5*][-4 ] 0   |   |  _  _ |" in t.screen


SENTENCES = """\
Max pooling, in 4 steps.
Step 1 of 4: The window at row 0, column 0 has the largest entry 5.
Step 2 of 4: The window at row 0, column 1 has the largest entry 3.
Step 3 of 4: The window at row 1, column 0 has the largest entry 8.
Step 4 of 4: The window at row 1, column 1 has the largest entry 9.
"""


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        pytest.param(["--plain"], {}, id="plain"),
        pytest.param([], {"ACCESSIBLE": "1"}, id="ACCESSIBLE"),
        pytest.param([], {"TERM": "dumb"}, id="dumb"),
    ],
)
def test_steps_as_sentences(arguments: list[str], environment: dict[str, str]) -> None:
    """Where no picture is wanted the steps are told, and no key is waited for."""
    with player(*arguments, **environment) as t:
        assert t.wait() == 0
        assert t.text == SENTENCES


def test_a_pipe_gets_sentences() -> None:
    """Output that no person looks at is not drawn over."""
    done = subprocess.run(
        [sys.executable, PLAYER],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, SENTENCES, "")


def test_without_single_keys_lines_will_do() -> None:
    """On a system without termios a letter and Enter do the same."""
    with player("--without-termios") as t:
        before = t.modes
        step(t, 1)
        assert t.modes == before
        t.send("\r")
        step(t, 2)
        t.send("b\r")
        step(t, 1)
        t.send("\x04")
        assert t.wait() == 0


def test_the_quiz_offers_steps_after_a_wrong_answer() -> None:
    """Who was wrong may type step; Enter goes on to the next question."""
    with player("quiz", "cnn-sizes", "-n", "3", "--seed", "42") as t:
        assert "step walks" not in t.expect("> ")
        t.send("??\r")
        t.expect("step walks through it")
        t.expect("> ")
        t.send("step\r")
        step(t, 1)
        t.send("n")
        step(t, 2)
        t.send("q")
        t.expect("2/3")
        t.expect("> ")
        t.send("??\r")
        t.expect("step walks through it")
        t.expect("> ")
        t.send("\r")
        t.expect("3/3")
        t.expect("> ")
        t.send("skip\r")
        assert t.wait() == 0
        assert t.text.count("step walks") == 2


def test_a_question_without_steps_says_so() -> None:
    """One sentence, and the solution."""
    from drill.bank import load_bank
    from drill.cli.stepping import walk_for
    from drill.drawing import draw

    bank = load_bank(None)
    name = next(q.id for q in bank.questions if walk_for(draw(q, 1)) is None)
    with Terminal("show", name, "--seed", "1", "--step") as t:
        assert t.wait() == 0
        assert "no steps to walk through" in t.text
        assert "Answer:" in t.text


def test_a_key_is_answered_at_once() -> None:
    """From key to frame less than anybody notices, on a slow machine too."""
    times = []
    with player() as t:
        step(t, 1)
        for number in (2, 3, 4, 3, 2):
            start = time.perf_counter()
            t.send("n" if number > len(times) + 1 else "b")
            step(t, number)
            times.append(time.perf_counter() - start)
        t.send("q")
        assert t.wait() == 0
    assert sorted(times)[len(times) // 2] < 0.2
