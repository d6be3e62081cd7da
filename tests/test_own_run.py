"""A learner's own program, step by step: what it read and wrote, where it went astray."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from handwritten import RIGHT, WRONG
from hostile_programs import ENDLESS, GROWING

import drill
from drill.asking.grading import grade_answer
from drill.cli.main import run
from drill.errors import LanguageError
from drill.grading.own_run import MOST_FRAMES, OwnRun, own_run
from drill.grading.run_frames import given
from drill.language import LEARNER, Reading, parse, trace, traceable
from drill.language import run as compute
from drill.walk import Role

BANK = drill.load(None)
POOL = """\
def pool(X, f, s):
    out = np.zeros(((X.shape[0] - f)//s + 1, (X.shape[1] - f)//s + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.max(X[i*s:i*s+f, {columns}])
    return out
"""


def followed(question: str, source: str, seed: int = 7, *, smallest: bool = False):
    """Follow a program on one instance."""
    return own_run(drill.draw(BANK[question], seed), 0, source, smallest=smallest)


def test_it_opens_at_the_first_wrong_write() -> None:
    """With the loop's variables, what was read, and what the solution has there."""
    found = followed("max-pool-forward-function", POOL.format(columns="j:j+f"))
    frame = found.walk.frames[found.opens]

    assert found.where == "line 5 (i = 0, j = 1)"
    assert frame.sentence.startswith(f"{found.where}: out[i, j] = np.max(")
    assert "reads X[0:" in frame.sentence
    assert "writes out[0, 1] = " in frame.sentence
    assert "; the solution has " in frame.sentence
    x, out = frame.panels
    assert (x.name, out.name) == ("X", "out")
    assert set(x.roles.values()) == {Role.WINDOW}
    assert out.roles == {(0, 1): Role.WRONG}


def test_a_right_program_opens_at_its_end() -> None:
    """Nothing is marked, and both results are shown."""
    found = followed("max-pool-forward-function", POOL.format(columns="j*s:j*s+f"))
    assert found.opens == len(found.walk.frames) - 1
    assert found.where == ""
    assert [panel.name for panel in found.walk.frames[-1].panels] == [
        "solution",
        "yours",
    ]
    marked = {
        r for frame in found.walk.frames for p in frame.panels for r in p.roles.values()
    }
    assert Role.WRONG not in marked


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        pytest.param(
            "mean-per-row-code",
            "mu = np.zeros(M.shape[0])\nfor i in range(9):\n    mu[i] = M[i].mean()\nmu",
            "line 3 (i = 2): mu[i] = M[i].mean(); fails: index 2 is outside",
            id="an index",
        ),
        pytest.param(
            "centre-rows-code",
            "mu = M.mean(axis=1)\nM - mu",
            "line 2: M - mu; fails: (2, 4) and (2,) do not broadcast",
            id="broadcasting",
        ),
        pytest.param(
            "batchnorm-function",
            "mu = Z.mean()\nout = gamma * (Z - mu) / np.sqrt(Z.var(axis=0) + eps) + beta\nout",
            "line 2: out = gamma * (Z - mu)",
            id="vectorised",
        ),
    ],
)  # fmt: skip
def test_where_it_opens(question: str, source: str, said: str) -> None:
    """At the line that fails, or that makes the wrong array."""
    found = followed(question, source)
    assert said in found.walk.frames[found.opens].sentence


@pytest.mark.parametrize("question", WRONG)
def test_it_follows_the_case_that_the_verdict_shows(question: str) -> None:
    """The numbers of the counterexample, whichever of several failing draws that is."""
    for seed in (7, 8, 9):
        instance = drill.draw(BANK[question], seed)
        for source, _ in WRONG[question]:
            example = grade_answer(instance, 0, source, {}).counterexample
            said = own_run(instance, 0, source).walk.frames[0].sentence
            assert example.shown or said == given(example.case).sentence
            assert not example.shown or not said.startswith("On other numbers")


def test_a_loop_is_followed_on_fewer_numbers() -> None:
    """An end off by one is seen on the smallest image that the question can draw."""
    source = POOL.format(columns="j:j+f")
    usual = followed("max-pool-forward-function", source)
    small = followed("max-pool-forward-function", source, smallest=True)
    assert cells(small) < cells(usual)
    assert small.walk.frames[0].sentence.startswith("On other numbers: X = ")
    assert small.walk.title == "Your program on other numbers, step by step"
    shown = followed("centre-rows-code", "result = M - np.mean(M, axis=0)")
    assert shown.walk.title == "Your program, step by step"
    wrong = small.walk.frames[small.opens]
    assert Role.WRONG in wrong.panels[1].roles.values()


def cells(found: OwnRun) -> int:
    """Count the numbers of the largest array that a run shows."""
    panels = (panel for frame in found.walk.frames for panel in frame.panels)
    return max((sum(map(len, panel.rows)) for panel in panels), default=0)


@pytest.mark.parametrize("question", WRONG)
def test_every_wrong_program_can_be_followed(question: str) -> None:
    """The step that is marked wrong is wrong; nothing before it is."""
    for source, _ in WRONG[question]:
        found = followed(question, source)
        frames = found.walk.frames
        assert len(frames) <= MOST_FRAMES + 2
        for place, frame in enumerate(frames):
            assert frame.sentence.isprintable()
            wrong = [p for p in frame.panels if Role.WRONG in p.roles.values()]
            # A cell that is mended later is not wrong when it is first written.
            assert not wrong or place >= found.opens or "+=" in source


@pytest.mark.parametrize("question", RIGHT)
def test_a_trace_changes_nothing(question: str) -> None:
    """The value is that of the same program without one."""
    answer = BANK[question].parts[0].answer
    names = answer.names
    values = drill.draw(BANK[question], 7).targets[0].cases[0].values
    for source in RIGHT[question]:
        reading = Reading(
            frozenset(names), LEARNER, statements=True, result=answer.result
        )
        try:
            value, _ = trace(traceable(source, reading, names), values)
        except LanguageError:
            continue  # written as on paper: it has no statements to follow
        plain = parse(
            source, names=names, table=LEARNER, statements=True, result=answer.result
        )
        np.testing.assert_allclose(
            np.array(value, float), np.array(compute(plain, values), float)
        )


@pytest.mark.parametrize("source", [*ENDLESS, *GROWING[::2]], ids=ascii)
def test_a_hostile_program_makes_no_large_trace(source: str) -> None:
    """It is bounded in steps, in cells and in time."""
    reading = Reading(frozenset("M"), LEARNER, statements=True)
    start = time.process_time()
    value, tracer = trace(traceable(source, reading, ("M",)), {"M": np.ones((2, 3))})

    assert value is None
    assert len(tracer.events) <= 2_000
    assert time.process_time() - start < 4
    kept = sum(
        touched.array.size
        for event in tracer.events
        for touched in event.read
        if touched.array is not None
    )
    assert kept < 500_000


def test_the_shell_follows_a_program(tmp_path: Path, capsys) -> None:
    """In sentences in a pipe, as pictures, and for no other question."""
    path = tmp_path / "mine.py"
    path.write_text(POOL.format(columns="j:j+f"))
    ticket = "max-pool-forward-function@7"
    assert run(["show", ticket, "--step", "--program", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "line 5 (i = 0, j = 1)" in shown.replace("\n", " ")
    folder = tmp_path / "steps"
    assert (
        run(["show", ticket, "--step", "--program", str(path), "--svg", str(folder)])
        == 0
    )
    assert len(list(folder.iterdir())) > 5
    capsys.readouterr()
    assert run(["show", ticket, "--step", "--program", str(path), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    marked = data["steps"][data["opens"]]["grids"][-1]["marked"]
    assert {cell["role"] for cell in marked} == {"wrong"}
    assert run(["check", str(path), "--ticket", ticket]) == 1
    assert "It first goes wrong in line 5 (i = 0, j = 1)." in capsys.readouterr().out
    assert run(["show", "conv-output-size@7", "--step", "--program", str(path)]) == 2
    assert "asks for no program" in capsys.readouterr().err
